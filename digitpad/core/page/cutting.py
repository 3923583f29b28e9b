"""Cutting: a mark that may be several digits touching -> the parts that it may be cut into.

Owns where a mark is cut, and how much ink lies on each cut. Knows nothing of digits.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from digitpad.core.components import label_components
from digitpad.core.page.mark import Mark
from digitpad.core.page.morphology import grown
from digitpad.core.page.paper import Strength

LEVELS = (0.15, 0.3, 0.5, 0.7, 0.85)
"""Where ways down pass between strokes, in shares of the mark's height."""
LEAST_AREA = 0.015
"""Least ink on either side of a cut and between two, in squares of the line's height."""
MOST_CROSSED = LEAST_AREA / 3
"""Ink, in the same unit, that two ways may have between them after they crossed."""
MOST_INK = 0.8
"""Most ink that a way down may cross, in heights."""
NEXT = 0.09
"""No way is tried that crosses a stroke so near a better one, in heights."""
ENCLOSED = 0.3
"""What paper within a ring costs a way, as a share of ink: there it parts one digit, not two."""
ASIDE = 0.05
"""What a step aside costs, in pixels of ink."""
OFF_MIDDLE = 1.0
"""What it costs to pass at the edge of a gap instead of in its middle, in pixels of ink."""
MOST_CUTS = 40
CUTS_PER_HEIGHT = 4.0
SHARED = 0.08
"""Ink so near a cut, in heights, belongs to both sides: about half of a pen's width. Digits that
touch often have a stretch of stroke in common."""

RIM = 0.12
"""Ink so near a hole, in heights, is the ring around it and belongs to the side with the hole."""
LEAST_HOLE = 0.004
"""Least paper in a hole, in squares of the line's height."""
HOLE_SHARE = 0.25
"""A hole belongs to parts in which at least so much of it lies."""

Mask = NDArray[np.bool_]
Ways = NDArray[np.int64]
"""Shape (n, rows): for each of n ways down, the first column to its right in each row."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A mark, or one of the parts that it was cut into, by its number from the left.

    `left_cut` and `right_cut` are how much ink lies on the way along which that side was cut, in
    heights of the line; None where nothing was cut.
    """

    mark: Mark
    whole: int
    number: int = 0
    left_cut: float | None = None
    right_cut: float | None = None


class Cutter:
    """Cuts marks of one page. The parts get labels of their own in `labels` itself."""

    def __init__(self, strength: Strength, labels: NDArray[np.int32]) -> None:
        self._strength = strength
        self._labels = labels
        self._next_label = int(labels.max()) + 1
        self._cut_marks: dict[int, _CutMark] = {}
        """Of each part, the mark that it was cut from."""

    def pieces(self, mark: Mark, height: float) -> list[Piece]:
        """Return the parts of a mark from left to right, in a line so high; it may be only one."""
        inside = (slice(mark.top, mark.bottom), slice(mark.left, mark.right))
        own = self._labels[inside] == mark.label
        ink = np.where(own, self._strength[inside], 0).astype(np.float64) / 255
        enclosed = _enclosed_paper(own)
        ways = _ways_apart(ink, enclosed > 0, own, height)
        if len(ways) == 0:
            return [Piece(mark, mark.label)]
        part = np.zeros(own.shape, np.int32)
        for way in ways:
            part += np.arange(mark.width) >= way[:, None]
        labels = self._labels[inside]
        labels[own] = self._next_label + part[own]
        on_ways = own[np.arange(mark.height), ways].sum(axis=1) / height
        crossed = [None, *on_ways.tolist(), None]
        together = range(self._next_label, self._next_label + len(ways) + 1)
        holes = _holes(enclosed, part + self._next_label, mark, LEAST_HOLE * height * height)
        cut_mark = _CutMark(together, holes, height)
        self._next_label = together.stop
        pieces = []
        for number, label in enumerate(together):
            rows, places = np.nonzero(own & (part == number))
            if len(rows) == 0:
                continue
            piece = replace(
                mark,
                label=label,
                left=mark.left + int(places.min()),
                right=mark.left + int(places.max()) + 1,
                top=mark.top + int(rows.min()),
                bottom=mark.top + int(rows.max()) + 1,
                area=len(rows),
            )
            pieces.append(Piece(piece, mark.label, number, *crossed[number : number + 2]))
            self._cut_marks[label] = cut_mark
        return pieces

    def ink_of(self, marks: Sequence[Mark], margin: int) -> tuple[Mask, tuple[slice, slice]]:
        """Return which pixels are ink of marks, and the part of the page that these are of.

        With what they share with parts that were cut off: ink near a cut, and around holes that
        are theirs. There are at least `margin` pixels around them, but at the page's edge.
        """
        wanted = {mark.label for mark in marks}
        wholes = {self._cut_marks[label] for label in wanted if label in self._cut_marks}
        holes = [hole for whole in wholes for hole in whole.holes if hole.parts <= wanted]
        height = max((whole.line_height for whole in wholes), default=0.0)
        shared, rim = round(SHARED * height), round(RIM * height)
        boxes: list[Mark | _Hole] = [*marks, *holes]
        around = margin + max(shared, rim)
        top = max(0, min(box.top for box in boxes) - around)
        left = max(0, min(box.left for box in boxes) - around)
        bottom, right = max(box.bottom for box in boxes), max(box.right for box in boxes)
        inside = (slice(top, bottom + around), slice(left, right + around))
        labels = self._labels[inside]
        own = np.isin(labels, list(wanted))
        of_wholes, enclosed = np.zeros_like(own), np.zeros_like(own)
        for whole in wholes:
            of_wholes |= (labels >= whole.parts.start) & (labels < whole.parts.stop)
        for hole in holes:
            rows = slice(hole.top - top, hole.bottom - top)
            columns = slice(hole.left - left, hole.right - left)
            enclosed[rows, columns] |= hole.paper
        near = grown(own, shared)
        if holes:
            near |= grown(enclosed, rim)
        return own | (near & of_wholes), inside


