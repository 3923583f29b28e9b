"""Plots of the comparison, in the style of the accuracy report; one look for each family.

A family has its colour, its marker and its line in every plot, so that they are told apart in grey,
too. Computes no figure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, PercentFormatter
from numpy.typing import NDArray

from digitpad.core.preprocess import IMAGE_SIZE
from training.comparison.figures import DATA, Figures, result_of, row_of
from training.comparison.tables import sweep_of, title
from training.report.plots import BLUE, INK, ORANGE

LOOKS: dict[str, dict[str, Any]] = {
    "cnn": {"color": BLUE, "marker": "o", "linestyle": "-", "linewidth": 2.4},
    "mlp": {"color": ORANGE, "marker": "s", "linestyle": "-"},
    "mlp-equal": {"color": "#7a2e6e", "marker": "D", "linestyle": "--"},
    "mlp-head": {"color": "#5aa9d6", "marker": "^", "linestyle": "-."},
    "logistic": {"color": "#8a8a8a", "marker": "v", "linestyle": ":"},
}
"""Blue, orange and sky are Okabe & Ito's, but for the first, which is darker to differ in grey."""
DATA_NAMES = {False: "without augmentation", True: "with augmentation"}
DARKEST = 60
"""Mistakes of one kind that make a square of a confusion matrix as dark as it gets."""
FRAME = "#b7cbe0"
FILTER_COLUMNS = 16
ENLARGED = 9
"""Pixels across, for each weight of a convolution's kernel."""

Kernels = dict[tuple[str, bool], NDArray[np.float32]]
"""The first layer's kernel by family and augmentation."""


def sweep(figures: Figures, name: str, heading: str) -> Figure:
    """Accuracy against one kind of change, one curve a family."""
    found = sweep_of(figures, name)

    def draw(axes: Axes, family: str, augmented: bool) -> None:
        curve = row_of(found["curves"], family, augmented)
        _curve(axes, found["steps"], curve["accuracy"], family, figures)

    figure, (left, _) = _pair(figures, draw, heading)
    left.set(ylabel="test digits read right", ylim=(0, 1.02))
    for axes in figure.axes:
        axes.set_xlabel(found["unit"])
        axes.yaxis.set_major_formatter(_percent())
    return figure


def data_curves(figures: Figures) -> Figure:
    """Test errors against the number of training images."""
    counts = [point["images"] for point in figures["data_curves"][0]["points"]]

    def draw(axes: Axes, family: str, augmented: bool) -> None:
        points = row_of(figures["data_curves"], family, augmented)["points"]
        _curve(axes, counts, [_error(p["test_accuracy"]) for p in points], family, figures)
        axes.set(xscale="log", yscale="log")

    figure, (left, _) = _pair(figures, draw, "Test errors against the number of training images")
    left.set(ylabel="test digits misread")
    for axes in figure.axes:
        axes.set_xlabel("training images")
        axes.set_xticks(counts, [f"{count:,}" for count in counts])
        axes.xaxis.minorticks_off()
        _label_errors(axes)
    return figure


def learning_curves(figures: Figures) -> Figure:
    """Errors after each round of training, on what is trained on and on the test set."""
    figure = Figure(figsize=(9.2, 7.6))
    rows = figure.subplots(2, 2, sharex=True, sharey="row")
    for row, part, label in zip(
        rows, ("train", "test"), ("training digits misread", "test digits misread"), strict=True
    ):
        for axes, augmented in zip(row, DATA, strict=True):
            for family in LOOKS:
                points = result_of(figures, family, augmented)["learning_curve"][part]
                rounds = list(range(1, len(points) + 1))
                _curve(axes, rounds, [_error(point) for point in points], family, figures)
            axes.set(yscale="log", title=f"{part}, {DATA_NAMES[augmented]}", xticks=rounds)
            _label_errors(axes)
        row[0].set_ylabel(label)
    for axes in rows[1]:
        axes.set_xlabel("epoch")
    _legend(figure, rows[0][0])
    return figure


def confusion(figures: Figures) -> Figure:
    """Which digit each family mistakes for which, without and with augmentation."""
    figure = Figure(figsize=(12.6, 5.9))
    rows = figure.subplots(2, len(LOOKS), sharex=True, sharey=True)
    seeds = len(figures["plan"]["seeds"])
    for row, augmented in zip(rows, DATA, strict=True):
        for axes, family in zip(row, reversed(LOOKS), strict=True):
            counts = np.array(result_of(figures, family, augmented)["confusion"]) / seeds
            mistakes = counts * (1 - np.eye(10))
            # The root lets rare mistakes be seen beside frequent ones.
            axes.imshow(np.sqrt(mistakes), cmap="Blues", vmin=0, vmax=np.sqrt(DARKEST))
            for place_row, place_column in np.argwhere(mistakes >= 4.5):
                value = mistakes[place_row, place_column]
                axes.text(
                    place_column,
                    place_row,
                    f"{value:.0f}",
                    ha="center",
                    va="center",
                    color="white" if value > 25 else INK,
                    fontsize=6.5,
                )
            axes.set_xticks(range(10))
            axes.set_yticks(range(10))
            axes.grid(visible=False)
            axes.tick_params(length=0, labelsize=7)
            axes.spines[:].set_visible(True)
            axes.spines[:].set_color("#dddddd")
            wrong = f"{title(figures, family)}: {mistakes.sum():,.0f} wrong"
            axes.set_title(wrong, fontsize=8.5)
        row[0].set_ylabel(f"{DATA_NAMES[augmented]}\n\nwritten", fontsize=9)
    for axes in rows[1]:
        axes.set_xlabel("read as", fontsize=9)
    return figure


