"""Architectures: the Keras models that `training` can fit, by name.

Owns what a family is called and of which layers it is made; how a model is fitted is not its
business.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import prod

import keras
from keras import layers

from digitpad.core.preprocess import IMAGE_SIZE

CNN_PARAMETERS = 93_322


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of network, with how to build one."""

    name: str
    """As the command line and a model file call it."""
    title: str
    """As a person reads it."""
    kind: str
    """ "linear", "mlp" or "cnn"."""
    build: Callable[[], keras.Sequential]


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


def build_mlp(name: str, *hidden: int) -> keras.Sequential:
    """A multi-layer perceptron from the 784 pixels by hidden layers of ReLU units to ten digits.

    Without a hidden layer it is multinomial logistic regression.
    """
    steps = [
        layers.Dense(units, activation="relu", name=f"dense{number}")
        for number, units in enumerate(hidden, start=1)
    ]
    return keras.Sequential(
        [
            keras.Input((IMAGE_SIZE, IMAGE_SIZE, 1), name="picture"),
            layers.Flatten(name="flatten"),
            *steps,
            layers.Dense(10, activation="softmax", name="digits"),
        ],
        name=name,
    )


def multiply_adds(model: keras.Model) -> int:
    """Return how many multiplications, each with an addition, one picture takes.

    Those of convolutions and dense layers; biases, ReLU and pools are not counted.
    """
    total = 0
    for layer in model.layers:
        match layer:
            case keras.layers.Conv2D():
                _, rows, columns, _ = layer.output.shape
                total += rows * columns * prod(layer.kernel.shape)
            case keras.layers.Dense():
                total += prod(layer.kernel.shape)
    return total


def _mlp(name: str, title: str, *hidden: int) -> Family:
    kind = "mlp" if hidden else "linear"
    return Family(name, title, kind, lambda: build_mlp(name, *hidden))


FAMILIES: Mapping[str, Family] = {
    family.name: family
    for family in (
        _mlp("logistic", "logistic regression"),
        _mlp("mlp-head", "MLP 784-64-10", 64),  # The dense layers that the CNN ends in.
        _mlp("mlp-equal", "MLP 784-86-266-10", 86, 266),  # Exactly CNN_PARAMETERS.
        _mlp("mlp", "MLP 784-512-512-10", 512, 512),
        Family("cnn", "CNN", "cnn", build_cnn),
    )
}
