"""Ink files: drawings as JSON lines, in and out.

Owns the format: UTF-8 text, plain or gzipped, one JSON object a line:
{"strokes": [[[x, y], ...], ...], "label": "7", "groups": [[0, 1]], "writer": "..."}.
A file is read as a stream, so memory does not grow with its length, and a line that is no drawing
spoils only itself. Knows nothing of what is done with the ink.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digitpad.core.corrections import Said
from digitpad.core.groups import Group
from digitpad.core.ink import Ink, InkError, Stroke, make_stroke
from digitpad.core.ink_lines import InkLine, ink_batches
from digitpad.core.kept_groups import groups_from_json, groups_to_json
from digitpad.core.limits import DEFAULT_LIMITS, Limits
from digitpad.core.reasons import Reason, reason_of

SUFFIXES = (".jsonl", ".jsonl.gz")

_OTHER_BRACKETS = 100
"""Those around the strokes, and some that groups or a label may hold."""
_LARGEST = 2**62
"""Integers up to here are numbers to numpy, whatever their sign."""


@dataclass(frozen=True, slots=True, eq=False)
class InkItem:
    """One drawing of a file. `index` counts the lines that are not blank, from 0."""

    index: int
    ink: Ink
    label: str | None = None
    writer: str | None = None
    groups: tuple[Group, ...] = ()

    @property
    def said(self) -> Said:
        """What the file keeps of what a person said."""
        return Said(self.label, self.groups)


@dataclass(frozen=True, slots=True)
class BadInkLine:
    """A line that is no drawing: its place as in InkItem, its number in the file from 1, and why.

    When the file cannot be read past it, it is the last.
    """

    index: int
    line: int
    reason: Reason


def read_ink_file(path: Path, limits: Limits = DEFAULT_LIMITS) -> Iterator[InkItem | BadInkLine]:
    """Yield the drawings of a JSON-lines file, gzipped or not, in order and one at a time.

    Blank lines are passed over, and so are strokes without points; a drawing without strokes is
    empty ink. Raises as `ink_batches`.
    """
    with path.open("rb", buffering=0) as file:
        for batch in ink_batches(file, limits):
            for line in batch:
                yield parse_ink_line(line, limits)


def ink_to_json(
    ink: Ink,
    label: str | None = None,
    writer: str | None = None,
    groups: Sequence[Group] = (),
) -> str:
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
    if groups:
        item["groups"] = groups_to_json(groups)
    if writer is not None:
        item["writer"] = writer
    return json.dumps(item, separators=(",", ":"))


def parse_ink_line(line: InkLine, limits: Limits = DEFAULT_LIMITS) -> InkItem | BadInkLine:
    """Return the drawing in a line, or why there is none."""
    if isinstance(line.content, str):
        return BadInkLine(line.index, line.number, line.content)
    try:
        item = _json(line.content, limits)
        ink = _ink(item, limits)
        # Few lines hold these words, and it takes a while to look at every number.
        if b"true" in line.content or b"false" in line.content:
            _refuse_truth(item["strokes"])
        groups = groups_from_json(item["groups"], ink) if "groups" in item else ()
        return InkItem(line.index, ink, _text(item, "label"), _text(item, "writer"), groups)
    except InkError as error:
        reason = reason_of(error)
    except UnicodeDecodeError:
        reason = Reason("not UTF-8 text")
    except json.JSONDecodeError as error:
        reason = Reason("not JSON at column {column}", column=str(error.colno), detail=error.msg)
    except ValueError:
        reason = Reason("a number has too many digits")
    except RecursionError:
        reason = Reason("nested too deeply")
    return BadInkLine(line.index, line.number, reason)


def _json(content: bytes, limits: Limits) -> Any:
    # Before parsing: each bracket becomes an object of some 60 bytes.
    if content.count(b"[") + content.count(b"{") > limits.points + limits.strokes + _OTHER_BRACKETS:
        raise InkError(_too_many_points(limits))
    return json.loads(content.decode("utf-8-sig"))


def _ink(item: Any, limits: Limits) -> Ink:
    strokes = item.get("strokes") if isinstance(item, dict) else None
    if not isinstance(strokes, list):
        raise InkError(Reason("no {strokes}", strokes='{"strokes": [...]}'))
    if not all(isinstance(stroke, list) for stroke in strokes):
        raise InkError(Reason("a stroke is not a list of points"))
    if len(strokes) > limits.strokes:
        raise InkError(Reason("more than {limit} strokes", limit=limits.strokes))
    if sum(map(len, strokes)) > limits.points:
        raise InkError(_too_many_points(limits))
    return Ink(tuple(_stroke(stroke) for stroke in strokes if stroke))


def _stroke(points: list[Any]) -> Stroke:
    try:
        return make_stroke(points)
    except InkError:
        # An integer of more than 64 bits is no number to numpy; what is wrong with it is its size.
        return make_stroke([_clipped(point) for point in points])


def _clipped(point: Any) -> Any:
    if not isinstance(point, list) or len(point) > 3:
        return point
    return [max(-_LARGEST, min(v, _LARGEST)) if isinstance(v, int) else v for v in point]


def _refuse_truth(strokes: list[list[list[float]]]) -> None:
    """Raise InkError where a point holds true or false, which count as 1 and 0 in Python."""
    if any(isinstance(value, bool) for stroke in strokes for point in stroke for value in point):
        raise InkError(Reason("a point is not [x, y] or [x, y, pressure]"))


def _too_many_points(limits: Limits) -> Reason:
    return Reason("more than {limit} points", limit=limits.points)


def _text(item: dict[str, Any], key: str) -> str | None:
    """Return an optional text; a number, as some tools write for a label, counts as its text."""
    value = item.get(key)
    return value if value is None or isinstance(value, str) else json.dumps(value)
