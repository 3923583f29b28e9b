"""Flat button: words on a flat ground, painted from the theme; it can stay pressed."""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QWidget

from digitpad.ui.button_ground import paint_ground
from digitpad.ui.theme import TEXT_CONTRAST, Theme, faded, with_contrast

_NARROW_MARGIN = 6
"""Pixels beside the words, both sides together, where there is little room."""


class FlatButton(QPushButton):
    """As narrow as its words; where there is no room for them, it shows a sign."""

    def __init__(self, sign: str = "", parent: QWidget | None = None) -> None:
        """`sign` stands for the words where they do not fit; without one they always have room."""
        super().__init__(parent)
        self._sign = sign
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(True)  # Enter presses it, too.

    def say(self, words: str, tip: str = "", name: str = "") -> None:
        """Put words on it, in the current language; the letter after an ampersand is their key.

        `tip` says what it does, also to screen readers where the words do not; `name` is what they
        call it, where that is not the words.
        """
        self.setText(words)
        self.setToolTip(tip)
        self.setAccessibleName(name)
        self.setAccessibleDescription(tip)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        unit = self.fontMetrics().height()
        width = self._width_of(self.text()) + round(unit * 1.2)
        return QSize(max(width, round(unit * 1.9)), round(unit * 1.8))

    def minimumSizeHint(self) -> QSize:
        width = self._width_of(self._sign or self.text()) + _NARROW_MARGIN
        return QSize(width, self.sizeHint().height())

    @property
    def shown_text(self) -> str:
        """The words, or the sign where they do not fit."""
        fits = self.width() >= self._width_of(self.text()) + _NARROW_MARGIN
        return self.text() if fits else self._sign or self.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = Theme.of(self.palette())
        ground, ink = theme.track, theme.text
        if self.isChecked():
            ground = with_contrast(theme.accent, theme.window, theme.text, TEXT_CONTRAST)
            ink = theme.window
        ground = paint_ground(painter, self, theme, ground)
        painter.setPen(ink if self.isEnabled() else faded(theme.text, ground))
        hint = QStyle.StyleHint.SH_UnderlineShortcut
        is_underlined = self.style().styleHint(hint, None, self)
        flags = Qt.TextFlag.TextShowMnemonic if is_underlined else Qt.TextFlag.TextHideMnemonic
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter | flags, self.shown_text)

    def _width_of(self, words: str) -> int:
        """Return how wide words are, without the sign before the letter that is their key."""
        return self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, words).width()
