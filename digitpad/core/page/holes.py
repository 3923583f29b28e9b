"""Holes: those of a sheet that is punched or bound by a wire, where something dark is seen.

Owns how they are told from writing: they lie along one side and are of one size. Punched ones are
solid and round. Those of a binding are many, and evenly apart along most of the side.
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
BOUND = 8
"""Holes of a binding at least..."""
EVEN = 0.15
"""... from one to the next of which it is as far, but for this share of it, ..."""
MOSTLY = 0.8
"""... for this share of them at least, ..."""
STRAIGHT = 0.5
"""... that lie on a line, but for this share of that way, ..."""
REACH = 0.7
"""... which is at least as long as this share of the side."""
SAME_AREA = 1.3
"""One of these holes has at most so many times the pixels of another; with wire, they vary."""


def sheet_holes(marks: Sequence[Mark], labels: NDArray[np.int32]) -> list[Mark]:
    """Return those of the marks that are holes; `labels` has each pixel's mark.

    There are two at least along a side: one may be a blot.
    """
    height, width = labels.shape
    near_sides = (
        [mark for mark in marks if mark.left <= BESIDE * width],
        [mark for mark in marks if mark.right >= (1 - BESIDE) * width],
        [mark for mark in marks if mark.top <= BESIDE * height],
        [mark for mark in marks if mark.bottom >= (1 - BESIDE) * height],
    )
    holes: dict[Mark, None] = {}
    for number, side in enumerate(near_sides):
        holes |= dict.fromkeys(_alike([mark for mark in side if _is_disc(mark, labels)]))
        is_upright = number < 2
        holes |= dict.fromkeys(_bound(side, is_upright, height if is_upright else width))
    return list(holes)


def _bound(marks: Sequence[Mark], is_upright: bool, side: int) -> list[Mark]:
    """Return the holes of a binding along a side that is so long: of all marks near it, those of
    the size that most have, if they stand in a row."""
    ordered = sorted((m for m in marks if max(m.width, m.height) >= SMALLEST), key=lambda m: m.area)
    areas = np.array([mark.area for mark in ordered])
    ends = np.searchsorted(areas, SAME_AREA * areas, side="right")
    counts = ends - np.arange(len(areas))
    if len(areas) == 0 or counts.max() < BOUND:
        return []
    first = int(counts.argmax())
    alike = ordered[first : ends[first]]
    middles = np.array([(m.left + m.right, m.top + m.bottom) for m in alike]) / 2
    along, across = middles.T[::-1] if is_upright else middles.T
    if np.ptp(along) < REACH * side:
        return []
    gaps = np.diff(np.sort(along))
    way = float(np.median(gaps))
    off = np.abs(across - np.polyval(np.polyfit(along, across, 1), along))
    is_row = (np.abs(gaps - way) <= EVEN * way).mean() >= MOSTLY and off.max() <= STRAIGHT * way
    return alike if is_row else []


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
