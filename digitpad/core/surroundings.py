"""Surroundings: strokes that stand around digits and are part of none.

A line under a number, through it, between two rows or the two of a fraction; a ring or a box around
a digit or a number. Owns what may count as such, and what must be a digit for it; knows no network.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from digitpad.core.ink import Bounds, Ink
from digitpad.core.mark_reader import WIDEST_DIGIT
from digitpad.core.pieces import line_height, straightness
from digitpad.core.reading import WhyNone

STRAIGHT = 0.8
"""Straightness from which on a stroke may be a 1, or the slash of a zero: of 8,677 real digits 9
hold strokes within a ring, and all these are straighter."""
LEAST_INSIDE = 0.3
"""Width or height of a stroke that a ring holds, as a share of its own: the dot in a zero has less
of both. Not of SEVERAL strokes, which are rows of digits."""
SEVERAL = 3
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
"""Between a line and the digits above and below it, in heights of the line: of 8,677 real digits 4,
all of them 1s, have a foot as far below."""
LEAST_COVER = 0.7
"""Share of the width of the strokes beside it that such a line has beside it."""
IN_ZERO = (0, 1)
"""What a slash in a zero may look like by itself, or its ring again."""
ON_FOOT = (1, 7)
"""What a 1 may look like without its foot."""


@dataclass(frozen=True, slots=True)
class Surrounding:
    """A stroke that stands around others, if these are a digit: a line or a ring.

    `around` are the strokes of which one, or all together, must surely be a digit and none of
    `but`; there are none where that need not be asked.
    """

    stroke: int
    kind: WhyNone
    around: tuple[int, ...] = ()
    but: tuple[int, ...] = ()


def surroundings(ink: Ink) -> list[Surrounding]:
    """Return the strokes of a drawing that may stand around others."""
    boxes = ink.stroke_bounds
    rings = [ring for number in range(len(boxes)) if (ring := _ring(number, ink))]
    round_ones = {ring.stroke for ring in rings}
    rest = [number for number in range(len(boxes)) if number not in round_ones]
    flat = [number for number in rest if boxes[number].width > WIDEST_DIGIT * boxes[number].height]
    if not flat:
        return rings
    height = line_height(ink.some(rest))
    tall = [
        number for number in rest if number not in flat and boxes[number].height >= TALL * height
    ]
    return rings + [line for number in flat if (line := _line(number, tall, ink, height))]


def _ring(number: int, ink: Ink) -> Surrounding | None:
    """Return a stroke that goes around others, which are more than a zero's dot or slash."""
    boxes = ink.stroke_bounds
    ring = boxes[number]
    held = tuple(place for place, box in enumerate(boxes) if ring.holds(box))
    are_several = len(held) >= SEVERAL
    if not are_several:
        held = tuple(
            place
            for place in held
            if max(boxes[place].width / ring.width, boxes[place].height / ring.height)
            >= LEAST_INSIDE
        )
    if not held or (len(held) == 1 and straightness(ink.strokes[held[0]]) >= STRAIGHT):
        return None
    inside = Bounds.around([boxes[place] for place in held])
    shares = inside.width / ring.width, inside.height / ring.height
    if not are_several and min(shares) > MOST_INSIDE:
        return None
    middle = (inside.left + inside.right) / 2, (inside.top + inside.bottom) / 2
    x, y = (ink.strokes[number][:, :2] - middle).T
    angles = np.unwrap(np.arctan2(y, x))
    if np.degrees(abs(angles[-1] - angles[0])) < LEAST_TURN:
        return None
    if are_several:
        return Surrounding(number, WhyNone.RING)
    return Surrounding(number, WhyNone.RING, held, IN_ZERO)


def _line(number: int, tall: Sequence[int], ink: Ink, height: float) -> Surrounding | None:
    """Return a flat stroke that runs along the tall ones: along several, or below one and apart."""
    line = ink.stroke_bounds[number]
    beside = tuple(
        place
        for place in tall
        if ink.stroke_bounds[place].left < line.right and line.left < ink.stroke_bounds[place].right
    )
    boxes = [ink.stroke_bounds[place] for place in beside]
    covered = sum(min(box.right, line.right) - max(box.left, line.left) for box in boxes)
    if line.width >= LONG * height and len(boxes) > 1:
        return Surrounding(number, WhyNone.LINE) if 2 * covered >= line.width else None
    paper = LEAST_PAPER * height
    above = sum(box.bottom + paper <= line.top for box in boxes)
    below = sum(line.bottom + paper <= box.top for box in boxes)
    if not above or above + below < len(boxes):
        return None
    if covered < LEAST_COVER * sum(box.width for box in boxes):
        return None
    if below:
        return Surrounding(number, WhyNone.LINE)
    return Surrounding(number, WhyNone.LINE, beside, ON_FOOT)
