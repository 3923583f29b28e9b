"""Fit: train a model by a recipe, phase by phase, and make of it the network that is wanted.

Owns the two phases and what is done between and after them; how one is trained, and gone on with,
is known to `phase.py`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf

from training.architectures import FAMILIES
from training.data.datasets import DataError, PictureSet
from training.distribution import Workers, is_chief, join_workers
from training.epochs import EpochMaker
from training.inputs import as_inputs
from training.keras_files import save_keras
from training.material import Material
from training.normalisation import fold, settle, with_normalisation
from training.optimizer import adamw, warmed_cosine
from training.phase import Phase, train
from training.recipe import Recipe
from training.writing import make_folder, write_file

CHECKPOINT = "checkpoint.keras"
LATER_CHECKPOINT = "later-checkpoint.keras"
RUN_FILE = "run.json"
MODEL_FILE = "model.keras"
SETTLE_ON = 8_000
"""Pictures on which the normalisations of the averaged weights are measured."""


def fit(name: str, material: Material, validation: PictureSet, folder: Path) -> keras.Model:
    """Train the named architecture on digits; return it with averaged weights, saved in `folder`.

    Where there is ink, it then goes on with lossy ink (`augmentation/kept_ink.py`), and ends as the
    mean of its weights before and after. Accuracy on `validation` is printed now and then.

    `folder` keeps the last epoch's checkpoints: a run with the same architecture, recipe and amount
    of data goes on from them, and ends with the same weights as one that was never stopped. Of
    several workers the chief alone reads and writes `folder`; all return the same weights.

    Raises DataError when `folder` holds another run or a damaged checkpoint, and when workers or
    the process that makes pictures are lost; OSError when `folder` cannot be written.
    """
    material = material.of_digits()
    recipe = material.recipe
    keras.utils.set_random_seed(recipe.seed)
    tf.config.experimental.enable_op_determinism()
    workers = join_workers()
    run = {"model": name, "recipe": recipe.as_json(), "pictures_per_epoch": material.size}
    if is_chief():
        make_folder(folder)
        _claim(folder, run)
    if workers:
        workers.check_same(json.dumps(run, sort_keys=True))
    plain = _fit_normalised(name, material, validation, folder / CHECKPOINT, workers)
    if material.ink and recipe.later.epochs:
        plain = _go_on(plain, name, material, validation, folder / LATER_CHECKPOINT, workers)
    if workers:
        digest = hashlib.sha256(b"".join(array.tobytes() for array in plain.get_weights()))
        print(f"Weights of this worker: {digest.hexdigest()[:16]}", flush=True)
    if is_chief():
        save_keras(plain, folder / MODEL_FILE)
    return plain


def _fit_normalised(
    name: str,
    material: Material,
    validation: PictureSet,
    checkpoint: Path,
    workers: Workers | None,
) -> keras.Model:
    """Train the network with normalisations, fold them, and return it. Raises as `fit`."""
    recipe = material.recipe
    steps = recipe.epochs * material.steps
    warm_up = max(1, min(round(recipe.warm_up_epochs * material.steps), steps // 2))
    rate = warmed_cosine(recipe.learning_rate, warm_up, max(1, steps - warm_up))

    def build() -> keras.Model:
        return _compiled(with_normalisation(FAMILIES[name].build()), recipe, rate)

    trained = train(Phase(build, material, 0, recipe.epochs, checkpoint), validation, workers)
    next_epoch = EpochMaker(material).make(recipe.epochs)
    settle(trained, as_inputs(next_epoch.pictures[:SETTLE_ON]))
    plain = FAMILIES[name].build()
    fold(trained, plain)
    return plain


def _go_on(
    plain: keras.Model,
    name: str,
    material: Material,
    validation: PictureSet,
    checkpoint: Path,
    workers: Workers | None,
) -> keras.Model:
    """Train on with lossy ink; return the mean of the weights before and after.

    Without the mean, ordinary ink would be read worse. Raises as `fit`.
    """
    later = material.recipe.later
    first = material.recipe.epochs
    material = replace(material, recipe=replace(material.recipe, ink_style=later.ink_style))
    steps = later.epochs * material.steps
    rate = keras.optimizers.schedules.CosineDecay(later.learning_rate, steps)
    before = plain.get_weights()

    def build() -> keras.Model:
        model = FAMILIES[name].build()
        model.set_weights(before)
        return _compiled(model, material.recipe, rate)

    phase = Phase(build, material, first, first + later.epochs, checkpoint)
    after = train(phase, validation, workers).get_weights()
    plain.set_weights(
        [(1.0 - later.share) * a + later.share * b for a, b in zip(before, after, strict=True)]
    )
    return plain


def _compiled(
    model: keras.Model, recipe: Recipe, rate: keras.optimizers.schedules.LearningRateSchedule
) -> keras.Model:
    optimizer = adamw(rate, recipe.weight_decay, recipe.averaging_momentum)
    loss = keras.losses.CategoricalCrossentropy(label_smoothing=recipe.label_smoothing)
    model.compile(optimizer, loss, metrics=["accuracy"])
    optimizer.build(model.trainable_variables)
    return model


def _claim(folder: Path, run: dict[str, Any]) -> None:
    """Write what this folder's run is, or check that it is the same run."""
    path = folder / RUN_FILE
    text = json.dumps(run, indent=2, sort_keys=True)
    if path.exists():
        if path.read_text(encoding="utf-8") != text:
            raise DataError(f"{folder} holds another run; choose another --out or empty it")
        return
    write_file(path, text.encode())
