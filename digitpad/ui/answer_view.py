"""Answer view: one digit that was read, large, and in words how sure that is.

Owns the words for each status, and telling screen readers. A click on it asks for what can be done
with the digit.
"""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QMouseEvent,
    QPalette,
)
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from digitpad.core.corrections import Mark, text_of
from digitpad.core.reading import DigitReading, Status, WhyNone
from digitpad.ui.confidence_bars import percent
from digitpad.ui.language import renewed
from digitpad.ui.theme import Theme
from digitpad.words import Words, tr

WORDS = {
    Status.DIGIT: Words("sure"),
    Status.UNSURE: Words("not sure"),
    Status.NOT_A_DIGIT: Words("not a digit"),
    Status.EMPTY: Words("nothing yet"),
}
CORRECTED = Words("your answer")
"""The word where a person said what it is."""
_WHY_NONE = {
    None: Words("Doesn't look like a digit"),
    WhyNone.LINE: Words("Read as a line"),
    WhyNone.RING: Words("Read as a ring or box"),
    WhyNone.STRUCK_OUT: Words("Crossed out"),
    WhyNone.SMALL: Words("Too small for a digit"),
}
_MAY_BE_NONE = Words("It may not be a digit")
_MAY_PART = Words("It may be several, or part of one")
_NETWORK_SEES_NONE = Words("Network: not a digit")
_FAILED = Words("No answer")
_FAILED_DETAIL = Words("See below for the reason")
_SETTLED_AFTER = 400
"""Milliseconds without another answer before it is said: while one writes it changes too fast."""
_NO_DIGIT = "\N{EN DASH}"


