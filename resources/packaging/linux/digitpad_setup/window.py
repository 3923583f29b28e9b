"""Window: setting up with a mouse or a keyboard.

Owns which page follows which. What is done to the disk is `installation`'s, on a thread of its own.
"""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QIcon, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from digitpad.core.resource_files import resource_path
from digitpad.ui.fonts import ensure_font
from digitpad_setup import menu, signals
from digitpad_setup.errors import SetupError, sentence
from digitpad_setup.folders import Progress
from digitpad_setup.installation import (
    PROGRAM,
    Result,
    folder_size,
    free_space,
    install,
    uninstall,
    usable,
)
from digitpad_setup.pages import EndPage, InstallPage, Page, ProgressPage, RemovePage
from digitpad_setup.places import Places
from digitpad_setup.record import read_record, read_removed
from digitpad_setup.work import Work

_ICON = 64
_BETWEEN_SIGNALS = 100
"""Milliseconds after which one that has come is noticed."""


def run(source: Path, version: str, places: Places, installed: Path | None) -> int:
    """Show the window until it is closed: to remove `installed`, or to install from `source`.

    Returns the exit status: 0 when something was done, 1 when not, or 128 and the number of the
    signal that closed it.
    """
    application = QApplication(["digitpad-setup"])
    application.setApplicationName("DigitPad Setup")
    application.setDesktopFileName("digitpad")
    application.setWindowIcon(_icon())
    ensure_font(application, resource_path("fonts", "DejaVuSans.ttf"))
    window = SetupWindow(source, version, places, installed)
    window.show()
    stopped = _closed_by_signals(window)
    application.exec()
    return 0 if window.is_done else stopped[0] + 128 if stopped else 1


def _closed_by_signals(window: QWidget) -> list[int]:
    """Close the window when a signal asks to stop; returns where such signals will be noted."""
    arrived: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        arrived.append(number)
        window.close()

    for number in signals.NUMBERS:
        signal.signal(number, stop)
    # Python hears of them between its own instructions, of which there are none while Qt waits.
    awake = QTimer(window)
    awake.timeout.connect(lambda: None)
    awake.start(_BETWEEN_SIGNALS)
    return arrived


