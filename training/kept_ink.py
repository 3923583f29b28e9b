"""Kept ink: the same drawing as some collections and programs keep it.

Their strokes are joined, as if the pen had never been lifted; a few points at equal distances are
all that is left; both sides are stretched to the same length. To measure on; nothing learns it yet.
"""

from __future__ import annotations

import numpy as np

from digitpad.core.ink import Ink, stroke_from_array

FEW_POINTS = 8
"""Of a whole drawing."""
LARGEST_STRETCH = 3.0
"""A plain 1 is not stretched any further: there would be nothing of a 1 left."""


def as_kept(ink: Ink) -> Ink:
    """Return what is left of a drawing when all three happen to it."""
    return squared(coarse(joined(ink), FEW_POINTS))


def joined(ink: Ink) -> Ink:
    """Let the pen stay down from one stroke to the next."""
    return Ink((stroke_from_array(np.vstack(ink.strokes)),), ink.dot_size)


def coarse(ink: Ink, points: int) -> Ink:
    """Return about so many points of all strokes, at equal distances, and both ends of each."""
    paths = [
        np.append(0.0, np.hypot(*np.diff(stroke[:, :2], axis=0).T).cumsum())
        for stroke in ink.strokes
    ]
    step = sum(path[-1] for path in paths) / points
    if step == 0.0:
        return ink
    strokes = []
    for stroke, path in zip(ink.strokes, paths, strict=True):
        places = np.linspace(0.0, path[-1], max(2, round(path[-1] / step)))
        strokes.append(np.column_stack([np.interp(places, path, axis) for axis in stroke.T]))
    return Ink(tuple(map(stroke_from_array, strokes)), ink.dot_size)


def squared(ink: Ink) -> Ink:
    """Stretch the width until it is the height, but not further than LARGEST_STRETCH."""
    bounds = ink.bounds
    if not (bounds.width and bounds.height):
        return ink
    stretch = np.clip(bounds.height / bounds.width, 1 / LARGEST_STRETCH, LARGEST_STRETCH)
    return ink.transformed(np.array([[stretch, 0.0, 0.0], [0.0, 1.0, 0.0]]))
