"""Of a drawing as it is kept one stroke of few points in a square is left."""

from __future__ import annotations

import numpy as np
import pytest

from digitpad.core.ink import Ink
from tests.synthetic_ink import DIGITS, digit_ink
from training.kept_ink import LARGEST_STRETCH, POINTS, as_kept


@pytest.mark.parametrize("digit", sorted(DIGITS.keys() - {1}))  # A 1 is too thin.
def test_one_stroke_of_few_points_is_left_as_wide_as_it_is_high(digit: int) -> None:
    ink = digit_ink(digit)

    kept = as_kept(ink)

    assert [len(stroke) for stroke in kept.strokes] == [POINTS]
    # It begins and ends where the drawing did.
    heights = [ink.strokes[0][0, 1], ink.strokes[-1][-1, 1]]
    np.testing.assert_allclose(kept.strokes[0][[0, -1], 1], heights)
    assert kept.bounds.width == pytest.approx(kept.bounds.height)


def test_the_pen_stays_down_between_strokes_and_points_are_evenly_spread() -> None:
    # Given: three sides of a square of side 7, the middle one not drawn, points crowding at corners
    first, last = [(0.0, 0.0), (6.5, 0.0), (7.0, 0.0)], [(7.0, 7.0), (6.0, 7.0), (0.0, 7.0)]

    (stroke,) = as_kept(Ink.from_points([first, last])).strokes

    expected = [(0, 0), (3, 0), (6, 0), (7, 2), (7, 5), (6, 7), (3, 7), (0, 7)]
    np.testing.assert_allclose(stroke[:, :2], expected)


def test_a_thin_line_stays_a_thin_line() -> None:
    one = Ink.from_points([[(0.0, 0.0), (7.0, 700.0)]])

    assert as_kept(one).bounds.width == pytest.approx(7.0 * LARGEST_STRETCH)


def test_a_dot_stays_where_it_is() -> None:
    (stroke,) = as_kept(Ink.from_points([[(1.0, 2.0)]])).strokes

    assert stroke[:, :2].tolist() == [[1.0, 2.0]] * POINTS
