"""Roomy label: a sentence that has room for the longest of its kind, at every width.

So what lies below it stays where it is while the sentence changes with the drawing.
"""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtWidgets import QLabel, QWidget


class RoomyLabel(QLabel):
    """Wraps its words; `longest` returns those that need most room, in the current language."""

    def __init__(self, longest: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._longest = longest
        self._rooms: dict[int, int] = {}
        """The height that the longest words take at a width; layouts ask with every answer."""
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LanguageChange):
            self._rooms.clear()
        super().changeEvent(event)

    def hasHeightForWidth(self) -> bool:
        return True  # Without words, too.

    def heightForWidth(self, width: int) -> int:
        if width not in self._rooms:
            room, wrapped = QRect(0, 0, width, 0), Qt.TextFlag.TextWordWrap
            most = self.fontMetrics().boundingRect(room, wrapped, self._longest())
            self._rooms[width] = most.height()
        return max(self._rooms[width], super().heightForWidth(width))
