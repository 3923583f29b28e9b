"""Surroundings: strokes that stand around digits and are part of none.

A line under a number, through it, between two rows or the two of a fraction; a ring or a box around
a digit or a number. Owns what counts as such; knows no network.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from digitpad.core.ink import Bounds, Ink, Stroke
from digitpad.core.mark_reader import WIDEST_DIGIT
from digitpad.core.pieces import line_height

STRAIGHT = 0.8
"""Distance of a stroke's ends as a share of its length, from which on it may be a 1, or the slash
of a zero: of 8,677 real digits 9 hold strokes within a ring, and all these are straighter."""
LEAST_INSIDE = 0.3
"""Width or height of a stroke that a ring holds, as a share of its own: the dot in a zero has less
of both."""
MOST_INSIDE = 0.85
"""The same of all that it holds: a zero that was written over again has more of both."""
LEAST_TURN = 300.0
"""How far a ring goes around what it holds, in degrees, or farther."""
TALL = 0.5
"""Height of a stroke that is no line and no bar, in heights of the line, or more."""
LONG = 1.8
"""Width, in heights of the line, from which on a line along several digits is no bar of one: of
8,677 real digits one has a wider bar."""
LEAST_PAPER = 0.1
"""Between a line and the digits above and below it, in heights of the line. Of 8,677 real digits 4
have a bar as far below, all of them 1s, and so what is straight keeps its foot."""
LEAST_COVER = 0.7
"""Share of the width of a stroke beside it that such a line has beside it."""


def surroundings(ink: Ink) -> list[int]:
    """Return the numbers of the strokes of a drawing that stand around others."""
    boxes = ink.stroke_bounds
    rings = [number for number in range(len(boxes)) if _is_ring(number, ink)]
    rest = [number for number in range(len(boxes)) if number not in rings]
    flat = [number for number in rest if boxes[number].width > WIDEST_DIGIT * boxes[number].height]
    if not flat:
        return rings
    height = line_height(ink.some(rest))
    tall = [
        number for number in rest if number not in flat and boxes[number].height >= TALL * height
    ]
    return rings + [number for number in flat if _is_line(boxes[number], tall, ink, height)]


def _is_ring(number: int, ink: Ink) -> bool:
    """Whether a stroke goes around others that are more than a zero's dot or slash."""
    ring = ink.stroke_bounds[number]
    held = [
        place
        for place, box in enumerate(ink.stroke_bounds)
        if ring.holds(box) and max(box.width / ring.width, box.height / ring.height) >= LEAST_INSIDE
    ]
    if not held or (len(held) == 1 and _straightness(ink.strokes[held[0]]) >= STRAIGHT):
        return False
    inside = Bounds.around([ink.stroke_bounds[place] for place in held])
    if min(inside.width / ring.width, inside.height / ring.height) > MOST_INSIDE:
        return False
    middle = (inside.left + inside.right) / 2, (inside.top + inside.bottom) / 2
    x, y = (ink.strokes[number][:, :2] - middle).T
    angles = np.unwrap(np.arctan2(y, x))
    return bool(np.degrees(abs(angles[-1] - angles[0])) >= LEAST_TURN)


def _is_line(line: Bounds, tall: Sequence[int], ink: Ink, height: float) -> bool:
    """Whether a flat stroke runs along the tall ones: along several, or below one and apart."""
    beside = [
        number
        for number in tall
        if ink.stroke_bounds[number].left < line.right
        and line.left < ink.stroke_bounds[number].right
    ]
    boxes = [ink.stroke_bounds[number] for number in beside]
    covered = sum(min(box.right, line.right) - max(box.left, line.left) for box in boxes)
    if line.width >= LONG * height and len(boxes) > 1:
        return 2 * covered >= line.width
    paper = LEAST_PAPER * height
    above = sum(box.bottom + paper <= line.top for box in boxes)
    below = sum(line.bottom + paper <= box.top for box in boxes)
    if not above or above + below < len(boxes):
        return False
    if not below and all(_straightness(ink.strokes[number]) >= STRAIGHT for number in beside):
        return False
    return covered >= LEAST_COVER * sum(box.width for box in boxes)


def _straightness(stroke: Stroke) -> float:
    """Return the distance of a stroke's ends as a share of its length; 1 for a dot."""
    points = stroke[:, :2]
    length = np.hypot(*np.diff(points, axis=0).T).sum()
    return float(np.hypot(*(points[-1] - points[0])) / length) if length else 1.0
