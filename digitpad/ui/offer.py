"""Offer: a line in the window that offers something once, and does not stand in the way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget


class Offer(QFrame):
    """A sentence with a button that takes it up and one that turns it down; either ends it."""

    def __init__(
        self, sentence: str, words: str, take_up: Callable[[], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        label = QLabel(sentence)
        label.setWordWrap(True)
        self.accept = QPushButton(words)
        self.refuse = QPushButton("Not now")
        layout = QHBoxLayout(self)
        layout.addWidget(label, 1)
        layout.addWidget(self.accept)
        layout.addWidget(self.refuse)
        self.setAccessibleName(sentence)
        self.accept.clicked.connect(lambda: take_up())
        for button in (self.accept, self.refuse):
            button.setAutoDefault(False)
            button.clicked.connect(self.hide)
            button.clicked.connect(self.deleteLater)
