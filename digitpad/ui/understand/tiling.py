"""Tiling: many small pictures side by side in one, each pixel a square of whole screen pixels.

Owns where each picture lies and which of its pixels lies under a point. NumPy only; paints nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

_FILLED = 0.7
"""Share of its room that a picture takes at least; its pixels being whole ones, some is left."""

Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Spot:
    """One pixel of one of the pictures."""

    index: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Tiling:
    """`count` pictures of `rows` x `columns` pixels, `across` in a line; lengths in screen pixels.

    The last line may be shorter.
    """

    count: int
    rows: int
    columns: int
    across: int
    scale: int
    """Side of a picture's pixel."""
    gap: int
    """Between two pictures."""

    @classmethod
    def fitted(
        cls, shape: tuple[int, int, int], across: int, width: float, gap: int, most: int
    ) -> Tiling:
        """Return the tiling of pictures (rows, columns, count) for a width.

        `across` pictures stand in a line, or fewer where that many would be much smaller than they
        need be. No pixel is larger than `most`; where not even one picture fits, pixels of one are
        taken all the same.
        """
        rows, columns, count = shape
        for number in range(across, 0, -1):
            room = (width + gap) / number - gap
            scale = int(room / columns)
            if scale >= most or (scale >= 1 and scale * columns >= _FILLED * room):
                return cls(count, rows, columns, number, min(scale, most), gap)
        return cls(count, rows, columns, 1, 1, gap)

    @property
    def width(self) -> int:
        return min(self.across, self.count) * self._step_right - self.gap

    @property
    def height(self) -> int:
        return self._lines * self._step_down - self.gap

    def compose(self, pictures: NDArray[Number], between: Number | int) -> NDArray[Number]:
        """Return pictures of shape (rows, columns, count) as one of shape (height, width)."""
        places = self._lines * self.across
        sheet = np.full(
            (self._lines * self._step_down, self.across * self._step_right),
            between,
            pictures.dtype,
        )
        tiles = np.full((places, self.rows, self.columns), between, pictures.dtype)
        tiles[: self.count] = pictures.transpose(2, 0, 1)
        large = tiles.repeat(self.scale, axis=1).repeat(self.scale, axis=2)
        high, wide = large.shape[1:]
        cells = sheet.reshape(self._lines, self._step_down, self.across, self._step_right)
        cells[:, :high, :, :wide] = large.reshape(self._lines, self.across, high, wide).swapaxes(
            1, 2
        )
        return np.ascontiguousarray(sheet[: self.height, : self.width])

    def rectangle(self, index: int) -> tuple[int, int, int, int]:
        """Return left, top, width and height of a picture."""
        line, place = divmod(index, self.across)
        return (
            place * self._step_right,
            line * self._step_down,
            self.columns * self.scale,
            self.rows * self.scale,
        )

    def spot_at(self, x: float, y: float) -> Spot | None:
        """Return the pixel under a point, the nearest one of a picture for a gap; None outside."""
        if not (0 <= x < self.width and 0 <= y < self.height):
            return None
        line, place = int(y) // self._step_down, int(x) // self._step_right
        index = line * self.across + place
        if index >= self.count:
            return None
        row = (int(y) % self._step_down) // self.scale
        column = (int(x) % self._step_right) // self.scale
        return Spot(index, min(row, self.rows - 1), min(column, self.columns - 1))

    @property
    def _lines(self) -> int:
        return -(-self.count // self.across)

    @property
    def _step_right(self) -> int:
        return self.columns * self.scale + self.gap

    @property
    def _step_down(self) -> int:
        return self.rows * self.scale + self.gap
