"""Rows: which strokes of a drawing stand in which line of writing, from top to bottom.

Owns where one row ends and the next begins; decides nothing about digits.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from digitpad.core.groups import Group, StrokePart
from digitpad.core.ink import Ink
from digitpad.core.pieces import corners, distance, line_height

LEAST_HEIGHT = 0.5
"""Height of a row's tallest stroke, as a share of the drawing's tallest. What is flatter belongs to
the nearest row, the bar of a 5, a dot, a dash, a line under a number, but for SEVERAL."""
SEVERAL = 2
"""So many strokes that are as high as wide, and SMALL, are a row of smaller writing."""
SMALL = 0.2
"""Height of such strokes, as a share of the drawing's tallest, or more."""
LEAST_PAPER = 0.2
"""Height of the strip of paper between two rows, in heights of the smaller of their tallest
strokes."""
WIDE_PAPER = 0.5
"""The same, from which on the two are no single digit. Of 10,311 real ones none is parted so far,
and 12, all but one of them 8s, by LEAST_PAPER."""
FAR_PAPER = 1.0
"""The same, from which on two strokes may be one mark again, a colon: of 36 real ones whose dots
are of a height no two are nearer."""
STEP = 0.75
"""How much lower, in heights of the line, all middles of the next row stand than those of this one,
where no strip of paper parts them: of 10,000 numbers of one row 2 are so, 88 and 99 of two rings
each."""


@dataclass(frozen=True, slots=True)
class _Band:
    """Strokes without a strip of paper from left to right between them."""

    strokes: tuple[int, ...]
    top: float
    bottom: float
    tallest: float
    """Height of its tallest stroke."""
    upright: tuple[float, ...]
    """Heights of the strokes that are as high as wide."""

    def joined(self, lower: _Band) -> _Band:
        return _Band(
            (*self.strokes, *lower.strokes),
            self.top,
            max(self.bottom, lower.bottom),
            max(self.tallest, lower.tallest),
            (*self.upright, *lower.upright),
        )


def rows_of(ink: Ink, pins: Sequence[Group] = (), least_paper: float = LEAST_PAPER) -> list[Group]:
    """Return the strokes of each row of a drawing that is not empty, from top to bottom.

    Rows are parted by a strip of paper across the whole drawing. `pins` are groups of strokes that
    are one mark each, and so stand in one row.
    """
    bands = list(_bands(ink, pins))
    tallest = max(band.tallest for band in bands)

    def is_row(band: _Band) -> bool:
        small = sum(height >= SMALL * tallest for height in band.upright)
        return band.tallest > LEAST_HEIGHT * tallest or small >= SEVERAL

    def between(pair: tuple[_Band, _Band]) -> tuple[bool, float]:
        """How much parts two bands: that both are rows more than any paper."""
        upper, lower = pair
        paper, height = lower.top - upper.bottom, min(upper.tallest, lower.tallest)
        return (True, paper / height) if is_row(upper) and is_row(lower) else (False, paper)

    while len(bands) > 1:
        pairs = list(itertools.pairwise(bands))
        nearest = min(range(len(pairs)), key=lambda place: between(pairs[place]))
        if between(pairs[nearest]) >= (True, least_paper):
            break
        bands[nearest : nearest + 2] = [bands[nearest].joined(bands[nearest + 1])]
    return [tuple(map(StrokePart, sorted(band.strokes))) for band in bands]


def interlocked(ink: Ink, pins: Sequence[Group]) -> list[Group]:
    """Return the rows of a drawing in which no strip of paper parts any, from top to bottom.

    Their tall strokes stand one below another, STEP apart, two of each row at least. So do those of
    digits of two rings each: who calls this is to see to that.
    """
    parts = _interlocked(range(len(ink.strokes)), ink, pins)
    return [tuple(map(StrokePart, sorted(part))) for part in parts]


def _interlocked(
    numbers: Sequence[int], ink: Ink, pins: Sequence[Group]
) -> Iterator[Sequence[int]]:
    if len(numbers) < 2 * SEVERAL:
        yield numbers
        return
    boxes = ink.stroke_bounds

    def middle(number: int) -> float:
        return (boxes[number].top + boxes[number].bottom) / 2

    def apart(number: int, other: int) -> float:
        return distance(*(corners(ink.strokes[place][:, :2]) for place in (number, other)))

    def is_above(number: int, other: int) -> bool:
        one, two = boxes[number], boxes[other]
        shared = min(one.right, two.right) - max(one.left, two.left)
        return 2 * shared >= min(one.width, two.width)

    height = line_height(ink.some(numbers))
    tall = sorted(
        (number for number in numbers if boxes[number].height >= LEAST_HEIGHT * height), key=middle
    )
    places = range(SEVERAL, len(tall) - SEVERAL + 1)
    place = max(places, key=lambda at: middle(tall[at]) - middle(tall[at - 1]), default=0)
    if place and middle(tall[place]) - middle(tall[place - 1]) >= STEP * height:
        lower = set(tall[place:])
        for number in set(numbers).difference(tall):
            if min(tall, key=partial(apart, number)) in tall[place:]:
                lower.add(number)
        upper = [number for number in numbers if number not in lower]
        are_rows = any(is_above(one, two) for one in tall[:place] for two in tall[place:])
        pinned = ({part.stroke for part in pin} for pin in pins)
        if are_rows and not any(pin & lower and pin - lower for pin in pinned):
            yield from _interlocked(upper, ink, pins)
            yield from _interlocked(sorted(lower), ink, pins)
            return
    yield numbers


def _bands(ink: Ink, pins: Sequence[Group]) -> Iterator[_Band]:
    """Yield the parts of a drawing between which a level line meets no stroke, and no pin."""
    bounds = ink.stroke_bounds
    spans = [(box.top, box.bottom) for box in bounds]
    for pin in pins:
        numbers = {part.stroke for part in pin}
        top = min(spans[number][0] for number in numbers)
        bottom = max(spans[number][1] for number in numbers)
        for number in numbers:
            spans[number] = top, bottom
    band: _Band | None = None
    for number in sorted(range(len(spans)), key=spans.__getitem__):
        box = bounds[number]
        upright = (box.height,) if box.height >= box.width else ()
        stroke = _Band((number,), *spans[number], box.height, upright)
        if band is not None and stroke.top > band.bottom:
            yield band
            band = None
        band = stroke if band is None else band.joined(stroke)
    if band is not None:
        yield band
