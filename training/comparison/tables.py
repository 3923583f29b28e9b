"""Tables of the page, and how one figure is found among all; computes none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from training.comparison.figures import Figures, result_of
from training.report.plots import percent


def costs_table(figures: Figures) -> str:
    """What each family takes to store, to run and to train."""

    def rows() -> Iterable[Sequence[str]]:
        for family in figures["families"]:
            seconds = result_of(figures, family["name"], False)["cpu_seconds"]
            yield (
                family["title"],
                f"{family['parameters']:,}",
                f"{family['multiply_adds']:,}",
                f"{seconds['mean']:,.0f} ± {seconds['spread']:,.0f} s",
                f"{family['numpy_microseconds']:,.0f} µs",
            )

    heads = ("network", "parameters", "multiply-adds", "training, processor time", "one picture")
    return _table(heads, rows())


def accuracies_table(figures: Figures) -> str:
    """Accuracy on training and test pictures, and on ink if there is some."""
    of_ink = {
        (row["family"], row["augmented"]): row["accuracy"]
        for row in figures.get("ink", {"results": []})["results"]
    }

    def rows() -> Iterable[Sequence[str]]:
        for result in figures["results"]:
            which = result["family"], result["augmented"]
            yield (
                title(figures, result["family"]),
                "yes" if result["augmented"] else "no",
                _spread(result["train_accuracy"]),
                _spread(result["test_accuracy"]),
                *([_spread(of_ink[which])] if of_ink else []),
            )

    heads = ("network", "augmented", "train", "test", *(["ink"] if of_ink else []))
    return _table(heads, rows())


def shift_table(figures: Figures) -> str:
    """Accuracy as the digit is moved."""
    found = _sweep(figures, "shift")

    def rows() -> Iterable[Sequence[str]]:
        for curve in found["curves"]:
            yield (
                title(figures, curve["family"]),
                "yes" if curve["augmented"] else "no",
                *(percent(point["mean"], 1) for point in curve["accuracy"]),
            )

    heads = ("network", "augmented", *(f"{step:g} px" for step in found["steps"]))
    return _table(heads, rows())


def data_table(figures: Figures) -> str:
    """Test accuracy by number of training images."""

    def rows() -> Iterable[Sequence[str]]:
        for curve in figures["data_curves"]:
            yield (
                title(figures, curve["family"]),
                "yes" if curve["augmented"] else "no",
                *(_spread(point["test_accuracy"]) for point in curve["points"]),
            )

    counts = [point["images"] for point in figures["data_curves"][0]["points"]]
    return _table(("network", "augmented", *(f"{count:,} images" for count in counts)), rows())


def confused_pairs(figures: Figures, name: str, count: int = 3) -> str:
    """Return the pairs of digits that a family without augmentation confuses most, in words."""
    confusion = result_of(figures, name, False)["confusion"]
    pairs = sorted(
        ((a, b) for a in range(10) for b in range(a + 1, 10)),
        key=lambda pair: -(confusion[pair[0]][pair[1]] + confusion[pair[1]][pair[0]]),
    )
    return ", ".join(f"{a} and {b}" for a, b in pairs[:count])


def accuracy_at(figures: Figures, name: str, step: float, family: str, augmented: bool) -> float:
    """Return the mean accuracy at a step of the named sweep."""
    found = _sweep(figures, name)
    place = found["steps"].index(step)
    for curve in found["curves"]:
        if (curve["family"], curve["augmented"]) == (family, augmented):
            return float(curve["accuracy"][place]["mean"])
    raise KeyError((family, augmented))


def _sweep(figures: Figures, name: str) -> Figures:
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


def _spread(values: Figures) -> str:
    return f"{100 * values['mean']:.2f} ± {100 * values['spread']:.2f} %"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---", *["---:" for _ in heads[1:]]], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
