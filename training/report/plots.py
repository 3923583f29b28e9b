"""Report plots: the figures of the accuracy report as pictures, in one style.

Owns the style: colours that all eyes tell apart and that differ in grey, a second sign (marker,
fill or line) beside every colour, labelled axes. Computes no figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from training.report.figures import Figures

# Okabe & Ito's blue and vermilion, the first darkened to differ in grey too.
BLUE, ORANGE, INK = "#0a5a96", "#e07b2a", "#222222"
SET_NAMES = {"mnist": "MNIST test", "ink": "pen ink"}
SET_LOOKS: dict[str, dict[str, Any]] = {
    "mnist": {"color": BLUE, "marker": "o"},
    "ink": {"color": ORANGE, "marker": "D"},
}


def style() -> AbstractContextManager[None]:
    """The look that all plots share."""
    return mpl.rc_context(
        {
            "font.size": 10,
            "axes.titlesize": 11,
            "axes.titleweight": "bold",
            "axes.titlelocation": "left",
            "axes.edgecolor": "#888888",
            "axes.labelcolor": INK,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "axes.axisbelow": True,
            "grid.color": "#e6e6e6",
            "legend.frameon": False,
            "xtick.color": "#555555",
            "ytick.color": "#555555",
            "savefig.dpi": 144,
            "figure.constrained_layout.use": True,
        }
    )


def save(figure: Figure, path: Path) -> None:
    """Write a plot as PNG; the same plot gives the same bytes."""
    figure.savefig(path, metadata={"Software": None})


def per_digit(figures: Figures) -> Figure:
    """Accuracy of each digit on both sets, with intervals."""
    figure = Figure(figsize=(7.2, 3.6))
    axes = figure.subplots()
    for shift, name in ((-0.13, "mnist"), (0.13, "ink")):
        rows = figures["sets"][name]["per_digit"]
        _intervals(axes, [row["digit"] + shift for row in rows], rows, SET_LOOKS[name], name)
    axes.set_xticks(range(10))
    axes.grid(visible=False, axis="x")
    title = "Accuracy by digit, with 95 % intervals"
    axes.set(xlabel="digit written", ylabel="read right", title=title)
    axes.yaxis.set_major_formatter(_percent_ticks())
    axes.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2, borderaxespad=0.2)
    return figure


def by_source(figures: Figures) -> Figure:
    """Accuracy of each source of ink, with intervals."""
    rows = figures["sources"]
    figure = Figure(figsize=(7.2, 1.3 + 0.3 * len(rows)))
    axes = figure.subplots()
    heights = list(range(len(rows)))[::-1]
    _intervals(axes, heights, rows, SET_LOOKS["ink"], "ink", across=True)
    axes.set_yticks(heights, [f"{row['name']}  ({row['count']:,})" for row in rows])
    axes.grid(visible=False, axis="y")
    axes.set(
        xlabel="read right",
        ylabel="source (digits)",
        title="Accuracy by source of the ink, with 95 % intervals",
    )
    axes.xaxis.set_major_formatter(_percent_ticks())
    axes.set_xlim(right=1.003)
    return figure


def confusion(figures: Figures) -> Figure:
    """Which digit was read as which; only mistakes are shaded."""
    figure = Figure(figsize=(9.2, 4.8))
    for axes, name in zip(figure.subplots(1, 2), SET_NAMES, strict=True):
        counts = np.array(figures["sets"][name]["confusion"])
        mistakes = counts * (1 - np.eye(10, dtype=int))
        top = max(int(mistakes.max()), 1)
        axes.imshow(mistakes, cmap="Blues", vmin=0, vmax=1.25 * top)
        for row, column in np.argwhere(counts):
            value = counts[row, column]
            right = row == column
            colour = "#777777" if right else "white" if value > 0.65 * top else INK
            axes.text(
                column,
                row,
                f"{value:,}" if right else str(value),
                ha="center",
                va="center",
                color=colour,
                fontsize=7 if right else 9,
                fontweight="normal" if right else "bold",
            )
        axes.set_xticks(range(10))
        axes.set_yticks(range(10))
        axes.set_xticks(np.arange(11) - 0.5, minor=True)
        axes.set_yticks(np.arange(11) - 0.5, minor=True)
        axes.grid(visible=False)
        axes.grid(which="minor", color="#eeeeee")
        axes.tick_params(which="both", length=0)
        axes.spines[:].set_visible(False)
        title = f"{SET_NAMES[name]}: {int(mistakes.sum())} of {counts.sum():,} wrong"
        axes.set(xlabel="read as", ylabel="written", title=title)
    return figure


def reliability(figures: Figures) -> Figure:
    """How often answers of a confidence are right, before and after calibration."""
    figure = Figure(figsize=(9.2, 5.4))
    upper, lower = figure.subplots(2, 2, sharex=True, height_ratios=[3, 1])
    looks: dict[str, dict[str, Any]] = {
        "before": {"color": ORANGE, "marker": "s", "markerfacecolor": "white"},
        "after": {"color": BLUE, "marker": "o"},
    }
    for top, bottom, name in zip(upper, lower, SET_NAMES, strict=True):
        top.plot([0, 1], [0, 1], color="#999999", linewidth=1, linestyle=":")
        for state, look in looks.items():
            of_state = figures["sets"][name]["reliability"][state]
            bins = of_state["bins"]
            label = f"{state}: error {percent(of_state['calibration_error'])}"
            places = [row["confidence"] for row in bins]
            _error_bars(top, places, bins, {**look, "label": label, "elinewidth": 0.8})
            half = (bins[0]["to"] - bins[0]["from"]) / 2
            bottom.bar(
                [row["from"] + (half if state == "after" else 0) for row in bins],
                [row["count"] for row in bins],
                0.85 * half,
                align="edge",
                color=look.get("markerfacecolor", look["color"]),
                edgecolor=look["color"],
            )
        top.set(title=SET_NAMES[name], ylabel="read right", ylim=(-0.03, 1.04))
        top.legend(loc="lower right")
        bottom.set(xlabel="confidence", ylabel="answers", yscale="log", xlim=(0, 1.02))
        top.yaxis.set_major_formatter(_percent_ticks())
        bottom.xaxis.set_major_formatter(_percent_ticks())
    return figure


def trade_off(figures: Figures) -> Figure:
    """Other marks called sure digits against real digits turned away."""
    rejection = figures["rejection"]
    figure = Figure(figsize=(7.2, 4.2))
    axes = figure.subplots()
    for key, label, look in (
        ("by_largest_probability", "by the largest of ten probabilities", (ORANGE, "--")),
        ("by_reading", "by the whole reading, as the pad does", (BLUE, "-")),
    ):
        points = rejection[key]["points"]
        axes.step(
            [point["turned_away"] for point in points],
            [point["others_called_sure"] for point in points],
            where="post",
            label=label,
            color=look[0],
            linestyle=look[1],
            linewidth=2,
        )
    limit = rejection["turned_away_limit"]
    axes.axvline(limit, color="#777777", linewidth=1, linestyle=":")
    axes.text(limit, 0.99, f" {percent(limit, 1)} of digits", color="#555555", size=9, va="top")
    chosen = rejection["chosen"]
    at = (chosen["turned_away"], chosen["others_called_sure"])
    axes.plot(*at, "o", color=INK, markersize=9, zorder=5)
    axes.annotate(
        f"chosen threshold\n{percent(at[0])} of digits turned away\n"
        f"{percent(at[1], 1)} of other marks called sure",
        at,
        xytext=(0.42, 0.52),
        textcoords="axes fraction",
        va="center",
        arrowprops={"arrowstyle": "-", "color": INK},
    )
    axes.set(
        xlabel="real digits turned away (unsure, or not a digit)",
        ylabel="other marks called a sure digit",
        title="What a stricter threshold costs and gives",
        xlim=(0, max(points[-1]["turned_away"], 1.6 * at[0], 2 * limit)),
        ylim=(0, 1),
    )
    axes.xaxis.set_major_formatter(_percent_ticks())
    axes.yaxis.set_major_formatter(_percent_ticks())
    axes.legend(loc="upper right")
    return figure


def percent(share: float, decimals: int = 2) -> str:
    """Write a share as a percentage."""
    return f"{100 * share:.{decimals}f} %"


def _percent_ticks() -> PercentFormatter:
    return PercentFormatter(1.0, symbol=" %")


def _intervals(
    axes: Axes,
    places: Sequence[float],
    rows: Sequence[Figures],
    look: dict[str, Any],
    name: str,
    across: bool = False,
) -> None:
    """Draw accuracies of a set with their 95 % intervals, upwards or across."""
    _error_bars(axes, places, rows, {**look, "label": SET_NAMES[name], "capsize": 3}, across)


def _error_bars(
    axes: Axes,
    places: Sequence[float],
    rows: Sequence[Figures],
    look: dict[str, Any],
    across: bool = False,
) -> None:
    values = np.array([row["accuracy"] for row in rows])
    reach = np.abs(np.array([row["interval_95"] for row in rows]).T - values)
    if across:
        axes.errorbar(values, places, xerr=reach, linestyle="none", **look)
    else:
        axes.errorbar(places, values, yerr=reach, linestyle="none", **look)
