"""Digit popover: what can be done with one digit, beside it: say what it is, split it, join it.

Owns the arrangement and its keys. What is chosen is done elsewhere. Loaded when first asked for.
"""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAction,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from digitpad.core.corrections import LABELS, Mark
from digitpad.core.reading import NO_DIGIT
from digitpad.ui.answer_words import word_of
from digitpad.ui.button_ground import paint_ground
from digitpad.ui.language import renewed
from digitpad.ui.theme import Theme, tint
from digitpad.ui.tool_button import ToolButton
from digitpad.words import Words, tr

_COLUMNS = 5
_RADIUS = 11.0
_SEE_THROUGH = "wayland", "windows", "cocoa"
"""Where what lies below round corners shows. On X11 they may be black, and Qt does not tell: there
it has the corners of a menu. Cut off by a mask they would have steps, as many pixels high as the
screen's scaling."""
_DISTANCE = 4
"""From the digit, in logical pixels."""


class DigitPopover(QFrame):
    """Opens beside a digit and closes when something is chosen, or one goes on elsewhere."""

    accessible_role = QAccessible.Role.Dialog

    labelled = Signal(str)
    """One of LABELS was chosen: that is what the digit is."""

    def __init__(self, split: QAction, left: QAction, right: QAction, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        is_see_through = QGuiApplication.platformName().startswith(_SEE_THROUGH)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, is_see_through)
        self._radius = _RADIUS if is_see_through else 0.0
        self._theme = Theme.of(self.palette())
        unit = self.fontMetrics().height()
        self._mark: Mark | None = None
        self._which = Words("This digit")
        self._title = QLabel()
        self.keys = {label: _Key(label) for label in LABELS}
        keypad = QGridLayout()
        keypad.setSpacing(round(unit * 0.25))
        for number, (label, key) in enumerate(self.keys.items()):
            row, column = divmod(number, _COLUMNS)
            keypad.addWidget(key, row, column, 1, _COLUMNS if label == NO_DIGIT else 1)
            key.clicked.connect(lambda _=False, label=label: self._choose(label))
        tools = QHBoxLayout()
        tools.setSpacing(round(unit * 0.25))
        buttons = (
            ToolButton(left, join_left_icon(), words=Words("Join left")),
            ToolButton(split, split_icon(), words=Words("Split")),
            ToolButton(right, join_right_icon(), words=Words("Join right")),
        )
        for button in buttons:
            button.clicked.connect(self.close)
            tools.addWidget(button)
        layout = QVBoxLayout(self)
        margin = round(unit * 0.8)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(round(unit * 0.6))
        layout.addWidget(self._title)
        layout.addLayout(keypad)
        layout.addLayout(tools)
        self._colour()
        renewed(self, self._say)

    def open_for(self, mark: Mark, place: int, count: int, where: QRect) -> None:
        """Open for a mark, the one at `place` (from 0) of `count`, below or above `where` it is."""
        self._mark, self._which = mark, Words("This digit")
        if count > 1:
            self._which = Words("Digit {place} of {count}").filled(place=place + 1, count=count)
        self._say()
        for label, key in self.keys.items():
            key.mark(is_said=label == mark.label)
        self.adjustSize()
        screen = QGuiApplication.screenAt(where.center()) or self.screen()
        self.move(_beside(where, self.size(), screen.availableGeometry()))
        self.show()
        self.keys[mark.sign].setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.text() in LABELS and event.text():
            self._choose(event.text())
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.border, 1.0))
        painter.setBrush(self._theme.window)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(area, self._radius, self._radius)

    def _say(self) -> None:
        self._title.setText(tr("{which} is:", which=self._which))
        if self._mark is not None:
            name = tr(
                "{which}, {answer}. What is it?",
                which=self._which,
                answer=f"{self._mark.sign}, {word_of(self._mark)}",
            )
            self.setAccessibleName(name)

    def _colour(self) -> None:
        self._theme = Theme.of(self.palette())
        tint(self._title, self._theme.muted)

    def _choose(self, label: str) -> None:
        self.close()
        self.labelled.emit(label)


class _Key(QPushButton):
    """One choice, marked when that is what a person said."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self._label = label
        self._is_said = False
        self.setAutoDefault(True)  # Enter presses it, too.
        self.setAutoExclusive(True)  # So that the arrow keys go up and down, too.
        renewed(self, self._say)

    def mark(self, *, is_said: bool) -> None:
        """Show whether this is what a person said."""
        self._is_said = is_said
        self.update()

    def _say(self) -> None:
        if self._label == NO_DIGIT:
            self.setText(tr("Not a digit"))
            self.setAccessibleName(tr("It is not a digit"))
        else:
            self.setText(self._label)
            self.setAccessibleName(tr("It is {digit}", digit=self._label))

    def sizeHint(self) -> QSize:
        unit = self.fontMetrics().height()
        return QSize(round(unit * 2.6), round(unit * 2.0))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = Theme.of(self.palette())
        paint_ground(painter, self, theme, theme.track)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self._is_said:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.accent)
            painter.drawRoundedRect(
                QRectF(area.center().x() - 8, area.bottom() - 5.0, 16, 3), 1.5, 1.5
            )
        font = QFont(self.font())
        font.setBold(self._is_said)
        painter.setFont(font)
        painter.setPen(theme.text)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.text())


def _beside(where: QRect, size: QSize, room: QRect) -> QPoint:
    """Return the corner of what is as large as `size`, centred below `where`, or else above it."""
    x, y = where.center().x() - size.width() // 2, where.bottom() + _DISTANCE
    above = where.top() - _DISTANCE - size.height()
    if y + size.height() > room.bottom() and above >= room.top():
        y = above
    x = max(min(x, room.right() - size.width()), room.left())
    return QPoint(x, max(min(y, room.bottom() - size.height()), room.top()))


def split_icon() -> QPainterPath:
    """Two arrows that part at a line."""
    path = _arrow(6.0, 1.0)
    path.addPath(_arrow(10.0, 15.0))
    path.moveTo(8.0, 2.5)
    path.lineTo(8.0, 13.5)
    return path


def join_left_icon() -> QPainterPath:
    """An arrow to a line at its left."""
    path = _arrow(14.0, 5.0)
    path.moveTo(2.0, 3.0)
    path.lineTo(2.0, 13.0)
    return path


def join_right_icon() -> QPainterPath:
    """An arrow to a line at its right."""
    path = _arrow(2.0, 11.0)
    path.moveTo(14.0, 3.0)
    path.lineTo(14.0, 13.0)
    return path


def _arrow(start: float, end: float) -> QPainterPath:
    back = 3.0 if start > end else -3.0
    path = QPainterPath()
    path.moveTo(start, 8.0)
    path.lineTo(end, 8.0)
    path.moveTo(end + back, 8.0 - 3.0)
    path.lineTo(end, 8.0)
    path.lineTo(end + back, 8.0 + 3.0)
    return path
