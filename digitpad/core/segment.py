"""Segment: a drawing's strokes -> one group per digit, row by row, left to right.

Owns the order of the steps: set aside what stands around digits, find rows, cut pieces, make
candidate groups, have them read, search for the best grouping. Knows no network: it asks for groups
to be read and goes on with the answers.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Generator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import TypeVar

from digitpad.core.candidates import Candidate, Geometry, candidates
from digitpad.core.crossed_out import LINED, OF_OTHERS, below_and_over, below_line, crossed_out
from digitpad.core.grouping_features import (
    GROUP_FEATURES,
    MARK_BELOW,
    PAIR_FEATURES,
    group_features,
    pair_features,
    share_a_place,
)
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
from digitpad.core.lattice import Lattice
from digitpad.core.pieces import lie_over_one_another, line_height, pieces_of
from digitpad.core.reading import EVEN_ODDS, DigitReading, WhyNone
from digitpad.core.rows import FAR_PAPER, WIDE_PAPER, interlocked, rows_of
from digitpad.core.segment_weights import GROUP_WEIGHTS, PAIR_WEIGHTS
from digitpad.core.signs import Likeness, likenesses, signs_of_parts
from digitpad.core.surroundings import Surrounding, surroundings

MOST_STROKES = 120
"""A drawing of more strokes is taken as one mark: twenty digits have fewer, a scribble more."""

MOST_POINTS = 20_000
"""The same for points: twenty digits, each a second long, by a pen that reports a thousand points a
second. A search among a hundred thousand takes more than a second, at each movement of the pen."""

NEVER = -20.0
"""Added to the score of neighbours that share a place: what lies there is one mark if it can be."""

SURE = 0.9
"""Certainty from which on a digit is taken for granted: strokes that lie over one another are it
without a search, what stands around or goes through it is no part of it."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Question:
    """Groups that are to be read, each as one digit.

    With `at_a_glance`, no picture is needed of those that the way they were written rules out.
    """

    groups: Sequence[Group]
    at_a_glance: bool = False


Asking = Generator[Question, Sequence[DigitReading], Result]
"""Yields questions and is sent the readings, so that the groups of many drawings can be read at
once."""


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """One group of the best grouping, and the probability that it is exactly one mark.

    `why_none` says what it is if that makes it no digit beside the others. `row` counts from 0 at
    the top. What `may_be_sign` is not to be called a sure digit.
    """

    group: Group
    probability: float
    why_none: WhyNone | None = None
    row: int = 0
    may_be_sign: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """All groupings of one drawing, each a path through the lattice, and their features."""

    candidates: Sequence[Candidate]
    lattice: Lattice
    group_features: Sequence[Sequence[float]]
    """Of each candidate."""
    pair_features: Mapping[tuple[int, int], Sequence[float]]
    """Of each two candidates that may be neighbours."""
    same_place: Set[tuple[int, int]]
    """Those of them that share a place."""


def segment(ink: Ink, pins: Sequence[Group] = ()) -> Asking[list[FoundGroup]]:
    """Return the most probable grouping of a drawing that is not empty, row by row.

    `pins` are groups that are given; the rest is grouped around them.
    """
    if not pins and (len(ink.strokes) > MOST_STROKES or ink.point_count > MOST_POINTS):
        return [FoundGroup(whole_group(ink), 1.0)]
    none = _surely_none(ink, pins)
    found = yield from _segment_all(ink, [*pins, *none])
    if len(found) == 1:
        return found
    found = [replace(mark, why_none=none.get(mark.group, mark.why_none)) for mark in found]
    found = _without_signs(found, ink, pins)
    return (yield from _without_crossed_out(found, ink, pins))


def _surely_none(ink: Ink, pins: Sequence[Group]) -> dict[Group, WhyNone]:
    """Return the groups that are no digits whatever they look like, and why; they share no stroke
    with each other and with pins."""
    found: dict[Group, WhyNone] = {}
    groups = [(group, WhyNone.CROSSED_OUT) for group in crossed_out(ink)]
    groups += [(group, WhyNone.SIGN) for group in signs_of_parts(ink)]
    for group, why in groups:
        if not any(overlap(group, other) for other in (*pins, *found)):
            found[group] = why
    return found


