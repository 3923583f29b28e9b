"""Ink lines: the bytes of a JSON-lines file -> its lines, not yet parsed.

Owns what a line is, gzip, and how much is taken of a file before it is left. Memory does not grow
with the file's length. Knows nothing of JSON.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from digitpad.core.limits import DEFAULT_LIMITS, Limits
from digitpad.core.reasons import Reason

BLOCK = 64 * 1024
"""Bytes read at once: about seventy digits."""
SKIPPED = 1024**3
"""Most bytes of an overlong line that are passed over in search of the next one."""
BLANK_LIMIT = 100_000
"""How many blank lines in a row are passed over."""
EXPANDED = 1024**2
"""Up to this many bytes, it does not matter how far a gzipped file unpacks."""
SNIFFED = 1024
"""Bytes at the start in which a zero says that a file is not text; unless its first line may be
ink, for then the damage is in a line further down."""

_GZIP_MAGIC = b"\x1f\x8b"


class InkFileError(Exception):
    """A file that is no ink file at all; the message is the end of a sentence for a person."""


@dataclass(frozen=True, slots=True)
class InkLine:
    """A line not yet parsed: its place as in InkItem, its number in the file from 1, its content.

    `content` is text where there is none: a sentence on why. `position` is how many bytes of the
    file have been taken by then.
    """

    index: int
    number: int
    content: bytes | Reason
    position: int


def ink_batches(file: io.RawIOBase, limits: Limits = DEFAULT_LIMITS) -> Iterator[list[InkLine]]:
    """Yield the lines of an open JSON-lines file that are not blank, gzipped or not.

    A batch is what could be had at once, so that nothing waits for what a slow writer writes later.
    Whether the file is gzipped is seen from its first bytes. Raises OSError, and InkFileError for a
    file that is not text or holds no line.
    """
    source = _Source(file)
    packed = source.begins_with(_GZIP_MAGIC)
    stream: io.RawIOBase | gzip.GzipFile = gzip.GzipFile(fileobj=source) if packed else source
    splitter = _Splitter(limits)
    at_start = True
    try:
        while block := _block(stream):
            if at_start and not _may_be_text(block[:SNIFFED]):
                raise InkFileError(Reason("is not text"))
            at_start = False
            splitter.add(block, source.count)
            if packed and splitter.taken > max(EXPANDED, limits.expansion * source.count):
                splitter.end(
                    Reason("unpacks to more than {times} times its size", times=limits.expansion)
                )
            if batch := splitter.take():
                yield batch
            if splitter.has_ended:
                return
    except (EOFError, zlib.error, gzip.BadGzipFile):
        splitter.end(Reason("the compressed data is damaged or ends early"))
    else:
        splitter.add(b"\n", source.count)
    if batch := splitter.take():
        yield batch
    if splitter.lines == 0:
        raise InkFileError(Reason("holds no ink"))


def _may_be_text(beginning: bytes) -> bool:
    first = beginning.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")[0]
    return b"\0" not in beginning or (first.startswith(b"{") and b"\0" not in first)


def _block(stream: io.RawIOBase | gzip.GzipFile) -> bytes | None:
    return stream.read1(BLOCK) if isinstance(stream, gzip.GzipFile) else stream.read(BLOCK)


class _Source(io.RawIOBase):
    """A file whose beginning can be looked at, and that counts the bytes taken from it."""

    def __init__(self, file: io.RawIOBase) -> None:
        self.count = 0
        self._file = file
        self._seen = b""

    def begins_with(self, magic: bytes) -> bool:
        while len(self._seen) < len(magic) and (more := self._file.read(BLOCK)):
            self._seen += more
        return self._seen.startswith(magic)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._seen:
            taken = min(len(buffer), len(self._seen))
            buffer[:taken] = self._seen[:taken]
            self._seen = self._seen[taken:]
        else:
            taken = self._file.readinto(buffer) or 0
        self.count += taken
        return taken


class _Splitter:
    """Cuts blocks into lines, numbers them, and leaves out what is blank or too long."""

    def __init__(self, limits: Limits) -> None:
        self._batch: list[InkLine] = []
        self.lines = 0
        self.taken = 0
        self.has_ended = False
        self._longest = limits.line
        self._pieces: list[bytes] = []
        self._length = 0
        self._number = 1
        self._blank = 0
        self._position = 0

    def add(self, block: bytes, position: int) -> None:
        """Take a block of the file, `position` bytes of which have been read by now."""
        self.taken += len(block)
        self._position = position
        *ends, rest = block.split(b"\n")
        for end in ends:
            self._grow(end)
            self._finish()
            if self._blank > BLANK_LIMIT:
                self.end(
                    Reason("not reached: {limit} blank lines come before it", limit=BLANK_LIMIT)
                )
                return
        self._grow(rest)
        if self._length > self._longest + SKIPPED:
            self._finish()
            self.end(Reason("not reached: the line before it does not end"))

    def take(self) -> list[InkLine]:
        """Return the lines that have ended since the last time."""
        batch, self._batch = self._batch, []
        return batch

    def end(self, reason: Reason) -> None:
        """Leave the rest of the file out."""
        self._yield(reason)
        self.has_ended = True

    def _grow(self, piece: bytes) -> None:
        self._length += len(piece)
        if self._length <= self._longest:
            self._pieces.append(piece)
        else:
            self._pieces.clear()

    def _finish(self) -> None:
        line = b"".join(self._pieces)
        if self._length > self._longest:
            self._yield(Reason("longer than {limit} bytes", limit=self._longest))
            self._blank = 0
        elif line.strip():
            self._yield(line)
            self._blank = 0
        else:
            self._blank += 1
        self._pieces.clear()
        self._length = 0
        self._number += 1

    def _yield(self, content: bytes | Reason) -> None:
        self._batch.append(InkLine(self.lines, self._number, content, self._position))
        self.lines += 1
