"""Recognizer: reads ink on a thread of its own and hands the window only answers that still count.

Owns the thread, the reader that lives there, and the order of requests: one being read, one
waiting. QtCore only; knows no widget, and never reads on the thread of the window.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from PySide6.QtCore import QObject, QThread, Signal, Slot

from digitpad.core.groups import Group
from digitpad.core.ink import Ink, Stroke
from digitpad.core.reading import Reading
from digitpad.words import said, tr

_log = logging.getLogger(__name__)

_WARM_UP_INK = Ink.from_points([[(0.0, 0.0), (8.0, 1.0), (3.0, 16.0)]])


class InkReader(Protocol):
    """What the recognizer needs of `core.reader.Reader`."""

    def read_ink(self, ink: Ink) -> Reading: ...

    def read_number(self, ink: Ink, pins: Sequence[Group] = ()) -> Reading: ...

    def split(self, ink: Ink, group: Group) -> tuple[Group, ...]: ...


@dataclass(frozen=True, slots=True)
class _Request:
    number: int
    ink: Ink
    pins: tuple[Group, ...]
    is_single: bool

    def holds(self, earlier: _Request) -> bool:
        """Whether an earlier request asks for a part of this one, in the same way."""
        is_same_way = earlier.pins == self.pins and earlier.is_single == self.is_single
        return is_same_way and _is_part(earlier.ink, self.ink)


class Recognizer(QObject):
    """The window's side of reading. All methods are for the thread that made it.

    The newest ink wins: while one request is being read, only the last one made meanwhile is kept.
    An answer is emitted when its ink is the newest or a part of the newest, so that the bars move
    even while a stroke grows faster than it can be read. An answer for what was cleared, taken
    back or replaced is dropped, and so is one for other pins, or for one digit where a number is
    wanted.
    """

    ready = Signal()
    """The model is loaded and warm."""
    answered = Signal(object)
    """A `Reading`."""
    failed = Signal(str)
    """One sentence for a person: the model or one reading failed. The next request is tried."""
    parted = Signal(object, object, object)
    """An `Ink`, a group of it that was to be split, and the groups that it comes apart into."""

    _asked = Signal(object)
    _split_asked = Signal(object, object)

    def __init__(self, load_reader: Callable[[], InkReader]) -> None:
        """`load_reader` is called on the recognizer's thread; it may raise ModelFileError."""
        super().__init__()
        self._number = 0
        self._newest: _Request | None = None
        self._being_read: _Request | None = None
        self._read = Ink()
        self._first_since_clear = 1

        self._thread = QThread(self)
        self._thread.setObjectName("recognizer")
        # No parent and no deleteLater: this attribute owns the worker, and `stop` has waited for
        # its thread before the worker can go.
        self._worker = _Worker(load_reader)
        self._worker.moveToThread(self._thread)
        self._thread.started.connect(self._worker.load)
        self._asked.connect(self._worker.read)
        self._split_asked.connect(self._worker.split)
        self._worker.loaded.connect(self.ready)
        self._worker.load_failed.connect(self.failed)
        self._worker.answered.connect(self._on_answered)
        self._worker.failed.connect(self._on_failed)
        self._worker.parted.connect(self.parted)
        self._worker.split_failed.connect(self.failed)

    def start(self) -> None:
        """Start the thread; it loads and warms the model, then emits `ready` or `failed`."""
        self._thread.start()

    def request(self, ink: Ink, pins: tuple[Group, ...] = (), *, is_single: bool = False) -> None:
        """Ask for a reading of `ink`; while the model loads the request waits.

        `pins` are groups of strokes that are one mark each. With `is_single` all is one digit.
        """
        self._number += 1
        self._newest = _Request(self._number, ink, pins, is_single)
        if self._being_read is None:
            self._send()

    def split(self, ink: Ink, group: Group) -> None:
        """Ask how a group of `ink` comes apart; `parted` tells, whatever happens meanwhile."""
        self._split_asked.emit(ink, group)

    def has_read(self, ink: Ink, strokes: Iterable[int] | None = None) -> bool:
        """Whether the last answer is for this ink.

        With the numbers of certain `strokes`: whether it is for ink that holds these as they are.
        """
        read, now = self._read.strokes, ink.strokes
        if strokes is None:
            return len(read) == len(now) and all(map(_are_equal, read, now))
        least = min(len(read), len(now))
        return all(number < least and _are_equal(read[number], now[number]) for number in strokes)

    def clear(self) -> None:
        """Forget what was asked: no answer to an earlier request is emitted any more."""
        self._newest = None
        self._first_since_clear = self._number + 1

    def stop(self) -> None:
        """End the thread and wait for it, also while it loads or reads; may be called again."""
        self.clear()
        self.blockSignals(True)
        self._thread.quit()
        self._thread.wait()

    def _send(self) -> None:
        self._being_read = self._newest
        if self._newest is not None:
            self._asked.emit(self._newest)

    @Slot(int, object)
    def _on_answered(self, number: int, reading: Reading) -> None:
        done = self._being_read
        if self._finish(number):
            assert done is not None
            self._read = done.ink
            self.answered.emit(reading)

    @Slot(int, str)
    def _on_failed(self, number: int, sentence: str) -> None:
        if self._finish(number):
            self.failed.emit(sentence)

    def _finish(self, number: int) -> bool:
        """Send what waits; return whether the outcome of request `number` still counts."""
        done, newest = self._being_read, self._newest
        assert done is not None and done.number == number
        if newest is done:
            self._being_read = None
            return True
        self._send()
        if newest is None or number < self._first_since_clear:
            return False
        return newest.holds(done)


