"""InkML: reads the drawing in a W3C Ink Markup Language file (Recommendation of 2011).

Owns the document: what is ink and what a remark; which format a trace has, `inkml_formats` says.
All traces of a file that were made with the pen down are one drawing. A file from outside is
hostile: its size is looked at first, a document type is refused and with it every entity, and
nothing that it refers to is opened.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

import numpy as np

from digitpad.core.ink import Ink, InkError, Stroke, stroke_from_array
from digitpad.core.ink_files import InkItem
from digitpad.core.ink_lines import InkFileError
from digitpad.core.inkml_formats import DEEPEST, HOLDERS, Formats, Holder, name_of, references
from digitpad.core.inkml_traces import (
    Samples,
    TraceFormat,
    decode,
    scale_by_largest,
    scale_pressure,
)
from digitpad.core.kept_groups import groups_from_text
from digitpad.core.limits import DEFAULT_LIMITS, Limits
from digitpad.core.reasons import Reason, reason_of

LABEL_TYPES = ("truth", "label")
"""Types of annotation that say what was written; the second is not InkML's own but in use."""
WRITER_TYPE = "writer"
GROUPS_TYPE = "groups"
"""Our own: which strokes were put together or apart, in the notation of `kept_groups`."""
ATTRIBUTES = 10
"""Attributes, declared namespaces among them, for each element that a file may have; those of InkML
have a few."""
VALUES = 8
"""Numbers, of all channels together, for each point that a file may have. Most pens report three to
six; where there are fewer points, each may have more."""

_LONGEST_TYPE = 40
"""Characters of an annotation's type that are looked at."""


def read_inkml(path: Path, limits: Limits = DEFAULT_LIMITS) -> InkItem:
    """Read the one drawing in an InkML file.

    Raises OSError, and InkFileError for a file that is no InkML, is beyond the limits, or holds a
    trace that cannot be read.
    """
    with path.open("rb") as file:
        # As much is set aside as is asked for, whether there is so much or not.
        size = os.fstat(file.fileno()).st_size
        data = file.read(min(size, limits.inkml) + 1)
    if len(data) > limits.inkml:
        raise InkFileError(Reason("is larger than {limit} bytes", limit=limits.inkml))
    return parse_inkml(data, limits)


def parse_inkml(data: bytes, limits: Limits = DEFAULT_LIMITS) -> InkItem:
    """Read the one drawing in an InkML document; raises InkFileError as `read_inkml`."""
    # Before parsing: each attribute becomes some 250 bytes, and expat keeps its name to the end. It
    # has this byte in every encoding that expat knows.
    if data.count(b"=") > ATTRIBUTES * _most_elements(limits):
        raise InkFileError(Reason("has too many elements or attributes"))
    document = _Document(limits)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = document.start
    parser.EndElementHandler = document.end
    parser.CharacterDataHandler = document.text
    parser.StartDoctypeDeclHandler = _refuse_document_type
    try:
        # In one go: expat 2.5 begins a long token anew with every piece of it.
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.errors.messages.get(error.code, "syntax error")
        where = str(error.lineno)
        raise InkFileError(
            Reason("is damaged or not InkML: see line {line}", line=where, detail=reason)
        ) from None
    except (LookupError, ValueError):
        raise InkFileError(Reason("is in an unknown encoding")) from None
    return document.item()


def _most_elements(limits: Limits) -> int:
    return 2 * limits.strokes


def _refuse_document_type(*_: object) -> None:
    raise InkFileError(Reason("declares a document type, which may hide entities and is refused"))


@dataclass(frozen=True, slots=True)
class _Trace:
    """A pen-down trace, its text still undecoded: its format may be defined further down."""

    text: str
    points: int
    """How many there are at most."""
    references: tuple[str, ...]
    in_force: tuple[Holder, ...]
    """Where a format is looked for when the trace itself names none."""
    name: str | None
    continues: str | None


