"""Calibration: make a confidence mean what it says, so that a boundary on it means something.

Fitted on validation data only.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from digitpad.core.network import softmax

TURNED_AWAY = 0.003
"""Share of validation digits that the boundary may turn away: half of what is asked of people's
digits is kept for hands that the validation writers do not have."""
EVEN_ODDS = 0.5
"""Under even odds an answer is more likely wrong than right."""


def fit_boundary(confidences: NDArray[np.float64]) -> float:
    """Return the confidence under which an answer is not called sure.

    As much as turns away the share TURNED_AWAY of digits with these `confidences`, at most even
    odds: what turns other marks away best without turning more digits away.
    """
    return float(min(EVEN_ODDS, np.quantile(confidences, TURNED_AWAY)))


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
