"""Candidates: the groups of pieces that may be one mark.

Owns which groups are looked at, and the distances between pieces. All lengths are in heights of the
line, so that size does not matter. What speaks for a group is in `grouping_features.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.core.groups import Group, joined, overlap
from digitpad.core.ink import Bounds
from digitpad.core.pieces import Piece, corners, distance

LARGEST_BREAK = 0.4
"""How far apart the strokes of one mark may lie; in 99.8 % of 2,350 real digits of several strokes
they are closer."""
WIDEST_MARK = 1.9
"""Width of the widest mark of several strokes, bars not counted; 99.7 % of real digits are
narrower."""
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
SMALLEST_DIGIT = 0.4
"""A mark smaller than this is no digit, or a comma would be a 1. Of 9,763 real digits one is that
much smaller than most of its writer's."""


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
        by_time = tuple(place[order] for order in places)
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
    group = joined(tuple(piece.part for piece in chosen))
    bounds = Bounds.around([piece.bounds for piece in chosen])
    return Candidate(group, _bits(places), chosen, bounds)


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
        return len(joined(tuple(piece.part for piece in pieces))) == 1
    if len(pieces) == len(geometry.pieces):
        return True  # A sign of scattered parts, such as a colon, need not be a number.
    tall = [piece for piece in pieces if piece.bounds.height >= BAR * geometry.height]
    if _span(tall) > WIDEST_MARK * geometry.height:
        return False
    if _span(pieces) > WIDEST_WITH_BARS * geometry.height:
        return False
    may_be_digits = sum(piece.bounds.height >= TALL * geometry.height for piece in pieces)
    if may_be_digits > 1 and gap_inside(pieces) > WIDEST_PAPER * geometry.height:
        return False
    largest = FARTHEST_BREAK if len(tall) == 1 else LARGEST_BREAK
    if geometry.largest_break(pieces) <= largest:
        return True
    # The dot in a zero belongs to it, however wide that is.
    outer = [piece for piece in pieces if not any(o.bounds.holds(piece.bounds) for o in pieces)]
    return geometry.largest_break(outer) <= largest


def _span(pieces: Sequence[Piece]) -> float:
    return Bounds.around([piece.bounds for piece in pieces]).width if pieces else 0.0


def _pin_of(piece: Piece, pins: Sequence[Group]) -> int | None:
    return next((number for number, pin in enumerate(pins) if overlap(pin, (piece.part,))), None)


def gap_inside(pieces: Sequence[Piece]) -> float:
    """Return the widest upright strip without ink between the first piece and the last."""
    boxes = sorted((piece.bounds for piece in pieces), key=lambda box: box.left)
    widest, reached = 0.0, boxes[0].right
    for box in boxes:
        widest = max(widest, box.left - reached)
        reached = max(box.right, reached)
    return widest
