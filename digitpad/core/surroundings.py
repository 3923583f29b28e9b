"""Surroundings: strokes that stand around digits and are part of none.

Such as a line under a number, through it, or between two rows or the parts of a fraction; a ring or
box around a digit or number. Owns which strokes may be such, and which others must be digits for
that; knows no network. Lengths are in heights of the line.
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
"""A lone stroke in a ring may be the slash of a zero if it is at least so straight. Of 8,677 real
digits 9 hold strokes within a ring, all of them straighter."""
SEVERAL = 3
"""A ring that holds at least this many strokes is around rows of digits, whatever their sizes."""
LEAST_INSIDE = 0.3
"""Of fewer strokes, those count whose width or height is at least this share of the ring's. The dot
in a zero is smaller."""
MOST_INSIDE = 0.85
"""All of these together have at most this share of the ring's width or of its height. A zero that
was written twice has more of both."""
LEAST_TURN = 300.0
"""How far a ring goes around what it holds, in degrees, at least."""
TALL = 0.5
"""Least height of a stroke that is neither a line nor a bar."""
LONG = 1.8
"""A line along several digits that is at least this wide is no bar of one of them: of 8,677 real
digits one has a wider bar."""
LEAST_PAPER = 0.1
"""Least distance of a shorter line from the digits above and below: of 8,677 real digits 4, all of
them 1s, have a foot as far below."""
LEAST_COVER = 0.7
"""The least share of these digits' widths that such a line lies along."""
IN_ZERO = (0, 1)
"""Digits that a zero's slash, or its ring written again, may be taken for by itself."""
ON_FOOT = (1, 7)
"""Digits that a 1 may be taken for without its foot."""


@dataclass(frozen=True, slots=True)
class Surrounding:
    """A line or ring that stands around others, provided that these are digits.

    Of the strokes `around`, one or all together must surely be a digit other than those in `but`.
    Where `around` is empty, nothing need be asked.
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
    """Return the stroke if it goes around others that are more than a zero's dot or slash."""
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
    x, y = (ink.strokes[number][:, :2] - inside.middle).T
    angles = np.unwrap(np.arctan2(y, x))
    if np.degrees(abs(angles[-1] - angles[0])) < LEAST_TURN:
        return None
    if are_several:
        return Surrounding(number, WhyNone.RING)
    return Surrounding(number, WhyNone.RING, held, IN_ZERO)


def _line(number: int, tall: Sequence[int], ink: Ink, height: float) -> Surrounding | None:
    """Return the flat stroke if it runs along several tall ones, or along some at a distance."""
    bounds = ink.stroke_bounds
    line = bounds[number]
    beside = tuple(
        place
        for place in tall
        if bounds[place].left < line.right and line.left < bounds[place].right
    )
    boxes = [bounds[place] for place in beside]
    covered = sum(line.shared_width(box) for box in boxes)
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
