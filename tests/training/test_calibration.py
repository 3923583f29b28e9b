"""Confidences mean what they say."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from digitpad.core.network import softmax
from training.calibration import (
    expected_calibration_error,
    fit_prior,
    fit_temperature,
)


@pytest.mark.parametrize("temperature", [0.4, 1.0, 2.5])
def test_the_temperature_of_too_sure_or_unsure_logits_is_found(temperature: float) -> None:
    # Given: labels drawn from the probabilities of logits, then the logits stretched
    rng = np.random.default_rng(1)
    logits = rng.normal(0.0, 2.0, (20_000, 10))
    # The largest of logits with Gumbel noise is a draw from their softmax.
    labels = (logits + rng.gumbel(size=logits.shape)).argmax(axis=1).astype(np.uint8)

    # When
    found = fit_temperature((logits * temperature).astype(np.float32), labels)

    # Then
    assert found == pytest.approx(temperature, rel=0.03)
    assert expected_calibration_error(
        softmax((logits * temperature).astype(np.float32), found), labels
    ) == pytest.approx(0.0, abs=0.015)


def answers(
    confidence: float, right: int, wrong: int
) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    """Probabilities of digit 0 with `confidence`, and labels of which `right` are 0."""
    count = right + wrong
    probabilities = np.full((count, 10), (1.0 - confidence) / 9)
    probabilities[:, 0] = confidence
    return probabilities, np.repeat(np.array([0, 1], np.uint8), [right, wrong])


def test_the_calibration_error_of_honest_answers_is_zero() -> None:
    # Given: four of five right at 80 %, nine of ten at 90 %
    at_80, of_80 = answers(0.8, 40, 10)
    at_90, of_90 = answers(0.9, 90, 10)

    # When
    error = expected_calibration_error(np.vstack([at_80, at_90]), np.append(of_80, of_90))

    # Then
    assert error == pytest.approx(0.0, abs=1e-12)


def test_the_calibration_error_is_the_mean_gap_weighted_by_size() -> None:
    # Given: 50 answers too sure by 0.1, 100 too modest by 0.4
    at_90, of_90 = answers(0.9, 40, 10)
    at_60, of_60 = answers(0.6, 100, 0)

    # When
    error = expected_calibration_error(np.vstack([at_90, at_60]), np.append(of_90, of_60))

    # Then
    assert error == pytest.approx((50 * 0.1 + 100 * 0.4) / 150)


def test_gaps_in_opposite_directions_do_not_cancel() -> None:
    # Given
    too_sure, of_sure = answers(0.95, 85, 15)
    too_modest, of_modest = answers(0.5, 60, 40)

    # When
    error = expected_calibration_error(
        np.vstack([too_sure, too_modest]), np.append(of_sure, of_modest)
    )

    # Then
    assert error == pytest.approx(0.1)


def test_full_confidence_counts_in_the_last_bin() -> None:
    # Given
    probabilities, labels = answers(1.0, 3, 1)

    # When / then
    assert expected_calibration_error(probabilities, labels) == pytest.approx(0.25)


def test_confidences_of_the_whole_reading_take_the_place_of_the_largest_probability() -> None:
    # Given
    probabilities, labels = answers(0.99, 70, 30)

    # When
    error = expected_calibration_error(probabilities, labels, np.full(100, 0.65))

    # Then
    assert error == pytest.approx(0.05)


def test_the_prior_leaves_three_digits_of_a_thousand_under_even_odds() -> None:
    # Given: most digits read with certainty, ten of a thousand held for no digit
    rng = np.random.default_rng(2)
    digit = rng.uniform(0.9, 1.0, 1000)
    is_digit = rng.permutation(np.concatenate([np.linspace(0.05, 0.45, 10), np.full(990, 0.999)]))

    # When
    prior = fit_prior(digit, digit * is_digit)

    # Then
    odds = is_digit / (1.0 - is_digit) * np.exp(prior)
    assert (digit * odds / (1.0 + odds) < 0.5 - 1e-9).sum() == 3


def test_the_prior_does_not_speak_for_other_marks() -> None:
    digit = np.full(1000, 0.99)

    assert fit_prior(digit, 0.98 * digit) == 0.0


def test_digits_whose_ten_probabilities_leave_it_open_do_not_move_the_prior() -> None:
    # Given: two of a thousand that no prior can help
    digit = np.concatenate([[0.4, 0.3], np.full(998, 0.99)])
    is_digit = np.concatenate([[0.9, 0.9], np.linspace(0.2, 0.4, 3), np.full(995, 0.999)])

    # When
    prior = fit_prior(digit, digit * is_digit)

    # Then: one more may stay under even odds
    odds = is_digit / (1.0 - is_digit) * np.exp(prior)
    assert (digit * odds / (1.0 + odds) < 0.5 - 1e-9).sum() == 3
