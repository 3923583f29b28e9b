"""Start: how long the pad and the self-test take beside a bare window, by turns."""

from __future__ import annotations

import statistics
import time
from typing import Any

from tests.bench.measurement import report, run_module

REPEATS = 7
_FIRST_PAINT = "tests.bench.first_paint"


def measure() -> dict[str, Any]:
    """Return the seconds of each kind of start, medians."""
    times: dict[str, list[float]] = {}
    for repeat in range(REPEATS + 1):
        pad, _ = _timed(_FIRST_PAINT, "pad")
        bare, whole_bare = _timed(_FIRST_PAINT, "bare")
        start = time.monotonic()
        run_module("digitpad", "self-test")
        self_test = time.monotonic() - start
        if repeat == 0:  # Compiles the modules and fills the file cache.
            continue
        for name, seconds in (
            ("pad_first_paint_s", pad),
            ("bare_first_paint_s", bare),
            ("bare_process_s", whole_bare),
            ("self_test_s", self_test),
        ):
            times.setdefault(name, []).append(seconds)
    return {name: statistics.median(values) for name, values in times.items()}


def _timed(module: str, kind: str) -> tuple[float, float]:
    """Return the seconds from a process's start to its first paint, and to its end."""
    start = time.monotonic()
    painted = float(run_module(module, kind))
    return painted - start, time.monotonic() - start


if __name__ == "__main__":
    report(measure())
