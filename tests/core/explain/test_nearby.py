"""Nearby pictures: what is computed in part is what the whole network says."""

from __future__ import annotations

import numpy as np
import pytest

from digitpad.core.explain.gradients import GradientNetwork
from digitpad.core.explain.nearby import Nearby
from digitpad.core.model_file import Model
from digitpad.core.network import TOGETHER
from digitpad.core.preprocess import prepare_ink
from tests.synthetic_ink import digit_ink


@pytest.mark.parametrize("which", ["cnn", "mlp", "small"])
@pytest.mark.parametrize("side", [1, 4, 5, 12, 28])
def test_pictures_near_another_are_read_as_by_the_whole_network(
    request: pytest.FixtureRequest, which: str, side: int
) -> None:
    # Given
    model: Model = request.getfixturevalue(which)
    layers = GradientNetwork(model)
    nearby = Nearby(layers, side)
    pixels = prepare_ink(digit_ink(5)).pixels
    rng = np.random.default_rng(side)
    last = 28 - side
    edges = np.array([[0, 0], [0, last], [last, 0], [last, last]])
    corners = np.concatenate([edges, rng.integers(0, last + 1, (2 * TOGETHER, 2))])
    pictures = np.repeat(pixels[None], len(corners), axis=0)
    for picture, (row, column) in zip(pictures, corners, strict=True):
        picture[row : row + side, column : column + side] = rng.random((side, side))

    # When
    logits = nearby.logits(layers.run(pixels[None]), pictures, corners)

    # Then
    whole = model.network().logits_of_many(pictures)
    assert np.ptp(whole, axis=0).max() > 0.1
    np.testing.assert_allclose(logits, whole, rtol=0, atol=1e-4)


def test_pictures_near_one_leave_no_trace_in_those_near_another(cnn: Model) -> None:
    layers = GradientNetwork(cnn)
    nearby = Nearby(layers, 5)
    one, two = (prepare_ink(digit_ink(digit)).pixels for digit in (3, 8))
    corners = np.array([[10, 10], [3, 20]])
    unchanged = np.stack([two, two])
    nearby.logits(layers.run(one[None]), np.zeros((2, 28, 28), np.float32) + one, corners)

    logits = nearby.logits(layers.run(two[None]), unchanged, corners)

    np.testing.assert_allclose(logits, cnn.network().logits_of_many(unchanged), atol=1e-4)


def test_no_picture_has_no_logits(cnn: Model) -> None:
    layers = GradientNetwork(cnn)
    run = layers.run(np.zeros((1, 28, 28), np.float32))

    logits = Nearby(layers, 5).logits(
        run, np.zeros((0, 28, 28), np.float32), np.zeros((0, 2), np.intp)
    )

    assert logits.shape == (0, 10)
