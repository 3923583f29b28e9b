"""Fit: train a model by a recipe, epoch by epoch, going on where a killed run stopped.

With TF_CONFIG set it trains together with the other workers named there, by the same batches.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from training.architectures import BUILDERS
from training.datasets import DataError, PictureSet
from training.distribution import Workers, is_chief, join_workers
from training.epochs import EpochMaker, Material, epochs_ahead
from training.normalisation import fold, settle, with_normalisation
from training.optimizer import adamw
from training.recipe import Recipe
from training.writing import make_folder, replacing, write_file

CHECKPOINT = "checkpoint.keras"
LATER_CHECKPOINT = "later-checkpoint.keras"
RUN_FILE = "run.json"
MODEL_FILE = "model.keras"
SETTLE_ON = 8_000
"""Pictures on which the normalisations of the averaged weights are measured."""

Inputs = NDArray[np.float32]


def fit(name: str, material: Material, validation: PictureSet, folder: Path) -> keras.Model:
    """Train the named architecture and return it with averaged weights; also saved in `folder`.

    Where there is ink, the network goes on with ink of which little is kept, and the mean of the
    weights before and after is returned.
    Only the digits of `material` are used; `validation` is measured now and then, and printed.
    `folder` keeps the last epoch's checkpoints; a run with the same architecture, recipe and amount
    of data goes on from them, and ends with the same weights as a run that was never stopped.
    Of several workers the chief alone reads and writes `folder`; all return the same weights.
    Raises DataError when `folder` holds another run or a damaged checkpoint and when workers, or
    the process that makes pictures, are lost, OSError when `folder` cannot be written.
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


def _go_on(
    plain: keras.Model,
    name: str,
    material: Material,
    validation: PictureSet,
    checkpoint: Path,
    workers: Workers | None,
) -> keras.Model:
    """Return the network after further epochs with ink of which little is kept.

    It is the mean of itself before and after, by the recipe: what is learnt of such ink is lost for
    no other. Raises as `fit`.
    """
    later = material.recipe.later
    before = plain.get_weights()

    def build(steps: int) -> keras.Model:
        model = BUILDERS[name]()
        model.set_weights(before)
        schedule = keras.optimizers.schedules.CosineDecay(later.learning_rate, later.epochs * steps)
        return _compiled(model, material.recipe, schedule)

    first = material.recipe.epochs
    material = replace(material, recipe=replace(material.recipe, ink_style=later.ink_style))
    phase = _Phase(build, material, first, first + later.epochs, checkpoint)
    after = _train(phase, validation, workers).get_weights()
    shares = (1.0 - later.share, later.share)
    model = BUILDERS[name]()
    model.set_weights([shares[0] * a + shares[1] * b for a, b in zip(before, after, strict=True)])
    return model


@dataclass(frozen=True, slots=True)
class _Phase:
    """A part of a fit: epochs `first` to `last` - 1, with learning rates of its own."""

    build: Callable[[int], keras.Model]
    """Makes the compiled model, of the steps in an epoch."""
    material: Material
    first: int
    last: int
    checkpoint: Path


