"""Command line: `digitpad read`, and the half of `digitpad self-test` that needs no window.

Owns what is printed about each file and the exit status. Knows nothing of arguments and of Qt.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from PIL import Image

from digitpad.core.ink import Ink
from digitpad.core.ink_files import (
    SUFFIXES,
    BadInkLine,
    InkFileError,
    InkItem,
    read_ink_file,
)
from digitpad.core.model_file import ModelFileError
from digitpad.core.picture_files import PictureFileError, load_picture
from digitpad.core.reader import Reader
from digitpad.core.reading import Reading, Status
from digitpad.core.resource_files import resource_path


class _FileError(Exception):
    """A file of which nothing can be read; the message follows the file's name."""


@dataclass(frozen=True, slots=True, eq=False)
class _Item:
    """One thing to read: its place in its file, and how a person is told of that place."""

    index: int
    place: str
    drawing: Ink | Image.Image


def read_command(
    paths: Sequence[str], *, as_json: bool, single: bool, out: TextIO, err: TextIO
) -> int:
    """Read files and print one line per item to `out`, in order and as soon as it is read.

    With `as_json` a line is an object as docs/command-line.md describes it. What cannot be read is
    one line each on `err`. `single` asks to take each item as one digit, which is all that is
    done so far. Returns the exit status: 0 when all was read, else 1.
    """
    try:
        reader = Reader.bundled()
    except ModelFileError as error:
        _print(str(error), err)
        return 1
    width = max((len(path) for path in paths), default=0)
    complete = True
    for path in paths:
        try:
            for item in _items(Path(path)):
                if isinstance(item, BadInkLine):
                    complete = False
                    _print(f"digitpad: {path}: line {item.line}: {item.reason}", err)
                    continue
                reading = reader.read(item.drawing)
                if as_json:
                    _print(_as_json(path, item.index, reading), out)
                else:
                    _print(f"{path + item.place + ':':<{width + 1}} {_in_words(reading)}", out)
        except (_FileError, InkFileError, PictureFileError) as error:
            complete = False
            _print(f"digitpad: {path}: {error}", err)
    return 0 if complete else 1


def self_test_reading() -> str | None:
    """Read the bundled golden ink with the bundled model.

    Returns None when every drawing is read as its label says, else one sentence on what is wrong.
    An unsure answer counts: it is for each model to say how sure it is.
    """
    path = resource_path("ink", "golden.jsonl")
    try:
        reader = Reader.bundled()
        for item in read_ink_file(path):
            if isinstance(item, BadInkLine):
                return f"The golden ink {path} is damaged in line {item.line}: {item.reason}."
            reading = reader.read_ink(item.ink)
            if reading.status is Status.NOT_A_DIGIT or reading.text != item.label:
                return f"The golden {item.label} is read as: {_in_words(reading)}."
    except ModelFileError as error:
        return str(error)
    except InkFileError as error:
        return f"The golden ink {path} {error}."
    except OSError as error:
        return f"The golden ink {path} cannot be read: {error.strerror or error}."
    return None


def _items(path: Path) -> Iterator[_Item | BadInkLine]:
    """Yield what a file holds, one at a time; raises _FileError where the whole file is none."""
    try:
        _require_regular(path)
        with _quiet_libraries():
            picture = load_picture(path)
        if picture is not None:
            yield _Item(0, "", picture)
        elif path.name.lower().endswith(SUFFIXES):
            for item in read_ink_file(path):
                yield (
                    _Item(item.index, f"[{item.index}]", item.ink)
                    if isinstance(item, InkItem)
                    else item
                )
        else:
            raise _FileError("is neither a picture nor ink")
    except OSError as error:
        raise _FileError(error.strerror or str(error)) from None


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


def _require_regular(path: Path) -> None:
    """Refuse what would hang or never end; raises OSError for what is not there."""
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


def _as_json(source: str, index: int, reading: Reading) -> str:
    digits = [
        {
            "digit": digit.digit,
            "confidence": digit.confidence,
            "probabilities": digit.probabilities,
            "box": [digit.box.x, digit.box.y, digit.box.width, digit.box.height],
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


def _in_words(reading: Reading) -> str:
    if reading.status is Status.EMPTY:
        return "empty"
    if reading.status is Status.NOT_A_DIGIT:
        return f"not a digit (closest {reading.text})"
    # Rounded down, so that only certainty is 100 %.
    tenths = int(reading.confidence * 1000)
    if reading.status is Status.UNSURE:
        return f"{reading.text}? (unsure, {tenths // 10} %)"
    return f"{reading.text} ({tenths / 10:.1f} %)"


def _print(line: str, stream: TextIO) -> None:
    """Print one line, whatever a file's name is made of, and let it be seen at once."""
    shown = "".join(
        char if char.isprintable() else char.encode("unicode_escape", "backslashreplace").decode()
        for char in line
    )
    try:
        stream.write(shown + "\n")
    except UnicodeEncodeError:
        stream.write(shown.encode("ascii", "backslashreplace").decode() + "\n")
    stream.flush()