class _Document:
    """What the parser has met so far."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._elements = 0
        self._open: list[str] = []
        self._formats = Formats()
        self._chunks: list[str] | None = None
        self._attributes: dict[str, str] = {}
        self._traces: list[_Trace] = []
        self._points = 0
        self._labels: dict[str, list[str]] = {"ink": [], "traceGroup": []}
        self._writer: str | None = None
        self._groups = ""

    # The parser's events ----------------------------------------------------------------------

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(" ")[2]
        if not self._open and kind != "ink":
            raise InkFileError(Reason("is XML, but not InkML"))
        self._elements += 1
        if len(self._open) == DEEPEST or self._elements > _most_elements(self._limits):
            raise InkFileError(Reason("has too many elements"))
        if kind in HOLDERS:
            self._formats.start(kind, attributes, self._open)
        elif kind == "channel":
            self._formats.add_channel(attributes, "intermittentChannels" in self._open)
        elif kind in ("trace", "annotation"):
            self._chunks = []
            self._attributes = attributes
        self._open.append(kind)

    def end(self, _name: str) -> None:
        kind = self._open.pop()
        if kind in HOLDERS:
            self._formats.end(kind, self._open)
        elif kind in ("trace", "annotation"):
            text = "".join(self._chunks or ())
            self._chunks = None
            if kind == "trace":
                self._add_trace(text)
            else:
                self._add_annotation(text.strip())

    def text(self, chunk: str) -> None:
        if self._chunks is not None:
            self._chunks.append(chunk)

    def _add_trace(self, text: str) -> None:
        attributes = self._attributes
        if attributes.get("type") == "penUp":
            return
        points = text.count(",") + 1
        self._points += points
        if self._points > self._limits.points:
            raise InkFileError(Reason("has more than {limit} points", limit=self._limits.points))
        if len(self._traces) == self._limits.strokes:
            raise InkFileError(Reason("has more than {limit} strokes", limit=self._limits.strokes))
        name, continues = name_of(attributes), attributes.get("priorRef")
        in_force = self._formats.in_force()
        self._traces.append(_Trace(text, points, references(attributes), in_force, name, continues))

    def _add_annotation(self, text: str) -> None:
        # Cut first: to bring many megabytes of emoji to lower case takes hundreds.
        kind = self._attributes.get("type", "")[:_LONGEST_TYPE].lower()
        if kind in LABEL_TYPES and text:
            self._labels.setdefault(self._open[-1], []).append(text)
        elif kind == WRITER_TYPE and self._open == ["ink"]:
            self._writer = text
        elif kind == GROUPS_TYPE and self._open == ["ink"]:
            self._groups = text

    # What they mean ---------------------------------------------------------------------------

    def item(self) -> InkItem:
        """Return the drawing; raises InkFileError for what cannot be read, or is too much."""
        strokes: list[list[Samples]] = []
        places: dict[str, int] = {}
        unscaled: list[Samples] = []
        for trace, layout, samples in self._decoded():
            pressure = layout.channel("F")
            if pressure is not None and not scale_pressure(samples, pressure):
                unscaled.append(samples)
            place = places.get((trace.continues or "").removeprefix("#"), len(strokes))
            if place == len(strokes):
                strokes.append([])
            strokes[place].append(samples)
            if trace.name is not None:
                places[trace.name] = place
        scale_by_largest(unscaled)
        label = (
            self._labels["ink"][0] if self._labels["ink"] else "".join(self._labels["traceGroup"])
        )
        ink = _ink(strokes)
        return InkItem(0, ink, label or None, self._writer, groups_from_text(self._groups, ink))

    def _decoded(self) -> Iterator[tuple[_Trace, TraceFormat, Samples]]:
        """Yield each trace with its format and its points."""
        formats: dict[tuple[object, ...], TraceFormat] = {}
        values, most = 0, VALUES * self._limits.points
        for number, trace in enumerate(self._traces, start=1):
            key = (trace.references, *map(id, trace.in_force))
            try:
                if key not in formats:
                    formats[key] = self._formats.format_of(trace.references, trace.in_force)
                layout = formats[key]
                values += trace.points * len(layout.channels)
                if values > most:
                    raise InkFileError(
                        Reason("has more than {limit} numbers in its traces", limit=most)
                    )
                samples = decode(trace.text, layout)
            except InkError as error:
                raise InkFileError(
                    Reason("trace {number}: {reason}", number=str(number), reason=reason_of(error))
                ) from None
            yield trace, layout, samples


def _ink(strokes: Iterable[Sequence[Samples]]) -> Ink:
    made: list[Stroke] = []
    for parts in strokes:
        points = np.concatenate(parts)
        points[:, 2] = np.nan_to_num(points[:, 2], nan=1.0)
        if len(points):
            made.append(stroke_from_array(points))
    return Ink(tuple(made))
