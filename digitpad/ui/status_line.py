"""Status line: one sentence for a person under the pad; a failure is marked by a sign.

Owns that nothing moves when a long sentence goes: one may be writing.
"""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from digitpad.ui.language import renewed
from digitpad.words import Words, tr

_BREAK = "\N{ZERO WIDTH SPACE}"


class StatusLine(QLabel):
    """Wraps long sentences, also inside the paths they name, and keeps the room they took."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._message: str | Words = ""
        self._is_failure = False
        self._kept = 0
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setMinimumHeight(self.fontMetrics().height() + 4)
        renewed(self, self._fill)

    @property
    def message(self) -> str:
        """The sentence shown."""
        return str(self._message)

    def show_note(self, message: str | Words) -> None:
        """Show what goes on; "" for nothing."""
        self._show(message, is_failure=False)

    def show_failure(self, message: str | Words) -> None:
        """Show what went wrong."""
        self._show(message, is_failure=True)

    def give_room_back(self) -> None:
        """Take no more room than the sentence needs."""
        self._kept = 0
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True  # Without words, too.

    def heightForWidth(self, width: int) -> int:
        return max(self._kept, super().heightForWidth(width))

    def _show(self, message: str | Words, *, is_failure: bool) -> None:
        self._kept = self.heightForWidth(self.width())
        self._message, self._is_failure = message, is_failure
        self._fill()

    def _fill(self) -> None:
        message = self.message
        text = f"\N{WARNING SIGN} {message}" if self._is_failure else message
        self.setText(text.replace("/", f"/{_BREAK}").replace("\\", f"\\{_BREAK}"))
        self.setAccessibleName(
            tr("Status: {message}", message=message) if message else tr("Status")
        )
