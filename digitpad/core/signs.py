"""Signs: what people write between digits and what, stroke by stroke, looks like digits.

Such as a slash, a bracket, a colon, a percent sign. Owns what each looks like; knows no network.
Lengths are in heights of the line, or of the digits in the row. Chosen on 12,000 numbers composed
of training writers' digits, in which 5,934 digits are 1s.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Sequence

import numpy as np

from digitpad.core.groups import Group, StrokePart, group_ink
from digitpad.core.ink import Bounds, Ink, Stroke
from digitpad.core.pieces import corners, line_height

SMOOTH = 0.03
"""Farthest that a slash or bracket strays from an even bow, as a share of its length. A 1 with a
flag strays farther; of the digits that do not, all are 1s."""
FARTHEST_ENDS = 0.9
"""Least distance of the ends of such a stroke, as a share of its box's diagonal."""
STRAIGHT = 0.05
"""Most bow of a slash."""
BOWED = 0.1
"""Least bow of a bracket. One 1 in 240 has as much."""
LEANING = 0.75
"""A slash: how far it leans more than the digits beside it, as the way aside for each way up, and
how much taller it is than they, together. No 1 has as much; of made-up slashes one in four has."""
MAY_LEAN = 0.45
"""What has so much of both may be a slash. One 1 in 150 has, and four in five slashes."""
TALLER_BRACKET = 0.1
"""How much taller than other digits a sure bracket is at least."""
BRACKET_LEANS = 0.3
"""Most that it leans more than the digits beside it. One 1 in 5,934 is so tall and bowed."""
DOT = 0.25
"""Largest dot of a colon."""
DOTS_ASIDE = 0.15
"""How far apart the middles of a colon's dots may lie across."""
DOTS_APART = (0.15, 0.9)
"""How far apart they lie down, at least and at most."""
RING = (0.1, 0.65)
"""How large a ring of a percent sign is, at least and at most, in heights of its slash."""
OPEN = 0.5
"""Farthest that a ring's ends lie apart, as a share of its size."""
LEAST_SLASH = 0.6
"""Least height of the slash of a percent sign."""

_ALONG = np.linspace(0.0, 1.0, 32)
_BOW = 4.0 * _ALONG * (1.0 - _ALONG)


class Likeness(enum.Enum):
    """How like a sign a stroke is that may as well be a digit."""

    NONE = enum.auto()
    SOME = enum.auto()
    FULL = enum.auto()


def likenesses(ink: Ink, row: Sequence[Group]) -> list[Likeness]:
    """Return how like a slash or a bracket each mark of a row of `ink` is, from left to right.

    A slash stands between other marks, and no two stand side by side: then the other is a 1, and
    the slash is to lean more than that, too.
    """
    bows = [_even_bow(group_ink(ink, group)) if len(group) == 1 else None for group in row]
    inner = range(1, len(row) - 1)
    maybe = [
        place
        for place, bow in enumerate(bows)
        if bow is not None and (bow >= BOWED or (bow <= STRAIGHT and place in inner))
    ]
    found = [Likeness.NONE] * len(row)
    for place in maybe:
        others = [
            group_ink(ink, group)
            for other, group in enumerate(row)
            if other not in maybe or abs(other - place) == 1
        ]
        if others:
            mark = group_ink(ink, row[place])
            found[place] = _likeness(mark, others, (bows[place] or 0.0) >= BOWED)
    return found


def _likeness(mark: Ink, others: Sequence[Ink], is_bowed: bool) -> Likeness:
    """Return how like a bracket, or else a slash, an even stroke beside others is."""
    taller = mark.bounds.height / (_median([ink.bounds.height for ink in others]) or 1.0) - 1.0
    leans = abs(_slant(mark) - float(np.mean([_slant(ink) for ink in others])))
    if is_bowed:
        is_bracket = taller >= TALLER_BRACKET and leans <= BRACKET_LEANS
        return Likeness.FULL if is_bracket else Likeness.SOME
    if leans + taller < MAY_LEAN:
        return Likeness.NONE
    return Likeness.FULL if leans + taller >= LEANING else Likeness.SOME