class AnswerView(QWidget):
    """One large character, a word, and a line of detail."""

    announced = Signal(str)
    """What screen readers were given to say."""
    asked = Signal()
    """The digit was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: tuple[Mark, ...] = ()
        self._shown = 0
        self._rest = WORDS[Status.EMPTY]
        self._invitation: Words | str = ""
        self._has_failed = False
        self._said = ""
        self._theme = Theme.of(self.palette())
        self._colours: tuple[QColor, ...] = ()
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLED_AFTER)
        self._settling.timeout.connect(self._announce)
        self._digit = QLabel()
        self._digit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._word = QLabel()
        self._detail = QLabel()
        self._detail.setWordWrap(True)
        self._widest_detail = 0
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
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(self.fontMetrics().height())
        layout.setVerticalSpacing(2)
        layout.addWidget(self._digit, 0, 0, 4, 1)
        layout.addWidget(self._word, 1, 1, Qt.AlignmentFlag.AlignBottom)
        layout.addWidget(self._detail, 2, 1)
        layout.setRowStretch(0, 1)
        layout.setRowStretch(3, 1)
        layout.setColumnStretch(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._colour()
        renewed(self, self._say)

    @property
    def text(self) -> str:
        """The large character: the digit, or a dash."""
        return self._digit.text()

    @property
    def area(self) -> QRect:
        """Where on the screen the large character is."""
        return self._digit.rect().translated(self._digit.mapToGlobal(QPoint()))

    @property
    def word(self) -> str:
        """How sure, in words."""
        return self._word.text()

    @property
    def detail(self) -> str:
        """Why it is so, or how sure in percents; at rest, what can be written."""
        return self._detail.text()

    def show_marks(self, marks: Sequence[Mark], shown: int = 0) -> None:
        """Show one of the marks that were read; none for nothing to be read."""
        self._marks, self._shown, self._has_failed = tuple(marks), shown, False
        self._fill()
        self._settling.start()

    def invite(self, sentence: Words | str, rest: Words = WORDS[Status.EMPTY]) -> None:
        """Say this while there is no digit to show, "" for nothing, under the word for that."""
        self._invitation, self._rest = sentence, rest
        self._fill()

    def show_failure(self) -> None:
        """Show that there is ink and no answer; the reason is told elsewhere."""
        self.show_marks(())
        self._has_failed = True
        self._fill()

    def sizeHint(self) -> QSize:
        """With each detail in one line; where there is less room it takes two."""
        least = self.minimumSizeHint()
        more = self._widest_detail - max(self._detail.minimumWidth(), self._word.minimumWidth())
        return QSize(least.width() + max(more, 0), least.height())

    def hasHeightForWidth(self) -> bool:
        return False  # Two lines of detail are lower than the large character, too.

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._marks and event.button() == Qt.MouseButton.LeftButton:
            self.asked.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._theme = Theme.of(self.palette())
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

    @property
    def _mark(self) -> Mark | None:
        return self._marks[self._shown] if self._marks else None

    def _say(self) -> None:
        # The canvas beside must not change its size with the words.
        words = (*WORDS.values(), CORRECTED, _FAILED)
        self._word.setMinimumWidth(_widest(self._word, [capitalized(str(word)) for word in words]))
        details = (*_WHY_NONE.values(), _NETWORK_SEES_NONE, _FAILED_DETAIL, _MAY_PART, _other(8))
        said = [str(detail) for detail in details]
        self._widest_detail = _widest(self._detail, said)
        self._detail.setMinimumWidth(_width_for_two_lines(self._detail, said))
        self.setAccessibleName(tr("Answer"))
        self._fill()

    def _fill(self) -> None:
        mark = self._mark
        named = mark is not None and mark.status is not Status.NOT_A_DIGIT
        sign = mark.sign if mark is not None and named else _NO_DIGIT
        self._digit.setText(sign)
        font = self._digit.font()
        font.setWeight(QFont.Weight.Bold if named else QFont.Weight.ExtraLight)
        if font != self._digit.font():
            self._digit.setFont(font)
        if self._has_failed:
            word, detail, sentence = str(_FAILED), str(_FAILED_DETAIL), str(_FAILED)
        elif mark is None:
            word, detail, sentence = str(self._rest), str(self._invitation), str(self._rest)
        else:
            word, detail, sentence = word_of(mark), _detail(mark), _sentence(self._marks)
        self._word.setText(capitalized(word))
        self._detail.setText(detail)
        self.setAccessibleDescription(sentence)
        self._offer(tr("Split, join or correct this digit") if mark is not None else "")
        self._colour()

    def _offer(self, tip: str) -> None:
        """Say what a click does, or that it does nothing; Qt would tell all anew each time."""
        if tip == self.toolTip():
            return
        self.setToolTip(tip)
        self.setCursor(Qt.CursorShape.PointingHandCursor if tip else Qt.CursorShape.ArrowCursor)

    def _colour(self) -> None:
        theme = self._theme
        match self._mark.status if self._mark is not None else Status.EMPTY:
            case Status.DIGIT:
                strength = theme.text
            case Status.UNSURE:
                strength = theme.muted
            case _:
                strength = theme.bar
        colours = strength, theme.text, theme.muted
        if colours == self._colours:
            return
        self._colours = colours
        for label, colour in zip((self._digit, self._word, self._detail), colours, strict=True):
            palette = QPalette(label.palette())
            palette.setColor(QPalette.ColorRole.WindowText, colour)
            label.setPalette(palette)


def word_of(mark: Mark) -> str:
    """Return how sure a mark is, in words."""
    return str(WORDS[mark.status] if mark.label is None else CORRECTED)


def capitalized(words: str) -> str:
    """Return words with a capital at their beginning, and the others as they are."""
    return words[:1].upper() + words[1:]


def _sentence(marks: Sequence[Mark]) -> str:
    """Return the whole answer as it is said: what is written, and how sure its worst mark is."""
    worst = max(marks, key=lambda mark: _DOUBT.index(mark.status))
    is_none = len(marks) == 1 and worst.status is Status.NOT_A_DIGIT
    said = str(WORDS[Status.NOT_A_DIGIT]) if is_none else text_of(marks)
    return said if said == word_of(worst) else f"{said}, {word_of(worst)}"


_DOUBT = (Status.DIGIT, Status.UNSURE, Status.NOT_A_DIGIT)


def _detail(mark: Mark) -> str:
    digit = mark.digit
    if mark.label is not None:
        is_none = digit.status is Status.NOT_A_DIGIT
        if is_none:
            return str(_NETWORK_SEES_NONE)
        share = percent(digit.confidence)
        return tr("Network: {digit}, {share}", digit=digit.digit, share=share)
    match mark.status:
        case Status.DIGIT:
            return percent(digit.certainty)
        case Status.UNSURE:
            return str(_doubt(digit))
        case _:
            return str(_WHY_NONE[digit.why_none])


def _doubt(digit: DigitReading) -> Words:
    """Return what an unsure digit suffers from most."""
    if digit.grouping < min(digit.confidence, digit.is_digit):
        return _MAY_PART
    return _other(_second(digit)) if digit.confidence <= digit.is_digit else _MAY_BE_NONE


def _other(digit: int) -> Words:
    if digit == 8:
        return Words("It could also be an 8")
    return Words("It could also be a {digit}").filled(digit=digit)


def _second(digit: DigitReading) -> int:
    """The second most probable digit."""
    others = [(p, -n) for n, p in enumerate(digit.probabilities) if n != digit.digit]
    return -max(others)[1]


def _width_for_two_lines(label: QLabel, texts: Sequence[str]) -> int:
    """Return the least width at which each text fits into two lines."""
    widths = []
    for text in texts:
        words = text.split()
        cuts = range(1, len(words) + 1)
        widths.append(
            min(_widest(label, (" ".join(words[:at]), " ".join(words[at:]))) for at in cuts)
        )
    return max(widths)


def _widest(label: QLabel, texts: Iterable[str]) -> int:
    """Return the width that holds each text in one line: rounded down, it would be wrapped."""
    metrics = QFontMetricsF(label.font())
    return math.ceil(max(metrics.horizontalAdvance(text) for text in texts))
