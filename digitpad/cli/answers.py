"""Answers: one thing to be read -> the lines that `digitpad read` prints about it.

Owns what is said about each item, as text, JSON or CSV, and about what cannot be read. Prints
nothing itself.
"""

from __future__ import annotations

import contextlib
import csv
import dataclasses
import enum
import io
import itertools
import json
import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from digitpad.cli.tasks import Task, Unreadable
from digitpad.core.file_kinds import FileKind
from digitpad.core.ink_files import BadInkLine, InkItem, parse_ink_line
from digitpad.core.ink_lines import InkFileError, InkLine
from digitpad.core.limits import DEFAULT_LIMITS, Limits
from digitpad.core.reader import Reader
from digitpad.core.reading import NO_DIGIT, Box, Reading, Status
from digitpad.core.reasons import reason_of

_log = logging.getLogger(__name__)

CSV_COLUMNS = ("source", "index", "text", "status", "confidence")


class Style(enum.Enum):
    """How an answer is written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Options:
    """What one run of `digitpad read` was asked for.

    `width` is how many characters of a source's name the answers in words leave room for.
    """

    style: Style = Style.TEXT
    single: bool = False
    width: int = 0
    limits: Limits = DEFAULT_LIMITS


@dataclass(frozen=True, slots=True)
class Answer:
    """One line to print: an item's answer, or a complaint. The rest is as in Task."""

    line: str
    is_complaint: bool
    number: int
    position: int


class _ItemError(Exception):
    """What cannot be read; the message follows the file's name. The rest is as in _Found."""

    def __init__(self, message: str, pages: int = 1, more: bool = False) -> None:
        super().__init__(message)
        self.pages, self.more = pages, more


@dataclass(frozen=True, slots=True)
class _Found:
    """What was read of one item."""

    index: int
    """Its place in its file, from 0."""
    place: str
    """The same as it is printed; "" where the file is but one item."""
    reading: Reading
    pages: int = 1
    """How many items there are, if they are the pages of a picture."""
    more: bool = False
    """Whether there are more pages, which are not read."""


class Answerer:
    """Answers tasks with the bundled model, as `options` ask; belongs to one thread."""

    def __init__(self, options: Options) -> None:
        """Raises ModelFileError."""
        self.options = options
        self._reader = Reader.bundled()

    def answers_to_all(self, tasks: Iterable[Task]) -> Iterator[Answer]:
        """Yield the lines about tasks in their order.

        Lines of ink that follow each other are read together, which takes less time.
        """
        for are_lines, some in itertools.groupby(tasks, lambda task: type(task.content) is InkLine):
            if are_lines:
                yield from self._answers_to_lines(list(some))
            else:
                for task in some:
                    yield from self.answers(task)

    def answers(self, task: Task) -> Iterator[Answer]:
        """Yield the lines about a task: one, or one for each page of a picture file."""
        page, pages, more = 0, 1, False
        while page < pages:
            try:
                found = self._read(task, page, pages if page else None)
                pages, more = found.pages, more or found.more
                line, is_complaint = self._line(task.source, found), False
            except _ItemError as error:
                pages, more = max(pages, error.pages), more or error.more
                line, is_complaint = f"digitpad: {task.source}: {error}", True
            except Exception as error:
                _log.info("reading %s", task.source, exc_info=True)
                line, is_complaint = f"digitpad: {task.source}: {_reason(error)}", True
            yield Answer(line, is_complaint, task.number, task.position)
            page += 1
        if more:
            line = f"digitpad: {task.source}: has more than the {pages} pages that were read"
            yield Answer(line, True, task.number, task.position)

    def _answers_to_lines(self, tasks: list[Task]) -> Iterator[Answer]:
        items = [_parsed(task, self.options.limits) for task in tasks]
        inks = [item.ink for item in items if item is not None]
        try:
            readings = iter(self._reader.read_many(inks, single=self.options.single))
        except Exception:
            # One by one: what went wrong with one drawing does not concern the others.
            items = [None] * len(tasks)
        for task, item in zip(tasks, items, strict=True):
            if item is None:
                yield from self.answers(task)
            else:
                found = _Found(item.index, f"[{item.index}]", next(readings))
                line = self._line(task.source, found)
                yield Answer(line, False, task.number, task.position)

    def _read(self, task: Task, page: int, pages: int | None) -> _Found:
        """Read an item: of a picture, one page. Without `pages` these are counted."""
        single = self.options.single
        match task.content:
            case Unreadable(reason):
                raise _ItemError(reason)
            case FileKind.PICTURE:
                return self._read_picture(Path(task.source), page, pages)
            case FileKind.INKML:
                from digitpad.core.inkml import read_inkml  # Few files need it.

                ink = read_inkml(Path(task.source), self.options.limits).ink
                return _Found(0, "", self._reader.read(ink, single=single))
            case line:
                item = parse_ink_line(line, self.options.limits)
                if isinstance(item, BadInkLine):
                    raise _ItemError(f"line {item.line}: {item.reason}")
                reading = self._reader.read(item.ink, single=single)
                return _Found(item.index, f"[{item.index}]", reading)

    def _read_picture(self, path: Path, page: int, pages: int | None) -> _Found:
        from digitpad.core.picture_files import PictureFileError, load_picture

        try:
            with _quiet_libraries():
                picture = load_picture(path, self.options.limits, page, pages)
        except PictureFileError as error:
            place = f"page {page + 1}: " if page or error.pages > 1 else ""
            raise _ItemError(f"{place}{error}", error.pages, error.more) from None
        if picture is None:
            raise _ItemError("is neither a picture nor ink")
        reading = self._reader.read_picture(picture.image, single=self.options.single)
        place = f"[{page}]" if picture.pages > 1 else ""
        return _Found(page, place, _enlarged(reading, picture.scale), picture.pages, picture.more)

    def _line(self, source: str, found: _Found) -> str:
        index, reading = found.index, found.reading
        match self.options.style:
            case Style.JSON:
                return _as_json(source, index, reading)
            case Style.CSV:
                text = in_one_line(reading)
                return csv_line(source, index, text, reading.status.value, reading.confidence)
            case Style.TEXT:
                place = source + found.place + ":"
                return f"{place:<{self.options.width + 1}} {in_words(reading)}"