@dataclass(frozen=True, slots=True, eq=False)
class _Hole:
    """Paper that ink encloses, in its box on the page, and the parts in which most of it lies."""

    left: int
    top: int
    paper: Mask
    parts: Set[int]

    @property
    def right(self) -> int:
        """The first column behind it."""
        return self.left + int(self.paper.shape[1])

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.top + int(self.paper.shape[0])


@dataclass(frozen=True, slots=True, eq=False)
class _CutMark:
    """A mark that was cut: the labels of its parts, its holes, and how high its line is."""

    parts: range
    holes: Sequence[_Hole]
    line_height: float


def _enclosed_paper(own: Mask) -> NDArray[np.int32]:
    """Return the label of each pixel of paper that ink encloses; 0 elsewhere."""
    paper, _ = label_components(np.pad(~own, 1, constant_values=True))
    outside = paper[0, 0]
    return np.asarray(np.where(paper == outside, 0, paper)[1:-1, 1:-1])


def _holes(
    enclosed: NDArray[np.int32], parts: NDArray[np.int32], mark: Mark, least: float
) -> list[_Hole]:
    """Return the holes of a mark of `least` pixels or more; `parts` has each pixel's label."""
    rows, columns = np.nonzero(enclosed)
    order = np.argsort(enclosed[rows, columns], kind="stable")
    rows, columns = rows[order], columns[order]
    starts = np.flatnonzero(np.diff(enclosed[rows, columns])) + 1
    holes = []
    for down, across in zip(np.split(rows, starts), np.split(columns, starts), strict=True):
        if len(down) < least:
            continue
        top, left = int(down.min()), int(across.min())
        inside = np.zeros((int(down.max()) + 1 - top, int(across.max()) + 1 - left), np.bool_)
        inside[down - top, across - left] = True
        found, sizes = np.unique(parts[down, across], return_counts=True)
        # Of a hole in many parts none may have that share.
        mostly = found[sizes >= min(HOLE_SHARE * len(down), sizes.max())]
        holes.append(_Hole(mark.left + left, mark.top + top, inside, frozenset(mostly.tolist())))
    return holes


def open_cuts(pieces: Sequence[Piece]) -> list[float]:
    """Return the ink on each cut between what is of the pieces and what is not."""
    inside = {(piece.whole, piece.number) for piece in pieces}
    cuts = [piece.left_cut for piece in pieces if (piece.whole, piece.number - 1) not in inside]
    cuts += [piece.right_cut for piece in pieces if (piece.whole, piece.number + 1) not in inside]
    return [ink for ink in cuts if ink is not None]


def thinnest_inside(pieces: Sequence[Piece]) -> float:
    """Return the ink on the cut inside a group that has least, or infinity where none is."""
    inside = {(piece.whole, piece.number) for piece in pieces}
    cuts = [piece.left_cut for piece in pieces if (piece.whole, piece.number - 1) in inside]
    return min((ink for ink in cuts if ink is not None), default=math.inf)


