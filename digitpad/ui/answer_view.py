"""Answer view: one digit that was read, large, and in words how sure that is.

Owns telling screen readers. A click on it asks for what can be done with the digit.
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
)
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from digitpad.core.corrections import Mark
from digitpad.core.reading import Status
from digitpad.ui.answer_words import (
    CORRECTED,
    WORDS,
    capitalized,
    detail_of,
    longest_details,
    sentence_of,
    word_of,
)
from digitpad.ui.language import renewed
from digitpad.ui.theme import Theme, tint
from digitpad.words import Words, tr

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
        details = [*longest_details(), str(_FAILED_DETAIL)]
        self._widest_detail = _widest(self._detail, details)
        self._detail.setMinimumWidth(_width_for_two_lines(self._detail, details))
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
            word, detail, sentence = word_of(mark), detail_of(mark), sentence_of(self._marks)
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
            tint(label, colour)


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
