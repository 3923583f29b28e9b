"""Export: a Keras model as a model file's layers and weights, and the check that both agree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from digitpad.core.model_file import load_model
from digitpad.core.network import softmax
from training.inputs import as_inputs

PARITY = 1e-5
"""Largest difference of a probability between Keras and NumPy."""


class ParityError(Exception):
    """The NumPy network does not answer as Keras does."""


def layer_list(model: keras.Model) -> list[dict[str, Any]]:
    """Return the layers as a model file names them; the softmax becomes part of the reading."""
    specs: list[dict[str, Any]] = []
    for layer in model.layers:
        spec: dict[str, Any] = {"name": layer.name}
        match layer:
            case keras.layers.Conv2D() | keras.layers.Dense():
                activation = layer.activation.__name__
                is_conv = isinstance(layer, keras.layers.Conv2D)
                spec["type"] = "conv" if is_conv else "dense"
                spec["activation"] = "linear" if activation == "softmax" else activation
            case keras.layers.MaxPooling2D():
                spec["type"] = "pool"
            case keras.layers.Flatten():
                spec["type"] = "flatten"
            case _:
                raise ValueError(f"the model file has no layer like {layer.name!r}")
        specs.append(spec)
    return specs


def weight_arrays(model: keras.Model) -> dict[str, NDArray[np.float32]]:
    """Return the weights as a model file names them: "LAYER/kernel" and "LAYER/bias"."""
    return {
        f"{layer.name}/{variable.name}": keras.ops.convert_to_numpy(variable)
        for layer in model.layers
        for variable in layer.weights
    }


def round_weights(model: keras.Model) -> None:
    """Round every weight to bfloat16 (eight bits of precision), so that its file halves."""
    model.set_weights(
        [
            keras.ops.convert_to_numpy(keras.ops.cast(keras.ops.cast(array, "bfloat16"), "float32"))
            for array in model.get_weights()
        ]
    )


def logits_model(model: keras.Model) -> keras.Model:
    """Return a copy of the model without the softmax."""
    copy = keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    copy.layers[-1].activation = keras.activations.linear
    return copy


def check_parity(model: keras.Model, path: Path, pictures: NDArray[np.uint8]) -> float:
    """Return the largest difference of a probability over all pictures; raises ParityError."""
    inputs = as_inputs(pictures)
    expected = model.predict(inputs, batch_size=1024, verbose=0)
    network = load_model(path).network()
    answers = np.stack([softmax(network.logits(picture)) for picture in inputs])
    difference = float(np.abs(answers - expected).max())
    if difference > PARITY:
        raise ParityError(f"a probability differs from Keras' by {difference:.1e}")
    if (answers.argmax(axis=1) != expected.argmax(axis=1)).any():
        raise ParityError("an answer differs from Keras'")
    return difference
