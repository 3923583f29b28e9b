"""Groups: which strokes, or parts of strokes, make up one mark of a drawing.

Owns these values and plain operations on them. Knows nothing of digits and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digitpad.core.ink import Ink


@dataclass(frozen=True, slots=True, order=True)
class StrokePart:
    """The points `start` to `stop` (excluded) of stroke number `stroke`.

    `stop` is None for the stroke's end, so that a whole stroke stays the same part while it grows.
    """

    stroke: int
    start: int = 0
    stop: int | None = None

    def overlaps(self, other: StrokePart) -> bool:
        """Whether the two have points in common."""
        return (
            self.stroke == other.stroke
            and (other.stop is None or self.start < other.stop)
            and (self.stop is None or other.start < self.stop)
        )


Group = tuple[StrokePart, ...]
"""The parts of one mark, in writing order."""


def whole_group(ink: Ink) -> Group:
    """Return all strokes of a drawing as one group."""
    return tuple(StrokePart(index) for index in range(len(ink.strokes)))


def group_ink(ink: Ink, group: Group) -> Ink:
    """Return the ink of one group."""
    if all(part.start == 0 and part.stop is None for part in group):
        return ink.some([part.stroke for part in group])
    return Ink(
        tuple(ink.strokes[part.stroke][part.start : part.stop] for part in group), ink.dot_size
    )


def joined(*groups: Group) -> Group:
    """Return several groups as one; parts that follow each other in a stroke become one part."""
    merged: list[StrokePart] = []
    for part in sorted(
        (part for group in groups for part in group), key=lambda part: (part.stroke, part.start)
    ):
        last = merged[-1] if merged else None
        if last and last.stroke == part.stroke and last.stop == part.start:
            merged[-1] = StrokePart(last.stroke, last.start, part.stop)
        else:
            merged.append(part)
    return tuple(merged)


def overlap(one: Group, other: Group) -> bool:
    """Whether two groups have points in common."""
    return any(part.overlaps(of_other) for part in one for of_other in other)


def within(outer: Group, group: Group) -> Group:
    """Return a group of `group_ink(ink, outer)` as one of `ink`."""
    parts = []
    for part in group:
        of_ink = outer[part.stroke]
        stop = of_ink.stop if part.stop is None else of_ink.start + part.stop
        parts.append(StrokePart(of_ink.stroke, of_ink.start + part.start, stop))
    return joined(tuple(parts))


def renumbered(pins: Iterable[Group], kept: Sequence[int]) -> tuple[Group, ...]:
    """Return what is left of `pins` when only the strokes numbered `kept` are, in this order.

    A pin that lost a stroke is gone: what is left of its mark is to be read anew.
    """
    place = {old: new for new, old in enumerate(kept)}
    return tuple(
        tuple(sorted(StrokePart(place[part.stroke], part.start, part.stop) for part in pin))
        for pin in pins
        if all(part.stroke in place for part in pin)
    )
