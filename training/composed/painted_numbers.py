"""Painted numbers: a composed number as the picture of it that someone has scanned or exported.

Unlike MNIST's digits on composed pages these are one writer's, and neighbours often touch.
"""

from __future__ import annotations

import numpy as np
from PIL import Image

from digitpad.core.ink import Ink
from digitpad.core.raster import rasterize
from training.composed.pasted_digits import on_plain_paper

LOWEST, TALLEST = 40.0, 200.0
"""Heights of a number, in pixels; they vary evenly on a logarithmic scale."""
THINNEST, BROADEST = 0.05, 0.12
"""Widths of the pen, in heights."""
MARGIN = 0.3
"""Paper around the ink, in heights."""


def paint_number(ink: Ink, rng: np.random.Generator) -> Image.Image:
    """Return ink as a clean picture of random size, pen and colours, in grey."""
    bounds = ink.bounds
    height = float(np.exp(rng.uniform(np.log(LOWEST), np.log(TALLEST))))
    scale = height / (bounds.height or bounds.width or 1.0)
    margin = MARGIN * height
    corner = np.array([bounds.left, bounds.top])
    lines = [(stroke[:, :2] - corner) * scale + margin for stroke in ink.strokes]
    rows = round(bounds.height * scale + 2 * margin)
    columns = round(bounds.width * scale + 2 * margin)
    radius = rng.uniform(THINNEST, BROADEST) * height / 2
    painted = rasterize(lines, max(rows, columns), radius)[:rows, :columns]
    return Image.fromarray(np.rint(255 * on_plain_paper(painted, rng)).astype(np.uint8))