def _ways_apart(ink: NDArray[np.float64], enclosed: Mask, own: Mask, height: float) -> Ways:
    """Return the cheapest ways down that part a mark, from left to right."""
    cost = ink + ENCLOSED * enclosed
    near = max(1, round(NEXT * height))
    # Digits that touch twice enclose paper, too: there the way with the least ink is right.
    ways = np.concatenate([_ways_down(cost, own, near), _ways_down(ink, own, near)])
    rows = np.arange(len(ink))
    costs = cost[rows, ways].sum(axis=1) / height
    # How much of each row lies left of each way: differences are what lies between two.
    counted = np.cumsum(np.pad(own, ((0, 0), (1, 0))), axis=1)
    left = counted[rows, ways]
    sizes = left.sum(axis=1)
    least, crossed = LEAST_AREA * height * height, MOST_CROSSED * height * height
    parting = (costs <= MOST_INK) & (sizes >= least) & (own.sum() - sizes >= least)
    most = min(MOST_CUTS, max(1, math.ceil(CUTS_PER_HEIGHT * ink.shape[1] / height)))
    chosen: list[int] = []
    cheapest = np.argsort(costs, kind="stable")
    for way in cheapest[parting[cheapest]]:
        if len(chosen) == most:
            break
        between = left[way] - left[chosen]
        right_of = np.where(between > 0, between, 0).sum(axis=1)
        left_of = right_of - between.sum(axis=1)
        apart = (np.maximum(right_of, left_of) >= least) & (np.minimum(right_of, left_of) < crossed)
        if apart.all():
            chosen.append(int(way))
    return ways[sorted(chosen, key=lambda way: int(sizes[way]))]


def _ways_down(ink: NDArray[np.float64], own: Mask, near: int) -> Ways:
    """Return the ways with the least ink from top to bottom through some places at LEVELS.

    The places are in each gap between strokes, and on strokes where the way is the best `near`.
    """
    to_top, to_bottom = _least_ink(ink), _least_ink(ink[::-1])[::-1]
    through = to_top[:, 1:-1] + to_bottom[:, 1:-1] - ink
    rows = [min(len(ink) - 1, int(level * len(ink))) for level in LEVELS]
    places = [_places(through[row], own[row], near) for row in rows]
    ways = np.empty((sum(map(len, places)), len(ink)), np.int64)
    # The ways of all levels go on together, each from its own row.
    firsts = np.cumsum([0, *map(len, places)]).tolist()
    for row, first, found in zip(rows, firsts, places, strict=False):
        ways[first : first + len(found), row] = found
    for row in range(max(rows), 0, -1):
        of = slice(firsts[bisect_left(rows, row)], None)
        ways[of, row - 1] = _stepped(to_top[row - 1], ways[of, row])
    for row in range(min(rows), len(ink) - 1):
        of = slice(firsts[bisect_right(rows, row)])
        ways[of, row + 1] = _stepped(to_bottom[row + 1], ways[of, row])
    return ways


def _places(costs: NDArray[np.float64], inked: Mask, near: int) -> list[int]:
    """Return a cheap column of each gap, and those on ink with none cheaper near them."""
    edges = np.flatnonzero(np.diff(inked.astype(np.int8), prepend=1, append=1))
    places = []
    for start, stop in zip(edges[::2], edges[1::2], strict=True):
        from_middle = np.abs(np.linspace(-1, 1, stop - start + 2)[1:-1])
        places.append(int(start + (costs[start:stop] + OFF_MIDDLE * from_middle).argmin()))
    return places + [
        int(column)
        for column in np.flatnonzero(inked)
        if costs[column] <= costs[max(0, column - near) : column + near + 1].min()
    ]


def _least_ink(ink: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the ink on the best way from the top to each pixel, with a column of infinity on
    either side."""
    least = np.full((len(ink), ink.shape[1] + 2), np.inf)
    least[0, 1:-1] = ink[0]
    for before, here, on_row in zip(least, least[1:], ink[1:], strict=False):
        best = here[1:-1]
        np.minimum(before[:-2], before[2:], out=best)
        best += ASIDE
        np.minimum(best, before[1:-1], out=best)
        best += on_row
    return least


def _stepped(least: NDArray[np.float64], columns: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where ways at these columns were on the row before, or next, for which `least` holds.

    Of ways with as much ink the straightest is taken, then the one on the left.
    """
    straight = least[columns + 1]
    left, right = least[columns] + ASIDE, least[columns + 2] + ASIDE
    aside = np.where(left <= right, -1, 1)
    return columns + np.where(straight <= np.minimum(left, right), 0, aside)
