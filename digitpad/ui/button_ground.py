"""Button ground: what a painted button's words or sign stand on; it shows what the button does."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton

from digitpad.ui.theme import Theme, mix

_RADIUS = 8.0


def paint_ground(
    painter: QPainter, button: QAbstractButton, theme: Theme, ground: QColor
) -> QColor:
    """Paint the ground, marked while it is pointed at, pressed or has the focus; return its colour.

    `ground` is that of an enabled button at rest.
    """
    if not button.isEnabled():
        ground = mix(theme.window, theme.track, 0.5)
    elif button.isDown():
        ground = mix(ground, theme.text, 0.16)
    elif button.underMouse():
        ground = mix(ground, theme.text, 0.07)
    painter.setPen(QPen(theme.focus, 2.0) if button.hasFocus() else Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(QRectF(button.rect()).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)
    return ground
