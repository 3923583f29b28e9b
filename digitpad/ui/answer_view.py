"""Answer view: the digit that was read, large, and in words how sure that is.

Owns the words for each status, and telling screen readers.
"""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFont, QFontInfo, QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from digitpad.core.reading import EMPTY_READING, DigitReading, Reading, Status
from digitpad.ui.confidence_bars import percent
from digitpad.ui.theme import Theme

WORDS = {
    Status.DIGIT: "sure",
    Status.UNSURE: "not sure",
    Status.NOT_A_DIGIT: "not a digit",
    Status.EMPTY: "nothing yet",
}
_DETAILS = {
    Status.NOT_A_DIGIT: "No digit looks like this",
    Status.EMPTY: "Write one digit, 0 to 9",
}
_FAILED = "No answer"
_FAILED_DETAIL = "The reason stands below"
_SETTLED_AFTER = 400
"""Milliseconds without another answer before it is said: while one writes it changes too fast."""
_NO_DIGIT = "\N{EN DASH}"


class AnswerView(QWidget):
    """One large character, a word, and a line of detail."""

    announced = Signal(str)
    """What screen readers were given to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading = EMPTY_READING
        self._said = ""
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLED_AFTER)
        self._settling.timeout.connect(self._announce)
        self._digit = QLabel()
        self._digit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._word = QLabel()
        self._detail = QLabel()
        for label, scale, bold in (
            (self._digit, 5.0, True),
            (self._word, 1.5, True),
            (self._detail, 1.0, False),
        ):
            font = QFont(self.font())
            font.setPixelSize(round(QFontInfo(font).pixelSize() * scale))
            font.setBold(bold)
            label.setFont(font)
        self._digit.setFixedWidth(round(self._digit.fontMetrics().horizontalAdvance("0") * 1.2))
        # The canvas beside must not change its size with the words.
        self._word.setMinimumWidth(
            _widest(self._word, [*map(str.capitalize, WORDS.values()), _FAILED])
        )
        self._detail.setMinimumWidth(
            _widest(self._detail, [*_DETAILS.values(), _FAILED_DETAIL, _other(8)])
        )
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(self.fontMetrics().height())
        layout.setVerticalSpacing(2)
        layout.addWidget(self._digit, 0, 0, 4, 1)
        layout.addWidget(self._word, 1, 1, Qt.AlignmentFlag.AlignBottom)
        layout.addWidget(self._detail, 2, 1, Qt.AlignmentFlag.AlignTop)
        layout.setRowStretch(0, 1)
        layout.setRowStretch(3, 1)
        layout.setColumnStretch(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._colour()
        self._fill()

    @property
    def text(self) -> str:
        """The large character: the digit, or a dash."""
        return self._digit.text()

    @property
    def word(self) -> str:
        """How sure, in words."""
        return self._word.text()

    def show_reading(self, reading: Reading) -> None:
        """Show an answer."""
        self._reading = reading
        self._fill()
        self._settling.start()

    def show_failure(self) -> None:
        """Show that there is ink and no answer; the reason is told elsewhere."""
        self.show_reading(EMPTY_READING)
        self._word.setText(_FAILED)
        self._detail.setText(_FAILED_DETAIL)
        self.setAccessibleDescription(_FAILED)

    def clear_reading(self) -> None:
        """Show that nothing is there to be read."""
        self.show_reading(EMPTY_READING)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()
        super().changeEvent(event)

    @Slot()
    def _announce(self) -> None:
        """Say the answer through the screen reader, unless it was the last thing said."""
        sentence = self.accessibleDescription()
        if sentence == self._said:
            return
        self._said = sentence
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))
        self.announced.emit(sentence)

    def _fill(self) -> None:
        reading = self._reading
        named = reading.status in (Status.DIGIT, Status.UNSURE)
        self._digit.setText(reading.text if named else _NO_DIGIT)
        font = self._digit.font()
        font.setWeight(QFont.Weight.Bold if named else QFont.Weight.ExtraLight)
        self._digit.setFont(font)
        self._word.setText(WORDS[reading.status].capitalize())
        self._detail.setText(_detail(reading))
        digit = f"{reading.text}, " if named else ""
        sentence = f"{digit}{WORDS[reading.status]}"
        self.setAccessibleName("Answer")
        self.setAccessibleDescription(sentence)
        self._colour()

    def _colour(self) -> None:
        theme = Theme.of(self.palette())
        match self._reading.status:
            case Status.DIGIT:
                strength = theme.text
            case Status.UNSURE:
                strength = theme.muted
            case _:
                strength = theme.bar
        for label, colour in (
            (self._digit, strength),
            (self._word, theme.text),
            (self._detail, theme.muted),
        ):
            palette = QPalette(label.palette())
            if palette.color(QPalette.ColorRole.WindowText) != colour:
                palette.setColor(QPalette.ColorRole.WindowText, colour)
                label.setPalette(palette)


def _detail(reading: Reading) -> str:
    match reading.status:
        case Status.DIGIT:
            return percent(reading.confidence)
        case Status.UNSURE:
            return _other(_second(reading.digits[0]))
        case _:
            return _DETAILS[reading.status]


def _other(digit: int) -> str:
    return f"It could be a {digit}, too" if digit != 8 else "It could be an 8, too"


def _second(digit: DigitReading) -> int:
    """The second most probable digit."""
    others = [(p, -n) for n, p in enumerate(digit.probabilities) if n != digit.digit]
    return -max(others)[1]


def _widest(label: QLabel, texts: Iterable[str]) -> int:
    return max(label.fontMetrics().horizontalAdvance(text) for text in texts)
