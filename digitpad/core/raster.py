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
"""Vertices closer to each other than this along the path, in pixels, change no pixel."""
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
    pieces, counts = cut([polylines])
    return paint_many(pieces, counts, size, radius).reshape(size, size)


def cut(drawings: Sequence[Sequence[Polyline]]) -> tuple[Pieces, list[int]]:
    """Cut the paths of drawings into pieces at most PIECE_LENGTH long, to be painted repeatedly.

    Returns the pieces of all, one drawing after the other, and how many each drawing has.
    """
    paths, drawing = _paths(drawings)
    counts = _piece_counts(paths, PIECE_LENGTH)
    totals = np.bincount(drawing, counts).astype(np.int64).tolist()
    if max(totals) <= PIECE_LIMIT:
        return _split(paths, counts), totals
    parts = []
    for number, total in enumerate(totals):
        own = drawing == number
        parts.append(_dots(paths[own]) if total > PIECE_LIMIT else _split(paths[own], counts[own]))
    return np.concatenate(parts), [len(part) for part in parts]


def paint_many(
    pieces: Pieces, counts: Sequence[int], size: int, radius: float
) -> NDArray[np.float32]:
    """Paint several pictures: the first `counts[0]` pieces are the first one's, and so on.

    Returns shape (len(counts), size, size), each picture as by `rasterize`.
    """
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


def _paths(drawings: Sequence[Sequence[Polyline]]) -> tuple[Pieces, NDArray[np.int64]]:
    """Return what leads from vertex to vertex once lines are thinned, and of which drawing each is.

    A dot is a path of no length.
    """
    lines = [line for polylines in drawings for line in polylines]
    sizes = [len(line) for line in lines]
    points = np.concatenate(lines)
    line = np.repeat(np.arange(len(lines)), sizes)
    kept = _thinned(points, line, sizes)
    points, line = points[kept], line[kept]
    leads_on = np.append(line[1:] == line[:-1], False)
    begins = leads_on
    if 1 in sizes:
        begins = leads_on | (np.array(sizes) == 1)[line]
    starts = np.flatnonzero(begins)
    paths = np.empty((len(starts), 2, 2))
    paths[:, 0] = points[starts]
    paths[:, 1] = points[starts + leads_on[starts]]
    drawing_of_line = np.repeat(
        np.arange(len(drawings)), [len(polylines) for polylines in drawings]
    )
    return paths, drawing_of_line[line[starts]]


def _thinned(points: Polyline, line: NDArray[np.int64], sizes: Sequence[int]) -> NDArray[np.bool_]:
    """Tell which vertices to keep: a line's ends, and about one in each SAMPLE_STEP of its path."""
    steps = points[1:] - points[:-1]
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    travelled = np.zeros(len(points))
    first = 0
    for size in sizes:
        if size > 2:
            lengths[first : first + size - 1].cumsum(out=travelled[first + 1 : first + size])
        first += size
    bucket = np.floor(travelled / SAMPLE_STEP)
    is_end = np.ones(len(points) + 1, bool)
    is_end[1:-1] = line[1:] != line[:-1]
    kept: NDArray[np.bool_] = is_end[:-1] | is_end[1:]
    kept[1:] |= bucket[1:] != bucket[:-1]
    return kept


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
