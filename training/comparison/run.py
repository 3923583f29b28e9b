"""Run: train and measure every family, and write JSON, plots and the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from matplotlib.figure import Figure
from PIL import Image

from training.architectures import FAMILIES
from training.comparison import plots
from training.comparison.figures import DATA, Figures, measured
from training.comparison.fitting import altered_copies, fit_one
from training.comparison.keeping import Trainings
from training.comparison.page import SWEEP_TITLES, page
from training.comparison.plan import Plan, Training
from training.data.datasets import DataError, InkSet, PictureSet
from training.recipe import Recipe
from training.report import plots as report_plots
from training.report.figures import as_text
from training.writing import write_file, written_together

PAGE_FILE = "comparison.md"
FOLDER = "comparison"
DATA_FILE = "comparison.json"
TRAININGS = "trainings"
COLOURS = 128


def compare(
    data: PictureSet,
    test: PictureSet,
    ink: InkSet | None,
    plan: Plan,
    out: Path,
    ink_names: Sequence[str] = (),
) -> Path:
    """Train and measure all families; return the page written into `out`.

    JSON, plots and the finished trainings lie in a folder beside it. Trainings found there are not
    repeated. Raises DataError and OSError.
    """
    if plan.images > len(data):
        raise DataError(f"there are only {len(data):,} training images, not {plan.images:,}")
    folder = out / FOLDER
    trainings = Trainings(folder / TRAININGS, plan, [data, test])
    _train(plan, trainings, data, test)
    print("Measuring.", flush=True)
    figures = measured(plan, trainings, data, test, ink)
    figures["ink_files"] = list(ink_names)
    _write(figures, _kernels(plan, trainings), out)
    return out / PAGE_FILE


def _train(plan: Plan, trainings: Trainings, data: PictureSet, test: PictureSet) -> None:
    """Do what trainings are not finished yet."""
    every = list(plan.trainings(tuple(FAMILIES)))
    missing = [training for training in every if trainings.figures(training) is None]
    if len(missing) < len(every):
        print(f"{len(every) - len(missing)} of {len(every)} trainings are finished.", flush=True)
    copies = []
    if any(training.augmented for training in missing):
        style = Recipe().picture_style
        copies = altered_copies(data.pictures, plan.epochs, style)
    for number, training in enumerate(missing, start=1):
        versions = copies if training.augmented else [data.pictures]
        fitted = fit_one(training, plan, data, versions, test)
        measured_further = training.images == plan.images
        trainings.keep(training, fitted.figures, fitted.model if measured_further else None)
        print(
            f"{number}/{len(missing)} {training.name}: "
            f"test {fitted.figures['test_accuracy']:.2%}, "
            f"{fitted.figures['cpu_seconds']:.0f} s of processor time",
            flush=True,
        )


def _kernels(plan: Plan, trainings: Trainings) -> plots.Kernels:
    """Return the first layer's kernel of each family, of the first seed."""
    return {
        (name, augmented): trainings.weights(Training(name, augmented, plan.images, plan.seeds[0]))[
            0
        ]
        for name in FAMILIES
        for augmented in DATA
    }


def _write(figures: Figures, kernels: plots.Kernels, out: Path) -> None:
    """Write plots and JSON, and at last the page."""
    text = page(figures)
    with written_together(out / FOLDER) as fresh, report_plots.style():
        for name, figure in _plots(figures, kernels):
            report_plots.save(figure, fresh / name)
            _shrink(fresh / name)
        (fresh / DATA_FILE).write_text(as_text(figures), encoding="utf-8")
    write_file(out / PAGE_FILE, text.encode())


def _shrink(plot: Path) -> None:
    """Write a plot anew with a palette: the same to the eye in a third of the bytes."""
    with Image.open(plot) as picture:
        few_colours = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few_colours.save(plot, optimize=True)


def _plots(figures: Figures, kernels: plots.Kernels) -> Iterator[tuple[str, Figure]]:
    for name, title in SWEEP_TITLES.items():
        yield f"{name}.png", plots.sweep(figures, name, title)
    yield "data.png", plots.data_curves(figures)
    yield "learning.png", plots.learning_curves(figures)
    yield "confusion.png", plots.confusion(figures)
    yield "filters.png", plots.filters(figures, kernels)
