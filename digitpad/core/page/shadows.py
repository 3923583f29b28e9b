"""Shadows: marks of a photo that are a shadow, its edge or that of a fold, or the paper's grain.

Owns how they are told from ink. Beside a stroke the paper is as light on both sides. Beside a
shadow's edge it is darker on one side, which the paper that is looked for smooths over: there it
is the paper that changes, not what is seen. A shadow that is small has a soft edge all around.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.core.components import Places, places_of, runs_of
from digitpad.core.page.mark import Mark
from digitpad.core.page.morphology import Floats
from digitpad.core.page.paper import Strength
from digitpad.core.page.tilt import Upright

GRAIN = 6.0
"""In standard deviations of the paper's grain: what may still be grain..."""
LEAST_DARK = 0.1
"""... where not so large a share of a mark's pixels is darker."""
ACROSS = 0.08
"""How far to either side of a mark's border it is looked, as a share of the mark's longer side;
and at least one pixel more than the paper was looked for in."""
STEP = 0.3
"""Least step in strength at a border that counts, as a share of the mark's mean strength."""
OF_PAPER = 0.5
"""Share of that step which the paper makes, from which on there is none in the photo."""
OPEN = 0.15
"""Share of a mark's border that has none, from which on it is a shadow's."""
SOFT = 0.25
"""Share of a mark's mean strength up to which strength grows where a border is a shadow's; at the
borders of digits that are enlarged and blurred it grows by 0.39 at least, ..."""
SHARP_PIXELS = 3
"""... on the way from so far outside to so far within, at least, ..."""
SHARP_SHARE = 1 / 320
"""... and from such a share of the page's longer side."""

Labels = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class _Runs:
    """The runs of marks along the rows of a picture, or along its columns where it is turned."""

    labels: Labels
    strength: Strength
    is_turned: bool
    rows: Places
    starts: Places
    ends: Places
    """The first column behind each run."""
    own: Labels
    """Shape (n,): the label of each run's mark."""


def inked(
    marks: Sequence[Mark], labels: Labels, page: Upright, paper: Floats, noise: float
) -> list[Mark]:
    """Return those of the marks of a photo that are ink.

    `labels` has each pixel's mark, `paper` how light the paper is, in a picture of any size of the
    photo before it was turned upright, and `noise` is its grain.
    """
    if not marks:
        return []
    count = int(labels.max()) + 1
    rows, columns = places_of(labels > 0)
    numbers, levels = labels[rows, columns], page.strength[rows, columns]
    area = np.maximum(np.bincount(numbers, minlength=count), 1)
    dark = np.bincount(numbers[levels >= GRAIN * noise], minlength=count) / area
    mean = np.bincount(numbers, weights=levels, minlength=count) / area
    ways = _runs(labels, page.strength, False), _runs(labels.T, page.strength.T, True)
    shares = _open_shares(marks, ways, mean, page, paper)
    growth = _growth(ways, count)
    return [
        mark
        for mark in marks
        if dark[mark.label] >= LEAST_DARK
        and shares[mark.label] < OPEN
        and growth[mark.label] > SOFT * mean[mark.label]
    ]


def _runs(labels: Labels, strength: Strength, is_turned: bool) -> _Runs:
    rows, starts, ends = runs_of(labels > 0)
    return _Runs(labels, strength, is_turned, rows, starts, ends, labels[rows, starts])


def _growth(ways: Sequence[_Runs], labels: int) -> NDArray[np.float64]:
    """Return for each of so many labels by how much strength grows across its border on average."""
    growth, count = np.zeros(labels), np.zeros(labels)
    way = max(SHARP_PIXELS, math.ceil(SHARP_SHARE * max(ways[0].labels.shape)))
    reach = np.full(labels, way)
    for runs in ways:
        for line, beside, within, number in _borders(runs, reach):
            steps = runs.strength[line, within].astype(np.float64) - runs.strength[line, beside]
            growth += np.bincount(number, weights=steps, minlength=labels)
            count += np.bincount(number, minlength=labels)
    return np.where(count > 0, growth / np.maximum(count, 1), np.inf)


def _borders(
    runs: _Runs, reach: NDArray[np.int64]
) -> Iterator[tuple[Places, Places, Places, Places]]:
    """Yield pixels to either side of the left borders of marks, then of the right ones.

    They are their row, the columns outside, on no mark, and within, both as far from the border as
    `reach` says for each label, but for thin strokes, and the labels.
    """
    middles, far = (runs.starts + runs.ends) // 2, reach[runs.own]
    for outside, inside in (
        (runs.starts - far, np.minimum(runs.starts + far, middles)),
        (runs.ends - 1 + far, np.maximum(runs.ends - 1 - far, middles)),
    ):
        there = np.flatnonzero((outside >= 0) & (outside < runs.labels.shape[1]))
        there = there[runs.labels[runs.rows[there], outside[there]] == 0]
        yield runs.rows[there], outside[there], inside[there], runs.own[there]


def _open_shares(
    marks: Sequence[Mark],
    ways: Sequence[_Runs],
    mean: NDArray[np.float64],
    page: Upright,
    paper: Floats,
) -> NDArray[np.float64]:
    """Return for each label the share of the steps at its border that the paper makes."""
    cell = max(page.size) / max(paper.shape)
    across = np.zeros(len(mean), np.int64)
    for mark in marks:
        across[mark.label] = ACROSS * max(mark.width, mark.height)
    across = np.maximum(across, int(np.ceil(cell)) + 1)
    steps, of_paper = np.zeros(len(mean)), np.zeros(len(mean))

    def light_at(rows: Places, columns: Places) -> NDArray[np.float64]:
        x, y = page.before(rows, columns)
        at = [
            np.clip((places / cell).astype(np.int64), 0, side - 1)
            for places, side in ((y, paper.shape[0]), (x, paper.shape[1]))
        ]
        return np.asarray(paper[at[0], at[1]], np.float64)

    for runs in ways:
        for line, beside, within, number in _borders(runs, across):
            step = runs.strength[line, within].astype(np.float64) - runs.strength[line, beside]
            counts = step >= STEP * mean[number]
            beyond, below = (
                light_at(*((places, line) if runs.is_turned else (line, places)))
                for places in (beside, within)
            )
            change = (below - beyond) * 255 / np.maximum(beyond, 1)
            steps += np.bincount(number[counts], minlength=len(mean))
            counts &= change >= OF_PAPER * step
            of_paper += np.bincount(number[counts], minlength=len(mean))
    return np.asarray(of_paper / np.maximum(steps, 1))
