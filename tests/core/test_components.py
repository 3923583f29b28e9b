"""Connected components: which cells of a mask hang together."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from digitpad.core.components import label_components, places_of, runs_of


def mask(*rows: str) -> NDArray[np.bool_]:
    return np.array([[cell == "#" for cell in row] for row in rows])


@pytest.mark.parametrize(
    ("cells", "count"),
    [
        (mask("....", "...."), 0),
        (mask("#"), 1),
        (mask("#.#", "...", "#.#"), 4),
        (mask("#.", ".#"), 1),
        (mask(".#", "#."), 1),
        (mask("#.#", "#.#", "###"), 1),
        (mask("###", "#.#", "#.#"), 1),
        (mask("#####", "#...#", "#.#.#", "#...#", "#####"), 2),
        (mask("#.#.#", "#.#.#", ".#.#."), 1),
        (mask("##..##", "......", "######"), 3),
    ],
)
def test_cells_that_touch_at_a_side_or_corner_hang_together(
    cells: NDArray[np.bool_], count: int
) -> None:
    labels, found = label_components(cells)
    assert found == count
    assert sorted(set(labels.ravel().tolist()) - {0}) == list(range(1, count + 1))
    np.testing.assert_array_equal(labels > 0, cells)


def test_labels_agree_with_a_flood_fill() -> None:
    for seed, share in enumerate((0.1, 0.3, 0.4, 0.5, 0.7)):
        cells = np.random.default_rng(seed).random((23, 31)) < share
        labels, count = label_components(cells)
        filled = flood_fill(cells)
        assert count == len(set(filled.ravel().tolist()) - {0})
        pairs = set(zip(labels.ravel().tolist(), filled.ravel().tolist(), strict=True))
        assert len(pairs) == count + 1, "one label for each component, and one for the rest"


def test_runs_end_with_their_row() -> None:
    rows, first, behind = runs_of(mask("##.#", "#...", "....", ".###"))

    runs = zip(rows.tolist(), first.tolist(), behind.tolist(), strict=True)
    assert list(runs) == [(0, 0, 2), (0, 3, 4), (1, 0, 1), (3, 1, 4)]


@pytest.mark.parametrize("shape", [(23, 31), (1, 1), (3, 0), (0, 3)])
def test_places_are_rows_and_columns_of_what_is_set(shape: tuple[int, int]) -> None:
    cells = np.random.default_rng(5).random(shape) < 0.6

    np.testing.assert_array_equal(places_of(cells), np.nonzero(cells))


def flood_fill(cells: NDArray[np.bool_]) -> NDArray[np.int64]:
    labels = np.zeros(cells.shape, np.int64)
    number = 0
    for start in zip(*np.nonzero(cells), strict=True):
        if labels[start]:
            continue
        number += 1
        waiting = [start]
        while waiting:
            row, column = waiting.pop()
            inside = 0 <= row < cells.shape[0] and 0 <= column < cells.shape[1]
            if inside and cells[row, column] and not labels[row, column]:
                labels[row, column] = number
                waiting += [(row + r, column + c) for r in (-1, 0, 1) for c in (-1, 0, 1)]
    return labels


def test_labels_are_in_the_order_of_first_cells() -> None:
    labels, _ = label_components(mask(".#.#.#", ".#...#", ".#####"))

    assert labels[0].tolist() == [0, 1, 0, 2, 0, 1]
