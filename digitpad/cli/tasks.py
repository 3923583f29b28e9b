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
from typing import Literal

from digitpad.core.file_kinds import FileKind, NotAFileError, kind_of, size_of_regular
from digitpad.core.ink_lines import InkFileError, InkLine, ink_batches
from digitpad.core.limits import Limits
from digitpad.core.reasons import reason_of

STANDARD_INPUT = "-"
BATCH_FILES = 16
BATCH_BYTES = 1024**2
"""Small files are read together, up to so many or so large."""


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
    content: Literal[FileKind.PICTURE, FileKind.INKML] | InkLine | Unreadable


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
            for tasks in self._of_source(number, source, done):
                if isinstance(tasks[0].content, InkLine):
                    if files:
                        yield files
                        files = []
                    yield tasks
                else:
                    files += tasks
                done = tasks[-1].position
            if files and (len(files) == BATCH_FILES or done - begun >= BATCH_BYTES):
                yield files
                files = []
            if not files:
                begun = done
        if files:
            yield files

    def _of_source(self, number: int, source: str, before: int) -> Iterator[list[Task]]:
        """Yield the tasks of one source: batches of lines, or one task for the whole file."""
        position = before
        if not source:
            # A name that can be seen, for the line that says so.
            yield [Task(number, "''", position, Unreadable("is not a file name"))]
            return
        try:
            if source != STANDARD_INPUT:
                size, kind = size_of_regular(source), kind_of(Path(source))
                if kind is not FileKind.INK_LINES:
                    yield [Task(number, source, before + size, kind)]
                    return
            with _opened(source) as file:
                for lines in ink_batches(file, self.limits):
                    if number in self.given_up:
                        return
                    yield [Task(number, source, before + line.position, line) for line in lines]
                    position = before + lines[-1].position
        except (OSError, InkFileError, NotAFileError) as error:
            yield [Task(number, source, position, Unreadable(reason_of(error)))]


def _opened(source: str) -> io.FileIO:
    if source == STANDARD_INPUT:
        return open(0, "rb", buffering=0, closefd=False)
    return Path(source).open("rb", buffering=0)


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
