"""Digit detector: a small network behind the big one that tells digits from other marks.

It sees what the second convolution of the trained network found and where, which stays as it is.
It learns to name every kind of mark, each letter and sign as each digit: told no more than "that is
none", it learns from a few thousand other marks by heart what it should learn from their shapes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import keras
import numpy as np
from keras import layers, ops

from training.data.datasets import NO_DIGIT, Labels
from training.epochs import EpochMaker, epochs_ahead
from training.inputs import Inputs, as_inputs
from training.material import Material
from training.normalisation import fold, settle, with_normalisation
from training.optimizer import adamw, warmed_cosine
from training.recipe import DetectorRecipe

FEATURES_LAYER = "pool2"
FEATURE_BATCH = 1_024
CHUNK = 16_384
"""Pictures whose features are in memory at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class KindNetwork:
    """A fitted network from a drawing to logits of kinds of marks: the ten digits, then others.

    The digit detector is one, and so is what sees trajectories (`trajectory_fit.py`).
    """

    model: keras.Model
    kinds: tuple[str, ...]
    """What each logit stands for."""


def build_detector(
    recipe: DetectorRecipe, features_shape: tuple[int, ...], kinds: int, *, dropout: bool = False
) -> keras.Sequential:
    """Return a network from features of shape (height, width, channels) to logits of the kinds.

    With `dropout` it is the one to train; without, the same as a model file can hold it.
    """
    detector = keras.Sequential(
        [
            keras.Input(features_shape, name="features"),
            layers.Conv2D(recipe.channels, 3, activation="relu", name="detector1"),
            layers.Flatten(name="detector_flatten"),
        ],
        name="digit_detector",
    )
    for layer in (
        layers.Dense(recipe.hidden_units, activation="relu", name="detector2"),
        layers.Dense(kinds, name="detector3"),
    ):
        if dropout:
            detector.add(layers.Dropout(recipe.dropout, name=f"{layer.name}_dropout"))
        detector.add(layer)
    return detector


def fit_digit_detector(model: keras.Model, material: Material) -> KindNetwork | None:
    """Return a fitted detector on top of `model`; None without other marks.

    Also None for a model without the layer that a detector sees, such as an MLP.
    Fitted on epochs that follow the ones `model` was fitted on, in the detector's own ink style.
    Raises DataError when the process that makes pictures is lost.
    """
    recipe = material.recipe.detector
    has_features = any(layer.name == FEATURES_LAYER for layer in model.layers)
    if not material.has_other_marks or not has_features:
        return None
    material = replace(material, recipe=replace(material.recipe, ink_style=recipe.ink_style))
    keras.utils.set_random_seed(material.recipe.seed)
    features = feature_model(model)
    shape = features.output_shape[1:]
    kinds = material.kinds
    plain = build_detector(recipe, shape, len(kinds))
    detector = with_normalisation(build_detector(recipe, shape, len(kinds), dropout=True))
    steps = material.size // recipe.batch_size
    schedule = warmed_cosine(recipe.learning_rate, max(1, steps), max(1, recipe.epochs * steps))
    optimizer = adamw(schedule, recipe.weight_decay, recipe.averaging_momentum)
    detector.compile(optimizer, _loss)
    first = material.recipe.epochs + material.recipe.later.epochs
    last = first + recipe.epochs
    with epochs_ahead(material, first, last) as epochs:
        for number, data in enumerate(epochs, start=1):
            losses = []
            for start in range(0, len(data), CHUNK):
                part = slice(start, start + CHUNK)
                seen = features_of(features, as_inputs(data.pictures[part]))
                losses += _train(detector, seen, data.labels[part], recipe.batch_size)
            print(f"Digit detector, epoch {number} of {recipe.epochs}: loss {np.mean(losses):.4f}")
    optimizer.finalize_variable_values(detector.trainable_variables)
    pictures = EpochMaker(material).make(last).pictures[:CHUNK]
    settle(detector, features_of(features, as_inputs(pictures)))
    fold(detector, plain)
    return KindNetwork(plain, kinds)


def _loss(labels: keras.KerasTensor, logits: keras.KerasTensor) -> keras.KerasTensor:
    """Return what it costs to mistake the kind of each mark, and once more whether it is a digit.

    Cross entropies. The second is part of the first, and what the detector is for.
    """
    labels = ops.cast(ops.reshape(labels, (-1,)), "int32")
    digits, others = logits[:, :NO_DIGIT], logits[:, NO_DIGIT:]
    log_odds = ops.logsumexp(digits, axis=1) - ops.logsumexp(others, axis=1)
    is_digit = ops.cast(labels < NO_DIGIT, "float32")
    of_kind = ops.sparse_categorical_crossentropy(labels, logits, from_logits=True)
    return of_kind + ops.softplus(log_odds) - is_digit * log_odds


def _train(detector: keras.Model, seen: Inputs, labels: Labels, size: int) -> list[float]:
    """Train on whole batches; return their losses."""
    whole = range(0, len(seen) - size + 1, size) or [0]
    parts = (slice(start, start + size) for start in whole)
    return [float(detector.train_on_batch(seen[part], labels[part])) for part in parts]


def feature_model(model: keras.Model) -> keras.Model:
    """Return the part of the model up to the features that the detector sees."""
    return keras.Model(model.inputs, model.get_layer(FEATURES_LAYER).output)


def features_of(features: keras.Model, inputs: Inputs) -> Inputs:
    """Return the features of all inputs."""
    return np.asarray(features.predict(inputs, batch_size=FEATURE_BATCH, verbose=0))
