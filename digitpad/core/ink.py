"""Ink: the strokes of one drawing, as immutable values.

Owns what a stroke and a drawing are, their bounds and how they are placed. Knows nothing of files,
pixels or screens. Coordinates are floats in any unit, x to the right and y down.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from digitpad.core.reasons import Reason

Stroke = NDArray[np.float64]
"""One pen-down trace: read-only, shape (n, 3) with n >= 1, columns x, y and pressure 0..1."""

COORDINATE_LIMIT = 1e9
"""Largest magnitude of a coordinate. Differences and squares of such numbers stay exact enough."""
SMALLEST_EXTENT = 1 / COORDINATE_LIMIT
"""A drawing no larger than this is a dot, whatever its units: its shape is rounding noise."""


class InkError(ValueError):
    """Points that are no ink: not numbers, not finite, or out of range."""


def make_stroke(points: Iterable[Sequence[float]]) -> Stroke:
    """Return a read-only stroke from points (x, y) or (x, y, pressure).

    A point without pressure counts as full pressure; pressure is clipped to 0..1.
    Raises InkError for no points, a point of another length, and non-finite or huge coordinates.
    """
    try:
        rows = list(points)
        table = _pairs(rows)
        if table is None:
            table = np.array([(*p, 1.0) if len(p) == 2 else tuple(p) for p in rows])
    except (TypeError, ValueError, OverflowError):
        table = np.array(None)
    return stroke_from_array(table)


def _pairs(points: list[Sequence[float]]) -> NDArray[np.float64] | None:
    """Return points of x and y alone at full pressure; None for any others, which take longer."""
    try:
        pairs = np.array(points)
    except ValueError:
        return None
    if pairs.ndim != 2 or pairs.shape[1] != 2 or pairs.dtype.kind not in "fi":
        return None
    table = np.ones((len(pairs), 3))
    table[:, :2] = pairs
    return table


def stroke_from_array(table: NDArray[np.number]) -> Stroke:
    """Return a read-only stroke from an array of shape (n, 3); raises InkError as `make_stroke`."""
    if table.shape[:1] == (0,):
        raise InkError(Reason("a stroke has no points"))
    if table.ndim != 2 or table.shape[1] != 3 or table.dtype.kind not in "fiu":
        raise InkError(Reason("a point is not [x, y] or [x, y, pressure]"))
    stroke = np.array(table, np.float64)
    if not np.isfinite(stroke).all():
        raise InkError(Reason("a coordinate is not a finite number"))
    if np.abs(stroke[:, :2]).max() > COORDINATE_LIMIT:
        raise InkError(Reason("a coordinate is beyond {limit}", limit=f"{COORDINATE_LIMIT:.0e}"))
    np.clip(stroke[:, 2], 0.0, 1.0, out=stroke[:, 2])
    stroke.setflags(write=False)
    return stroke


def are_same_strokes(strokes: Sequence[Stroke], others: Sequence[Stroke]) -> bool:
    """Whether these are the very same strokes, as undoing brings them back; not equal ones."""
    return len(strokes) == len(others) and all(map(operator.is_, strokes, others))


@dataclass(frozen=True, slots=True)
class Bounds:
    """An axis-parallel box in ink units; `right` and `bottom` are the largest x and y."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def extent(self) -> float:
        """The longer side."""
        return max(self.width, self.height)

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, other: Bounds) -> bool:
        """Whether another box lies within this one and touches no side."""
        return (
            self.left < other.left
            and other.right < self.right
            and self.top < other.top
            and other.bottom < self.bottom
        )

    def shared_width(self, other: Bounds) -> float:
        """Return how wide the upright strip is that both boxes cross, or minus the gap between."""
        return min(self.right, other.right) - max(self.left, other.left)

    def is_in_column_with(self, other: Bounds) -> bool:
        """Whether two boxes share at least half of the narrower one's width."""
        return 2 * self.shared_width(other) >= min(self.width, other.width)

    @classmethod
    def of(cls, stroke: Stroke) -> Bounds:
        """Return the box around the points of a stroke."""
        x, y = stroke[:, 0], stroke[:, 1]  # Column by column is faster than along an axis.
        return cls(float(x.min()), float(y.min()), float(x.max()), float(y.max()))

    @classmethod
    def around(cls, boxes: Sequence[Bounds]) -> Bounds:
        """Return the box around one box or more."""
        return cls(
            min([box.left for box in boxes]),
            min([box.top for box in boxes]),
            max([box.right for box in boxes]),
            max([box.bottom for box in boxes]),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Ink:
    """The strokes of one drawing, in writing order.

    `dot_size` is, in ink units, the extent up to which a drawing is only a dot: what a resting
    hand's tremor covers. 0 when the units say nothing about size.
    """

    strokes: tuple[Stroke, ...] = ()
    dot_size: float = 0.0
    _bounds: Bounds | None = field(default=None, init=False, repr=False)
    _stroke_bounds: tuple[Bounds, ...] | None = field(default=None, init=False, repr=False)
    """Both are kept from when they are first asked for: they are needed often."""

    @classmethod
    def from_points(
        cls, strokes: Iterable[Iterable[Sequence[float]]], dot_size: float = 0.0
    ) -> Ink:
        """Build ink from nested sequences of points; raises InkError as `make_stroke`."""
        return cls(tuple(make_stroke(stroke) for stroke in strokes), dot_size)

    @property
    def is_empty(self) -> bool:
        return not self.strokes

    @property
    def point_count(self) -> int:
        return sum(len(stroke) for stroke in self.strokes)

    @property
    def bounds(self) -> Bounds:
        """The box around all points. Raises InkError for empty ink."""
        if self.is_empty:
            raise InkError("empty ink has no bounds")
        if self._bounds is None:
            bounds = Bounds.around(self.stroke_bounds)
            object.__setattr__(self, "_bounds", bounds)
            return bounds
        return self._bounds

    @property
    def stroke_bounds(self) -> tuple[Bounds, ...]:
        """The box around each stroke's points, in writing order."""
        if self._stroke_bounds is None:
            bounds = tuple(Bounds.of(stroke) for stroke in self.strokes)
            object.__setattr__(self, "_stroke_bounds", bounds)
            return bounds
        return self._stroke_bounds

    def some(self, numbers: Sequence[int]) -> Ink:
        """Return the strokes of these numbers, in their order, as ink of their own."""
        ink = Ink(tuple(self.strokes[number] for number in numbers), self.dot_size)
        bounds = tuple(self.stroke_bounds[number] for number in numbers)
        object.__setattr__(ink, "_stroke_bounds", bounds)
        return ink

    @property
    def is_dot(self) -> bool:
        """Whether all points lie within `dot_size`: no shape to read."""
        return not self.is_empty and self.bounds.extent <= max(self.dot_size, SMALLEST_EXTENT)

    def placed(self, scale: float, right: float, down: float) -> Ink:
        """Return the ink scaled about the origin, then moved; pressure and `dot_size` stay.

        Raises InkError when it then lies beyond COORDINATE_LIMIT.
        """
        factors, shift = (scale, scale, 1.0), (right, down, 0.0)
        strokes = (stroke_from_array(stroke * factors + shift) for stroke in self.strokes)
        return Ink(tuple(strokes), self.dot_size)
