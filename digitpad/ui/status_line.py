"""Status line: one sentence for a person under the pad; a failure is marked by a sign."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

_BREAK = "\N{ZERO WIDTH SPACE}"


class StatusLine(QLabel):
    """Wraps long sentences, also inside the paths they name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._message = ""
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setMinimumHeight(self.fontMetrics().height() + 4)
        self.show_note("")

    @property
    def message(self) -> str:
        """The sentence shown."""
        return self._message

    def show_note(self, message: str) -> None:
        """Show what goes on; "" for nothing."""
        self._show(message, message)

    def show_failure(self, message: str) -> None:
        """Show what went wrong."""
        self._show(message, f"\N{WARNING SIGN} {message}")

    def _show(self, message: str, text: str) -> None:
        self._message = message
        self.setText(text.replace("/", f"/{_BREAK}").replace("\\", f"\\{_BREAK}"))
        self.setAccessibleName(f"Status: {message}" if message else "Status")
