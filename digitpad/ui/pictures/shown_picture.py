"""Shown picture: a picture's levels as images, and how they get on the screen, sharp at any size.

Owns which of them is painted. Knows nothing of digits.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from digitpad.core.picture_levels import Level
from digitpad.ui.pictures.placement import Placement
from digitpad.ui.theme import Theme

_CRISP_FROM = 3.0
"""Pixels of the screen for one of the picture from which on its pixels are shown as squares."""


class ShownPicture:
    """One picture; its levels are the largest first, at least one."""

    def __init__(self, levels: Sequence[Level]) -> None:
        # An image borrows the bytes of its level, so both are kept.
        self._levels = tuple(levels)
        self._images = tuple(
            QImage(lv.pixels, lv.width, lv.height, 4 * lv.width, QImage.Format.Format_RGB32)
            for lv in self._levels
        )

    @property
    def size(self) -> QSize:
        return self._images[0].size()

    def paint(self, painter: QPainter, placement: Placement, within: QRectF, theme: Theme) -> None:
        """Paint what is in sight, from the smallest image that has all the detail there is."""
        on_screen = placement.scale * painter.deviceTransform().m11()
        level = 0
        while level + 1 < len(self._images) and on_screen * 2 ** (level + 1) <= 1.0:
            level += 1
        image = self._images[level]
        area = placement.area
        seen = area & within
        across, down = image.width() / area.width(), image.height() / area.height()
        source = QRectF(
            (seen.left() - area.left()) * across,
            (seen.top() - area.top()) * down,
            seen.width() * across,
            seen.height() * down,
        )
        smooth = QPainter.RenderHint.SmoothPixmapTransform
        painter.setRenderHint(smooth, on_screen < _CRISP_FROM)
        painter.drawImage(seen, image, source)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.border, 1.0))
        painter.drawRect(area.adjusted(-0.5, -0.5, 0.5, 0.5))
