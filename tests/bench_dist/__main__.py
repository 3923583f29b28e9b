"""Bench of what is installed: measures all, writes docs/bench-dist.json and README's table.

    python -m tests.bench_dist [--without-tensorflow]

Without TensorFlow, the figures beside it are those of the last run with it, under their own date.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import sys
from pathlib import Path
from typing import Any

from tests.bench.figures import evaluate
from tests.bench.machine import describe_machine
from tests.bench.measurement import ROOT, MeasurementError
from tests.bench.page import table, with_table, write_whole
from tests.bench_dist.comparison import EMPTY, TENSORFLOW, frozen
from tests.bench_dist.figures import FIGURES
from tests.bench_dist.runs import measure_memory, measure_starts
from tests.bench_dist.sizes import folder_mb, installer_mb

RESULTS = ROOT / "docs" / "bench-dist.json"
README = ROOT / "README.md"
PROGRAM = ROOT / "dist" / "DigitPad" / "digitpad"
MARK = "bench-dist"
SHOWN_VERSIONS = ("numpy", "PySide6_Essentials", "pillow", "pyinstaller", "keras", "tensorflow")
ROUNDS = 15
ROUNDS_WITH_TENSORFLOW = 3
"""Its start is long enough to be told from noise in a few."""
METHOD = (
    f"Starts are medians of {ROUNDS} (beside TensorFlow of {ROUNDS_WITH_TENSORFLOW}), the programs "
    "taking turns, on X11: from the start of the process until pixels of its window are painted, "
    "as seen from the X server. Cold: the program's own files dropped from the page cache before "
    "each start; the system's libraries stay in it. The load average before was {load:.1f}."
)


def main() -> int:
    """Return 0 when all was measured, whatever the verdicts; else 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench_dist")
    parser.add_argument(
        "--without-tensorflow",
        action="store_true",
        help="keep the last figures beside TensorFlow: its build takes minutes and 2 GB",
    )
    options = parser.parse_args()
    try:
        document = _measure(with_tensorflow=not options.without_tensorflow)
    except MeasurementError as error:
        sys.stderr.write(f"bench-dist: {error}\n")
        return 1
    write_whole(RESULTS, json.dumps(document, indent=2, ensure_ascii=False) + "\n")
    _say(table(document))
    try:
        readme = with_table(README.read_text(encoding="utf-8"), document, MARK)
    except ValueError as error:
        _say(f"\nWritten to {RESULTS.relative_to(ROOT)}; {error}, so no table there.")
        return 0
    write_whole(README, readme)
    _say(f"\nWritten to {RESULTS.relative_to(ROOT)} and {README.name}.")
    return 0


def _measure(*, with_tensorflow: bool) -> dict[str, Any]:
    if platform.system() != "Linux":
        raise MeasurementError("this measures on Linux only")
    if not PROGRAM.exists():
        raise MeasurementError(f"{PROGRAM.relative_to(ROOT)} is missing: run make dist first")
    load = os.getloadavg()[0]
    sizes = {
        "program_mb": folder_mb(PROGRAM.parent),
        "deb_mb": installer_mb("*.deb"),
        "installer_mb": installer_mb("DigitPad-*-linux-x86_64"),
    }
    _say("Freezing an empty window ...")
    empty, versions = frozen(EMPTY)
    sizes["empty_mb"] = folder_mb(empty.parent)
    _say("Measuring starts and memory ...")
    starts = measure_starts({"program": PROGRAM, "empty": empty}, ROUNDS)
    memory = {
        "program_mb": measure_memory(PROGRAM, answers=True),
        "empty_mb": measure_memory(empty, answers=False),
    }
    measurements: dict[str, Any] = {"sizes": sizes, "starts": starts, "memory": memory}
    date = datetime.datetime.now(datetime.UTC).date().isoformat()
    if with_tensorflow:
        _say("Freezing the same network with TensorFlow, which may take ten minutes ...")
        program, versions = frozen(TENSORFLOW)
        measurements["tensorflow"] = {"date": date, **_beside_tensorflow(program, measurements)}
        measurements["tensorflow"]["versions"] = versions
    else:
        measurements["tensorflow"] = _last_beside_tensorflow()
    taken = measurements["tensorflow"].get("date", date)
    versions = measurements["tensorflow"].get("versions", {}) | versions
    packages = {name: versions.get(name) for name in SHOWN_VERSIONS}
    return {
        "command": "make bench-dist",
        "results": RESULTS.relative_to(ROOT).as_posix(),
        "date": date,
        "method": METHOD.format(load=load)
        + ("" if taken == date else f" The figures beside TensorFlow are from {taken}."),
        "machine": describe_machine() | {"packages": packages},
        "figures": [evaluate(figure, measurements) for figure in FIGURES],
        "measurements": measurements,
    }


def _beside_tensorflow(program: Path, measurements: dict[str, Any]) -> dict[str, Any]:
    _say("Measuring its starts and memory ...")
    both = measure_starts({"tensorflow": program, "program": PROGRAM}, ROUNDS_WITH_TENSORFLOW)
    return {
        "size_mb": folder_mb(program.parent),
        "start": both["tensorflow"],
        "memory_mb": measure_memory(program, answers=True),
        "beside": {
            "size_mb": measurements["sizes"]["program_mb"],
            "start": both["program"],
            "memory_mb": measurements["memory"]["program_mb"],
        },
    }


def _last_beside_tensorflow() -> dict[str, Any]:
    """Return the last run's measurement with TensorFlow, with its own date and versions."""
    if RESULTS.exists():
        last = json.loads(RESULTS.read_text(encoding="utf-8"))["measurements"]["tensorflow"]
        if isinstance(last, dict):
            return last
    return {"note": "not measured without TensorFlow"}


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
