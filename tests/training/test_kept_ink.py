"""Kept joined, coarse or stretched, a drawing is the same one."""

from __future__ import annotations

import numpy as np
import pytest

from digitpad.core.ink import Ink
from tests.synthetic_ink import DIGITS, digit_ink
from training.kept_ink import FEW_POINTS, LARGEST_STRETCH, as_kept, coarse, joined, squared

FOUR = digit_ink(4)
DOT = Ink.from_points([[(1.0, 2.0)]])


def test_joined_strokes_are_one_with_all_points_in_order() -> None:
    (stroke,) = joined(FOUR).strokes

    np.testing.assert_array_equal(stroke, np.vstack(FOUR.strokes))


@pytest.mark.parametrize("digit", DIGITS)
def test_few_points_lie_at_equal_distances_from_end_to_end(digit: int) -> None:
    ink = digit_ink(digit)

    few = coarse(ink, 12)

    assert len(few.strokes) == len(ink.strokes)
    assert 11 <= few.point_count <= 12 + len(ink.strokes)
    for stroke, whole in zip(few.strokes, ink.strokes, strict=True):
        np.testing.assert_allclose(stroke[[0, -1]], whole[[0, -1]])


def test_points_of_a_straight_line_are_evenly_spread() -> None:
    # Given: a line of length 10 whose points crowd at its start
    line = Ink.from_points([[(0.0, 0.0), (0.1, 0.0), (0.3, 0.0), (1.0, 0.0), (10.0, 0.0)]])

    (stroke,) = coarse(line, 11).strokes

    np.testing.assert_allclose(stroke[:, 0], np.arange(11.0))


@pytest.mark.parametrize("digit", DIGITS)
def test_stretched_to_a_square_both_sides_are_as_long(digit: int) -> None:
    ink = digit_ink(digit)
    before, after = ink.bounds, squared(ink).bounds

    assert after.height == before.height
    stretch = after.width / before.width
    assert after.width == pytest.approx(after.height) or stretch == pytest.approx(LARGEST_STRETCH)


def test_a_thin_line_stays_a_thin_line() -> None:
    one = Ink.from_points([[(0.0, 0.0), (1.0, 50.0), (0.0, 100.0)]])

    assert squared(one).bounds.width == pytest.approx(LARGEST_STRETCH)


@pytest.mark.parametrize("way", [joined, squared, lambda ink: coarse(ink, 8)])
def test_a_dot_stays_a_dot(way) -> None:  # type: ignore[no-untyped-def]
    assert [stroke.tolist() for stroke in way(DOT).strokes] == [DOT.strokes[0].tolist()]


def test_of_a_drawing_as_it_is_kept_one_stroke_of_few_points_in_a_square_is_left() -> None:
    kept = as_kept(FOUR)

    assert [len(stroke) for stroke in kept.strokes] == [FEW_POINTS]
    assert kept.bounds.width == pytest.approx(kept.bounds.height)
