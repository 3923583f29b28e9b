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
PAINTED_TOGETHER = 1_000
"""Pieces of several drawings painted at once, about ten digits: enough for the calls to cost
little, few enough for what is computed of them to stay in a processor's cache."""


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
    starts = [line[:-1] if len(line) > 1 else line for line in thinned]
    ends = [line[1:] if len(line) > 1 else line for line in thinned]
    paths = np.empty((sum(map(len, starts)), 2, 2))
    np.concatenate(starts, out=paths[:, 0])
    np.concatenate(ends, out=paths[:, 1])
    counts = _piece_counts(paths, PIECE_LENGTH)
    if counts.sum() > PIECE_LIMIT:
        return _dots(paths)
    return _split(paths, counts)


def paint(pieces: Pieces, size: int, radius: float) -> NDArray[np.float32]:
    """Paint pieces as `cut` makes them; else as `rasterize`."""
    return _painted(pieces, [len(pieces)], size, radius).reshape(size, size)


def paint_many(
    pieces: Pieces, counts: Sequence[int], size: int, radius: float
) -> NDArray[np.float32]:
    """Paint so many pieces in a first picture, so many in a second one, and so on.

    Returns shape (counts, size, size), each picture as by `paint`; takes less time than one by one.
    """
    if len(counts) == 1:
        return _painted(pieces, counts, size, radius)
    pictures = np.empty((len(counts), size, size), np.float32)
    first = begin = 0
    while first < len(counts):
        last, end = first + 1, begin + counts[first]
        while last < len(counts) and end + counts[last] - begin <= PAINTED_TOGETHER:
            end += counts[last]
            last += 1
        pictures[first:last] = _painted(pieces[begin:end], counts[first:last], size, radius)
        first, begin = last, end
    return pictures


def _painted(
    pieces: Pieces, counts: Sequence[int], size: int, radius: float
) -> NDArray[np.float32]:
    reach = radius + 0.5
    # A piece's middle is rounded to a pixel; nothing it covers is further from there than this.
    half_window = int(reach + PIECE_LENGTH / 2 + 0.5)
    offsets = np.arange(-half_window, half_window + 1)

    starts, ends = pieces[:, 0], pieces[:, 1]
    middle = np.rint((starts + ends) / 2)
    # What lies outside is moved to where its window just does not touch the picture.
    np.maximum(middle, -half_window - 1, out=middle)
    np.minimum(middle, size + half_window, out=middle)
    x = (middle[:, 0, None] + offsets - starts[:, 0, None])[:, None, :]
    y = (middle[:, 1, None] + offsets - starts[:, 1, None])[:, :, None]

    direction = ends - starts
    dx = direction[:, 0, None, None]
    dy = direction[:, 1, None, None]
    length_squared = np.maximum(dx * dx + dy * dy, 1e-12)
    # In place, as these are the large arrays: axes piece, row, column.
    along = x * dx + y * dy
    along /= length_squared
    np.maximum(along, 0.0, out=along)
    np.minimum(along, 1.0, out=along)
    distance_squared = along * dx
    np.subtract(x, distance_squared, out=distance_squared)
    distance_squared *= distance_squared
    along *= dy
    np.subtract(y, along, out=along)
    along *= along
    distance_squared += along

    # The margin takes what falls outside, so that no index needs a test of its own.
    margin = 2 * half_window + 1
    wide = size + 2 * margin
    picture = np.repeat(np.arange(0, len(counts) * wide * wide, wide * wide), counts)
    corner = (middle[:, 1] * wide + middle[:, 0]).astype(np.int64) + picture
    window = (margin + offsets[:, None]) * wide + margin + offsets
    nearest = np.full(len(counts) * wide * wide, reach * reach)
    np.minimum.at(nearest, (corner[:, None] + window.ravel()).ravel(), distance_squared.ravel())
    rows = nearest.reshape(len(counts), wide, wide)[:, margin : margin + size]
    grey: NDArray[np.float64] = reach - np.sqrt(rows[:, :, margin : margin + size])
    np.maximum(grey, 0.0, out=grey)
    np.minimum(grey, 1.0, out=grey)
    return grey.astype(np.float32)


def _thin(line: Polyline) -> Polyline:
    """Keep the ends and about one vertex in each SAMPLE_STEP of path length."""
    if len(line) < 3:
        return line
    steps = line[1:] - line[:-1]
    travelled = np.zeros(len(line))
    np.hypot(steps[:, 0], steps[:, 1]).cumsum(out=travelled[1:])
    bucket = np.floor(travelled / SAMPLE_STEP)
    keep = np.empty(len(line), bool)
    keep[0] = keep[-1] = True
    keep[1:-1] = bucket[1:-1] != bucket[:-2]
    return line[keep]


def _piece_counts(paths: Pieces, longest: float) -> NDArray[np.int64]:
    """Into how many pieces each path has to be cut so that none is longer than `longest`."""
    steps = paths[:, 1] - paths[:, 0]
    length = np.hypot(steps[:, 0], steps[:, 1])
    counts: NDArray[np.float64] = np.maximum(np.ceil(length / longest), 1.0)
    return counts.astype(np.int64)


def _split(paths: Pieces, counts: NDArray[np.int64]) -> Pieces:
    """Cut each path into its count of equal pieces."""
    index = np.repeat(np.arange(len(paths)), counts)
    step = np.arange(len(index)) - np.repeat(counts.cumsum() - counts, counts)
    part = ((paths[:, 1] - paths[:, 0]) / counts[:, None])[index]
    pieces = np.empty((len(index), 2, 2))
    start, end = pieces[:, 0], pieces[:, 1]
    np.multiply(part, step[:, None], out=start)
    start += paths[index, 0]
    np.add(start, part, out=end)
    return pieces


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
