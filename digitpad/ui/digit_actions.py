"""Digit actions: choose, split, join and correct the digits of a drawing; read it as one digit.

Owns the actions and turns each into what the drawing is to remember; for a picture it only asks.
Which strokes a split gives is asked of the recognizer; what a digit is, the person says.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from digitpad.core.corrections import LABELS, NO_CORRECTIONS, Corrections, Said, are_neighbours
from digitpad.core.groups import Group, joined, whole_group
from digitpad.core.ink import Ink, Stroke, are_same_strokes
from digitpad.core.reading import Reading
from digitpad.ui.answer_panel import AnswerPanel
from digitpad.ui.ink_canvas import InkCanvas
from digitpad.ui.language import renewed
from digitpad.ui.menus import make_action
from digitpad.ui.status_line import StatusLine
from digitpad.words import Words, tr
from digitpad.workers.recognizer import Recognizer

if TYPE_CHECKING:
    from digitpad.ui.digit_popover import DigitPopover

_ONE = Words("Everything is read as one digit. Press Ctrl+1 to read numbers again.")


class DigitActions(QObject):
    """What one window can do with the digits on its canvas."""

    regrouping_asked = Signal(object)
    """Digits of a picture, as a tuple: one that is to be taken apart, or several that are one."""

    def __init__(
        self,
        window: QWidget,
        canvas: InkCanvas,
        panel: AnswerPanel,
        recognizer: Recognizer,
        status: StatusLine,
        *,
        is_single: bool,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._canvas = canvas
        self._panel = panel
        self._recognizer = recognizer
        self._status = status
        self._popover: DigitPopover | None = None
        self._label_to_come = ""
        self._labelled: Sequence[Stroke] = ()
        self.single = QAction(window)
        renewed(window, lambda: self.single.setText(tr("Read as &One Digit")))
        self.single.setCheckable(True)
        self.single.setShortcut("Ctrl+1")
        self.single.setChecked(is_single)
        self.single.toggled.connect(self._on_single_toggled)
        self.previous = make_action(
            window, Words("&Previous Digit"), lambda: self._step(-1), "Alt+Left"
        )
        self.next = make_action(window, Words("&Next Digit"), lambda: self._step(1), "Alt+Right")
        self.correct = make_action(
            window, Words("&Correct\N{HORIZONTAL ELLIPSIS}"), self.open_popover, "F4"
        )
        self.split = make_action(window, Words("&Split"), self.split_shown, "Ctrl+D")
        self.join_left = make_action(
            window, Words("Join with &Left Neighbour"), lambda: self.join_shown(-1), "Ctrl+J"
        )
        self.join_right = make_action(
            window, Words("Join with &Right Neighbour"), lambda: self.join_shown(1), "Ctrl+Shift+J"
        )
        panel.digit_shown.connect(self._on_digit_shown)
        panel.asked.connect(self._on_asked)
        panel.labelled.connect(self.label)
        canvas.mark_tapped.connect(self._on_mark_tapped)
        canvas.mark_pointed_at.connect(panel.point_at)
        recognizer.parted.connect(self._on_parted)
        self._on_digit_shown()
        self.invite()

    @property
    def groups(self) -> Sequence[Sequence[QAction]]:
        """The actions in groups, for a menu."""
        return (self.single,), (self.previous, self.next), (self.correct, *self.regrouping)

    @property
    def regrouping(self) -> Sequence[QAction]:
        """Those that take a digit apart, or make it one with its neighbour."""
        return self.split, self.join_left, self.join_right

    @property
    def is_single(self) -> bool:
        return self.single.isChecked()

    @property
    def note(self) -> Words | str:
        """What is to be said while there is nothing else to say."""
        return _ONE if self.is_single else ""

    def request(self, ink: Ink) -> None:
        """Have a drawing read in the way that is chosen."""
        groups = () if self.is_single else self._canvas.corrections.groups
        self._recognizer.request(ink, groups, is_single=self.is_single)

    def invite(self) -> None:
        """Say beside the canvas and on it what can be written."""
        if self.is_single:
            self._panel.answer.invite(Words("Write one digit, 0 to 9"))
            self._canvas.invite(Words("Draw a digit here"), Words("or drop a picture of it"))
        else:
            self._panel.answer.invite(Words("Write a digit or a number"))
            self._canvas.invite(Words("Write digits here"), Words("or drop a picture of them"))

    # What is done with a digit ------------------------------------------------------------------

    def split_shown(self) -> None:
        """Take the digit that is shown large apart."""
        digit = self._panel.digit
        if digit is not None and not digit.group:
            self.regrouping_asked.emit((digit,))
        elif digit is not None and self._is_there(digit.group):
            self._canvas.finish_stroke()
            self._recognizer.split(self._canvas.ink, digit.group)

    def join_shown(self, step: int) -> None:
        """Make one digit of the one that is shown large and its neighbour: -1 left, 1 right."""
        shown, marks = self._panel.shown, self._panel.marks
        if shown is None or not self._can_join(step):
            return
        one, other = (marks[place].digit for place in sorted((shown, shown + step)))
        group = joined(one.group, other.group)
        if not group:
            self.regrouping_asked.emit((one, other))
        elif self._is_there(group):
            self._say(self._canvas.corrections.grouped([group]), group)

    @Slot(int, str)
    def label(self, place: int, label: str) -> None:
        """Take a person's word for what a mark is."""
        group = self._panel.marks[place].digit.group
        # A digit in a picture has no strokes, and is no business of the canvas.
        if group and self._is_there(group):
            self._say(self._canvas.corrections.labelled(group, label), group)

    def open_popover(self) -> None:
        """Offer what can be done with the digit that is shown large."""
        if self._panel.shown is not None:
            self._on_asked(self._panel.shown, self._panel.area_of(self._panel.shown))

    # What came with a file ----------------------------------------------------------------------

    def show_with(self, ink: Ink, said: Said) -> None:
        """Put a drawing, in canvas coordinates, on the canvas, with what its file says of it."""
        sign = (said.label or "").strip()
        corrections = NO_CORRECTIONS.grouped(said.groups)
        if sign in LABELS and len(said.groups) < 2:
            corrections = NO_CORRECTIONS.labelled(whole_group(ink), sign)
            sign = ""
        self._canvas.show_ink(ink, corrections)
        self._label_to_come, self._labelled = sign, self._canvas.ink.strokes

    def take_label(self, reading: Reading) -> None:
        """Say of each digit what the file said, once they are known."""
        label, self._label_to_come = self._label_to_come, ""
        if not label or self._labelled is not self._canvas.ink.strokes:
            return
        said = self._canvas.corrections.applied(reading, label)
        if said == self._canvas.corrections:
            self._status.show_note(
                Words(
                    "The file labels this "
                    "\N{LEFT DOUBLE QUOTATION MARK}{label}\N{RIGHT DOUBLE QUOTATION MARK}."
                ).filled(label=" ".join(label.split()))
            )
            return
        self._canvas.amend(said)

    def _is_there(self, group: Group) -> bool:
        """Whether the strokes that a mark was read from are still there: what is shown is of the
        last reading, and the drawing may have changed since."""
        return self._recognizer.has_read(self._canvas.ink, (part.stroke for part in group))

    def _say(self, corrections: Corrections, group: Group) -> None:
        self._panel.choose_strokes(group)
        self._canvas.correct(corrections)

    def _step(self, step: int) -> None:
        shown = self._panel.shown
        if shown is not None and 0 <= shown + step < len(self._panel.marks):
            self._panel.choose(shown + step)

    def _can_join(self, step: int) -> bool:
        """Whether the digit that is shown large has a neighbour there."""
        shown, marks = self._panel.shown, self._panel.marks
        if shown is None or not 0 <= shown + step < len(marks):
            return False
        return are_neighbours(marks, shown, shown + step)

    @Slot(bool)
    def _on_single_toggled(self, _is_single: bool) -> None:
        self.invite()
        self._status.show_note(self.note)
        if not self._canvas.ink.is_empty:
            self.request(self._canvas.ink)

    @Slot()
    def _on_digit_shown(self) -> None:
        shown, count = self._panel.shown, len(self._panel.marks)
        has_strokes = self._panel.digit is not None and bool(self._panel.digit.group)
        self.correct.setEnabled(has_strokes)
        self.split.setEnabled(shown is not None and not self.is_single)
        self.previous.setEnabled(shown is not None and shown > 0)
        self.next.setEnabled(shown is not None and shown + 1 < count)
        self.join_left.setEnabled(self._can_join(-1))
        self.join_right.setEnabled(self._can_join(1))

    @Slot(int, QRect)
    def _on_mark_tapped(self, place: int, where: QRect) -> None:
        if place < len(self._panel.marks):
            self._panel.choose(place)
            self._on_asked(place, where)

    @Slot(int, QRect)
    def _on_asked(self, place: int, where: QRect) -> None:
        if not self._panel.marks[place].digit.group:
            return
        if self._popover is None:
            from digitpad.ui.digit_popover import DigitPopover  # Seldom needed at the start.

            self._popover = DigitPopover(self.split, self.join_left, self.join_right, self._window)
            self._popover.labelled.connect(self._on_labelled)
            self._canvas.ink_changed.connect(self._popover.close)
        self._panel.choose(place)
        self._popover.open_for(self._panel.marks[place], place, len(self._panel.marks), where)

    @Slot(str)
    def _on_labelled(self, label: str) -> None:
        if self._panel.shown is not None:
            self.label(self._panel.shown, label)

    @Slot(object, object, object)
    def _on_parted(self, ink: Ink, group: Group, groups: tuple[Group, ...]) -> None:
        if not are_same_strokes(self._canvas.ink.strokes, ink.strokes):
            return  # What was to be split has changed since.
        if len(groups) < 2:
            self._status.show_note(
                Words("This cannot be split: it is a single stroke with no place to cut.")
            )
            return
        self._say(self._canvas.corrections.grouped(groups), groups[0])
