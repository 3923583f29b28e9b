"""Blots: pictures of solid ink, in which there is no line to read.

Owns how wide a line may be. A network that was fitted on lines has no say in what is none.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SIDE = 10
"""Side, in pixels, of a square that no pen's line fills. Of MNIST's 60,000 training pictures 2 hold
one that is as dark as DARK, and of 10,311 pen drawings none does."""
DARK = 0.9
"""Least ink, of 1, in each pixel of such a square."""


def are_blots(pictures: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return which of the pictures, shape (n, 28, 28), hold a solid square; shape (n,)."""
    count, rows, columns = pictures.shape
    dark = pictures >= DARK
    may_be = np.asarray(dark.sum(axis=(1, 2)) >= SIDE * SIDE)
    if not may_be.any():
        return may_be
    sums = np.zeros((count, rows + 1, columns + 1), np.int32)
    np.cumsum(dark, axis=1, out=sums[:, 1:, 1:])
    np.cumsum(sums[:, 1:, 1:], axis=2, out=sums[:, 1:, 1:])
    high, low = sums[:, SIDE:], sums[:, :-SIDE]
    inside = high[:, :, SIDE:] - high[:, :, :-SIDE] - low[:, :, SIDE:] + low[:, :, :-SIDE]
    return np.asarray((inside == SIDE * SIDE).any(axis=(1, 2)), np.bool_)
