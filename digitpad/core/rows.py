"""Rows: which strokes of a drawing stand in which line of writing, from top to bottom.

Owns where one row ends and the next begins; decides nothing about digits.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digitpad.core.groups import Group, StrokePart
from digitpad.core.ink import Ink
from digitpad.core.pieces import corners, distance, line_height

LEAST_HEIGHT = 0.5
"""A row's tallest stroke is taller than this share of the drawing's tallest. Flatter strokes (the
bar of a 5, a dot, a dash, a line under a number) belong to the nearest row, unless they are a row
of smaller writing."""
SEVERAL = 2
"""A row of smaller writing has at least this many strokes that are SMALL and no wider than tall."""
SMALL = 0.2
"""Least height of such a stroke, as a share of the drawing's tallest."""
LEAST_PAPER = 0.2
"""Least height of the strip of paper between two rows. The unit is the height of a row's tallest
stroke, in the row where that is smaller."""
WIDE_PAPER = 0.5
"""Two parts with at least this much paper between them, in the same unit, are not one digit. None
of 10,311 real digits has such a gap; 12, all but one of them 8s, have one of LEAST_PAPER."""
FAR_PAPER = 1.0
"""Two strokes with at least this much paper between them may be one mark again: a colon. Of 36 real
colons whose dots have a height, all are this wide apart."""
STEP = 0.75
"""Where no strip of paper parts two rows, the middles of the tall strokes in the lower one are at
least this far, in heights of the line, below those in the upper one. Of 10,000 numbers in one row 2
look like that: 88 and 99, each digit made of two rings."""


@dataclass(frozen=True, slots=True)
class _Band:
    """Strokes between which no strip of paper runs from left to right."""

    strokes: tuple[int, ...]
    top: float
    bottom: float
    tallest: float
    """Height of its tallest stroke."""
    upright: tuple[float, ...]
    """Heights of the strokes that are no wider than tall."""

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
        """What parts two bands, to be compared: first whether both are rows, then the paper."""
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

    Each row has at least SEVERAL tall strokes, and they stand STEP below those of the row above. So
    do the strokes of digits that are made of two rings each: the caller must tell these apart.
    """
    pinned = [{part.stroke for part in pin} for pin in pins]
    rows: list[Group] = []
    waiting = [list(range(len(ink.strokes)))]
    while waiting:
        numbers = waiting.pop()
        lower = _lower_rows(numbers, ink)
        if lower and not any(pin & lower and pin - lower for pin in pinned):
            waiting += [sorted(lower), [number for number in numbers if number not in lower]]
        else:
            rows.append(tuple(map(StrokePart, numbers)))
    return rows


def _lower_rows(numbers: Sequence[int], ink: Ink) -> set[int]:
    """Return which of these strokes stand below the widest step between two rows; none without."""
    if len(numbers) < 2 * SEVERAL:
        return set()
    boxes = ink.stroke_bounds

    def middle(number: int) -> float:
        return boxes[number].middle[1]

    height = line_height(ink.some(numbers))
    tall = sorted(
        (number for number in numbers if boxes[number].height >= LEAST_HEIGHT * height), key=middle
    )
    steps = [middle(below) - middle(above) for above, below in itertools.pairwise(tall)]
    places = range(SEVERAL, len(tall) - SEVERAL + 1)
    place = max(places, key=lambda at: steps[at - 1], default=0)
    upper, lower = tall[:place], tall[place:]
    if not place or steps[place - 1] < STEP * height:
        return set()
    if not any(boxes[one].is_in_column_with(boxes[other]) for one in upper for other in lower):
        return set()
    paths = {number: corners(ink.strokes[number][:, :2]) for number in numbers}

    def nearest_tall(number: int) -> int:
        return min(tall, key=lambda other: distance(paths[number], paths[other]))

    small = set(numbers).difference(tall)
    return {*lower, *(number for number in small if nearest_tall(number) in lower)}


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
