"""Fitting: train one network of the comparison, the same way for every family.

Owns the batches, the optimizer and what is known of a training when it ends. Every family sees the
same pictures in the same order under the same seed. Networks train with a batch normalisation
before each ReLU, folded away at the end (`training.normalisation`), so that each has exactly the
layers of its family.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from training.architectures import FAMILIES
from training.augmentation.pictures import augment_in_place
from training.comparison.plan import Plan, Training
from training.data.datasets import Pictures, PictureSet
from training.inputs import Inputs, as_inputs, one_hot
from training.normalisation import fold, settle, with_normalisation
from training.optimizer import adamw, warmed_cosine
from training.recipe import PictureStyle

SETTLE_ON = 4_000
COPIES_SEED = 5
STEPS_AT_ONCE = 10
"""Steps before Keras returns to Python, which takes longer than a small network's step."""
SUBSET = 1
"""Sets the random numbers that choose images apart from those that order them."""


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """A network that has been trained, and what was measured on the way."""

    model: keras.Sequential
    figures: dict[str, Any]


def altered_copies(pictures: Pictures, count: int, style: PictureStyle) -> list[Pictures]:
    """Return augmented copies of all pictures, made once and shown to every network."""
    copies = []
    for number in range(count):
        rng = np.random.default_rng([COPIES_SEED, number])
        copy = pictures.copy()
        augment_in_place(copy, style, rng)
        copies.append(copy)
    return copies


def fit_one(
    training: Training, plan: Plan, data: PictureSet, versions: Sequence[Pictures], test: PictureSet
) -> Fitted:
    """Train a network on images of `data`; `versions` are what the epochs show of them, in turn.

    Training time is that of the processor, over all its cores, without the measuring.
    """
    keras.utils.set_random_seed(training.seed)
    plain = FAMILIES[training.family].build()
    twin = with_normalisation(plain)
    steps = plan.steps_per_round(training.images)
    twin.compile(
        _optimizer(plan, steps),
        keras.losses.CategoricalCrossentropy(),
        metrics=["accuracy"],
        steps_per_execution=STEPS_AT_ONCE,
    )
    chosen = chosen_images(training, len(data))
    curve = _Curve(test if training.images == plan.images else None)
    history = twin.fit(
        _batches(training, plan, data, versions, chosen),
        steps_per_epoch=steps,
        epochs=plan.epochs,
        shuffle=False,
        verbose=0,
        callbacks=[curve],
    )
    settle(twin, as_inputs(versions[-1][chosen[:SETTLE_ON]]))
    fold(twin, plain)
    answers = answers_to(plain, as_inputs(test.pictures))
    on_trained = answers_to(plain, as_inputs(data.pictures[chosen]))
    confusion = np.zeros((10, 10), int)
    np.add.at(confusion, (test.labels, answers), 1)
    figures = {
        "train_accuracy": float(np.mean(on_trained == data.labels[chosen])),
        "test_accuracy": float(np.mean(answers == test.labels)),
        "cpu_seconds": curve.cpu_seconds,
        "confusion": confusion.tolist(),
        "learning_curve": {"train": history.history["accuracy"], "test": curve.test_accuracies},
    }
    return Fitted(plain, figures)


def chosen_images(training: Training, available: int) -> NDArray[np.intp]:
    """Return which images a training may see: for a seed, the fewer are among the more."""
    order = np.random.default_rng([training.seed, SUBSET]).permutation(available)
    return order[: training.images]


def answers_to(model: keras.Model, inputs: Inputs) -> NDArray[np.intp]:
    """Return the digit that the network answers to each picture."""
    outputs: Inputs = model.predict(inputs, batch_size=1_000, verbose=0)
    answers: NDArray[np.intp] = outputs.argmax(axis=1)
    return answers


def _optimizer(plan: Plan, steps: int) -> keras.optimizers.Optimizer:
    """Return the optimizer of all epochs, of so many steps each; it warms up in the first."""
    rate = warmed_cosine(plan.learning_rate, steps, max(1, steps * (plan.epochs - 1)))
    return adamw(rate, plan.weight_decay)


def _batches(
    training: Training,
    plan: Plan,
    data: PictureSet,
    versions: Sequence[Pictures],
    chosen: NDArray[np.intp],
) -> Iterator[tuple[Inputs, Inputs]]:
    """Yield whole batches without end, every image once before any comes again."""
    rng = np.random.default_rng(training.seed)
    size = plan.batch(training.images)
    epoch = 0
    while True:
        pictures = versions[epoch % len(versions)]
        order = rng.permutation(chosen)
        for start in range(0, len(order) - size + 1, size):
            part = order[start : start + size]
            yield as_inputs(pictures[part]), one_hot(data.labels[part])
        epoch += 1


class _Curve(keras.callbacks.Callback):
    """Measures the test set, if given, after each round, and the processor's time without that."""

    def __init__(self, test: PictureSet | None) -> None:
        super().__init__()
        self._test = test
        self._began = 0.0
        self.cpu_seconds = 0.0
        self.test_accuracies: list[float] = []

    def on_epoch_begin(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        self._began = time.process_time()

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        self.cpu_seconds += time.process_time() - self._began
        if self._test:
            answers = answers_to(self.model, as_inputs(self._test.pictures))
            self.test_accuracies.append(float(np.mean(answers == self._test.labels)))
