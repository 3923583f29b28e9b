"""Pixel map: 28x28 pixels, enlarged, and over them what speaks for and against.

Owns how such a picture is painted at any size. What is shown, and what it means, comes from the
page; at rest it shows words instead.
"""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.core.preprocess import IMAGE_SIZE, GreyImage
from digitpad.ui.language import renewed
from digitpad.ui.theme import Theme
from digitpad.ui.understand.two_ways import (
    SIGN_FROM,
    TwoWays,
    paint_signs,
    plain_image,
    shares_of,
)
from digitpad.words import Words

_SMALLEST_SIGN = 6.0
"""Side of a cell, in logical pixels, below which a sign could not be told from a speck."""


class PixelMap(QWidget):
    """A square picture of the network's input, as large as it has room."""

    accessible_role: ClassVar = QAccessible.Role.Graphic

    def __init__(self, name: Words, cell: int, parent: QWidget | None = None) -> None:
        """`cell` is the side of a pixel that is asked for, in logical pixels; half will do."""
        super().__init__(parent)
        self._cell = cell
        self._hint = ""
        self._pixels: GreyImage | None = None
        self._shares: NDArray[np.float32] | None = None
        self._theme = Theme.of(self.palette())
        self._colours = TwoWays.of(self._theme)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        renewed(self, lambda: self.setAccessibleName(str(name)))
        self.rest()

    @property
    def pixels(self) -> GreyImage | None:
        """What is shown; None at rest."""
        return self._pixels

    @property
    def shares(self) -> NDArray[np.float32] | None:
        """What speaks for, > 0, and against, < 0, the strongest being 1; None for nothing."""
        return self._shares

    def show_pixels(self, pixels: GreyImage, weights: NDArray[np.float32] | None = None) -> None:
        """Show ink, 0..1, and colour it by weights of the same shape, of any scale."""
        self._pixels = pixels
        self._shares = None if weights is None else shares_of(weights)
        self.update()

    def rest(self, hint: str = "") -> None:
        """Show empty paper, with words on it if there are any."""
        self._pixels = self._shares = None
        self._hint = hint
        self.update()

    def sizeHint(self) -> QSize:
        side = IMAGE_SIZE * self._cell + 2
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() / 2

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._theme = Theme.of(self.palette())
            self._colours = TwoWays.of(self._theme)
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        frame = self._frame(painter.deviceTransform().m11())
        painter.fillRect(frame, theme.paper)
        if self._pixels is not None:
            self._paint_pixels(painter, frame, self._pixels)
        elif self._hint:
            painter.setPen(theme.hint)
            room = frame.adjusted(8, 8, -8, -8)
            painter.drawText(
                room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._hint
            )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.border, 1.0))
        painter.drawRect(frame.adjusted(-0.5, -0.5, 0.5, 0.5))

    def _frame(self, ratio: float) -> QRectF:
        """Where the picture lies: in the middle, and each of its pixels as whole ones on screen."""
        room = min(self.width(), self.height()) - 2
        side = max(1, int(room * ratio / IMAGE_SIZE)) * IMAGE_SIZE / ratio
        left, top = ((length - side) / 2 for length in (self.width(), self.height()))
        corner = QPointF(round(left * ratio) / ratio, round(top * ratio) / ratio)
        return QRectF(corner.x(), corner.y(), side, side)

    def _paint_pixels(self, painter: QPainter, frame: QRectF, pixels: GreyImage) -> None:
        shares = self._shares
        if shares is None:
            painter.drawImage(frame, plain_image(pixels, self._theme))
            return
        colours = self._colours
        painter.drawImage(frame, colours.image(pixels, shares))
        side = frame.width() / IMAGE_SIZE
        if side < _SMALLEST_SIGN:
            return
        signed = np.abs(shares) >= SIGN_FROM
        cells = [
            QRectF(frame.left() + column * side, frame.top() + row * side, side, side)
            for row, column in np.argwhere(signed).tolist()
        ]
        grounds = colours.levels(pixels[signed], shares[signed])
        paint_signs(painter, cells, shares[signed].tolist(), grounds)
