"""Shadows: marks of a photo that are the edge of a shadow or a fold, or the paper's grain.

Owns how they are told from ink. Beside a stroke the paper is as light on both sides. Beside a
shadow's edge it is darker on one side, which the paper that is looked for smooths over: there it
is the paper that changes, not what is seen.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digitpad.core.components import Places, runs_of
from digitpad.core.page.mark import Mark
from digitpad.core.page.morphology import Floats
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

Labels = NDArray[np.int32]


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
    is_ink = labels > 0
    numbers, levels = labels[is_ink], page.strength[is_ink]
    area = np.maximum(np.bincount(numbers, minlength=count), 1)
    dark = np.bincount(numbers[levels >= GRAIN * noise], minlength=count) / area
    mean = np.bincount(numbers, weights=levels, minlength=count) / area
    shares = _open_shares(marks, labels, mean, page, paper)
    return [m for m in marks if dark[m.label] >= LEAST_DARK and shares[m.label] < OPEN]


def _open_shares(
    marks: Sequence[Mark], labels: Labels, mean: NDArray[np.float64], page: Upright, paper: Floats
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

    for turned in (False, True):
        seen = labels.T if turned else labels
        strength = page.strength.T if turned else page.strength
        lines, starts, ends = runs_of(seen > 0)
        own = seen[lines, starts]
        middles, far = (starts + ends) // 2, across[own]
        for outside, inside in (
            (starts - far, np.minimum(starts + far, middles)),
            (ends - 1 + far, np.maximum(ends - 1 - far, middles)),
        ):
            there = np.flatnonzero((outside >= 0) & (outside < seen.shape[1]))
            there = there[seen[lines[there], outside[there]] == 0]
            line, beside, within, number = lines[there], outside[there], inside[there], own[there]
            step = strength[line, within].astype(np.float64) - strength[line, beside]
            counts = step >= STEP * mean[number]
            beyond, below = (
                light_at(*((places, line) if turned else (line, places)))
                for places in (beside, within)
            )
            change = (below - beyond) * 255 / np.maximum(beyond, 1)
            steps += np.bincount(number[counts], minlength=len(mean))
            counts &= change >= OF_PAPER * step
            of_paper += np.bincount(number[counts], minlength=len(mean))
    return np.asarray(of_paper / np.maximum(steps, 1))
