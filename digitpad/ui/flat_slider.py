"""Flat slider: a horizontal slider, painted from the theme; mouse, keys and role are QSlider's."""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget

from digitpad.ui.theme import Theme, faded, mix

_GROOVE = 4.0
_RADIUS = 6.0
_REACH = 9.0
"""From the middle of the handle to the outer edge of its focus ring."""


class FlatSlider(QSlider):
    """What lies between the handle and the value that it grows from is filled."""

    def __init__(self, origin: int | None = None, parent: QWidget | None = None) -> None:
        """It grows from the value `origin`; without one, from the left end."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._origin = origin
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # Painted anew as the mouse comes and goes.

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(0, round(2 * _REACH)))

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(0, round(2 * _REACH)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = Theme.of(self.palette())
        groove, colour = self._colours(theme)
        handle = QPointF(self._across(self.sliderPosition()), self.height() / 2)
        line = QRectF(0, handle.y() - _GROOVE / 2, 0, _GROOVE)
        ends = _REACH - _RADIUS, self.width() - _REACH + _RADIUS
        start = ends[0] if self._origin is None else self._across(self._origin)
        filled = sorted((start, handle.x()))
        painter.setPen(Qt.PenStyle.NoPen)
        for (left, right), ground in ((ends, groove), (filled, colour)):
            painter.setBrush(ground)
            line.setLeft(left)
            line.setRight(right)
            painter.drawRoundedRect(line, _GROOVE / 2, _GROOVE / 2)
        painter.drawEllipse(handle, _RADIUS, _RADIUS)
        if self.hasFocus():
            painter.setPen(QPen(theme.focus, 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(handle, _REACH - 1.0, _REACH - 1.0)

    def _colours(self, theme: Theme) -> tuple[QColor, QColor]:
        """Return the colours of the groove and of what is filled, the handle with it."""
        if not self.isEnabled():
            return mix(theme.window, theme.track, 0.5), faded(theme.muted, theme.window)
        if self.isSliderDown():
            return theme.track, mix(theme.accent, theme.text, 0.3)
        if self.underMouse():
            return theme.track, mix(theme.accent, theme.text, 0.15)
        return theme.track, theme.accent

    def _across(self, value: int) -> float:
        """Return where a value is, in logical pixels from the left.

        The handle stays within the style's, which the mouse takes hold of, and has room for its
        ring at both ends.
        """
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        option.sliderPosition = value
        part = QStyle.SubControl.SC_SliderHandle
        control = QStyle.ComplexControl.CC_Slider
        held = QRectF(self.style().subControlRect(control, option, part, self))
        share = held.left() / max(self.width() - held.width(), 1.0)
        return _REACH + share * (self.width() - 2 * _REACH)