def _parsed(task: Task, limits: Limits) -> InkItem | None:
    """Return the drawing in a line of ink, or None where it is none or cannot be had."""
    assert isinstance(task.content, InkLine)
    try:
        item = parse_ink_line(task.content, limits)
    except Exception:
        return None
    return item if isinstance(item, InkItem) else None


def _reason(error: Exception) -> str:
    """Say what came between an item and its answer; whatever it is, the others are still read."""
    if isinstance(error, OSError | InkFileError):
        return reason_of(error)
    if isinstance(error, MemoryError):
        return "needs more memory than is available"
    return f"could not be read ({type(error).__name__})"


@contextlib.contextmanager
def _quiet_libraries() -> Iterator[None]:
    """Drop what C code writes to standard error: libtiff comments on a damaged file there, beside
    the error that Pillow raises for it."""
    try:
        kept = os.dup(2)
    except OSError:
        # There is no standard error.
        yield
        return
    try:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _enlarged(reading: Reading, scale: int) -> Reading:
    """Return a reading of a picture that was made smaller, with its boxes where they belong."""
    if scale == 1:
        return reading
    digits = []
    for digit in reading.digits:
        x, y, width, height = (scale * side for side in dataclasses.astuple(digit.box))
        digits.append(dataclasses.replace(digit, box=Box(x, y, width, height)))
    return Reading(tuple(digits))


def _as_json(source: str, index: int, reading: Reading) -> str:
    digits = [
        {
            "digit": digit.digit,
            "confidence": digit.confidence,
            "status": digit.status.value,
            "probabilities": digit.probabilities,
            "box": [digit.box.x, digit.box.y, digit.box.width, digit.box.height],
            "line": digit.line,
        }
        for digit in reading.digits
    ]
    line = {
        "source": source,
        "index": index,
        "text": reading.text,
        "status": reading.status.value,
        "confidence": reading.confidence,
        "digits": digits,
    }
    return json.dumps(line)


def csv_line(*values: object) -> str:
    """Return values as one line of CSV (RFC 4180), without the line's end."""
    buffer = io.StringIO()
    csv.writer(buffer).writerow(values)
    return buffer.getvalue().removesuffix(csv.excel.lineterminator)


def in_one_line(reading: Reading) -> str:
    """Return what was read, with a space between lines of writing."""
    return reading.text.replace("\n", " ")


def in_words(reading: Reading) -> str:
    """Say an answer to a person."""
    text = in_one_line(reading)
    if reading.status is Status.EMPTY:
        return "empty"
    if reading.status is Status.NOT_A_DIGIT and len(reading.digits) > 1:
        return f"{text} ({NO_DIGIT}: not a digit)"
    if reading.status is Status.NOT_A_DIGIT:
        return f"not a digit (closest {text})"
    # Rounded down, so that only certainty is 100 %.
    tenths = int(reading.confidence * 1000)
    if reading.status is Status.UNSURE:
        return f"{text}? (unsure, {tenths // 10} %)"
    return f"{text} ({tenths / 10:.1f} %)"
