"""Batch normalisation: put behind a network's layers for the training, folded away afterwards.

It lets a small network learn faster and further (Ioffe & Szegedy 2015). Once the weights stand,
each normalisation is an affine map of its layer's output; folded into that layer's kernel and
bias, nothing of it is left and the network has the parameters that it promises.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from numpy.typing import NDArray

MOMENTUM = 0.9
"""Of the running mean and variance. They only serve the checks on the way; `settle` measures."""
BATCH = 1_000


def with_normalisation(plain: keras.Sequential) -> keras.Sequential:
    """Return a twin of `plain` with a normalisation before every ReLU, freshly initialised."""
    twin = keras.Sequential([keras.Input(plain.input_shape[1:])], name=f"{plain.name}_training")
    for layer in plain.layers:
        config = layer.get_config()
        if not _rectifies(layer):
            twin.add(type(layer).from_config(config))
            continue
        bare = {**config, "activation": "linear", "use_bias": False}
        twin.add(type(layer).from_config(bare))
        # Over the whole batch also when several workers share it.
        normalisation = layers.BatchNormalization(
            momentum=MOMENTUM, synchronized=True, name=_normalised(layer)
        )
        twin.add(normalisation)
        twin.add(layers.ReLU(name=f"{layer.name}_rectified"))
    return twin


def settle(twin: keras.Sequential, inputs: NDArray[np.float32]) -> None:
    """Measure each normalisation's mean and variance afresh, on inputs as in training.

    The averaged weights need their own: those that ran along belong to the weights of each step.
    """
    seen = inputs
    for layer in twin.layers:
        if isinstance(layer, layers.BatchNormalization):
            axes = tuple(range(seen.ndim - 1))
            layer.moving_mean.assign(seen.mean(axis=axes, dtype=np.float64))
            layer.moving_variance.assign(seen.var(axis=axes, dtype=np.float64))
        parts = range(0, len(seen), BATCH)
        seen = np.concatenate([np.asarray(layer(seen[at : at + BATCH])) for at in parts])


def fold(twin: keras.Sequential, plain: keras.Sequential) -> None:
    """Give `plain` the weights with which it answers as its trained twin does."""
    for layer in plain.layers:
        trained = twin.get_layer(layer.name)
        if not _rectifies(layer):
            layer.set_weights(trained.get_weights())
            continue
        normalised = twin.get_layer(_normalised(layer))
        gamma, beta, mean, variance = normalised.get_weights()
        scale = gamma / np.sqrt(variance + normalised.epsilon)
        (kernel,) = trained.get_weights()
        layer.set_weights([kernel * scale, beta - mean * scale])


def _rectifies(layer: keras.layers.Layer) -> bool:
    return getattr(layer, "activation", None) is keras.activations.relu


def _normalised(layer: keras.layers.Layer) -> str:
    return f"{layer.name}_normalised"
