"""Kept ink: the same drawing as some collections and programs keep it.

Its strokes are joined, as if the pen had never been lifted; a few points at equal distances are all
that is left; both sides are stretched to the same length. To measure on; nothing learns it yet.
"""

from __future__ import annotations

import numpy as np

from digitpad.core.ink import Ink, stroke_from_array

POINTS = 8
LARGEST_STRETCH = 3.0
"""A plain 1 is not stretched any further: there would be nothing of a 1 left."""


def as_kept(ink: Ink) -> Ink:
    """Return what is left of a drawing: one stroke of POINTS points; a dot stays where it is."""
    path = np.vstack(ink.strokes)
    travelled = np.append(0.0, np.hypot(*np.diff(path[:, :2], axis=0).T).cumsum())
    places = np.linspace(0.0, travelled[-1], POINTS)
    points = np.column_stack([np.interp(places, travelled, axis) for axis in path.T])
    width, height = np.ptp(points[:, :2], axis=0)
    if width and height:
        points[:, 0] *= np.clip(height / width, 1 / LARGEST_STRETCH, LARGEST_STRETCH)
    return Ink((stroke_from_array(points),), ink.dot_size)
