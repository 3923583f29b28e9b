"""Written in another way, a drawing keeps its picture but for lines that join strokes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from digitpad.core.ink import Ink
from digitpad.core.preprocess import prepare_ink
from tests.synthetic_ink import DIGITS, digit_ink
from training.augmentation.stroke_order import MOST_PARTS, rewrite
from training.recipe import TrajectoryRecipe

NEVER = TrajectoryRecipe(
    joined_share=0.0,
    parted_share=0.0,
    touched_up_share=0.0,
    retraced_share=0.0,
    reordered_share=0.0,
    reversed_share=0.0,
)
FOUR = digit_ink(4)
MANY = Ink.from_points([[(float(x), 0.0), (float(x), 1.0)] for x in range(9)])


def rewritten(ink: Ink, seed: int = 4, **shares: float) -> Ink:
    """Return ink changed with these shares and no other."""
    recipe: TrajectoryRecipe = replace(NEVER, **shares)  # type: ignore[arg-type]
    return rewrite(ink, recipe, np.random.default_rng(seed))


def lists(ink: Ink) -> list[list[list[float]]]:
    """Return all points of all strokes."""
    return [stroke.tolist() for stroke in ink.strokes]


def test_with_no_share_nothing_changes() -> None:
    assert lists(rewritten(FOUR)) == lists(FOUR)


def test_strokes_run_the_other_way() -> None:
    assert lists(rewritten(FOUR, reversed_share=1.0)) == [line[::-1] for line in lists(FOUR)]


def test_two_strokes_become_one() -> None:
    assert lists(rewritten(FOUR, joined_share=1.0)) == [[*lists(FOUR)[0], *lists(FOUR)[1]]]
    assert lists(rewritten(digit_ink(0), joined_share=1.0)) == lists(digit_ink(0))


@pytest.mark.parametrize("seed", range(6))
def test_a_parted_stroke_is_what_it_was_when_its_parts_are_joined(seed: int) -> None:
    (whole,) = digit_ink(0).strokes

    parts = rewritten(digit_ink(0), seed, parted_share=1.0).strokes

    assert 1 <= len(parts) <= MOST_PARTS
    assert all(len(part) >= 2 for part in parts)
    again = np.vstack([parts[0], *(part[1:] for part in parts[1:])])
    np.testing.assert_array_equal(again, whole)


def test_a_dot_cannot_be_parted_and_can_be_drawn_over() -> None:
    dot = Ink.from_points([[(1.0, 2.0)]])

    assert lists(rewritten(dot, parted_share=1.0)) == lists(dot)
    assert lists(rewritten(dot, touched_up_share=1.0)) == lists(dot) * 2


def test_a_piece_is_drawn_over_once_more() -> None:
    drawn = lists(rewritten(FOUR, touched_up_share=1.0))

    assert drawn[:-1] == lists(FOUR)
    assert any(all(point in stroke for point in drawn[-1]) for stroke in lists(FOUR))


def test_everything_is_drawn_over_or_there_and_back() -> None:
    ways = [lists(rewritten(FOUR, seed, retraced_share=1.0)) for seed in range(8)]

    again = lists(FOUR) * 2
    back = [stroke + stroke[::-1] for stroke in lists(FOUR)]
    assert all(way in (again, back) for way in ways)
    assert again in ways
    assert back in ways


def test_strokes_come_in_another_order() -> None:
    other = lists(rewritten(MANY, reordered_share=1.0))

    assert other != lists(MANY)
    assert sorted(other) == sorted(lists(MANY))


@pytest.mark.parametrize("digit", DIGITS)
def test_the_picture_stays_where_no_strokes_are_joined(digit: int) -> None:
    ink = digit_ink(digit)

    other = rewritten(ink, parted_share=1.0, reversed_share=0.5, reordered_share=1.0)

    np.testing.assert_allclose(prepare_ink(other), prepare_ink(ink), atol=1e-5)
