"""Number runs: the commands on numbers as functions, from files to files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from digitpad.core.model_file import ModelFileError
from digitpad.core.reader import Reader
from training.composed_numbers import FITTING_STYLE, compose_numbers, write_numbers
from training.datasets import DataError, load_ink, split_ink
from training.number_scores import number_scores
from training.segment_fit import examples, fit, grouped_right, write_weights

VALIDATION_SHARE = 4
"""One number is validated on for so many that are fitted on."""


def compose(ink_file: Path, out: Path, count: int, seed: int) -> str:
    """Write `count` numbers and return the SHA-256 of the lines. Raises DataError and OSError."""
    return write_numbers(compose_numbers(load_ink([ink_file]), count, seed), out)


def measure(model: Path, numbers: Path) -> dict[str, Any]:
    """Return how well a model file reads a file of numbers. Raises DataError and OSError."""
    return number_scores(_reader(model), numbers)


def fit_segmentation(
    model: Path, ink_files: Sequence[Path], count: int, seed: int, out: Path
) -> dict[str, Any]:
    """Fit the weights of grouping on the ink's writers to fit on and write them to `out`.

    Returns the share of numbers that are grouped right, also of those by writers held out. Raises
    DataError and OSError.
    """
    reader = _reader(model)
    fit_ink, check_ink = split_ink(load_ink(ink_files))
    fitted_on = examples(compose_numbers(fit_ink, count, seed, FITTING_STYLE), reader)
    held_out = compose_numbers(check_ink, count // VALIDATION_SHARE, seed, FITTING_STYLE)
    checked_on = examples(held_out, reader)
    weights = fit(fitted_on)
    write_weights(weights, out)
    return {
        "fitted_on": len(fitted_on),
        "grouped_right": grouped_right(fitted_on, weights),
        "validated_on": len(checked_on),
        "grouped_right_in_validation": grouped_right(checked_on, weights),
    }


def _reader(model: Path) -> Reader:
    try:
        return Reader.from_file(model)
    except ModelFileError as error:
        raise DataError(str(error)) from None
