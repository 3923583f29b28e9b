"""Components: which cells of a mask hang together.

Owns runs of cells in rows, and the connected components that they make; knows nothing of what they
show.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.intp]


def label_components(mask: NDArray[np.bool_]) -> tuple[NDArray[np.int32], int]:
    """Number the 8-connected components of a mask of shape (h, w).

    Returns labels of the same shape, 0 where the mask is not set, and how many there are.
    Runs of cells are joined row by row (Rosenfeld & Pfaltz 1966), so the work grows with the
    number of runs, not of cells.
    """
    height, width = mask.shape
    rows, starts, ends = runs_of(mask)
    parents = list(range(len(rows)))

    def root(run: int) -> int:
        while parents[run] != run:
            parents[run] = parents[parents[run]]
            run = parents[run]
        return run

    first_of_row = np.searchsorted(rows, np.arange(height + 1)).tolist()
    start, end = starts.tolist(), ends.tolist()
    for row in range(1, height):
        above, below = first_of_row[row - 1], first_of_row[row]
        while above < first_of_row[row] and below < first_of_row[row + 1]:
            if start[above] <= end[below] and start[below] <= end[above]:
                parents[root(below)] = root(above)
            if end[above] < end[below]:
                above += 1
            else:
                below += 1

    roots = np.array([root(run) for run in range(len(rows))], np.int64)
    kept, numbers = np.unique(roots, return_inverse=True)
    change = np.zeros((height, width + 1), np.int32)
    change[rows, starts] = numbers + 1
    change[rows, ends] -= (numbers + 1).astype(np.int32)
    return np.cumsum(change, axis=1, dtype=np.int32)[:, :width], len(kept)


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
