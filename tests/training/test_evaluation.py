"""Scores are what their names say, against published values and by hand."""

from __future__ import annotations

import json

import numpy as np
import pytest

from digitpad.core.reading import Status
from training.data.datasets import NO_DIGIT
from training.evaluation import Answers, area_under_roc, joined, wilson_interval


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_wilson_interval_is_as_published(
    successes: int, trials: int, low: float, high: float
) -> None:
    """Values: Newcombe 1998, Statistics in Medicine 17, table I, method 3."""
    # When
    interval = wilson_interval(successes, trials)

    # Then
    assert interval == pytest.approx((low, high), abs=5e-5)


def test_the_area_under_roc_counts_pairs_and_half_of_ties() -> None:
    # Given: scores of few values, so that many are equal
    rng = np.random.default_rng(3)
    positive = rng.integers(2, 8, 70) / 10
    negative = rng.integers(0, 6, 40) / 10

    # When
    area = area_under_roc(positive, negative)

    # Then
    pairs = [(p > n) + 0.5 * (p == n) for p in positive for n in negative]
    assert area == pytest.approx(np.mean(pairs))
    assert 0.5 < area < 1.0


def some_answers(labels: list[int], answered: list[int], sure: list[bool]) -> Answers:
    """Answers at 80 %, all of whose readings are 60 % sure where not called sure, else 80 %."""
    probabilities = np.full((len(labels), 10), 0.2 / 9)
    probabilities[np.arange(len(labels)), answered] = 0.8
    return Answers(
        np.array(labels, np.uint8),
        probabilities,
        np.where(sure, 0.8, 0.6),
        tuple(Status.DIGIT if is_sure else Status.UNSURE for is_sure in sure),
        np.roll(probabilities, 1, axis=1),
    )


def test_the_scores_of_a_small_set_are_those_counted_by_hand() -> None:
    # Given: five digits, four right, one of these unsure; two other marks, one called sure
    answers = some_answers(
        [1, 2, 3, 4, 5, NO_DIGIT, NO_DIGIT],
        [1, 2, 3, 4, 9, 0, 0],
        [True, True, True, False, True, True, False],
    )

    # When
    scores = answers.scores()

    # Then
    assert scores["digits"] == 5
    assert scores["accuracy"] == pytest.approx(0.8)
    assert scores["accuracy_interval_95"] == pytest.approx(wilson_interval(4, 5))
    assert scores["accuracy_by_picture"] == 0.0
    assert scores["calibration_error"] == pytest.approx(0.0, abs=1e-12)
    # At 80 %: three of four right; at 60 %: one of one.
    assert scores["reading_calibration_error"] == pytest.approx((4 * 0.05 + 1 * 0.4) / 5)
    assert scores["turned_away"] == pytest.approx(0.2)
    assert scores["accuracy_when_sure"] == pytest.approx(0.75)
    assert scores["other_marks"] == 2
    assert scores["other_marks_called_sure"] == pytest.approx(0.5)
    # Of ten pairs: four sure digits win against one mark and tie with the other, one ties once.
    assert scores["told_apart_auc"] == pytest.approx((4 * 1.5 + 0.5) / 10)


def test_digits_alone_have_no_scores_of_other_marks() -> None:
    # When
    scores = some_answers([1], [1], [True]).scores()

    # Then
    assert "other_marks" not in scores
    assert "told_apart_auc" not in scores


def test_other_marks_alone_have_no_accuracy() -> None:
    # When
    scores = some_answers([NO_DIGIT], [1], [False]).scores()

    # Then
    assert scores == {"digits": 0, "other_marks": 1, "other_marks_called_sure": 0.0}


def test_scores_are_strict_json_even_when_nothing_is_sure() -> None:
    # When
    scores = some_answers([1], [1], [False]).scores()

    # Then
    json.dumps(scores, allow_nan=False)
    assert "accuracy_when_sure" not in scores
    assert scores["turned_away"] == 1.0


def test_sets_are_joined_row_by_row() -> None:
    # Given
    first, second = some_answers([1, 2], [1, 2], [True, True]), some_answers([3], [4], [False])

    # When
    scores = joined(first, second).scores()

    # Then
    assert scores["digits"] == 3
    assert scores["accuracy"] == pytest.approx(2 / 3)
    assert scores["turned_away"] == pytest.approx(1 / 3)
