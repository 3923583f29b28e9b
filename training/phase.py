"""Phase: a part of a fit, trained epoch by epoch, going on where a killed run stopped.

Owns the loop, alone or together with the other workers named in TF_CONFIG, by the same batches; its
checkpoint, and what is printed after each epoch.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from training.data.datasets import PictureSet
from training.distribution import Workers, is_chief
from training.epochs import epochs_ahead
from training.inputs import Inputs, as_inputs, one_hot
from training.keras_files import load_keras, save_keras
from training.material import Material


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of a fit: epochs `first` to `last` - 1, with learning rates of its own."""

    build: Callable[[], keras.Model]
    """Makes the compiled model."""
    material: Material
    first: int
    last: int
    checkpoint: Path


def train(phase: Phase, validation: PictureSet, workers: Workers | None) -> keras.Model:
    """Train through a phase, from its checkpoint if there is one; return it with averaged weights.

    Raises DataError for a damaged checkpoint and when workers, or the process that makes pictures,
    are lost, OSError when the checkpoint cannot be written.
    """
    material, last = phase.material, phase.last
    steps = material.steps
    model = phase.build()
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
            _fit_together(workers, phase, model, done, batches, after_epoch)
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


def _fit_together(
    workers: Workers,
    phase: Phase,
    model: keras.Model,
    done: int,
    batches: Iterator[tuple[Inputs, Inputs]],
    after_epoch: keras.callbacks.Callback,
) -> None:
    """Do what Keras' `fit` does, with all workers, after the epochs that are done.

    They train a replicated twin. After each epoch `model` takes over its state, to be saved and
    measured as by one worker.
    """
    with workers.strategy.scope():
        twin = phase.build()
        _take_over(twin, model)
    step = workers.step(twin)
    after_epoch.set_model(model)
    for epoch in range(done, phase.last):
        after_epoch.on_epoch_begin(epoch)
        for batch in islice(batches, phase.material.steps):
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
