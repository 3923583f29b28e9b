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
"""Share of validation digits that may fall under even odds: about half of what is asked of people's
digits. The rest is left for hands unlike those of the validation writers."""
BINS = 15
"""Of confidence, for the expected calibration error; as many as Guo et al. 2017 have."""
LARGEST_PRIOR = 3.0
"""In log odds: twenty digits for each other mark. A larger one would call anything a digit."""


def fit_prior(digit_probabilities: NDArray[np.float64], confidences: NDArray[np.float64]) -> float:
    """Return what to add to a detector's log odds of a digit, 0 to LARGEST_PRIOR.

    Other marks are far more common in training than at a pad on which people write digits. It is
    the least number that leaves no more than the share TURNED_AWAY of digits under even odds.

    Both arrays have shape (n,), a value for each validation digit: the largest of its ten
    probabilities, and that times the detector's probability of a digit. Where the first alone is
    under even odds, nothing can be added that helps.
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


def bins_of(confidences: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return which of BINS equal-width bins each confidence, 0 to 1, lies in, from 0."""
    return np.minimum((confidences * BINS).astype(np.intp), BINS - 1)


def expected_calibration_error(
    probabilities: NDArray[np.float64],
    labels: NDArray[np.uint8],
    confidences: NDArray[np.float64] | None = None,
) -> float:
    """Return the mean gap between confidence and accuracy over bins, weighted by their sizes.

    Naeini et al. 2015. `probabilities` have shape (n, 10). Confidence is the largest of each row
    unless `confidences`, shape (n,), are given.
    """
    confidence = probabilities.max(axis=1) if confidences is None else confidences
    right = probabilities.argmax(axis=1) == labels
    gap = np.abs(np.bincount(bins_of(confidence), confidence - right, minlength=BINS))
    return float(gap.sum() / len(labels))
