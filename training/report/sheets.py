"""Report sheets: drawings that are read wrong, as small pictures side by side.

Shows what the network saw, 28x28 pixels, and few of them: never the ink itself.
"""

from __future__ import annotations

from collections.abc import Callable

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from digitpad.core.preprocess import GreyImage
from training.report.figures import Figures
from training.report.plots import SET_NAMES, percent

ERRORS_SHOWN = {"ink": 50, "mnist": 30}
SHEET_COLUMNS = 10
WORST_WRITERS = 6
PICTURES_OF_A_WRITER = 6
ARROW = "\N{RIGHTWARDS ARROW}"

PictureOf = Callable[[str, int], GreyImage]
"""From the name of a set and a place in it to what the network sees."""


def errors_sheet(figures: Figures, name: str, picture_of: PictureOf) -> Figure | None:
    """What is still wrong in a set, as the network saw it, the surest mistakes first."""
    errors = sorted(figures["sets"][name]["errors"], key=lambda error: -error["confidence"])
    shown = errors[: ERRORS_SHOWN[name]]
    if not shown:
        return None
    rows = -(-len(shown) // SHEET_COLUMNS)
    figure = Figure(figsize=(9.2, 1.12 * rows + 0.35))
    figure.suptitle(_sheet_title(name, len(shown), len(errors)), x=0.01, ha="left", size=11)
    cells = figure.subplots(rows, SHEET_COLUMNS, squeeze=False).ravel()
    for axes, error in zip(cells, shown, strict=False):
        _picture(axes, picture_of(name, error["place"]), error)
    for axes in cells[len(shown) :]:
        axes.axis("off")
    return figure


def worst_writers(figures: Figures, picture_of: PictureOf) -> Figure | None:
    """The mistakes of the writers who are read worst, a row each."""
    errors = {error["place"]: error for error in figures["sets"]["ink"]["errors"]}
    writers = worst(figures)
    if not writers:
        return None
    figure = Figure(figsize=(8.0, 1.1 * len(writers)))
    widths = [1.6] + PICTURES_OF_A_WRITER * [1.0]
    grid = figure.subplots(len(writers), len(widths), squeeze=False, width_ratios=widths)
    for row, writer in zip(grid, writers, strict=True):
        text = f"{writer['name']}\n{len(writer['errors'])} of {writer['count']} wrong"
        row[0].text(0.0, 0.5, text, va="center", fontsize=10)
        row[0].axis("off")
        for axes, place in zip(row[1:], writer["errors"], strict=False):
            _picture(axes, picture_of("ink", place), errors[place])
        for axes in row[1 + len(writer["errors"]) :]:
            axes.axis("off")
    return figure


def worst(figures: Figures) -> list[Figures]:
    """The writers shown as the worst: those of whom it is surest that they are read badly."""
    wrong = [row for row in figures["writers"] if row["errors"]]
    return sorted(wrong, key=lambda row: row["interval_95"][1])[:WORST_WRITERS]


def _sheet_title(name: str, shown: int, total: int) -> str:
    which = f"all {total}" if shown == total else f"the {shown} surest of {total}"
    return f"{SET_NAMES[name]}: {which} mistakes, as written {ARROW} as read, confidence"


def _picture(axes: Axes, pixels: GreyImage, error: Figures) -> None:
    axes.imshow(pixels, cmap="gray_r", vmin=0, vmax=1, interpolation="nearest")
    text = f"{error['label']} {ARROW} {error['answer']}  {percent(error['confidence'], 0)}"
    # A sure mistake is the worst: bold, not only another colour.
    weight = "bold" if error["sure"] else "normal"
    axes.set_title(text, fontsize=8, loc="center", fontweight=weight, pad=3)
    axes.set(xticks=[], yticks=[])
    axes.grid(visible=False)
    for spine in axes.spines.values():
        spine.set(visible=True, color="#d8d8d8")
