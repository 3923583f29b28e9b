"""What counts as ink, and what is refused before it can do harm."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from digitpad.core.ink import (
    COORDINATE_LIMIT,
    Bounds,
    Ink,
    InkError,
    make_stroke,
    stroke_from_array,
)


def test_a_point_without_pressure_has_full_pressure() -> None:
    stroke = make_stroke([(1, 2), (3.5, -4, 0.25)])

    np.testing.assert_array_equal(stroke, [[1.0, 2.0, 1.0], [3.5, -4.0, 0.25]])
    assert stroke.dtype == np.float64


def test_pressure_is_clipped_to_its_range() -> None:
    stroke = make_stroke([(0, 0, -3.0), (0, 0, 7.0)])

    assert stroke[:, 2].tolist() == [0.0, 1.0]


@pytest.mark.parametrize(
    "points",
    [
        [],
        [(1.0,)],
        [(1.0, 2.0, 3.0, 4.0)],
        [(1.0, 2.0), (3.0,)],
        [5.0],
        [None],
        ["ab"],
        [("1", "2")],
        [(None, 1.0)],
        [({}, [])],
        [(1j, 0.0)],
        [(10**400, 0.0)],
        [(0.0, COORDINATE_LIMIT * 1.001)],
        [(-math.inf, 0.0)],
        [(0.0, math.inf)],
        [(math.nan, 0.0)],
        [(0.0, 0.0), (0.0, math.nan)],
        [(0.0, 0.0, math.nan)],
    ],
)
def test_what_is_no_point_is_refused(points: Any) -> None:
    with pytest.raises(InkError) as caught:
        make_stroke(points)

    assert str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("shape", [(0, 3), (3,), (2, 2), (2, 4), (1, 2, 3), ()])
def test_an_array_of_another_shape_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(InkError):
        stroke_from_array(np.zeros(shape))


def test_the_largest_coordinates_are_ink() -> None:
    stroke = make_stroke([(COORDINATE_LIMIT, -COORDINATE_LIMIT)])

    assert Ink((stroke,)).bounds.left == COORDINATE_LIMIT


def test_a_stroke_is_a_copy_that_cannot_be_written_to() -> None:
    # Given
    table = np.array([[1.0, 2.0, 0.5]])

    # When
    stroke = stroke_from_array(table)
    table[0, 0] = 99.0

    # Then
    assert stroke[0, 0] == 1.0
    with pytest.raises(ValueError, match="read-only"):
        stroke[0, 0] = 3.0


def test_bounds_lie_around_all_strokes() -> None:
    ink = Ink.from_points([[(3, 8), (5, -1)], [(-2, 4)]])

    assert ink.bounds == Bounds(-2.0, -1.0, 5.0, 8.0)
    assert (ink.bounds.width, ink.bounds.height, ink.bounds.extent) == (7.0, 9.0, 9.0)
    assert ink.point_count == 3


def test_empty_ink_has_no_bounds_and_is_no_dot() -> None:
    ink = Ink()

    assert ink.is_empty
    assert not ink.is_dot
    assert ink.point_count == 0
    with pytest.raises(InkError):
        _ = ink.bounds


@pytest.mark.parametrize(
    ("points", "dot_size", "is_dot"),
    [
        ([(7, 7)], 0.0, True),
        ([(7, 7), (7, 7)], 0.0, True),
        ([(7, 7), (7, 7.001)], 0.0, False),
        ([(7, 7), (9, 10)], 4.0, True),
        ([(7, 7), (7, 11)], 4.0, True),
        ([(7, 7), (7, 11.1)], 4.0, False),
    ],
)
def test_a_drawing_within_the_dot_size_is_a_dot(
    points: list[tuple[float, float]], dot_size: float, is_dot: bool
) -> None:
    assert Ink.from_points([points], dot_size).is_dot is is_dot


def test_placing_scales_and_moves_points_and_keeps_pressure_and_the_drawing_it_came_from() -> None:
    # Given
    ink = Ink.from_points([[(1, 2, 0.5)]], dot_size=4.0)

    # When
    placed = ink.placed(2.0, 10.0, -5.0)

    # Then
    np.testing.assert_array_equal(placed.strokes[0], [[12.0, -1.0, 0.5]])
    assert placed.dot_size == 4.0
    np.testing.assert_array_equal(ink.strokes[0], [[1.0, 2.0, 0.5]])


def test_ink_is_not_placed_out_of_range() -> None:
    ink = Ink.from_points([[(1, 2)]])

    with pytest.raises(InkError):
        ink.placed(1e10, 0.0, 0.0)
