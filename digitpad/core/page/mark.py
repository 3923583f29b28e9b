"""Mark: a piece of ink that hangs together, and all those in a picture of labels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.core.components import places_of


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of ink: its label in the picture of labels, its box, and how many pixels it has."""

    label: int
    left: int
    top: int
    right: int
    bottom: int
    area: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top


def marks_of(labels: NDArray[np.int32], count: int) -> list[Mark]:
    """Return the marks of a picture of labels 1 to `count`, those that have pixels."""
    rows, columns = places_of(labels > 0)
    numbers = labels[rows, columns]
    area = np.bincount(numbers, minlength=count + 1)
    low = [np.full(count + 1, max(labels.shape)) for _ in range(2)]
    high = [np.zeros(count + 1, np.int64) for _ in range(2)]
    for axis, places in enumerate((columns, rows)):
        np.minimum.at(low[axis], numbers, places)
        np.maximum.at(high[axis], numbers, places + 1)
    found = np.flatnonzero(area[1:]) + 1
    parts = (found, low[0][found], low[1][found], high[0][found], high[1][found], area[found])
    return [Mark(*row) for row in np.stack(parts, axis=1).tolist()]
