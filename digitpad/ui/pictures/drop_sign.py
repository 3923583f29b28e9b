"""Drop sign: what lies over the paper while something that can be opened hovers over the window.

Loaded with the first drag. What is below it stays as it is.
"""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from digitpad.ui.paper import fill, hint_font, paint_frame
from digitpad.ui.theme import Theme
from digitpad.words import tr

_VEIL = 0.85
"""How much of what is drawn or shown the sign covers."""


class DropSign(QWidget):
    """Says that a drop is welcome, in a frame; hidden until it is laid over something."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._is_over_nothing = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def lay_over(self, area: QRect, *, is_blank: bool) -> None:
        """Show it over an area of the window; what is blank is covered, with the words on it."""
        self._is_over_nothing = is_blank
        self.setGeometry(area)
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area, theme = QRectF(self.rect()), Theme.of(self.palette())
        painter.setOpacity(1.0 if self._is_over_nothing else _VEIL)
        fill(painter, area, theme.paper)
        painter.setOpacity(1.0)
        painter.setFont(hint_font(self.font()))
        painter.setPen(theme.ink)
        words = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(area, words, tr("Drop to open"))
        paint_frame(painter, area, theme, has_focus=True)
