"""Cutting: a mark that may be several digits touching -> the parts that it may be cut into.

Owns where a mark is cut, and how much ink lies on each cut. Knows nothing of digits.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from digitpad.core.page.marks import Mark
from digitpad.core.page.paper import Strength

LEAST_PART = 0.18
"""Narrowest part of a cut mark, in heights."""
MOST_CUTS = 16
CUTS_PER_HEIGHT = 2.5


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

    def pieces(self, mark: Mark, height: float) -> list[Piece]:
        """Return the parts of a mark from left to right, in a line so high; it may be only one."""
        columns = self._cuts(mark, height)
        return self._cut(mark, columns, height) if columns else [Piece(mark, mark.label)]

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

    def _cut(self, mark: Mark, columns: Sequence[int], height: float) -> list[Piece]:
        """Cut a mark from top to bottom along the ways with the least ink near some columns."""
        inside = (slice(mark.top, mark.bottom), slice(mark.left, mark.right))
        own = self._labels[inside] == mark.label
        ink = np.where(own, self._strength[inside], 0).astype(np.float64) / 255
        edges = [0, *columns, mark.width]
        part = np.zeros(own.shape, np.int32)
        crossed: list[float | None] = [None]
        for before, column, after in zip(edges, edges[1:], edges[2:], strict=False):
            low, high = (before + column + 1) // 2, (column + after) // 2
            way = low + _way_down(ink[:, low:high], column - low)
            part += np.arange(mark.width) >= way[:, None]
            crossed.append(float(own[np.arange(len(way)), way].sum()) / height)
        crossed.append(None)
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
            pieces.append(Piece(piece, mark.label, number, *crossed[number : number + 2]))
        self._next_label += len(columns) + 1
        return pieces


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
