"""Tour card: one step of the tour as a strip of the window, with the buttons that go on or leave.

Shows a step and says which button was pressed; what a step opens is decided elsewhere. Never in the
way: one goes on drawing beside it.
"""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

import re
from typing import ClassVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFont,
    QFontInfo,
    QKeyEvent,
)
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from digitpad.ui.flat_button import FlatButton
from digitpad.ui.language import renewed
from digitpad.ui.strip import Strip
from digitpad.ui.theme import Theme, tint
from digitpad.ui.tour.steps import Step
from digitpad.words import tr

_BOLD = re.compile("</?b>")


class TourCard(Strip):
    """What to draw and what to notice.

    Esc leaves the tour while the card has the focus; on the canvas it still clears the drawing.
    """

    accessible_role: ClassVar = QAccessible.Role.Grouping

    back_pressed = Signal()
    next_pressed = Signal()
    leave_pressed = Signal()
    sample_pressed = Signal()
    """The drawing of this step is wanted ready made."""
    announced = Signal(str)
    """What screen readers were given to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = QLabel()
        self._title = QLabel()
        self._draw = QLabel()
        self._notice = QLabel()
        font = QFont(self.font())
        font.setBold(True)
        font.setPixelSize(round(QFontInfo(font).pixelSize() * 1.15))
        self._title.setFont(font)
        for label in (self._draw, self._notice):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
        # The canvas beside must not change its size with the words.
        self._notice.setMinimumHeight(2 * self._notice.fontMetrics().lineSpacing())
        self.sample = FlatButton()
        self.back = FlatButton()
        self.next = FlatButton()
        self.leave = FlatButton()
        for button, pressed in (
            (self.sample, self.sample_pressed),
            (self.back, self.back_pressed),
            (self.next, self.next_pressed),
            (self.leave, self.leave_pressed),
        ):
            button.clicked.connect(pressed)
        self._step: tuple[Step, int, int] | None = None
        self._arrange()
        tint(self._count, Theme.of(self.palette()).muted)
        renewed(self, self._say)

    def show_step(self, step: Step, number: int, count: int) -> None:
        """Show a step, the `number`-th of `count`, and have it said."""
        self._step = step, number, count
        self.back.setEnabled(number > 1)
        self._say()
        where = tr("Step {number} of {count}", number=number, count=count)
        sentence = f"{where}. {step.title}. {self.accessibleDescription()}"
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))
        self.announced.emit(sentence)

    def _say(self) -> None:
        self.sample.say(tr("Draw &it for me"))
        self.back.say(tr("&Back"))
        self.leave.say(
            tr("&Leave the tour"),
            tr("Leave the tour (Esc, while one of these buttons has the focus)"),
        )
        if self._step is None:
            return
        step, number, count = self._step
        self.next.say(tr("Fi&nish") if number == count else tr("&Next"))
        self._count.setText(tr("Step {number} of {count}", number=number, count=count))
        self._title.setText(str(step.title))
        draw = tr("<b>Draw</b> {what}", what=step.draw)
        notice = tr("<b>Notice</b> {what}", what=step.notice)
        self._draw.setText(draw)
        self._notice.setText(notice)
        place = tr("step {number} of {count}", number=number, count=count)
        self.setAccessibleName(tr("Guided tour, {place}: {title}", place=place, title=step.title))
        self.setAccessibleDescription(_BOLD.sub("", f"{draw} {notice}"))

    def event(self, event: QEvent) -> bool:
        # Taken here, Esc does not reach the window, where it is the key of Clear.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave_pressed.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            tint(self._count, Theme.of(self.palette()).muted)
        super().changeEvent(event)

    def _arrange(self) -> None:
        unit = self.fontMetrics().height()
        heading = QHBoxLayout()
        heading.setSpacing(unit)
        heading.addWidget(self._title)
        heading.addWidget(self._count)
        heading.addStretch(1)
        buttons = QGridLayout()
        buttons.setSpacing(round(unit * 0.4))
        for place, button in enumerate((self.sample, self.leave, self.back, self.next)):
            buttons.addWidget(button, *divmod(place, 2))
        grid = QGridLayout(self)
        grid.setContentsMargins(*[self.margin] * 4)
        grid.setHorizontalSpacing(round(unit * 1.5))
        grid.setVerticalSpacing(round(unit * 0.3))
        grid.addLayout(heading, 0, 0)
        grid.addWidget(self._draw, 1, 0)
        grid.addWidget(self._notice, 2, 0)
        grid.addLayout(buttons, 0, 1, 3, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnStretch(0, 1)
