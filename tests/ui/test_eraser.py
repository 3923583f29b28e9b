"""What the eraser's way touches, against the distance between points close together on both."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from digitpad.core.ink import make_stroke
from digitpad.ui.drawing import Trace
from digitpad.ui.eraser import touched

REACH = 10.0
PRECISION = 1.0


def along(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return points of a line, no further apart than PRECISION."""
    parts = [line[:1]]
    for start, end in itertools.pairwise(line):
        steps = int(np.hypot(*(end - start)) / PRECISION) + 2
        parts.append(np.linspace(start, end, steps))
    return np.concatenate(parts)


def distance(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    between = along(one)[:, None] - along(other)[None]
    return float(np.hypot(between[..., 0], between[..., 1]).min())


@pytest.mark.parametrize("points", [1, 2, 4])
@pytest.mark.parametrize("way", [0.0, 30.0, 120.0])
def test_a_stroke_within_reach_is_touched_and_no_other(points: int, way: float) -> None:
    # Given an eraser that is pressed or moved, and strokes anywhere around it
    rng = np.random.default_rng(5)
    start = np.array([70.0, 60.0])
    end = start + way * np.array([0.6, 0.8])
    lines = [
        rng.uniform(-20.0, 160.0, 2) + rng.normal(0.0, 40.0, (points, 2)) * (points > 1)
        for _ in range(100)
    ]
    apart = [distance(line, np.array([start, end])) for line in lines]
    # What is just at the edge of its reach may count or not.
    clear = [place for place, far in enumerate(apart) if abs(far - REACH) > PRECISION]

    # When
    traces = [Trace.of(make_stroke(line.tolist())) for line in lines]
    found = touched(traces, start, end, REACH)

    # Then
    assert set(found) & set(clear) == {place for place in clear if apart[place] < REACH}
