"""Turns: two ways to run one network, timed by turns so that a busy machine slows both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from digitpad.core.network import softmax
from digitpad.core.preprocess import prepare_ink
from tests.bench.measurement import MeasurementError
from tests.bench.strokes import golden_ink

Pixels = NDArray[np.float32]
ForwardPass = Callable[[Pixels], NDArray[np.float32]]

AGREEMENT = 1e-5
"""Largest difference of a probability."""
TURN = 20
"""Calls in a row: enough for each way to find its weights in the cache, as in a loop of its own."""


def sample_pixels() -> list[Pixels]:
    """Return the bundled drawings as the network sees them."""
    return [np.ascontiguousarray(prepare_ink(ink)) for ink in golden_ink()]


def compare(
    ours: ForwardPass, theirs: ForwardPass, pixels: Sequence[Pixels], calls: int
) -> tuple[float, float]:
    """Return the median microseconds of one call of each, on one picture a call.

    Raises MeasurementError when the two do not agree on all pictures.
    """
    difference = max(np.abs(softmax(ours(p)) - softmax(theirs(p))).max() for p in pixels)
    if difference > AGREEMENT:
        raise MeasurementError(f"a probability differs by {difference:.1e}")
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(calls // TURN):
        for run, kept in zip((ours, theirs), times, strict=True):
            for call in range(TURN):
                picture = pixels[(turn * TURN + call) % len(pixels)]
                start = time.perf_counter()
                run(picture)
                kept.append(1e6 * (time.perf_counter() - start))
    return statistics.median(times[0]), statistics.median(times[1])
