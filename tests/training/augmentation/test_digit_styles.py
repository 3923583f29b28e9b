"""A template is written differently each time, and stays the digit it is."""

from __future__ import annotations

import numpy as np
import pytest

from digitpad.core.reader import Reader
from training.augmentation.digit_styles import STYLES, DigitStyle, write_digit


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.bundled()


def name_of(style: DigitStyle) -> str:
    return f"{style.label}, way {STYLES.index(style)}"


@pytest.mark.parametrize("style", STYLES, ids=name_of)
def test_the_bundled_network_reads_what_is_written_by_a_template(
    style: DigitStyle, reader: Reader
) -> None:
    # When
    rng = np.random.default_rng(1)
    texts = [reader.read_ink(write_digit(style, rng)).digits[0].digit for _ in range(10)]

    # Then
    assert texts.count(style.label) >= 8


def test_no_two_digits_from_one_template_are_the_same() -> None:
    # When
    rng = np.random.default_rng(2)
    one, other = (write_digit(STYLES[0], rng).strokes[0] for _ in range(2))

    # Then
    assert np.abs(one - other).max() > 0.01


def test_a_doubled_knot_is_a_corner_and_a_single_one_a_bend() -> None:
    # Given
    knots = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0))
    corner = (knots[0], knots[1], knots[1], knots[2])

    # When
    turns = [
        _sharpest_turn(write_digit(DigitStyle(1, (line,)), np.random.default_rng(3)).strokes[0])
        for line in (knots, corner)
    ]

    # Then
    assert turns[0] < 45.0 < 75.0 < turns[1]


def _sharpest_turn(stroke: np.ndarray) -> float:
    """Return the largest change of direction between neighbouring steps, in degrees."""
    steps = np.diff(stroke[:, :2], axis=0)
    angles = np.unwrap(np.arctan2(steps[:, 1], steps[:, 0]))
    return float(np.rad2deg(np.abs(np.diff(angles)).max()))
