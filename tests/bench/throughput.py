"""Throughput: how many drawings `digitpad read` reads a second in two processes, start included."""

from __future__ import annotations

import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from digitpad.core.ink_files import ink_to_json
from tests.bench.measurement import MeasurementError, environment, module_command, report
from tests.bench.strokes import golden_ink
from tests.synthetic_ink import varied

VARIANTS = 400
"""How often each bundled drawing is read, each time turned, slanted, stretched and placed anew."""
JOBS = 2
RUNS = 3


def measure() -> dict[str, Any]:
    """Return the digits read a second, the median of some runs, and of how many."""
    rng = np.random.default_rng(0)
    lines = [ink_to_json(varied(ink, rng)) for _ in range(VARIANTS) for ink in golden_ink()]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "digits.jsonl")
        path.write_text("\n".join(lines), encoding="utf-8")
        seconds = statistics.median(_reading_seconds(path, len(lines)) for _ in range(RUNS))
    return {"digits_per_s": len(lines) / seconds, "digits": len(lines), "jobs": JOBS}


def _reading_seconds(path: Path, count: int) -> float:
    command = module_command("digitpad", "read", "--json", f"--jobs={JOBS}", str(path))
    start = time.perf_counter()
    done = subprocess.run(command, env=environment(), capture_output=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode or done.stdout.count(b"\n") != count:
        raise MeasurementError(f"digitpad read ended with status {done.returncode}")
    return seconds


if __name__ == "__main__":
    report(measure())
