"""Crossed out: digits that a person took back by drawing a line through them.

Owns what such a line looks like, and which digits have one of their own; knows no network.
"""

from __future__ import annotations

import numpy as np

from digitpad.core.groups import Group, group_ink
from digitpad.core.ink import Bounds, Ink, Stroke
from digitpad.core.pieces import straightness

MOST_LINES = 2
STRAIGHT = 0.95
"""Least straightness of such a line."""
OFF_MIDDLE = 0.25
"""Farthest that such a line passes from the middle of what it crosses out, as a share of the
longer side of that."""
LINED = (0, 1, 7)
"""Digits that may have such a line of their own, or become another one by it: a slashed 0, a 1 that
becomes a 4, a crossed 7. Of 9,942 real digits none is surely any other digit without its last
stroke, or its last two, where these are such lines."""


def below_lines(ink: Ink, group: Group) -> list[Group]:
    """Return what lies below the last line through a group, and below its last two.

    If one of these is surely a digit, and not among LINED, that digit was crossed out.
    """
    found = []
    for lines in range(1, min(MOST_LINES, len(group) - 1) + 1):
        below = group[:-lines]
        box = group_ink(ink, below).bounds
        if all(_goes_through(line, box) for line in group_ink(ink, group[-lines:]).strokes):
            found.append(below)
    return found


def _goes_through(line: Stroke, box: Bounds) -> bool:
    """Whether a stroke is a line through a box, about its middle, and beyond two opposite sides."""
    (x, y), (end_x, end_y) = line[[0, -1], :2]
    is_across = min(x, end_x) < box.left and box.right < max(x, end_x)
    is_down = min(y, end_y) < box.top and box.bottom < max(y, end_y)
    if not (is_across or is_down) or straightness(line) < STRAIGHT:
        return False
    # Distance of a point from the line through two others.
    to_end = end_x - x, end_y - y
    to_middle = (box.left + box.right) / 2 - x, (box.top + box.bottom) / 2 - y
    off = abs(to_end[0] * to_middle[1] - to_end[1] * to_middle[0]) / np.hypot(*to_end)
    return bool(off <= OFF_MIDDLE * box.extent)
