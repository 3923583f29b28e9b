"""Calibration: make a confidence mean what it says, and find where to call an answer unsure.

Fitted on validation data only.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from digitpad.core.network import softmax

TURNED_AWAY = 0.004
"""Share of real digits that are turned away at the least. A little under the half per cent that a
person will bear, so that other data stays under it too."""
EVEN_ODDS = 0.5
"""Under this confidence an answer is more likely wrong than right, and never called sure."""


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


def fit_unsure_below(confidences: NDArray[np.float64]) -> float:
    """Return the confidence that TURNED_AWAY of real digits stay under, but at least EVEN_ODDS."""
    return max(EVEN_ODDS, float(np.quantile(confidences, TURNED_AWAY)))


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
