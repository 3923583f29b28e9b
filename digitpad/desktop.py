"""Desktop: the window as a running program.

Owns the application object, and what happens to errors nobody caught and to Ctrl+C.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sys
from collections import deque
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from PySide6.QtCore import (
    QDir,
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
from digitpad.pad_windows import FirstPaint, PadWindows
from digitpad.ui.fonts import ensure_font
from digitpad.ui.pad_window import PadWindow
from digitpad.words import tr
from digitpad.workers.recognizer import Recognizer

if TYPE_CHECKING:
    from digitpad.core.reader import Reader

_log = logging.getLogger(__name__)

TURN = 0.001
"""Seconds after which a thread that runs Python lets another have its turn: a pen's event must not
wait for the whole of Python's usual five milliseconds while a drawing is read."""

_PATIENCE = 30_000
"""Milliseconds that the self-test gives the model to load."""


def open_window(file: str | None, *, from_clipboard: bool = False) -> int:
    """Show the pad until it is closed, with a file if one is named: a picture, or ink.

    With `from_clipboard` it is what is on the clipboard. Returns the exit status. What cannot be
    shown is said in the window.
    """
    application = make_application()
    if file is None and QDir.current().isRoot():
        # A launcher's choice, as the Finder's; nobody wants to save there.
        QDir.setCurrent(QDir.homePath())
    windows = PadWindows(load_reader, _settings_path(), _drafts_path())
    window = windows.open()
    application.file_requested.connect(windows.open_file)
    errors = UncaughtErrors()
    errors.caught.connect(windows.show_failure)
    sys.excepthook = errors.handle
    first_paint = FirstPaint(window)
    with _Termination(windows.close_unasked) as termination:
        first_paint.shown.connect(termination.listen)
        window.show()
        if file is not None:
            window.files.open_file(file)
        if from_clipboard:
            paste = window.pictures.arrivals.paste_now
            first_paint.shown.connect(lambda: _when_active(application, paste))
        try:
            return application.exec()
        finally:
            windows.end()
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


def _when_active(application: QApplication, do: Callable[[], object]) -> None:
    """Call `do`, on Wayland not before a window is active: no other one sees the clipboard."""
    is_wayland = application.platformName().startswith("wayland")
    if is_wayland and application.focusWindow() is None:
        once = Qt.ConnectionType.SingleShotConnection
        application.focusWindowChanged.connect(lambda _window: do(), once)
    else:
        do()


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
    sys.setswitchinterval(TURN)
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
        sentence = tr("Something went wrong ({kind}). Your drawing is safe.", kind=kind.__name__)
        self.caught.emit(sentence)


class _Termination(QObject):
    """While entered, Ctrl+C and SIGTERM end the program as a person does.

    Python handles a signal only between its own instructions, of which there are none while Qt
    waits; a byte that Python sends to a socket wakes Qt up.
    """

    _NUMBERS = (signal.SIGINT, signal.SIGTERM)

    def __init__(self, end: Callable[[], object]) -> None:
        super().__init__()
        self._end = end
        self._is_asked = False
        self._waking = contextlib.ExitStack()

    def __enter__(self) -> Self:
        self._old_handlers = [signal.signal(n, self._note) for n in self._NUMBERS]
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in zip(self._NUMBERS, self._old_handlers, strict=True):
            signal.signal(number, handler)
        self._waking.close()

    def _note(self, *_: object) -> None:
        self._is_asked = True

    @Slot()
    def listen(self) -> None:
        """Wake Qt up from now on; until then it is awake, being busy with its first window."""
        import socket  # Takes as long to load as half of our modules.

        self._read_end, write_end = socket.socketpair()
        for end in (self._read_end, write_end):
            self._waking.enter_context(end)
            end.setblocking(False)
        notifier = QSocketNotifier(self._read_end.fileno(), QSocketNotifier.Type.Read, self)
        notifier.activated.connect(self._on_signal)
        self._waking.callback(notifier.setEnabled, False)
        self._waking.callback(signal.set_wakeup_fd, signal.set_wakeup_fd(write_end.fileno()))
        if self._is_asked:
            self._end()

    @Slot()
    def _on_signal(self) -> None:
        self._read_end.recv(1)
        self._end()
