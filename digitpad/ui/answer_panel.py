"""Answer panel: what was read: the digits of a number in a strip, and one of them large.

Owns which digit is shown large: the one pointed at, else the one chosen, else the one written last.
Shows marks of a drawing and of a picture alike; decides nothing about digits.
"""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from digitpad.core.corrections import Mark
from digitpad.core.groups import Group
from digitpad.core.reading import Box, DigitReading
from digitpad.ui.answer_view import AnswerView
from digitpad.ui.confidence_bars import ConfidenceBars
from digitpad.ui.digit_strip import DigitStrip
from digitpad.ui.network_view import NetworkView


@dataclass(frozen=True, slots=True)
class _Room:
    """How much room the parts take from top to bottom."""

    spacing: float
    """From part to part, in heights of a line."""
    has_small_view: bool
    columns: int
    """Of bars."""


_ROOMS = (_Room(0.8, False, 1), _Room(0.4, True, 1), _Room(0.4, True, 2))
"""From ample to scarce."""


class AnswerPanel(QWidget):
    """The strip, the answer, the network's view and the bars, from top to bottom."""

    digit_shown = Signal(object)
    """The `DigitReading` that is shown large, or None; with each answer and each other choice."""
    asked = Signal(int, QRect)
    """Someone wants to do something with a mark; where it is on the screen."""
    labelled = Signal(int, str)
    """Someone says what a mark is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: tuple[Mark, ...] = ()
        self._shown: int | None = None
        self._pointed_at: int | None = None
        self._chosen: Group | Box | None = None
        self._strokes_at_choice = 0
        self._stays_open = False
        self._room = _ROOMS[0]
        self._is_narrow = False
        self.strip = DigitStrip()
        self.strip.hide()
        self.answer = AnswerView()
        self.network_view = NetworkView()
        self.bars = ConfidenceBars()
        unit = self.fontMetrics().height()
        self._top = top = QHBoxLayout()
        top.setSpacing(unit)
        top.addWidget(self.answer, 1)
        top.addWidget(self.network_view)
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self._spacing(self._room))
        layout.addWidget(self.strip)
        layout.addLayout(top)
        layout.addWidget(self.bars, 100)
        layout.addStretch(1)  # Takes over where the bars have their largest height.
        self.setMaximumWidth(unit * 34)
        self.strip.asked.connect(self._on_asked)
        self.strip.moved_to.connect(self.choose)
        self.strip.pointed_at.connect(self.point_at)
        self.strip.labelled.connect(self.labelled)
        self.answer.asked.connect(self._on_answer_asked)

    def minimumSizeHint(self) -> QSize:
        """As with the strip, so that a small window need not grow when the strip comes; and as
        in the smallest room, for there the parts take less."""
        width = self.least_width(is_narrow=self._is_narrow)
        return QSize(width, self._least_height(_ROOMS[-1]))

    def least_width(self, *, is_narrow: bool) -> int:
        """Return the width that is needed; where it is narrow, details take two lines."""
        answer = self.answer.minimumSizeHint() if is_narrow else self.answer.sizeHint()
        top = answer.width() + self._top.spacing() + self.network_view.sizeHint().width()
        return max(top, self.strip.minimumSizeHint().width(), self.bars.minimumSizeHint().width())

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Let the window be narrow, or not."""
        self._is_narrow = is_narrow
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fitting = (room for room in _ROOMS if self._least_height(room) <= self.height())
        self._take(next(fitting, _ROOMS[-1]))

    @property
    def marks(self) -> Sequence[Mark]:
        return self._marks

    @property
    def shown(self) -> int | None:
        """Number of the mark that is shown large; None at rest."""
        return self._shown

    @property
    def digit(self) -> DigitReading | None:
        """The digit that is shown large; None at rest."""
        return None if self._shown is None else self._marks[self._shown].digit

    def show_marks(self, marks: Sequence[Mark], *, is_writing: bool = False) -> None:
        """Show an answer, none for rest. While one writes, the strip does not come and go."""
        self._marks = tuple(marks)
        if _last_stroke(self._marks) + 1 > self._strokes_at_choice:
            self._chosen = None  # What is written next is what is looked at.
        self._pointed_at = None if self._pointed_at not in range(len(marks)) else self._pointed_at
        self._stays_open = len(marks) > 1 or (is_writing and self._stays_open and bool(marks))
        self._show()

    def show_failure(self) -> None:
        """Show that there is ink and no answer."""
        self.show_marks(())
        self.answer.show_failure()

    @Slot(int)
    def choose(self, place: int) -> None:
        """Show a mark large until more is written."""
        self.choose_strokes(_key(self._marks[place].digit))

    def choose_strokes(self, key: Group | Box) -> None:
        """The same for the mark that is, or soon will be, made of these strokes."""
        self._chosen = key
        self._strokes_at_choice = _last_stroke(self._marks) + 1
        self._pointed_at = None
        if self._marks:
            self._show()

    @Slot(object)
    def point_at(self, place: int | None) -> None:
        """Show a mark large while it is pointed at; None when none is any more."""
        if place != self._pointed_at and (place is None or place < len(self._marks)):
            self._pointed_at = place
            if self._marks:
                self._show()

    def area_of(self, place: int) -> QRect:
        """Where on the screen a mark is shown, for what goes beside it."""
        if self.strip.isVisible():
            return self.strip.area_of(place)
        return self.answer.area

    def _take(self, room: _Room) -> None:
        if room != self._room:
            self._room = room
            self._column.setSpacing(self._spacing(room))
            self.network_view.set_small(is_small=room.has_small_view)
            self.bars.set_columns(room.columns)

    def _least_height(self, room: _Room) -> int:
        """The height of all parts, the strip included, in such a room."""
        parts = (
            self.strip.minimumSizeHint().height(),
            max(
                self.answer.minimumSizeHint().height(),
                self.network_view.height_when(is_small=room.has_small_view),
            ),
            self.bars.least_height(room.columns),
        )
        return sum(parts) + (len(parts) - 1) * self._spacing(room)

    def _spacing(self, room: _Room) -> int:
        return round(self.fontMetrics().height() * room.spacing)

    def _show(self) -> None:
        self._shown = self._to_show()
        self.strip.setVisible(self._stays_open)
        if self._shown is None:
            self.answer.show_marks(())
            self.bars.clear_reading()
            self.network_view.show_pixels(None)
        else:
            digit = self._marks[self._shown].digit
            self.strip.show_marks(self._marks, self._shown)
            self.answer.show_marks(self._marks, self._shown)
            self.bars.show_digit(digit)
            self.network_view.show_pixels(digit.pixels)
        self.digit_shown.emit(self.digit)

    def _to_show(self) -> int | None:
        if not self._marks:
            return None
        if self._pointed_at is not None:
            return self._pointed_at
        keys = [_key(mark.digit) for mark in self._marks]
        if self._chosen in keys:
            return keys.index(self._chosen)
        newest = [max(mark.digit.group, default=None) for mark in self._marks]
        written = [(part.stroke, part.start) if part else (-1, 0) for part in newest]
        return written.index(max(written))

    @Slot(int, QRect)
    def _on_asked(self, place: int, where: QRect) -> None:
        self.choose(place)
        self.asked.emit(place, where)

    @Slot()
    def _on_answer_asked(self) -> None:
        if self._shown is not None:
            self.asked.emit(self._shown, self.answer.area)


def _key(digit: DigitReading) -> Group | Box:
    """What a mark is known by from one answer to the next."""
    return digit.group or digit.box


def _last_stroke(marks: Sequence[Mark]) -> int:
    return max((part.stroke for mark in marks for part in mark.digit.group), default=-1)
