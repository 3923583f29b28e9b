"""Kept groups: which strokes a person put together or apart, as a file holds it.

Owns the notation: a list of groups, each a list of its parts. A part is the number of a stroke,
counted from 0 among those that have points, or [stroke, start, stop] for its points from `start` up
to `stop` (excluded; null for the last).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from digitpad.core.grouping import MOST_POINTS, MOST_STROKES
from digitpad.core.groups import Group, StrokePart, joined, overlap
from digitpad.core.ink import Ink

MOST_PARTS = 2 * MOST_STROKES
"""Most parts of all groups together; a digit of two strokes that was cut in two has four."""
_LONGEST_TEXT = 64 * MOST_PARTS
"""In characters: three numbers and what is around them take less."""


def groups_to_json(groups: Sequence[Group]) -> list[list[int | list[int | None]]]:
    """Return groups as what JSON can hold."""
    return [[_part_to_json(part) for part in group] for group in groups]


def groups_from_json(value: Any, ink: Ink) -> tuple[Group, ...]:
    """Return the groups that a file names for this drawing.

    No groups are returned where those named do not fit the drawing; it is then grouped as if
    nothing had been said. Nor are any where grouping around them would take long: where they have
    more than MOST_PARTS, or the drawing is so large that it is taken as one mark.
    """
    if len(ink.strokes) > MOST_STROKES or ink.point_count > MOST_POINTS:
        return ()
    try:
        groups = [[_part_from_json(part, ink) for part in group] for group in value]
    except (TypeError, ValueError):
        return ()
    parts = [part for group in groups for part in group]
    if len(parts) > MOST_PARTS or not all(groups):
        return ()
    if any(overlap((one,), (other,)) for at, one in enumerate(parts) for other in parts[:at]):
        return ()
    return tuple(joined(tuple(group)) for group in groups)


def groups_from_text(text: str, ink: Ink) -> tuple[Group, ...]:
    """Return the groups that a text of JSON names, as `groups_from_json`."""
    if len(text) > _LONGEST_TEXT:  # Each bracket would become an object of some 60 bytes.
        return ()
    try:
        return groups_from_json(json.loads(text), ink)
    except (ValueError, RecursionError):
        return ()


def _part_to_json(part: StrokePart) -> int | list[int | None]:
    if part.start == 0 and part.stop is None:
        return part.stroke
    return [part.stroke, part.start, part.stop]


def _part_from_json(value: Any, ink: Ink) -> StrokePart:
    """Raises TypeError or ValueError for what is no part of a stroke of this drawing."""
    stroke, start, stop = (value, 0, None) if isinstance(value, int) else value
    if not all(type(number) is int for number in (stroke, start, 0 if stop is None else stop)):
        raise TypeError
    if not 0 <= stroke < len(ink.strokes):
        raise ValueError
    count = len(ink.strokes[stroke])
    if not 0 <= start < (count if stop is None else stop) <= count:
        raise ValueError
    return StrokePart(stroke, start, None if stop == count else stop)
