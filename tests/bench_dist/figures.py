"""Figures: what is promised of the installed program, and the bound that each has to keep."""

from __future__ import annotations

from tests.bench.figures import Figure

FIGURES = (
    Figure("Installed", "MB", "sizes.program_mb", at_most=150),
    Figure("The `.deb`", "MB", "sizes.deb_mb", at_most=45),
    Figure("The double-click installer", "MB", "sizes.installer_mb", at_most=45),
    Figure("An empty window, frozen untrimmed", "MB", "sizes.empty_mb"),
    Figure("Cold start to first paint", "s", "starts.program.cold.median"),
    Figure(
        "Cold start to first paint, times the empty window's",
        "x",
        "starts.program.cold.median",
        "starts.empty.cold.median",
        at_most=1.5,
    ),
    Figure("Warm start to first paint", "s", "starts.program.warm.median"),
    Figure(
        "Warm start to first paint, times the empty window's",
        "x",
        "starts.program.warm.median",
        "starts.empty.warm.median",
    ),
    Figure(
        "Processor time of a warm start, times the empty window's",
        "x",
        "starts.program.processor.median",
        "starts.empty.processor.median",
    ),
    Figure("Resident memory after ten digits", "MB", "memory.program_mb"),
    Figure(
        "Resident memory, times the empty window's",
        "x",
        "memory.program_mb",
        "memory.empty_mb",
        at_most=1.3,
    ),
    Figure("The same network in Keras and TensorFlow: installed", "MB", "tensorflow.size_mb"),
    Figure(
        "... times ours",
        "x",
        "tensorflow.size_mb",
        "tensorflow.beside.size_mb",
        at_least=10,
    ),
    Figure("... cold start to first paint", "s", "tensorflow.start.cold.median"),
    Figure(
        "... times ours",
        "x",
        "tensorflow.start.cold.median",
        "tensorflow.beside.start.cold.median",
        at_least=10,
    ),
    Figure("... warm start to first paint", "s", "tensorflow.start.warm.median"),
    Figure(
        "... times ours",
        "x",
        "tensorflow.start.warm.median",
        "tensorflow.beside.start.warm.median",
        at_least=10,
    ),
    Figure("... resident memory after ten digits", "MB", "tensorflow.memory_mb"),
    Figure(
        "... times ours",
        "x",
        "tensorflow.memory_mb",
        "tensorflow.beside.memory_mb",
    ),
)
