"""Legend: what the two hues and the two signs of a picture stand for."""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from typing import ClassVar

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.ui.language import renewed
from digitpad.ui.theme import Theme
from digitpad.ui.understand.two_ways import TwoWays, paint_signs
from digitpad.words import tr


class Legend(QWidget):
    """A scale from minus to plus, with words at both ends."""

    accessible_role: ClassVar = QAccessible.Role.Graphic

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._minus = self._plus = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        renewed(self, self._say)

    def show_ends(self, minus: str, plus: str) -> None:
        """Say what orange and minus, and what blue and plus stand for."""
        if (minus, plus) == (self._minus, self._plus):
            return
        self._minus, self._plus = minus, plus
        self._say()
        self.updateGeometry()
        self.update()

    def _say(self) -> None:
        self.setAccessibleName(tr("Legend"))
        self.setAccessibleDescription(
            tr(
                "Orange and minus: {minus}. Blue and plus: {plus}.",
                minus=self._minus,
                plus=self._plus,
            )
        )

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        words = sum(metrics.horizontalAdvance(text) for text in (self._minus, self._plus))
        return QSize(words + 2 * metrics.height(), round(metrics.height() * 2.2))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = Theme.of(self.palette())
        colours = TwoWays.of(theme)
        unit = self.fontMetrics().height()
        bar = QRectF(0.5, 0.5, self.width() - 1, round(unit * 0.95))
        ramp = QLinearGradient(bar.topLeft(), bar.topRight())
        ramp.setColorAt(0.0, colours.speaks_against)
        ramp.setColorAt(0.5, colours.ink)
        ramp.setColorAt(1.0, colours.speaks_for)
        painter.fillRect(bar, ramp)
        painter.setPen(QPen(theme.border, 1.0))
        painter.drawRect(bar)
        minus = QRectF(bar.left(), bar.top(), bar.height(), bar.height())
        plus = minus.translated(bar.width() - bar.height(), 0.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shares = np.array([-1.0, 1.0], np.float32)
        grounds = colours.levels(np.ones_like(shares), shares)
        paint_signs(painter, (minus, plus), shares.tolist(), grounds)
        painter.setPen(theme.muted)
        words = QRectF(0.0, bar.bottom(), self.width(), self.height() - bar.bottom())
        down = Qt.AlignmentFlag.AlignBottom
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | down, self._minus)
        painter.drawText(words, Qt.AlignmentFlag.AlignRight | down, self._plus)
