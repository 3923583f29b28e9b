"""Digits: a line of marks -> one group of marks per digit.

Owns which marks are cut, which neighbours may be one digit, and the search for the best way. Knows
no network: it is handed a function that reads pixels.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from digitpad.core.lattice import Lattice
from digitpad.core.page.cutting import Cutter, Piece, open_cuts, thinnest_inside
from digitpad.core.page.mark import Mark
from digitpad.core.page.marks import WrittenLine
from digitpad.core.page.morphology import grown
from digitpad.core.page.paper import Strength
from digitpad.core.page.weights import WEIGHTS
from digitpad.core.picture import prepare_writing
from digitpad.core.preprocess import GreyImage
from digitpad.core.reading import EVEN_ODDS, DigitReading, Status

SURE_WIDTH = 1.15
"""A mark wider than this, in heights of the line, may always be several digits."""
SURE = 0.97
"""A narrower one only where the network is less sure that it is one."""
WIDEST_DIGIT = 2.0
"""Widest group of several marks, in heights."""
NARROW = 0.36
"""A mark narrower than this is not cut."""
MOST_PIECES = 7
LARGEST_GAP = 0.35
"""Widest gap inside a digit, in heights."""
EDGE = 2
"""Pixels around a mark that are still its soft edge."""
MOST_READINGS = 3000
"""So many are read of one page, marks and what may be parts of digits or several; from there on
each mark is read as it is. In a line that would take more than is left fewer are tried as one."""
LARGE = 2_500
"""A reading counts once more for so many pixels in its box."""
SAMPLE = 64
"""So many marks tell whether a crowded page holds digits."""
MOSTLY = 0.75
"""The share of them that must look like digits: a half of the letters of printed text pass for
digits one by one."""
FLAT = 0.4
"""A piece no higher than this, in heights of the line and in its widths, may be a minus..."""
RULE = 0.04
"""... unless it is thinner than this, in heights: pens are not, but the ruling of a page is..."""
MIDDLE = 0.2
"""... where its middle lies no farther than this, in heights, from that of what it is beside."""
SMALL = 0.45
"""A mark lower than this, in heights of the line, is hardly a digit of its own."""

MARK_BELOW = 0.1
"""Probability of being a digit under which a group counts as a mark that is none."""
TALL_PART = 0.6
"""A mark of so much of the line's height is seldom but a part of a digit."""
SURELY_NONE = 0.01
"""A mark that is less likely a digit than this, as ticks are and few touching digits, ..."""
SHORT_ARM = 0.6
"""... has arms: parts that are lower than this share of it and look like a 1 are no digits. The
shorter arm of a tick is about half as tall as the tick; 1s that touch are as tall as each other."""
BROAD = 0.75
"""A digit is seldom wider than this, in heights."""
THIN = 0.2
"""Ink on a way down through a mark, in heights, under which it may be where two touch."""
LARGEST_COST = 7.0
"""Where the negative logarithm of a probability ends."""

FEATURES = (
    "group",
    "answer",
    "no_digit",
    "mark",
    "one",
    "one_cut",
    "gap",
    "beside",
    "small",
    "tall",
    "wide",
    "broad",
    "cut",
    "cut_ink",
    "one_cut_ink",
    "thin_inside",
    "merged",
    "tall_parts",
)

ReadPixels = Callable[[GreyImage, Mark, bool], DigitReading]
"""Reads pixels as one digit, with the box of its marks and whether it is but a dot."""


@dataclass(frozen=True, slots=True, eq=False)
class FoundDigit:
    """What was read of some marks, and the probability that they are exactly one mark."""

    reading: DigitReading
    labels: tuple[int, ...]
    box: Mark
    probability: float


@dataclass(frozen=True, slots=True, eq=False)
class LineProblem:
    """All ways to part a line into groups of marks: what each was read as, and its FEATURES."""

    groups: Sequence[Sequence[Mark]]
    readings: Sequence[DigitReading]
    features: Sequence[Sequence[float]]
    lattice: Lattice


