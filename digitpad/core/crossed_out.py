"""Crossed out: digits that a person took back by drawing lines or a zigzag through them.

Owns what these look like, and which digits have such a line of their own; knows no network.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digitpad.core.groups import Group, StrokePart, group_ink, overlap
from digitpad.core.ink import Bounds, Ink, Stroke
from digitpad.core.pieces import line_height, straightness

STRAIGHT = 0.95
"""Least straightness of such a line."""
OFF_MIDDLE = 0.25
"""Farthest that such a line passes from the middle of what it crosses out, as a share of the
longer side of that."""
LINED = (0, 1, 7)
"""Digits that may have such a line of their own, or become another one by it: a slashed 0, a 1 that
becomes a 4, a crossed 7. Of 9,942 real digits none is surely any other digit without its last
stroke, where that is such a line."""
LEAST_ZIGZAG = 3
"""Least count of the straight lines of a zigzag."""
SWING = 0.5
"""Least length of each, as a share of the zigzag's width or height."""
EVEN = 0.9
"""Least straightness of each."""
LEAST_OVER = 0.7
"""Least height of a digit that was written over another and of that other, as a share of both."""
MOST_ASIDE = 0.35
"""Farthest that the middles of these two lie apart, in heights of both."""
OF_OTHERS = (1,)
"""A digit that may be a part of others: of a 0 as its slash, of a 4 as its stem. Of 9,942 real
digits none consists of two such parts that are surely different digits, other than a 1."""
LEAST_BELOW = 0.6
"""Least size of what they cross out, in heights of the line: an asterisk is smaller."""


def crossed_out(ink: Ink) -> list[Group]:
    """Return what is surely crossed out, with what does so: two lines in a row, or a zigzag.

    No real digit has two strokes, or one, that run so over its others.
    """
    boxes = ink.stroke_bounds
    least = LEAST_BELOW * line_height(ink)
    found: list[Group] = []
    for last, box in enumerate(boxes):
        if not any(_lies_below(other, box) for other in boxes[:last]):
            continue
        for lines in (range(last - 1, last + 1), range(last, last + 1)):
            over = Bounds.around([boxes[line] for line in lines])
            below = [place for place in range(lines[0]) if _lies_below(boxes[place], over)]
            if below and _cross_out(ink, lines, Bounds.around([boxes[p] for p in below]), least):
                group = tuple(map(StrokePart, (*below, *lines)))
                found = [*(other for other in found if not overlap(other, group)), group]
    return found


def below_line(ink: Ink, group: Group) -> Group | None:
    """Return what lies below the last stroke of a group, if that is a line through it.

    If it is surely a digit, and not among LINED, that digit was crossed out.
    """
    below = group[:-1]
    if not below:
        return None
    line = group_ink(ink, group[-1:]).strokes[0]
    return below if _goes_through(line, group_ink(ink, below).bounds) else None


def below_and_over(ink: Ink, group: Group) -> list[tuple[Group, Group]]:
    """Return the strokes of a group parted in two as a digit written over another would be.

    If both are surely digits, different ones, and neither among OF_OTHERS, that is what they are.
    """
    whole = group_ink(ink, group).bounds
    found = []
    for count in range(1, len(group)):
        parts = group[:count], group[count:]
        below, over = (group_ink(ink, part).bounds for part in parts)
        aside = abs(below.middle[0] - over.middle[0])
        tall = min(below.height, over.height)
        if tall >= LEAST_OVER * whole.height and aside <= MOST_ASIDE * whole.height:
            found.append(parts)
    return found


def _lies_below(box: Bounds, over: Bounds) -> bool:
    """Whether a box lies in the column of what may cross it out, and not in another row."""
    is_in_column = over.left < box.middle[0] < over.right
    return is_in_column and box.top < over.bottom and over.top < box.bottom


def _cross_out(ink: Ink, lines: Sequence[int], box: Bounds, least: float) -> bool:
    """Whether two lines go through a box of some size from side to side, or a zigzag covers it."""
    if box.extent < least:
        return False
    strokes = [ink.strokes[line] for line in lines]
    if len(strokes) > 1:
        return all(_spans(line, box, 0) and _goes_through(line, box) for line in strokes)
    return any(_is_zigzag(strokes[0], box, axis) for axis in (0, 1))


def _spans(stroke: Stroke, box: Bounds, axis: int) -> bool:
    """Whether a stroke reaches beyond a box on both sides: across for axis 0, down for axis 1."""
    along = stroke[:, axis]
    low, high = ((box.left, box.right), (box.top, box.bottom))[axis]
    return bool(along.min() < low and high < along.max())


def _is_zigzag(stroke: Stroke, box: Bounds, axis: int) -> bool:
    """Whether a stroke runs to and fro along an axis, about and beyond a box."""
    off = np.abs(np.subtract(Bounds.of(stroke).middle, box.middle)).max()
    if not _spans(stroke, box, axis) or off > OFF_MIDDLE * box.extent:
        return False
    along = stroke[:, axis]
    turns = _turns(along, SWING * float(np.ptp(along)))
    lines = [stroke[start : stop + 1] for start, stop in itertools.pairwise(turns)]
    return len(lines) >= LEAST_ZIGZAG and all(straightness(line) >= EVEN for line in lines)


def _turns(values: NDArray[np.float64], swing: float) -> list[int]:
    """Return where values begin, turn back by at least `swing`, and end."""
    found, farthest, way = [0], 0, 0.0
    for place, value in enumerate(values.tolist()):
        gone = value - values[farthest]
        if way == 0.0 and abs(gone) >= swing:
            way, farthest = math.copysign(1.0, gone), place
        elif gone * way > 0.0:
            farthest = place
        elif way and -gone * way >= swing:
            found.append(farthest)
            way, farthest = -way, place
    return [*found, farthest]


def _goes_through(line: Stroke, box: Bounds) -> bool:
    """Whether a stroke is a line through a box, about its middle, and beyond two opposite sides."""
    (x, y), (end_x, end_y) = line[[0, -1], :2]
    is_across = min(x, end_x) < box.left and box.right < max(x, end_x)
    is_down = min(y, end_y) < box.top and box.bottom < max(y, end_y)
    if not (is_across or is_down) or straightness(line) < STRAIGHT:
        return False
    # Distance of a point from the line through two others.
    to_end = end_x - x, end_y - y
    to_middle = box.middle[0] - x, box.middle[1] - y
    off = abs(to_end[0] * to_middle[1] - to_end[1] * to_middle[0]) / np.hypot(*to_end)
    return bool(off <= OFF_MIDDLE * box.extent)
