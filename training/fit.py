"""Fit: train a model by a recipe, epoch by epoch, going on where a killed run stopped."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from training.architectures import BUILDERS
from training.datasets import DataError, PictureSet
from training.epochs import Material, epochs_ahead
from training.recipe import Recipe

CHECKPOINT = "checkpoint.keras"
RUN_FILE = "run.json"
MODEL_FILE = "model.keras"

Inputs = NDArray[np.float32]


def fit(name: str, material: Material, validation: PictureSet, folder: Path) -> keras.Model:
    """Train the named architecture and return it with averaged weights; also saved in `folder`.

    Only the digits of `material` are used; `validation` is measured now and then, and printed.
    `folder` keeps the last epoch's checkpoint; a run with the same architecture, recipe and amount
    of data goes on from it, and ends with the same weights as a run that was never stopped.
    Raises DataError when `folder` holds another run or a damaged checkpoint, OSError when it cannot
    be written.
    """
    material = material.of_digits()
    recipe = material.recipe
    folder.mkdir(parents=True, exist_ok=True)
    keras.utils.set_random_seed(recipe.seed)
    tf.config.experimental.enable_op_determinism()

    steps = math.ceil(material.size / recipe.batch_size)
    run = {"model": name, "recipe": recipe.as_json(), "pictures_per_epoch": material.size}
    _claim(folder, run)
    checkpoint = folder / CHECKPOINT
    model = _compiled(name, recipe, steps)
    first = 0
    if checkpoint.exists():
        _restore(model, load_keras(checkpoint))
        first = int(model.optimizer.iterations) // steps
        print(f"Going on after epoch {first} of {recipe.epochs}.", flush=True)

    if first == recipe.epochs:
        # Stopped between its last epoch and its end; Keras refuses to fit for no epochs.
        model.optimizer.finalize_variable_values(model.trainable_variables)
        save_keras(model, folder / MODEL_FILE)
        return model

    with epochs_ahead(material, first, recipe.epochs) as epochs:
        # One call for all epochs: at its end, and only there, Keras puts the averaged weights in.
        model.fit(
            _batches(epochs, recipe.batch_size),
            steps_per_epoch=steps,
            shuffle=False,
            initial_epoch=first,
            epochs=recipe.epochs,
            callbacks=[_Checkpoint(checkpoint, validation)],
        )
    save_keras(model, folder / MODEL_FILE)
    return model


class _Checkpoint(keras.callbacks.Callback):
    """Saves the whole state after each epoch; now and then measures the averaged weights."""

    EVERY = 10

    def __init__(self, path: Path, validation: PictureSet) -> None:
        super().__init__()
        self._path = path
        self._validation = validation

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        save_keras(self.model, self._path)
        if (epoch + 1) % self.EVERY == 0:
            accuracy = _averaged_accuracy(self.model, self._validation)
            print(f"Validation accuracy with averaged weights: {accuracy:.4%}", flush=True)


def _batches(epochs: Iterator[PictureSet], size: int) -> Iterator[tuple[Inputs, Inputs]]:
    for data in epochs:
        for start in range(0, len(data), size):
            part = slice(start, start + size)
            yield as_inputs(data.pictures[part]), one_hot(data.labels[part])


def as_inputs(pictures: NDArray[np.uint8]) -> Inputs:
    """Return bytes of shape (n, 28, 28) as the network's input, (n, 28, 28, 1) in 0..1."""
    return pictures[..., None].astype(np.float32) / np.float32(255)


def one_hot(labels: NDArray[np.uint8]) -> Inputs:
    """Return labels 0..9 as rows of ten."""
    return np.eye(10, dtype=np.float32)[labels]


def save_keras(model: keras.Model, path: Path, include_optimizer: bool = True) -> None:
    """Save a `.keras` file under a temporary name and move it into place."""
    temporary = path.with_name(f"{path.stem}.part.keras")
    model.save(temporary, include_optimizer=include_optimizer)
    with temporary.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(temporary, path)


def load_keras(path: Path) -> keras.Model:
    """Load a `.keras` file; raises DataError when it is none."""
    try:
        return keras.models.load_model(path)
    except Exception:  # What Keras and the parsers below it make of a damaged file has no end.
        raise DataError(f"{path} is damaged or no Keras model") from None


def _compiled(name: str, recipe: Recipe, steps: int) -> keras.Model:
    model = BUILDERS[name]()
    warm_up = max(1, min(round(recipe.warm_up_epochs * steps), recipe.epochs * steps // 2))
    schedule = keras.optimizers.schedules.CosineDecay(
        initial_learning_rate=0.0,
        decay_steps=max(1, recipe.epochs * steps - warm_up),
        warmup_target=recipe.learning_rate,
        warmup_steps=warm_up,
    )
    optimizer = keras.optimizers.AdamW(
        schedule,
        weight_decay=recipe.weight_decay,
        use_ema=True,
        ema_momentum=recipe.averaging_momentum,
        ema_overwrite_frequency=None,
    )
    optimizer.exclude_from_weight_decay(var_names=["bias"])
    loss = keras.losses.CategoricalCrossentropy(label_smoothing=recipe.label_smoothing)
    model.compile(optimizer, loss, metrics=["accuracy"])
    return model


def _restore(model: keras.Model, saved: keras.Model) -> None:
    """Give a freshly compiled model the weights and the optimizer's state of a saved one.

    The saved one is no good to train on: its optimizer has forgotten which weights do not decay.
    """
    model.set_weights(saved.get_weights())
    model.optimizer.build(model.trainable_variables)
    for variable, value in zip(model.optimizer.variables, saved.optimizer.variables, strict=True):
        variable.assign(value)


def _averaged_accuracy(model: keras.Model, data: PictureSet) -> float:
    """Accuracy with the averaged weights, leaving the model as it was."""
    averaged = keras.models.clone_model(model)
    averaged.set_weights(model.get_weights())
    model.optimizer.finalize_variable_values(averaged.trainable_variables)
    outputs = averaged.predict_on_batch(as_inputs(data.pictures))
    return float(np.mean(outputs.argmax(axis=1) == data.labels))


def _claim(folder: Path, run: dict[str, Any]) -> None:
    """Write what this folder's run is, or check that it is the same run."""
    path = folder / RUN_FILE
    text = json.dumps(run, indent=2, sort_keys=True)
    if path.exists():
        if path.read_text(encoding="utf-8") != text:
            raise DataError(f"{folder} holds another run; choose another --out or empty it")
        return
    temporary = path.with_suffix(".part")
    temporary.write_text(text, encoding="utf-8")
    os.replace(temporary, path)
