"""UNIPEN: a distribution of pen recordings into ink files.

Owns the reading of UNIPEN 1.0 (I. Guyon, 1994): a folder of `.dat` files whose segments name the
pen's traces by number, most of them traces of an included file. One document is in memory at a
time, and what is wrong with one spoils only itself. Files from outside are hostile: nothing
outside the folder is opened, and a document's size and includes are limited.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator, Set
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from digitpad.core.reasons import reason_of
from training.data.datasets import DataError
from training.data.unipen_document import Document, UnipenError, read_document, sample_strokes
from training.writing import make_folder, replacing

DIGITS = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class Sample:
    """One labelled drawing: strokes of (x, y), y down, the top-left at (0, 0)."""

    label: str
    writer: str
    strokes: list[list[tuple[float, float]]]


@dataclass(frozen=True, slots=True)
class Problem:
    """A file or a segment that could not be converted, and why, as one line."""

    text: str


@dataclass(frozen=True, slots=True)
class Summary:
    """How many samples were written, and by how many writers."""

    samples: int
    writers: int


def read_unipen(
    folder: Path, labels: Set[str] = DIGITS, y_down: bool = False
) -> Iterator[Sample | Problem]:
    """Yield the characters of a distribution that have one of the labels, in order of file name.

    `folder` is the one with `data` and `include` in it, or any folder of `.dat` files. A character
    that several files name, as the release's categories do, comes once. UNIPEN's y points up
    unless `y_down`. Raises DataError when there is no `.dat` file.
    """
    root = folder.resolve()
    paths = sorted(_data_files(root))
    if not paths:
        raise DataError(f"{folder}: holds no .dat file")
    seen: set[object] = set()
    for path in paths:
        name = path.relative_to(root)
        shown = _one_line(folder / name)
        try:
            document = read_document(path, root)
        except (UnipenError, OSError) as error:
            yield Problem(f"{shown}: {reason_of(error)}")
            continue
        for problem in document.problems:
            yield Problem(f"{shown}: {problem}")
        yield from _samples(document, _writer(name, root), labels, y_down, seen, shown)


def convert_unipen(
    folder: Path, out: Path, labels: Set[str] = DIGITS, y_down: bool = False
) -> Iterator[Problem | Summary]:
    """Write the characters of a distribution to `out`; yield problems as they come, then a summary.

    `out` is gzipped when its name says so, and appears only when it is complete. Raises DataError
    when there is nothing to write, and OSError.
    """
    make_folder(out.parent)
    samples = 0
    writers: set[str] = set()
    with (
        replacing(out) as temporary,
        temporary.open("wb") as raw,
        _stream(raw, packed=out.suffix == ".gz") as stream,
    ):
        for item in read_unipen(folder, labels, y_down):
            if isinstance(item, Problem):
                yield item
                continue
            stream.write(_line(item))
            samples += 1
            writers.add(item.writer)
        if not samples:
            raise DataError(f"{folder}: holds no character with any of these labels")
    yield Summary(samples, len(writers))


def _data_files(root: Path) -> Iterator[Path]:
    """Yield the files to convert; what lies in `include` is there to be included."""
    top = root / "data" if (root / "data").is_dir() and (root / "include").is_dir() else root
    for parent, _, names in os.walk(top):
        for name in names:
            if name.lower().endswith(".dat"):
                yield Path(parent, name)


def _writer(name: Path, root: Path) -> str:
    """Name the writer after the contributor and the file.

    A file is one writer's; `.WRITER_ID` is optional, and at times a person's full name.
    """
    folders = name.parent.parts
    if folders[:1] == ("data",):  # The next one is the category.
        folders = folders[2:]
    return _one_line(f"{folders[0] if folders else root.name}/{name.stem}")


def _one_line(name: str | Path) -> str:
    """Return a name from a disk without line breaks, controls and bytes that are no text."""
    return "".join(character if character.isprintable() else "?" for character in str(name))


def _samples(
    document: Document,
    writer: str,
    labels: Set[str],
    y_down: bool,
    seen: set[object],
    path: str,
) -> Iterator[Sample | Problem]:
    for segment in document.segments:
        if segment.kind != "CHARACTER" or segment.label not in labels:
            continue
        try:
            places, strokes = sample_strokes(document, segment)
        except UnipenError as error:
            yield Problem(f"{path}: segment {segment.delineation} {segment.label!r}: {error}")
            continue
        key = (places, segment.label)
        if key not in seen:
            seen.add(key)
            yield Sample(segment.label, writer, _from_top_left(strokes, y_down))


def _from_top_left(
    strokes: list[list[tuple[float, float]]], y_down: bool
) -> list[list[tuple[float, float]]]:
    sign = 1 if y_down else -1
    left = min(x for stroke in strokes for x, _ in stroke)
    top = min(sign * y for stroke in strokes for _, y in stroke)
    return [[(x - left, sign * y - top) for x, y in stroke] for stroke in strokes]


def _line(sample: Sample) -> bytes:
    strokes = [[[_number(x), _number(y)] for x, y in stroke] for stroke in sample.strokes]
    item = {"label": sample.label, "writer": sample.writer, "strokes": strokes}
    return json.dumps(item, separators=(",", ":")).encode() + b"\n"


def _number(value: float) -> int | float:
    """Write tablet units as the whole numbers they mostly are."""
    rounded = round(value, 6)
    return int(rounded) if rounded.is_integer() else rounded


def _stream(raw: BinaryIO, packed: bool) -> AbstractContextManager[BinaryIO | gzip.GzipFile]:
    # Without a name and a time in it, the same distribution gives the same file.
    return gzip.GzipFile("", "wb", fileobj=raw, mtime=0) if packed else nullcontext(raw)
