"""Choices are learned from what was right among several, however many each had."""

from __future__ import annotations

import numpy as np

from training.choice_fit import fit_choices


def test_the_weights_behind_choices_are_found_again() -> None:
    # Given
    rng = np.random.default_rng(1)
    wanted = np.array([1.5, -0.5, 0.0])
    choices = [rng.normal(0.0, 1.0, (rng.integers(2, 7), 3)) for _ in range(6_000)]
    right = [int((choice @ wanted + rng.gumbel(size=len(choice))).argmax()) for choice in choices]

    # When
    found = fit_choices(choices, right, penalty=0.1)

    # Then
    np.testing.assert_allclose(found, wanted, atol=0.1)


def test_a_penalty_keeps_weights_small() -> None:
    choices = [np.array([[1.0], [0.0]])] * 3

    loose, strict = (fit_choices(choices, [0, 0, 0], penalty)[0] for penalty in (0.01, 10.0))

    assert 0.0 < strict < 0.2 < 3.0 < loose < 10.0
