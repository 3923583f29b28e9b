"""Digits: a line of marks -> one group of marks per digit.

Owns where marks are cut that may be several digits touching, which neighbours may be one digit,
and the search for the best way. Knows no network: it is handed a function that reads pixels.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from digitpad.core.lattice import Lattice
from digitpad.core.page.marks import Mark, WrittenLine
from digitpad.core.page.paper import Strength
from digitpad.core.page.weights import WEIGHTS
from digitpad.core.picture import prepare_writing
from digitpad.core.preprocess import GreyImage
from digitpad.core.reading import DigitReading

SURE_WIDTH = 1.15
"""A mark wider than this, in heights of the line, may always be several digits."""
SURE = 0.97
"""A narrower one only where the network is less sure that it is one."""
LEAST_PART = 0.18
"""Narrowest part of a cut mark, in heights."""
MOST_CUTS = 16
CUTS_PER_HEIGHT = 2.5
WIDEST_DIGIT = 2.0
"""Widest group of several marks, in heights."""
MOST_PIECES = 5
LARGEST_GAP = 0.35
"""Widest gap inside a digit, in heights."""
EDGE = 2
"""Pixels around a mark that are still its soft edge."""
SMALL = 0.45
"""A mark lower than this, in heights of the line, is hardly a digit of its own."""

MARK_BELOW = 0.1
"""Probability of being a digit under which a group counts as a mark that is none."""
TALL_PART = 0.6
"""A mark of so much of the line's height is seldom but a part of a digit."""
LARGEST_COST = 7.0
"""Where the negative logarithm of a probability ends."""

