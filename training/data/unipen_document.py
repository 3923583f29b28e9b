"""UNIPEN document: one file with all that it includes -> components and segments.

Owns the syntax: statements begin with a keyword in the first column, a dot and capitals, and go on
to the next one. Numbers are parsed only for the components that a caller asks for.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from digitpad.core.ink import COORDINATE_LIMIT

DOCUMENT_LIMIT = 64 * 1024 * 1024
"""Most bytes that a file and what it includes may have; the release's largest has a few million."""
POINTS_LIMIT = 20_000_000
"""Most points that a file's segments may name together, counting a point each time it is named."""
INCLUDES_LIMIT = 1_000
DEPTH_LIMIT = 16

Point = tuple[float, float]
Span = tuple[int, int, int, int | None]
"""First component, first point in it, last component, last point in it (None: the component's
last); all counted from 0, all included."""

_UTF8_MARK = "\xef\xbb\xbf"
_KEYWORD = re.compile(r"\.([A-Z][A-Z_0-9]*)(?:\s+|$)")
_SPAN = re.compile(r"(\d{1,9})(?::(\d{1,9}))?(?:-(\d{1,9})(?::(\d{1,9}))?)?", re.ASCII)
_LABEL = re.compile(r'((?:[^"\\]|\\.)*)"', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class UnipenError(Exception):
    """A document or segment that cannot be used; the message is the end of a line for a person."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What the numbers of a point are: how many, and where x and y are among them."""

    count: int = 2
    x: int = 0
    y: int = 1


@dataclass(frozen=True, slots=True)
class Component:
    """One trace of the pen: where it stands in which file, and its numbers as text."""

    is_down: bool
    columns: Columns
    place: tuple[str, int]
    lines: list[str] = field(default_factory=list)

    def points(self) -> list[Point]:
        """Return the points of the trace; raises UnipenError."""
        numbers = [word for line in self.lines for word in line.split()]
        columns = self.columns
        if len(numbers) % columns.count:
            raise UnipenError(f"{len(numbers)} numbers are no points of {columns.count} columns")
        xs = numbers[columns.x :: columns.count]
        ys = numbers[columns.y :: columns.count]
        return [(_number(x), _number(y)) for x, y in zip(xs, ys, strict=True)]


@dataclass(frozen=True, slots=True)
class Segment:
    """A labelled part of the document, such as a CHARACTER."""

    kind: str
    delineation: str
    label: str


@dataclass(slots=True)
class Document:
    """The components of a file and its includes, in order, its segments, and what is wrong."""

    components: list[Component] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    points_named: int = 0


def read_document(path: Path, root: Path) -> Document:
    """Read a file and what it includes, none of it outside `root`, which is resolved.

    An include is looked for in `root/include`, `root`, the including file's folder and
    `root/data`. Components that are pen-up and hold no points do not count.
    Raises UnipenError and OSError.
    """
    return _DocumentReader(root).read(path)


def sample_strokes(document: Document, segment: Segment) -> tuple[object, list[list[Point]]]:
    """Return where a segment lies, as a value to compare, and its pen-down traces.

    Raises UnipenError for components or points that are not there, and when there is no ink.
    """
    places = []
    strokes = []
    for first, first_point, last, last_point in _spans(segment.delineation):
        if not first <= last < len(document.components):
            raise UnipenError(f"names components that are not among {len(document.components)}")
        ends = document.components[first].place, document.components[last].place
        places.append((*ends, first_point, last_point))
        for number in range(first, last + 1):
            component = document.components[number]
            if not component.is_down:
                continue
            if document.points_named > POINTS_LIMIT:
                raise UnipenError("names more points than a file's segments may")
            points = component.points()
            document.points_named += len(points)
            start = first_point if number == first else 0
            stop = last_point if number == last and last_point is not None else len(points) - 1
            if max(start, stop + 1) > len(points) or (start > stop and points):
                raise UnipenError(f"names points that are not in component {number}")
            if points:
                strokes.append(points[start : stop + 1])
    if not strokes:
        raise UnipenError("holds no ink")
    return tuple(places), strokes


class _DocumentReader:
    """Reads one document; keeps what crosses the borders of files: columns, sizes, nesting."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._open: list[Path] = []
        self._columns = Columns()
        self._bytes = 0
        self._includes = 0
        self._document = Document()

    def read(self, path: Path) -> Document:
        self._read_file(_inside(path, self._root))
        components = self._document.components
        components[:] = [part for part in components if part.is_down or _holds_points(part)]
        return self._document

    def _read_file(self, path: Path) -> None:
        if not path.is_file():  # Opening a pipe would wait for somebody to write to it.
            raise UnipenError("is no file")
        if path in self._open:
            raise UnipenError(f"{path.name} includes itself")
        self._bytes += path.stat().st_size
        if self._bytes > DOCUMENT_LIMIT:
            raise UnipenError(f"is larger than {DOCUMENT_LIMIT // 1024**2} MiB with its includes")
        self._open.append(path)
        # Latin-1 takes any byte; keywords and numbers are ASCII. What comes before the first
        # keyword is passed over, but not a keyword behind a byte order mark.
        with path.open(encoding="latin-1") as file:
            self._read_statements(file, path)
        self._open.pop()

    def _read_statements(self, lines: Iterator[str], path: Path) -> None:
        keyword, rest, traces = "", [""], 0
        for line in lines:
            found = _KEYWORD.match(line.removeprefix(_UTF8_MARK))
            if not found:
                rest.append(line)
                continue
            self._finish(keyword, rest, path)
            keyword, rest = found[1], [found.string[found.end() :]]
            if keyword in ("PEN_DOWN", "PEN_UP"):
                self._document.components.append(
                    Component(keyword == "PEN_DOWN", self._columns, (str(path), traces), rest)
                )
                traces += 1
        if not keyword:
            raise UnipenError(f"{path.name} is no UNIPEN file")
        self._finish(keyword, rest, path)

    def _finish(self, keyword: str, rest: list[str], path: Path) -> None:
        """Take in a statement that has ended; a component has grown by itself."""
        match keyword:
            case "INCLUDE":
                self._include("".join(rest).strip(), path)
            case "COORD":
                self._columns = _columns("".join(rest).split())
            case "SEGMENT":
                self._segment("".join(rest).strip())

    def _segment(self, text: str) -> None:
        head, quote, tail = text.partition('"')
        label = _LABEL.match(tail)
        kind, *words = head.split() or [""]
        if not quote:  # Without a label a segment is of no use here.
            return
        if not label:
            self._document.problems.append(f".SEGMENT {text[:40]!r}: its label does not end")
            return
        # Behind the delineation, which may hold blanks, comes a word about quality.
        delineation = words[:1]
        for word in words[1:]:
            if word.strip("0123456789:,-"):
                break
            delineation.append(word)
        plain = _ESCAPED.sub(r"\1", label[1])
        self._document.segments.append(Segment(kind, "".join(delineation), plain))

    def _include(self, name: str, path: Path) -> None:
        self._includes += 1
        if len(self._open) > DEPTH_LIMIT or self._includes > INCLUDES_LIMIT:
            raise UnipenError("includes too many files")
        outside = False
        for base in (self._root / "include", self._root, path.parent, self._root / "data"):
            try:
                found = _inside(base / name, self._root)
                if found.is_file():
                    self._read_file(found)
                    return
            except _OutsideError:
                outside = True
            except ValueError:  # A zero byte in the name.
                break
        reason = "which lies outside the folder" if outside else "which is not there"
        raise UnipenError(f"includes {name[:200]!r}, {reason}")


class _OutsideError(UnipenError):
    """A path that leads out of the distribution."""


def _inside(path: Path, root: Path) -> Path:
    try:
        resolved = path.resolve()
    except RuntimeError:  # Links that go round, before Python 3.13.
        raise UnipenError("is a link to itself") from None
    if not resolved.is_relative_to(root):
        raise _OutsideError("leads outside the folder")
    return resolved


def _columns(names: list[str]) -> Columns:
    if "X" not in names or "Y" not in names:
        raise UnipenError(".COORD names no X or no Y")
    return Columns(len(names), names.index("X"), names.index("Y"))


def _spans(delineation: str) -> list[Span]:
    spans = []
    for part in delineation.split(","):
        found = _SPAN.fullmatch(part)
        if not found:
            raise UnipenError("is no range of components")
        first, first_point, last, last_point = found.groups()
        if last is None:
            last, last_point = first, first_point
        spans.append(
            (int(first), int(first_point or 0), int(last), int(last_point) if last_point else None)
        )
    return spans


def _holds_points(component: Component) -> bool:
    return any(line.strip() for line in component.lines)


def _number(word: str) -> float:
    try:
        # Python's float takes 1_000 too.
        value = float(word) if "_" not in word else math.nan
    except ValueError:
        value = math.nan
    if not abs(value) <= COORDINATE_LIMIT:
        raise UnipenError(f"{word[:40]!r} is no coordinate")
    return value
