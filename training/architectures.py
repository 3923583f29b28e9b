"""Architectures: the Keras models that `training` can fit, by name."""

from __future__ import annotations

import keras
from keras import layers

from digitpad.core.preprocess import IMAGE_SIZE

CNN_PARAMETERS = 93_322


def build_cnn() -> keras.Sequential:
    """The network of the pad: 93,322 parameters, softmax over ten digits."""
    return keras.Sequential(
        [
            keras.Input((IMAGE_SIZE, IMAGE_SIZE, 1), name="picture"),
            layers.Conv2D(32, 3, activation="relu", name="conv1"),
            layers.MaxPooling2D(2, name="pool1"),
            layers.Conv2D(64, 3, activation="relu", name="conv2"),
            layers.MaxPooling2D(2, name="pool2"),
            layers.Conv2D(64, 3, activation="relu", name="conv3"),
            layers.Flatten(name="flatten"),
            layers.Dense(64, activation="relu", name="dense1"),
            layers.Dense(10, activation="softmax", name="digits"),
        ],
        name="cnn",
    )


BUILDERS = {"cnn": build_cnn}
