"""Number: how long the reader takes from the strokes of six digits to a reading, on one core."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from digitpad.core.ink import Ink
from digitpad.core.reader import Reader
from tests.bench.measurement import report, summary
from tests.synthetic_ink import digit_ink, placed, varied

NUMBERS = 200
DIGITS = 6
WIDEST_GAP = 45.0
"""Between digits about 100 units tall; the others stand anywhere down to touching."""
WARM_UP = 10


def measure() -> dict[str, Any]:
    """Return the milliseconds of a reading of a drawing not seen before."""
    reader = Reader.bundled()
    rng = np.random.default_rng(0)
    inks = [_number(rng) for _ in range(NUMBERS)]
    times = []
    for ink in inks:
        start = time.perf_counter()
        reader.read(ink)
        times.append(1e3 * (time.perf_counter() - start))
    return {"reading_ms": summary(times[WARM_UP:])}


def _number(rng: np.random.Generator) -> Ink:
    strokes: list[Any] = []
    right = 0.0
    for digit in rng.integers(0, 10, DIGITS).tolist():
        ink = varied(digit_ink(digit), rng)
        ink = placed(ink, 100.0 / ink.bounds.height, 0.0, 0.0)
        bounds = ink.bounds
        strokes += placed(ink, 1.0, right - bounds.left, -bounds.bottom).strokes
        right += bounds.width + rng.uniform(0.0, WIDEST_GAP)
    return Ink(tuple(strokes))


if __name__ == "__main__":
    report(measure())
