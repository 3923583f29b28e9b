"""How a digit was written has its say beside its picture, and a picture alone has none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from digitpad.core.ink import Ink, stroke_from_array
from digitpad.core.model_file import ModelFileError, load_model
from digitpad.core.network import softmax
from digitpad.core.preprocess import prepare_ink
from digitpad.core.reader import Reader
from digitpad.core.reading import Status
from tests.small_models import save_trajectory_model
from tests.synthetic_ink import DIGITS, digit_ink, varied

LINES = [[(0.0, 0.0), (0.0, 2.0)], [(0.0, 0.9), (1.0, 1.0)], [(0.5, 0.0), (0.5, 2.0)]]
ONE, TWO, THREE = (Ink.from_points(LINES[:count]) for count in (1, 2, 3))
EVEN = [0.0] * 4 + [5.0] + [0.0] * 4 + [5.0]
"""Logits between 4 and 9."""


def reader(folder: Path, **changes: Any) -> Reader:
    """Return a reader that cannot tell a 4 from a 9 by its picture."""
    return Reader.from_file(save_trajectory_model(folder / "a.npz", EVEN, **changes))


@pytest.mark.parametrize(("ink", "digit"), [(ONE, 9), (TWO, 4)])
@pytest.mark.parametrize("single", [True, False])
def test_what_looks_like_either_is_what_it_was_written_like(
    ink: Ink, digit: int, single: bool, tmp_path: Path
) -> None:
    # When
    found = reader(tmp_path).read(ink, single=single).digits[0]

    # Then: by two logits; the picture's share stays what it was
    assert found.digit == digit
    expected = np.array(EVEN)
    expected[digit] += 2.0
    np.testing.assert_allclose(found.probabilities, softmax(expected), atol=1e-6)
    np.testing.assert_allclose(found.by_picture, softmax(np.array(EVEN)), atol=1e-6)


def test_many_inks_are_each_read_by_their_own_trajectory(tmp_path: Path) -> None:
    inks = [ONE, TWO, THREE] * 5

    found = reader(tmp_path).read_many(inks, single=True)

    assert [reading.text for reading in found] == ["9", "4", "4"] * 5
    is_digit = [reading.digits[0].is_digit > 0.5 for reading in found]
    assert is_digit == [True, True, False] * 5


def test_what_is_written_as_no_digit_is_none(tmp_path: Path) -> None:
    readings = [reader(tmp_path).read_ink(ink) for ink in (ONE, THREE)]

    assert readings[0].digits[0].is_digit > 0.9
    assert readings[1].digits[0].is_digit < 0.1
    assert readings[1].status is Status.NOT_A_DIGIT


def test_pixels_have_no_trajectory(tmp_path: Path) -> None:
    found = reader(tmp_path).read_input(prepare_ink(TWO)).digits[0]

    assert found.probabilities == found.by_picture
    np.testing.assert_allclose(found.probabilities, softmax(np.array(EVEN)), atol=1e-6)


def test_the_file_says_how_much_each_counts(tmp_path: Path) -> None:
    weights = {"picture": 0.5, "trajectory": 3.0, "bias": 0.0}

    found = reader(tmp_path, digits=weights).read_ink(TWO).digits[0]

    expected = 0.5 * np.array(EVEN)
    expected[4] += 6.0
    np.testing.assert_allclose(found.probabilities, softmax(expected), atol=1e-6)


@pytest.mark.parametrize(
    "changes",
    [
        {"input_shape": [7]},
        {"layers": []},
        {"kinds": [*map(str, range(10)), "1"]},
        {"kinds": ["0", *"abcdefghij"]},
        {"digits": {"picture": 1.0}},
        {"digits": {"picture": "much", "trajectory": 1.0}},
        {"digits": {"picture": float("nan"), "trajectory": 1.0}},
        {"is_digit": {"picture": 1.0, "trajectory": 1e9, "bias": 0.0}},
        {"is_digit": None},
    ],
    ids=lambda changes: str(changes)[:40],
)
def test_a_trajectory_network_that_cannot_be_used_is_one_sentence(
    changes: dict[str, Any], tmp_path: Path
) -> None:
    path = save_trajectory_model(tmp_path / "a.npz", EVEN, **changes)

    with pytest.raises(ModelFileError) as caught:
        load_model(path)

    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def backwards(ink: Ink) -> Ink:
    """Return the same lines, the last first and each from its other end."""
    return Ink(tuple(stroke_from_array(stroke[::-1]) for stroke in ink.strokes[::-1]))


def there_and_back(ink: Ink) -> Ink:
    """Return lines that the pen went back along before it was lifted."""
    return Ink(tuple(stroke_from_array(np.vstack([s, s[::-1]])) for s in ink.strokes))


def in_pieces(ink: Ink) -> Ink:
    """Return lines whose pen was lifted twice in the middle of each."""
    cuts = [
        (s, len(s) * part // 3, len(s) * (part + 1) // 3) for s in ink.strokes for part in range(3)
    ]
    return Ink(tuple(stroke_from_array(s[start : stop + 1]) for s, start, stop in cuts))


def twice(ink: Ink) -> Ink:
    """Return a drawing that was drawn over once more."""
    return Ink((*ink.strokes, *ink.strokes))


@pytest.mark.parametrize("way", [backwards, there_and_back, in_pieces, twice])
def test_a_careful_digit_is_surely_read_in_whatever_way_it_was_written(
    way: Callable[[Ink], Ink], bundled: Reader
) -> None:
    rng = np.random.default_rng(5)
    digits = [digit for digit in DIGITS for _ in range(10)]

    readings = [bundled.read_ink(way(varied(digit_ink(digit), rng))) for digit in digits]

    assert [reading.text for reading in readings] == [str(digit) for digit in digits]
    assert all(reading.status is Status.DIGIT for reading in readings)
