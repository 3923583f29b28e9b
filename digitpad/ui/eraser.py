"""Eraser: which strokes the eraser end of a pen touches. Geometry only."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digitpad.core.ink import Stroke
from digitpad.ui.drawing import Trace

Points = NDArray[np.float64]


def touched(traces: Sequence[Trace], start: Points, end: Points, reach: float) -> list[int]:
    """Return the places of the traces within `reach` of the eraser's way from start to end.

    `start` and `end` have shape (2,); all lengths are in canvas units.
    """
    low = np.minimum(start, end) - reach
    high = np.maximum(start, end) + reach
    return [
        place
        for place, trace in enumerate(traces)
        if trace.bounds.right >= low[0]
        and trace.bounds.left <= high[0]
        and trace.bounds.bottom >= low[1]
        and trace.bounds.top <= high[1]
        and _is_near(trace.points, start, end, reach)
    ]


def _is_near(stroke: Stroke, start: Points, end: Points, reach: float) -> bool:
    """Whether a stroke comes within reach of a segment.

    Two segments are nearest at an end of one of them, or they cross.
    """
    points = stroke[:, :2]
    if _distances(points, start, end).min() <= reach:
        return True
    if len(points) == 1:
        return False
    firsts, seconds = points[:-1], points[1:]
    if min(_distances(tip, firsts, seconds).min() for tip in (start, end)) <= reach:
        return True
    across = _side(start, end, firsts) * _side(start, end, seconds)
    along = _side(firsts, seconds, start) * _side(firsts, seconds, end)
    return bool(((across < 0) & (along < 0)).any())


def _distances(points: Points, starts: Points, ends: Points) -> Points:
    """Distances of points to segments; one of the two may be a single one, of shape (2,)."""
    way = ends - starts
    offset = points - starts
    length_squared = np.maximum((way * way).sum(axis=-1), 1e-12)
    share = np.clip((offset * way).sum(axis=-1) / length_squared, 0.0, 1.0)
    return np.asarray(np.hypot(*(offset - share[..., None] * way).T))


def _side(starts: Points, ends: Points, points: Points) -> Points:
    """Positive where a point lies on one side of the line, negative on the other."""
    way, offset = ends - starts, points - starts
    return np.asarray(way[..., 0] * offset[..., 1] - way[..., 1] * offset[..., 0])
