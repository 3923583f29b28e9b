"""Offer: a line in the window that offers something once, and does not stand in the way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from digitpad.ui.flat_button import FlatButton
from digitpad.ui.language import renewed
from digitpad.ui.strip import Strip
from digitpad.words import Words, tr


class Offer(Strip):
    """A sentence with a button that takes it up and one that turns it down; either ends it."""

    def __init__(
        self, sentence: Words, words: Words, take_up: Callable[[], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._sentence, self._words = sentence, words
        self._label = QLabel()
        self._label.setWordWrap(True)
        self.accept = FlatButton()
        self.refuse = FlatButton()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*[self.margin] * 4)
        layout.addWidget(self._label, 1)
        layout.addWidget(self.accept)
        layout.addWidget(self.refuse)
        renewed(self, self._say)
        self.accept.clicked.connect(lambda: take_up())
        for button in (self.accept, self.refuse):
            button.clicked.connect(self.hide)
            button.clicked.connect(self.deleteLater)

    def _say(self) -> None:
        self._label.setText(str(self._sentence))
        self.setAccessibleName(str(self._sentence))
        self.accept.say(str(self._words))
        self.refuse.say(tr("Not now"))