def _train(phase: _Phase, validation: PictureSet, workers: Workers | None) -> keras.Model:
    """Train through a phase, from its checkpoint if there is one; return the averaged weights."""
    material, last = phase.material, phase.last
    # Only whole batches: a normalisation over the few pictures of a last one would mislead.
    steps = max(1, material.size // material.recipe.batch_size)

    def build() -> keras.Model:
        return phase.build(steps)

    model = build()
    if is_chief() and phase.checkpoint.exists():
        _take_over(model, load_keras(phase.checkpoint))
    if workers:
        _assign(model, workers.from_chief(_state(model)))
    done = phase.first + int(model.optimizer.iterations) // steps
    if done > phase.first:
        print(f"Going on after epoch {done} of {last}.", flush=True)
    if done == last:
        # Stopped between its last epoch and its end; Keras refuses to fit for no epochs.
        model.optimizer.finalize_variable_values(model.trainable_variables)
        return model
    after_epoch = _AfterEpoch(phase.checkpoint, validation, material.size)
    with epochs_ahead(material, done, last) as epochs:
        batches = _batches(epochs, material.recipe.batch_size, steps)
        if workers:
            _fit_together(workers, model, build, batches, range(done, last), steps, after_epoch)
        else:
            # One call for all epochs: at its end, and only there, Keras puts the averages in.
            model.fit(
                batches,
                steps_per_epoch=steps,
                shuffle=False,
                initial_epoch=done,
                epochs=last,
                callbacks=[after_epoch],
                # In a file a bar that fills would be a line for each batch.
                verbose=1 if sys.stdout.isatty() else 2,
            )
    return model


def _fit_normalised(
    name: str,
    material: Material,
    validation: PictureSet,
    checkpoint: Path,
    workers: Workers | None,
) -> keras.Model:
    """Train the network with its normalisations and return it without."""
    recipe = material.recipe

    def build(steps: int) -> keras.Model:
        warm_up = max(1, min(round(recipe.warm_up_epochs * steps), recipe.epochs * steps // 2))
        schedule = keras.optimizers.schedules.CosineDecay(
            initial_learning_rate=0.0,
            decay_steps=max(1, recipe.epochs * steps - warm_up),
            warmup_target=recipe.learning_rate,
            warmup_steps=warm_up,
        )
        return _compiled(with_normalisation(BUILDERS[name]()), recipe, schedule)

    phase = _Phase(build, material, 0, recipe.epochs, checkpoint)
    return _without_normalisation(_train(phase, validation, workers), name, material)


def _without_normalisation(model: keras.Model, name: str, material: Material) -> keras.Model:
    """Return the network that a model with averaged weights was trained for."""
    next_epoch = EpochMaker(material).make(material.recipe.epochs)
    settle(model, as_inputs(next_epoch.pictures[:SETTLE_ON]))
    plain = BUILDERS[name]()
    fold(model, plain)
    return plain


def _fit_together(
    workers: Workers,
    model: keras.Model,
    build: Callable[[], keras.Model],
    batches: Iterator[tuple[Inputs, Inputs]],
    epochs: range,
    steps: int,
    after_epoch: keras.callbacks.Callback,
) -> None:
    """Do what Keras' `fit` does, with all workers: train a replicated twin of `model`.

    After each epoch `model` takes over the twin's state, to be saved and measured as ever.
    """
    with workers.strategy.scope():
        twin = build()
        _take_over(twin, model)
    step = workers.step(twin)
    after_epoch.set_model(model)
    for epoch in epochs:
        after_epoch.on_epoch_begin(epoch)
        for batch in islice(batches, steps):
            step(batch)
        _take_over(model, twin)
        after_epoch.on_epoch_end(epoch)
    model.optimizer.finalize_variable_values(model.trainable_variables)


class _AfterEpoch(keras.callbacks.Callback):
    """Prints the speed, saves the whole state, now and then measures the averaged weights.

    Only the chief saves and measures.
    """

    EVERY = 10

    def __init__(self, path: Path, validation: PictureSet, pictures: int) -> None:
        super().__init__()
        self._path = path
        self._validation = validation
        self._pictures = pictures
        self._began = 0.0

    def on_epoch_begin(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        self._began = time.monotonic()

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        seconds = time.monotonic() - self._began
        speed = f"{self._pictures / seconds:,.0f} pictures a second"
        print(f"\nEpoch {epoch + 1}: {self._pictures:,} pictures, {speed}", flush=True)
        if not is_chief():
            return
        save_keras(self.model, self._path)
        if (epoch + 1) % self.EVERY == 0:
            accuracy = _averaged_accuracy(self.model, self._validation)
            print(f"Validation accuracy with averaged weights: {accuracy:.4%}", flush=True)


def _batches(
    epochs: Iterator[PictureSet], size: int, steps: int
) -> Iterator[tuple[Inputs, Inputs]]:
    """Yield the first `steps` batches of each epoch."""
    for data in epochs:
        for start in range(0, steps * size, size):
            part = slice(start, start + size)
            yield as_inputs(data.pictures[part]), one_hot(data.labels[part])


def as_inputs(pictures: NDArray[np.uint8]) -> Inputs:
    """Return bytes of shape (n, 28, 28) as the network's input, (n, 28, 28, 1) in 0..1."""
    return pictures[..., None].astype(np.float32) / np.float32(255)


def one_hot(labels: NDArray[np.uint8]) -> Inputs:
    """Return labels 0..9 as rows of ten."""
    return np.eye(10, dtype=np.float32)[labels]


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
        raise DataError(f"{path} is damaged or no Keras model") from None


def _compiled(
    model: keras.Model, recipe: Recipe, schedule: keras.optimizers.schedules.LearningRateSchedule
) -> keras.Model:
    optimizer = adamw(schedule, recipe.weight_decay, recipe.averaging_momentum)
    loss = keras.losses.CategoricalCrossentropy(label_smoothing=recipe.label_smoothing)
    model.compile(optimizer, loss, metrics=["accuracy"])
    optimizer.build(model.trainable_variables)
    return model


def _take_over(model: keras.Model, other: keras.Model) -> None:
    """Give a compiled model the weights and the optimizer's state of another.

    A model loaded from a checkpoint is itself no good to train on: its optimizer has forgotten
    which weights do not decay.
    """
    _assign(model, _state(other))


def _state(model: keras.Model) -> list[NDArray[Any]]:
    return [value.numpy() for value in (*model.variables, *model.optimizer.variables)]


def _assign(model: keras.Model, state: Sequence[NDArray[Any]]) -> None:
    variables = (*model.variables, *model.optimizer.variables)
    for variable, value in zip(variables, state, strict=True):
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
    write_file(path, text.encode())
