"""Grouping: the strokes of one row -> its most probable groups, one per digit, left to right.

Owns the search: cut pieces, make candidate groups, have them read, weigh every way through them.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from digitpad.core.asking import Asking, Question, is_sure
from digitpad.core.candidates import Candidate, Geometry, candidates
from digitpad.core.grouping_features import (
    GROUP_FEATURES,
    MARK_BELOW,
    PAIR_FEATURES,
    group_features,
    pair_features,
    share_a_place,
)
from digitpad.core.grouping_weights import GROUP_WEIGHTS, PAIR_WEIGHTS
from digitpad.core.groups import Group, whole_group
from digitpad.core.ink import Ink
from digitpad.core.lattice import Lattice
from digitpad.core.pieces import lie_over_one_another, line_height, pieces_of
from digitpad.core.reading import DigitReading, WhyNone

MOST_STROKES = 120
"""A drawing of more strokes is taken as one mark: twenty digits have fewer, a scribble more."""

MOST_POINTS = 20_000
"""The same for points: twenty digits, each a second long, by a pen that reports a thousand points a
second. A search among a hundred thousand takes more than a second, at each movement of the pen."""

NEVER = -20.0
"""Added to the score of neighbours that share a place: what lies there is one mark if it can be."""


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


def best_grouping(ink: Ink, pins: Sequence[Group] = ()) -> Asking[list[FoundGroup]]:
    """Return the most probable grouping of one row of ink, from left to right.

    `pins` are groups that are given; the rest is grouped around them.
    """
    height = line_height(ink)
    pieces = pieces_of(ink, height, pins)
    whole = whole_group(ink)
    if len(pieces) == 1:
        return [FoundGroup(whole, 1.0)]
    if not pins and lie_over_one_another(ink):
        (reading,) = yield Question([whole])
        if is_sure(reading):
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
