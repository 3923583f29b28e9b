"""Label row: buttons to say what the selected digit is."""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from digitpad.core.reading import NO_DIGIT
from digitpad.ui.flat_button import FlatButton
from digitpad.ui.language import renewed
from digitpad.ui.theme import Theme, faded, tint
from digitpad.words import tr

_NO_DIGIT_SIGN = "\N{MULTIPLICATION SIGN}"
_STEPS: dict[int, int] = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


class LabelRow(QWidget):
    """Ten digits and "Not a digit"; the one that holds now is pressed."""

    accessible_role: ClassVar = QAccessible.Role.Grouping

    said = Signal(str)
    """What the selected mark is: a digit, or NO_DIGIT."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, _Choice] = {}
        self._caption = QLabel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(self._caption)
        for place, label in enumerate((*map(str, range(10)), NO_DIGIT)):
            is_digit = label != NO_DIGIT
            button = _Choice("" if is_digit else _NO_DIGIT_SIGN)
            button.clicked.connect(lambda _=False, label=label: self.said.emit(label))
            button.moved.connect(lambda step, place=place: self._focus(place + step))
            self.buttons[label] = button
            layout.addWidget(button, 1 if is_digit else 0)
        self._colour()
        renewed(self, self._say)
        self.show_label(None)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()
        super().changeEvent(event)

    def _colour(self) -> None:
        """Have the caption fade with the buttons, whatever the palette says of disabled words."""
        theme = Theme.of(self.palette())
        tint(self._caption, faded(theme.text, theme.window), QPalette.ColorGroup.Disabled)

    def _say(self) -> None:
        self.setAccessibleName(tr("What the selected digit is"))
        self._caption.setText(tr("It is"))
        for label, button in self.buttons.items():
            if label == NO_DIGIT:
                button.say(tr("Not a digit"), tr("Leave it out (key X)"))
            else:
                button.say(label, tr("This digit is {digit} (key {digit})", digit=label))

    def show_label(self, label: str | None) -> None:
        """Show what the selected mark is taken for; None when none is selected."""
        self.setEnabled(label is not None)
        for name, button in self.buttons.items():
            button.show_chosen(is_chosen=name == label)

    def _focus(self, place: int) -> None:
        if 0 <= place < len(self.buttons):
            list(self.buttons.values())[place].setFocus(Qt.FocusReason.TabFocusReason)


class _Choice(FlatButton):
    """One of several, of which one holds or none: a radio button, as screen readers call it.

    To go past it with the arrow keys does not choose it: that would be a correction each time.
    """

    moved = Signal(int)
    """An arrow key asks for the next one, 1, or the one before, -1."""

    def __init__(self, sign: str) -> None:
        super().__init__(sign)
        self.setCheckable(True)

    def show_chosen(self, *, is_chosen: bool) -> None:
        """Show whether this is the one that holds; Tab comes to that one."""
        self.setAutoExclusive(False)  # Else the last one that is chosen would stay so.
        self.setChecked(is_chosen)
        self.setAutoExclusive(True)
        policies = Qt.FocusPolicy
        self.setFocusPolicy(policies.StrongFocus if is_chosen else policies.ClickFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(event.key())
        if step is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(step)
