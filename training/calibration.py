"""Calibration: make a confidence mean what it says, so that a boundary on it means something.

Fitted on validation data only.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from digitpad.core.network import softmax

EVEN_ODDS = 0.5
"""Under even odds an answer is more likely wrong than right, and is not called sure."""
TURNED_AWAY = 0.003
"""Share of validation digits that may fall under even odds: half of what is asked of people's
digits is kept for hands that the validation writers do not have."""
LARGEST_PRIOR = 3.0
"""Twenty digits for each other mark: to count on more would call anything a digit."""


def fit_prior(digit_probabilities: NDArray[np.float64], confidences: NDArray[np.float64]) -> float:
    """Return what to add to a detector's log odds of a digit, for a pad on which people write them.

    As little as leaves the share TURNED_AWAY of digits under even odds, in 0..LARGEST_PRIOR: other
    marks are far more common in training than at the pad. Given of each validation digit are the
    largest of its ten probabilities and that times the detector's probability. Digits whose ten
    probabilities alone are under even odds stay there.
    """
    is_digit = np.clip(confidences / digit_probabilities, 1e-12, 1.0 - 1e-12)
    with np.errstate(divide="ignore", invalid="ignore"):
        needed = np.minimum(EVEN_ODDS / digit_probabilities, 1.0)
        missing = np.log(needed / (1.0 - needed)) - np.log(is_digit / (1.0 - is_digit))
    reachable = missing[np.isfinite(missing)]
    lost = len(missing) - len(reachable)
    allowed = max(0, int(TURNED_AWAY * len(missing)) - lost)
    if not len(reachable):
        return 0.0
    enough = np.sort(reachable)[::-1][min(allowed, len(reachable) - 1)]
    return float(np.clip(enough, 0.0, LARGEST_PRIOR))


def fit_temperature(logits: NDArray[np.float32], labels: NDArray[np.uint8]) -> float:
    """Return the temperature with the least negative log likelihood (Guo et al. 2017).

    Logits of shape (n, 10). Searched by golden section over log temperature, -3 to 3.
    """
    ratio = (np.sqrt(5.0) - 1.0) / 2.0
    low, high = -3.0, 3.0
    for _ in range(40):
        left = high - ratio * (high - low)
        right = low + ratio * (high - low)
        if _loss(logits, labels, left) < _loss(logits, labels, right):
            high = right
        else:
            low = left
    return float(np.exp((low + high) / 2.0))


def _loss(logits: NDArray[np.float32], labels: NDArray[np.uint8], log_temperature: float) -> float:
    probabilities = softmax(logits, float(np.exp(log_temperature)))
    of_label = probabilities[np.arange(len(labels)), labels]
    return float(-np.log(np.maximum(of_label, 1e-12)).mean())


def expected_calibration_error(
    probabilities: NDArray[np.float64],
    labels: NDArray[np.uint8],
    confidences: NDArray[np.float64] | None = None,
    bins: int = 15,
) -> float:
    """Mean gap between confidence and accuracy over equal-width bins, weighted by their sizes.

    Confidence is the largest probability of each row unless `confidences` are given.
    (Naeini et al. 2015.)
    """
    confidence = probabilities.max(axis=1) if confidences is None else confidences
    right = probabilities.argmax(axis=1) == labels
    bin_of = np.minimum((confidence * bins).astype(int), bins - 1)
    gap = np.abs(np.bincount(bin_of, confidence - right, minlength=bins))
    return float(gap.sum() / len(labels))
