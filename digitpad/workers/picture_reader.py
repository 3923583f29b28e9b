"""Picture reader: decodes and reads pictures on a thread of its own, the newest first.

Owns the thread, the reader that lives there, and which results still count. QtCore only; knows no
widget. What crosses is immutable.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QThread, Signal, Slot

from digitpad.core.reading import DigitReading, Reading
from digitpad.words import said, tr

if TYPE_CHECKING:
    from PIL import Image

    from digitpad.core.picture_files import LoadedPicture, PictureFileError
    from digitpad.core.picture_levels import Level

_log = logging.getLogger(__name__)


class ReadsPictures(Protocol):
    """What is needed of `core.reader.Reader`."""

    def read_picture(self, picture: Image.Image, *, single: bool = False) -> Reading: ...

    def regrouped(self, digits: Sequence[DigitReading]) -> tuple[DigitReading, ...]: ...


class PictureSource(Protocol):
    """Where a picture comes from."""

    @property
    def name(self) -> str:
        """How a person is told of it, at the beginning of a sentence."""

    def load(self, page: int) -> LoadedPicture | None:
        """Return a page, counted from 0; None for what is no picture.

        Called on the reader's thread. Raises OSError and PictureFileError.
        """


@dataclass(frozen=True, slots=True)
class FilePicture:
    """A picture in a file."""

    path: Path

    @property
    def name(self) -> str:
        return str(self.path)

    def load(self, page: int) -> LoadedPicture | None:
        from digitpad.core.picture_files import load_picture

        return load_picture(self.path, page=page)


@dataclass(frozen=True, slots=True, eq=False)
class OpenedPicture:
    """One page of a picture, upright, ready to be shown: `levels` is the largest first.

    There are `pages` of them, or `more` than these, which cannot be shown. `problem` is one
    sentence on the page that was asked for when this one was taken in its place, else "".
    """

    source: PictureSource
    page: int
    pages: int
    more: bool
    levels: tuple[Level, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Request:
    number: int
    source: PictureSource
    page: int
    step: int
    is_single: bool


class PictureReader(QObject):
    """The window's side of reading pictures. All methods are for the thread that made it.

    For each picture that is opened and not dropped, `opened` comes and then `answered`, or `failed`
    in the place of either.
    """

    opened = Signal(object)
    """An `OpenedPicture`; it is being read."""
    answered = Signal(object)
    """The `Reading` of the picture that was opened last, with boxes in its pixels."""
    regrouped = Signal(object, object)
    """Digits of that reading, and those that they are now taken for."""
    failed = Signal(str)
    """One sentence for a person."""

    _asked = Signal(object)
    _regrouping_asked = Signal(int, object)

    def __init__(
        self, load_reader: Callable[[], ReadsPictures] | None = None, parent: QObject | None = None
    ) -> None:
        """`load_reader` is called on the reader's thread; it may raise ModelFileError."""
        super().__init__(parent)
        self._has_stopped = False
        self._number = 0
        self._thread = QThread(self)
        self._thread.setObjectName("pictures")
        # Owned by this attribute, as the recognizer's worker is.
        self._worker = _Worker(load_reader or _bundled_reader)
        self._worker.moveToThread(self._thread)
        self._asked.connect(self._worker.open)
        self._worker.opened.connect(self._on_opened)
        self._worker.answered.connect(self._on_answered)
        self._regrouping_asked.connect(self._worker.regroup)
        self._worker.regrouped.connect(self._on_regrouped)
        self._worker.failed.connect(self._on_failed)

    def open(
        self, source: PictureSource, page: int = 0, *, step: int = 1, is_single: bool = False
    ) -> None:
        """Decode a page and read it, in the place of what was asked before; starts the thread.

        Where it is damaged the next one is taken that is not: `step` is 1 for those after it, -1
        for those before. With `is_single` all of it is read as one digit. After `stop` there is no
        thread to do it.
        """
        if self._has_stopped:
            return
        if not self._thread.isRunning():
            self._thread.start()
        self.drop()
        self._asked.emit(_Request(self._number, source, page, step, is_single))

    def regroup(self, digits: Sequence[DigitReading]) -> None:
        """Take one digit of what was opened last apart, or make one of several: `regrouped` comes,
        unless something else is opened before, or `failed`."""
        if not self._has_stopped:
            self._regrouping_asked.emit(self._number, tuple(digits))

    def drop(self) -> None:
        """Forget what was asked: nothing of it is emitted any more."""
        self._number += 1
        self._worker.newest = self._number

    def stop(self) -> None:
        """End the thread and wait for it, also while it works; may be called again."""
        self._has_stopped = True
        self.drop()
        self.blockSignals(True)
        self._thread.quit()
        self._thread.wait()

    @Slot(int, object)
    def _on_opened(self, number: int, picture: OpenedPicture) -> None:
        if number == self._number:
            self.opened.emit(picture)

    @Slot(int, object)
    def _on_answered(self, number: int, reading: Reading) -> None:
        if number == self._number:
            self.answered.emit(reading)

    @Slot(int, object, object)
    def _on_regrouped(
        self, number: int, before: tuple[DigitReading, ...], after: tuple[DigitReading, ...]
    ) -> None:
        if number == self._number:
            self.regrouped.emit(before, after)

    @Slot(int, str)
    def _on_failed(self, number: int, sentence: str) -> None:
        if number == self._number:
            self.failed.emit(sentence)


