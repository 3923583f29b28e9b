"""Paper: how bright the paper is at each place of a picture, and so how much ink lies on it.

Owns the estimate of paper under uneven light, and which side of it is ink. Knows nothing of
digits or lines.

The paper is what a morphological closing leaves: dark things narrower than a window are filled up
with what is around them, while slopes and edges of shadows wider than it stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitpad.core.page.morphology import Floats, closed, grown

SMALL_SIDE = 320
"""The paper is looked for in a picture with a longer side of at most so many pixels."""
WINDOWS = (0.05, 0.1, 0.2, 0.4)
"""Windows that are tried, as shares of the shorter side."""
EXPLAINED = 0.96
"""A larger window is taken when the ink of the smaller one holds less than this share of the sharp
edges that its own ink holds..."""
AS_SHARP = 0.2
"""... and what it adds is at least so many times as sharp, pixel for pixel: shadows are not."""
NOISE_REACH = 4.0
"""How many standard deviations of the paper's grain are still paper."""
LEAST_INK = 26
"""Share of the paper's light (of 255) that must be missing for ink."""
SHARP = 0.09
"""Share of full ink by which strength changes from one pixel to the next where it is sharpest
(SHARPEST), in a picture no longer than SMALL_SIDE: bright spots and falling light have 0.07 at
most, blurred photos of writing 0.12 at least."""
SHARPEST = 90
"""The percentile of these changes that tells."""
FULL_INK_SHARE = 0.75
"""Share of the squared contrast that lies at or below the level of full ink."""

Strength = NDArray[np.uint8]
"""Shape (h, w): how much of the paper's light is missing, 0 to 255."""


@dataclass(frozen=True, slots=True, eq=False)
class InkOnPaper:
    """How much ink is where. `noise` is the paper's grain, `full` the level of the darkest ink.

    `paper` is how light the paper is (of light ink, how dark), in a picture that may be smaller;
    None where it is evenly lit.
    """

    strength: Strength
    noise: float
    full: float
    paper: Floats | None = None


def ink_on_paper(grey: NDArray[np.uint8]) -> InkOnPaper | None:
    """Tell ink from paper under any light, dark on light or light on dark; None when blank.

    Light that grows or falls off without an edge is no ink.

    `grey` has shape (h, w) and at least 8 pixels a side.
    """
    small = _reduced(grey)
    light_ink = _is_light_ink(small)
    paper = _paper(255 - small if light_ink else small)
    image = Image.fromarray(paper).resize(grey.shape[::-1], Image.Resampling.BILINEAR)
    full_size = np.array(image, np.float32)
    contrast: Floats = full_size - (255 - grey if light_ink else grey)
    if not light_ink:
        # Shadow takes as large a share of the light from ink as from paper.
        np.maximum(full_size, 16, out=full_size)
        contrast *= np.divide(255, full_size, out=full_size)
    contrast -= np.float32(np.median(contrast[::3, ::3]))
    # Of the side without ink: ruling is no grain. A screen has pixels without any.
    sample = contrast[::3, ::3]
    noise = 1.4826 * float(-np.median(sample[sample <= 0]))
    np.clip(np.rint(contrast, out=contrast), 0, 255, out=contrast)
    strength = contrast.astype(np.uint8)
    least = max(NOISE_REACH * noise, LEAST_INK)
    full = _full_ink(strength, least)
    if full is None or _is_smooth(_reduced(strength), least, full):
        return None
    return InkOnPaper(strength, noise, full, paper)


def _is_smooth(small: Floats, least: float, full: float) -> bool:
    """Whether what is darker than paper has no edge: it is light, not ink.

    What is too thin to be seen in a small picture is no light.
    """
    ink = grown(small > least)
    change = np.zeros(small.shape, np.float32)
    change[:, 1:] = np.abs(np.diff(small, axis=1))
    change[1:] = np.maximum(change[1:], np.abs(np.diff(small, axis=0)))
    return bool(ink.any()) and float(np.percentile(change[ink], SHARPEST)) < SHARP * full


def _full_ink(strength: Strength, least: float) -> float | None:
    counts = np.array(Image.fromarray(strength).histogram(), np.float64)
    levels = np.arange(256.0)
    energy = np.cumsum(np.where(levels > least, counts * levels**2, 0.0))
    if energy[-1] == 0:
        return None
    return float(np.searchsorted(energy, FULL_INK_SHARE * energy[-1]))


def _reduced(grey: NDArray[np.uint8]) -> Floats:
    image = Image.fromarray(grey)
    block = -(-max(grey.shape) // SMALL_SIDE)
    return np.asarray(image.reduce(block) if block > 1 else image, np.float32)


def _is_light_ink(small: Floats) -> bool:
    """Whether what stands out from its surroundings is lighter: ink covers the smaller part."""
    window = max(3, max(small.shape) // 6)
    apart = small - _local_mean(small, window)
    return float((apart.astype(np.float64) ** 3).sum()) > 0


def _local_mean(values: Floats, window: int) -> Floats:
    result = values.astype(np.float64)
    for axis in (0, 1):
        reach = min(window, values.shape[axis]) // 2
        padding = [(0, 0), (0, 0)]
        padding[axis] = (reach + 1, reach)
        sums = np.cumsum(np.pad(result, padding, mode="edge"), axis=axis)
        wide = 2 * reach + 1
        high = np.take(sums, range(wide, sums.shape[axis]), axis)
        low = np.take(sums, range(sums.shape[axis] - wide), axis)
        result = (high - low) / wide
    return result.astype(np.float32)


def _paper(small: Floats) -> Floats:
    """Return the paper under dark ink, with the window that suits the width of the strokes."""
    steepness = np.zeros(small.shape, np.float32)
    steepness[:, 1:] += np.diff(small, axis=1) ** 2
    steepness[1:] += np.diff(small, axis=0) ** 2
    paper, explained, area = small, 0.0, 0
    for share in WINDOWS:
        window = max(5, int(share * min(small.shape)) | 1)
        filled = _local_mean(closed(small, window), max(3, window // 6))
        depth = filled - small
        depth -= np.median(depth)
        least = max(NOISE_REACH * 1.4826 * float(np.median(np.abs(depth))), LEAST_INK)
        ink = grown(depth > least)
        edges, pixels = float(steepness[ink].sum()), int(np.count_nonzero(ink))
        more = edges - explained > (1 - EXPLAINED) * edges
        as_sharp = (edges - explained) * area >= AS_SHARP * explained * (pixels - area)
        if paper is small or (more and as_sharp):
            paper, explained, area = filled, edges, pixels
    return paper
