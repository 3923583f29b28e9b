"""Of a drawing as it is kept one stroke of few points in a square is left."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from digitpad.core.ink import Ink
from tests.synthetic_ink import DIGITS, digit_ink
from tests.training.samples import DEGENERATE
from training.augmentation.kept_ink import LARGEST_STRETCH, POINTS, as_kept, keep_little, thinned
from training.recipe import KeptStyle


@pytest.mark.parametrize("digit", sorted(DIGITS.keys() - {1}))  # A 1 is too thin.
def test_one_stroke_of_few_points_is_left_as_wide_as_it_is_high(digit: int) -> None:
    ink = digit_ink(digit)

    kept = as_kept(ink)

    assert [len(stroke) for stroke in kept.strokes] == [POINTS]
    assert kept.bounds.width == pytest.approx(kept.bounds.height)
    # No side becomes longer, so that what is within limits stays there.
    assert kept.bounds.extent <= ink.bounds.extent


def test_the_pen_stays_down_between_strokes_and_points_are_evenly_spread() -> None:
    # Given: three sides of a square of side 7, the middle one not drawn, points crowding at corners
    first, last = [(0.0, 0.0), (6.5, 0.0), (7.0, 0.0)], [(7.0, 7.0), (6.0, 7.0), (0.0, 7.0)]

    (stroke,) = as_kept(Ink.from_points([first, last])).strokes

    # Then: it ends where the drawing did, and lies as it did
    expected = [(0, 0), (3, 0), (6, 0), (7, 2), (7, 5), (6, 7), (3, 7), (0, 7)]
    np.testing.assert_allclose(stroke[:, :2], expected)


def test_a_thin_line_stays_a_thin_line() -> None:
    one = as_kept(Ink.from_points([[(0.0, 0.0), (7.0, 700.0)]]))

    assert one.bounds.height / one.bounds.width == pytest.approx(100.0 / LARGEST_STRETCH)


def test_a_dot_stays_where_it_is() -> None:
    (stroke,) = as_kept(Ink.from_points([[(1.0, 2.0)]])).strokes

    assert stroke[:, :2].tolist() == [[1.0, 2.0]] * POINTS


def some(ink: Ink, count: int = 60, **numbers: float) -> list[Ink]:
    """Return what is left of a drawing at random, so many times."""
    rng = np.random.default_rng(8)
    style = replace(KeptStyle(share=1.0, each_share=1.0), **numbers)  # type: ignore[arg-type]
    return [keep_little(ink, style, rng) for _ in range(count)]


def test_of_a_share_of_drawings_little_is_kept() -> None:
    four = digit_ink(4)

    kept = some(four, 400, share=0.25)

    assert 0.68 < sum(ink is four for ink in kept) / len(kept) < 0.82


def test_as_few_points_are_kept_as_the_style_says() -> None:
    counts = {len(stroke) for ink in some(digit_ink(4)) for stroke in ink.strokes}

    assert counts == set(range(8, 17))


def test_joined_thinned_and_squared_come_each_on_its_own() -> None:
    # Given: a drawing of two strokes of many points, twice as high as wide
    rows = np.linspace(0.0, 2.0, 40).tolist()
    two = Ink.from_points([[(0.0, y) for y in rows], [(1.0, y) for y in rows]])

    found = {
        (len(ink.strokes) == 1, sum(map(len, ink.strokes)) < 40, ink.bounds.height < 1.5)
        for ink in some(two, each_share=0.5)
    }

    assert len(found) == 8


def test_strokes_that_stay_apart_share_the_points_by_their_length() -> None:
    long = [(0.0, y) for y in np.linspace(0.0, 6.0, 50).tolist()]
    short = [(1.0, 0.0), (3.0, 0.0)]

    assert [len(stroke) for stroke in thinned(Ink.from_points([long, short]), 8).strokes] == [6, 2]


@pytest.mark.parametrize("name", DEGENERATE)
def test_of_any_ink_something_is_left(name: str) -> None:
    for ink in some(DEGENERATE[name], each_share=0.5):
        assert ink.bounds.extent <= DEGENERATE[name].bounds.extent
