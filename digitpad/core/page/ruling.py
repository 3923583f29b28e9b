"""Ruling: the lines and squares that are printed on paper, found and taken away.

Owns which long straight lines there are and which of their pixels are writing: what is thicker than
the line there. Knows nothing of digits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.core.page.paper import InkOnPaper, Strength

STEEPEST = 17.0
"""Degrees by which a line may be turned."""
LEAST_COVER = 0.45
"""Share of its way through the picture on which a line must be seen."""
END = 0.3
"""The same for the first fifth of the way and for the last."""
LEAST_LENGTH = 0.4
"""A line's way through the picture, as a share of its width."""
LEAST_LENGTH_BESIDE = 0.12
"""The same in the corners, once one longer line is there."""
FAINTEST = 3.0
"""In standard deviations of the grain, and FAINTEST_LEVEL at least: what may be part of a line."""
FAINTEST_LEVEL = 10
THICKEST = 0.045
"""Thickest line, as a share of the picture's longer side, and at least THICKEST_PIXELS."""
THICKEST_PIXELS = 4
MOST_POINTS = 60_000
"""So many pixels are looked at to find the angle."""
DARKEST = 1.5
"""What is so many times as dark as lines usually are is writing."""
BAND = 3
"""Pixels by which a line may be bent."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Cleaned:
    """Ink without ruling, and the angle of the ruling: degrees clockwise, None without any."""

    strength: Strength
    angle: float | None


def without_ruling(ink: InkOnPaper) -> Cleaned:
    """Take lines that run through most of the picture away, near level ones and near upright."""
    strength, level = _without_level_lines(ink.strength, ink.noise)
    turned, upright = _without_level_lines(np.ascontiguousarray(strength.T), ink.noise)
    if level is None and upright is not None:
        level = -upright
    return Cleaned(np.ascontiguousarray(turned.T), level)


def _without_level_lines(strength: Strength, noise: float) -> tuple[Strength, float | None]:
    width = strength.shape[1]
    mask = strength >= max(FAINTEST * noise, FAINTEST_LEVEL)
    thickest = max(THICKEST_PIXELS, round(THICKEST * max(strength.shape)))
    runs = _upright_runs(mask)
    thin = mask & (runs <= thickest)
    rows, columns = np.nonzero(thin)
    if len(rows) < LEAST_COVER * LEAST_LENGTH * width:
        return strength, None
    step = -(-len(rows) // MOST_POINTS)
    angle = _angle(rows[::step], columns[::step], width)
    slope = np.tan(np.radians(angle))
    offset = max(0, int(np.ceil(slope * width))) + 1
    at = np.rint(rows - slope * columns).astype(np.int64) + offset
    is_line = _lines(at, columns, slope, offset, strength.shape)
    if not is_line.any():
        return strength, None
    near = np.convolve(is_line, np.ones(2 * BAND + 1), "same") > 0
    on_line = near[at]
    line_runs = runs[rows[on_line], columns[on_line]]
    # Writing that crosses a line is thicker there than most of the line is.
    usual = int(np.percentile(line_runs, 90)) + 1
    taken = np.zeros(strength.shape, bool)
    levels = strength[rows[on_line], columns[on_line]]
    # ... or darker: a bar written along a line.
    darkest = DARKEST * float(np.median(levels)) + 2 * noise
    of_line = (line_runs <= usual) & (levels <= darkest)
    taken[rows[on_line][of_line], columns[on_line][of_line]] = True
    edges = np.pad(taken, ((1, 1), (0, 0)))
    faint = strength < 1.5 * max(FAINTEST * noise, FAINTEST_LEVEL)
    taken |= (edges[:-2] | edges[2:]) & faint
    cleaned = strength.copy()
    cleaned[taken] = 0
    return cleaned, float(angle)


def _lines(
    at: NDArray[np.int64],
    columns: NDArray[np.int64],
    slope: float,
    offset: int,
    shape: tuple[int, int],
) -> Mask:
    """Tell for each way through the picture at this slope whether a line is printed there.

    `at` is the way that each pixel lies on. A printed line, unlike writing, goes on to both ends.
    """
    height, width = shape
    size = max(int(at.max()) + 1, height + offset + 1)
    starts = np.arange(size) - offset
    if abs(slope) * width < 1:
        low = np.zeros(size)
        high = np.where((starts >= 0) & (starts < height), float(width), 0.0)
    else:
        ends = np.sort(np.stack([-starts / slope, (height - starts) / slope]), axis=0)
        low, high = np.clip(ends, 0, width)
    way = high - low
    part = (columns - low[at]) / np.maximum(way[at], 1)
    is_line = way > LEAST_LENGTH_BESIDE * width
    for first, last, cover in ((0.0, 1.0, LEAST_COVER), (0.0, 0.2, END), (0.8, 1.0, END)):
        counts = np.bincount(at[(part >= first) & (part <= last)], minlength=size)
        # A line that is a little bent or some pixels thick counts on neighbouring rows.
        seen = np.convolve(counts, np.ones(3), "same") / np.maximum((last - first) * way, 1)
        is_line &= seen > cover * np.clip(seen, 1, 2)
    return is_line if (is_line & (way > LEAST_LENGTH * width)).any() else np.zeros(size, bool)


def _upright_runs(mask: Mask) -> NDArray[np.int32]:
    """Return for each pixel that is set how long the upright run is that it lies in."""
    height = mask.shape[0]
    numbers = np.arange(height, dtype=np.int32)[:, None]
    above = np.maximum.accumulate(np.where(mask, np.int32(-1), numbers), axis=0)
    below = np.where(mask, np.int32(height), numbers)[::-1]
    below = np.minimum.accumulate(below, axis=0)[::-1]
    return np.asarray(below - above - 1, np.int32)


def _angle(rows: NDArray[np.int64], columns: NDArray[np.int64], width: int) -> float:
    """Return the angle at which most pixels lie on few lines."""
    best = 0.0
    for reach, step in ((STEEPEST, 0.5), (0.5, 0.1), (0.1, 0.02)):
        angles = best + np.arange(-reach, reach + step / 2, step)
        best = float(max(angles, key=lambda angle: _sharpness(rows, columns, float(angle))))
    return best


def _sharpness(rows: NDArray[np.int64], columns: NDArray[np.int64], angle: float) -> float:
    at = rows - np.tan(np.radians(angle)) * columns
    counts = np.bincount(np.rint(at - at.min()).astype(np.int64)).astype(np.float64)
    return float((counts**2).sum())
