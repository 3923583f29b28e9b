"""Ruling removal: what is left of a picture when its printed lines are taken away.

Owns how dark a line is from its middle outwards, and how much ink lies over it: ink covers the
line, so that what is seen is a mixture of both. Finds no lines; knows nothing of digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.core.page.paper import Strength

SEGMENTS = 9
"""Parts of a line's way in each of which its place is found: a line may be bent a little."""
LEAST_SEGMENTS = 5
"""So many must show the line before it is taken to be bent."""
BINS = 3
"""For so many parts of a pixel a line's darkness is found, from its middle outwards."""
USUAL = 0.45
"""Share of a line's way that is at most as dark as the line is alone: writing covers less than the
rest of it."""
PALEST = 0.2
"""Share of a line's way that is paler than its palest part is taken to be..."""
CONTINUOUS = 0.25
"""... which has this share of the line's usual darkness at least."""
GRAIN = 2.0
"""In standard deviations of the grain: how much darker than the line is still the line."""
UNEVEN = 0.25
"""The same as a share of the line's darkness."""
CLEAREST = 0.35
"""Least share of full ink by which ink is taken to be darker than the line below it."""
HIDING = 0.6
"""Share of full ink from which on a line hides ink, which is then seen on both its sides only."""
SLANTS = (-2, -1, 0, 1, 2)
"""Ways across a line, in halves of its width, on which ink is looked for on both its sides."""


@dataclass(frozen=True, slots=True, eq=False)
class _Strip:
    """The pixels around one line: their places in the picture, and how far each lies below it."""

    rows: NDArray[np.int64]
    """Shape (n, 2 reach + 1), as `below`."""
    columns: NDArray[np.int64]
    """Shape (n, 1)."""
    below: NDArray[np.float64]


def without_lines(
    strength: Strength,
    lines: Sequence[tuple[float, float]],
    reach: int,
    noise: float,
    full: float,
) -> tuple[Strength, list[int]]:
    """Take near level lines away, given by their row in the middle column and their slope.

    A line is less than `reach` pixels thick to either side, its bend included; `noise` is the
    paper's grain, `full` the level of full ink. What has gaps is no line: digits that stand below
    each other make no ruling. Returns which of the lines were taken, too.
    """
    taken = []
    cleaned = np.pad(strength, ((reach, reach), (0, 0)), mode="edge")
    for number, (middle, slope) in enumerate(lines):
        strip = _strip(strength.shape, middle, slope, reach)
        if strip is None:
            continue
        places = strip.rows + reach, strip.columns
        levels = cleaned[places]
        below = strip.below - _bend(levels)[:, None]
        if not _goes_on(levels, below):
            continue
        taken.append(number)
        line = _darkness(levels, below, reach)
        seen = levels.astype(np.float64)
        over = seen - line
        ink = over * (full / np.maximum(full - line, CLEAREST * full))
        ink[over <= GRAIN * noise + UNEVEN * line] = 0
        hidden = line > HIDING * full
        if hidden.any():
            ink = np.where(hidden, np.maximum(ink, _bridged(ink, hidden)), ink)
        cleaned[places] = np.rint(np.clip(ink, 0, 255)).astype(np.uint8)
    return cleaned[reach : len(cleaned) - reach], taken


def _goes_on(seen: Strength, below: NDArray[np.float64]) -> bool:
    """Whether a line is nearly as dark where it is palest as it mostly is."""
    darkest = np.where(np.abs(below) < 2, seen, 0).max(axis=1)
    palest, usual = np.quantile(darkest, (PALEST, 0.6))
    return bool(palest >= CONTINUOUS * usual > 0)


def _strip(shape: tuple[int, int], middle: float, slope: float, reach: int) -> _Strip | None:
    """Return the pixels around a line where it lies in a picture of some shape."""
    columns = np.arange(shape[1])
    at = middle + slope * (columns - shape[1] / 2)
    nearest = np.rint(at).astype(np.int64)
    inside = np.flatnonzero((nearest >= 0) & (nearest < shape[0]))
    if len(inside) < SEGMENTS:
        return None
    rows = nearest[inside, None] + np.arange(-reach, reach + 1)
    return _Strip(rows, columns[inside, None], rows - at[inside, None])


def _bend(seen: Strength) -> NDArray[np.float64]:
    """Return for each column how far below the middle of the strip the line lies."""
    count, wide = seen.shape
    steps = np.arange(wide) - wide // 2
    places, depths, middles = [], [], []
    for part in np.array_split(np.arange(count), SEGMENTS):
        profile = _quantiles(seen[part], USUAL)
        profile -= np.sort(profile)[: wide // 2].mean()
        weights = np.maximum(profile - profile.max() / 6, 0)
        if weights.sum() > 0:
            places.append(float((weights * steps).sum() / weights.sum()))
            depths.append(float(profile.max()))
            middles.append((part[0] + part[-1]) / 2 / count)
    if len(places) < LEAST_SEGMENTS:
        return np.zeros(count)
    x, y = np.array(middles), np.array(places)
    for _ in range(2):
        curve = np.polyfit(x, y, 2)
        off = np.abs(np.polyval(curve, x) - y)
        near = (off <= max(0.7, 2 * float(np.median(off)))) & (depths >= np.median(depths) / 2)
        if np.count_nonzero(near) < LEAST_SEGMENTS:
            return np.full(count, float(np.median(y)))
        x, y, depths = x[near], y[near], np.asarray(depths)[near]
    return np.asarray(np.polyval(curve, np.arange(count) / count))


def _quantiles(levels: Strength, share: float) -> NDArray[np.float64]:
    """Return the quantile of each column as `np.quantile` does, in a fraction of the time."""
    at = share * (len(levels) - 1)
    first = int(at)
    ordered = np.partition(levels, (first, min(first + 1, len(levels) - 1)), axis=0)
    low, high = ordered[first : first + 2][[0, -1]].astype(np.float64)
    return np.asarray(low + (high - low) * (at - first))


def _darkness(seen: Strength, below: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """Return how dark the line alone is at each pixel of its strip."""
    size = 2 * reach * BINS + 1
    number = np.clip(np.rint(below * BINS).astype(np.int64) + reach * BINS, 0, size - 1).ravel()
    # Sorted by their numbers, and those of one number by their levels.
    ordered = np.sort(number * 256 + seen.ravel()) % 256
    ends = np.cumsum(np.bincount(number, minlength=size))
    counts = np.diff(ends, prepend=0)
    filled = np.flatnonzero(counts)
    usual = (ends - counts + USUAL * np.maximum(counts - 1, 0)).astype(np.int64)
    return np.asarray(np.interp(below * BINS + reach * BINS, filled, ordered[usual[filled]]))


def _bridged(ink: NDArray[np.float64], hidden: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the ink that is seen on both sides of hidden rows, straight or slanting across."""
    first, last = np.flatnonzero(np.any(hidden, axis=0))[[0, -1]]
    bridged = np.zeros_like(ink)
    if first == 0 or last == ink.shape[1] - 1:
        return bridged
    above, under = ink[:, first - 1], ink[:, last + 1]
    wide = last - first + 2
    columns = np.arange(len(ink))
    for slant in SLANTS:
        for row in range(first, last + 1):
            share = (row - first + 1) / wide
            left = np.clip(np.rint(columns - slant * wide / 2 * share), 0, len(ink) - 1)
            right = np.clip(np.rint(columns + slant * wide / 2 * (1 - share)), 0, len(ink) - 1)
            both = np.minimum(above[left.astype(int)], under[right.astype(int)])
            np.maximum(bridged[:, row], both, out=bridged[:, row])
    return bridged
