"""A network with normalisation folds into the plain network that it was trained for."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from keras import layers

from tests.training.samples import digit_pictures
from training.architectures import build_cnn
from training.inputs import as_inputs, one_hot
from training.normalisation import fold, settle, with_normalisation

DATA = digit_pictures(60, seed=6)
INPUTS, TARGETS = as_inputs(DATA.pictures), one_hot(DATA.labels)


@pytest.fixture(scope="module")
def trained() -> keras.Sequential:
    """A twin with weights, scales and offsets that are no longer the initial ones."""
    twin = with_normalisation(build_cnn())
    twin.compile(keras.optimizers.Adam(0.01), "categorical_crossentropy")
    twin.fit(INPUTS, TARGETS, batch_size=20, epochs=3, verbose=0)
    settle(twin, INPUTS)
    return twin


def test_the_plain_network_answers_as_its_settled_twin(trained: keras.Sequential) -> None:
    # Given
    plain = build_cnn()
    before = plain.predict(INPUTS, verbose=0)

    # When
    fold(trained, plain)

    # Then
    expected = trained.predict(INPUTS, verbose=0)
    np.testing.assert_allclose(plain.predict(INPUTS, verbose=0), expected, atol=1e-5)
    assert np.abs(before - expected).max() > 0.1
    assert plain.count_params() == 93_322


def test_settling_normalises_what_the_layers_see(trained: keras.Sequential) -> None:
    for layer in trained.layers:
        if isinstance(layer, layers.BatchNormalization):
            # When
            seen = keras.Model(trained.inputs, layer.input).predict(INPUTS, verbose=0)
            channels = seen.reshape(-1, seen.shape[-1])

            # Then
            np.testing.assert_allclose(layer.moving_mean, channels.mean(axis=0), atol=1e-4)
            np.testing.assert_allclose(layer.moving_variance, channels.var(axis=0), rtol=1e-3)


def test_every_layer_but_the_last_is_normalised() -> None:
    # When
    twin = with_normalisation(build_cnn())

    # Then
    normalised = [name for name in (layer.name for layer in twin.layers) if "normalised" in name]
    assert normalised == [f"{name}_normalised" for name in ("conv1", "conv2", "conv3", "dense1")]
