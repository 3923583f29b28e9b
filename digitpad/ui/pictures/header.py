"""Header: the line above a picture: back to the pad, what it is, its pages, how large it is."""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from digitpad.ui.pictures.flat_button import FlatButton


class PictureHeader(QWidget):
    """Buttons and words; decides nothing."""

    page_asked = Signal(int)
    """One page back or on: -1 or 1."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self.back = FlatButton(
            "\N{LEFTWARDS ARROW} Back to the pad",
            "Back to the drawing, which is as it was (Esc)",
            sign="\N{LEFTWARDS ARROW}",
        )
        self.back.setAccessibleName("Back to the pad")
        self.words = QLabel()
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.previous = FlatButton("\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}", "Previous page")
        self.next = FlatButton("\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}", "Next page")
        self.page = QLabel()
        self.smaller = FlatButton("\N{MINUS SIGN}", "Smaller (Ctrl+-)")
        self.larger = FlatButton("+", "Larger (Ctrl++)")
        self.fit = FlatButton("Fit", "Show all of it (Ctrl+0)")
        for button, name in (
            (self.previous, "Previous page"),
            (self.next, "Next page"),
            (self.smaller, "Smaller"),
            (self.larger, "Larger"),
            (self.fit, "Fit"),
        ):
            button.setAccessibleName(name)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.back)
        layout.addSpacing(self.fontMetrics().height() // 2)
        layout.addWidget(self.words, 1)
        for widget in (self.previous, self.page, self.next):
            layout.addWidget(widget)
        layout.addSpacing(self.fontMetrics().height() // 2)
        for widget in (self.smaller, self.fit, self.larger):
            layout.addWidget(widget)
        self.previous.clicked.connect(lambda: self.page_asked.emit(-1))
        self.next.clicked.connect(lambda: self.page_asked.emit(1))
        self.show_page(0, 1)

    def show_words(self, words: str) -> None:
        """Say what was found in the picture; what does not fit is in the tip."""
        self._words = words
        self.words.setToolTip(words)
        self.words.setAccessibleName(words)
        self._elide()

    def show_page(self, page: int, pages: int) -> None:
        """Show which page this is, counted from 0, and how many there are."""
        self.page.setText(f"{page + 1} / {pages}")
        self.page.setAccessibleName(f"Page {page + 1} of {pages}")
        self.previous.setEnabled(page > 0)
        self.next.setEnabled(page + 1 < pages)
        for widget in (self.previous, self.page, self.next):
            widget.setVisible(pages > 1)

    def show_zoom(self, is_fitted: bool) -> None:
        """Show whether there is anything to make smaller."""
        self.fit.setEnabled(not is_fitted)
        self.smaller.setEnabled(not is_fitted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._elide)  # The layout has not been told yet.

    def _elide(self) -> None:
        metrics = self.words.fontMetrics()
        room = max(self.words.width(), 1)
        self.words.setText(metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, room))
