"""Keyboard pen: drawing with arrow keys and Space.

Owns where the keyboard's pen is and how it looks; the canvas makes the strokes.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen

from digitpad.ui.theme import Theme

STEP = 8.0
"""Logical pixels for one press of an arrow key; with Shift a quarter."""
_ARM = 9.0
_DIRECTIONS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class KeyboardPen:
    """Hidden until one of its keys is pressed; begins in the middle."""

    def __init__(self) -> None:
        self.down = False
        self._place: QPointF | None = None

    @property
    def place(self) -> QPointF:
        return QPointF() if self._place is None else QPointF(self._place)

    def hide(self) -> None:
        self._place = None

    def move(self, event: QKeyEvent, size: QSize) -> bool:
        """Take a key press; return whether it was one of the pen's."""
        key = event.key()
        plain = event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if plain != Qt.KeyboardModifier.NoModifier or key not in (*_DIRECTIONS, Qt.Key.Key_Space):
            return False
        if self._place is None:
            self._place = QPointF(size.width() / 2, size.height() / 2)
            return True
        if key in _DIRECTIONS:
            slow = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            step = STEP / 4 if slow else STEP
            x = self._place.x() + _DIRECTIONS[key][0] * step
            y = self._place.y() + _DIRECTIONS[key][1] * step
            self._place = QPointF(
                min(max(x, 0.0), float(size.width())), min(max(y, 0.0), float(size.height()))
            )
        return True

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Paint a cross, with a ring while the pen is down."""
        if self._place is None:
            return
        painter.setPen(QPen(theme.focus, 2.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        x, y = self._place.x(), self._place.y()
        painter.drawLine(QPointF(x - _ARM, y), QPointF(x + _ARM, y))
        painter.drawLine(QPointF(x, y - _ARM), QPointF(x, y + _ARM))
        if self.down:
            painter.drawEllipse(self._place, _ARM, _ARM)
