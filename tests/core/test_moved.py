"""Moved pictures: what is computed of nine at once is what the whole network says of each."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from digitpad.core.model_file import Model
from digitpad.core.moved import Moved
from digitpad.core.preprocess import prepare_ink
from tests.synthetic_ink import digit_ink


@pytest.mark.parametrize("which", ["cnn", "mlp", "small"])
def test_a_picture_in_nine_places_is_read_as_by_the_whole_network(
    request: pytest.FixtureRequest, which: str
) -> None:
    # Given one drawing, and another picture with ink up to its edges
    model: Model = request.getfixturevalue(which)
    network, moved = model.network(), Moved(model)
    noise = np.random.default_rng(3).random((28, 28)).astype(np.float32)
    for pixels in (prepare_ink(digit_ink(5)), noise):
        padded = np.pad(pixels, 1)
        places = itertools.product(range(3), repeat=2)
        pictures = np.stack([padded[y : y + 28, x : x + 28] for y, x in places])
        whole = network.logits_of_many(pictures)

        # When
        logits = moved.logits(pixels)

        # Then
        assert np.ptp(whole, axis=0).max() > 0.1
        np.testing.assert_allclose(logits, whole, rtol=0, atol=1e-4)