class SetupWindow(QWidget):
    """Asks, works, tells; one page at a time."""

    def __init__(
        self, source: Path, version: str, places: Places, installed: Path | None = None
    ) -> None:
        super().__init__()
        self.is_done = False
        self._source = source
        self._version = version
        self._places = places
        self._prefix = installed or places.program
        self._work: Work | None = None
        self._needed = folder_size(source)
        self.setWindowTitle("DigitPad Setup")
        unit = self.fontMetrics().height()
        self.setMinimumWidth(36 * unit)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(2 * unit, 2 * unit, 2 * unit, round(1.5 * unit))
        self._layout.setSpacing(round(1.5 * unit))
        self._layout.addLayout(self._heading(unit))
        self.page: Page = Page()
        self._layout.addWidget(self.page, 1)
        if installed is None:
            self.ask_to_install()
        else:
            self.ask_to_remove()

    def ask_to_install(self) -> None:
        page = InstallPage(self._prefix)
        page.accepted.connect(self._install)
        page.removal_asked.connect(self.ask_to_remove)
        page.place_changed.connect(lambda _: self._look_at_place(page))
        self._look_at_place(page)
        self._turn_to(page)

    def ask_to_remove(self) -> None:
        record = read_record(self._prefix)
        page = RemovePage(self._prefix, record.version if record else "")
        page.accepted.connect(lambda: self._remove(purge=page.purges))
        self._turn_to(page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing while something is under way takes it back first."""
        if self._work is not None:
            self._work.cancel()
            self._work.wait()
        super().closeEvent(event)

    def _heading(self, unit: int) -> QHBoxLayout:
        picture = QLabel()
        picture.setPixmap(_icon().pixmap(_ICON, _ICON))
        picture.setAccessibleName("DigitPad's icon")
        title = QLabel(f"DigitPad {self._version}")
        font = title.font()
        font.setPointSizeF(1.7 * font.pointSizeF())
        font.setBold(True)
        title.setFont(font)
        words = QVBoxLayout()
        words.addStretch(1)
        words.addWidget(title)
        words.addWidget(QLabel("Write a digit and see how sure a network is"))
        words.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(unit)
        row.addWidget(picture)
        row.addLayout(words, 1)
        return row

    def _turn_to(self, page: Page) -> None:
        page.closed.connect(self.close)
        self._layout.replaceWidget(self.page, page)
        self.page.hide()
        self.page.deleteLater()
        self.page = page
        page.show()
        page.take_focus()

    def _look_at_place(self, page: InstallPage) -> None:
        """Say what would happen at the folder that is written there."""
        action, can_be_used, removable = "&Install", True, False
        try:
            if not page.prefix.is_absolute():
                raise SetupError("name a folder with its full path")
            self._prefix = usable(page.prefix)
            record = read_record(self._prefix)
            free = free_space(self._prefix)
            remark = f"Takes {self._needed / 1e6:.0f} MB; {_size(free)} are free."
            if record is not None:
                is_same = record.version == self._version
                action, removable = "&Repair" if is_same else "&Update", True
                remark = f"DigitPad {record.version} is installed there. {remark}"
            elif (
                self._prefix.is_dir()
                and any(self._prefix.iterdir())
                and read_removed(self._prefix) is None
            ):
                raise SetupError("this folder holds other files; name a new one")
        except SetupError as error:
            remark, can_be_used = f"\N{WARNING SIGN} {error}.", False
        except OSError as error:
            remark, can_be_used = f"\N{WARNING SIGN} {sentence(error)}.", False
        page.show_place(remark, action, usable=can_be_used, removable=removable)

    def _install(self) -> None:
        page = self.page
        assert isinstance(page, InstallPage)
        prefix, wants_menu = self._prefix, page.wants_menu

        def job(progress: Progress) -> Result:
            return install(
                self._source,
                self._version,
                prefix,
                self._places,
                menu_entry=wants_menu,
                progress=progress,
            )

        self._begin(job, "Installing DigitPad ...", self._on_installed)

    def _remove(self, *, purge: bool) -> None:
        prefix = self._prefix

        def job(_progress: Progress) -> Result:
            return uninstall(prefix, self._places, purge=purge)

        self._begin(job, "Removing DigitPad ...", self._on_removed)

    def _begin(
        self, job: Callable[[Progress], Result], text: str, then: Callable[[Result], None]
    ) -> None:
        page = ProgressPage(text)
        work = self._work = Work(job)
        work.advanced.connect(page.show_progress)
        work.succeeded.connect(then, Qt.ConnectionType.QueuedConnection)
        work.failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)
        page.cancelled.connect(work.cancel)
        self._turn_to(page)
        work.start()

    def _on_installed(self, result: Result) -> None:
        self._end_work()
        self.is_done = True
        instead = f" in place of {result.replaced}" if result.replaced else ""
        text = f"DigitPad is in {result.prefix}{instead}."
        self._end("Installed", " ".join([text, *result.notes]), can_start=True)

    def _on_removed(self, result: Result) -> None:
        self._end_work()
        self.is_done = True
        text = f"DigitPad was removed from {result.prefix}."
        self._end("Removed", " ".join([text, *result.notes]))

    def _on_failed(self, text: str) -> None:
        self._end_work()
        if text:
            # A sentence may begin with a path, which keeps its case.
            self._end("All is as it was before", text[:1].upper() + text[1:], can_go_back=True)
        else:
            self.ask_to_install()

    def _end_work(self) -> None:
        if self._work is not None:
            self._work.wait()
            self._work = None

    def _end(
        self, title: str, text: str, *, can_start: bool = False, can_go_back: bool = False
    ) -> None:
        page = EndPage(title, text, can_start=can_start, can_go_back=can_go_back)
        page.started.connect(self._start)
        page.back_asked.connect(self.ask_to_install)
        self._turn_to(page)

    def _start(self) -> None:
        try:
            subprocess.Popen(
                [self._prefix / PROGRAM],
                env=menu.outer_environment(),
                cwd=self._places.home,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as error:
            self._end("DigitPad is installed, but does not start", f"{sentence(error)}.")
        else:
            self.close()


def _icon() -> QIcon:
    icon = QIcon()
    for file in sorted(resource_path("icons").glob("digitpad-*.png")):
        icon.addFile(str(file))
    return icon


def _size(number: float) -> str:
    return f"{number / 1e9:.0f} GB" if number >= 1e10 else f"{number / 1e6:.0f} MB"
