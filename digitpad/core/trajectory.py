"""Trajectory: how a drawing was written, as numbers: its strokes' order, directions and shapes.

A picture does not tell a 4 of two strokes from a 9 of one; the pen's way does. Owns which numbers
describe that way; decides nothing. What they mean is part of PREPROCESS_VERSION: a change here is a
change of what a model was trained for.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digitpad.core.ink import Ink

PLACES = 12
"""Places at equal distances along a stroke that stand for it."""
MOST_COUNTED = 4
"""So many strokes and more are one case."""
OF_STROKE = 2 * PLACES + 2 * (PLACES - 1) + 5
FEATURES = MOST_COUNTED + 2 * OF_STROKE + 2
"""Numbers that describe a drawing."""
_SHARE = -3
"""Where a stroke's share of all ink stands in what describes it."""
_SHARES = np.linspace(0.0, 1.0, PLACES)
_SMALLEST_STEP = 1e-6
"""Added to distances that are divided by, in extents."""
_SMALLEST_EXTENT = np.finfo(float).tiny


def trajectory_features(inks: Sequence[Ink]) -> NDArray[np.float32]:
    """Return what describes the way each ink was written, shape (n, FEATURES). None may be empty.

    How many strokes there are (one of MOST_COUNTED is 1); of the first stroke and of the longest of
    the others, or zeros: places, directions between these, how far it turns in all and without
    regard to the side (half turns), its share of all ink, how far apart its ends are, and half its
    length; last the width and height. Lengths are shares of the longer side, places count from the
    middle.
    """
    features = np.zeros((len(inks), FEATURES), np.float32)
    strokes = [stroke for ink in inks for stroke in ink.strokes]
    if not strokes:
        return features
    counts = np.array([len(ink.strokes) for ink in inks])
    first = counts.cumsum() - counts
    bounds = [ink.bounds for ink in inks]
    sides = np.array([(box.width, box.height) for box in bounds])
    middles = np.array([(box.left, box.top) for box in bounds]) + sides / 2
    extents = np.maximum(sides.max(axis=1, keepdims=True), _SMALLEST_EXTENT)

    owner = np.arange(len(inks)).repeat(counts)
    sizes = np.array([len(stroke) for stroke in strokes])
    of_points = owner.repeat(sizes)
    points = (np.concatenate(strokes)[:, :2] - middles[of_points]) / extents[of_points]
    described, lengths = _described(points, sizes)
    described[:, _SHARE] = lengths / (np.add.reduceat(lengths, first)[owner] + _SMALLEST_STEP)

    features[np.arange(len(inks)), np.minimum(counts, MOST_COUNTED) - 1] = 1.0
    features[:, MOST_COUNTED : MOST_COUNTED + OF_STROKE] = described[first]
    features[:, -2:] = sides / extents
    for place, (at, count) in enumerate(zip(first.tolist(), counts.tolist(), strict=True)):
        if count > 1:
            longest = at + 1 + lengths[at + 1 : at + count].argmax()
            features[place, MOST_COUNTED + OF_STROKE : -2] = described[longest]
    return features


def _described(
    points: NDArray[np.float64], sizes: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what describes each stroke, shape (strokes, OF_STROKE), but for its share of the ink,
    and each stroke's length; its points lie on end, so many of each as `sizes` says."""
    ends = sizes.cumsum()
    begins = ends - sizes
    steps = np.zeros(len(points))
    moves = points[1:] - points[:-1]
    np.hypot(moves[:, 0], moves[:, 1], out=steps[1:])
    steps[begins] = 0.0
    lengths = np.add.reduceat(steps, begins)

    # One scale for all strokes, each a unit behind the one before, so that one call serves all.
    offset = (lengths + 1.0).cumsum() - lengths
    travelled = steps.cumsum()
    travelled += (offset - travelled[begins]).repeat(sizes)
    wanted = offset[:, None] + lengths[:, None] * _SHARES
    places = np.empty((len(sizes), PLACES, 2))
    places[..., 0] = np.interp(wanted, travelled, points[:, 0])
    places[..., 1] = np.interp(wanted, travelled, points[:, 1])

    moves = places[:, 1:] - places[:, :-1]
    across, down = moves[..., 0], moves[..., 1]
    headings = moves / (np.hypot(across, down) + _SMALLEST_STEP)[..., None]
    angles = np.arctan2(down, across)
    turns = (angles[:, 1:] - angles[:, :-1] + np.pi) % (2 * np.pi) - np.pi
    apart = points[begins] - points[ends - 1]
    described = np.empty((len(sizes), OF_STROKE))
    described[:, : 2 * PLACES] = places.reshape(len(sizes), -1)
    described[:, 2 * PLACES : -5] = headings.reshape(len(sizes), -1)
    described[:, -5] = turns.sum(axis=1) / np.pi
    described[:, -4] = np.abs(turns).sum(axis=1) / np.pi
    described[:, -2] = np.hypot(apart[:, 0], apart[:, 1])
    described[:, -1] = lengths / 2
    return described, lengths
