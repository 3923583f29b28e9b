"""Pages: what the setup window shows, one after the other. They ask and tell; they decide nothing.

Sizes follow the font, and every field has a label that a screen reader says.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from digitpad_setup.record import read_record, read_removed

_BREAK = "\N{ZERO WIDTH SPACE}"


class Page(QWidget):
    """A column of widgets, and buttons below: the ones at the right go on or end."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        unit = self.fontMetrics().height()
        self.column = QVBoxLayout()
        self.column.setSpacing(unit // 2)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(unit // 2)
        self._buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(unit)
        layout.addLayout(self.column)
        layout.addStretch(1)
        layout.addLayout(self._buttons)

    def add_button(self, text: str, *, default: bool = False) -> QPushButton:
        """Add a button right of the others; Enter presses the default one."""
        button = QPushButton(text)
        button.setMinimumHeight(round(2.1 * self.fontMetrics().height()))
        button.setMinimumWidth(7 * self.fontMetrics().height())
        button.setAutoDefault(True)
        button.setDefault(default)
        self._buttons.addWidget(button)
        return button

    def add_far_button(self, text: str) -> QPushButton:
        """Add a button at the left, away from those that go on."""
        button = self.add_button(text)
        self._buttons.removeWidget(button)
        self._buttons.insertWidget(0, button)
        return button

    def take_focus(self) -> None:
        """Give the keyboard to what a person most likely wants."""


class InstallPage(Page):
    """Where to install, and whether with a menu entry."""

    accepted = Signal()
    removal_asked = Signal()
    place_changed = Signal(str)

    def __init__(self, prefix: Path) -> None:
        super().__init__()
        self._folder = QLineEdit(str(prefix))
        label = QLabel("Install for me in")
        label.setBuddy(self._folder)
        choose = QPushButton("&Choose...")
        choose.setAccessibleName("Choose the folder")
        choose.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(self._folder, 1)
        row.addWidget(choose)
        self._remark = Text()
        self._menu = QCheckBox("Add DigitPad to the &menu and open InkML drawings with it")
        self._menu.setChecked(True)
        for part in (label, row, self._remark, self._menu):
            self.column.addLayout(part) if isinstance(part, QHBoxLayout) else self.column.addWidget(
                part
            )
        self._remove = self.add_far_button("&Remove...")
        self._remove.clicked.connect(self.removal_asked)
        self.add_button("Cancel").clicked.connect(self.closed)
        self._install = self.add_button("&Install", default=True)
        self._install.clicked.connect(self.accepted)
        self._folder.textChanged.connect(self.place_changed)

    @property
    def prefix(self) -> Path:
        """The folder as it is written there."""
        return Path(self._folder.text().strip())

    @property
    def wants_menu(self) -> bool:
        return self._menu.isChecked()

    def show_place(self, remark: str, action: str, *, usable: bool, removable: bool) -> None:
        """Say what is at the place, and what the button would do there."""
        self._remark.show_text(remark)
        self._install.setText(action)
        self._install.setEnabled(usable)
        self._remove.setVisible(removable)

    def take_focus(self) -> None:
        self._install.setFocus()

    def _choose(self) -> None:
        start = self.prefix
        while not start.is_dir() and start != start.parent:
            start = start.parent
        chosen = QFileDialog.getExistingDirectory(self, "Where to install DigitPad", str(start))
        if chosen:
            folder = Path(chosen)
            is_taken = folder.is_dir() and any(folder.iterdir())
            is_ours = (read_record(folder) or read_removed(folder)) is not None
            self._folder.setText(str(folder / "digitpad" if is_taken and not is_ours else folder))


class RemovePage(Page):
    """Whether to remove an installation, and a person's settings with it."""

    accepted = Signal()

    def __init__(self, prefix: Path, version: str) -> None:
        super().__init__()
        self._settings = QCheckBox("Remove my &settings and unsaved drawings too")
        self.column.addWidget(Text(f"Remove DigitPad {version} from {prefix}?"))
        self.column.addWidget(Text("Drawings that you saved are kept."))
        self.column.addWidget(self._settings)
        self._cancel = self.add_button("Cancel")
        self._cancel.clicked.connect(self.closed)
        self.add_button("&Remove").clicked.connect(self.accepted)

    @property
    def purges(self) -> bool:
        return self._settings.isChecked()

    def take_focus(self) -> None:
        self._cancel.setFocus()


class ProgressPage(Page):
    """How far the work is."""

    cancelled = Signal()

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = Text(text)
        self._bar = QProgressBar()
        self._bar.setAccessibleName(text)
        self._bar.setTextVisible(False)
        self.column.addWidget(self._text)
        self.column.addWidget(self._bar)
        self._cancel = self.add_button("Cancel")
        self._cancel.clicked.connect(self._on_cancel)

    def show_progress(self, percent: int) -> None:
        self._bar.setValue(percent)

    def take_focus(self) -> None:
        self._cancel.setFocus()

    def _on_cancel(self) -> None:
        self._cancel.setEnabled(False)
        self._text.show_text("Taking back what was begun ...")
        self.cancelled.emit()


class EndPage(Page):
    """How it ended; after an installation, the program can be started."""

    started = Signal()
    back_asked = Signal()

    def __init__(self, title: str, text: str, *, can_start: bool, can_go_back: bool) -> None:
        super().__init__()
        heading = QLabel(title)
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        self.column.addWidget(heading)
        self.column.addWidget(Text(text))
        if can_go_back:
            self.add_button("&Back").clicked.connect(self.back_asked)
        self._last = self.add_button("Close", default=not can_start)
        self._last.clicked.connect(self.closed)
        if can_start:
            self._last = self.add_button("&Start DigitPad", default=True)
            self._last.clicked.connect(self.started)

    def take_focus(self) -> None:
        self._last.setFocus()


class Text(QLabel):
    """Plain text that wraps, also inside the paths it names."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        self.setText(text.replace("/", f"/{_BREAK}"))
        self.setAccessibleName(text)
