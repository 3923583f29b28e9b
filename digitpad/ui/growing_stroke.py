"""Growing stroke: the points of a stroke while the pen is down.

Owns the buffer behind the live stroke. Each point costs constant time on average, and so does each
view of the points so far, however long the stroke: a view shares the buffer, whose filled part is
never written again.
"""

from __future__ import annotations

import math

import numpy as np

from digitpad.core.ink import COORDINATE_LIMIT, Stroke

_FIRST_CAPACITY = 256


class GrowingStroke:
    """Points in logical canvas coordinates, appended one by one."""

    def __init__(self) -> None:
        self._buffer = np.empty((_FIRST_CAPACITY, 3))
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def append(self, x: float, y: float, pressure: float) -> bool:
        """Add a point; return whether it was one: finite and within the range of ink."""
        if not (abs(x) <= COORDINATE_LIMIT and abs(y) <= COORDINATE_LIMIT):  # False for NaN, too
            return False
        if self._count == len(self._buffer):
            self._buffer = np.concatenate((self._buffer, np.empty_like(self._buffer)))
        pressure = min(max(pressure, 0.0), 1.0) if math.isfinite(pressure) else 1.0
        self._buffer[self._count] = (x, y, pressure)
        self._count += 1
        return True

    def points(self) -> Stroke:
        """Return a read-only view of the points so far, shape (n, 3)."""
        view = self._buffer[: self._count]
        view.setflags(write=False)
        return view
