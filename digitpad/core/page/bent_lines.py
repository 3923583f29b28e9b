"""Bent lines: thin lines that wind a little from one side of a picture to another.

Owns how they are found and taken away: the margin or the squares of paper that is not flat, a
crease. Knows nothing of digits, whose strokes are thicker where they fill a picture.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from digitpad.core.components import Places, runs_of
from digitpad.core.page.paper import InkOnPaper, Strength
from digitpad.core.page.ruling import faintest

SMALL_SIDE = 640
"""Lines are looked for in a picture with a longer side of at most so many cells."""
LEAST_SIDE = 100
"""Pixels that each side of a picture has at least; smaller ones show writing and nothing else."""
THICKEST = 0.015
"""Thickest line, as a share of the picture's longer side."""
FAINTEST_LINE = 0.1
"""Share of full ink that a line has at least."""
SEEN = 0.75
"""Share of a line's way on which it is seen at least."""
TURN = 0.1
"""By how much of that share more it must be seen where it goes a cell to the side at each step."""
LEAST_NEW = 0.25
"""Share of the picture's width on which a line is seen at least and no straight line was taken."""
DEGREE = 4
"""A line lies along a curve of this degree, ..."""
OFF = 1.5
"""... so many cells from it at most, ..."""
ON_CURVE = 0.9
"""... for this share of its way at least: writing winds more."""
SHARED = 0.2
"""Share of its cells that a line may have in common with others."""
REACH = 3
"""In cells: so near a line what is like it is part of it, as the other one of a double line is."""
USUAL = 0.75
"""Share of a line's pixels that is at most as dark as the line is."""
THICKER, DARKER = 1.5, 2.0
"""How many times as thick, and one pixel more, and as dark as the line what is like it may be:
ink that crosses the line is thicker, along it, or darker."""

Path = NDArray[np.int64]
"""Shape (n,): the place of a line at each step. The first place and the last lie outside."""
Worth = NDArray[np.float32]
"""Shape (n, m): how much at each step and place speaks for a line."""
Curve = NDArray[np.float64]
"""Shape (width,): the row of a near level line in each column."""


def without_bent_lines(ink: InkOnPaper, cleaned: Strength) -> Strength:
    """Return what is left of `cleaned`, ink without straight lines, when bent ones are taken."""
    if min(cleaned.shape) < LEAST_SIDE:
        return cleaned
    left = cleaned.copy()
    _take_level_lines(ink, ink.strength, left)
    _take_level_lines(ink, ink.strength.T, left.T)
    return left


def _take_level_lines(ink: InkOnPaper, before: Strength, left: Strength) -> None:
    """Take near level lines away from `left`; `before` is all ink."""
    least = max(faintest(ink.noise), FAINTEST_LINE * ink.full)
    longer = max(before.shape)
    rows, columns, thickness = _thin(before >= least, math.ceil(THICKEST * longer))
    levels = before[rows, columns]
    cell = -(-longer // SMALL_SIDE)
    for curve in _curves(rows, columns, left[rows, columns] >= least, before.shape, cell):
        off = np.abs(rows - curve[columns]) / cell
        on_line = off <= OFF
        thickest = THICKER * np.median(thickness[on_line]) + 1
        darkest = DARKER * np.quantile(levels[on_line], USUAL)
        taken = (off <= REACH) & (thickness <= thickest) & (levels <= darkest)
        left[rows[taken], columns[taken]] = 0


def _thin(dark: NDArray[np.bool_], thickest: int) -> tuple[Places, Places, Places]:
    """Return the pixels in upright runs no longer than `thickest`: rows, columns, and how long."""
    columns, tops, bottoms = runs_of(dark.T)
    lengths = bottoms - tops
    is_thin = lengths <= thickest
    columns, tops, lengths = columns[is_thin], tops[is_thin], lengths[is_thin]
    begun = np.cumsum(lengths) - lengths
    rows = np.arange(lengths.sum()) + np.repeat(tops - begun, lengths)
    return rows, np.repeat(columns, lengths), np.repeat(lengths, lengths)


def _curves(
    rows: Places, columns: Places, is_left: NDArray[np.bool_], shape: tuple[int, int], cell: int
) -> list[Curve]:
    """Return the near level lines on which thin dark pixels lie, by row and column.

    Where straight lines have left none, nothing speaks for a line or against it.
    """
    height, width = shape
    places, steps = rows // cell + 1, columns // cell
    # A line may come in and go out at the sides: beside the picture there is nothing to be seen.
    worth = np.full((-(-width // cell), -(-height // cell) + 2), -SEEN, np.float32)
    worth[steps[is_left], places[is_left]] = 1 - SEEN
    worth[steps[~is_left], places[~is_left]] = 0
    worth[:, [0, -1]] = 0
    way = np.linspace(0, 1, len(worth))
    curves: list[Curve] = []
    while paths := _paths(worth):
        for path in paths:
            inside = np.flatnonzero((path > 0) & (path < worth.shape[1] - 1))
            fitted = np.polyval(np.polyfit(way[inside], path[inside], DEGREE), way)
            if (np.abs(fitted - path)[inside] <= OFF).mean() >= ON_CURVE:
                at = np.full(len(worth), -float(height))
                at[inside] = (fitted[inside] - 0.5) * cell
                curves.append(np.interp(np.arange(width) / cell - 0.5, np.arange(len(at)), at))
            for place in (path - 1, path, path + 1):
                worth[inside, place[inside]] = -SEEN
        worth[:, [0, -1]] = 0
    return curves


def _paths(worth: Worth) -> list[Path]:
    """Return the ways from the first step to the last that are worth most, apart from each other.

    From one step to the next a way keeps its place or goes to the one before or after.
    """
    count, width = worth.shape
    turns = np.zeros((count, width), np.int8)
    total = np.pad(worth[0], 1, constant_values=-np.inf)
    for step in range(1, count):
        same, less, more = total[1:-1], total[:-2], total[2:]
        turned = np.maximum(less, more) - TURN
        turns[step] = np.where(turned > same, np.where(less >= more, -1, 1), 0)
        total[1:-1] = np.maximum(turned, same) + worth[step]
    paths = np.empty((count, width), np.int64)
    at = np.arange(width)
    for step in range(count - 1, -1, -1):
        paths[step] = at
        at = at + turns[step, at]
    steps = np.arange(count)
    used = np.zeros(worth.shape, bool)
    found = []
    for end in np.argsort(-total[1:-1]):
        if total[end + 1] <= 0:
            break
        path = paths[:, end]
        if used[steps, path].mean() > SHARED:
            continue
        for place in (path - 1, path, path + 1):
            used[steps, np.clip(place, 0, width - 1)] = True
        used[:, [0, -1]] = False
        if np.count_nonzero(worth[steps, path] > 0) >= LEAST_NEW * count:
            found.append(path)
    return found
