"""Two ways: the colours and the signs of what speaks for one thing and against another.

Owns the scale from one hue through grey to the other. Blue and orange differ for every kind of
colour vision (Okabe and Ito 2008); plus and minus say the same without colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from digitpad.ui.theme import SHARES_OF_LIGHT, TEXT_CONTRAST, Theme, linear, mix, with_contrast

SIGN_FROM = 0.3
"""From this share of the strongest on, a pixel bears its sign."""
_FOR = QColor(0x00, 0x72, 0xB2)
_AGAINST = QColor(0xD5, 0x5E, 0x00)
_INK = 0.42
"""How dark ink is that says nothing: dark enough to be seen, light enough for the hues."""


@dataclass(frozen=True, slots=True)
class TwoWays:
    """Colours on one paper."""

    paper: QColor
    ink: QColor
    """Ink that speaks for neither."""
    speaks_for: QColor
    speaks_against: QColor

    @classmethod
    def of(cls, theme: Theme) -> TwoWays:
        """Derive the colours from a theme; either hue stands out from the paper."""
        return cls(
            paper=theme.paper,
            ink=mix(theme.paper, theme.ink, _INK),
            speaks_for=with_contrast(_FOR, theme.paper, theme.ink, TEXT_CONTRAST),
            speaks_against=with_contrast(_AGAINST, theme.paper, theme.ink, TEXT_CONTRAST),
        )

    def levels(self, pixels: NDArray[np.float32], shares: NDArray[np.float32]) -> NDArray[np.uint8]:
        """Return red, green and blue, along a last axis, of ink coloured as by `image`."""
        plus, minus = _rgb(self.speaks_for), _rgb(self.speaks_against)
        share = np.clip(shares, -1.0, 1.0)[..., None]
        base = _mixed(self.paper, self.ink, pixels)
        rgb = base + (np.where(share > 0, plus, minus) - base) * np.abs(share)
        levels: NDArray[np.uint8] = np.rint(rgb).astype(np.uint8)
        return levels

    def image(self, pixels: NDArray[np.float32], shares: NDArray[np.float32]) -> QImage:
        """Return a picture of ink, 0..1, coloured by shares, -1..1, both of one shape."""
        return _image(self.levels(pixels, shares))


def plain_image(pixels: NDArray[np.float32], theme: Theme) -> QImage:
    """Return a picture of ink, 0..1, that is only shown."""
    return _image(np.rint(_mixed(theme.paper, theme.ink, pixels)).astype(np.uint8))


def _rgb(colour: QColor) -> NDArray[np.float32]:
    return np.array([colour.red(), colour.green(), colour.blue()], np.float32)


def _mixed(paper: QColor, ink: QColor, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return red, green and blue of ink on paper, along a last axis."""
    first = _rgb(paper)
    return first + (_rgb(ink) - first) * np.clip(pixels, 0.0, 1.0)[..., None]


def _image(levels: NDArray[np.uint8]) -> QImage:
    """Return a picture of red, green and blue, shape (height, width, 3)."""
    height, width, _ = levels.shape
    dots = np.full((height, width, 4), 255, np.uint8)  # Opaque, also on what is see-through.
    dots[..., :3] = levels[..., ::-1]
    view = QImage(dots.tobytes(), width, height, 4 * width, QImage.Format.Format_RGB32)
    return view.copy()  # The copy owns its bytes; the view borrows ours.


def shares_of(weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return weights as shares of the strongest, -1 to 1; all 0 where none says anything."""
    strongest = float(np.abs(weights).max(initial=0.0))
    if not np.isfinite(strongest) or strongest == 0.0:
        return np.zeros_like(weights)
    return weights / np.float32(strongest)


def paint_signs(
    painter: QPainter,
    cells: Sequence[QRectF],
    shares: Sequence[float],
    grounds: NDArray[np.uint8],
) -> None:
    """Paint a plus or a minus into each cell, black or white, whichever is plainer on its ground.

    `shares` are above or below 0, `grounds` red, green and blue, shape (n, 3). The cells are of
    one size.
    """
    black = QColor(Qt.GlobalColor.black), list[QLineF]()
    white = QColor(Qt.GlobalColor.white), list[QLineF]()
    for cell, share, is_light in zip(cells, shares, _are_light(grounds), strict=True):
        lines = (black if is_light else white)[1]
        middle, arm = cell.center(), cell.width() * 0.28
        across = QPointF(arm, 0.0)
        lines.append(QLineF(middle - across, middle + across))
        if share > 0:
            down = QPointF(0.0, arm)
            lines.append(QLineF(middle - down, middle + down))
    for colour, lines in (black, white):
        if lines:
            painter.setPen(QPen(colour, max(1.0, cells[0].width() * 0.14)))
            painter.drawLines(lines)


def _are_light(grounds: NDArray[np.uint8]) -> list[bool]:
    """Return whether black has more contrast to each ground than white has, as `theme` says."""
    lit = _lights()[grounds] @ SHARES_OF_LIGHT + 0.05
    are_light: list[bool] = (lit / 0.05 >= 1.05 / lit).tolist()
    return are_light


@lru_cache(maxsize=1)
def _lights() -> NDArray[np.float64]:
    """Return the light of each level, 0 to 255: many pixels are looked up at once."""
    return np.array([linear(level / 255) for level in range(256)])
