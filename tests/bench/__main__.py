"""Bench's start: runs every measurement, writes docs/bench.json and the table in README."""

from __future__ import annotations

import datetime
import importlib.util
import json
import sys
from typing import Any

from tests.bench.figures import FIGURES, evaluate
from tests.bench.machine import describe_machine
from tests.bench.measurement import ROOT, MeasurementError, measure
from tests.bench.page import table, with_table, write_whole

RESULTS = ROOT / "docs" / "bench.json"
README = ROOT / "README.md"
MEASUREMENTS = (
    "start",
    "window",
    "understand",
    "ink_to_answer",
    "number",
    "throughput",
    "explanations",
    "forward_pass",
    "keras_predict",
)
OPTIONAL = {"forward_pass": ("onnx", "onnxruntime"), "keras_predict": ("keras",)}


def main() -> int:
    """Return 0 when all was measured or noted as missing, whatever the verdicts; else 1."""
    measurements: dict[str, Any] = {}
    for name in MEASUREMENTS:
        absent = [
            module for module in OPTIONAL.get(name, ()) if importlib.util.find_spec(module) is None
        ]
        if absent:
            measurements[name] = {"note": f"{absent[0]} is not installed"}
            continue
        _say(f"Measuring {name.replace('_', ' ')} ...")
        try:
            measurements[name] = measure(f"tests.bench.{name}")
        except MeasurementError as error:
            sys.stderr.write(f"bench: {error}\n")
            return 1
    document = {
        "command": "make bench",
        "results": RESULTS.relative_to(ROOT).as_posix(),
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": describe_machine(),
        "figures": [evaluate(figure, measurements) for figure in FIGURES],
        "measurements": measurements,
    }
    readme = with_table(README.read_text(encoding="utf-8"), document, "bench")
    write_whole(RESULTS, json.dumps(document, indent=2, ensure_ascii=False) + "\n")
    write_whole(README, readme)
    _say(f"{table(document)}\n\nWritten to {RESULTS.relative_to(ROOT)} and {README.name}.")
    return 0


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
