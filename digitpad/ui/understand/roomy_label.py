"""Roomy label: a sentence that has room for the longest of its kind, at every width.

So what lies below it stays where it is while the sentence changes with the drawing.
"""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel, QWidget


class RoomyLabel(QLabel):
    """Wraps its words; `longest` returns those that need most room, in the current language."""

    def __init__(self, longest: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._longest = longest
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)

    def hasHeightForWidth(self) -> bool:
        return True  # Without words, too.

    def heightForWidth(self, width: int) -> int:
        room, wrapped = QRect(0, 0, width, 0), Qt.TextFlag.TextWordWrap
        most = self.fontMetrics().boundingRect(room, wrapped, self._longest())
        return max(most.height(), super().heightForWidth(width))
