"""Kept ink: lossy ink, the same drawing as some collections and programs keep it.

Its strokes are joined, as if the pen had never been lifted; a few points at equal distances are all
that is left; both sides are stretched to the same length.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from digitpad.core.ink import Ink, stroke_from_array
from training.recipe import KeptStyle

POINTS = 8
LARGEST_STRETCH = 3.0
"""A plain 1 is not stretched any further: there would be nothing of a 1 left."""


def as_kept(ink: Ink) -> Ink:
    """Return what is left of a drawing: one stroke of POINTS points; a dot stays where it is."""
    return squared(thinned(joined(ink), POINTS), LARGEST_STRETCH)


def keep_little(ink: Ink, style: KeptStyle, rng: np.random.Generator) -> Ink:
    """Return a drawing or, by a chance of `style.share`, what random losses leave of it."""
    if not style.share or rng.random() >= style.share:
        return ink
    join, thin, square = rng.random(3) < style.each_share
    if join:
        ink = joined(ink)
    if thin:
        ink = thinned(ink, int(rng.integers(style.fewest_points, style.most_points + 1)))
    return squared(ink, style.largest_stretch) if square else ink


def joined(ink: Ink) -> Ink:
    """Return the drawing as one stroke."""
    return Ink((stroke_from_array(np.vstack(ink.strokes)),), ink.dot_size)


def thinned(ink: Ink, count: int) -> Ink:
    """Return the drawing with about `count` points, at equal distances; two at least a stroke."""
    travelled = [_travelled(stroke) for stroke in ink.strokes]
    whole = sum(way[-1] for way in travelled) or 1.0
    counts = [max(2, round(count * way[-1] / whole)) for way in travelled]
    if len(counts) == 1:
        counts = [count]
    strokes = []
    for stroke, way, points in zip(ink.strokes, travelled, counts, strict=True):
        places = np.linspace(0.0, way[-1], points)
        columns = [np.interp(places, way, axis) for axis in stroke.T]
        strokes.append(stroke_from_array(np.column_stack(columns)))
    return Ink(tuple(strokes), ink.dot_size)


def squared(ink: Ink, largest_stretch: float) -> Ink:
    """Return the drawing, its longer side shrunk to the other's length, at most by that factor."""
    bounds = ink.bounds
    shorter = min(bounds.width, bounds.height)
    if not shorter:
        return ink
    factors = [max(shorter / side, 1 / largest_stretch) for side in (bounds.width, bounds.height)]
    return Ink(
        tuple(stroke_from_array(stroke * (*factors, 1.0)) for stroke in ink.strokes), ink.dot_size
    )


def _travelled(stroke: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far the pen has come along a stroke at each of its points."""
    return np.append(0.0, np.hypot(*np.diff(stroke[:, :2], axis=0).T).cumsum())
