"""Tilt: by how much lines of writing are turned, and the picture turned back.

Owns the estimate from the writing itself, for paper without ruling, and the way of a box back into
the picture as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitpad.core.components import places_of, runs_of
from digitpad.core.page.morphology import grown
from digitpad.core.page.paper import Strength
from digitpad.core.reading import Box

STEEPEST = 17
"""Degrees that are tried to either side."""
LEAST_TILT = 1.0
"""A tilt of fewer degrees is left as it is: the network does not mind."""
LEAST_GAIN = 1.04
"""How much sharper than level lines those at an angle must be."""
MOST_POINTS = 30_000
CELLS = 64
"""A picture is turned in pieces of this share of its longer side, ..."""
NEAR = 4
"""... where there is ink no more than so many of them away: turning takes long."""
FRAME = 2.0
"""Pixels from the edge of a picture that are its frame."""


@dataclass(frozen=True, slots=True, eq=False)
class Upright:
    """A picture turned by `angle` degrees anticlockwise around its middle, in a larger frame."""

    strength: Strength
    angle: float
    size: tuple[int, int]
    """Width and height before."""

    def box_before(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> Box:
        """Return the box around pixels of `strength`, in pixels of the picture before."""
        x, y = self.before(rows, columns)
        left, top = max(0.0, x.min() - 0.5), max(0.0, y.min() - 0.5)
        return Box(
            float(left),
            float(top),
            float(min(self.size[0], x.max() + 0.5) - left),
            float(min(self.size[1], y.max() + 0.5) - top),
        )

    def at_frame(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell which pixels of `strength` lie at the frame of the picture before."""
        x, y = self.before(rows, columns)
        width, height = self.size
        nearest = np.minimum(np.minimum(x, width - x), np.minimum(y, height - y))
        return np.asarray(nearest < FRAME)

    def before(
        self, rows: NDArray[np.int64], columns: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return where the middles of pixels lay in the picture before."""
        height, width = self.strength.shape
        right, down = columns + 0.5 - width / 2, rows + 0.5 - height / 2
        turn = np.radians(self.angle)
        x = np.cos(turn) * right - np.sin(turn) * down + self.size[0] / 2
        y = np.sin(turn) * right + np.cos(turn) * down + self.size[1] / 2
        return x, y


def upright(strength: Strength, angle: float, least: float) -> Upright:
    """Turn a picture anticlockwise by so many degrees; by few, leave it.

    Where nothing near is as dark as `least`, what is turned has no ink at all.
    """
    height, width = strength.shape
    if abs(angle) < LEAST_TILT:
        return Upright(strength, 0.0, (width, height))
    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    middle = np.array([height, width]) / 2
    reach = np.abs([[cos, sin], [sin, cos]]) @ middle
    rows, columns = (np.ceil(middle + reach) - np.floor(middle - reach)).astype(int).tolist()
    turned = Upright(np.zeros((rows, columns), np.uint8), angle, (width, height))
    image, cell = Image.fromarray(strength), -(-max(height, width) // CELLS)
    wanted = _near_ink(turned, strength >= least, cell)
    for row, first, last in zip(*(places * cell for places in runs_of(wanted)), strict=True):
        piece = turned.strength[row : row + cell, first:last]
        left, top = turned.before(row - 0.5, first - 0.5)
        matrix = cos, -sin, left, sin, cos, top
        piece[:] = np.asarray(
            image.transform(
                piece.shape[::-1], Image.Transform.AFFINE, matrix, Image.Resampling.BICUBIC
            )
        )
    return turned


def _near_ink(turned: Upright, is_ink: NDArray[np.bool_], cell: int) -> NDArray[np.bool_]:
    """Tell which cells of a turned picture, squares of so many pixels, lie near ink before."""
    rows, columns = places_of(is_ink)
    near = np.zeros([-(-side // cell) for side in is_ink.shape], np.bool_)
    near[rows // cell, columns // cell] = True
    near = grown(near, NEAR)
    cells = np.indices([-(-side // cell) for side in turned.strength.shape])
    x, y = turned.before(*(cells * cell + cell // 2))
    row, column = (
        np.clip(places // cell, 0, side - 1).astype(int)
        for places, side in zip((y, x), near.shape, strict=True)
    )
    return np.asarray(near[row, column])


def tilt_of_writing(mask: NDArray[np.bool_], heights: Sequence[float]) -> float:
    """Return by how many degrees clockwise writing is turned, from how sharply lines stand apart.

    `heights` are those of its marks: one alone tells nothing.
    """
    rows, columns = places_of(mask)
    if len(heights) < 2 or len(rows) == 0:
        return 0.0
    step = -(-len(rows) // MOST_POINTS)
    rows, columns = rows[::step], columns[::step]
    cell = max(1.0, float(np.median(heights)) / 12)

    def sharpness(angle: float) -> float:
        at = (rows - np.tan(np.radians(angle)) * columns) / cell
        counts = np.bincount(np.rint(at - at.min()).astype(np.int64)).astype(np.float64)
        return float((counts**2).sum())

    best = max((float(angle) for angle in range(-STEEPEST, STEEPEST + 1)), key=sharpness)
    best = max((best + shift for shift in (-0.5, -0.25, 0.0, 0.25, 0.5)), key=sharpness)
    return best if sharpness(best) > LEAST_GAIN * sharpness(0.0) else 0.0
