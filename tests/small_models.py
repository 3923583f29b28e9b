"""Small models: one dense layer with chosen weights, so that a test knows every answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitpad.core.model_file import save_model

Arrays = dict[str, NDArray[np.float32]]

DETECTOR: dict[str, Any] = {
    "features": "pixels",
    "input_shape": [784],
    "layers": [{"type": "dense", "name": "is_digit", "activation": "linear"}],
    "kinds": ["7", "x"],
}


def small_metadata(**changes: Any) -> dict[str, Any]:
    """Return the metadata of a model that is fine but for the changes."""
    return {
        "input_shape": [28, 28, 1],
        "layers": [
            {"type": "flatten", "name": "pixels"},
            {"type": "dense", "name": "digits", "activation": "linear"},
        ],
        "labels": [str(digit) for digit in range(10)],
        "calibration": {"temperature": 1.0, "unsure_below": 0.8},
        **changes,
    }


def small_weights(
    logits: Sequence[float] = (0.0,) * 10, log_odds: float | None = None, seed: int | None = None
) -> Arrays:
    """Return weights that give these logits for every drawing; random kernels with a seed."""
    rng = np.random.default_rng(seed)
    kernel = np.zeros((784, 10)) if seed is None else rng.normal(0.0, 0.1, (784, 10))
    weights: Arrays = {
        "digits/kernel": kernel.astype(np.float32),
        "digits/bias": np.array(logits, np.float32),
    }
    if log_odds is not None:
        weights["is_digit/kernel"] = np.zeros((784, 2), np.float32)
        weights["is_digit/bias"] = np.array([log_odds, 0.0], np.float32)
    return weights


def save_small_model(
    path: Path,
    logits: Sequence[float] = (0.0,) * 10,
    log_odds: float | None = None,
    **changes: Any,
) -> Path:
    """Write a model that answers with these logits, and with a digit detector if asked."""
    detector = {} if log_odds is None else {"digit_detector": DETECTOR}
    save_model(path, small_metadata(**detector, **changes), small_weights(logits, log_odds))
    return path
