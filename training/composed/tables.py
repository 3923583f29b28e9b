"""Composed tables: a sheet of paper on a darker, grained table, seen a little askew."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitpad.core.page.sheet import homography
from training.composed.pasted_digits import Grey

MOST_MOVED = 0.1
"""How far each corner of the sheet lies from the photo's, as a share of its side; 0.03 at least."""
STEEPEST = 12.0
"""Degrees by which the sheet is turned at most."""


def lay_on_table(sheet: Grey, rng: np.random.Generator) -> Grey:
    """Return a photo of the same size in which the sheet lies on a table."""
    height, width = sheet.shape
    middle = np.array([width, height]) / 2
    corners = np.array([(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)])
    corners *= 1 - 2 * rng.uniform(0.03, MOST_MOVED, (4, 2))
    angle = np.radians(rng.uniform(-STEEPEST, STEEPEST))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    # So small that it stays in the photo when it is turned.
    reach = (np.abs(turn) @ middle / middle).max()
    corners = corners * middle @ turn.T / reach + middle
    cover = _warped(np.full(sheet.shape, 255, np.uint8), corners)
    lying = _warped(np.clip(sheet * 255, 0, 255).astype(np.uint8), corners)
    return np.asarray(_table(sheet.shape, rng) * (1 - cover) + lying * cover, np.float32)


def _table(shape: tuple[int, ...], rng: np.random.Generator) -> Grey:
    """Return wood or cloth: stripes of some width and direction."""
    rows, columns = np.indices(shape)
    direction, wide = rng.uniform(0, np.pi), rng.uniform(0.004, 0.03) * max(shape)
    along = np.cos(direction) * columns + np.sin(direction) * rows
    grain = 1 + rng.uniform(0.0, 0.15) * np.sin(2 * np.pi * along / wide)
    return np.asarray(rng.uniform(0.05, 0.5) * grain, np.float32)


def _warped(picture: NDArray[np.uint8], corners: NDArray[np.float64]) -> Grey:
    """Return a picture with its corners moved to places, 0 around it."""
    height, width = picture.shape
    flat = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float64)
    back = homography(corners, flat).ravel()[:8].tolist()
    warped = Image.fromarray(picture).transform(
        (width, height), Image.Transform.PERSPECTIVE, back, Image.Resampling.BICUBIC
    )
    return np.asarray(warped, np.float32) / np.float32(255)