class _Worker(QObject):
    """Lives on the recognizer's thread and owns the reader."""

    loaded = Signal()
    load_failed = Signal(str)
    answered = Signal(int, object)
    failed = Signal(int, str)
    parted = Signal(object, object, object)
    split_failed = Signal(str)

    def __init__(self, load_reader: Callable[[], InkReader]) -> None:
        super().__init__()
        self._load_reader = load_reader
        self._reader: InkReader | None = None
        self._problem = ""

    @Slot()
    def load(self) -> None:
        # Here and not above, so that the window need not wait for what only reading needs.
        from digitpad.core.model_file import ModelFileError

        try:
            reader = self._load_reader()
            reader.read_number(_WARM_UP_INK)
        except ModelFileError as error:
            self._problem = said(error)
        except Exception as error:
            _log.exception("loading the model")
            self._problem = tr("The model cannot be loaded ({kind}).", kind=type(error).__name__)
        else:
            self._reader = reader
            self.loaded.emit()
            return
        self.load_failed.emit(self._problem)

    @Slot(object)
    def read(self, request: _Request) -> None:
        if self._reader is None:
            self.failed.emit(request.number, self._problem)
            return
        try:
            if request.is_single:
                reading = self._reader.read_ink(request.ink)
            else:
                reading = self._reader.read_number(request.ink, request.pins)
        except Exception as error:
            _log.exception("reading ink")
            kind = type(error).__name__
            sentence = tr("This drawing could not be read ({kind}).", kind=kind)
            self.failed.emit(request.number, sentence)
        else:
            self.answered.emit(request.number, reading)

    @Slot(object, object)
    def split(self, ink: Ink, group: Group) -> None:
        if self._reader is None:
            self.split_failed.emit(self._problem)
            return
        try:
            groups = self._reader.split(ink, group)
        except Exception as error:
            _log.exception("splitting a digit")
            kind = type(error).__name__
            self.split_failed.emit(tr("This digit could not be split ({kind}).", kind=kind))
        else:
            self.parted.emit(ink, group, groups)


def _is_part(earlier: Ink, ink: Ink) -> bool:
    """Whether each stroke of `earlier` is a beginning of the same stroke of `ink`."""
    if len(earlier.strokes) > len(ink.strokes):
        return False
    pairs = zip(earlier.strokes, ink.strokes, strict=False)
    return all(old is new or np.array_equal(old, new[: len(old)]) for old, new in pairs)


def _are_equal(one: Stroke, other: Stroke) -> bool:
    """Whether two strokes hold the same points; one is copied when its pen is lifted."""
    return one is other or np.array_equal(one, other)
