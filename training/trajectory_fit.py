"""Trajectory fit: the small network that knows digits by how they were written.

It learns to name every kind of mark, as the digit detector does (`digit_detector.py`), from the
numbers of `core/trajectory.py`. How much it counts beside the picture is fitted afterwards
(`witnesses.py`), on writers that neither has seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import keras
import numpy as np
from keras import layers
from numpy.typing import NDArray

from digitpad.core.ink import Ink
from digitpad.core.trajectory import FEATURES, trajectory_features
from training.augmentation.ink import restyled, vary
from training.augmentation.made_up_marks import make_up_mark
from training.augmentation.stroke_order import rewrite
from training.data.datasets import NO_DIGIT
from training.digit_detector import KindNetwork
from training.material import Material
from training.recipe import TrajectoryRecipe

SPREAD_FLOOR = 0.1
"""Added to the standard deviation that a feature is divided by: a feature that hardly ever differs
must not become huge where it does."""
WRITING = 2
"""Sets the random numbers of trajectories apart from those of epochs and painted sets."""


def fit_trajectory(material: Material) -> KindNetwork | None:
    """Return a network fitted on how the ink was written; None without other marks among it."""
    if material.ink is None or not material.has_other_marks:
        return None
    recipe, seed = material.recipe.trajectory, material.recipe.seed
    keras.utils.set_random_seed(seed)
    kinds = material.kinds
    plain = _build(recipe, len(kinds))
    model = _build(recipe, len(kinds), dropout=True)
    labels, shares = _labels(material), _shares(material)
    targets = np.eye(len(kinds), dtype=np.float32)[labels]
    steps = recipe.epochs * -(-len(labels) // recipe.batch_size)
    schedule = keras.optimizers.schedules.CosineDecay(recipe.learning_rate, steps)
    loss = keras.losses.CategoricalCrossentropy(
        from_logits=True, label_smoothing=recipe.label_smoothing
    )
    model.compile(keras.optimizers.AdamW(schedule, weight_decay=recipe.weight_decay), loss)
    middle = spread = np.zeros(FEATURES, np.float32)
    for epoch in range(recipe.epochs):
        rng = np.random.default_rng([seed, epoch, WRITING])
        rows = trajectory_features(list(_written(material, rng)))
        if not epoch:
            middle, spread = rows.mean(axis=0), rows.std(axis=0) + np.float32(SPREAD_FLOOR)
        history = model.fit(
            (rows - middle) / spread,
            targets,
            sample_weight=shares,
            batch_size=recipe.batch_size,
            verbose=0,
        )
        of_epoch = history.history["loss"][0]
        print(f"Trajectory, epoch {epoch + 1} of {recipe.epochs}: loss {of_epoch:.4f}", flush=True)
    _copy(model, plain, middle, spread)
    return KindNetwork(plain, kinds)


def _build(recipe: TrajectoryRecipe, kinds: int, *, dropout: bool = False) -> keras.Sequential:
    """Return a network from trajectories to logits of the kinds; with `dropout` to be trained."""
    model = keras.Sequential([keras.Input((FEATURES,))], name="trajectory")
    for number, units in enumerate(recipe.hidden_units, start=1):
        model.add(layers.Dense(units, activation="relu", name=f"trajectory{number}"))
        if dropout:
            model.add(layers.Dropout(recipe.dropout))
    model.add(layers.Dense(kinds, name=f"trajectory{len(recipe.hidden_units) + 1}"))
    return model


def _labels(material: Material) -> NDArray[np.int64]:
    """Return the kind of each of an epoch's drawings: the ink's, then those that are made up."""
    kinds = [kind for _, kind, _ in material.drawings()]
    return np.array([*kinds, *[material.rest] * material.made_up])


def _shares(material: Material) -> NDArray[np.float32]:
    """Return how much each of an epoch's drawings counts: those of a busy writer less; mean 1."""
    assert material.ink is not None
    counts = Counter(material.ink.writers)
    balance = material.recipe.trajectory.writer_balance
    shares = np.array([counts[writer] ** -balance for writer in material.ink.writers])
    return np.concatenate([shares / shares.mean(), np.ones(material.made_up)]).astype(np.float32)


def _written(material: Material, rng: np.random.Generator) -> Iterator[Ink]:
    """Yield an epoch's drawings, each written anew."""
    recipe = material.recipe.trajectory
    of_digits, of_others = (
        replace(style, styled_share=recipe.styled_share, kept=recipe.kept)
        for style in (material.recipe.ink_style, material.recipe.detector.ink_style)
    )
    digits = []
    for ink, kind, _ in material.drawings():
        style = of_others
        if kind < NO_DIGIT:
            digits.append(ink)
            style = of_digits
        if rng.random() < recipe.plain_share:
            yield ink
            continue
        if rng.random() < style.styled_share:
            ink = restyled(ink, kind, rng)
        yield rewrite(vary(ink, style, rng), recipe, rng)
    for _ in range(material.made_up):
        yield rewrite(make_up_mark(digits, rng), recipe, rng)


def _copy(
    trained: keras.Sequential,
    plain: keras.Sequential,
    middle: NDArray[np.float32],
    spread: NDArray[np.float32],
) -> None:
    """Give `plain` the weights with which it answers to features as `trained` to scaled ones."""
    for layer in plain.layers:
        kernel, bias = trained.get_layer(layer.name).get_weights()
        if layer is plain.layers[0]:
            kernel = kernel / spread[:, None]
            bias = bias - middle @ kernel
        layer.set_weights([kernel, bias])
