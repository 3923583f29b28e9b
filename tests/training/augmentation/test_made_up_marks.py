"""Made-up marks are ink, of every kind, and none is a digit."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from digitpad.core.ink import Ink
from digitpad.core.preprocess import prepare_ink
from training.augmentation.made_up_marks import make_up_mark

MARKS = 600
COMB = Ink.from_points([[(x, 0.0), (x, 10.0)] for x in (0.0, 1.0, 2.0, 3.0, 4.0)])
"""A stand-in for a digit that is known by its five strokes."""
DOT = Ink.from_points([[(5.0, 5.0)]])


def marks(digits: list[Ink], seed: int = 1) -> list[Ink]:
    rng = np.random.default_rng(seed)
    return [make_up_mark(digits, rng) for _ in range(MARKS)]


def kind(mark: Ink) -> str:
    lengths = [len(stroke) for stroke in mark.strokes]
    if len(lengths) == 10:
        return "pair"
    if set(lengths) == {1}:
        return "dots"
    if lengths == [3]:
        return "dash"
    # A blot is hatched from top to bottom, a scribble turns back.
    downwards = np.diff(mark.strokes[0][:, 1]) > 0
    return "blot" if downwards.all() else "scribble"


@pytest.mark.parametrize("digits", [[COMB], [], [DOT]], ids=["digits", "none", "a dot as digit"])
def test_every_mark_is_ink_that_can_be_painted(digits: list[Ink]) -> None:
    for mark in marks(digits):
        assert not mark.is_empty
        assert all(np.isfinite(stroke).all() for stroke in mark.strokes)
        pixels = prepare_ink(mark)
        assert 0.5 < pixels.max() <= 1.0


def test_every_kind_comes_in_its_share() -> None:
    # When
    counts = Counter(kind(mark) for mark in marks([COMB]))

    # Then
    shares = {"dash": 0.2, "dots": 0.1, "scribble": 0.3, "blot": 0.1, "pair": 0.3}
    assert {name: counts[name] / MARKS for name in counts} == pytest.approx(shares, abs=0.06)


def test_without_digits_there_are_no_pairs() -> None:
    assert {kind(mark) for mark in marks([])} == {"dash", "dots", "scribble", "blot"}


def test_the_same_random_numbers_give_the_same_marks() -> None:
    # When
    first, again, other = marks([COMB]), marks([COMB]), marks([COMB], seed=2)

    # Then
    for one, two in zip(first, again, strict=True):
        for stroke, same in zip(one.strokes, two.strokes, strict=True):
            np.testing.assert_array_equal(stroke, same)
    assert any(len(a.strokes) != len(b.strokes) for a, b in zip(first, other, strict=True))


def test_the_digits_of_a_pair_stand_side_by_side() -> None:
    for mark in marks([COMB]):
        if kind(mark) == "pair":
            left, right = Ink(mark.strokes[:5]).bounds, Ink(mark.strokes[5:]).bounds
            assert right.left >= left.right - 1e-9
            assert 0.8 < left.height / right.height < 1.25


def test_a_dash_is_too_flat_to_be_a_1() -> None:
    for mark in marks([]):
        if kind(mark) == "dash":
            line = mark.strokes[0]
            assert abs(line[-1, 1] - line[0, 1]) < 0.5 * abs(line[-1, 0] - line[0, 0])
