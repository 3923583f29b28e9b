"""Grouping features: what speaks for and against groups of pieces as marks beside each other.

Owns the features that are weighed; lengths are in heights of the line. Does not weigh them.
"""

from __future__ import annotations

import math

from digitpad.core.candidates import FARTHEST_BREAK, Candidate, Geometry, gap_inside
from digitpad.core.grouping_weights import STROKE_SHARES
from digitpad.core.groups import Group
from digitpad.core.reading import DigitReading

LARGEST_GAP = 0.3
"""Beyond this distance, it does not matter how far apart neighbours are."""
NEAR = 0.1
"""Neighbours farther apart than this do not touch."""
SAME_PLACE = 0.2
"""The middles of two marks beside each other are at least this share of the wider one's width
apart."""
NARROWEST = 0.1
"""No mark counts as narrower than this when that is judged: a 1 has next to no width."""
SPECK = 0.15
"""A piece smaller than this is a speck: dust or a point."""
MARK_BELOW = 0.1
"""A group among others counts as a mark that is no digit if, seen alone, its probability of being
one is below this: beside digits, one more digit is likelier than another mark."""
LARGEST_COST = 7.0
"""Where the negative logarithm of a probability ends: less than one in a thousand is never."""
LARGEST_ODDS = 14.0
"""Where the logarithm of the odds of being a digit ends, either way. It goes on where costs have
long ended, so that half of an 8 can still be weighed against the 8."""
LEAST_SHARE = 0.1
"""Added to the share of people who write a digit with so many strokes: those who do, always do."""

GROUP_FEATURES = (
    "group",
    "mark",
    "shapeless",
    "whole_mark",
    "not_a_digit",
    "odds",
    "doubt",
    "one",
    "short",
    "tall",
    "wide",
    "gap_inside",
    "break_inside",
    "strokes",
    "unusual",
    "interrupted",
    "cut",
    "speck",
)
PAIR_FEATURES = ("overlap", "gap", "pitch", "contact", "step", "out_of_order", "raised_mark")


def group_features(
    candidate: Candidate, reading: DigitReading, geometry: Geometry, is_mark: bool
) -> list[float]:
    """Return the values of GROUP_FEATURES; `is_mark` says that the candidate is no digit."""
    height, pieces = geometry.height, candidate.pieces
    tallness = candidate.bounds.height / height
    orders = [piece.order for piece in pieces]
    spread = len(pieces) > 1
    alone = candidate.is_all_of(geometry)
    specks = sum(piece.bounds.extent < SPECK * height for piece in pieces)
    return [
        0.0 if alone else 1.0,
        float(is_mark),
        float(reading.is_digit == 0.0),
        float(is_mark and alone),
        _cost(reading.is_digit),
        _log_odds(reading.is_digit),
        0.0 if is_mark else _cost(reading.confidence),
        float(not is_mark and reading.digit == 1),
        0.0 if is_mark else max(0.0, 0.9 - tallness),
        min(max(0.0, tallness - 1.15), FARTHEST_BREAK),
        max(0.0, candidate.bounds.width / height - 1.0),
        min(gap_inside(pieces) / height, FARTHEST_BREAK) if spread else 0.0,
        min(geometry.largest_break(pieces), FARTHEST_BREAK) if spread else 0.0,
        len(candidate.group) - 1.0,
        0.0 if is_mark else _unusual(reading, len(candidate.group)),
        float(max(orders) - min(orders) + 1 > len(orders)),
        float(_cut_ends(candidate.group)),
        float(min(specks, 1)) if spread else 0.0,
    ]


def pair_features(
    left: Candidate, right: Candidate, geometry: Geometry, are_marks: tuple[bool, bool]
) -> list[float]:
    """Return the values of PAIR_FEATURES for neighbours; `are_marks` says which are no digits."""
    gap = (right.bounds.left - left.bounds.right) / geometry.height
    pitch = gap + (left.bounds.width + right.bounds.width) / geometry.height / 2
    return [
        max(0.0, -gap),
        min(max(0.0, gap), LARGEST_GAP),
        min(max(0.0, pitch), 1.0),
        _contact(left, right, geometry) if gap < NEAR else 0.0,
        min(abs(left.bounds.bottom - right.bounds.bottom) / geometry.height, 1.0),
        float(left.pieces[-1].order > right.pieces[0].order),
        _rise_of_mark(left, right, geometry, are_marks),
    ]


def _contact(left: Candidate, right: Candidate, geometry: Geometry) -> float:
    """Return 1 where two touch, down to 0 where they are NEAR heights apart."""
    nearest = min(
        geometry.break_between(one, other) for one in left.pieces for other in right.pieces
    )
    return max(0.0, 1.0 - nearest / NEAR)


def share_a_place(left: Candidate, right: Candidate, geometry: Geometry) -> bool:
    """Whether two lie where only one mark can: the middles of neighbours are SAME_PLACE apart or
    more, however much the two overlap."""
    one, other = left.bounds, right.bounds
    apart = abs(one.left + one.right - other.left - other.right) / 2
    if apart >= SAME_PLACE * max(one.width, other.width, NARROWEST * geometry.height):
        return False
    level = min(one.bottom, other.bottom) - max(one.top, other.top)
    return 2 * level >= min(one.height, other.height)


def _rise_of_mark(
    left: Candidate, right: Candidate, geometry: Geometry, are_marks: tuple[bool, bool]
) -> float:
    """Return how far the middle of a mark lies above that of the digit beside it.

    The bar of a 5 lies above it, but a minus and a point do not. 0 for two marks or two digits.
    """
    if are_marks[0] == are_marks[1]:
        return 0.0
    mark, digit = (left.bounds, right.bounds) if are_marks[0] else (right.bounds, left.bounds)
    gap = (digit.top + digit.bottom - mark.top - mark.bottom) / 2
    return max(0.0, gap / geometry.height)


def _cut_ends(group: Group) -> int:
    return sum((part.start > 0) + (part.stop is not None) for part in group)


def _unusual(reading: DigitReading, strokes: int) -> float:
    """Return the negative logarithm of how common so many strokes are in what is read."""
    share = sum(
        probability * shares[min(strokes, len(shares)) - 1]
        for probability, shares in zip(reading.probabilities, STROKE_SHARES, strict=True)
    )
    return -math.log(share + LEAST_SHARE)


def _cost(probability: float) -> float:
    return min(-math.log(probability), LARGEST_COST) if probability > 0.0 else LARGEST_COST


def _log_odds(probability: float) -> float:
    """Return the logarithm of the odds; 0 for a mark that was ruled out without the network."""
    if probability == 0.0:
        return 0.0
    odds = math.log(probability) - math.log(max(1.0 - probability, math.exp(-LARGEST_ODDS)))
    return min(max(odds, -LARGEST_ODDS), LARGEST_ODDS)
