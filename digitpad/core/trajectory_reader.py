"""Trajectory reader: what the way a digit was written says of it, beside what its picture says.

A small network sees the numbers of `trajectory.py` and tells the ten digits from each other and
from other kinds of marks. Picture and trajectory are taken as two witnesses: their logits are
weighed and added (a product of experts; Hinton 2002).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digitpad.core.digit_detector import DigitDetector
from digitpad.core.ink import Ink
from digitpad.core.network import NetworkError
from digitpad.core.trajectory import trajectory_features

LARGEST_WEIGHT = 100.0
"""Of a witness; a fitted one lies about 1."""

Numbers = NDArray[np.float64]


class Statement(NamedTuple):
    """What a witness says of n drawings."""

    logits: Numbers
    """Of the ten digits, shape (n, 10)."""
    log_odds: Numbers
    """Of being a digit at all, shape (n,)."""

    def about(self, places: slice | Sequence[int]) -> Statement:
        """Return what is said of some of the drawings."""
        return Statement(self.logits[places], self.log_odds[places])


@dataclass(frozen=True, slots=True)
class Witnesses:
    """How much each of the two counts, as factors of their logits; `bias` is added."""

    picture: float
    trajectory: float
    bias: float = 0.0

    def together(self, of_picture: Numbers, of_trajectory: Numbers) -> Numbers:
        """Return the logits of both together, of those of each, in the same shape."""
        return self.picture * of_picture + self.trajectory * of_trajectory + self.bias


class TrajectoryReader:
    """Weighs how drawings were written; not safe for use from two threads at once.

    `digits` weighs the logits of the ten digits, `is_digit` the log odds of being one at all.
    Raises NetworkError when a weight is out of range or the detector does not know ten digits.
    """

    def __init__(self, detector: DigitDetector, digits: Witnesses, is_digit: Witnesses) -> None:
        if detector.digits != 10:
            raise NetworkError("the trajectory network does not know the ten digits")
        weights = (*astuple(digits), *astuple(is_digit))
        if not all(abs(weight) <= LARGEST_WEIGHT for weight in weights):
            raise NetworkError("a weight of the trajectory is out of range")
        self._detector = detector
        self._digits, self._is_digit = digits, is_digit

    def alone(self, inks: Sequence[Ink]) -> Statement:
        """Return what the trajectories alone say.

        Raises NetworkError when the network is for other numbers than trajectories have.
        """
        return Statement(*self._detector.digits_and_log_odds(trajectory_features(inks)))

    def weighed(self, of_picture: Statement, of_trajectory: Statement) -> Statement:
        """Return both together, calibrated."""
        return Statement(
            self._digits.together(of_picture.logits, of_trajectory.logits),
            self._is_digit.together(of_picture.log_odds, of_trajectory.log_odds),
        )
