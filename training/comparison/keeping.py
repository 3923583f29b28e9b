"""Keeping: finished trainings on the disk, so that an interrupted comparison goes on from them.

Owns the folder of trainings: which comparison it belongs to, and that a training is there whole or
not at all. A training is NAME.json and, if it is measured further, NAME.npz with its weights.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from training.comparison.plan import Plan, Training
from training.data.datasets import DataError, PictureSet
from training.writing import make_folder, replacing, write_file

PLAN_FILE = "plan.json"


class Trainings:
    """The folder of finished trainings of one comparison.

    Raises DataError when it holds those of another, OSError when it cannot be written.
    """

    def __init__(self, folder: Path, plan: Plan, sets: Iterable[PictureSet]) -> None:
        self._folder = folder
        make_folder(folder)
        self._claim({"plan": plan.as_json(), "data": [_digest(data) for data in sets]})

    def _claim(self, identity: dict[str, Any]) -> None:
        path = self._folder / PLAN_FILE
        text = json.dumps(identity, indent=1, sort_keys=True)
        if not path.exists():
            write_file(path, text.encode())
        elif path.read_text(encoding="utf-8") != text:
            raise DataError(
                f"{self._folder} holds trainings of another comparison; "
                "choose another --out or remove it"
            )

    def figures(self, training: Training) -> dict[str, Any] | None:
        """Return what was measured of a finished training; None when it is not finished."""
        try:
            text = (self._folder / f"{training.name}.json").read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        try:
            figures: dict[str, Any] = json.loads(text)
        except ValueError:
            return None
        return figures

    def keep(
        self, training: Training, figures: dict[str, Any], model: keras.Model | None = None
    ) -> None:
        """Keep a training's figures and, if given, its model's weights. Raises OSError."""
        if model is not None:
            with replacing(self._weights_file(training)) as part:
                np.savez(part, *model.get_weights())
        # Last: where it is, the rest is, too.
        write_file(self._folder / f"{training.name}.json", json.dumps(figures).encode())

    def weights(self, training: Training) -> list[NDArray[np.float32]]:
        """Return the weights of a finished training, in Keras' order. Raises DataError."""
        path = self._weights_file(training)
        try:
            with np.load(path, allow_pickle=False) as file:
                return [file[name] for name in file.files]
        except (OSError, ValueError, EOFError, zipfile.BadZipFile):
            raise DataError(f"{path} is missing or damaged; remove its .json, too") from None

    def _weights_file(self, training: Training) -> Path:
        return self._folder / f"{training.name}.npz"


def _digest(data: PictureSet) -> str:
    return hashlib.sha256(data.pictures.tobytes() + data.labels.tobytes()).hexdigest()