def _median(values: Sequence[float]) -> float:
    """Return what `np.median` does, which loads a large module when it is called first."""
    ordered = sorted(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2.0


def _even_bow(mark: Ink) -> float | None:
    """Return the bow of a mark of one stroke if that is as even as a slash or bracket."""
    stroke, box = mark.strokes[0], mark.bounds
    # Most digits end too near to their beginning, which takes less time to see.
    ends = math.hypot(*(stroke[-1, :2] - stroke[0, :2]))
    if ends < FARTHEST_ENDS * math.hypot(box.width, box.height):
        return None
    bow, strays = _bow(stroke)
    return bow if strays <= SMOOTH else None


def signs_of_parts(ink: Ink) -> list[Group]:
    """Return colons and percent signs: strokes that were written one after the other."""
    boxes = ink.stroke_bounds
    height = line_height(ink)
    if sum(box.extent <= RING[1] * height for box in boxes) < 2:
        return []
    found: list[Group] = []
    taken = 0
    for first in range(len(boxes)):
        for count, is_sign in ((3, _is_percent), (2, _is_colon)):
            numbers = range(first, first + count)
            if taken <= first and numbers[-1] < len(boxes) and is_sign(ink, numbers, height):
                found.append(tuple(map(StrokePart, numbers)))
                taken = first + count
    return found


def _is_colon(ink: Ink, numbers: Sequence[int], height: float) -> bool:
    one, other = (ink.stroke_bounds[number] for number in numbers)
    if max(one.extent, other.extent) > DOT * height:
        return False
    across, down = (abs(a - b) / height for a, b in zip(one.middle, other.middle, strict=True))
    if across > DOTS_ASIDE or not DOTS_APART[0] <= down <= DOTS_APART[1]:
        return False
    both = Bounds.around([one, other])
    return not any(
        box.shared_width(both) >= 0.0 and box.top <= both.bottom and both.top <= box.bottom
        for number, box in enumerate(ink.stroke_bounds)
        if number not in numbers
    )


def _is_percent(ink: Ink, numbers: Sequence[int], height: float) -> bool:
    slash = max(numbers, key=lambda number: ink.stroke_bounds[number].height)
    line, box = ink.strokes[slash], ink.stroke_bounds[slash]
    rings = [number for number in numbers if number != slash]
    if not all(_is_ring(ink.strokes[ring], ink.stroke_bounds[ring], box.height) for ring in rings):
        return False
    middles = sorted(ink.stroke_bounds[ring].middle for ring in rings)
    (left, upper), (right, lower) = middles
    x, y = box.middle
    if not (left < x < right and upper < y < lower) or box.height < LEAST_SLASH * height:
        return False
    return _bow(line)[0] <= BOWED and _slant(ink.some([slash])) > 0.0


def _is_ring(stroke: Stroke, box: Bounds, tall: float) -> bool:
    """Whether a stroke is a ring of a percent sign with a slash so tall."""
    ends = math.hypot(*(stroke[-1, :2] - stroke[0, :2]))
    return RING[0] * tall <= box.extent <= RING[1] * tall and ends <= OPEN * box.extent


def _bow(stroke: Stroke) -> tuple[float, float]:
    """Return how far a stroke bows to a side, and strays from that bow, as shares of its length."""
    points = corners(stroke[:, :2])
    from_start, (x, y) = points - points[0], points[-1] - points[0]
    length = x * x + y * y
    if not length:
        return 0.0, 1.0
    aside = (from_start[:, 0] * y - from_start[:, 1] * x) / length
    bow = float(aside @ _BOW / (_BOW @ _BOW))
    return abs(bow), float(np.abs(aside - bow * _BOW).max())


def _slant(ink: Ink) -> float:
    """Return how far the ink of a mark leans to the right for each way up.

    The slope of the line that fits it best, as when handwriting is made upright.
    """
    ends = [(stroke[:-1, :2], stroke[1:, :2]) for stroke in ink.strokes]
    starts, stops = (np.concatenate(points) for points in zip(*ends, strict=True))
    lengths = np.hypot(*(stops - starts).T)
    if not lengths.any():
        return 0.0
    middles = (starts + stops) / 2
    x, y = (middles - np.average(middles, axis=0, weights=lengths)).T
    spread = float(lengths @ (y * y))
    return -float(lengths @ (x * y)) / spread if spread else 0.0
