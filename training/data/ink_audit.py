"""Ink audit: find drawings whose label is contradicted by networks that never saw their writer.

Cross-validation over writers (after Northcutt et al. 2021, "Confident Learning"): in each round
the writers are dealt into folds anew, and small networks, each fitted without one fold, read that
fold. What it finds is a list, and a sheet of pictures, for a person to judge. Never run on data
kept for the final figures.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras import layers
from numpy.typing import NDArray

from digitpad.core.preprocess import IMAGE_SIZE, prepare_ink
from training.augmentation.ink import paint_varied
from training.data.datasets import DataError, InkSet, Labels, Pictures, fold_of
from training.data.doubtful_ink import LABEL_NAMES, drawing_digest, name_of
from training.inputs import as_inputs
from training.recipe import DetectorRecipe
from training.writing import make_folder, write_file

Probabilities = NDArray[np.float64]
"""Shape (n, 11): the ten digits and "no digit"."""


@dataclass(frozen=True, slots=True)
class AuditPlan:
    """How thoroughly to look."""

    rounds: int = 3
    folds: int = 4
    epochs: int = 8
    batch_size: int = 128
    learning_rate: float = 2e-3
    least_doubt: float = 0.9
    """List a drawing whose label has at most a probability of 1 minus this, over all rounds."""
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Doubt:
    """A drawing whose label the networks contradict."""

    place: int
    drawing: str
    label: str
    read: str
    doubt: float
    """1 minus the probability of the given label, mean of the rounds."""

    def as_json(self) -> str:
        """Return the line of a list; `reason` is for a person to fill in."""
        row: dict[str, Any] = {
            "drawing": self.drawing,
            "label": self.label,
            "read": self.read,
            "doubt": round(self.doubt, 3),
            "reason": "",
        }
        return json.dumps(row)


def audit_ink(data: InkSet, plan: AuditPlan) -> list[Doubt]:
    """Return the drawings to look at, the most doubtful first. Raises DataError."""
    if len(set(data.writers)) < plan.folds:
        raise DataError(f"an audit needs ink of at least {plan.folds} writers")
    probabilities = held_out_probabilities(data, plan)
    of_label = probabilities[np.arange(len(data)), data.labels]
    return [
        Doubt(
            place=int(place),
            drawing=drawing_digest(data.inks[place]),
            label=name_of(int(data.labels[place])),
            read=LABEL_NAMES[int(probabilities[place].argmax())],
            doubt=float(1.0 - of_label[place]),
        )
        for place in np.argsort(of_label, kind="stable")
        if 1.0 - of_label[place] >= plan.least_doubt
    ]


def held_out_probabilities(data: InkSet, plan: AuditPlan) -> Probabilities:
    """Return the mean over rounds of what networks that did not see the writer say."""
    plain = _painted(data, None)
    epochs = [_painted(data, np.random.default_rng([plan.seed, n])) for n in range(plan.epochs)]
    total = np.zeros((len(data), len(LABEL_NAMES)))
    for number in range(plan.rounds):
        folds = np.array([fold_of(writer, number, plan.folds) for writer in data.writers])
        for fold in range(plan.folds):
            held_out = folds == fold
            if held_out.any():
                keras.utils.set_random_seed(plan.seed + number)
                model = _fitted(epochs, data.labels, ~held_out, plan)
                print(f"Round {number + 1} of {plan.rounds}, fold {fold + 1}", flush=True)
                outputs = model.predict(as_inputs(plain[held_out]), batch_size=1024, verbose=0)
                total[held_out] += outputs
    return total / plan.rounds


def write_list(path: Path, doubts: list[Doubt]) -> None:
    """Write a list as JSON lines, whole or not at all. Raises OSError."""
    make_folder(path.parent)
    write_file(path, "".join(doubt.as_json() + "\n" for doubt in doubts).encode())


def _painted(data: InkSet, rng: np.random.Generator | None) -> Pictures:
    """Return pictures of all drawings, varied when there is a source of chance."""
    # As for the digit detector: here, too, digits are told from what is none.
    style = DetectorRecipe().ink_style
    pictures = np.empty((len(data), IMAGE_SIZE, IMAGE_SIZE), np.uint8)
    for place, (ink, label) in enumerate(zip(data.inks, data.labels, strict=True)):
        grey = paint_varied(ink, int(label), style, rng) if rng else prepare_ink(ink)
        pictures[place] = np.rint(grey * 255)
    return pictures


def _fitted(
    epochs: list[Pictures], labels: Labels, chosen: NDArray[np.bool_], plan: AuditPlan
) -> keras.Model:
    model = keras.Sequential(
        [
            keras.Input((IMAGE_SIZE, IMAGE_SIZE, 1)),
            layers.Conv2D(24, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(48, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dropout(0.3),
            layers.Dense(64, activation="relu"),
            layers.Dense(len(LABEL_NAMES), activation="softmax"),
        ]
    )
    steps = plan.epochs * -(-int(chosen.sum()) // plan.batch_size)
    rate = keras.optimizers.schedules.CosineDecay(plan.learning_rate, steps)
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
    for pictures in epochs:
        inputs = as_inputs(pictures[chosen])
        model.fit(inputs, labels[chosen], batch_size=plan.batch_size, verbose=0)
    return model
