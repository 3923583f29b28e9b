"""Candidates: the groups of pieces that may be one mark, and what speaks for and against each.

Owns which groups are looked at and the features that are weighed. All lengths are in heights of the
line, so that size does not matter. Does not weigh the features.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.core.groups import Group, joined, overlap
from digitpad.core.ink import Bounds
from digitpad.core.pieces import Piece, corners, distance
from digitpad.core.reading import DigitReading
from digitpad.core.segment_weights import STROKE_SHARES

LARGEST_BREAK = 0.4
"""How far apart the strokes of one mark may lie; in 99.8 % of 2,350 real digits of several strokes
they are closer."""
WIDEST_MARK = 1.9
"""Width of the widest mark of several strokes, bars not counted; 99.7 % of real digits are
narrower."""
LARGEST_GAP = 0.3
"""Beyond this distance, it does not matter how far apart neighbours are."""
NEAR = 0.1
"""Neighbours farther apart than this do not touch."""
BAR = 0.4
"""A piece flatter than this may be a bar that reaches far."""
WIDEST_WITH_BARS = 2.6
"""As WIDEST_MARK, bars counted."""
FARTHEST_BREAK = 0.5
"""As LARGEST_BREAK, for a bar and its digit."""
MOST_PIECES = 4
"""Most pieces of one mark, unless a person put them together."""
TALL = 0.6
"""A piece at least this tall may be a digit by itself."""
WIDEST_PAPER = 0.2
"""Widest upright strip without ink in a mark of two tall pieces or more. In 2,994 numbers of six
real digits, one digit has a wider one."""
SAME_PLACE = 0.2
"""The middles of two marks beside each other are at least this share of the wider one's width
apart."""
NARROWEST = 0.1
"""No mark counts as narrower than this when that is judged: a 1 has next to no width."""
SPECK = 0.15
"""A piece smaller than this is a speck: dust or a point."""
SMALLEST_DIGIT = 0.4
"""A mark smaller than this is no digit, or a comma would be a 1. Of 9,763 real digits one is that
much smaller than most of its writer's."""
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


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """Pieces that may be one mark. `bits` has the bit of each piece's place from the left."""

    group: Group
    bits: int
    pieces: tuple[Piece, ...]
    bounds: Bounds
    """The box around all pieces."""

    def is_small(self, height: float) -> bool:
        """Whether this is too small for a digit in a line so high, whatever its shape."""
        return self.bounds.extent < SMALLEST_DIGIT * height

    def is_all_of(self, geometry: Geometry) -> bool:
        """Whether the drawing holds nothing else."""
        return len(self.pieces) == len(geometry.pieces)


class Geometry:
    """The pieces of one drawing from left to right, and the distances between them."""

    def __init__(self, pieces: Sequence[Piece], height: float) -> None:
        """`height` is the line's."""
        self.pieces = sorted(pieces, key=lambda piece: piece.bounds.left + piece.bounds.right)
        self.height = height
        self._corners: dict[int, NDArray[np.float64]] = {}
        self._breaks: dict[int, float] = {}
        """By the bits of the orders of two pieces or more."""

    def break_between(self, one: Piece, other: Piece) -> float:
        """Return how far apart two paths are; beyond FARTHEST_BREAK only about."""
        key = 1 << one.order | 1 << other.order
        if key not in self._breaks:
            self._breaks[key] = self._measured(one, other)
        return self._breaks[key]

    def largest_break(self, pieces: Sequence[Piece]) -> float:
        """Return the longest link of the shortest tree that joins two pieces or more."""
        key = sum(1 << piece.order for piece in pieces)
        if key not in self._breaks:
            self._breaks[key] = self._longest_link(*pieces)
        return self._breaks[key]

    def _measured(self, one: Piece, other: Piece) -> float:
        gap = -one.bounds.shared_width(other.bounds) / self.height
        if gap > FARTHEST_BREAK:
            return gap
        return distance(self._corners_of(one), self._corners_of(other)) / self.height

    def _longest_link(self, first: Piece, *others: Piece) -> float:
        """Prim's algorithm: the piece that is nearest to the tree joins it, until none is left."""
        rest = list(others)
        links = [self.break_between(first, piece) for piece in rest]
        longest = 0.0
        while rest:
            link = min(links)
            longest = max(longest, link)
            place = links.index(link)
            links.pop(place)
            joining = rest.pop(place)
            for index, piece in enumerate(rest):
                links[index] = min(links[index], self.break_between(joining, piece))
        return longest

    def _corners_of(self, piece: Piece) -> NDArray[np.float64]:
        if piece.order not in self._corners:
            self._corners[piece.order] = corners(piece.points)
        return self._corners[piece.order]


