"""Ruling: the lines and squares that are printed on paper.

Owns which long straight lines there are, and what is left of them once they are taken away. Knows
nothing of digits.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitpad.core.components import Places, label_components, places_of, runs_of
from digitpad.core.page.paper import InkOnPaper, Strength
from digitpad.core.page.ruling_removal import without_lines

ANGLES = (17.0, 0.5), (0.5, 0.1), (0.1, 0.02)
"""By how many degrees lines may be turned, and in what steps that is tried, ever finer."""
SPREADS = {0.1: np.arange(-0.08, 0.085, 0.01), 0.02: np.arange(-0.0075, 0.008, 0.0025)}
"""What is tried at such a step for how much lines converge, from the highest to the lowest."""
NO_SPREAD = np.zeros(1)
PARALLEL = 1.1
"""Lines must stand apart so much more sharply when they are taken to converge."""
LEVEL = 1e-9
Covers = tuple[float, float]
"""Shares of its way through the picture, and of the way's first and last fifth, on which a line
must be seen."""
COVERS: Covers = 0.55, 0.6
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
MOST_POINTS = 25_000
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


@dataclass(frozen=True, slots=True)
class FrameLines:
    """What the lines of a frame are like in a picture cut out around it."""

    least: float
    """How dark they are at least."""
    thickest: int
    """In pixels."""
    covers: Covers


@dataclass(frozen=True, slots=True, eq=False)
class _Ways:
    """Straight ways through a picture of shape (height, width), numbered from the top.

    In perspective they are not parallel: `slope` is that of the one through the middle, `spread` by
    how much steeper the lowest is than the highest.
    """

    shape: tuple[int, int]
    slope: float
    spread: float

    @property
    def above(self) -> int:
        """How many ways pass above the picture in its middle column, and yet may cut a corner."""
        return int(np.ceil((abs(self.slope) + abs(self.spread)) * self.shape[1])) + 1

    @property
    def count(self) -> int:
        return self.shape[0] + 2 * self.above

    def numbers(self, rows: NDArray[Any], columns: NDArray[Any]) -> Places:
        """Return the number of the way that each pixel lies on."""
        height, width = self.shape
        right, steeper = columns - width / 2, self.spread / height
        at = rows - (self.slope - steeper * height / 2) * right
        if steeper:
            at /= 1 + steeper * right
        np.rint(at, out=at)
        at += self.above
        return np.clip(at, 0, self.count - 1, out=at).astype(np.int64)

    def slopes(self, numbers: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how steep ways are."""
        height = self.shape[0]
        return np.asarray(self.slope + self.spread * ((numbers - self.above) / height - 0.5))

    def ends(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the columns between which each way lies in the picture."""
        height, width = self.shape
        numbers = np.arange(self.count, dtype=np.float64)
        at, slopes = numbers - self.above, self.slopes(numbers)
        slopes = np.where(np.abs(slopes) < LEVEL, LEVEL, slopes)
        ends = np.sort(np.stack([-at / slopes, (height - at) / slopes]), axis=0)
        low, high = np.clip(ends + width / 2, 0, width)
        return low, high


@dataclass(frozen=True, slots=True, eq=False)
class _Lines:
    """Near level lines: pixels are on one where `near` says so of the number of their way."""

    ways: _Ways
    near: Mask
    thickness: int

    def hold(self, rows: Places, columns: Places) -> Mask:
        """Tell for each pixel whether it is on a line."""
        return np.asarray(self.near[self.ways.numbers(rows, columns)])


def without_ruling(
    ink: InkOnPaper, may_be_cropped: bool, frame: FrameLines | None = None
) -> Cleaned:
    """Take lines that run through most of the picture away, near level ones and near upright.

    Of a picture that may be cut out around its writing, where a 1 goes from edge to edge, only
    lines that are paler than ink or at least LEAST_LINES. Of a picture cut out around
    a frame, whose lines are `frame`, none that does not go through all of it.
    """
    darkest = PALE * ink.full if may_be_cropped else np.inf
    strength, level = _without_level_lines(ink, ink.strength, darkest, frame)
    across = np.ascontiguousarray(strength.T)
    turned, upright = _without_level_lines(ink, across, darkest, frame)
    strength = np.ascontiguousarray(turned.T)
    if level is None and upright is None:
        return Cleaned(strength, None)
    slope = level.ways.slope if level is not None else 0.0
    if level is None and upright is not None:
        slope = -upright.ways.slope
    return Cleaned(_without_rests(strength, ink.noise, level, upright), float(np.degrees(slope)))


def _without_rests(
    strength: Strength, noise: float, level: _Lines | None, upright: _Lines | None
) -> Strength:
    """Take small things away that lie on lines: what is left where two cross."""
    labels, count = label_components(strength >= faintest(noise))
    rows, columns = places_of(labels > 0)
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


def faintest(noise: float) -> float:
    return max(FAINTEST * noise, FAINTEST_LEVEL)


def _without_level_lines(
    ink: InkOnPaper, strength: Strength, darkest: float, frame: FrameLines | None
) -> tuple[Strength, _Lines | None]:
    width = strength.shape[1]
    thickest = max(THICKEST_PIXELS, round(THICKEST * max(strength.shape)))
    least, covers = faintest(ink.noise), COVERS
    if frame is not None:
        least, thickest, covers = frame.least, frame.thickest, frame.covers
    mask = strength >= least
    runs = upright_runs(mask)
    rows, columns = places_of(mask & (runs <= thickest))
    if len(rows) < covers[0] * LEAST_LENGTH * width:
        return strength, None
    step = -(-len(rows) // MOST_POINTS)
    ways = _ways(rows[::step], columns[::step], strength.shape)
    numbers = ways.numbers(rows, columns)
    is_line = _lines(ways, numbers, columns, covers)
    if not is_line.any():
        return strength, None
    near = np.convolve(is_line, np.ones(2 * BAND + 1), "same") > 0
    on_line = near[numbers]
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
    middles = _middles(is_line, numbers)
    apart = min(np.diff(middles), default=np.inf)
    reach = int(min(BAND + usual, max(apart / 2, 2)))
    lines = list(zip(middles - ways.above, ways.slopes(middles), strict=True))
    cleaned, taken = without_lines(strength, lines, reach, ink.noise, ink.full)
    if not taken:
        return strength, None
    near = np.zeros(ways.count, bool)
    for middle in middles[taken]:
        near[max(0, int(middle) - BAND) : int(middle) + BAND + 1] = True
    return cleaned, _Lines(ways, near, usual)


def _middles(is_line: Mask, numbers: Places) -> NDArray[np.float64]:
    """Return the ways in the middle of adjacent ones that are lines, weighed by their pixels."""
    counts = np.bincount(numbers, minlength=len(is_line)) + 1e-9
    edges = np.flatnonzero(np.diff(np.pad(is_line, 1).astype(np.int8)))
    return np.array(
        [
            np.average(np.arange(first, last), weights=counts[first:last])
            for first, last in zip(edges[::2], edges[1::2], strict=True)
        ]
    )


def _lines(ways: _Ways, numbers: Places, columns: Places, covers: Covers) -> Mask:
    """Tell for each way whether a line is printed there; `numbers` are those of pixels.

    A printed line, unlike writing, goes on to both ends.
    """
    width = ways.shape[1]
    low, high = ways.ends()
    way = high - low
    part = (columns - low[numbers]) / np.maximum(way[numbers], 1)
    is_line = way > LEAST_LENGTH_BESIDE * width
    for first, last, cover in ((0.0, 1.0, covers[0]), (0.0, 0.2, covers[1]), (0.8, 1.0, covers[1])):
        inside = numbers[(part >= first) & (part <= last)]
        counts = np.bincount(inside, minlength=ways.count)
        # A line that is a little bent or some pixels thick counts on neighbouring rows.
        seen = np.convolve(counts, np.ones(3), "same") / np.maximum((last - first) * way, 1)
        is_line &= seen > cover * np.clip(seen, 1, 2)
    return is_line if (is_line & (way > LEAST_LENGTH * width)).any() else np.zeros(len(way), bool)


def upright_runs(mask: Mask) -> NDArray[np.int32]:
    """Return for each pixel that is set how long the upright run is that it lies in."""
    _, tops, bottoms = runs_of(mask.T)
    lengths = (bottoms - tops).astype(np.int32)
    found = np.zeros(mask.shape[::-1], np.int32)
    found[mask.T] = np.repeat(lengths, lengths)
    return found.T


def _ways(rows: Places, columns: Places, shape: tuple[int, int]) -> _Ways:
    """Return the ways of which few hold most of the pixels."""
    rows, columns = rows.astype(np.float64), columns.astype(np.float64)

    def sharpness(ways: _Ways) -> float:
        counts = np.bincount(ways.numbers(rows, columns)).astype(np.float64)
        return float((counts**2).sum()) * (PARALLEL if abs(ways.spread) < LEVEL else 1.0)

    best = _Ways(shape, 0.0, 0.0)
    for reach, step in ANGLES:
        middle = np.degrees(np.arctan(best.slope))
        slopes = np.tan(np.radians(middle + np.arange(-reach, reach + step / 2, step)))
        best = max((replace(best, slope=float(slope)) for slope in slopes), key=sharpness)
        spreads = best.spread + SPREADS.get(step, NO_SPREAD)
        # Lines do not cross within the picture.
        spreads = spreads[np.abs(spreads) * shape[1] < shape[0]]
        best = max((replace(best, spread=float(spread)) for spread in spreads), key=sharpness)
    return best
