"""Report: measure a model and write the accuracy report: JSON, plots and a page.

Owns which files make up a report and that they appear whole, each under a temporary name first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from digitpad.core.preprocess import GreyImage, prepare_ink
from digitpad.core.reader import Reader
from training.data.datasets import InkSet, PictureSet
from training.report import plots, sheets
from training.report.figures import Figures, as_text, measure
from training.report.page import page
from training.writing import make_folder, written_together

DATA_FILE = "accuracy.json"
PAGE_FILE = "README.md"
SUMMARY = "accuracy"
"""What the marks in the project's README are called."""
OPTIONAL_PLOTS = ("trade-off.png", "writers.png", "errors-ink.png", "errors-mnist.png")
"""Plots that a report has only when there is something to show."""


def write_report(
    reader: Reader,
    mnist: PictureSet,
    ink: InkSet,
    folder: Path,
    made_from: dict[str, str | Sequence[str]],
) -> Figures:
    """Measure and write a report into `folder`; return its figures.

    `made_from` names the "model" and the "ink" files for the page. Raises DataError and OSError.
    """
    figures = {"made_from": made_from, **measure(reader, mnist, ink)}
    make_folder(folder)
    names = []
    with written_together(folder) as fresh, plots.style():
        for name, figure in _plots(figures, mnist, ink):
            plots.save(figure, fresh / name)
            names.append(name)
        (fresh / DATA_FILE).write_text(as_text(figures), encoding="utf-8")
        (fresh / PAGE_FILE).write_text(page(figures, names), encoding="utf-8")
    for name in OPTIONAL_PLOTS:
        if name not in names:  # An older report's.
            (folder / name).unlink(missing_ok=True)
    return figures


def _plots(figures: Figures, mnist: PictureSet, ink: InkSet) -> Iterator[tuple[str, Figure]]:
    """Yield the plots that the figures give reason for, by file name."""

    def picture_of(name: str, place: int) -> GreyImage:
        if name == "ink":
            return prepare_ink(ink.inks[place])
        pixels: GreyImage = mnist.pictures[place] / np.float32(255)
        return pixels

    yield "per-digit.png", plots.per_digit(figures)
    yield "confusion.png", plots.confusion(figures)
    yield "sources.png", plots.by_source(figures)
    yield "reliability.png", plots.reliability(figures)
    if "rejection" in figures:
        yield "trade-off.png", plots.trade_off(figures)
    optional = {
        "writers.png": sheets.worst_writers(figures, picture_of),
        "errors-ink.png": sheets.errors_sheet(figures, "ink", picture_of),
        "errors-mnist.png": sheets.errors_sheet(figures, "mnist", picture_of),
    }
    for name, figure in optional.items():
        if figure:
            yield name, figure
