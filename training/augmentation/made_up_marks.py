"""Made-up marks: ink that is no digit and that nobody needs to collect.

Dashes, dots, scribbles, blots, and two digits side by side, which are a number and not a digit.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digitpad.core.ink import Ink, make_stroke, stroke_from_array

STEEPEST_DASH = np.deg2rad(25.0)
"""Steeper straight lines may be somebody's 1."""


def make_up_mark(digits: Sequence[Ink], rng: np.random.Generator) -> Ink:
    """Return a random mark; pairs are made of two of the given `digits`, which may be empty."""
    kind = rng.choice(["dash", "dots", "scribble", "blot", "pair"], p=[0.2, 0.1, 0.3, 0.1, 0.3])
    match kind:
        case "dash":
            return _dash(rng)
        case "dots":
            return Ink.from_points([[point] for point in rng.random((rng.integers(1, 4), 2))])
        case "blot":
            return _blot(rng)
        case "pair" if digits:
            left, right = rng.integers(0, len(digits), 2)
            return _pair(digits[left], digits[right], rng)
        case _:
            return _scribble(rng)


def _line(points: NDArray[np.float64]) -> Ink:
    return Ink((stroke_from_array(np.column_stack([points, np.ones(len(points))])),))


def _dash(rng: np.random.Generator) -> Ink:
    angle = rng.uniform(-STEEPEST_DASH, STEEPEST_DASH)
    end = (np.cos(angle), np.sin(angle))
    middle = np.array(end) / 2 + rng.normal(0.0, 0.03, 2)
    return Ink((make_stroke([(0.0, 0.0), tuple(middle), end]),))


def _scribble(rng: np.random.Generator) -> Ink:
    """A smooth wandering line that turns back often."""
    knots = rng.random((rng.integers(8, 30), 2)) * [rng.uniform(0.4, 1.6), 1.0]
    steps = np.linspace(0, len(knots) - 1, 8 * len(knots))
    points = np.column_stack([np.interp(steps, np.arange(len(knots)), axis) for axis in knots.T])
    smooth = np.ones(7) / 7
    return _line(np.column_stack([np.convolve(axis, smooth, "valid") for axis in points.T]))


def _blot(rng: np.random.Generator) -> Ink:
    """An area blackened by hatching."""
    rows = rng.integers(10, 20)
    left = rng.uniform(0.0, 0.15, rows)
    right = rng.uniform(0.85, 1.0, rows)
    x = np.stack([left, right], axis=1).ravel() * rng.uniform(0.5, 1.5)
    return _line(np.column_stack([x, np.linspace(0.0, 1.0, len(x))]))


def _pair(left: Ink, right: Ink, rng: np.random.Generator) -> Ink:
    """Two digits of about one height, with a gap from touching to half the height."""
    first, second = _of_height_one(left, rng), _of_height_one(right, rng)
    shift = first.bounds.right + rng.uniform(0.0, 0.5) - second.bounds.left
    moved = second.placed(1.0, shift, rng.normal(0.0, 0.05))
    return Ink((*first.strokes, *moved.strokes))


def _of_height_one(ink: Ink, rng: np.random.Generator) -> Ink:
    bounds = ink.bounds
    scale = rng.uniform(0.9, 1.1) / max(bounds.height, 0.2 * bounds.extent, 1e-9)
    return ink.placed(scale, -scale * bounds.left, -scale * bounds.top)
