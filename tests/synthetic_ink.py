"""Synthetic ink: ten digits as a careful hand draws them, from lines and arcs; nobody's writing."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from digitpad.core.ink import Ink, Stroke, stroke_from_array

Path = list[tuple[float, float]]


def line(*corners: tuple[float, float], points: int = 12) -> Path:
    """Return evenly spaced points from corner to corner, `points` for each side."""
    path: Path = []
    for (x0, y0), (x1, y1) in itertools.pairwise(corners):
        for step in range(points):
            part = step / points
            path.append((x0 + (x1 - x0) * part, y0 + (y1 - y0) * part))
    return [*path, corners[-1]]


def arc(
    centre: tuple[float, float],
    radii: tuple[float, float],
    degrees: tuple[float, float],
    points: int = 36,
) -> Path:
    """Return points of an ellipse from one angle to another; 0 is right, 90 is down."""
    first, last = (math.radians(angle) for angle in degrees)
    angles = [first + (last - first) * step / points for step in range(points + 1)]
    return [
        (centre[0] + radii[0] * math.cos(a), centre[1] + radii[1] * math.sin(a)) for a in angles
    ]


DIGITS: dict[int, list[Path]] = {
    0: [arc((0.5, 0.5), (0.32, 0.5), (-90, 270))],
    1: [line((0.36, 0.18), (0.55, 0.0), (0.55, 1.0))],
    2: [arc((0.5, 0.3), (0.32, 0.3), (-160, 35)) + line((0.7, 0.55), (0.15, 1.0), (0.88, 1.0))],
    3: [arc((0.45, 0.25), (0.32, 0.25), (-150, 90)) + arc((0.45, 0.75), (0.38, 0.25), (-90, 150))],
    4: [line((0.55, 0.0), (0.1, 0.62), (0.9, 0.62)), line((0.65, 0.3), (0.65, 1.0))],
    5: [line((0.8, 0.0), (0.28, 0.0), (0.22, 0.42)) + arc((0.42, 0.68), (0.38, 0.32), (-100, 150))],
    6: [arc((0.8, 0.72), (0.62, 0.72), (-95, -180)) + arc((0.47, 0.72), (0.29, 0.28), (180, -180))],
    7: [line((0.12, 0.0), (0.85, 0.0), (0.4, 1.0))],
    8: [
        [
            (0.5 + 0.3 * math.sin(2 * t), 0.5 - 0.5 * math.cos(t))
            for t in np.linspace(0.0, 2 * math.pi, 61)
        ]
    ],
    9: [arc((0.48, 0.28), (0.28, 0.28), (0, -360)) + line((0.76, 0.28), (0.7, 1.0))],
}
"""Each digit as strokes in a box of height 1, y down."""


def digit_ink(digit: int, dot_size: float = 0.0) -> Ink:
    """Return a digit 100 units tall with its top-left corner near the origin."""
    strokes = [[(100 * x, 100 * y) for x, y in path] for path in DIGITS[digit]]
    return Ink.from_points(strokes, dot_size)


def placed(ink: Ink, size: float, x: float, y: float) -> Ink:
    """Return ink made `size` times as large and moved."""
    return ink.placed(size, x, y)


def number_ink(text: str, left: float, top: float, height: float = 100.0, gap: float = 25.0) -> Ink:
    """Return digits of one height side by side, with their upper left corner at (left, top)."""
    strokes: list[Stroke] = []
    for sign in text:
        ink = digit_ink(int(sign))
        ink = placed(ink, height / ink.bounds.height, 0.0, 0.0)
        strokes += placed(ink, 1.0, left - ink.bounds.left, top - ink.bounds.top).strokes
        left += ink.bounds.width + gap
    return Ink(tuple(strokes))


def varied(ink: Ink, rng: np.random.Generator) -> Ink:
    """Return ink turned, slanted, stretched and shaken a little, at any place and size."""
    angle, slant = rng.normal(0.0, 0.08), rng.normal(0.0, 0.15)
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    shear = np.array([[rng.uniform(0.8, 1.25), slant], [0.0, 1.0]])
    matrix, shift = turn @ shear * rng.uniform(0.3, 3.0), rng.uniform(-300, 300, 2)
    mapped = [
        np.column_stack([stroke[:, :2] @ matrix.T + shift, stroke[:, 2]])
        for stroke in shaken(ink, rng, 1.0).strokes
    ]
    return Ink(tuple(map(stroke_from_array, mapped)), ink.dot_size)


def shaken(ink: Ink, rng: np.random.Generator, tremor: float) -> Ink:
    """Return ink with each point moved by a normal deviate of standard deviation `tremor`."""

    def shake(stroke: NDArray[np.float64]) -> NDArray[np.float64]:
        table = stroke.copy()
        table[:, :2] += rng.normal(0.0, tremor, (len(table), 2))
        return stroke_from_array(table)

    return Ink(tuple(shake(stroke) for stroke in ink.strokes), ink.dot_size)


def densified(ink: Ink, points: int) -> Ink:
    """Return the same path with about `points` points, evenly spaced along each stroke."""
    share = points // len(ink.strokes)
    return Ink.from_points([_resampled(stroke, share) for stroke in ink.strokes], ink.dot_size)


def _resampled(stroke: NDArray[np.float64], points: int) -> Iterable[tuple[float, float]]:
    travelled = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(stroke[:, :2], axis=0).T))))
    # Old points stay in, so that the path is the same one.
    at = np.union1d(np.linspace(0.0, travelled[-1], points), travelled)
    x, y = (np.interp(at, travelled, stroke[:, axis]) for axis in (0, 1))
    return zip(x.tolist(), y.tolist(), strict=True)
