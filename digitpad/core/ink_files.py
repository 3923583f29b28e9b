"""Ink files: drawings as JSON lines, in and out.

Owns the format: UTF-8 text, plain or gzipped, one JSON object a line:
{"strokes": [[[x, y], ...], ...], "label": "7", "writer": "..."}. A file is read as a stream, so
memory does not grow with its length, and a line that is no drawing spoils only itself. Knows
nothing of what is done with the ink.
"""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digitpad.core.ink import Ink, InkError, make_stroke

LINE_LIMIT = 16 * 1024 * 1024
"""Longest line, in bytes before its end: a drawing of some 400,000 points. Parsed, a line takes
about 20 times its length in memory."""
SKIPPED_LIMIT = 64 * LINE_LIMIT
"""How much of a longer line is passed over in search of the next one."""
SNIFFED = 1024
"""A byte 0 among so many at the start says that a file is not text."""
SUFFIXES = (".jsonl", ".jsonl.gz")

_GZIP_MAGIC = b"\x1f\x8b"


class InkFileError(Exception):
    """A file that is no ink file at all; the message is the end of a sentence for a person."""


@dataclass(frozen=True, slots=True, eq=False)
class InkItem:
    """One drawing of a file. `index` counts the lines that are not blank, from 0."""

    index: int
    ink: Ink
    label: str | None = None
    writer: str | None = None


@dataclass(frozen=True, slots=True)
class BadInkLine:
    """A line that is no drawing: its place as in InkItem, its number in the file from 1, and why.

    When the file cannot be read past it, it is the last.
    """

    index: int
    line: int
    reason: str


def read_ink_file(path: Path) -> Iterator[InkItem | BadInkLine]:
    """Yield the drawings of a JSON-lines file, gzipped or not, in order and one at a time.

    Blank lines are passed over, and so are strokes without points; a drawing without strokes is
    empty ink. Whether a file is gzipped is seen from its first bytes, not from its name.
    Raises OSError, and InkFileError for a file that is not text or holds no line.
    """
    with path.open("rb") as file:
        packed = file.peek(len(_GZIP_MAGIC))[: len(_GZIP_MAGIC)] == _GZIP_MAGIC
        stream = gzip.GzipFile(fileobj=file) if packed else file
        index = 0
        for number, line in _lines(stream):
            if isinstance(line, str):
                yield BadInkLine(index, number, line)
            elif line.strip():
                yield _parse(line, index, number)
            else:
                continue
            index += 1
    if index == 0:
        raise InkFileError("holds no ink")


def ink_to_json(ink: Ink, label: str | None = None, writer: str | None = None) -> str:
    """Return ink as one line of an ink file, without the line's end; nothing is rounded.

    Pressure is written for the strokes that have any but full pressure.
    """
    strokes = [
        stroke.tolist() if (stroke[:, 2] < 1.0).any() else stroke[:, :2].tolist()
        for stroke in ink.strokes
    ]
    item: dict[str, Any] = {"strokes": strokes}
    if label is not None:
        item["label"] = label
    if writer is not None:
        item["writer"] = writer
    return json.dumps(item, separators=(",", ":"))


def _lines(stream: io.BufferedReader | gzip.GzipFile) -> Iterator[tuple[int, bytes | str]]:
    """Yield each line with its number from 1: its bytes, or a sentence on why it has none."""
    number = 1
    try:
        if b"\0" in stream.peek(SNIFFED):
            raise InkFileError("is not text")
        while line := stream.readline(LINE_LIMIT + 1):
            if len(line) <= LINE_LIMIT or line.endswith(b"\n"):
                yield number, line
            else:
                yield number, f"longer than {LINE_LIMIT // 1024**2} MiB"
                if not _skip_line(stream):
                    yield number + 1, "not reached: the line before it does not end"
                    return
            number += 1
    except (EOFError, zlib.error, gzip.BadGzipFile):
        yield number, "the compressed data is damaged or ends early"


def _skip_line(stream: io.BufferedReader | gzip.GzipFile) -> bool:
    """Read to the end of a line; False when it does not come within SKIPPED_LIMIT."""
    for _ in range(SKIPPED_LIMIT // LINE_LIMIT):
        rest = stream.readline(LINE_LIMIT)
        if not rest or rest.endswith(b"\n"):
            return True
    return False


def _parse(line: bytes, index: int, number: int) -> InkItem | BadInkLine:
    try:
        item = json.loads(line.decode("utf-8-sig"))
        return InkItem(index, _ink(item), _text(item, "label"), _text(item, "writer"))
    except InkError as error:
        reason = str(error)
    except UnicodeDecodeError:
        reason = "not UTF-8 text"
    except json.JSONDecodeError as error:
        reason = f"not JSON: {error.msg} at column {error.colno}"
    except ValueError:
        reason = "a number has too many digits"
    except RecursionError:
        reason = "nested too deeply"
    return BadInkLine(index, number, reason)


def _ink(item: Any) -> Ink:
    strokes = item.get("strokes") if isinstance(item, dict) else None
    if not isinstance(strokes, list):
        raise InkError('no {"strokes": [...]}')
    if not all(isinstance(stroke, list) for stroke in strokes):
        raise InkError("a stroke is not a list of points")
    return Ink(tuple(make_stroke(stroke) for stroke in strokes if stroke))


def _text(item: dict[str, Any], key: str) -> str | None:
    """Return an optional text; a number, as some tools write for a label, counts as its text."""
    value = item.get(key)
    return value if value is None or isinstance(value, str) else json.dumps(value)
