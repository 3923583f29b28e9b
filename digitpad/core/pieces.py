"""Pieces: the strokes of a drawing as what groups are made of, with their geometry.

A piece is a stroke, or a part of one where it may go on from one digit into the next. Owns where
strokes are cut, how tall the line of writing is, and distances; decides nothing about digits.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.core.groups import Group, StrokePart
from digitpad.core.ink import Bounds, Ink, Stroke

CORNERS = 32
"""Vertices that stand for a piece's path in distances."""
WIDE_STROKE = 0.6
"""A stroke at least this wide, in heights of the line, may be two digits written in one go. Two in
three single digits are, and one in eight could then be cut."""
CUT_MARGIN = 0.05
"""No cut lies nearer to a stroke's left or right end than this share of its width."""
LEAST_HEIGHT = 0.4
"""What lies on either side of a cut is at least this tall, in heights of the line: the bar of a 5
is never cut."""
LARGEST_OVERLAP = 0.15
"""How far, in heights of the line, two digits written in one go may overlap where they touch."""

_SHARES = np.linspace(0.0, 1.0, CORNERS)
"""Of a path, at which its corners lie."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A part of a stroke with its bounds; `order` counts all pieces in writing order."""

    part: StrokePart
    order: int
    points: NDArray[np.float64]
    """Shape (n, 2)."""
    bounds: Bounds


def line_height(ink: Ink) -> float:
    """Return about how tall the digits of a drawing are, in ink units.

    That is the median height of the strokes at least half as tall as the tallest. A drawing without
    height counts as tall as it is wide, or 1 for a dot.
    """
    heights = sorted(bounds.height for bounds in ink.stroke_bounds)
    tall = [height for height in heights if height >= heights[-1] / 2]
    return tall[len(tall) // 2] or ink.bounds.width or 1.0


def pieces_of(
    ink: Ink, height: float, pins: Sequence[Group], narrowest: float = WIDE_STROKE
) -> list[Piece]:
    """Return a drawing's pieces in writing order; `height` is the line's.

    A stroke is cut where a pinned group begins or ends. One without pins that is wider than
    `narrowest` heights is cut where it may lead from one digit into the next.
    """
    pieces: list[Piece] = []
    for number, stroke in enumerate(ink.strokes):
        pinned = [part for pin in pins for part in pin if part.stroke == number]
        ends = {end for part in pinned for end in (part.start, part.stop) if end}
        bounds = ink.stroke_bounds[number]
        if not pinned and bounds.width > narrowest * height:
            ends.update(joints(stroke, height))
        edges = [0, *sorted(end for end in ends if end < len(stroke)), None]
        for start, stop in itertools.pairwise(edges):
            part = StrokePart(number, start or 0, stop)
            points = stroke[part.start : part.stop]
            box = bounds if len(edges) == 2 else Bounds.of(points)
            pieces.append(Piece(part, len(pieces), points[:, :2], box))
    return pieces


def lie_over_one_another(ink: Ink) -> bool:
    """Whether each stroke is in one column with another.

    The strokes of one digit mostly are, and those of neighbours in a row are not.
    """
    boxes = ink.stroke_bounds
    return all(
        any(box.is_in_column_with(other) for other in boxes if other is not box) for box in boxes
    )


def joints(stroke: Stroke, height: float) -> list[int]:
    """Return the points at which a stroke may lead from one digit into the next.

    There, all that was written before lies left of all that follows, and both are tall enough for
    digits. Digits that touch may overlap a little: of each stretch where they do, take the point at
    which they overlap least.
    """
    x, y = stroke[:, 0], stroke[:, 1]
    reached = np.maximum.accumulate(x)[:-1]
    to_come = np.minimum.accumulate(x[::-1])[-2::-1]
    overlaps = (reached - to_come) / height
    middles = (reached + to_come) / 2
    margin = CUT_MARGIN * np.ptp(x)
    tall = np.minimum(_heights(y)[:-1], _heights(y[::-1])[-2::-1]) >= LEAST_HEIGHT * height
    fit = tall & (middles > x.min() + margin) & (middles < x.max() - margin)
    if not (fit & (overlaps <= LARGEST_OVERLAP)).any():
        return []
    apart = []
    for run in _runs(fit & (overlaps <= 0.0)):
        # Halfway across, which may lie on the one long line that a fast pen leaves.
        halfway = (reached[run[0]] + to_come[run[-1]]) / 2
        apart.append(int(run[0] + np.searchsorted(to_come[run], halfway)))
    touching = [
        int(run[overlaps[run].argmin()])
        for run in _runs(fit & (overlaps <= LARGEST_OVERLAP))
        if overlaps[run].min() > 0.0
    ]
    return sorted(place + 1 for place in [*apart, *touching])


def _heights(y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how tall a path is up to each of its points."""
    return np.asarray(np.maximum.accumulate(y) - np.minimum.accumulate(y))


def _runs(chosen: NDArray[np.bool_]) -> list[NDArray[np.int64]]:
    """Return the places of each run of chosen points."""
    places = np.flatnonzero(chosen)
    return [run for run in np.split(places, np.flatnonzero(np.diff(places) > 1) + 1) if len(run)]


def straightness(stroke: Stroke) -> float:
    """Return the distance of a stroke's ends as a share of its length; 1 for a dot."""
    points = stroke[:, :2]
    length = np.hypot(*np.diff(points, axis=0).T).sum()
    return float(np.hypot(*(points[-1] - points[0])) / length) if length else 1.0


def distance(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Return how far apart two paths are, each given by its `corners`.

    The smallest distance of any corner of either from any segment of the other.
    """
    points, paths = np.array((one, other)), np.array((other, one))
    x, y = points[:, :, None, 0], points[:, :, None, 1]
    from_x, from_y = paths[:, None, :-1, 0], paths[:, None, :-1, 1]
    across, down = paths[:, None, 1:, 0] - from_x, paths[:, None, 1:, 1] - from_y
    lengths = np.maximum(across * across + down * down, np.finfo(float).tiny)
    right, below = x - from_x, y - from_y
    along = right * across
    along += below * down
    along /= lengths
    np.maximum(along, 0.0, out=along)
    np.minimum(along, 1.0, out=along)
    right -= along * across
    below -= along * down
    right *= right
    below *= below
    right += below
    return float(np.sqrt(right.min()))


def corners(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return CORNERS points at equal distances along a path, shape (CORNERS, 2)."""
    steps = points[1:] - points[:-1]
    travelled = np.zeros(len(points))
    np.hypot(steps[:, 0], steps[:, 1]).cumsum(out=travelled[1:])
    at = _SHARES * travelled[-1]
    found = np.empty((CORNERS, 2))
    found[:, 0] = np.interp(at, travelled, points[:, 0])
    found[:, 1] = np.interp(at, travelled, points[:, 1])
    return found
