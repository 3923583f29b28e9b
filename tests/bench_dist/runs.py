"""Runs: starts the programs by turns and gathers what each took."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from digitpad.core.ink import Ink, Stroke
from tests.bench.strokes import golden_ink
from tests.bench_dist.screen import Points, Screen, started, x_server
from tests.bench_dist.sizes import drop_from_cache

PAPER = (0.12, 0.22, 0.3, 0.42)
"""Where digits are written: left, top, width and height, as shares of the window's."""


def measure_starts(programs: Mapping[str, Path], rounds: int) -> dict[str, dict[str, Any]]:
    """Return each program's seconds from the start of its process to its first painted window.

    Under "cold" with its files out of the cache, under "warm" right after such a start; under
    "processor" what of a warm start was spent computing, which a busy machine does not lengthen.
    """
    seconds: dict[str, dict[str, list[float]]] = {
        name: {"cold": [], "warm": [], "processor": []} for name in programs
    }
    with x_server() as display, tempfile.TemporaryDirectory() as homes:
        screen = Screen(display)
        for turn in range(rounds + 1):
            for name, program in programs.items():
                for kind in ("cold", "warm"):
                    if kind == "cold":
                        drop_from_cache(program.parent)
                    with started(program, screen, Path(homes, name)) as (process, moment):
                        taken, _ = screen.wait_for_paint(moment)
                        computed = processor_seconds(process)
                    if turn == 0:  # Makes the caches of fonts in a new home.
                        continue
                    seconds[name][kind].append(taken)
                    if kind == "warm":
                        seconds[name]["processor"].append(computed)
        screen.close()
    return {
        name: {kind: _spread(values) for kind, values in kinds.items()}
        for name, kinds in seconds.items()
    }


def measure_memory(program: Path, *, answers: bool) -> float:
    """Return the resident megabytes of a program in whose window ten digits were written.

    Raises MeasurementError when a window that answers does not change.
    """
    with x_server() as display, tempfile.TemporaryDirectory() as home:
        screen = Screen(display)
        with started(program, screen, Path(home)) as (process, moment):
            _, place = screen.wait_for_paint(moment)
            screen.wait_for_quiet()
            for strokes in ten_digits():
                screen.write(strokes, place, answers=answers)
            resident = resident_mb(process)
        screen.close()
    return resident


def ten_digits() -> list[list[Points]]:
    """Return ten bundled drawings as strokes on the paper."""
    return [[_on_paper(stroke, ink) for stroke in ink.strokes] for ink in golden_ink()[:10]]


def _on_paper(stroke: Stroke, ink: Ink) -> Points:
    left, top, width, height = PAPER
    places = np.concatenate(ink.strokes)[:, :2]
    extent = float(np.ptp(places, axis=0).max()) or 1.0
    shares = (stroke[:, :2] - places.min(axis=0)) / extent
    return [(left + width * float(x), top + height * float(y)) for x, y in shares]


def resident_mb(process: int) -> float:
    """Return the resident megabytes of a process and its children."""
    total = 0.0
    for line in Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            total += int(line.split()[1]) * 1024 / 1e6
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in (task / "children").read_text(encoding="utf-8").split():
            total += resident_mb(int(child))
    return total


def processor_seconds(process: int) -> float:
    """Return the seconds that the threads of a process have computed."""
    return sum(
        int((task / "schedstat").read_text(encoding="ascii").split()[0]) / 1e9
        for task in Path(f"/proc/{process}/task").iterdir()
    )


def _spread(values: list[float]) -> dict[str, float]:
    return {
        "median": statistics.median(values),
        "shortest": min(values),
        "longest": max(values),
        "count": len(values),
    }
