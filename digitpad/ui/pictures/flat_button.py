"""Flat button: words on a flat ground, painted from the theme; it can stay pressed."""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from digitpad.ui.theme import TEXT_CONTRAST, Theme, mix, with_contrast

_RADIUS = 7.0


class FlatButton(QPushButton):
    """As narrow as its words."""

    def __init__(self, text: str, tip: str, parent: QWidget | None = None) -> None:
        """`tip` says what it does, also to screen readers where the words do not."""
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.setToolTip(tip)
        self.setAccessibleDescription(tip)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        unit = metrics.height()
        width = metrics.horizontalAdvance(self.text()) + round(unit * 1.2)
        return QSize(max(width, round(unit * 1.9)), round(unit * 1.8))

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 8, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = Theme.of(self.palette())
        ground, ink = theme.track, theme.text
        if self.isChecked():
            ground = with_contrast(theme.accent, theme.window, theme.text, TEXT_CONTRAST)
            ink = theme.window
        if not self.isEnabled():
            ground = mix(theme.window, theme.track, 0.5)
            ink = mix(theme.text, ground, 0.55)
        elif self.isDown():
            ground = mix(ground, theme.text, 0.16)
        elif self.underMouse():
            ground = mix(ground, theme.text, 0.07)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(theme.focus, 2.0) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(area, _RADIUS, _RADIUS)
        painter.setPen(ink)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.text())
