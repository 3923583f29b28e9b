"""Holes: the punched holes of a sheet, through which something dark is seen.

Owns how they are told from writing: they are solid, round, of one size, and lie along one side.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from digitpad.core.page.mark import Mark

ROUNDEST = 1.25
"""Longer over shorter side of a hole at most, as a camera that is held askew shows it."""
FILLED = 0.7
"""Share of its box that a hole fills at least; a disc fills 0.79 of it."""
ROUND = 0.96
"""How near a hole is to a disc, as the share of its spread that a disc of its area has; a square
has 0.955."""
SMALLEST = 6
"""Pixels that a hole is high at least."""
SAME_SIZE = 1.2
"""A hole is at most so many times as high as another."""
BESIDE = 0.2
"""Holes lie no farther from their side of the sheet than this share of what is across."""


def punched_holes(marks: Sequence[Mark], labels: NDArray[np.int32]) -> list[Mark]:
    """Return those of the marks that are holes; `labels` has each pixel's mark.

    There are two at least along a side: one may be a blot.
    """
    height, width = labels.shape
    discs = [mark for mark in marks if _is_disc(mark, labels)]
    near_sides = (
        [mark for mark in discs if mark.left <= BESIDE * width],
        [mark for mark in discs if mark.right >= (1 - BESIDE) * width],
        [mark for mark in discs if mark.top <= BESIDE * height],
        [mark for mark in discs if mark.bottom >= (1 - BESIDE) * height],
    )
    return list(dict.fromkeys(mark for side in near_sides for mark in _alike(side)))


def _is_disc(mark: Mark, labels: NDArray[np.int32]) -> bool:
    low, high = sorted((mark.width, mark.height))
    if low < SMALLEST or high > ROUNDEST * low or mark.area < FILLED * mark.width * mark.height:
        return False
    inside = labels[mark.top : mark.bottom, mark.left : mark.right]
    spread = sum(float(np.var(places)) for places in np.nonzero(inside == mark.label))
    # Of all shapes of an area a disc has the least spread.
    return mark.area >= ROUND * 2 * math.pi * spread


def _alike(marks: Sequence[Mark]) -> list[Mark]:
    """Return those of the marks that are about as high as another one."""
    ordered = sorted(marks, key=lambda mark: mark.height)
    pairs = [pair for pair in pairwise(ordered) if pair[1].height <= SAME_SIZE * pair[0].height]
    return [mark for pair in pairs for mark in pair]
