"""Raster: polylines -> antialiased grey pixels, by distance to the pen's path.

Owns how ink is painted for the network, and nothing about where it is placed. A pixel's grey is
clip(radius + 1/2 - distance to the path, 0, 1): the coverage of a round pen by a box filter, to
first order, and the same at every size and position. Pixel (0, 0) has its centre at the origin.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Polyline = NDArray[np.float64]
"""Vertices in pixels, shape (n, 2) with n >= 1; one vertex is a dot."""
Pieces = NDArray[np.float64]
"""Short straight pieces of path in pixels, shape (n, 2, 2): piece, start or end, x or y."""

SAMPLE_STEP = 0.25
"""Vertices closer than this along the path, in pixels, do not change what a pixel shows."""
PIECE_LENGTH = 1.0
"""Longest piece of path painted at once, in pixels: bounds the window of pixels it can touch."""
PIECE_LIMIT = 6_000
"""Most pieces painted as such, ten times what the longest digit has. More are a scribble, which is
painted as dots on a fine grid: that bounds the time, and no thin part of it goes missing."""
DOT_STEP = 0.25
"""Pitch of that grid, in pixels."""
DOT_BATCH = 5_000
"""Path pieces looked at together when a scribble becomes dots: bounds the memory."""


def rasterize(polylines: Sequence[Polyline], size: int, radius: float) -> NDArray[np.float32]:
    """Paint polylines with a round pen.

    Returns shape (size, size), 0 for paper to 1 for ink. What lies outside is not painted.
    Coordinates must be finite, and at most some pictures away.
    """
    return paint(cut(polylines), size, radius)


def cut(polylines: Sequence[Polyline]) -> Pieces:
    """Cut paths into pieces at most PIECE_LENGTH long, to be painted once or more often."""
    thinned = [_thin(line) for line in polylines]
    # A dot is a piece of no length.
    starts = np.concatenate([line[:-1] if len(line) > 1 else line for line in thinned])
    ends = np.concatenate([line[1:] if len(line) > 1 else line for line in thinned])
    paths = np.stack([starts, ends], axis=1)
    counts = _piece_counts(paths, PIECE_LENGTH)
    if counts.sum() > PIECE_LIMIT:
        return _dots(paths)
    return _split(paths, counts)


def paint(pieces: Pieces, size: int, radius: float) -> NDArray[np.float32]:
    """Paint pieces as `cut` makes them; else as `rasterize`."""
    reach = radius + 0.5
    # A piece's middle is rounded to a pixel; nothing it covers is further from there than this.
    half_window = int(reach + PIECE_LENGTH / 2 + 0.5)
    offsets = np.arange(-half_window, half_window + 1)

    starts, ends = pieces[:, 0], pieces[:, 1]
    middle = np.rint((starts + ends) / 2).astype(np.int64)
    columns = middle[:, 0, None] + offsets
    rows = middle[:, 1, None] + offsets
    x = (columns - starts[:, 0, None])[:, None, :]
    y = (rows - starts[:, 1, None])[:, :, None]

    direction = ends - starts
    dx = direction[:, 0, None, None]
    dy = direction[:, 1, None, None]
    length_squared = np.maximum(dx * dx + dy * dy, 1e-12)
    along = np.clip((x * dx + y * dy) / length_squared, 0.0, 1.0)
    distance_squared = (x - along * dx) ** 2 + (y - along * dy) ** 2

    # The margin takes what falls outside, so that no index needs a test of its own.
    margin = half_window + 1
    wide = size + 2 * margin
    flat_rows = np.clip(rows + margin, 0, wide - 1)[:, :, None] * wide
    flat = flat_rows + np.clip(columns + margin, 0, wide - 1)[:, None, :]
    nearest = np.full(wide * wide, reach * reach)
    np.minimum.at(nearest, flat.ravel(), distance_squared.ravel())
    inner = nearest.reshape(wide, wide)[margin : margin + size, margin : margin + size]
    grey: NDArray[np.float64] = np.clip(reach - np.sqrt(inner), 0.0, 1.0)
    return grey.astype(np.float32)


def _thin(line: Polyline) -> Polyline:
    """Keep the ends and about one vertex in each SAMPLE_STEP of path length."""
    if len(line) < 3:
        return line
    travelled = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))))
    bucket = np.floor(travelled / SAMPLE_STEP)
    keep = np.empty(len(line), bool)
    keep[0] = keep[-1] = True
    keep[1:-1] = bucket[1:-1] != bucket[:-2]
    return line[keep]


def _piece_counts(paths: Pieces, longest: float) -> NDArray[np.int64]:
    """Into how many pieces each path has to be cut so that none is longer than `longest`."""
    length = np.hypot(*(paths[:, 1] - paths[:, 0]).T)
    counts: NDArray[np.float64] = np.maximum(np.ceil(length / longest), 1.0)
    return counts.astype(np.int64)


def _split(paths: Pieces, counts: NDArray[np.int64]) -> Pieces:
    """Cut each path into its count of equal pieces."""
    index = np.repeat(np.arange(len(paths)), counts)
    step = np.arange(len(index)) - np.repeat(np.cumsum(counts) - counts, counts)
    part = (paths[:, 1] - paths[:, 0])[index] / counts[index, None]
    start = paths[index, 0] + part * step[:, None]
    return np.stack([start, start + part], axis=1)


def _dots(paths: Pieces) -> Pieces:
    """Return pieces of no length, one for each cell of the fine grid that a path goes through."""
    lowest = np.rint(paths.min(axis=(0, 1)) / DOT_STEP)
    highest = np.rint(paths.max(axis=(0, 1)) / DOT_STEP)
    passed = np.zeros((highest - lowest + 1).astype(np.int64), np.bool_)
    for first in range(0, len(paths), DOT_BATCH):
        batch = paths[first : first + DOT_BATCH]
        pieces = _split(batch, _piece_counts(batch, 2 * DOT_STEP))
        middles = (pieces[:, 0] + pieces[:, 1]) / 2
        columns, rows = (np.rint(middles / DOT_STEP) - lowest).astype(np.int64).T
        passed[columns, rows] = True
    dots = (np.argwhere(passed) + lowest) * DOT_STEP
    return np.stack([dots, dots], axis=1)
