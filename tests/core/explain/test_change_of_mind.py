"""What would change the network's mind."""

from __future__ import annotations

import numpy as np
import pytest

from digitpad.core.explain.change_of_mind import (
    MindChanger,
)
from digitpad.core.model_file import Model
from digitpad.core.preprocess import prepare_ink
from tests.synthetic_ink import digit_ink, varied


def test_the_changed_picture_is_read_as_the_other_digit_and_only_just(cnn: Model) -> None:
    network, changer = cnn.network(), MindChanger(cnn)
    rng = np.random.default_rng(4)
    distances = []
    for number in range(20):
        pixels = prepare_ink(varied(digit_ink(number % 10), rng))
        before = pixels.copy()

        change = changer.change(pixels)

        assert change is not None
        assert change.answer == network.logits(pixels).argmax()
        assert change.other == network.logits(change.pixels).argmax() != change.answer
        assert change.pixels.shape == (28, 28)
        assert change.pixels.dtype == np.float32
        assert change.pixels.min() >= 0.0
        assert change.pixels.max() <= 1.0
        np.testing.assert_array_equal(pixels, before)
        # The distance is what the words say it is.
        changed = np.abs(change.pixels - pixels).sum() / pixels.sum()
        assert change.distance == pytest.approx(float(changed), abs=1e-4)
        assert change.added + change.removed == pytest.approx(change.distance)
        distances.append(change.distance)
    assert np.median(distances) < 0.25


def test_it_is_nearer_than_a_random_change_of_as_much_ink(cnn: Model) -> None:
    network, changer = cnn.network(), MindChanger(cnn)
    rng = np.random.default_rng(5)
    for digit in (3, 6, 8):
        pixels = prepare_ink(digit_ink(digit))
        change = changer.change(pixels)
        assert change is not None
        for _ in range(10):
            # The same change, elsewhere.
            rows, columns = rng.permutation(28), rng.permutation(28)
            other = np.clip(pixels + (change.pixels - pixels)[rows][:, columns], 0.0, 1.0)
            assert network.logits(other).argmax() == change.answer


@pytest.mark.parametrize("which", ["mlp", "small"])
def test_other_networks_have_a_mind_to_change_too(
    which: str, request: pytest.FixtureRequest
) -> None:
    model: Model = request.getfixturevalue(which)
    pixels = prepare_ink(digit_ink(9))

    change = MindChanger(model).change(pixels)

    assert change is not None
    assert model.network().logits(change.pixels).argmax() == change.other != change.answer


def test_an_empty_picture_has_no_mind_to_change(cnn: Model) -> None:
    assert MindChanger(cnn).change(np.zeros((28, 28), np.float32)) is None


def test_a_network_that_answers_all_alike_cannot_change(small: Model) -> None:
    weights = {**small.weights, "d2/kernel": np.zeros((6, 10), np.float32)}
    stubborn = Model(small.metadata, weights)
    assert MindChanger(stubborn).change(prepare_ink(digit_ink(2))) is None
