"""Solid ink is no digit, however sure a network is; a thick line is."""

from __future__ import annotations

import numpy as np
import pytest

from digitpad.core.blots import SIDE, are_blots
from digitpad.core.ink import Ink
from digitpad.core.preprocess import prepare_ink
from digitpad.core.reader import Reader
from digitpad.core.reading import Status
from tests.synthetic_ink import digit_ink

ROWS, COLUMNS = np.mgrid[:28, :28]


def block(height: int, width: int) -> np.ndarray:
    picture = np.zeros((28, 28), np.float32)
    picture[14 - height // 2 :, 14 - width // 2 :][:height, :width] = 1.0
    return picture


@pytest.mark.parametrize(
    "picture",
    [
        block(20, 20),
        block(20, 12),
        block(28, 28),
        (np.hypot(ROWS - 13.5, COLUMNS - 13.5) < 10).astype(np.float32),
    ],
    ids=["square", "upright block", "all black", "disc"],
)
def test_solid_ink_is_no_digit(reader: Reader, picture: np.ndarray) -> None:
    reading = reader.read_input(picture)

    assert reading.status is Status.NOT_A_DIGIT
    assert reading.digits[0].is_digit == 0.0


def test_an_area_blackened_by_the_pen_is_no_digit(reader: Reader) -> None:
    hatched = Ink.from_points([[(x, y) for y in range(60) for x in (0.0, 60.0)]])

    assert reader.read_ink(hatched).status is Status.NOT_A_DIGIT


@pytest.mark.parametrize("digit", range(10))
def test_a_digit_of_the_thickest_pen_is_no_blot(digit: int) -> None:
    pixels = prepare_ink(digit_ink(digit), radius=2.5)

    assert not are_blots(pixels[None])[0]


def test_a_square_must_be_whole_and_as_large() -> None:
    holed = block(20, 20)
    holed[8::6, 8::6] = 0.0
    pictures = np.stack([block(SIDE, SIDE), block(SIDE - 1, 20), block(20, SIDE - 1), holed])

    assert are_blots(pictures).tolist() == [True, False, False, False]
