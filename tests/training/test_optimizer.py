"""The optimizer: what decays, and the averages it keeps."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from training.optimizer import adamw


def test_kernels_decay_and_biases_and_normalisations_do_not() -> None:
    # Given: weights of one, and nothing that would move them
    layers = [keras.layers.Dense(2), keras.layers.BatchNormalization()]
    model = keras.Sequential([keras.Input((3,)), *layers])
    model.set_weights([np.ones_like(array) for array in model.get_weights()])
    optimizer = adamw(_constant(0.1), weight_decay=0.5)
    weights = model.trainable_variables

    # When
    optimizer.apply([keras.ops.zeros_like(weight) for weight in weights], weights)

    # Then
    found = {weight.name: float(keras.ops.max(weight)) for weight in weights}
    assert found == pytest.approx({"kernel": 0.95, "bias": 1.0, "beta": 1.0, "gamma": 1.0})


def test_averages_take_the_place_of_weights_when_asked_and_not_before() -> None:
    # Given
    weight = keras.Variable([1.0], name="kernel")
    optimizer = adamw(_constant(0.1), weight_decay=0.0, averaging_momentum=0.5)

    # When
    for _ in range(2):
        optimizer.apply([np.ones(1, np.float32)], [weight])
    last = float(weight[0])
    optimizer.finalize_variable_values([weight])

    # Then: two steps of 0.1 down, and the mean of the places after them
    assert last == pytest.approx(0.8, abs=1e-5)
    assert float(weight[0]) == pytest.approx(0.85, abs=1e-5)


def _constant(rate: float) -> keras.optimizers.schedules.LearningRateSchedule:
    return keras.optimizers.schedules.PiecewiseConstantDecay([1], [rate, rate])
