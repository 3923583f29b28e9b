"""Picture and trajectory count as much as each deserves on validation ink."""

from __future__ import annotations

import numpy as np
import pytest

from tests.training.samples import ink_set, small_recipe
from training.data.datasets import NO_DIGIT
from training.witnesses import Statements, and_rewritten, weigh

COUNT = 4_000


def said(rng: np.random.Generator, of_picture: float, of_trajectory: float) -> Statements:
    """Return what witnesses say who are independent, each with a factor put on its logits.

    Digits and other marks are drawn from the odds that both together give.
    """
    logits = rng.normal(0.0, 1.0, (2, COUNT, 10))
    odds = rng.normal(0.0, 2.0, (2, COUNT))
    together = logits.sum(axis=0) + rng.gumbel(size=(COUNT, 10))
    labels = together.argmax(axis=1)
    is_digit = odds.sum(axis=0) + 0.5 + rng.logistic(size=COUNT) > 0
    labels[~is_digit] = NO_DIGIT
    return Statements(
        labels.astype(np.uint8),
        (logits[0] / of_picture, logits[1] / of_trajectory),
        (odds[0] / of_picture, odds[1] / of_trajectory),
    )


@pytest.mark.parametrize(("of_picture", "of_trajectory"), [(1.0, 1.0), (2.0, 0.5)])
def test_what_a_witness_exaggerates_is_taken_back(of_picture: float, of_trajectory: float) -> None:
    digits, is_digit = weigh(said(np.random.default_rng(2), of_picture, of_trajectory))

    assert digits.picture == pytest.approx(of_picture, rel=0.15)
    assert digits.trajectory == pytest.approx(of_trajectory, rel=0.15)
    assert digits.bias == 0.0
    assert is_digit.picture == pytest.approx(of_picture, rel=0.15)
    assert is_digit.trajectory == pytest.approx(of_trajectory, rel=0.15)
    assert is_digit.bias == pytest.approx(0.5, abs=0.15)


def test_few_that_are_told_apart_without_a_mistake_give_finite_weights() -> None:
    logits = 9.0 * np.eye(10)[:4]
    odds = np.array([9.0, 9.0, 9.0, -9.0])
    labels = np.array([0, 1, 2, NO_DIGIT], np.uint8)

    found = weigh(Statements(labels, (logits, logits), (odds, odds)))

    weights = [found[0].picture, found[0].trajectory, found[1].picture, found[1].trajectory]
    assert all(0.0 < weight < 10.0 for weight in weights)


def test_ink_is_weighed_as_it_is_and_written_in_another_way() -> None:
    ink = ink_set([4, 7, NO_DIGIT] * 20)

    twice = and_rewritten(ink, small_recipe())

    assert twice.inks[:60] == ink.inks
    assert len(twice) == 120
    assert twice.labels.tolist() == ink.labels.tolist() * 2
    again = zip(ink.inks, twice.inks[60:], strict=True)
    changed = sum(len(one.strokes) != len(other.strokes) for one, other in again)
    assert 0 < changed < 30
