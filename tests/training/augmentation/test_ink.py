"""A drawing written again by another hand is still that drawing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from digitpad.core.ink import Ink
from digitpad.core.preprocess import prepare_ink
from tests.synthetic_ink import digit_ink
from tests.training.samples import CROSS, DEGENERATE, STILL_INK
from training.augmentation.ink import paint_varied, restyled
from training.data.datasets import NO_DIGIT
from training.recipe import InkStyle

STYLED = InkStyle(styled_share=1.0)
PLAIN_ONE = Ink.from_points([[(5.0, 0.0), (5.5, 40.0), (5.0, 100.0)]])


@pytest.mark.parametrize("digit", range(10))
def test_the_same_random_numbers_give_the_same_picture(digit: int) -> None:
    # Given
    ink = digit_ink(digit)

    # When
    first = paint_varied(ink, digit, STYLED, np.random.default_rng(1))
    again = paint_varied(ink, digit, STYLED, np.random.default_rng(1))
    other = paint_varied(ink, digit, STYLED, np.random.default_rng(2))

    # Then
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize("digit", range(10))
def test_without_limits_the_picture_is_the_pads_own(digit: int) -> None:
    # Given
    ink = digit_ink(digit)

    # When
    picture = paint_varied(ink, digit, STILL_INK, np.random.default_rng(3))

    # Then
    np.testing.assert_allclose(picture, prepare_ink(ink), atol=1e-5)


@pytest.mark.parametrize("digit", range(10))
def test_the_recipes_limits_keep_most_of_the_digit(digit: int) -> None:
    # Given
    rng = np.random.default_rng(4)
    ink = digit_ink(digit)
    plain = prepare_ink(ink).ravel()

    # When
    varied = [paint_varied(ink, digit, InkStyle(), rng).ravel() for _ in range(40)]

    # Then
    alike = [np.corrcoef(plain, picture)[0, 1] for picture in varied]
    assert np.median(alike) > 0.35
    assert max(alike) < 0.999


def test_the_drawing_itself_is_left_as_it_was() -> None:
    # Given
    ink = digit_ink(7)
    before = [stroke.copy() for stroke in ink.strokes]

    # When
    for seed in range(20):
        paint_varied(ink, 7, STYLED, np.random.default_rng(seed))

    # Then
    for stroke, old in zip(ink.strokes, before, strict=True):
        np.testing.assert_array_equal(stroke, old)


@pytest.mark.parametrize("seed", range(20))
def test_a_restyled_7_has_a_bar_across_the_middle_of_its_stem(seed: int) -> None:
    # Given
    ink = digit_ink(7)

    # When
    crossed = restyled(ink, 7, np.random.default_rng(seed))

    # Then
    stem, bar = crossed.strokes
    np.testing.assert_array_equal(stem, ink.strokes[0])
    assert bar[0, 0] < bar[-1, 0]
    assert bar[-1, 0] - bar[0, 0] > 2 * abs(bar[-1, 1] - bar[0, 1])
    level = bar[:, 1].mean()
    assert 35.0 < level < 70.0
    on_stem = stem[np.argmin(np.abs(stem[:, 1] - level)), 0]
    assert bar[0, 0] < on_stem < bar[-1, 0]


@pytest.mark.parametrize("upwards", [False, True], ids=["drawn down", "drawn up"])
def test_a_restyled_1_has_a_flag_to_the_left_of_its_top_and_sometimes_a_foot(
    upwards: bool,
) -> None:
    # Given
    points = PLAIN_ONE.strokes[0]
    ink = Ink((points[::-1],)) if upwards else PLAIN_ONE

    # When
    flagged = [restyled(ink, 1, np.random.default_rng(seed)) for seed in range(40)]

    # Then
    for one in flagged:
        tip, top, bottom = one.strokes[0][0], one.strokes[0][1], one.strokes[0][-1]
        np.testing.assert_array_equal(top[:2], [5.0, 0.0])
        np.testing.assert_array_equal(bottom[:2], [5.0, 100.0])
        assert tip[0] < top[0] - 5.0
        assert 5.0 < tip[1] < 50.0
        for foot in one.strokes[1:]:
            np.testing.assert_array_equal(foot[:, 1], [100.0, 100.0])
            assert foot[0, 0] < bottom[0] < foot[-1, 0]
    assert {len(one.strokes) for one in flagged} == {1, 2}


@pytest.mark.parametrize("seed", range(20))
def test_a_restyled_0_has_a_slash_from_upper_right_to_lower_left(seed: int) -> None:
    # Given
    ink = digit_ink(0)

    # When
    _, slash = restyled(ink, 0, np.random.default_rng(seed)).strokes

    # Then
    middle_x, middle_y = 50.0, 50.0
    assert slash[0, 0] > middle_x > slash[-1, 0]
    assert slash[0, 1] < middle_y < slash[-1, 1]


@pytest.mark.parametrize(
    ("ink", "label"),
    [(digit_ink(digit), digit) for digit in (2, 3, 4, 5, 6, 8, 9)]
    + [
        (Ink.from_points([[(0, 0), (60, 0), (20, 100)], [(20, 50), (60, 50)]]), 7),
        (DEGENERATE["horizontal line"], 0),
        (DEGENERATE["horizontal line"], 7),
        (Ink.from_points([[(0, 30), (40, 0), (40, 100)]]), 1),
        (Ink.from_points([[(0, 0), (20, 50), (0, 100), (0, 0)]]), 0),
        (CROSS, NO_DIGIT),
    ],
    ids=[*"2345689", "crossed 7", "flat 0", "flat 7", "flagged 1", "narrow 0", "cross"],
)
def test_what_needs_or_bears_no_new_style_stays_as_it_is(ink: Ink, label: int) -> None:
    # When
    same = restyled(ink, label, np.random.default_rng(5))

    # Then
    assert len(same.strokes) == len(ink.strokes)
    for stroke, old in zip(same.strokes, ink.strokes, strict=True):
        np.testing.assert_array_equal(stroke, old)


def test_styles_come_to_the_asked_share_of_drawings() -> None:
    # Given: nothing varies but the style
    plain = prepare_ink(digit_ink(7))

    def styled(share: float) -> float:
        style = replace(STILL_INK, styled_share=share)
        rng = np.random.default_rng(6)
        pictures = [paint_varied(digit_ink(7), 7, style, rng) for _ in range(200)]
        return float(np.mean([np.abs(picture - plain).max() > 0.1 for picture in pictures]))

    # When / then
    assert styled(0.0) == 0.0
    assert styled(0.3) == pytest.approx(0.3, abs=0.1)
    assert styled(1.0) == 1.0


@pytest.mark.parametrize("label", [0, 1, 7, NO_DIGIT])
@pytest.mark.parametrize("name", DEGENERATE)
def test_ink_without_a_shape_still_makes_a_picture(name: str, label: int) -> None:
    for seed in range(20):
        # When
        picture = paint_varied(DEGENERATE[name], label, STYLED, np.random.default_rng(seed))

        # Then
        assert picture.shape == (28, 28)
        assert np.isfinite(picture).all()
        assert picture.min() >= 0.0
        assert 0.5 < picture.max() <= 1.0


@pytest.mark.parametrize("label", [0, 1, 7, NO_DIGIT])
def test_a_dot_stays_one_dot_in_the_middle(label: int) -> None:
    for seed in range(20):
        # When
        picture = paint_varied(DEGENERATE["one point"], label, STYLED, np.random.default_rng(seed))

        # Then
        rows, columns = np.nonzero(picture)
        assert rows.min() >= 11
        assert rows.max() <= 16
        assert columns.min() >= 11
        assert columns.max() <= 16
