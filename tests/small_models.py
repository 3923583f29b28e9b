"""Small models: one dense layer with chosen weights, so that a test knows every answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitpad.core.model_file import save_model
from digitpad.core.trajectory import FEATURES

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


def save_trajectory_model(path: Path, logits: Sequence[float], **changes: Any) -> Path:
    """Write a model whose network answers with `logits` and takes everything for a digit.

    One stroke speaks for a 9 and two for a 4, by two logits each; three speak against any digit.
    `changes` are of what the file says of its trajectory network.
    """
    trajectory = {
        "input_shape": [FEATURES],
        "layers": [{"type": "dense", "name": "trajectory1", "activation": "linear"}],
        "kinds": [*map(str, range(10)), "x"],
        "digits": {"picture": 1.0, "trajectory": 1.0, "bias": 0.0},
        "is_digit": {"picture": 1.0, "trajectory": 1.0, "bias": 0.0},
        **changes,
    }
    kernel = np.zeros((FEATURES, 11), np.float32)
    kernel[0, 9] = kernel[1, 4] = 2.0
    kernel[2, 10] = 20.0
    weights = small_weights(logits, log_odds=9.0)
    weights |= {"trajectory1/kernel": kernel, "trajectory1/bias": np.zeros(11, np.float32)}
    save_model(path, small_metadata(digit_detector=DETECTOR, trajectory=trajectory), weights)
    return path