class LineReader:
    """Finds the digits in the lines of one page. Cuts are made in `labels` itself."""

    def __init__(self, strength: Strength, labels: NDArray[np.int32], read: ReadPixels) -> None:
        self._strength = strength
        self._labels = labels
        self._read = read
        self._cutter = Cutter(strength, labels)
        self._left = MOST_READINGS
        self._sure: dict[int, DigitReading] = {}
        """What was read of marks that are not cut, by their labels."""
        self._arms: dict[int, float] = {}
        """How tall a part is at least that may be a 1, by the labels of marks that are no digit."""

    def looks_like_digits(self, lines: Sequence[WrittenLine]) -> bool:
        """Whether most of some marks, from all over the page, are digits: text is not."""
        tall = [mark for line in lines for mark in line.marks if mark.height >= SMALL * line.height]
        some = tall[:: -(-len(tall) // SAMPLE)]
        digits = sum(self._reading([mark]).is_digit >= EVEN_ODDS for mark in some)
        return digits >= MOSTLY * len(some)

    def digits(self, line: WrittenLine) -> list[FoundDigit]:
        """Return the digits of a line from left to right."""
        return _best_of(self.pose(line))

    def parts(self, line: WrittenLine) -> list[FoundDigit]:
        """Return the digits of a line that is not one digit: two or more, or none where nothing
        can be cut."""
        if len(line.marks) == 1 and line.marks[0].width < NARROW * line.height:
            return []
        return _best_of(self.pose(line, is_several=True))

    def as_one(self, marks: Sequence[Mark]) -> FoundDigit:
        """Read marks, wherever they stand, as one digit."""
        labels = tuple(mark.label for mark in marks)
        return FoundDigit(self._reading(marks), labels, _around(marks), 1.0)

    def pose(self, line: WrittenLine, *, is_several: bool = False) -> LineProblem:
        """Return what is to be weighed for a line; `training` fits the weights on these.

        Where it is known to be several digits, a lone mark is cut in any case, and no group is all
        of the line.
        """
        cut = self._cutter.pieces if is_several and len(line.marks) == 1 else self._pieces
        pieces = [piece for mark in line.marks for piece in cut(mark, line.height)]
        pieces.sort(key=lambda piece: piece.mark.left + piece.mark.right)
        most = MOST_PIECES
        places = _groups(pieces, line.height, most)
        while most > 1 and _readings(pieces, places) > self._left:
            most //= 2
            places = _groups(pieces, line.height, most)
        if is_several:
            places = [group for group in places if len(group) < len(pieces)]
        members = [[pieces[place] for place in group] for group in places]
        groups = [[piece.mark for piece in group] for group in members]
        readings = [self._known(marks) or self._reading(marks) for marks in groups]
        readings = [
            replace(reading, is_digit=0.0, status=Status.NOT_A_DIGIT)
            if reading.digit == 1 and all(map(self._is_arm, group))
            else reading
            for group, reading in zip(members, readings, strict=True)
        ]
        features = [
            _features(group, reading, line.height, len(group) == len(pieces))
            for group, reading in zip(members, readings, strict=True)
        ]
        bits = [sum(1 << place for place in group) for group in places]
        return LineProblem(groups, readings, features, Lattice(bits, len(pieces)))

    def _known(self, marks: Sequence[Mark]) -> DigitReading | None:
        return self._sure.get(marks[0].label) if len(marks) == 1 else None

    def _is_arm(self, piece: Piece) -> bool:
        return piece.mark.height < self._arms.get(piece.whole, 0.0)

    def _reading(self, marks: Sequence[Mark]) -> DigitReading:
        box = _around(marks)
        own, inside = self._cutter.ink_of(marks, EDGE)
        near = own | (grown(own, EDGE) & (self._labels[inside] == 0))
        self._left -= _counted(box)
        prepared = prepare_writing(np.where(near, self._strength[inside], np.uint8(0)))
        return self._read(prepared.pixels, box, prepared.is_dot)

    def _pieces(self, mark: Mark, height: float) -> list[Piece]:
        whole = [Piece(mark, mark.label)]
        if self._left <= 0:
            return whole
        if mark.width < NARROW * height or mark.height < SMALL * height:
            return whole
        if mark.width <= SURE_WIDTH * height:
            reading = self._reading([mark])
            if reading.confidence * reading.is_digit > SURE:
                self._sure[mark.label] = reading
                return whole
            if reading.is_digit < SURELY_NONE:
                self._arms[mark.label] = SHORT_ARM * mark.height
        return self._cutter.pieces(mark, height)


def _best_of(problem: LineProblem) -> list[FoundDigit]:
    """Return the digits of the best way to part a line; none where there is no way."""
    if not problem.groups:
        return []
    lattice = problem.lattice
    values = [sum(map(operator.mul, _ROW, row)) for row in problem.features]
    scores = [values[edge.after] for edge in lattice.edges]
    shares, _ = lattice.probabilities(scores)
    certainty = [0.0] * len(values)
    for edge, share in zip(lattice.edges, shares, strict=True):
        certainty[edge.after] += share
    return [
        FoundDigit(
            problem.readings[index],
            tuple(mark.label for mark in problem.groups[index]),
            _around(problem.groups[index]),
            min(certainty[index], 1.0),
        )
        for index in lattice.best(scores)
    ]


def _groups(pieces: Sequence[Piece], height: float, most: int) -> list[tuple[int, ...]]:
    """Return runs of at most so many neighbours that may be one digit."""
    groups = []
    for first in range(len(pieces)):
        for last in range(first, min(first + most, len(pieces))):
            members = tuple(range(first, last + 1))
            if last == first or _may_be_one([pieces[i] for i in members], height):
                groups.append(members)
    return groups


def _readings(pieces: Sequence[Piece], places: Sequence[Sequence[int]]) -> int:
    """Return as how many readings it counts to read these groups of pieces."""
    boxes = (_around([pieces[place].mark for place in group]) for group in places)
    return sum(map(_counted, boxes))


def _counted(box: Mark) -> int:
    return 1 + box.width * box.height // LARGE


def _may_be_one(pieces: Sequence[Piece], height: float) -> bool:
    box = _around([piece.mark for piece in pieces])
    if box.height > 1.6 * height and len({piece.whole for piece in pieces}) > 1:
        return False
    if box.width > WIDEST_DIGIT * height and len({piece.whole for piece in pieces}) > 1:
        return False
    return _gap(pieces) <= LARGEST_GAP * height and not _has_minus(pieces, height)


def _has_minus(pieces: Sequence[Piece], height: float) -> bool:
    """Whether one of several pieces is a minus: flat, level with the middle of the others, and
    beside all of them."""
    for piece in pieces:
        mark = piece.mark
        others = [other.mark for other in pieces if other is not piece]
        if (
            RULE * height <= mark.height <= FLAT * min(height, mark.width)
            and all(mark.right <= other.left or other.right <= mark.left for other in others)
            and abs(_middle(mark) - _middle(_around(others))) <= MIDDLE * height
        ):
            return True
    return False


def _middle(mark: Mark) -> float:
    return (mark.top + mark.bottom) / 2


def _gap(pieces: Sequence[Piece]) -> float:
    """Return the widest upright strip without ink between pieces."""
    widest, reached = 0, pieces[0].mark.right
    for piece in sorted(pieces, key=lambda piece: piece.mark.left):
        widest = max(widest, piece.mark.left - reached)
        reached = max(reached, piece.mark.right)
    return float(widest)


def _features(
    pieces: Sequence[Piece], reading: DigitReading, height: float, alone: bool
) -> list[float]:
    """Return the values of FEATURES; `alone`: the line holds nothing else."""
    box = _around([piece.mark for piece in pieces])
    wholes = {piece.whole for piece in pieces}
    cuts = open_cuts(pieces)
    gap = _gap(pieces)
    is_mark = reading.is_digit < MARK_BELOW
    is_one = not is_mark and reading.digit == 1
    return [
        0.0 if alone else 1.0,
        0.0 if is_mark else _cost(reading.confidence),
        _cost(reading.is_digit),
        float(is_mark),
        float(is_one and not cuts),
        float(is_one and bool(cuts)),
        gap / height,
        float(gap > 0),
        max(0.0, 0.75 - box.height / height),
        max(0.0, box.height / height - 1.35),
        max(0.0, box.width / height - 1.1),
        max(0.0, box.width / height - BROAD),
        float(len(cuts)),
        sum(cuts),
        sum(cuts) if is_one else 0.0,
        max(0.0, 1.0 - thinnest_inside(pieces) / THIN),
        len(wholes) - 1.0,
        float(max(0, len({piece.whole for piece in pieces if _is_tall(piece, height)}) - 1)),
    ]


def _is_tall(piece: Piece, height: float) -> bool:
    return piece.mark.height >= TALL_PART * height


def _cost(probability: float) -> float:
    return min(-math.log(probability), LARGEST_COST) if probability > 0 else LARGEST_COST


def _around(marks: Sequence[Mark]) -> Mark:
    return Mark(
        marks[0].label,
        min(mark.left for mark in marks),
        min(mark.top for mark in marks),
        max(mark.right for mark in marks),
        max(mark.bottom for mark in marks),
        sum(mark.area for mark in marks),
    )


_ROW = [WEIGHTS[name] for name in FEATURES]
