"""Label row: buttons to say what the selected digit is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from digitpad.core.reading import NO_DIGIT
from digitpad.ui.pictures.flat_button import FlatButton

_NO_DIGIT_WORDS = "Not a digit"
_NO_DIGIT_SIGN = "\N{MULTIPLICATION SIGN}"


class LabelRow(QWidget):
    """Ten digits and "Not a digit"; the one that holds now is pressed."""

    said = Signal(str)
    """What the selected mark is: a digit, or NO_DIGIT."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, FlatButton] = {}
        caption = QLabel("It is")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(caption)
        for label in (*map(str, range(10)), NO_DIGIT):
            is_digit = label != NO_DIGIT
            words = label if is_digit else _NO_DIGIT_WORDS
            tip = f"This digit is a {label} (key {label})" if is_digit else "Leave it out (key X)"
            button = FlatButton(words, tip, sign=words if is_digit else _NO_DIGIT_SIGN)
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, label=label: self.said.emit(label))
            self.buttons[label] = button
            layout.addWidget(button, 1 if is_digit else 0)
        self.setAccessibleName("What the selected digit is")
        self.show_label(None)

    def show_label(self, label: str | None) -> None:
        """Show what the selected mark is taken for; None when none is selected."""
        self.setEnabled(label is not None)
        for name, button in self.buttons.items():
            button.setChecked(name == label)
