"""Preprocess: ink -> the 28x28 picture the network sees.

Owns the geometry between pen and network, the same in training and at the pad, and its version.
MNIST's own normalisation (LeCun et al. 1998, section III-A): the writing fills a 20-pixel box with
its aspect ratio kept, then its centre of mass is placed at the middle of 28x28. The pen's width,
the place and the size of the drawing do not reach the network.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digitpad.core.ink import Ink
from digitpad.core.raster import cut, paint_many

PREPROCESS_VERSION = 1
"""Counts changes of this file that a network trained before would notice."""

IMAGE_SIZE = 28
BOX_SIZE = 20
STROKE_RADIUS = 1.1
"""Half the pen's width in pixels; 45 pixels of path at this width weigh what an MNIST digit does
(sum of grey 102, the mean over its training images)."""
CENTRE = 14.0
"""Where the centre of mass goes, in pixel indices. Measured on MNIST's training images: mean
14.00, all within half a pixel of it."""
LARGEST_SHIFT = (IMAGE_SIZE - BOX_SIZE) / 2 - 0.5
"""How far mass may pull the box from the middle before ink would leave the picture."""

GreyImage = NDArray[np.float32]
"""Shape (28, 28), 0 for paper to 1 for ink."""


def prepare_ink(ink: Ink, radius: float = STROKE_RADIUS) -> GreyImage:
    """Place and paint ink; a dot is painted as one dot in the middle.

    `radius` is the pen's, in pixels: the pad never changes it, training does.
    Raises InkError for empty ink.
    """
    picture: GreyImage = prepare_many([ink], radius)[0]
    return picture


def prepare_many(inks: Sequence[Ink], radius: float = STROKE_RADIUS) -> NDArray[np.float32]:
    """Place and paint each of one ink or more as `prepare_ink` does, in less time.

    Returns shape (n, 28, 28).
    """
    middle = (IMAGE_SIZE - 1) / 2
    drawings = []
    for ink in inks:
        bounds = ink.bounds
        scale = 0.0 if ink.is_dot else (BOX_SIZE - 2.0 * radius) / bounds.extent
        origin = np.array([bounds.left + bounds.width / 2, bounds.top + bounds.height / 2])
        # The origin is taken off before scaling, so that a small drawing far out keeps its digits.
        drawings.append([(stroke[:, :2] - origin) * scale + middle for stroke in ink.strokes])

    pieces, counts = cut(drawings)
    masses = centre_of_mass(paint_many(pieces, counts, IMAGE_SIZE, radius))
    shifts = np.clip(CENTRE - masses, -LARGEST_SHIFT, LARGEST_SHIFT)
    pieces += np.repeat(shifts, counts, axis=0)[:, None]
    return paint_many(pieces, counts, IMAGE_SIZE, radius)


def centre_of_mass(pixels: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return (x, y), the mean pixel index weighted by grey, of a picture or along the last axes.

    Each picture must hold some ink.
    """
    grey = pixels.astype(np.float64)
    columns, rows = grey.sum(axis=-2), grey.sum(axis=-1)
    total = columns.sum(axis=-1, keepdims=True)
    centres = np.empty((*grey.shape[:-2], 2))
    centres[..., 0] = columns @ np.arange(columns.shape[-1])
    centres[..., 1] = rows @ np.arange(rows.shape[-1])
    centres /= total
    return centres
