"""Keras files: models saved and loaded whole, in Keras' own format."""

from __future__ import annotations

from pathlib import Path

import keras

from training.data.datasets import DataError
from training.writing import replacing


def save_keras(model: keras.Model, path: Path, include_optimizer: bool = True) -> None:
    """Save a `.keras` file under a temporary name and move it into place.

    Raises OSError with one line for a person, and leaves the folder as it was.
    """
    with replacing(path) as temporary:
        model.save(temporary, include_optimizer=include_optimizer)


def load_keras(path: Path) -> keras.Model:
    """Load a `.keras` file; raises DataError when it is none."""
    try:
        return keras.models.load_model(path)
    except Exception:  # What Keras and the parsers below it make of a damaged file has no end.
        raise DataError(f"{path} is damaged or not a Keras model") from None
