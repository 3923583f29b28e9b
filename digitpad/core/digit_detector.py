"""Digit detector: whether a mark is a digit at all, from what the network found in its picture.

A small network tells the ten digits and every other kind of mark that it was taught (letters,
signs, scribbles) from each other. Which kind it is does not matter here: a mark is a digit with
the probability of the ten together.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digitpad.core.network import Array, Network, NetworkError


class DigitDetector:
    """Tells digits from other marks; not safe for use from two threads at once.

    `kinds` names what each output of `network` stands for; those named in `digits` are digits.
    Raises NetworkError when these are none or all of them, or not as many as outputs.
    """

    def __init__(self, network: Network, kinds: Sequence[str], digits: Sequence[str]) -> None:
        self._network = network
        are_digits = np.array([kind in digits for kind in kinds], bool)
        if network.output_shape != are_digits.shape or are_digits.all() or not are_digits.any():
            raise NetworkError("the outputs of the digit detector are not digits and other marks")
        self._digits, self._others = np.flatnonzero(are_digits), np.flatnonzero(~are_digits)

    def log_odds_of_many(self, features: Array) -> NDArray[np.float64]:
        """Return the log odds that each mark is a digit, shape (n,).

        `features` holds what the network found in each picture, along the first axis.
        """
        logits = self._network.logits_of_many(features).astype(np.float64)
        return _log_sum(logits[:, self._digits]) - _log_sum(logits[:, self._others])


def _log_sum(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the logarithm of the sum of powers along the last axis."""
    largest = logits.max(axis=-1, keepdims=True)
    return np.asarray(largest[..., 0] + np.log(np.exp(logits - largest).sum(axis=-1)))
