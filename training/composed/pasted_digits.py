"""Pasted digits: MNIST's pictures enlarged and laid into a larger picture of ink."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

BOX = 20
"""MNIST's digits fill a box of so many pixels."""

Grey = NDArray[np.float32]
"""Shape (h, w); of paper and light 0 for black to 1 for white, of ink the share that covers."""


def enlarged(picture: NDArray[np.uint8], size: float) -> Grey:
    """Return a digit whose box of 20 pixels has become `size`."""
    side = max(1, round(size * len(picture) / BOX))
    larger = Image.fromarray(picture).resize((side, side), Image.Resampling.BICUBIC)
    return np.asarray(larger, np.float32) / np.float32(255)


def paste(ink: Grey, digit: Grey, top: float, left: float) -> None:
    """Lay a digit into ink with its top left corner at a place."""
    row, column = max(0, round(top)), max(0, round(left))
    place = ink[row : row + digit.shape[0], column : column + digit.shape[1]]
    np.maximum(place, digit[: place.shape[0], : place.shape[1]], out=place)


def on_plain_paper(ink: Grey, rng: np.random.Generator) -> Grey:
    """Return ink on even paper: dark on light or light on dark."""
    paper, colour = rng.uniform(0.85, 1.0), rng.uniform(0.0, 0.3)
    if rng.random() < 0.4:
        paper, colour = colour, paper
    return np.asarray(paper + ink * (colour - paper), np.float32)
