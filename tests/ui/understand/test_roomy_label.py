"""The room that a sentence keeps for the longest of its kind."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from digitpad.ui.understand.roomy_label import RoomyLabel

WIDTH = 120


def test_the_room_follows_the_language(qapp: QApplication) -> None:
    longest = ["Short."]
    label = RoomyLabel(lambda: longest[0])
    before = label.heightForWidth(WIDTH)

    longest[0] = "In this language the longest sentence takes several lines of the label. " * 2
    QCoreApplication.sendEvent(label, QEvent(QEvent.Type.LanguageChange))

    assert label.heightForWidth(WIDTH) > 2 * before


def test_the_room_follows_the_font(qapp: QApplication) -> None:
    label = RoomyLabel(lambda: "A sentence of some words.")
    before = label.heightForWidth(WIDTH)

    font = QFont(label.font())
    font.setPixelSize(40)
    label.setFont(font)

    assert label.heightForWidth(WIDTH) > 2 * before
