"""Keras: NumPy and `keras.Model.predict` on the same network, by turns in the same process."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from digitpad.core.model_file import load_model
from digitpad.core.resource_files import bundled_model_path, resource_path
from tests.bench.measurement import report
from tests.bench.turns import compare, sample_pixels

CALLS = 200


def measure() -> dict[str, Any]:
    """Return the microseconds of one call of each."""
    network = load_model(bundled_model_path()).network()
    model = keras.models.load_model(resource_path("model", "cnn.keras"))

    def with_keras(pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        # Logarithms of probabilities serve as logits: they have the same softmax.
        predicted = model.predict(pixels[None, :, :, None], verbose=0)
        return np.asarray(np.log(np.maximum(predicted[0], 1e-30)))

    numpy_us, keras_us = compare(network.logits, with_keras, sample_pixels(), CALLS)
    return {"numpy_us": numpy_us, "keras_us": keras_us}


if __name__ == "__main__":
    report(measure())