def filters(figures: Figures, kernels: Kernels) -> Figure:
    """What the units of each family's first layer look for in the picture."""
    heights = [_rows(kernels[family, False]) for family in reversed(LOOKS)]
    figure = Figure(figsize=(12.6, 0.75 + 0.56 * sum(heights)))
    grid = figure.subplots(len(LOOKS), 2, height_ratios=heights)
    greys = mpl.colormaps["gray"].with_extremes(bad=FRAME, over="white")
    for row, family in zip(grid, reversed(LOOKS), strict=True):
        for axes, augmented in zip(row, DATA, strict=True):
            axes.imshow(_mosaic(kernels[family, augmented]), cmap=greys, vmin=-1, vmax=1)
            axes.set(xticks=[], yticks=[])
            axes.set_title(f"{title(figures, family)}, {DATA_NAMES[augmented]}", fontsize=9)
            axes.grid(visible=False)
            axes.spines[:].set_visible(False)
    return figure


def _pair(
    figures: Figures, draw: Callable[[Axes, str, bool], None], heading: str
) -> tuple[Figure, tuple[Axes, Axes]]:
    """Return a figure of two panels, without and with augmentation, and one legend."""
    figure = Figure(figsize=(9.2, 4.4))
    left, right = figure.subplots(1, 2, sharey=True)
    for axes, augmented in ((left, False), (right, True)):
        for family in LOOKS:
            draw(axes, family, augmented)
        axes.set_title(DATA_NAMES[augmented])
    figure.suptitle(heading, x=0.01, ha="left", fontweight="bold", fontsize=11)
    _legend(figure, left)
    return figure, (left, right)


def _legend(figure: Figure, axes: Axes) -> None:
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(
        handles,
        labels,
        loc="outside lower center",
        ncols=len(labels),
        handlelength=2.6,
        columnspacing=1.2,
        fontsize=9,
    )


def _curve(
    axes: Axes,
    places: Sequence[float],
    points: Sequence[Figures],
    family: str,
    figures: Figures,
) -> None:
    """Draw means with the spread between seeds as a band."""
    means = np.array([point["mean"] for point in points])
    spreads = np.array([point["spread"] for point in points])
    look = LOOKS[family]
    axes.plot(places, means, label=title(figures, family), markersize=5, **look)
    axes.fill_between(
        places, means - spreads, means + spreads, color=look["color"], alpha=0.18, linewidth=0
    )


def _error(accuracy: Figures) -> Figures:
    # A logarithmic axis has no place for none wrong.
    return {"mean": max(1 - accuracy["mean"], 1e-5), "spread": accuracy["spread"]}


def _rows(kernel: NDArray[np.float32]) -> int:
    return -(-_shown(kernel) // FILTER_COLUMNS)


def _shown(kernel: NDArray[np.float32]) -> int:
    """Return how many filters are shown: all of a convolution, a row of a dense layer's."""
    units = int(kernel.shape[-1])
    return units if kernel.ndim == 4 else min(units, FILTER_COLUMNS)


def _mosaic(kernel: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the first filters side by side, each scaled to its own largest weight.

    0 is grey, the frames between filters are NaN and the rest is over 1.
    """
    side = IMAGE_SIZE if kernel.shape[0] == IMAGE_SIZE**2 else ENLARGED * kernel.shape[0]
    step = side + 2
    mosaic = np.full((_rows(kernel) * step, FILTER_COLUMNS * step), 2.0, np.float32)
    for number in range(_shown(kernel)):
        flat = kernel[..., number]
        tile = flat.reshape(side, side) if flat.size == side * side else _enlarged(flat[..., 0])
        row, column = divmod(number, FILTER_COLUMNS)
        top, left = row * step, column * step
        mosaic[top : top + step, left : left + step] = np.nan
        scaled = tile / max(float(np.quantile(np.abs(tile), 0.99)), 1e-9)
        inside = np.s_[top + 1 : top + 1 + side, left + 1 : left + 1 + side]
        mosaic[inside] = np.clip(scaled, -1, 1)
    return mosaic


def _enlarged(kernel: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a small kernel with each weight as a square of pixels."""
    return np.kron(kernel, np.ones((ENLARGED, ENLARGED), np.float32))


def _percent() -> PercentFormatter:
    return PercentFormatter(1.0, decimals=0, symbol=" %")


def _label_errors(axes: Axes) -> None:
    """Label a logarithmic axis of shares: 0.1, 0.2, 0.5, 1 %, ..."""
    axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5), numticks=20))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda share, _: f"{100 * share:g} %"))
    axes.yaxis.minorticks_off()
