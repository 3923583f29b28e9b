"""Nearby pictures: what is computed in part is what the whole network says."""

from __future__ import annotations

import numpy as np
import pytest

from digitpad.core.explain.nearby import TOGETHER, Nearby
from digitpad.core.model_file import Model
from digitpad.core.preprocess import prepare_ink
from tests.synthetic_ink import digit_ink


@pytest.mark.parametrize("which", ["cnn", "mlp", "small"])
@pytest.mark.parametrize("side", [0, 1, 4, 5, 12, 28])
def test_pictures_near_another_are_read_as_by_the_whole_network(
    request: pytest.FixtureRequest, which: str, side: int
) -> None:
    # Given
    model: Model = request.getfixturevalue(which)
    network = model.network()
    pixels = prepare_ink(digit_ink(5))
    rng = np.random.default_rng(side)
    last = 28 - side
    edges = np.array([[0, 0], [0, last], [last, 0], [last, last]])
    corners = np.concatenate([edges, rng.integers(0, last + 1, (TOGETHER, 2))])
    pictures = np.repeat(pixels[None], len(corners), axis=0)
    for picture, (row, column) in zip(pictures, corners, strict=True):
        picture[row : row + side, column : column + side] = rng.random((side, side))
    whole = network.activations_of_many(pictures)

    # When
    seen = network.activations_of_many(pixels[None])
    found = Nearby(model).activations(seen, pixels, pictures, whole)

    # Then
    assert found.keys() == whole.keys()
    for name, outputs in whole.items():
        assert side == 0 or np.ptp(outputs, axis=0).max() > 0.1
        np.testing.assert_allclose(found[name], outputs, rtol=0, atol=1e-4)


def test_pictures_near_one_leave_no_trace_in_those_near_another(cnn: Model) -> None:
    network, nearby = cnn.network(), Nearby(cnn)
    one, two = (prepare_ink(digit_ink(digit)) for digit in (3, 8))
    stack = np.stack([two, two])
    nearby.logits(network.activations_of_many(one[None]), one, stack)

    logits = nearby.logits(network.activations_of_many(two[None]), two, stack)

    np.testing.assert_allclose(logits, network.logits_of_many(stack), atol=1e-4)


def test_no_picture_has_no_logits(cnn: Model) -> None:
    pixels = np.zeros((1, 28, 28), np.float32)
    seen = cnn.network().activations_of_many(pixels)

    assert Nearby(cnn).logits(seen, pixels[0], pixels[:0]).shape == (0, 10)
