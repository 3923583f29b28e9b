"""Where each map lies among the others, and which place of it lies under a point."""

from __future__ import annotations

import numpy as np
import pytest

from digitpad.ui.understand.tiling import Spot, Tiling


def test_pictures_stand_side_by_side_with_gaps() -> None:
    # Given three pictures of 1 x 2 pixels, two in a line, each pixel a square of 2
    tiling = Tiling(count=3, rows=1, columns=2, across=2, scale=2, gap=1)
    pictures = np.array([[[1, 3, 5], [2, 4, 6]]], np.uint8)

    # When
    sheet = tiling.compose(pictures, 9)

    # Then
    expected = [
        [1, 1, 2, 2, 9, 3, 3, 4, 4],
        [1, 1, 2, 2, 9, 3, 3, 4, 4],
        [9, 9, 9, 9, 9, 9, 9, 9, 9],
        [5, 5, 6, 6, 9, 9, 9, 9, 9],
        [5, 5, 6, 6, 9, 9, 9, 9, 9],
    ]
    assert sheet.tolist() == expected
    assert (tiling.width, tiling.height) == (9, 5)


def test_each_pixel_of_a_picture_is_found_under_its_square() -> None:
    # Given pictures whose pixels all differ
    tiling = Tiling(count=5, rows=2, columns=3, across=3, scale=4, gap=2)
    pictures = np.arange(30, dtype=np.uint8).reshape(2, 3, 5)
    sheet = tiling.compose(pictures, 255)

    # When each point of the sheet is looked up, then what is painted there is found
    for y, x in np.argwhere(sheet != 255):
        spot = tiling.spot_at(float(x), float(y))
        assert spot is not None
        assert pictures[spot.row, spot.column, spot.index] == sheet[y, x]


def test_a_gap_belongs_to_the_picture_before_it_and_outside_is_nothing() -> None:
    tiling = Tiling(count=3, rows=1, columns=1, across=2, scale=4, gap=2)

    assert tiling.spot_at(5.0, 0.0) == Spot(0, 0, 0)
    assert tiling.spot_at(7.0, 8.0) is None  # Where a fourth picture would be.
    assert tiling.spot_at(-1.0, 0.0) is None
    assert tiling.spot_at(10.0, 0.0) is None


def test_the_largest_whole_scale_is_taken_that_fits() -> None:
    # Given room for 16 pictures of 11 pixels, 28 wide with the gap
    tiling = Tiling.fitted((11, 11, 64), across=16, width=16 * 28 - 2, gap=2, most=9)

    assert (tiling.across, tiling.scale) == (16, 2)
    assert tiling.width <= 16 * 28 - 2


def test_a_pixel_has_a_largest_size() -> None:
    assert Tiling.fitted((1, 1, 64), 16, 900.0, 2, 9).scale == 9


@pytest.mark.parametrize("width", [100, 300, 446, 560, 660, 900])
def test_fewer_stand_in_a_line_where_they_would_not_fit_or_be_much_too_small(width: int) -> None:
    tiling = Tiling.fitted((26, 26, 32), across=16, width=width, gap=2, most=9)

    assert tiling.width <= width
    assert tiling.width >= 0.65 * width
    assert tiling.across <= 16
