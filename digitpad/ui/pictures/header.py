"""Header: the line above a picture: back to the pad, what it is, its pages, how large it is."""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from digitpad.ui.flat_button import FlatButton
from digitpad.ui.language import renewed
from digitpad.words import tr

_BACK = "\N{LEFTWARDS ARROW}"
_WIDEST = 16_777_215
"""Qt's QWIDGETSIZE_MAX: no limit."""


class PictureHeader(QWidget):
    """Buttons and words; decides nothing."""

    page_asked = Signal(int)
    """One page back or on: -1 or 1."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self._page, self._pages, self._has_more = 0, 1, False
        self.back = FlatButton(_BACK)
        self.words = QLabel()
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.previous = FlatButton()
        self.next = FlatButton()
        self.page = QLabel()
        self.smaller = FlatButton()
        self.larger = FlatButton()
        self.fit = FlatButton()
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
        renewed(self, self._say)

    def _say(self) -> None:
        back = tr("Back to the pad")
        self.back.say(f"{_BACK} {back}", tr("Back to your drawing, unchanged (Esc)"), back)
        previous, following = tr("Previous page"), tr("Next page")
        self.previous.say("\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}", previous, previous)
        self.next.say("\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}", following, following)
        self.smaller.say("\N{MINUS SIGN}", tr("Smaller (Ctrl+-)"), tr("Smaller"))
        self.larger.say("+", tr("Larger (Ctrl++)"), tr("Larger"))
        self.fit.say(tr("Fit"), tr("Fit the whole picture (Ctrl+0)"), tr("Fit"))
        self.show_page(self._page, self._pages, has_more=self._has_more)

    def show_words(self, words: str) -> None:
        """Say what was found in the picture; what does not fit is in the tip."""
        self._words = words
        self.words.setToolTip(words)
        self.words.setAccessibleName(words)
        self._fit_words()

    def show_page(self, page: int, pages: int, *, has_more: bool) -> None:
        """Show which page this is, counted from 0, how many can be shown, and whether there are
        more."""
        self._page, self._pages, self._has_more = page, pages, has_more
        self.page.setText(f"{page + 1} / {pages}" + "+" * has_more)
        self.page.setAccessibleName(tr("Page {page} of {pages}", page=page + 1, pages=pages))
        rest = (
            tr("The file has more pages; only the first {pages} are shown.", pages=pages)
            if has_more
            else ""
        )
        self.page.setToolTip(rest)
        self.page.setAccessibleDescription(rest)
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
        QTimer.singleShot(0, self, self._fit_words)  # The layout has not been told yet.

    def _fit_words(self) -> None:
        """Say all of the words; for them the way back gives up its own, and then they are cut."""
        metrics, layout = self.words.fontMetrics(), self.layout()
        assert layout is not None
        layout.activate()
        needed = self.back.sizeHint().width() + metrics.horizontalAdvance(self._words)
        is_tight = self.back.width() + self.words.width() < needed
        self.back.setMaximumWidth(self.larger.sizeHint().width() if is_tight else _WIDEST)
        layout.activate()
        room = max(self.words.width(), 1)
        self.words.setText(metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, room))
