"""Digit strip: all digits of a drawing side by side, the one that is shown large marked.

Owns the cells and which of them are in view. Hidden while there is but one digit.
"""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.core.corrections import Mark
from digitpad.ui.language import renewed
from digitpad.ui.theme import Theme
from digitpad.words import tr

if TYPE_CHECKING:
    from digitpad.ui.digit_cell import DigitCell

_GAP = 3
_PARTING = 9
"""Between the last digit of a line of writing and the first of the next."""
_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


class DigitStrip(QWidget):
    """A row of digits. What does not fit is reached with the arrow keys: the row moves along."""

    accessible_role = QAccessible.Role.Grouping

    asked = Signal(int, QRect)
    """A digit was clicked; the place is below it, on the screen."""
    moved_to = Signal(int)
    """The arrow keys went to a digit."""
    pointed_at = Signal(object)
    """The number of the digit under the mouse, or None."""
    labelled = Signal(int, str)
    """A digit's key was pressed on a digit: that is what it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: list[DigitCell] = []
        self._count = 0
        self._shown = 0
        self._first = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        renewed(self, lambda: self.setAccessibleName(tr("Digits")))

    @property
    def cells(self) -> Sequence[DigitCell]:
        """One for each digit, line by line, from left to right."""
        return self._cells[: self._count]

    def show_marks(self, marks: Sequence[Mark], shown: int) -> None:
        """Show these marks, the one of number `shown` as the one that is shown large."""
        while len(self._cells) < len(marks):
            self._cells.append(self._made(len(self._cells)))
        before = self._count, self._line_starts
        had_focus = any(cell.hasFocus() for cell in self._cells)
        self._count, self._shown = len(marks), shown
        for place, (cell, mark) in enumerate(zip(self._cells, marks, strict=False)):
            cell.show_mark(mark, place, len(marks), place == shown)
        if had_focus and not self._cells[shown].hasFocus():
            self._cells[shown].setFocus()
        if (self._count, self._line_starts) != before or not self._in_view(shown):
            self._arrange()

    def area_of(self, place: int) -> QRect:
        """Where on the screen a digit is, for what goes beside it."""
        cell = self._cells[place]
        return cell.rect().translated(cell.mapToGlobal(QPoint()))

    def sizeHint(self) -> QSize:
        unit = self.fontMetrics().height()
        return QSize(unit * 12, round(unit * 3.5))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._narrowest * 3, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say by an ellipsis that there is more on a side, and part lines of writing."""
        painter = QPainter(self)
        painter.setPen(QPen(Theme.of(self.palette()).muted, 1.0))
        inset = self.height() / 5
        for start in self._line_starts_in_view():
            x = self._cells[start].x() - (_PARTING + _GAP) // 2 + 0.5
            painter.drawLine(QLineF(x, inset, x, self.height() - inset))
        side = self._narrowest // 2
        if self._first:
            painter.drawText(
                QRect(0, 0, side, self.height()), Qt.AlignmentFlag.AlignCenter, _ELLIPSIS
            )
        if self._first + self._fitting < self._count:
            rest = QRect(self.width() - side, 0, side, self.height())
            painter.drawText(rest, Qt.AlignmentFlag.AlignCenter, _ELLIPSIS)

    @property
    def _narrowest(self) -> int:
        return round(self.fontMetrics().height() * 1.4)

    @property
    def _fitting(self) -> int:
        """How many digits are in view at a time."""
        if self._count * self._narrowest <= self.width():
            return self._count
        return max((self.width() - self._narrowest) // self._narrowest, 1)

    @property
    def _line_starts(self) -> list[int]:
        """The digits that begin a line of writing, but for the first."""
        lines = [cell.mark.digit.line for cell in self.cells if cell.mark]
        return [place for place in range(1, len(lines)) if lines[place] != lines[place - 1]]

    def _line_starts_in_view(self) -> list[int]:
        """The digits in view that begin a line of writing, but for the leftmost."""
        last = self._first + self._fitting
        return [place for place in self._line_starts if self._first < place < last]

    def _in_view(self, place: int) -> bool:
        return self._first <= place < self._first + self._fitting

    def _arrange(self) -> None:
        fitting = self._fitting
        self._first = min(self._first, self._count - fitting)
        if not self._in_view(self._shown):
            self._first = self._shown if self._shown < self._first else self._shown - fitting + 1
        self._first = max(self._first, 0)
        is_cut = fitting < self._count
        left = self._narrowest // 2 if is_cut else 0
        widest = round(self.fontMetrics().height() * 3.8)
        starts = self._line_starts_in_view()
        room = self.width() - 2 * left - _PARTING * len(starts)
        width = min(room // max(fitting, 1), widest)
        for place, cell in enumerate(self._cells):
            cell.setVisible(place < self._count and self._in_view(place))
            x = left + (place - self._first) * width + _PARTING * bisect_right(starts, place)
            cell.setGeometry(x, 0, width - _GAP, self.height())
        self.update()

    def _made(self, place: int) -> DigitCell:
        from digitpad.ui.digit_cell import DigitCell  # Not shown at the start.

        cell = DigitCell(self)
        cell.clicked.connect(lambda: self.asked.emit(place, self.area_of(place)))
        cell.entered.connect(partial(self.pointed_at.emit, place))
        cell.left.connect(partial(self.pointed_at.emit, None))
        cell.labelled.connect(lambda label: self.labelled.emit(place, label))
        cell.moved.connect(self._move)
        return cell

    def _move(self, steps: int) -> None:
        place = min(max(self._shown + steps, 0), self._count - 1)
        if place == self._shown:
            return
        focused = any(cell.hasFocus() for cell in self._cells)
        self.moved_to.emit(place)
        if focused:
            self._cells[place].setFocus()
