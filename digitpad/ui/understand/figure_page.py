"""Figure page: a page that is one figure with a sentence beneath it, and how to read it."""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QFontInfo, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from digitpad.ui.language import renewed
from digitpad.ui.theme import Theme, tint
from digitpad.ui.understand.page import Page
from digitpad.ui.understand.roomy_label import RoomyLabel
from digitpad.words import Words

_TALLEST = 1.1
"""Largest height of a figure, as a share of its width: so its words stay near it."""
AT_REST = Words("Draw a digit to see it here.")


class FigurePage(Page):
    """Lays out a figure over its words.

    `explanation` says once how to read the figure; `longest` returns a sentence as long as any that
    is said of a drawing.
    """

    def __init__(
        self,
        figure: QWidget,
        explanation: Words,
        longest: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._figure = figure
        self._sentence = RoomyLabel(longest)
        self._explanation = QLabel()
        self._explanation.setWordWrap(True)
        self._explanation.setAlignment(Qt.AlignmentFlag.AlignTop)
        font = QFont(self.font())
        font.setPixelSize(round(QFontInfo(font).pixelSize() * 1.15))
        self._sentence.setFont(font)
        for label in (self._sentence, self._explanation):
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        # After the policy: with a text a label adds to it that its height depends on its width.
        renewed(self, lambda: self._explanation.setText(str(explanation)))
        unit = self.fontMetrics().height()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(unit, round(unit * 0.8), unit, round(unit * 0.8))
        layout.setSpacing(round(unit * 0.6))
        layout.addWidget(figure, 100)
        layout.addWidget(self._sentence)
        layout.addWidget(self._explanation)
        layout.addStretch(1)  # Takes over where the figure has its largest height.
        tint(self._explanation, Theme.of(self.palette()).muted)

    @property
    def figure(self) -> QWidget:
        return self._figure

    @property
    def sentence(self) -> str:
        """What is said of this drawing."""
        return self._sentence.text()

    @property
    def explanation(self) -> str:
        """How to read the figure."""
        return self._explanation.text()

    def sentences(self) -> tuple[str, ...]:
        return () if self.sentence in ("", str(AT_REST)) else (self.sentence, self.explanation)

    def say(self, sentence: str | Words) -> None:
        """Say something of the drawing that is shown."""
        self._sentence.setText(str(sentence))
        self.setAccessibleDescription(str(sentence))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        least = self._figure.minimumSizeHint().height()
        width = self.width() - 2 * self.fontMetrics().height()
        self._figure.setMaximumHeight(max(int(_TALLEST * width), least))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            tint(self._explanation, Theme.of(self.palette()).muted)
        super().changeEvent(event)
