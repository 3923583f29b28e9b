"""Pad windows: the program's windows, each with a recognizer and a draft of its own.

Owns which windows are open, what a new one starts with and what is kept of a closed one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QWidget

from digitpad.settings import Settings, load_settings, save_settings
from digitpad.ui.language import speak
from digitpad.ui.pad_window import PadWindow
from digitpad.workers.draft_keeper import DraftKeeper
from digitpad.workers.recognizer import InkReader, Recognizer

_FRAME = 16
"""Milliseconds after which what was painted is on the screen."""
_ASIDE = 28
"""Logical pixels by which a new window lies right of and below the one it was asked from."""


class PadWindows:
    """Opens windows and keeps them until they are closed."""

    def __init__(
        self, load_reader: Callable[[], InkReader], settings_path: Path, drafts_path: Path
    ) -> None:
        """`load_reader` is called for each window, on its recognizer's thread."""
        self._load_reader = load_reader
        self._settings_path = settings_path
        self._drafts_path = drafts_path
        self._open: dict[PadWindow, DraftKeeper] = {}

    def open(self, settings: Settings | None = None) -> PadWindow:
        """Make a window, as the last one that was closed when there are no `settings`.

        It is not shown yet; once it is, its model loads.
        """
        recognizer = Recognizer(self._load_reader)
        drafts = DraftKeeper(self._drafts_path)
        settings = settings or load_settings(self._settings_path)
        if not self._open:
            speak(settings.language)
        window = PadWindow(recognizer, settings=settings, drafts=drafts)
        recognizer.setParent(window)
        drafts.setParent(window)
        first_paint = FirstPaint(window)
        first_paint.shown.connect(recognizer.start)
        first_paint.shown.connect(drafts.start)
        window.another_asked.connect(partial(self._open_beside, window))
        drafts.another_left.connect(partial(self._open_beside, window))
        window.quit_asked.connect(self.close_all)
        window.closed.connect(partial(self._on_closed, window))
        self._open[window] = drafts
        return window

    @property
    def active(self) -> PadWindow:
        """The window that has the focus, else the newest one."""
        *_, newest = self._open
        return next((window for window in self._open if window.isActiveWindow()), newest)

    def open_file(self, name: str) -> None:
        """Show a file in the active window."""
        self.active.files.open_file(name)

    def show_failure(self, sentence: str) -> None:
        """Say in the active window that something went wrong."""
        self.active.status.show_failure(sentence)

    def close_all(self) -> None:
        """Close the windows, the newest first, until a person wants to keep one."""
        for window in reversed(list(self._open)):
            if not window.close():
                return

    def close_unasked(self) -> None:
        """Close the windows without asking what is to become of unsaved work: it is kept."""
        for window in self._open:
            window.files.stop_asking()
        self.close_all()

    def end(self) -> None:
        """Keep what should come back, and wait for all threads."""
        for window, drafts in self._open.items():
            save_settings(self._settings_path, window.settings)
            window.recognizer.stop()
            drafts.stop()

    def _open_beside(self, window: PadWindow) -> None:
        another = self.open(window.settings)
        another.move(window.pos() + QPoint(_ASIDE, _ASIDE))
        another.show()

    def _on_closed(self, window: PadWindow) -> None:
        if len(self._open) == 1:
            return  # The program ends, and waits for the threads then.
        save_settings(self._settings_path, window.settings)
        self._open.pop(window).stop()
        window.deleteLater()


class FirstPaint(QObject):
    """Tells when a window has been seen for the first time.

    What comes then may take its time: the window's thread and others run Python by turns only, and
    a timer without delay would go off before the first painting.
    """

    shown = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(_FRAME, self, self._tell)
        return False

    def _tell(self) -> None:
        if self._window.isVisible():  # It may have been closed at once: no thread is to start then.
            self.shown.emit()
