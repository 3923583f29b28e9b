"""Replay: the bundled sample ink written into the real window, for a machine without a screen.

Owns the synthetic mouse and what is printed of the answers. Reads nothing itself: all goes through
the canvas, the recognizer and the bars, as with a hand at the mouse.
"""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path
from typing import TextIO

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent

from digitpad.cli.names import in_plain_sight
from digitpad.core.ink import Ink, Stroke
from digitpad.core.ink_files import BadInkLine, read_ink_file
from digitpad.core.reading import Reading
from digitpad.core.resource_files import resource_path
from digitpad.core.whole_files import write_whole
from digitpad.desktop import load_reader, make_application
from digitpad.output import put
from digitpad.ui.answer_words import WORDS
from digitpad.ui.fitting import fitted
from digitpad.ui.ink_canvas import InkCanvas
from digitpad.ui.ink_pictures import png
from digitpad.ui.pad_window import PadWindow
from digitpad.workers.recognizer import Recognizer

PATIENCE = 30_000
"""Milliseconds to wait for one answer before giving up."""
_BAR_WIDTH = 40


class ReplayError(Exception):
    """The replay cannot go on; the message is one sentence for a person."""


def replay(picture: Path, out: TextIO, err: TextIO) -> int:
    """Write each sample into the window, print its bars, save the window as PNG.

    Returns the exit status: 0, or 1 with one line on `err`. Raises OutputError and BrokenPipeError
    when `out` cannot be written.
    """
    make_application()
    recognizer = Recognizer(load_reader)
    window = PadWindow(recognizer)
    hand = _Hand(recognizer, window.canvas)
    window.show()
    recognizer.start()
    try:
        _require_writable(picture)
        hand.wait_for_model()
        for item in read_ink_file(resource_path("ink", "golden.jsonl")):
            if isinstance(item, BadInkLine):
                raise ReplayError(f"the sample ink is damaged in line {item.line}: {item.reason}")
            _replay_drawing(item.ink, item.label or "drawing", window, hand, out)
        _save(window, picture)
    except BrokenPipeError:
        raise
    except (ReplayError, OSError) as error:
        put(in_plain_sight(f"digitpad: {error}", err.encoding or "utf-8") + "\n", err)
        return 1
    finally:
        window.close()
        recognizer.stop()
    last = f"The window, as it looks now: {picture}"
    put(in_plain_sight(last, out.encoding or "utf-8") + "\n", out)
    return 0


def _replay_drawing(ink: Ink, label: str, window: PadWindow, hand: _Hand, out: TextIO) -> None:
    window.canvas.clear()
    put(f"Writing a {label}:\n", out)
    for number, stroke in enumerate(
        fitted(ink, window.canvas.width(), window.canvas.height()).strokes, start=1
    ):
        reading = hand.write(stroke)
        words = WORDS[reading.status]
        put(f"  after stroke {number}: read as {reading.text}, {words}\n", out)
    for digit, probability in enumerate(window.bars.probabilities or ()):
        bar = "#" * round(probability * _BAR_WIDTH)
        put(f"    {digit} |{bar:<{_BAR_WIDTH}}| {100 * probability:5.1f} %\n", out)


class _Hand:
    """Moves the mouse over a canvas, and waits for the answer to each point before the next."""

    def __init__(self, recognizer: Recognizer, canvas: InkCanvas) -> None:
        self._canvas = canvas
        self._loop = QEventLoop()
        self._is_ready = False
        self._unanswered = 0
        self._reading: Reading | None = None
        self._failure = ""
        canvas.ink_changed.connect(self._on_ink_changed)
        recognizer.ready.connect(self._on_ready)
        recognizer.answered.connect(self._on_answered)
        recognizer.failed.connect(self._on_failed)

    def wait_for_model(self) -> None:
        while not self._is_ready:
            self._wait()

    def write(self, stroke: Stroke) -> Reading:
        """Write one stroke, in canvas coordinates, and return the answer to all that is there."""
        points = [QPointF(x, y) for x, y in stroke[:, :2].tolist()]
        self._send(QEvent.Type.MouseButtonPress, points[0])
        for point in points[1:]:
            self._send(QEvent.Type.MouseMove, point)
        self._send(QEvent.Type.MouseButtonRelease, points[-1])
        if self._reading is None:
            raise ReplayError("a stroke was written and nothing was read")
        return self._reading

    def _send(self, kind: QEvent.Type, point: QPointF) -> None:
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        event = QMouseEvent(
            kind,
            point,
            self._canvas.mapToGlobal(point),
            none if kind is QEvent.Type.MouseMove else left,
            none if kind is QEvent.Type.MouseButtonRelease else left,
            Qt.KeyboardModifier.NoModifier,
        )
        QCoreApplication.sendEvent(self._canvas, event)
        while self._unanswered:
            self._wait()

    def _wait(self) -> None:
        """Run the event loop until something is heard; raises ReplayError."""
        alarm = QTimer()
        alarm.setSingleShot(True)
        alarm.timeout.connect(self._on_timeout)
        alarm.start(PATIENCE)
        self._loop.exec()
        if self._failure:
            raise ReplayError(self._failure)

    def _on_ink_changed(self, ink: Ink) -> None:
        self._unanswered += 0 if ink.is_empty else 1

    def _on_ready(self) -> None:
        self._is_ready = True
        self._loop.quit()

    def _on_answered(self, reading: Reading) -> None:
        self._reading = reading
        self._unanswered -= 1
        self._loop.quit()

    def _on_failed(self, sentence: str) -> None:
        self._failure = sentence
        self._loop.quit()

    def _on_timeout(self) -> None:
        self._on_failed("no answer came")


def _require_writable(picture: Path) -> None:
    """Make the picture's folder; raises ReplayError at once where no picture can be written."""
    try:
        if picture.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        picture.parent.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=picture.parent).close()
    except OSError as error:
        raise _unwritable(picture, error) from None


def _unwritable(picture: Path, error: OSError) -> ReplayError:
    return ReplayError(f"{picture}: cannot be written: {error.strerror or error}")


def _save(window: PadWindow, picture: Path) -> None:
    """Write the window as PNG, whole or not at all; raises ReplayError."""
    try:
        # Not by Qt: its names of files are text, which a name need not be.
        write_whole(picture, png(window.grab().toImage()))
    except OSError as error:
        raise _unwritable(picture, error) from None