FEATURES = (
    "group",
    "answer",
    "no_digit",
    "mark",
    "one",
    "gap",
    "beside",
    "small",
    "tall",
    "wide",
    "cut",
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


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    """A mark or a part of one; `cuts` counts the sides on which it was cut."""

    mark: Mark
    whole: int
    left_cut: bool = False
    right_cut: bool = False


class LineReader:
    """Finds the digits in the lines of one page. Cuts are made in `labels` itself."""

    def __init__(self, strength: Strength, labels: NDArray[np.int32], read: ReadPixels) -> None:
        self._strength = strength
        self._labels = labels
        self._read = read
        self._next_label = int(labels.max()) + 1

    def digits(self, line: WrittenLine) -> list[FoundDigit]:
        """Return the digits of a line from left to right."""
        problem = self.pose(line)
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

    def pose(self, line: WrittenLine) -> LineProblem:
        """Return what is to be weighed for a line; `training` fits the weights on these."""
        pieces = [piece for mark in line.marks for piece in self._pieces(mark, line.height)]
        pieces.sort(key=lambda piece: piece.mark.left + piece.mark.right)
        places = _groups(pieces, line.height)
        members = [[pieces[place] for place in group] for group in places]
        groups = [[piece.mark for piece in group] for group in members]
        readings = [self._reading(marks) for marks in groups]
        features = [
            _features(group, reading, line.height, len(group) == len(pieces))
            for group, reading in zip(members, readings, strict=True)
        ]
        bits = [sum(1 << place for place in group) for group in places]
        return LineProblem(groups, readings, features, Lattice(bits, len(pieces)))

    def _reading(self, marks: Sequence[Mark]) -> DigitReading:
        box = _around(marks)
        top, left = max(0, box.top - EDGE), max(0, box.left - EDGE)
        inside = (slice(top, box.bottom + EDGE), slice(left, box.right + EDGE))
        labels = self._labels[inside]
        own = _any_of(labels, [mark.label for mark in marks])
        near = own | (_grown(own, EDGE) & (labels == 0))
        prepared = prepare_writing(np.where(near, self._strength[inside], np.uint8(0)))
        return self._read(prepared.pixels, box, prepared.is_dot)

    def _pieces(self, mark: Mark, height: float) -> list[_Piece]:
        whole = [_Piece(mark, mark.label)]
        if mark.width < 2 * LEAST_PART * height or mark.height < SMALL * height:
            return whole
        if mark.width <= SURE_WIDTH * height:
            reading = self._reading([mark])
            if reading.confidence * reading.is_digit > SURE:
                return whole
        columns = self._cuts(mark, height)
        if not columns:
            return whole
        return self._cut(mark, columns)

    def _cuts(self, mark: Mark, height: float) -> list[int]:
        """Return columns with little ink at which a mark may be cut, from left to right."""
        own = self._labels[mark.top : mark.bottom, mark.left : mark.right] == mark.label
        counts = own.sum(axis=0).astype(np.float64)
        smooth = np.convolve(np.pad(counts, 1, mode="edge"), np.ones(3) / 3, "valid")
        margin = max(2, int(LEAST_PART * height))
        reach = max(1, margin // 2)
        places = [
            column
            for column in range(margin, mark.width - margin)
            if smooth[column] <= smooth[max(0, column - reach) : column + reach + 1].min()
        ]
        places.sort(key=lambda column: (smooth[column], abs(column - mark.width / 2)))
        most = min(MOST_CUTS, max(1, math.ceil(CUTS_PER_HEIGHT * mark.width / height)))
        chosen: list[int] = []
        for column in places:
            if len(chosen) == most:
                break
            if all(abs(column - other) >= margin for other in chosen):
                chosen.append(column)
        return sorted(chosen)

    def _cut(self, mark: Mark, columns: Sequence[int]) -> list[_Piece]:
        """Cut a mark from top to bottom along the ways with the least ink near some columns."""
        inside = (slice(mark.top, mark.bottom), slice(mark.left, mark.right))
        own = self._labels[inside] == mark.label
        ink = np.where(own, self._strength[inside], 0).astype(np.float64) / 255
        edges = [0, *columns, mark.width]
        part = np.zeros(own.shape, np.int32)
        for before, column, after in zip(edges, edges[1:], edges[2:], strict=False):
            low, high = (before + column + 1) // 2, (column + after) // 2
            way = low + _way_down(ink[:, low:high], column - low)
            part += np.arange(mark.width) >= way[:, None]
        labels = self._labels[inside]
        labels[own] = self._next_label + part[own]
        pieces = []
        for number in range(len(columns) + 1):
            rows, places = np.nonzero(own & (part == number))
            if len(rows) == 0:
                continue
            piece = replace(
                mark,
                label=self._next_label + number,
                left=mark.left + int(places.min()),
                right=mark.left + int(places.max()) + 1,
                top=mark.top + int(rows.min()),
                bottom=mark.top + int(rows.max()) + 1,
                area=len(rows),
            )
            pieces.append(_Piece(piece, mark.label, number > 0, number < len(columns)))
        self._next_label += len(columns) + 1
        return pieces


def _way_down(ink: NDArray[np.float64], start: int) -> NDArray[np.int64]:
    """Return a column for each row: the way down with the least ink, not far from `start`."""
    height, width = ink.shape
    apart = np.abs(np.arange(width) - start)
    cost = ink + 0.02 * apart / max(width, 1) + 1e-3
    total = cost[0].copy()
    came = np.zeros(ink.shape, np.int64)
    for row in range(1, height):
        padded = np.pad(total, 1, constant_values=np.inf)
        around = np.stack([padded[1:-1], padded[:-2] + 0.01, padded[2:] + 0.01])
        choice = around.argmin(axis=0)
        came[row] = np.array([0, -1, 1])[choice]
        total = around.min(axis=0) + cost[row]
    way = np.zeros(height, np.int64)
    way[-1] = int(total.argmin())
    for row in range(height - 1, 0, -1):
        way[row - 1] = way[row] + came[row, way[row]]
    return way


def _groups(pieces: Sequence[_Piece], height: float) -> list[tuple[int, ...]]:
    """Return runs of neighbours that may be one digit."""
    groups = []
    for first in range(len(pieces)):
        for last in range(first, min(first + MOST_PIECES, len(pieces))):
            members = tuple(range(first, last + 1))
            if last == first or _may_be_one([pieces[i] for i in members], height):
                groups.append(members)
    return groups


def _may_be_one(pieces: Sequence[_Piece], height: float) -> bool:
    box = _around([piece.mark for piece in pieces])
    if box.height > 1.6 * height and len({piece.whole for piece in pieces}) > 1:
        return False
    if box.width > WIDEST_DIGIT * height and len({piece.whole for piece in pieces}) > 1:
        return False
    return _gap(pieces) <= LARGEST_GAP * height


def _gap(pieces: Sequence[_Piece]) -> float:
    """Return the widest upright strip without ink between pieces."""
    widest, reached = 0, pieces[0].mark.right
    for piece in sorted(pieces, key=lambda piece: piece.mark.left):
        widest = max(widest, piece.mark.left - reached)
        reached = max(reached, piece.mark.right)
    return float(widest)


def _features(
    pieces: Sequence[_Piece], reading: DigitReading, height: float, alone: bool
) -> list[float]:
    """Return the values of FEATURES; `alone`: the line holds nothing else."""
    box = _around([piece.mark for piece in pieces])
    wholes = {piece.whole for piece in pieces}
    ends = sum(piece.left_cut + piece.right_cut for piece in pieces)
    gap = _gap(pieces)
    is_mark = reading.is_digit < MARK_BELOW
    return [
        0.0 if alone else 1.0,
        0.0 if is_mark else _cost(reading.confidence),
        _cost(reading.is_digit),
        float(is_mark),
        float(not is_mark and reading.digit == 1),
        gap / height,
        float(gap > 0),
        max(0.0, 0.75 - box.height / height),
        max(0.0, box.height / height - 1.35),
        max(0.0, box.width / height - 1.1),
        float(ends - 2 * (len(pieces) - len(wholes))),
        len(wholes) - 1.0,
        float(max(0, len({piece.whole for piece in pieces if _is_tall(piece, height)}) - 1)),
    ]


def _is_tall(piece: _Piece, height: float) -> bool:
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


def _any_of(labels: NDArray[np.int32], wanted: Sequence[int]) -> NDArray[np.bool_]:
    found = labels == wanted[0]
    for label in wanted[1:]:
        found |= labels == label
    return np.asarray(found)


def _grown(mask: NDArray[np.bool_], reach: int) -> NDArray[np.bool_]:
    grown = mask.copy()
    for axis in (0, 1):
        source = np.moveaxis(grown.copy(), axis, 0)
        target = np.moveaxis(grown, axis, 0)
        for step in range(1, reach + 1):
            target[step:] |= source[:-step]
            target[:-step] |= source[step:]
    return grown


_ROW = [WEIGHTS[name] for name in FEATURES]
