"""Desktop: the window as a running program.

Owns the application object, what happens to errors nobody caught and to Ctrl+C, and the wiring of
recognizer and window.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
from collections import deque
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QEventLoop,
    QMessageLogContext,
    QObject,
    QSocketNotifier,
    QStandardPaths,
    Qt,
    QTimer,
    QtMsgType,
    Signal,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from digitpad.core.resource_files import resource_path
from digitpad.settings import load_settings, save_settings
from digitpad.ui.fonts import ensure_font
from digitpad.ui.pad_window import PadWindow
from digitpad.workers.draft_keeper import DraftKeeper
from digitpad.workers.recognizer import Recognizer

if TYPE_CHECKING:
    from digitpad.core.reader import Reader

_log = logging.getLogger(__name__)

_PATIENCE = 30_000
"""Milliseconds that the self-test gives the model to load."""


def open_window(file: str | None) -> int:
    """Show the pad until it is closed, with the first drawing of an ink file if one is named.

    Returns the exit status. A file that cannot be shown is said in the window.
    """
    application = make_application()
    recognizer = Recognizer(load_reader)
    settings_path = _settings_path()
    drafts = DraftKeeper(_drafts_path())
    window = PadWindow(recognizer, settings=load_settings(settings_path), drafts=drafts)
    application.file_requested.connect(window.files.open_file)
    errors = UncaughtErrors()
    errors.caught.connect(window.status.show_failure)
    sys.excepthook = errors.handle
    with _Termination(window):
        window.show()
        # Once the window is painted: its thread and the recognizer's run Python by turns only.
        QTimer.singleShot(0, recognizer.start)
        QTimer.singleShot(0, drafts.start)
        if file is not None:
            window.files.open_file(file)
        try:
            return application.exec()
        finally:
            save_settings(settings_path, window.settings)
            recognizer.stop()
            drafts.stop()
            sys.excepthook = sys.__excepthook__


def try_window() -> str | None:
    """Open the pad, wait until the model is ready there, close it.

    Returns None when that works, else one sentence on what is wrong.
    """
    make_application()
    recognizer = Recognizer(load_reader)
    window = PadWindow(recognizer)
    outcomes: list[str] = []
    loop = QEventLoop()
    recognizer.ready.connect(lambda: outcomes.append(""))
    recognizer.failed.connect(outcomes.append)
    for outcome in (recognizer.ready, recognizer.failed):
        outcome.connect(loop.quit)
    QTimer.singleShot(_PATIENCE, loop, loop.quit)
    recognizer.start()
    window.show()
    loop.exec()
    window.close()
    recognizer.stop()
    if not outcomes:
        return "The window opened, but the model was not ready in time."
    return outcomes[0] or None


def load_reader() -> Reader:
    """Load the bundled model; on the recognizer's thread, with all that only reading needs."""
    from digitpad.core.reader import Reader

    return Reader.bundled()


class PadApplication(QApplication):
    """The application object; tells of a document that the desktop wants opened.

    macOS names a double-clicked file by such an event, not among the arguments.
    """

    file_requested = Signal(str)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_requested.emit(event.file())
            return True
        return super().event(event)


def make_application() -> PadApplication:
    """Return the application object, with the names that settings are kept under."""
    qInstallMessageHandler(_QtMessages().handle)
    # Every point of a fast pen is wanted; Qt would otherwise merge those that pile up.
    for attribute in (
        Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents,
        Qt.ApplicationAttribute.AA_CompressTabletEvents,
    ):
        QApplication.setAttribute(attribute, False)
    application = PadApplication([sys.argv[0]])
    application.setApplicationName("DigitPad")
    application.setOrganizationName("DigitPad")
    application.setDesktopFileName("digitpad")
    ensure_font(application, resource_path("fonts", "DejaVuSans.ttf"))
    return application


class _QtMessages:
    """What Qt has to say goes to the log, and a fatal message to the person.

    Remarks, such as what a platform does not support, stay off a person's terminal. After a fatal
    message Qt would abort without another word; the program ends here instead, with the reasons
    that Qt gave in the remarks before.
    """

    def __init__(self) -> None:
        self._remarks: deque[str] = deque(maxlen=3)

    def handle(self, kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind == QtMsgType.QtFatalMsg:
            from digitpad.failure import refuse

            os._exit(refuse(" ".join([*self._remarks, *text.split()]), dialog=True))
        if kind == QtMsgType.QtWarningMsg:
            self._remarks.append(f"{text.strip().rstrip('.')}.")
        is_grave = kind == QtMsgType.QtCriticalMsg
        _log.log(logging.ERROR if is_grave else logging.INFO, "Qt: %s", text)


def _settings_path() -> Path:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation)
    return Path(folder) / "settings.json"


def _drafts_path() -> Path:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
    return Path(folder) / "drafts"


class UncaughtErrors(QObject):
    """An exception hook: the whole story to the log, one line to the window."""

    caught = Signal(str)
    """One sentence for a person; may be emitted from any thread."""

    def handle(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        _log.error("an error nobody caught", exc_info=(kind, error, trace))
        self.caught.emit(f"Something went wrong ({kind.__name__}); your drawing is kept.")


class _Termination(QObject):
    """While entered, Ctrl+C and SIGTERM close the window as its own button does.

    Python handles a signal only between its own instructions, of which there are none while Qt
    waits; a byte that Python sends to a socket wakes Qt up.
    """

    _NUMBERS = (signal.SIGINT, signal.SIGTERM)

    def __init__(self, window: PadWindow) -> None:
        super().__init__()
        self._window = window
        self._read_end, self._write_end = socket.socketpair()
        self._write_end.setblocking(False)
        self._notifier = QSocketNotifier(self._read_end.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)

    def __enter__(self) -> None:
        self._old_descriptor = signal.set_wakeup_fd(self._write_end.fileno())
        self._old_handlers = [signal.signal(n, lambda *_: None) for n in self._NUMBERS]

    def __exit__(self, *_: object) -> None:
        for number, handler in zip(self._NUMBERS, self._old_handlers, strict=True):
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._old_descriptor)
        self._notifier.setEnabled(False)
        self._read_end.close()
        self._write_end.close()

    @Slot()
    def _on_signal(self) -> None:
        self._read_end.recv(1)
        self._window.files.stop_asking()
        self._window.close()
