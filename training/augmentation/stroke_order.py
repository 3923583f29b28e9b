"""Stroke order: the same ink written in another way: strokes parted, joined, retraced, reversed.

Leaves the picture as it is, but for the lines that join strokes.
"""

from __future__ import annotations

import itertools

import numpy as np

from digitpad.core.ink import Ink, Stroke, stroke_from_array
from training.recipe import TrajectoryRecipe

MOST_PARTS = 5
"""Of a stroke that is parted."""
TOUCHED_SHARE = 0.4
"""Most of a stroke that is drawn over once more."""

Strokes = list[Stroke]


def rewrite(ink: Ink, recipe: TrajectoryRecipe, rng: np.random.Generator) -> Ink:
    """Change at random how a drawing was written."""
    strokes = list(ink.strokes)
    for share, change in (
        (recipe.joined_share, _joined),
        (recipe.parted_share, _parted),
        (recipe.touched_up_share, _touched_up),
        (recipe.retraced_share, _retraced),
        (recipe.reordered_share, _reordered),
    ):
        if rng.random() < share:
            strokes = change(strokes, rng)
    strokes = [
        stroke[::-1] if rng.random() < recipe.reversed_share else stroke for stroke in strokes
    ]
    return Ink(tuple(map(stroke_from_array, strokes)), ink.dot_size)


def _joined(strokes: Strokes, rng: np.random.Generator) -> Strokes:
    """Let the pen stay down from one stroke to the next."""
    if len(strokes) < 2:
        return strokes
    place = int(rng.integers(len(strokes) - 1))
    both = np.vstack(strokes[place : place + 2])
    return [*strokes[:place], both, *strokes[place + 2 :]]


def _parted(strokes: Strokes, rng: np.random.Generator) -> Strokes:
    """Lift the pen in the middle of strokes; each part begins where the last one ended."""
    found: Strokes = []
    for stroke in strokes:
        count = int(rng.integers(1, MOST_PARTS + 1))
        inner = np.arange(1, len(stroke) - 1)
        cuts = rng.permutation(inner)[: count - 1].tolist()
        ends = [0, *sorted(cuts), len(stroke) - 1]
        found += [stroke[start : stop + 1] for start, stop in itertools.pairwise(ends)]
    return found


def _touched_up(strokes: Strokes, rng: np.random.Generator) -> Strokes:
    """Draw over a part of one stroke once more."""
    stroke = strokes[int(rng.integers(len(strokes)))]
    length = max(2, int(len(stroke) * rng.uniform(0.0, TOUCHED_SHARE)))
    start = int(rng.integers(max(1, len(stroke) - length)))
    return [*strokes, stroke[start : start + length]]


def _retraced(strokes: Strokes, rng: np.random.Generator) -> Strokes:
    """Draw over everything once more, or go back along every stroke before the pen is lifted."""
    if rng.random() < 0.5:
        return [*strokes, *strokes]
    return [np.vstack([stroke, stroke[::-1]]) for stroke in strokes]


def _reordered(strokes: Strokes, rng: np.random.Generator) -> Strokes:
    return [strokes[place] for place in rng.permutation(len(strokes))]
