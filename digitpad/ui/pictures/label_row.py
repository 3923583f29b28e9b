"""Label row: buttons to say what the selected digit is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from digitpad.core.reading import NO_DIGIT
from digitpad.ui.language import renewed
from digitpad.ui.pictures.flat_button import FlatButton
from digitpad.words import tr

_NO_DIGIT_SIGN = "\N{MULTIPLICATION SIGN}"


class LabelRow(QWidget):
    """Ten digits and "Not a digit"; the one that holds now is pressed."""

    said = Signal(str)
    """What the selected mark is: a digit, or NO_DIGIT."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, FlatButton] = {}
        self._caption = QLabel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(self._caption)
        for label in (*map(str, range(10)), NO_DIGIT):
            is_digit = label != NO_DIGIT
            button = FlatButton("" if is_digit else _NO_DIGIT_SIGN)
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, label=label: self.said.emit(label))
            self.buttons[label] = button
            layout.addWidget(button, 1 if is_digit else 0)
        renewed(self, self._say)
        self.show_label(None)

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
            button.setChecked(name == label)
