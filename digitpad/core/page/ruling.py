"""Ruling: the lines and squares that are printed on paper.

Owns which long straight lines there are, and what is left of them once they are taken away. Knows
nothing of digits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.core.components import label_components
from digitpad.core.page.paper import InkOnPaper, Strength
from digitpad.core.page.ruling_removal import without_lines

STEEPEST = 17.0
"""Degrees by which a line may be turned."""
LEAST_COVER = 0.55
"""Share of its way through the picture on which a line must be seen."""
END = 0.6
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
REST = 0.9
"""Share of something small that lies on lines, from which on it is what is left of them."""
UNEVEN = 0.3
LEAST_EVEN = 0.55
"""Share of a line's way on which it is as thick as usual, but for UNEVEN of it; writing is not."""
PALE = 0.75
"""Share of full ink that ruling has at most, where few lines might be digits."""
LEAST_LINES = 3
BAND = 3
"""Pixels by which a line may be bent."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Cleaned:
    """Ink without ruling, and the angle of the ruling: degrees clockwise, None without any."""

    strength: Strength
    angle: float | None


@dataclass(frozen=True, slots=True, eq=False)
class _Lines:
    """Near level lines: pixels are on one where `near` says so of row - slope * column + offset."""

    slope: float
    offset: int
    near: Mask
    thickness: int

    def hold(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> Mask:
        """Tell for each pixel whether it is on a line."""
        at = np.rint(rows - self.slope * columns).astype(np.int64) + self.offset
        return np.asarray(self.near[np.clip(at, 0, len(self.near) - 1)])


def without_ruling(ink: InkOnPaper, may_be_cropped: bool) -> Cleaned:
    """Take lines that run through most of the picture away, near level ones and near upright.

    Of a picture that may be cut out around its writing, where a 1 goes from edge to edge, only
    lines that are paler than ink or at least LEAST_LINES.
    """
    darkest = PALE * ink.full if may_be_cropped else np.inf
    strength, level = _without_level_lines(ink.strength, ink.noise, ink.full, darkest)
    turned, upright = _without_level_lines(
        np.ascontiguousarray(strength.T), ink.noise, ink.full, darkest
    )
    strength = np.ascontiguousarray(turned.T)
    if level is None and upright is None:
        return Cleaned(strength, None)
    slope = level.slope if level is not None else -upright.slope if upright is not None else 0.0
    return Cleaned(_without_rests(strength, ink.noise, level, upright), float(np.degrees(slope)))


def _without_rests(
    strength: Strength, noise: float, level: _Lines | None, upright: _Lines | None
) -> Strength:
    """Take small things away that lie on lines: what is left where two cross."""
    labels, count = label_components(strength >= _faintest(noise))
    rows, columns = np.nonzero(labels)
    numbers = labels[rows, columns]
    on_line = np.zeros(len(rows), bool)
    thickness = 0
    if level is not None:
        on_line |= level.hold(rows, columns)
        thickness = level.thickness
    if upright is not None:
        on_line |= upright.hold(columns, rows)
        thickness = max(thickness, upright.thickness)
    area = np.bincount(numbers, minlength=count + 1)
    inside = np.bincount(numbers[on_line], minlength=count + 1)
    largest = (2 * (thickness + 1)) ** 2
    is_rest = (inside >= REST * area) & (area <= largest)
    is_rest[0] = False
    cleaned = strength.copy()
    cleaned[is_rest[labels]] = 0
    return cleaned


def _faintest(noise: float) -> float:
    return max(FAINTEST * noise, FAINTEST_LEVEL)


def _without_level_lines(
    strength: Strength, noise: float, full: float, darkest: float
) -> tuple[Strength, _Lines | None]:
    width = strength.shape[1]
    mask = strength >= _faintest(noise)
    thickest = max(THICKEST_PIXELS, round(THICKEST * max(strength.shape)))
    runs = _upright_runs(mask)
    rows, columns = np.nonzero(mask & (runs <= thickest))
    if len(rows) < LEAST_COVER * LEAST_LENGTH * width:
        return strength, None
    step = -(-len(rows) // MOST_POINTS)
    slope = float(np.tan(np.radians(_angle(rows[::step], columns[::step]))))
    offset = max(0, int(np.ceil(slope * width))) + 1
    at = np.rint(rows - slope * columns).astype(np.int64) + offset
    is_line = _lines(at, columns, slope, offset, strength.shape)
    if not is_line.any():
        return strength, None
    near = np.convolve(is_line, np.ones(2 * BAND + 1), "same") > 0
    on_line = near[at]
    rows, columns = rows[on_line], columns[on_line]
    line_runs, levels = runs[rows, columns], strength[rows, columns]
    # By places on the lines, not by pixels: where lines cross, runs are long.
    ordered = np.sort(line_runs)
    shares = np.cumsum(1 / ordered)
    shares /= shares[-1]
    middle = float(ordered[np.searchsorted(shares, 0.5)])
    even = np.abs(ordered - middle) <= 1 + UNEVEN * middle
    if np.diff(shares, prepend=0)[even].sum() < LEAST_EVEN:
        return strength, None
    count = np.count_nonzero(is_line[1:] & ~is_line[:-1])
    if np.median(levels) > darkest and count < LEAST_LINES:
        return strength, None
    usual = int(middle) + 1
    starts = _starts(is_line, at, offset)
    apart = min(np.diff(starts), default=np.inf)
    reach = int(min(BAND + usual, max(apart / 2, 2)))
    cleaned = without_lines(strength, starts, slope, reach, noise, full)
    return cleaned, _Lines(slope, offset, near, usual)


def _starts(is_line: Mask, at: NDArray[np.int64], offset: int) -> list[float]:
    """Return the rows at which lines begin: the middles of adjacent ways, weighed by pixels."""
    counts = np.bincount(at, minlength=len(is_line)).astype(np.float64)
    edges = np.flatnonzero(np.diff(np.pad(is_line, 1).astype(np.int8)))
    return [
        float(np.average(np.arange(first, last), weights=counts[first:last] + 1e-9)) - offset
        for first, last in zip(edges[::2], edges[1::2], strict=True)
    ]


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


def _angle(rows: NDArray[np.int64], columns: NDArray[np.int64]) -> float:
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
