"""Measurement: how one measurement runs in a process of its own and hands back its numbers.

Owns the processes' environment and the statistics. Loads no heavy module: the processes that
measure how fast the program starts import this, too.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from digitpad.__main__ import THREAD_LIMITS

ROOT = Path(__file__).resolve().parents[2]
TIME_LIMIT = 120.0
"""Seconds after which a measurement counts as hung."""

_OVERRIDES = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "PYTHONDONTWRITEBYTECODE")
"""What makes OpenBLAS run as on another processor, and Python compile anew at every start."""


class MeasurementError(Exception):
    """A measurement that came to no result; the message is for a person."""


def environment() -> dict[str, str]:
    """Return this process's environment with one thread for products, no screen, no overrides."""
    kept = {name: value for name, value in os.environ.items() if name not in _OVERRIDES}
    return kept | dict.fromkeys(THREAD_LIMITS, "1") | {"QT_QPA_PLATFORM": "offscreen"}


def module_command(module: str, *arguments: str) -> list[str]:
    """Return the command that runs a module with this very Python."""
    return [sys.executable, "-m", module, *arguments]


def run_module(module: str, *arguments: str) -> str:
    """Run a module in a process of its own and return what it printed.

    Raises MeasurementError with the end of its error output when it fails or hangs.
    """
    try:
        done = subprocess.run(
            module_command(module, *arguments),
            cwd=ROOT,
            env=environment(),
            capture_output=True,
            text=True,
            timeout=TIME_LIMIT,
        )
    except subprocess.TimeoutExpired:
        raise MeasurementError(f"{module} took longer than {TIME_LIMIT:.0f} s") from None
    if done.returncode:
        raise MeasurementError(f"{module} failed:\n{done.stderr[-2000:].strip()}")
    return done.stdout


def measure(module: str) -> dict[str, Any]:
    """Run a module that ends with `report` and return its numbers."""
    result: dict[str, Any] = json.loads(run_module(module).splitlines()[-1])
    return result


def report(result: dict[str, Any]) -> None:
    """Print a measurement's numbers for the process that asked for them."""
    sys.stdout.write(f"\n{json.dumps(result)}\n")


def summary(values: Sequence[float]) -> dict[str, float]:
    """Return median, 99th and 99.9th percentile (nearest rank), largest and number of values."""
    ordered = sorted(values)

    def rank(share: float) -> float:
        return ordered[max(math.ceil(share * len(ordered)), 1) - 1]

    return {
        "median": rank(0.5),
        "p99": rank(0.99),
        "p99.9": rank(0.999),
        "longest": ordered[-1],
        "count": len(ordered),
    }
