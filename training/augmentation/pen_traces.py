"""Pen traces: the same strokes as another pen or hand leaves them.

The pen is lifted a little earlier or later, so that loops open or close and tails grow hooks; a
slow tablet or a fast mouse reports fewer points.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from digitpad.core.ink import Ink, stroke_from_array
from training.recipe import EndStyle, InkStyle

Trace = NDArray[np.float64]
"""Shape (n, 3): x, y and pressure."""

SHORTEST_HEADING, LONGEST_HEADING = 0.05, 0.08
"""The last stretch of a trace that says where it is heading, as a share of the extent."""
LARGEST_CUT = 0.15
"""As a share of the trace's own length: more would take a digit away."""
PARTS = 6
"""Points that a longer end is made of."""


def vary_traces(ink: Ink, style: InkStyle, rng: np.random.Generator) -> Ink:
    """Cut or lengthen the ends of strokes, and keep fewer of their points, each at random."""
    extent = ink.bounds.extent
    strokes = []
    for stroke in ink.strokes:
        trace: Trace = stroke
        for ends in style.ends:
            trace = _with_other_end(trace, extent, ends, rng)
            trace = _with_other_end(trace[::-1], extent, ends, rng)[::-1]
        if rng.random() < style.sparse_share:
            trace = _sparser(trace, rng)
        strokes.append(stroke_from_array(trace))
    return Ink(tuple(strokes), ink.dot_size)


def _with_other_end(
    trace: Trace, extent: float, style: EndStyle, rng: np.random.Generator
) -> Trace:
    """Let the pen be lifted earlier or later, at random."""
    if rng.random() >= style.share:
        return trace
    steps = np.hypot(*np.diff(trace[:, :2], axis=0).T)
    length = steps.sum()
    if length == 0.0 or length < style.shortest * extent:
        return trace
    change = rng.uniform(-style.reach, style.reach) * extent
    from_end = np.cumsum(steps[::-1])[::-1]
    if change < 0.0:
        cut = min(-change, LARGEST_CUT * length)
        return trace[: int(np.searchsorted(-from_end, -cut)) + 1]
    # The pen goes on as it went over the last stretch, bending a little.
    stretch = np.clip(change, SHORTEST_HEADING * extent, LONGEST_HEADING * extent)
    back = trace[max(int(np.searchsorted(-from_end, -stretch)) - 1, 0)]
    heading = trace[-1, :2] - back[:2]
    if not heading.any():
        return trace
    bends = rng.normal(0.0, style.bend) * np.arange(1, PARTS + 1) / PARTS
    angles = np.arctan2(heading[1], heading[0]) + bends
    steps_on = np.column_stack([np.cos(angles), np.sin(angles), np.zeros(PARTS)])
    return np.vstack([trace, trace[-1] + change / PARTS * np.cumsum(steps_on, axis=0)])


def _sparser(trace: Trace, rng: np.random.Generator) -> Trace:
    """Keep every second to fourth point, and both ends."""
    every = int(rng.integers(2, 5))
    if len(trace) < 5 * every:
        return trace
    return np.vstack([trace[:-1:every], trace[-1:]])
