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

SAMPLE_STEP = 0.25
"""Vertices closer than this along the path, in pixels, do not change what a pixel shows."""
PIECE_LENGTH = 1.0
"""Longest piece of path painted at once, in pixels: bounds the window of pixels it can touch."""
PIECE_LIMIT = 6_000
"""Most pieces painted. By then every pixel of a 28x28 picture is covered many times over, so an
even sample of the pieces shows the same picture; this bounds the time a wild scribble takes."""


def rasterize(polylines: Sequence[Polyline], size: int, radius: float) -> NDArray[np.float32]:
    """Paint polylines with a round pen.

    Returns shape (size, size), 0 for paper to 1 for ink. What lies outside is not painted.
    Coordinates must be finite.
    """
    starts, ends = _pieces(polylines)
    reach = radius + 0.5
    half_window = int(np.ceil(reach + PIECE_LENGTH / 2))
    offsets = np.arange(-half_window, half_window + 1)

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
    distance = np.hypot(x - along * dx, y - along * dy)
    grey = np.clip(reach - distance, 0.0, 1.0)

    # The margin takes what falls outside, so that no index needs a test of its own.
    margin = half_window + 1
    wide = size + 2 * margin
    flat_rows = np.clip(rows + margin, 0, wide - 1)[:, :, None] * wide
    flat = flat_rows + np.clip(columns + margin, 0, wide - 1)[:, None, :]
    canvas = np.zeros(wide * wide)
    np.maximum.at(canvas, flat.ravel(), grey.ravel())
    inner = canvas.reshape(wide, wide)[margin : margin + size, margin : margin + size]
    return inner.astype(np.float32)


def _pieces(polylines: Sequence[Polyline]) -> tuple[Polyline, Polyline]:
    """Cut the paths into pieces at most PIECE_LENGTH long; return their starts and ends."""
    thinned = [_thin(line) for line in polylines]
    # A dot is a piece of no length.
    starts = np.concatenate([line[:-1] if len(line) > 1 else line for line in thinned])
    ends = np.concatenate([line[1:] if len(line) > 1 else line for line in thinned])

    length = np.hypot(*(ends - starts).T)
    counts = np.maximum(np.ceil(length / PIECE_LENGTH), 1.0)
    total = counts.sum()
    if total > PIECE_LIMIT:
        share = PIECE_LIMIT / total
        keep = np.diff(np.floor(np.arange(len(starts) + 1) * share), prepend=0.0)[1:] > 0
        starts, ends, counts = starts[keep], ends[keep], counts[keep]
    repeats = counts.astype(np.int64)
    index = np.repeat(np.arange(len(starts)), repeats)
    step = np.arange(len(index)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    fraction = (1.0 / counts)[index]
    direction = (ends - starts)[index]
    first = starts[index] + direction * (step * fraction)[:, None]
    return first, first + direction * fraction[:, None]


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