def _segment_all(ink: Ink, pins: Sequence[Group]) -> Asking[list[FoundGroup]]:
    """Return the most probable grouping, whatever was crossed out."""
    around = yield from _around_digits(ink, pins)
    if not around:
        return (yield from _segment_rows(ink, pins, may_be_one_mark=not pins))
    strokes_around = {one.stroke for one in around}
    kept = [number for number in range(len(ink.strokes)) if number not in strokes_around]
    inner = tuple(map(StrokePart, kept))
    of_inner = renumbered(pins, kept)
    digits = yield from _asked_within(inner, _segment_rows(ink.some(kept), of_inner, False))
    found = [replace(mark, group=within(inner, mark.group)) for mark in digits]
    found += [
        FoundGroup((StrokePart(one.stroke),), 1.0, one.kind, _nearest_row(one.stroke, found, ink))
        for one in around
    ]
    return sorted(found, key=lambda mark: mark.row)


def _without_signs(
    found: Sequence[FoundGroup], ink: Ink, pins: Sequence[Group]
) -> list[FoundGroup]:
    """Return the marks, those that look like a digit and are a sign as no digits or doubtful."""
    marks = list(found)
    for row in range(found[-1].row + 1):
        of_row = [
            number for number, mark in enumerate(marks) if mark.row == row and not mark.why_none
        ]
        alike = likenesses([group_ink(ink, marks[number].group) for number in of_row])
        for number, like in zip(of_row, alike, strict=True):
            if marks[number].group not in pins:
                marks[number] = _as_like(marks[number], like)
    return marks


def _as_like(mark: FoundGroup, like: Likeness) -> FoundGroup:
    """Return a mark that is so like a sign."""
    if like is Likeness.FULL:
        return replace(mark, why_none=WhyNone.SIGN)
    return replace(mark, may_be_sign=like is Likeness.SOME)


def _without_crossed_out(
    found: Sequence[FoundGroup], ink: Ink, pins: Sequence[Group]
) -> Asking[list[FoundGroup]]:
    """Return the marks, those that were crossed out or written over as no digits."""
    marks = []
    for mark in found:
        if mark.why_none is None and mark.group not in pins:
            mark = replace(mark, why_none=(yield from _how_taken_back(ink, mark.group)))
        marks.append(mark)
    return marks


def _how_taken_back(ink: Ink, group: Group) -> Asking[WhyNone | None]:
    """Return whether a digit in this group was crossed out, or another one written over it."""
    below = below_line(ink, group)
    if below:
        (reading,) = yield Question([below])
        if _is_sure(reading, LINED):
            return WhyNone.CROSSED_OUT
    for parts in below_and_over(ink, group):
        one, other = yield Question(parts)
        if one.digit != other.digit and _is_sure(one, OF_OTHERS) and _is_sure(other, OF_OTHERS):
            return WhyNone.WRITTEN_OVER
    return None


def _around_digits(ink: Ink, pins: Sequence[Group]) -> Asking[list[Surrounding]]:
    """Return the strokes that stand around digits and are in no pin."""
    found = []
    for one in surroundings(ink):
        if any(overlap(pin, (StrokePart(one.stroke),)) for pin in pins):
            continue
        if one.around:
            parts = tuple(map(StrokePart, one.around))
            readings = yield Question([parts, *((part,) for part in parts if len(parts) > 1)])
            if not any(_is_sure(reading, one.but) for reading in readings):
                continue
        found.append(one)
    return found


def _is_sure(reading: DigitReading, but: Sequence[int]) -> bool:
    """Whether this is surely a digit, and none of `but`."""
    return reading.certainty >= SURE and reading.digit not in but


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
        return (yield from _segment_row(ink, pins))
    return (yield from _segment_each(rows, ink, pins, _segment_band))


def _segment_band(ink: Ink, pins: Sequence[Group]) -> Asking[list[FoundGroup]]:
    """Return the most probable grouping of strokes that no strip of paper parts.

    They are one row, or several that reach into each other; but if as one row every mark takes part
    in several of these, its digits are made of two rings each, and it is one row after all.
    """
    rows = interlocked(ink, pins)
    if len(rows) == 1:
        return (yield from _segment_row(ink, pins))
    found = yield from _segment_row(ink, pins)
    if all(sum(overlap(mark.group, row) for row in rows) > 1 for mark in found):
        return found
    return (yield from _segment_each(rows, ink, pins, _segment_row))


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
        marks = yield from _asked_within(row, segment_part(group_ink(ink, row), of_row))
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
    found = yield from _segment_row(ink, ())
    if len(found) > 1:
        return False
    (reading,) = yield Question([found[0].group])
    return not is_far or reading.is_digit < EVEN_ODDS


