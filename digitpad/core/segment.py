"""Segment: a drawing's strokes -> one group per digit, row by row, left to right.

Owns the order of the steps: set aside what is no digit or stands around digits, find rows, group
each of them, judge the marks beside each other. Knows no network: it asks for groups to be read and
goes on with the answers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from digitpad.core.asking import Asking, Question, asked_within, is_sure
from digitpad.core.grouping import MOST_POINTS, MOST_STROKES, FoundGroup, best_grouping
from digitpad.core.groups import (
    Group,
    StrokePart,
    group_ink,
    overlap,
    renumbered,
    whole_group,
    within,
)
from digitpad.core.ink import Ink
from digitpad.core.no_digits import surely_none, without_crossed_out, without_signs
from digitpad.core.reading import EVEN_ODDS
from digitpad.core.rows import FAR_PAPER, WIDE_PAPER, interlocked, rows_of
from digitpad.core.surroundings import Surrounding, surroundings


def segment(ink: Ink, pins: Sequence[Group] = ()) -> Asking[list[FoundGroup]]:
    """Return the most probable grouping of a drawing that is not empty, row by row.

    `pins` are groups that are given; the rest is grouped around them.
    """
    if not pins and (len(ink.strokes) > MOST_STROKES or ink.point_count > MOST_POINTS):
        return [FoundGroup(whole_group(ink), 1.0)]
    none = surely_none(ink, pins)
    found = yield from _segment_all(ink, [*pins, *none])
    if len(found) == 1:
        return found
    found = [
        replace(mark, why_none=none[mark.group]) if mark.group in none else mark for mark in found
    ]
    found = without_signs(found, ink, pins)
    return (yield from without_crossed_out(found, ink, pins))


def _segment_all(ink: Ink, pins: Sequence[Group]) -> Asking[list[FoundGroup]]:
    """Return the most probable grouping, whatever was crossed out."""
    around = yield from _around_digits(ink, pins)
    if not around:
        return (yield from _segment_rows(ink, pins, may_be_one_mark=not pins))
    strokes_around = {one.stroke for one in around}
    kept = [number for number in range(len(ink.strokes)) if number not in strokes_around]
    inner = tuple(map(StrokePart, kept))
    of_inner = renumbered(pins, kept)
    digits = yield from asked_within(inner, _segment_rows(ink.some(kept), of_inner, False))
    found = [replace(mark, group=within(inner, mark.group)) for mark in digits]
    found += [
        FoundGroup((StrokePart(one.stroke),), 1.0, one.kind, _nearest_row(one.stroke, found, ink))
        for one in around
    ]
    return sorted(found, key=lambda mark: mark.row)


def _around_digits(ink: Ink, pins: Sequence[Group]) -> Asking[list[Surrounding]]:
    """Return the strokes that stand around digits and are in no pin."""
    found = []
    for one in surroundings(ink):
        if any(overlap(pin, (StrokePart(one.stroke),)) for pin in pins):
            continue
        if one.around:
            parts = tuple(map(StrokePart, one.around))
            readings = yield Question([parts, *((part,) for part in parts if len(parts) > 1)])
            if not any(is_sure(reading, one.but) for reading in readings):
                continue
        found.append(one)
    return found


def _nearest_row(number: int, found: Sequence[FoundGroup], ink: Ink) -> int:
    """Return the row of the mark that a stroke is nearest to; of equal ones the upper row."""
    box = ink.stroke_bounds[number]

    def distance(mark: FoundGroup) -> tuple[float, int]:
        of_mark = group_ink(ink, mark.group).bounds
        return max(0.0, of_mark.top - box.bottom, box.top - of_mark.bottom), mark.row

    return min(map(distance, found))[1]


def _segment_rows(
    ink: Ink, pins: Sequence[Group], may_be_one_mark: bool
) -> Asking[list[FoundGroup]]:
    """Return the most probable grouping of a drawing without what stands around digits."""
    rows = rows_of(ink, pins)
    if len(rows) == 1:
        return (yield from _segment_band(ink, pins))
    if may_be_one_mark and (yield from _is_one_mark(ink)):
        return (yield from best_grouping(ink, pins))
    return (yield from _segment_each(rows, ink, pins, _segment_band))


def _segment_band(ink: Ink, pins: Sequence[Group]) -> Asking[list[FoundGroup]]:
    """Return the most probable grouping of strokes that no strip of paper parts.

    They are one row, or several that reach into each other; but if as one row every mark takes part
    in several of these, its digits are made of two rings each, and it is one row after all.
    """
    rows = interlocked(ink, pins)
    if len(rows) == 1:
        return (yield from best_grouping(ink, pins))
    found = yield from best_grouping(ink, pins)
    if all(sum(overlap(mark.group, row) for row in rows) > 1 for mark in found):
        return found
    return (yield from _segment_each(rows, ink, pins, best_grouping))


def _segment_each(
    rows: Sequence[Group],
    ink: Ink,
    pins: Sequence[Group],
    segment_part: Callable[[Ink, Sequence[Group]], Asking[list[FoundGroup]]],
) -> Asking[list[FoundGroup]]:
    """Return what `segment_part` makes of each of the rows by itself."""
    found: list[FoundGroup] = []
    for row in rows:
        of_row = renumbered(pins, [part.stroke for part in row])
        marks = yield from asked_within(row, segment_part(group_ink(ink, row), of_row))
        first = found[-1].row + 1 if found else 0
        found += [
            replace(mark, group=within(row, mark.group), row=first + mark.row) for mark in marks
        ]
    return found


def _is_one_mark(ink: Ink) -> Asking[bool]:
    """Whether what stands in rows is one mark: an 8 of two rings, or a colon.

    Up to three strokes may be, if they lie nearer to each other than rows do, and two that lie far
    apart.
    """
    is_apart, is_far = (len(rows_of(ink, (), paper)) > 1 for paper in (WIDE_PAPER, FAR_PAPER))
    if (is_apart and not is_far) or len(ink.strokes) > (2 if is_far else 3):
        return False
    found = yield from best_grouping(ink, ())
    if len(found) > 1:
        return False
    (reading,) = yield Question([found[0].group])
    return not is_far or reading.is_digit < EVEN_ODDS
