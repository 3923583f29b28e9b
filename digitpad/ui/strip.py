"""Strip: what stands for a while below everything else, in a frame painted from the theme."""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from digitpad.ui.theme import Theme

_RADIUS = 11.0


class Strip(QWidget):
    """A widget with a frame."""

    @property
    def margin(self) -> int:
        """From its edges to what stands in it, in logical pixels."""
        return round(self.fontMetrics().height() * 0.8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(Theme.of(self.palette()).border, 1.0))
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(area, _RADIUS, _RADIUS)
