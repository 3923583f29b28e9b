"""Digit detector: whether a mark is a digit at all, from what was found of it.

A small network tells the ten digits and every other kind of mark that it was taught (letters,
signs, scribbles) from each other. Which other kind it is does not matter here: a mark is a digit
with the probability of the ten together. One detector sees what the network found in a picture,
another one how a drawing was written (`trajectory_reader.py`).
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
        places = range(len(kinds))
        self._digits = [place for digit in digits for place in places if kinds[place] == digit]
        self._others = np.flatnonzero(~are_digits)

    @property
    def digits(self) -> int:
        """How many of its outputs stand for digits."""
        return len(self._digits)

    def log_odds_of_many(self, features: Array) -> NDArray[np.float64]:
        """Return the log odds that each mark is a digit, shape (n,).

        `features` holds what was found of each mark, along the first axis.
        """
        return self.digits_and_log_odds(features)[1]

    def digits_and_log_odds(
        self, features: Array
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the logits of the digits, shape (n, digits), and the log odds that each mark is a
        digit, shape (n,)."""
        logits = self._network.logits_of_many(features).astype(np.float64)
        digits = logits[:, self._digits]
        return digits, _log_sum(digits) - _log_sum(logits[:, self._others])


def _log_sum(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the logarithm of the sum of powers along the last axis."""
    largest = logits.max(axis=-1, keepdims=True)
    return np.asarray(largest[..., 0] + np.log(np.exp(logits - largest).sum(axis=-1)))
