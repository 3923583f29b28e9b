"""Pen traces: the same strokes as another pen or hand leaves them.

The pen is lifted a little earlier or later, so that loops open or close and tails grow hooks; a
slow tablet or a fast mouse reports fewer points.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from digitpad.core.ink import Ink, stroke_from_array
from training.recipe import InkStyle

Trace = NDArray[np.float64]
"""Shape (n, 3): x, y and pressure."""

DIRECTION_SPAN = 0.05
"""The last stretch of a trace that says where it is heading, as a share of the extent."""


def vary_traces(ink: Ink, style: InkStyle, rng: np.random.Generator) -> Ink:
    """Cut or lengthen the ends of strokes, and keep fewer of their points, each at random."""
    extent = ink.bounds.extent
    strokes = []
    for stroke in ink.strokes:
        trace: Trace = stroke
        if rng.random() < style.other_ends_share:
            trace = _with_other_end(trace, extent, style, rng)
            trace = _with_other_end(trace[::-1], extent, style, rng)[::-1]
        if rng.random() < style.sparse_share:
            trace = _sparser(trace, rng)
        strokes.append(stroke_from_array(trace))
    return Ink(tuple(strokes), ink.dot_size)


def _with_other_end(
    trace: Trace, extent: float, style: InkStyle, rng: np.random.Generator
) -> Trace:
    """Let the pen be lifted a little earlier or later."""
    steps = np.hypot(*np.diff(trace[:, :2], axis=0).T)
    length = steps.sum()
    if length < 4.0 * style.end_change * extent:  # What is that short has no ends apart from it.
        return trace
    change = rng.uniform(-style.end_change, style.end_change) * extent
    from_end = np.cumsum(steps[::-1])[::-1]
    if change < 0.0:
        return trace[: int(np.searchsorted(-from_end, change)) + 1]
    # The pen goes on as it went over the last stretch of the same length, bending a little.
    back = trace[int(np.searchsorted(-from_end, -max(change, DIRECTION_SPAN * extent))) - 1]
    heading = trace[-1, :2] - back[:2]
    size = np.hypot(*heading)
    if size == 0.0:
        return trace
    bend = rng.normal(0.0, style.end_bend)
    places = [trace[-1]]
    for part in (1, 2, 3):
        angle = np.arctan2(heading[1], heading[0]) + bend * part / 3
        step = change / 3 * np.array([np.cos(angle), np.sin(angle), 0.0])
        places.append(places[-1] + step)
    return np.vstack([trace, places[1:]])


def _sparser(trace: Trace, rng: np.random.Generator) -> Trace:
    """Keep every second to fourth point, and both ends."""
    every = int(rng.integers(2, 5))
    if len(trace) < 5 * every:
        return trace
    return np.vstack([trace[:-1:every], trace[-1:]])
