"""Tasks: the files that `digitpad read` is given -> the single things to be read, in batches.

Owns which file counts as what, and what is no file at all. Opens files and reads lines, but no
picture and no drawing: that is done where it is answered, which may be in another process.
"""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from digitpad.core.ink_files import SUFFIXES
from digitpad.core.ink_lines import InkFileError, InkLine, ink_batches
from digitpad.core.limits import Limits

STANDARD_INPUT = "-"
INKML_SUFFIX = ".inkml"
BATCH_FILES = 16
BATCH_BYTES = 1024**2
"""Small files are read together, up to so many or so large."""

_PICTURE_BEGINNINGS = (b"\x89PNG", b"\xff\xd8\xff", b"BM", b"II*\0", b"MM\0*", b"RIFF", b"GIF8")
_SNIFFED = 512


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A file that looks like a picture, or like nothing known."""


@dataclass(frozen=True, slots=True)
class InkmlFile:
    """A file with one drawing."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file of which nothing, or nothing more, can be read."""

    reason: str


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to be read.

    `number` counts the files from 0, `source` is how this one was named; `position` is how many
    bytes of all files have been taken when this is done.
    """

    number: int
    source: str
    position: int
    content: PictureFile | InkmlFile | InkLine | Unreadable


@dataclass(slots=True)
class Tasks:
    """Everything there is to be read, once, in order, in batches.

    A batch is what is there to be read at one time. Of a file whose number is put into `given_up`
    nothing more is read.
    """

    sources: Sequence[str]
    limits: Limits
    given_up: set[int] = field(default_factory=set)

    def __iter__(self) -> Iterator[list[Task]]:
        files: list[Task] = []
        begun = done = 0
        for number, source in enumerate(self.sources):
            for tasks, is_file in self._of_source(number, source, done):
                if is_file:
                    files += tasks
                else:
                    if files:
                        yield files
                        files = []
                    yield tasks
                done = tasks[-1].position
            if files and (len(files) == BATCH_FILES or done - begun >= BATCH_BYTES):
                yield files
                files = []
            if not files:
                begun = done
        if files:
            yield files

    def _of_source(
        self, number: int, source: str, before: int
    ) -> Iterator[tuple[list[Task], bool]]:
        """Yield the tasks of one source, and whether it is a task for the whole file."""
        position = before
        try:
            if source == STANDARD_INPUT:
                with open(0, "rb", buffering=0, closefd=False) as file:
                    for tasks in self._of_lines(number, source, before, file):
                        position = tasks[-1].position
                        yield tasks, False
                return
            path = Path(source)
            size = _size_of_regular(path)
            kind = _kind_of(path)
            if kind is not None:
                position += size
                yield [Task(number, source, position, kind)], True
                return
            with path.open("rb", buffering=0) as file:
                for tasks in self._of_lines(number, source, before, file):
                    position = tasks[-1].position
                    yield tasks, False
        except OSError as error:
            reason = error.strerror or str(error)
        except (InkFileError, _FileError) as error:
            reason = str(error)
        else:
            return
        yield [Task(number, source, position, Unreadable(reason))], True

    def _of_lines(
        self, number: int, source: str, before: int, file: io.FileIO
    ) -> Iterator[list[Task]]:
        for lines in ink_batches(file, self.limits):
            if number in self.given_up:
                return
            yield [Task(number, source, before + line.position, line) for line in lines]


class _FileError(Exception):
    """Something that is no file; the message is the end of a sentence for a person."""


def total_size(sources: Sequence[str]) -> int | None:
    """Return the bytes of all sources together, or None where that is not known."""
    total = 0
    for source in sources:
        try:
            status = os.fstat(0) if source == STANDARD_INPUT else os.stat(source)
        except (OSError, ValueError):
            continue
        if source == STANDARD_INPUT and not stat.S_ISREG(status.st_mode):
            return None
        total += status.st_size
    return total


def _size_of_regular(path: Path) -> int:
    """Return a file's size; refuse what would hang or never end, and what is empty."""
    try:
        status = os.stat(path)
    except ValueError:
        raise _FileError("is no file name") from None
    if stat.S_ISDIR(status.st_mode):
        raise _FileError("is a directory")
    if not stat.S_ISREG(status.st_mode):
        raise _FileError("is not a regular file")
    if status.st_size == 0:
        raise _FileError("is empty")
    return status.st_size


def _kind_of(path: Path) -> PictureFile | InkmlFile | None:
    """Tell what a file is: what is in a picture decides, ink goes by its name; None for lines."""
    with path.open("rb", buffering=0) as file:
        beginning = file.read(_SNIFFED)
    name = path.name.lower()
    if beginning.startswith(_PICTURE_BEGINNINGS):
        return PictureFile()
    if name.endswith(INKML_SUFFIX):
        return InkmlFile()
    if name.endswith(SUFFIXES):
        return InkmlFile() if beginning.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else None
    return PictureFile()
