"""Tasks: the files that `digitpad read` is given -> the single things to be read, in batches.

Opens files and reads lines, but no picture and no drawing: that is done where it is answered, which
may be in another process.
"""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from digitpad.core.file_kinds import FileKind, NotAFileError, kind_of, size_of_regular
from digitpad.core.ink_lines import InkFileError, InkLine, ink_batches
from digitpad.core.limits import Limits

STANDARD_INPUT = "-"
BATCH_FILES = 16
BATCH_BYTES = 1024**2
"""Small files are read together, up to so many or so large."""


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
        if not source:
            # A name that can be seen, for the line that says so.
            yield [Task(number, "''", position, Unreadable("is no file name"))], True
            return
        try:
            if source == STANDARD_INPUT:
                with open(0, "rb", buffering=0, closefd=False) as file:
                    for tasks in self._of_lines(number, source, before, file):
                        position = tasks[-1].position
                        yield tasks, False
                return
            path = Path(source)
            size = size_of_regular(source)
            kind = kind_of(path)
            if kind is not FileKind.INK_LINES:
                position += size
                content = PictureFile() if kind is FileKind.PICTURE else InkmlFile()
                yield [Task(number, source, position, content)], True
                return
            with path.open("rb", buffering=0) as file:
                for tasks in self._of_lines(number, source, before, file):
                    position = tasks[-1].position
                    yield tasks, False
        except OSError as error:
            reason = error.strerror or str(error)
        except (InkFileError, NotAFileError) as error:
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
