"""Button ground: what a painted button's words or sign stand on; it shows what the button does."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton

from digitpad.ui.theme import Theme, mix

_RADIUS = 9.0


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
    # The ring lies inside, so that the button has the same edges with it and without.
    width = 2.0 if button.hasFocus() else 0.0
    inset = width / 2
    painter.setPen(QPen(theme.focus, width) if width else Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    area = QRectF(button.rect()).adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(area, _RADIUS - inset, _RADIUS - inset)
    return ground
