"""Inputs: pictures, ink and labels as the networks in Keras take them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digitpad.core.ink import Ink
from digitpad.core.preprocess import prepare_many

Inputs = NDArray[np.float32]


def as_inputs(pictures: NDArray[np.uint8]) -> Inputs:
    """Return bytes of shape (n, 28, 28) as the network's input, (n, 28, 28, 1) in 0..1."""
    return pictures[..., None].astype(np.float32) / np.float32(255)


def painted_inputs(inks: Sequence[Ink]) -> Inputs:
    """Return drawings, painted as the pad does, as the network's input, shape (n, 28, 28, 1)."""
    return prepare_many(inks)[..., None]


def one_hot(labels: NDArray[np.uint8]) -> Inputs:
    """Return labels 0..9 as rows of ten."""
    return np.eye(10, dtype=np.float32)[labels]
