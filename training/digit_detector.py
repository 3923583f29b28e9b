"""Digit detector: a small network behind the big one that tells digits from other marks.

It sees what the second convolution of the trained network found and where, which stays as it is.
Its parameters (55,425) come on top of the network's 93,322.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from numpy.typing import NDArray

from training.datasets import NO_DIGIT
from training.epochs import EpochMaker, Material, epochs_ahead
from training.fit import Inputs, as_inputs
from training.normalisation import fold, settle, with_normalisation

FEATURES_LAYER = "pool2"
CHANNELS = 64
HIDDEN_UNITS = 32
DROPOUT = 0.3
"""Before each dense layer, in training. With it the detector gains from more epochs."""
EPOCHS = 24
BATCH_SIZE = 256
LEARNING_RATE = 2e-3
WEIGHT_DECAY = 1e-2
AVERAGING_MOMENTUM = 0.99
FEATURE_BATCH = 1_024
CHUNK = 16_384
"""Pictures whose features are in memory at a time."""


def build_detector(features_shape: tuple[int, ...], dropout: float = 0.0) -> keras.Sequential:
    """Return a network from features of shape (height, width, channels) to log odds of a digit.

    `dropout` is the share of values left out before each dense layer while it is trained.
    """
    detector = keras.Sequential(
        [
            keras.Input(features_shape, name="features"),
            layers.Conv2D(CHANNELS, 3, activation="relu", name="detector1"),
            layers.Flatten(name="detector_flatten"),
        ],
        name="digit_detector",
    )
    for layer in (
        layers.Dense(HIDDEN_UNITS, activation="relu", name="detector2"),
        layers.Dense(1, name="detector3"),
    ):
        if dropout:
            detector.add(layers.Dropout(dropout, name=f"{layer.name}_dropout"))
        detector.add(layer)
    return detector


def fit_digit_detector(model: keras.Model, material: Material) -> keras.Model | None:
    """Return a fitted detector on top of `model`; None without other marks.

    Also None for a model without the layer that a detector sees, such as an MLP.
    Fitted on epochs that follow the ones `model` was fitted on.
    """
    if not material.has_other_marks or not _has_features(model):
        return None
    keras.utils.set_random_seed(material.recipe.seed)
    features = feature_model(model)
    shape = features.output_shape[1:]
    plain = build_detector(shape)
    detector = with_normalisation(build_detector(shape, DROPOUT))
    steps = EPOCHS * (material.size // BATCH_SIZE)
    schedule = keras.optimizers.schedules.CosineDecay(
        0.0, max(1, steps), warmup_target=LEARNING_RATE, warmup_steps=max(1, steps // EPOCHS)
    )
    optimizer = keras.optimizers.AdamW(
        schedule,
        weight_decay=WEIGHT_DECAY,
        use_ema=True,
        ema_momentum=AVERAGING_MOMENTUM,
        ema_overwrite_frequency=None,
    )
    optimizer.exclude_from_weight_decay(var_names=["bias", "beta", "gamma"])
    detector.compile(optimizer, keras.losses.BinaryCrossentropy(from_logits=True))
    first, last = material.recipe.epochs, material.recipe.epochs + EPOCHS
    with epochs_ahead(material, first, last) as epochs:
        for number, data in enumerate(epochs, start=1):
            losses = []
            for start in range(0, len(data), CHUNK):
                part = slice(start, start + CHUNK)
                seen = features_of(features, as_inputs(data.pictures[part]))
                losses += _train(detector, seen, data.labels[part] != NO_DIGIT)
            print(f"Digit detector, epoch {number} of {EPOCHS}: loss {np.mean(losses):.4f}")
    optimizer.finalize_variable_values(detector.trainable_variables)
    pictures = EpochMaker(material).make(last).pictures[:CHUNK]
    settle(detector, features_of(features, as_inputs(pictures)))
    fold(detector, plain)
    return plain


def _train(detector: keras.Model, seen: Inputs, is_digit: NDArray[np.bool_]) -> list[float]:
    """Train on whole batches; return their losses."""
    targets = is_digit.astype(np.float32)[:, None]
    whole = range(0, len(seen) - BATCH_SIZE + 1, BATCH_SIZE) or [0]
    return [
        float(
            detector.train_on_batch(
                seen[start : start + BATCH_SIZE], targets[start : start + BATCH_SIZE]
            )
        )
        for start in whole
    ]


def _has_features(model: keras.Model) -> bool:
    return any(layer.name == FEATURES_LAYER for layer in model.layers)


def feature_model(model: keras.Model) -> keras.Model:
    """Return the part of the model up to the features that the detector sees."""
    return keras.Model(model.inputs, model.get_layer(FEATURES_LAYER).output)


def features_of(features: keras.Model, inputs: Inputs) -> Inputs:
    """Return the features of all inputs."""
    return np.asarray(features.predict(inputs, batch_size=FEATURE_BATCH, verbose=0))
