"""Morphology: pictures and masks in which bright things have grown or shrunk."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def closed(values: Floats, window: int) -> Floats:
    """Return the greyscale closing with a square window, an odd number of pixels wide."""
    reach = window // 2
    padded = np.pad(values, reach, mode="edge")
    highest = _slid(_slid(padded, window, 0, np.maximum), window, 1, np.maximum)
    padded = np.pad(highest, reach, mode="edge")
    return _slid(_slid(padded, window, 0, np.minimum), window, 1, np.minimum)


def _slid(values: Floats, window: int, axis: int, choose: np.ufunc) -> Floats:
    """Return the extremes of each run of `window` values, by doubling the length of the runs."""
    along = np.moveaxis(values, axis, 0)
    length = 1
    while length < window:
        step = min(length, window - length)
        along = choose(along[:-step], along[step:])
        length += step
    return np.moveaxis(along, 0, axis)


def grown(mask: NDArray[np.bool_], reach: int = 1) -> NDArray[np.bool_]:
    """Return what lies at most `reach` rows and columns from a pixel of a mask."""
    result = mask.copy()
    for axis in (0, 1):
        source = np.moveaxis(result.copy(), axis, 0)
        target = np.moveaxis(result, axis, 0)
        for step in range(1, reach + 1):
            target[step:] |= source[:-step]
            target[:-step] |= source[step:]
    return result
