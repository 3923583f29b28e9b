"""Components: which cells of a mask hang together.

Owns runs of cells in rows, and the connected components that they make; knows nothing of what they
show.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.intp]


def label_components(mask: NDArray[np.bool_]) -> tuple[NDArray[np.int32], int]:
    """Number the 8-connected components of a mask of shape (h, w), by their first cells.

    Returns labels of the same shape, 0 where the mask is not set, and how many there are.
    Runs of cells are joined, each with those above that it touches (Rosenfeld & Pfaltz 1966), so
    the work grows with the number of runs, not of cells.
    """
    height, width = mask.shape
    rows, starts, ends = runs_of(mask)
    wide = width + 2
    own, beyond = rows * wide + starts, rows * wide + ends
    first = np.searchsorted(beyond + wide, own)
    touching = np.maximum(np.searchsorted(own + wide, beyond, "right") - first, 0)
    below = np.repeat(np.arange(len(rows)), touching)
    above = np.arange(len(below)) + np.repeat(first - np.cumsum(touching) + touching, touching)

    roots = np.arange(len(rows))
    while True:
        one, other = roots[above], roots[below]
        apart = one != other
        if not apart.any():
            break
        above, below, one, other = above[apart], below[apart], one[apart], other[apart]
        np.minimum.at(roots, np.maximum(one, other), np.minimum(one, other))
        while (roots[roots] != roots).any():
            roots = roots[roots]

    is_first = roots == np.arange(len(rows))
    numbers = np.cumsum(is_first, dtype=np.int32)[roots]
    change = np.zeros((height, width + 1), np.int32)
    change[rows, starts] = numbers
    change[rows, ends] -= numbers
    return np.cumsum(change, axis=1, dtype=np.int32)[:, :width], int(np.count_nonzero(is_first))


def runs_of(mask: NDArray[np.bool_]) -> tuple[Places, Places, Places]:
    """Return the runs of set cells, row by row: rows, first columns, and those behind the last."""
    height, width = mask.shape
    # A cell that is not set parts each row from the next.
    apart = np.zeros((height, width + 1), np.bool_)
    apart[:, :width] = mask
    changes = np.flatnonzero(np.diff(apart.ravel(), prepend=False))
    rows, starts = np.divmod(changes[::2], width + 1)
    return rows, starts, changes[1::2] - rows * (width + 1)


def places_of(mask: NDArray[np.bool_]) -> tuple[Places, Places]:
    """Return rows and columns of the set cells, as `np.nonzero` does in three times the time."""
    rows, columns = np.divmod(np.flatnonzero(mask), mask.shape[1])
    return rows, columns