def _segment_row(ink: Ink, pins: Sequence[Group]) -> Asking[list[FoundGroup]]:
    """Return the most probable grouping of one row, from left to right."""
    height = line_height(ink)
    pieces = pieces_of(ink, height, pins)
    whole = whole_group(ink)
    if len(pieces) == 1:
        return [FoundGroup(whole, 1.0)]
    if not pins and lie_over_one_another(ink):
        (reading,) = yield Question([whole])
        if reading.certainty >= SURE:
            return [FoundGroup(whole, 1.0)]
    problem = yield from _posed(Geometry(pieces, height), pins)
    scores = _edge_scores(problem)
    shares, _ = problem.lattice.probabilities(scores)
    certainty = [0.0] * len(problem.candidates)
    for edge, share in zip(problem.lattice.edges, shares, strict=True):
        certainty[edge.after] += share
    best = [(problem.candidates[index], index) for index in problem.lattice.best(scores)]
    return [
        FoundGroup(
            found.group,
            min(certainty[index], 1.0),
            WhyNone.SMALL if found.is_small(height) else None,
        )
        for found, index in best
    ]


def _asked_within(outer: Group, asking: Asking[Result]) -> Asking[Result]:
    """Ask of a drawing what `asking` asks of the ink of its group `outer`."""
    try:
        question = next(asking)
        while True:
            groups = [within(outer, group) for group in question.groups]
            question = asking.send((yield replace(question, groups=groups)))
    except StopIteration as done:
        result: Result = done.value
        return result


def split(ink: Ink) -> Asking[list[Group]]:
    """Return the most probable way to take a drawing apart into two groups or more.

    Only a lone stroke is cut, however narrow. What cannot be cut is returned as one.
    """
    height = line_height(ink)
    narrowest = 0.0 if len(ink.strokes) == 1 else math.inf
    geometry = Geometry(pieces_of(ink, height, (), narrowest), height)
    if len(geometry.pieces) == 1 or len(geometry.pieces) > MOST_STROKES:
        return [whole_group(ink)]
    problem = yield from _posed(geometry, ())
    scores = [
        -math.inf if problem.candidates[edge.after].is_all_of(geometry) else score
        for edge, score in zip(problem.lattice.edges, _edge_scores(problem), strict=True)
    ]
    return [problem.candidates[index].group for index in problem.lattice.best(scores)]


def _posed(geometry: Geometry, pins: Sequence[Group]) -> Asking[Problem]:
    found = candidates(geometry, pins)
    readings = yield Question([candidate.group for candidate in found], at_a_glance=True)
    return pose(geometry, found, readings)


def pose(
    geometry: Geometry, found: Sequence[Candidate], readings: Sequence[DigitReading]
) -> Problem:
    """Return what is to be weighed for a drawing, given its candidates and the reading of each.

    `training` fits the weights on these.
    """
    lattice = Lattice([candidate.bits for candidate in found], len(geometry.pieces))
    readings = [_as_searched(reading) for reading in readings]
    is_mark = [
        reading.is_digit < MARK_BELOW or candidate.is_small(geometry.height)
        for candidate, reading in zip(found, readings, strict=True)
    ]
    of_groups = [
        group_features(candidate, reading, geometry, of_mark)
        for candidate, reading, of_mark in zip(found, readings, is_mark, strict=True)
    ]
    pairs = {(edge.before, edge.after) for edge in lattice.edges if edge.before >= 0}
    of_pairs = {
        (one, other): pair_features(
            found[one], found[other], geometry, (is_mark[one], is_mark[other])
        )
        for one, other in pairs
    }
    same_place = {
        (one, other) for one, other in pairs if share_a_place(found[one], found[other], geometry)
    }
    return Problem(found, lattice, of_groups, of_pairs, same_place)


def _edge_scores(problem: Problem) -> list[float]:
    of_groups = [_weighed(_GROUP_ROW, values) for values in problem.group_features]
    of_pairs = {
        pair: _weighed(_PAIR_ROW, values) + (NEVER if pair in problem.same_place else 0.0)
        for pair, values in problem.pair_features.items()
    }
    return [
        of_groups[edge.after] + of_pairs.get((edge.before, edge.after), 0.0)
        for edge in problem.lattice.edges
    ]


def _as_searched(reading: DigitReading) -> DigitReading:
    """Return what the search is to know of a group, whether or not its picture was looked at."""
    if reading.at_a_glance is None:
        return reading
    return replace(reading, is_digit=reading.at_a_glance)


def _weighed(weights: Sequence[float], values: Sequence[float]) -> float:
    return float(sum(map(operator.mul, weights, values)))


_GROUP_ROW = [GROUP_WEIGHTS[name] for name in GROUP_FEATURES]
_PAIR_ROW = [PAIR_WEIGHTS[name] for name in PAIR_FEATURES]
