"""Licences: a window with what the program is made of, and the terms of each part in full."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from digitpad.third_party import Component
from digitpad.ui.language import renewed
from digitpad.words import tr

COLUMNS = 87
"""Letters in the widest line of most texts, and room for the scroll bar and the margins."""


class LicencesDialog(QDialog):
    """Shows a list of components; the one that is selected there is shown in full beside it."""

    def __init__(self, components: Sequence[Component], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._components = components
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        self.list = QListWidget()
        self.list.addItems([f"{c.name} {c.version}" for c in components])
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setTabChangesFocus(True)

        self._intro = QLabel()
        self._intro.setWordWrap(True)
        halves = QSplitter()
        halves.addWidget(self.list)
        halves.addWidget(self.text)
        halves.setStretchFactor(1, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self._intro)
        layout.addWidget(halves, 1)
        layout.addWidget(buttons)

        self.list.currentRowChanged.connect(self._show)
        self.list.setCurrentRow(0)
        width = self.text.fontMetrics().horizontalAdvance("m" * COLUMNS)
        halves.setSizes([width // 2, width])
        self.resize(width * 3 // 2, width)
        renewed(self, self._say)

    def _say(self) -> None:
        self.setWindowTitle(tr("Licences"))
        self.list.setAccessibleName(tr("What DigitPad is built from"))
        self.text.setAccessibleName(tr("Terms"))
        self._intro.setText(
            tr(
                "DigitPad is built from the software and data below, each under its own terms. "
                "Qt and PySide6 are used under the LGPL; the entry for Qt explains how to use "
                "your own versions of them."
            )
        )

    @Slot(int)
    def _show(self, row: int) -> None:
        self.text.setPlainText(self._components[row].text() if row >= 0 else "")
