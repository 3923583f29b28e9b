"""Tile: one training digit with its label and its distance from the drawing."""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFont, QFontInfo, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.core.preprocess import IMAGE_SIZE, GreyImage
from digitpad.ui.language import renewed
from digitpad.ui.theme import Theme
from digitpad.ui.understand.two_ways import TwoWays, plain_image
from digitpad.words import Words

_CELL = 3
_PADDING = 6.0


class Tile(QWidget):
    """A picture over its label; a label other than the answer is marked by a broken frame."""

    accessible_role: ClassVar = QAccessible.Role.Graphic

    def __init__(self, place: Words, parent: QWidget | None = None) -> None:
        """`place` says which of the tiles this is."""
        super().__init__(parent)
        self._pixels: GreyImage | None = None
        self._label = ""
        self._distance = ""
        self._is_other = False
        self._measure()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.rest()
        renewed(self, lambda: self._say(place))

    @property
    def label(self) -> str:
        """The digit shown; "" at rest."""
        return self._label

    def show_digit(self, pixels: GreyImage, label: int, distance: str, is_other: bool) -> None:
        """Show a digit; `is_other` when it is not the answer."""
        self._pixels = pixels
        self._label = str(label)
        self._distance = distance
        self._is_other = is_other
        self._describe()
        self.update()

    def rest(self) -> None:
        """Show an empty tile."""
        self._pixels = None
        self._label = self._distance = ""
        self._is_other = False
        self._describe()
        self.update()

    def _say(self, place: Words) -> None:
        self.setAccessibleName(str(place))
        self._describe()

    def _describe(self) -> None:
        words = Words("Nothing yet")
        if self._is_other:
            words = Words("{digit}, not the answer, at a distance of {distance}")
        elif self._pixels is not None:
            words = Words("{digit}, at a distance of {distance}")
        self.setAccessibleDescription(str(words.filled(digit=self._label, distance=self._distance)))

    def sizeHint(self) -> QSize:
        side = IMAGE_SIZE * _CELL + 2 * _PADDING
        return QSize(round(side), round(side + self._words_height))

    def minimumSizeHint(self) -> QSize:
        side = IMAGE_SIZE * _CELL * 2 // 3 + 2 * _PADDING
        return QSize(round(side), round(side + self._words_height))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._measure()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = Theme.of(self.palette())
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.fillRect(area, theme.paper)
        if self._pixels is not None:
            self._paint_digit(painter, area, self._pixels, theme)
        pen = QPen(theme.border, 1.0)
        if self._is_other:
            pen = QPen(TwoWays.of(theme).speaks_against, 2.0, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_digit(
        self, painter: QPainter, area: QRectF, pixels: GreyImage, theme: Theme
    ) -> None:
        ratio = painter.deviceTransform().m11()
        words = self._words_height
        room = min(area.width(), area.height() - words) - 2 * _PADDING
        side = max(1, int(room * ratio / IMAGE_SIZE)) * IMAGE_SIZE / ratio
        corner = QPointF(
            round((area.center().x() - side / 2) * ratio) / ratio,
            round((area.top() + (area.height() - words - side) / 2) * ratio) / ratio,
        )
        picture = QRectF(corner.x(), corner.y(), side, side)
        painter.drawImage(picture, plain_image(pixels, theme))
        line = area.adjusted(_PADDING, 0, -_PADDING, -_PADDING)
        down = Qt.AlignmentFlag.AlignBottom
        painter.setFont(self._bold)
        painter.setPen(theme.ink)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | down, self._label)
        painter.setFont(self.font())
        painter.setPen(theme.hint)
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | down, self._distance)

    def _measure(self) -> None:
        """Measure the font, once: a dozen tiles are painted anew thirty times a second."""
        self._bold = QFont(self.font())
        self._bold.setBold(True)
        self._bold.setPixelSize(round(QFontInfo(self._bold).pixelSize() * 1.25))
        self._words_height = QFontMetrics(self._bold).height()