def candidates(geometry: Geometry, pins: Sequence[Group]) -> list[Candidate]:
    """Return the groups that may be marks; together they can make up the whole drawing.

    A pinned group is one candidate and its pieces are in no other.
    """
    pieces = geometry.pieces
    place = {piece.order: index for index, piece in enumerate(pieces)}
    owner = [_pin_of(piece, pins) for piece in pieces]
    found: list[Candidate] = []
    for pin in range(len(pins)):
        pinned = [index for index, of in enumerate(owner) if of == pin]
        if pinned:
            found.append(_candidate(pinned, pieces))
    looked_at: set[int] = set()
    for places in _runs(len(pieces)):
        by_time = tuple(place[index] for index in places if index < len(pieces))
        for members in (places, by_time):
            bits = _bits(members)
            if bits in looked_at:
                continue
            looked_at.add(bits)
            if any(owner[index] is not None for index in members):
                continue
            if len(members) == 1 or _may_be_one([pieces[index] for index in members], geometry):
                found.append(_candidate(members, pieces))
    return found


def _candidate(places: Sequence[int], pieces: Sequence[Piece]) -> Candidate:
    """Return what the pieces at these places, counted from the left, make up."""
    chosen = tuple(sorted((pieces[place] for place in places), key=lambda piece: piece.order))
    group = joined(*((piece.part,) for piece in chosen))
    bounds = Bounds.around([piece.bounds for piece in chosen])
    return Candidate(group, _bits(places), chosen, bounds)


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
        min(_gap_inside(pieces) / height, FARTHEST_BREAK) if spread else 0.0,
        min(geometry.largest_break(pieces), FARTHEST_BREAK) if spread else 0.0,
        len(candidate.group) - 1.0,
        0.0 if is_mark else _unusual(reading, len(candidate.group)),
        float(max(orders) - min(orders) + 1 > len(orders)),
        float(_cut_ends(candidate.group)),
        float(min(specks, 1)) if spread else 0.0,
    ]


def pair_features(
    left: Candidate, right: Candidate, geometry: Geometry, rise_of_mark: float
) -> list[float]:
    """Return the values of PAIR_FEATURES for neighbours; for the last see `rise`."""
    gap = (right.bounds.left - left.bounds.right) / geometry.height
    pitch = gap + (left.bounds.width + right.bounds.width) / geometry.height / 2
    return [
        max(0.0, -gap),
        min(max(0.0, gap), LARGEST_GAP),
        min(max(0.0, pitch), 1.0),
        _contact(left, right, geometry) if gap < NEAR else 0.0,
        min(abs(left.bounds.bottom - right.bounds.bottom) / geometry.height, 1.0),
        float(left.pieces[-1].order > right.pieces[0].order),
        rise_of_mark,
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


def rise(mark: Candidate, digit: Candidate, geometry: Geometry) -> float:
    """Return how far a mark's middle lies above a digit's: a minus and a point do not, but the bar
    of a 5 does."""
    above, below = mark.bounds, digit.bounds
    gap = (below.top + below.bottom - above.top - above.bottom) / 2
    return max(0.0, gap / geometry.height)


def _runs(count: int) -> Iterator[tuple[int, ...]]:
    """Yield runs of adjacent places, and runs with one left out, for a stroke that came late."""
    for first in range(count):
        for length in range(1, min(MOST_PIECES, count - first) + 1):
            run = tuple(range(first, first + length))
            yield run
            if 3 <= length <= 4:
                yield from (run[:skip] + run[skip + 1 :] for skip in range(1, length - 1))


def _bits(places: Sequence[int]) -> int:
    return sum(1 << place for place in places)


def _may_be_one(pieces: Sequence[Piece], geometry: Geometry) -> bool:
    if len({piece.part.stroke for piece in pieces}) == 1:
        ordered = sorted(pieces, key=lambda piece: piece.order)
        return len(joined(*((piece.part,) for piece in ordered))) == 1
    if len(pieces) == len(geometry.pieces):
        return True  # A sign of scattered parts, such as a colon, need not be a number.
    tall = [piece for piece in pieces if piece.bounds.height >= BAR * geometry.height]
    if _span(tall) > WIDEST_MARK * geometry.height:
        return False
    if _span(pieces) > WIDEST_WITH_BARS * geometry.height:
        return False
    may_be_digits = sum(piece.bounds.height >= TALL * geometry.height for piece in pieces)
    if may_be_digits > 1 and _gap_inside(pieces) > WIDEST_PAPER * geometry.height:
        return False
    largest = FARTHEST_BREAK if len(tall) == 1 else LARGEST_BREAK
    if geometry.largest_break(pieces) <= largest:
        return True
    # The dot in a zero belongs to it, however wide that is.
    outer = [piece for piece in pieces if not any(o.bounds.holds(piece.bounds) for o in pieces)]
    return geometry.largest_break(outer) <= largest


def _span(pieces: Sequence[Piece]) -> float:
    if not pieces:
        return 0.0
    return max(p.bounds.right for p in pieces) - min(p.bounds.left for p in pieces)


def _pin_of(piece: Piece, pins: Sequence[Group]) -> int | None:
    return next((number for number, pin in enumerate(pins) if overlap(pin, (piece.part,))), None)


def _gap_inside(pieces: Sequence[Piece]) -> float:
    """Return the widest upright strip without ink between the first piece and the last."""
    widest, reached = 0.0, math.inf
    for box in sorted((piece.bounds for piece in pieces), key=lambda box: box.left):
        widest = max(widest, box.left - reached)
        reached = max(box.right, reached) if math.isfinite(reached) else box.right
    return widest


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
