"""Lines that wind: the margin of paper that is not flat, and creases, are no digits."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from digitpad.core.page.bent_lines import without_bent_lines
from digitpad.core.page.paper import InkOnPaper
from digitpad.core.reader import Reader
from digitpad.core.reading import EMPTY_READING
from tests.pictures import draw_page

NUMBERS = ("2026", "4751", "8390")
ROWS, COLUMNS = np.indices((700, 900))
BEND = 20 * np.sin(ROWS / 700 * np.pi)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.bundled()


def photo(page: Image.Image, on_line: NDArray[np.bool_], level: int) -> Image.Image:
    """Print lines of some grey under the writing, and take a photo in uneven light."""
    printed = np.where(on_line, level, 255)
    lit = np.minimum(np.asarray(page), printed) * np.linspace(1.0, 0.7, 900)
    blurred = Image.fromarray(lit.astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.8))
    noisy = np.asarray(blurred) + np.random.default_rng(5).normal(0, 2, lit.shape)
    return Image.fromarray(np.clip(np.rint(noisy), 0, 255).astype(np.uint8))


@pytest.mark.parametrize(("level", "apart"), [(60, 0), (120, 0), (120, 9), (160, 9)])
def test_a_bent_margin_is_no_digit(reader: Reader, level: int, apart: int) -> None:
    page = draw_page(NUMBERS)
    right = COLUMNS - 70 - BEND
    margin = (np.abs(right) < 1.5) | (np.abs(right - apart) < 1.5)
    lines = ROWS % 61 < 2

    assert reader.read_picture(photo(page, margin, level)).text == "\n".join(NUMBERS)
    assert reader.read_picture(photo(page, margin | lines, level)).text == "\n".join(NUMBERS)


def test_empty_paper_with_a_bent_margin_is_empty(reader: Reader) -> None:
    page = Image.new("L", (900, 700), 255)
    margin = np.abs(COLUMNS - 70 - BEND) < 1.5

    assert reader.read_picture(photo(page, margin, 120)) is EMPTY_READING
    assert reader.read_picture(photo(page, margin, 120), single=True) is EMPTY_READING


@pytest.mark.parametrize("degrees", [65, 120, 130, 140])
def test_a_crease_at_any_angle_is_no_digit(reader: Reader, degrees: float) -> None:
    turn = np.radians(degrees)
    off = np.cos(turn) * (COLUMNS - 420) + np.sin(turn) * (ROWS - 260)

    creased = photo(draw_page(NUMBERS), np.abs(off) < 2, 90)

    assert reader.read_picture(creased).text == "\n".join(NUMBERS)


def test_a_one_that_lies_along_a_bent_line_stays() -> None:
    strength = np.where(np.abs(COLUMNS - 100 - BEND) < 1.5, 90, 0).astype(np.uint8)
    strength[300:360, 117:123] = 200

    left = without_bent_lines(InkOnPaper(strength, 1.0, 200.0), strength)

    assert (left[300:360, 117:123] == 200).all()
    assert np.count_nonzero(left[:290]) + np.count_nonzero(left[370:]) == 0


def test_a_line_that_ends_within_the_picture_stays() -> None:
    strength = np.where(np.abs(COLUMNS - 100 - BEND) < 1.5, 90, 0).astype(np.uint8)
    strength[:200] = 0
    strength[500:] = 0

    left = without_bent_lines(InkOnPaper(strength, 1.0, 200.0), strength)

    assert (left == strength).all()