class _Worker(QObject):
    """Lives on the reader's thread and owns the reader."""

    opened = Signal(int, object)
    answered = Signal(int, object)
    regrouped = Signal(int, object, object)
    failed = Signal(int, str)

    def __init__(self, load_reader: Callable[[], ReadsPictures]) -> None:
        super().__init__()
        self.newest = 0
        """Number of the request that counts; set by the other thread, to spare work in vain."""
        self._load_reader = load_reader
        self._reader: ReadsPictures | None = None

    @Slot(object)
    def open(self, request: _Request) -> None:
        from digitpad.core.model_file import ModelFileError
        from digitpad.core.picture_files import PictureFileError

        name = request.source.name
        try:
            self._open(request)
        except PictureFileError as error:
            problem = _problem(name, request.page, error)
        except ModelFileError as error:
            problem = said(error)
        except OSError as error:
            problem = tr("{name} cannot be read: {reason}.", name=name, reason=error)
        except MemoryError:
            problem = tr("{name} needs more memory than is available.", name=name)
        except Exception as error:
            _log.exception("reading a picture")
            kind = type(error).__name__
            problem = tr("{name} could not be read ({kind}).", name=name, kind=kind)
        else:
            return
        self.failed.emit(request.number, problem)

    @Slot(int, object)
    def regroup(self, number: int, digits: tuple[DigitReading, ...]) -> None:
        if number != self.newest or self._reader is None:
            return
        try:
            found = self._reader.regrouped(digits)
        except Exception as error:
            _log.exception("regrouping digits")
            kind = type(error).__name__
            sentence = tr("These digits could not be read ({kind}).", kind=kind)
            self.failed.emit(number, sentence)
        else:
            self.regrouped.emit(number, digits, found)

    def _open(self, request: _Request) -> None:
        from digitpad.core.picture_files import PictureFileError
        from digitpad.core.picture_levels import picture_levels
        from digitpad.core.reasons import Reason

        number = request.number
        if number != self.newest:
            return
        loaded, page, error = self._loaded(request)
        if loaded is None:
            raise PictureFileError(Reason("is neither a picture nor ink"))
        if number != self.newest:
            return
        levels = picture_levels(loaded.image)
        problem = "" if error is None else _problem(request.source.name, request.page, error)
        opened = OpenedPicture(request.source, page, loaded.pages, loaded.more, levels, problem)
        self.opened.emit(number, opened)
        if self._reader is None:
            self._reader = self._load_reader()
        if number == self.newest:
            reading = self._reader.read_picture(loaded.image, single=request.is_single)
            self.answered.emit(number, reading)

    def _loaded(
        self, request: _Request
    ) -> tuple[LoadedPicture | None, int, PictureFileError | None]:
        """Return the page that was asked for, or the next one that can be had; its number, and what
        is wrong with the one that was asked for."""
        from digitpad.core.picture_files import PictureFileError

        page, first = request.page, None
        while True:
            try:
                return request.source.load(page), page, first
            except PictureFileError as error:
                first = first or error
                page += request.step
                if not 0 <= page < error.pages or request.number != self.newest:
                    raise first from None


def _problem(name: str, page: int, error: PictureFileError) -> str:
    """Say what is wrong with a picture, or with one page of several."""
    if error.pages > 1:
        return tr("Page {page} of {name} {reason}.", page=page + 1, name=name, reason=error)
    return tr("{name} {reason}.", name=name, reason=error)


def _bundled_reader() -> ReadsPictures:
    from digitpad.core.reader import Reader

    return Reader.bundled()
