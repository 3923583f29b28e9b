"""Pen size: a slider between a thin and a thick dot."""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QWidget

from digitpad.ui.flat_slider import FlatSlider
from digitpad.ui.language import renewed
from digitpad.ui.theme import Theme, faded
from digitpad.words import tr

THINNEST = 4
THICKEST = 24


class PenSize(QWidget):
    """Chooses the width of lines on screen, in logical pixels."""

    changed = Signal(int)

    def __init__(self, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slider = FlatSlider()
        self._slider.setRange(THINNEST, THICKEST)
        self._slider.setSingleStep(2)
        self._slider.setPageStep(4)
        self._slider.setValue(width)
        renewed(self, self._say)
        unit = self.fontMetrics().height()
        self._slider.setMinimumWidth(unit * 3)
        self._slider.setMaximumWidth(unit * 6)
        self._slider.valueChanged.connect(self.changed)
        self.setFocusProxy(self._slider)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(_Dot(4.0))
        layout.addWidget(self._slider)
        layout.addWidget(_Dot(11.0))

    def _say(self) -> None:
        self._slider.setAccessibleName(tr("Pen size"))
        self._slider.setToolTip(
            tr("Pen size: how thick lines look. It does not affect the answer.")
        )

    @property
    def width_chosen(self) -> int:
        return self._slider.value()

    @property
    def is_thickest(self) -> bool:
        return self._slider.value() == THICKEST

    @property
    def is_thinnest(self) -> bool:
        return self._slider.value() == THINNEST

    def thicker(self) -> None:
        self._slider.triggerAction(QSlider.SliderAction.SliderSingleStepAdd)

    def thinner(self) -> None:
        self._slider.triggerAction(QSlider.SliderAction.SliderSingleStepSub)


class _Dot(QWidget):
    """An ornament: how thick that end of the slider is."""

    def __init__(self, diameter: float) -> None:
        super().__init__()
        self._diameter = diameter
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = math.ceil(self._diameter)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        theme = Theme.of(self.palette())
        painter.setBrush(theme.muted if self.isEnabled() else faded(theme.muted, theme.window))
        middle = QPointF(self.width() / 2, self.height() / 2)
        painter.drawEllipse(middle, self._diameter / 2, self._diameter / 2)
