"""What is exported answers as Keras does, or is not exported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from numpy.typing import NDArray

from digitpad.core.model_file import Model, load_model, save_model
from digitpad.core.network import softmax
from tests.training.samples import digit_pictures
from training.architectures import FAMILIES
from training.export import (
    PARITY,
    ParityError,
    check_parity,
    layer_list,
    round_weights,
    weight_arrays,
)

Arrays = dict[str, NDArray[np.float32]]


def random_network(name: str) -> keras.Sequential:
    """A network with random weights, biases too, large enough for sure answers."""
    model = FAMILIES[name].build()
    rng = np.random.default_rng(1)
    model.set_weights([rng.normal(0.0, 0.1, array.shape) for array in model.get_weights()])
    return model


def random_cnn() -> keras.Sequential:
    return random_network("cnn")


def saved(model: keras.Model, path: Path, change: Callable[[Arrays], None] | None = None) -> Model:
    """Write a model file of a Keras model, its weights changed if asked; return it loaded."""
    weights = weight_arrays(model)
    if change:
        change(weights)
    metadata: dict[str, Any] = {
        "input_shape": [28, 28, 1],
        "layers": layer_list(model),
        "labels": [str(digit) for digit in range(10)],
        "calibration": {"temperature": 1.0, "unsure_below": 0.5},
    }
    save_model(path, metadata, weights)
    return load_model(path)


def test_layers_and_weights_come_back_from_a_model_file(tmp_path: Path) -> None:
    # Given
    model = random_cnn()

    # When
    loaded = saved(model, tmp_path / "cnn.npz")

    # Then
    assert [layer["name"] for layer in loaded.metadata["layers"]] == [
        layer.name for layer in model.layers
    ]
    assert loaded.metadata["layers"][-1] == {
        "name": "digits",
        "type": "dense",
        "activation": "linear",
    }
    assert sum(array.size for array in loaded.weights.values()) == 93_322
    for name, array in weight_arrays(model).items():
        np.testing.assert_array_equal(loaded.weights[name], array)
    kernel = model.get_layer("conv2").get_weights()[0]
    np.testing.assert_array_equal(loaded.weights["conv2/kernel"], kernel)


@pytest.mark.parametrize("name", FAMILIES)
def test_the_exported_network_answers_as_keras_does(name: str, tmp_path: Path) -> None:
    # Given
    model = random_network(name)
    network = saved(model, tmp_path / "model.npz").network()
    pictures = np.random.default_rng(2).integers(0, 256, (40, 28, 28)).astype(np.uint8)

    # When
    difference = check_parity(model, tmp_path / "model.npz", pictures)

    # Then
    assert difference <= PARITY == 1e-5
    expected = model(pictures[..., None].astype(np.float32) / 255).numpy()
    answers = np.array([softmax(network.logits(p.astype(np.float32) / 255)) for p in pictures])
    assert np.abs(answers - expected).max() == pytest.approx(difference, abs=1e-7)
    assert len(set(answers.argmax(axis=1))) > 1


def test_rounded_weights_are_near_and_take_less_room(tmp_path: Path) -> None:
    # Given
    model = random_network("mlp-head")
    before = weight_arrays(model)
    saved(model, tmp_path / "full.npz")

    # When
    round_weights(model)

    # Then: eight bits of precision
    saved(model, tmp_path / "rounded.npz")
    for name, array in weight_arrays(model).items():
        np.testing.assert_allclose(array, before[name], rtol=2**-8)
    full, rounded = ((tmp_path / f"{name}.npz").stat().st_size for name in ("full", "rounded"))
    assert rounded < 0.6 * full


def test_a_weight_that_differs_is_noticed(tmp_path: Path) -> None:
    # Given
    def change(weights: Arrays) -> None:
        weights["conv1/kernel"] = weights["conv1/kernel"] + np.float32(0.01)

    model = random_cnn()
    saved(model, tmp_path / "cnn.npz", change)

    # When / then
    with pytest.raises(ParityError, match="a probability differs"):
        check_parity(model, tmp_path / "cnn.npz", digit_pictures(20, seed=12).pictures)


def test_an_answer_that_differs_by_a_hair_is_noticed(tmp_path: Path) -> None:
    # Given: a network that answers 0 by a hair, exported as one that answers 1 by a hair
    model = random_cnn()
    kernel, bias = model.get_layer("digits").get_weights()
    bias[:] = 0.0
    bias[0] = 2e-6
    model.get_layer("digits").set_weights([0.0 * kernel, bias])

    def change(weights: Arrays) -> None:
        weights["digits/bias"] = np.roll(weights["digits/bias"], 1)

    saved(model, tmp_path / "cnn.npz", change)

    # When / then
    with pytest.raises(ParityError, match="an answer differs"):
        check_parity(model, tmp_path / "cnn.npz", digit_pictures(5, seed=12).pictures)


def test_a_layer_that_the_model_file_does_not_know_is_refused() -> None:
    # Given
    model = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.BatchNormalization(name="b")])

    # When / then
    with pytest.raises(ValueError, match="no layer like 'b'"):
        layer_list(model)
