"""Figures: which measured numbers README promises, and the bound that each has to keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: where it lies among the measurements, or of which two it is the quotient."""

    name: str
    unit: str
    source: str
    """Path into the measurements, such as "window.latency_ms.p99"."""
    divided_by: str = ""
    at_most: float | None = None
    at_least: float | None = None


FIGURES = (
    Figure("Pen event to painted bars, median", "ms", "window.latency_ms.median"),
    Figure(
        "Pen event to painted bars, 99th percentile", "ms", "window.latency_ms.p99", at_most=16.7
    ),
    Figure(
        "Pen event to painted bars, 99th percentile, in a number of six digits",
        "ms",
        "window.number.latency_ms.p99",
        at_most=16.7,
    ),
    Figure(
        "Window blocked by one pen event in a number of six digits, longest",
        "ms",
        "window.number.block_ms.longest",
        at_most=8,
    ),
    Figure(
        "Pen event to painted bars, 99th percentile, in six digits over a large one",
        "ms",
        "window.over.latency_ms.p99",
    ),
    Figure("Window blocked by one pen event, 99.9th percentile", "ms", "window.block_ms.p99.9"),
    Figure("Window blocked by one pen event, longest", "ms", "window.block_ms.longest", at_most=8),
    Figure("Drawing of 100,000 points: read, with painted bars", "ms", "window.crowded.read_ms"),
    Figure("Drawing of 100,000 points: all painted", "ms", "window.crowded.paint_ms"),
    Figure(
        "Writing on 100,000 points: pen event to painted bars, median",
        "ms",
        "window.crowded.latency_ms.median",
    ),
    Figure(
        "Writing on 100,000 points: window blocked, 99th percentile",
        "ms",
        "window.crowded.block_ms.p99",
    ),
    Figure(
        "Understand panel open: pen event to painted bars, 99th percentile of the slowest page",
        "ms",
        "understand.slowest_p99_ms",
        at_most=16.7,
    ),
    Figure(
        "Understand panel open: refreshes of the slowest page while the pen moves",
        "/s",
        "understand.fewest_refreshes_per_s",
        at_least=20,
    ),
    Figure(
        "Understand panel closed again: pen event to painted bars, times as before it was opened",
        "x",
        "understand.closed_again.latency_ms.median",
        "understand.closed.latency_ms.median",
    ),
    Figure("Understand panel: memory", "MB", "understand.memory_mb", at_most=60),
    Figure("Ink to answer, median", "ms", "ink_to_answer.reading_ms.median", at_most=2),
    Figure("Ink to answer, 99th percentile", "ms", "ink_to_answer.reading_ms.p99"),
    Figure("Six digits to an answer, median", "ms", "number.reading_ms.median", at_most=10),
    Figure("Six digits to an answer, 99th percentile", "ms", "number.reading_ms.p99"),
    Figure(
        "`digitpad read --jobs 2`: ink digits read, start included",
        "/s",
        "throughput.digits_per_s",
        at_least=2000,
    ),
    Figure("Why this answer, 99th percentile", "ms", "explanations.why_ms.p99", at_most=10),
    Figure("Look-alikes, 99th percentile", "ms", "explanations.look_alikes_ms.p99", at_most=10),
    Figure(
        "What would change its mind, 99th percentile",
        "ms",
        "explanations.change_of_mind_ms.p99",
        at_most=10,
    ),
    Figure("Every layer's output, 99th percentile", "ms", "explanations.inside_ms.p99", at_most=10),
    Figure("Input distorted, 99th percentile", "ms", "explanations.distortion_ms.p99", at_most=1),
    Figure("Forward pass", "µs", "forward_pass.numpy_us"),
    Figure("Forward pass in ONNX Runtime", "µs", "forward_pass.onnxruntime_us"),
    Figure(
        "Forward pass, times ONNX Runtime's",
        "x",
        "forward_pass.numpy_us",
        "forward_pass.onnxruntime_us",
        at_most=2.5,
    ),
    Figure("`keras.Model.predict`", "µs", "keras_predict.keras_us"),
    Figure(
        "`keras.Model.predict`, times the forward pass beside it",
        "x",
        "keras_predict.keras_us",
        "keras_predict.numpy_us",
        at_least=200,
    ),
    Figure("Start to first paint", "s", "start.pad_first_paint_s"),
    Figure(
        "Start to first paint, times a bare window's",
        "x",
        "start.pad_first_paint_s",
        "start.bare_first_paint_s",
        at_most=1.5,
    ),
    Figure("`digitpad self-test`", "s", "start.self_test_s"),
    Figure(
        "`digitpad self-test`, times a bare window shown and closed",
        "x",
        "start.self_test_s",
        "start.bare_process_s",
    ),
)


def evaluate(figure: Figure, measurements: Mapping[str, Any]) -> dict[str, Any]:
    """Return a figure with its value and whether it keeps its bound, each None where unknown."""
    value = _look_up(figure.source, measurements)
    if value is not None and figure.divided_by:
        divisor = _look_up(figure.divided_by, measurements)
        value = None if divisor is None else value / divisor
    met = None
    if value is not None and figure.at_most is not None:
        met = value <= figure.at_most
    elif value is not None and figure.at_least is not None:
        met = value >= figure.at_least
    note = measurements[figure.source.split(".")[0]].get("note", "")
    return {
        "name": figure.name,
        "unit": figure.unit,
        "at_most": figure.at_most,
        "at_least": figure.at_least,
        "measured": value,
        "met": met,
        "note": note if value is None else "",
    }


def _look_up(path: str, measurements: Mapping[str, Any]) -> float | None:
    """Return the number at a path, whose last name may hold a dot, or None where there is none."""
    name, _, rest = path.partition(".")
    if path in measurements:
        return float(measurements[path])
    inner = measurements.get(name)
    return _look_up(rest, inner) if rest and isinstance(inner, Mapping) else None
