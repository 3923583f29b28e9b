"""Number runs: the commands on numbers as functions, from files to files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from training.composed.number_scores import number_scores
from training.composed.numbers import FITTING_STYLE, compose_numbers, write_numbers
from training.composed.segment_fit import (
    examples,
    fit,
    grouped_right,
    grouped_right_by_others,
    stroke_shares,
    write_weights,
)
from training.data.datasets import load_ink, split_ink
from training.data.doubtful_ink import without_doubtful, without_repeats
from training.evaluation import reader_of

HELD_OUT_SHARE = 4
"""Numbers by writers the network was trained on, for each one by writers held out."""
HELD_OUT_WEIGHT = 4
"""How often a number by held-out writers counts. The network knows the drawings that it was trained
on: they alone would teach that it never doubts what is right."""


def compose(ink_file: Path, out: Path, count: int, seed: int) -> str:
    """Write `count` numbers and return the SHA-256 of the lines. Raises DataError and OSError."""
    return write_numbers(compose_numbers(load_ink([ink_file]), count, seed), out)


def measure(model: Path, numbers: Path) -> dict[str, Any]:
    """Return how well a model file reads a file of numbers. Raises DataError and OSError."""
    return number_scores(reader_of(model), numbers)


def fit_segmentation(
    model: Path, ink_files: Sequence[Path], count: int, seed: int, out: Path
) -> dict[str, Any]:
    """Fit the weights of grouping on numbers of the ink's writers and write them to `out`.

    Returns how many numbers were fitted on and which share of them is grouped right. For those by
    writers held out from the network's training, it is the share that is grouped right with weights
    fitted without the writer. Raises DataError and OSError.
    """
    reader = reader_of(model)
    ink = without_repeats(without_doubtful(load_ink(ink_files)))
    trained_on, held_out = split_ink(ink)
    numbers = examples(compose_numbers(trained_on, count, seed, FITTING_STYLE), reader)
    composed = compose_numbers(held_out, count // HELD_OUT_SHARE, seed, FITTING_STYLE)
    unseen = examples(composed, reader)
    weights = fit([*numbers, *(unseen * HELD_OUT_WEIGHT)])
    write_weights(stroke_shares(ink), weights, out)
    return {
        "fitted_on": len(numbers),
        "grouped_right": grouped_right(numbers, weights),
        "held_out": len(unseen),
        "held_out_grouped_right_by_others": grouped_right_by_others(
            unseen * HELD_OUT_WEIGHT, numbers
        ),
    }
