"""Panel: the dock with the pages that explain the digit being drawn.

Owns the choice of the page and the explainer that works for it; asks nothing while it is closed.
"""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QDockWidget,
    QFrame,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from digitpad.core.reading import DigitReading
from digitpad.ui.language import renewed
from digitpad.ui.status_line import StatusLine
from digitpad.ui.theme import Theme
from digitpad.ui.understand.evidence_words import aside
from digitpad.ui.understand.page import Page
from digitpad.ui.understand.pages import PAGES
from digitpad.ui.understand.title_bar import TitleBar
from digitpad.words import Words, tr
from digitpad.workers.explainer import Explainer

NAME = "understand"
"""What the dock is known by in a saved arrangement of the window."""
_SETTLED_AFTER = 400
"""Milliseconds without another explanation before a note comes or goes: while one writes, what is
to be noted changes too fast."""
_BUTTONS = {
    "ScrollLeftButton": Words("Pages on the left"),
    "ScrollRightButton": Words("Pages on the right"),
}
"""What Qt's own buttons say, which would keep the language that they were made in."""


class UnderstandPanel(QDockWidget):
    """Follows the digit that the window shows large, while it is open."""

    page_shown = Signal()
    """Another page is in front."""
    digit_changed = Signal()
    """`digit` is another one, or None."""

    def __init__(
        self,
        explainer: Explainer,
        parent: QWidget | None = None,
        pages: Sequence[type[Page]] = PAGES,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(NAME)
        self.setAllowedAreas(
            Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea
        )
        self.explainer = explainer
        explainer.setParent(self)
        self._kinds = tuple(pages)
        self._pages: dict[int, Page] = {}
        self._digit: DigitReading | None = None
        self._is_open = False
        self._strip: QWidget | None = None

        self.setTitleBarWidget(TitleBar(self))
        self.tabs = QTabBar()
        self.tabs.setDocumentMode(True)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(True)
        self._stack = QStackedWidget()
        for kind in self._kinds:
            self.tabs.addTab(str(kind.tab))
            self._stack.addWidget(_scrolling())
        self._note = StatusLine()
        margin = self.fontMetrics().height()
        self._note.setContentsMargins(margin, margin // 2, margin, 0)
        self._note.hide()
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLED_AFTER)
        self._settling.timeout.connect(self._make_room_for_note)

        content = _Content()
        self._column = layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tabs)
        layout.addWidget(self._note)
        layout.addWidget(self._stack, 1)
        self.setWidget(content)

        explainer.shown.connect(self._on_shown)
        explainer.failed.connect(self._on_failed)
        self.tabs.currentChanged.connect(self._on_tab_changed)
        renewed(self, self._say)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the edges of a window of its own, which Qt leaves out with a title bar of ours."""
        if self.isFloating():
            painter = QPainter(self)
            painter.setPen(Theme.of(self.palette()).border)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    @property
    def page(self) -> Page:
        """The page in front."""
        place = self.tabs.currentIndex()
        if place not in self._pages:
            self._pages[place] = self._made(place)
        self._stack.setCurrentIndex(place)
        return self._pages[place]

    @property
    def digit(self) -> DigitReading | None:
        """The digit that is explained; None at rest."""
        return self._digit

    @property
    def note(self) -> str:
        """What is said over the pages: of a failure, or of a picture that looks like another digit
        than the pad's answer; "" for nothing."""
        return self._note.message

    def turn_to(self, title: str) -> None:
        """Bring the page with this English title to the front; another changes nothing."""
        for place, kind in enumerate(self._kinds):
            if kind.title.source == title:
                self.tabs.setCurrentIndex(place)

    def add_strip(self, strip: QWidget) -> None:
        """Put a strip of buttons under the pages."""
        self._column.addWidget(strip)
        self._strip = strip

    def open(self, digit: DigitReading | None) -> None:
        """Begin to follow the drawing, of which this is the digit now."""
        self._is_open = True
        self.show_digit(digit)

    def close_down(self) -> None:
        """Follow no more, until opened again."""
        self._is_open = False
        self.explainer.drop()

    @Slot(object)
    def show_digit(self, digit: DigitReading | None) -> None:
        """Explain this digit; None brings the panel to rest at once."""
        self._digit = digit if digit is not None and digit.pixels is not None else None
        self.digit_changed.emit()
        if self._settling.isActive():
            self._settling.start()  # The pen does not rest.
        self._show()

    @Slot()
    def _show(self) -> None:
        if not self._is_open:
            return
        page = self.page
        if self._digit is None:
            self.explainer.drop()
            self._end_note()
            page.rest()
            question = page.at_rest()
        else:
            question = page.question(self._digit)
        if question is not None:
            self.explainer.ask(question)

    @Slot()
    def _on_shown(self) -> None:
        self._show_note("" if self._digit is None else aside(self._digit))
        self._settling.start()

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self.page.rest()
        self._show_note(sentence, is_failure=True)
        self._make_room_for_note()

    @Slot(int)
    def _on_tab_changed(self, _place: int) -> None:
        self.explainer.drop()
        self._end_note()
        self._show()
        self.page_shown.emit()

    def _say(self) -> None:
        for button in self.findChildren(QAbstractButton):
            if button.objectName() in _BUTTONS:
                button.setAccessibleName(str(_BUTTONS[button.objectName()]))
                button.setAccessibleDescription("")
        self.setWindowTitle(tr("Understand"))
        self.tabs.setAccessibleName(tr("Pages"))
        for place, kind in enumerate(self._kinds):
            self.tabs.setTabText(place, str(kind.tab))
            self.tabs.setTabToolTip(place, str(kind.title))
        self._show()

    def _show_note(self, sentence: str, *, is_failure: bool = False) -> None:
        if sentence != self._note.message:
            show = self._note.show_failure if is_failure else self._note.show_note
            show(sentence)  # The page beneath stands still until the pen rests.

    def _end_note(self) -> None:
        self._show_note("")
        self._make_room_for_note()

    @Slot()
    def _make_room_for_note(self) -> None:
        """Give the note the room that it needs now, none when nothing is said."""
        self._settling.stop()
        self._note.give_room_back()
        self._note.setVisible(bool(self._note.message))

    def _made(self, place: int) -> Page:
        page = self._kinds[place]()
        area = self._stack.widget(place)
        assert isinstance(area, QScrollArea)

        def say() -> None:
            for widget in (page, area):
                widget.setAccessibleName(str(page.title))

        renewed(page, say)
        page.rest()
        page.changed.connect(self._show)
        area.setWidget(page)
        self._bring_strip_last(area)
        return page

    def _bring_strip_last(self, area: QScrollArea) -> None:
        """Have Tab come to the strip after the page in an area, which was made later."""
        if self._strip is None:
            return
        before = [area, *_stops(area)][-1]
        for stop in _stops(self._strip):
            QWidget.setTabOrder(before, stop)
            before = stop


class _Content(QWidget):
    """Asks for the width that the pages are laid out for."""

    def sizeHint(self) -> QSize:
        unit = self.fontMetrics().height()
        return QSize(unit * 36, unit * 49)

    def minimumSizeHint(self) -> QSize:
        unit = self.fontMetrics().height()
        return QSize(unit * 28, unit * 10)


def _stops(widget: QWidget) -> list[QWidget]:
    """What Tab comes to within a widget."""
    by_tab = Qt.FocusPolicy.TabFocus
    return [child for child in widget.findChildren(QWidget) if child.focusPolicy() & by_tab]


def _scrolling() -> QScrollArea:
    """Return an area that takes keys only while there is something to scroll."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    kinds = Qt.FocusPolicy
    area.setFocusPolicy(kinds.NoFocus)
    area.verticalScrollBar().rangeChanged.connect(
        lambda _, most: area.setFocusPolicy(kinds.StrongFocus if most else kinds.NoFocus)
    )
    return area
