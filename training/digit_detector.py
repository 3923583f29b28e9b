"""Digit detector: a small network behind the big one that tells digits from other marks.

It sees the features of the last convolution of the trained network, which stays as it is.
Its parameters (18,497) come on top of the network's 93,322.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers

from training.datasets import NO_DIGIT
from training.epochs import Material, epochs_ahead
from training.fit import Inputs, as_inputs

FEATURES_LAYER = "flatten"
HIDDEN_UNITS = 32
EPOCHS = 8
BATCH_SIZE = 256
LEARNING_RATE = 2e-3
FEATURE_BATCH = 1024


def fit_digit_detector(model: keras.Model, material: Material) -> keras.Model | None:
    """Return a network from features to the log odds of a digit; None without other marks.

    Fitted on epochs that follow the ones `model` was fitted on.
    """
    if not material.has_other_marks:
        return None
    keras.utils.set_random_seed(material.recipe.seed)
    features = feature_model(model)
    detector = keras.Sequential(
        [
            keras.Input(features.output_shape[1:]),
            layers.Dense(HIDDEN_UNITS, activation="relu", name="detector1"),
            layers.Dense(1, name="detector2"),
        ],
        name="digit_detector",
    )
    detector.compile(
        keras.optimizers.AdamW(
            keras.optimizers.schedules.CosineDecay(
                LEARNING_RATE, EPOCHS * -(-material.size // BATCH_SIZE)
            ),
            weight_decay=1e-3,
        ),
        keras.losses.BinaryCrossentropy(from_logits=True),
    )
    first = material.recipe.epochs
    with epochs_ahead(material, first, first + EPOCHS) as epochs:
        for data in epochs:
            is_digit = (data.labels != NO_DIGIT).astype(np.float32)
            seen = features_of(features, as_inputs(data.pictures))
            detector.fit(
                seen,
                is_digit[:, None],
                batch_size=BATCH_SIZE,
                shuffle=False,
                verbose=2,
            )
    return detector


def feature_model(model: keras.Model) -> keras.Model:
    """Return the part of the model up to the features that the detector sees."""
    return keras.Model(model.inputs, model.get_layer(FEATURES_LAYER).output)


def features_of(features: keras.Model, inputs: Inputs) -> Inputs:
    """Return the features of all inputs."""
    return np.asarray(features.predict(inputs, batch_size=FEATURE_BATCH, verbose=0))
