"""Colours: the one of a picture's colours in which squares that are printed on paper are palest.

Owns how print is told from ink by its colour, where it is too bent to be told by its shape. What
reaches the frame of a picture is print. Red lines are hardly seen by red light, in which blue ink
is dark.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from digitpad.core.components import places_of
from digitpad.core.page.paper import FULL_INK_SHARE

FRAME = 0.03
"""What lies nearer to the frame than this share of the shorter side is at the frame."""
CROWDED = 0.01
"""Share of what is at the frame that is dark, from which on there is print: more than a margin."""
SMALL_SIDE = 120
"""The paper's colour is looked for in a picture with a longer side of at most so many pixels..."""
WINDOW = 9
"""... as what most of a square of so many has."""
MOST_POINTS = 40_000
"""So many dark pixels at the frame and within are looked at."""
WRITING = 0.35
"""Share of full ink from which on a pixel may be writing."""
MOST_LEFT = 0.3
"""Most of what is dark at the frame that may still be so, as a share of what is so in grey."""
LEAST_INK = 0.4
"""How dark ink must be at least, as a share of how dark it is in grey."""

Mask = NDArray[np.bool_]
Contrasts = NDArray[np.float64]
"""Shape (n, 4): which share of the paper's light is missing in grey, red, green and blue."""


def clearest_colour(picture: Image.Image, scale: int, dark: Mask) -> Image.Image | None:
    """Return the red, green or blue of a picture in mode RGB in which most print is gone.

    `dark` tells what passes for writing, the lines that were found taken away; one pixel of it, and
    of what is returned, is `scale` wide in the picture. None where little is dark at the frame, or
    no colour is better.
    """
    width = max(1, round(FRAME * min(dark.shape)))
    at_frame = dark.copy()
    at_frame[width:-width, width:-width] = False
    if np.count_nonzero(at_frame) < CROWDED * 2 * width * sum(dark.shape):
        return None
    within = dark & ~at_frame
    if not within.any():
        return None
    if scale > 1:
        picture = picture.reduce(scale)
    block = -(-max(picture.size) // SMALL_SIDE)
    paper = picture.reduce(block).filter(ImageFilter.MedianFilter(WINDOW))
    printed, ink = (_contrasts(picture, paper, mask) for mask in (at_frame, within))
    full = np.array([_full(contrast) for contrast in ink.T])
    left = (printed >= WRITING * full).mean(axis=0)
    best = int(left[1:].argmin())
    if left[1 + best] > MOST_LEFT * left[0] or full[1 + best] < LEAST_INK * full[0]:
        return None
    return picture.getchannel(best)


def _contrasts(picture: Image.Image, paper: Image.Image, mask: Mask) -> Contrasts:
    """Return how much pixels of a mask differ from the paper, of which there is a small picture."""
    rows, columns = places_of(mask)
    step = -(-len(rows) // MOST_POINTS)
    rows, columns = rows[::step], columns[::step]
    block = -(-max(picture.size) // SMALL_SIDE)
    seen = np.asarray(picture)[rows, columns].astype(np.float64)
    there = np.maximum(np.asarray(paper)[rows // block, columns // block].astype(np.float64), 1)
    colours = 1 - seen / there
    grey = 1 - seen.mean(axis=1) / there.mean(axis=1)
    return np.asarray(np.abs(np.column_stack([grey, colours])))


def _full(contrast: NDArray[np.float64]) -> float:
    """Return the contrast of full ink, as `paper.py` finds it in levels."""
    ordered = np.sort(contrast)
    energy = np.cumsum(ordered**2)
    return float(ordered[np.searchsorted(energy, FULL_INK_SHARE * energy[-1])])
