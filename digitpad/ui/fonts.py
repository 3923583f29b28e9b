"""Fonts: letters for a system that has none, where text would be a row of boxes.

Fonts of the system always come first; the bundled one is loaded only where they cannot write "a".
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFontDatabase, QFontMetrics
from PySide6.QtWidgets import QApplication


def ensure_font(application: QApplication, bundled: Path) -> None:
    """Set the bundled font for the whole application if the one it has cannot write."""
    font = application.font()
    if QFontMetrics(font).inFont("a"):
        return
    number = QFontDatabase.addApplicationFont(str(bundled))
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    if families:
        font.setFamily(families[0])
        application.setFont(font)
