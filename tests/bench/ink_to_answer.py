"""Ink to answer: how long the reader takes from strokes to a reading, on one core."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from digitpad.core.reader import Reader
from tests.bench.measurement import report, summary
from tests.bench.strokes import golden_ink
from tests.synthetic_ink import varied

VARIANTS = 60
"""How often each drawing is read, each time turned, slanted, stretched and placed anew."""
WARM_UP = 100


def measure() -> dict[str, Any]:
    """Return the milliseconds of a reading."""
    reader = Reader.bundled()
    rng = np.random.default_rng(0)
    inks = [varied(ink, rng) for _ in range(VARIANTS) for ink in golden_ink()]
    for ink in inks[:WARM_UP]:
        reader.read_ink(ink)
    times = []
    for ink in inks:
        start = time.perf_counter()
        reader.read_ink(ink)
        times.append(1e3 * (time.perf_counter() - start))
    return {"reading_ms": summary(times)}


if __name__ == "__main__":
    report(measure())
