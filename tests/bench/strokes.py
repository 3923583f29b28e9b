"""Strokes: what the measurements write and read."""

from __future__ import annotations

import numpy as np

from digitpad.core.ink import Ink, stroke_from_array
from digitpad.core.ink_files import InkItem, read_ink_file
from digitpad.core.resource_files import resource_path


def golden_ink() -> list[Ink]:
    """Return the bundled drawings."""
    path = resource_path("ink", "golden.jsonl")
    return [item.ink for item in read_ink_file(path) if isinstance(item, InkItem)]


def scribble(points: int, strokes: int = 20) -> Ink:
    """Return a scribble all over a box of side 2, with so many points in so many strokes."""
    curve = []
    for turn in np.array_split(np.linspace(0.0, 200.0 * np.pi, points), strokes):
        curve.append(np.column_stack((np.sin(1.01 * turn), np.cos(turn), np.ones(len(turn)))))
    return Ink(tuple(stroke_from_array(table) for table in curve))
