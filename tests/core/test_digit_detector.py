"""The digit detector weighs the digits together against all other kinds of marks together."""

from __future__ import annotations

import numpy as np
import pytest

from digitpad.core.digit_detector import DigitDetector
from digitpad.core.network import Network, NetworkError

KINDS = ["0", "&", "1", "?"]
LAYERS = [{"type": "dense", "name": "kinds", "activation": "linear"}]


def network(kernel: list[list[float]]) -> Network:
    """Return one dense layer without a bias."""
    weights = {
        "kinds/kernel": np.array(kernel, np.float32),
        "kinds/bias": np.zeros(len(kernel[0]), np.float32),
    }
    return Network([len(kernel)], LAYERS, weights)


def test_the_odds_are_those_of_all_digits_against_all_others() -> None:
    # Given: a network whose outputs are what it is shown
    detector = DigitDetector(network(np.eye(4).tolist()), KINDS, "01")
    shown = np.log([[1.0, 2.0, 5.0, 2.0], [1.0, 1.0, 1.0, 1.0], [1.0, 6.0, 2.0, 6.0]])

    # When
    odds = detector.log_odds_of_many(shown.astype(np.float32))

    # Then: 6 to 4, even, and 3 to 12
    np.testing.assert_allclose(odds, np.log([1.5, 1.0, 0.25]), atol=1e-6)


def test_odds_beyond_what_powers_can_hold_are_finite() -> None:
    detector = DigitDetector(network(np.eye(4).tolist()), KINDS, "01")

    odds = detector.log_odds_of_many(np.array([[9e4, 0.0, 0.0, -9e4]], np.float32))

    np.testing.assert_allclose(odds, [9e4])


def test_of_no_picture_there_are_no_odds() -> None:
    detector = DigitDetector(network(np.eye(4).tolist()), KINDS, "01")

    assert detector.log_odds_of_many(np.empty((0, 4), np.float32)).shape == (0,)


@pytest.mark.parametrize("kinds", [["0", "&", "1"], ["0", "1", "0", "1"], ["a", "b", "c", "d"]])
def test_outputs_that_are_not_digits_and_others_are_refused(kinds: list[str]) -> None:
    with pytest.raises(NetworkError):
        DigitDetector(network(np.eye(4).tolist()), kinds, "01")
