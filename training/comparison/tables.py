"""Tables of the page, and how one figure is found among all; computes none."""

from __future__ import annotations

from training.comparison.figures import Figures, result_of, row_of
from training.report.page import markdown_table
from training.report.plots import percent


def costs_table(figures: Figures) -> str:
    """What each family takes to store, to run and to train."""
    rows = []
    for family in figures["families"]:
        seconds = result_of(figures, family["name"], False)["cpu_seconds"]
        rows.append(
            [
                family["title"],
                f"{family['parameters']:,}",
                f"{family['multiply_adds']:,}",
                f"{seconds['mean']:,.0f} ± {seconds['spread']:,.0f} s",
                f"{family['numpy_microseconds']:,.0f} µs",
            ]
        )
    heads = ["network", "parameters", "multiply-adds", "training, processor time", "one picture"]
    return markdown_table(heads, rows)


def accuracies_table(figures: Figures) -> str:
    """Accuracy on training and test pictures, and on ink if there is some."""
    heads = ["network", "augmented", "train", "test"]
    rows = [
        [
            *_which(figures, result),
            _spread(result["train_accuracy"]),
            _spread(result["test_accuracy"]),
        ]
        for result in figures["results"]
    ]
    if "ink" in figures:
        heads.append("ink")
        # Of the same families in the same order.
        for row, of_ink in zip(rows, figures["ink"]["results"], strict=True):
            row.append(_spread(of_ink["accuracy"]))
    return markdown_table(heads, rows)


def shift_table(figures: Figures) -> str:
    """Accuracy as the digit is moved."""
    found = sweep_of(figures, "shift")
    rows = [
        [*_which(figures, curve), *(percent(point["mean"], 1) for point in curve["accuracy"])]
        for curve in found["curves"]
    ]
    return markdown_table(
        ["network", "augmented", *(f"{step:g} px" for step in found["steps"])], rows
    )


def data_table(figures: Figures) -> str:
    """Test accuracy by number of training images."""
    curves = figures["data_curves"]
    rows = [
        [*_which(figures, curve), *(_spread(point["test_accuracy"]) for point in curve["points"])]
        for curve in curves
    ]
    counts = [point["images"] for point in curves[0]["points"]]
    return markdown_table(
        ["network", "augmented", *(f"{count:,} images" for count in counts)], rows
    )


def confused_pairs(figures: Figures, name: str) -> str:
    """Return the three pairs of digits that a family confuses most, without augmentation."""
    confusion = result_of(figures, name, False)["confusion"]
    pairs = sorted(
        ((a, b) for a in range(10) for b in range(a + 1, 10)),
        key=lambda pair: -(confusion[pair[0]][pair[1]] + confusion[pair[1]][pair[0]]),
    )
    return ", ".join(f"{a} and {b}" for a, b in pairs[:3])


def accuracy_at(figures: Figures, name: str, step: float, family: str, augmented: bool) -> float:
    """Return the mean accuracy at a step of the named sweep."""
    found = sweep_of(figures, name)
    curve = row_of(found["curves"], family, augmented)
    return float(curve["accuracy"][found["steps"].index(step)]["mean"])


def sweep_of(figures: Figures, name: str) -> Figures:
    """Return the named sweep."""
    (found,) = (sweep for sweep in figures["sweeps"] if sweep["name"] == name)
    return dict(found)


def family_of(figures: Figures, name: str) -> Figures:
    """Return what is known of a family itself."""
    (found,) = (family for family in figures["families"] if family["name"] == name)
    return dict(found)


def title(figures: Figures, name: str) -> str:
    """Return a family's name for people."""
    return str(family_of(figures, name)["title"])


def ratio(one: Figures, other: Figures, key: str) -> str:
    """Return how many times larger a number of one family is than of another."""
    return f"{one[key] / other[key]:.1f}"


def _which(figures: Figures, row: Figures) -> tuple[str, str]:
    """Return the cells that say which family a row is of, and whether its data is augmented."""
    return title(figures, row["family"]), "yes" if row["augmented"] else "no"


def _spread(values: Figures) -> str:
    return f"{100 * values['mean']:.2f} ± {100 * values['spread']:.2f} %"
