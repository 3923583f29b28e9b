"""Squared paper in colours, photographed while it is bent: its squares are no digits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageFilter

from digitpad.core.reader import Reader
from tests.pictures import draw_page

NUMBERS = ("2026", "4751")
PAPER = (250, 248, 240)
INKS = {"red": (185, 35, 45), "pencil": (95, 95, 98)}
SQUARES = {"red": (225, 140, 140), "blue": (135, 165, 215)}


def bent_page(ink: str, squares: str, numbers: Sequence[str] = NUMBERS) -> Image.Image:
    """Write on squares that are bent by more than they are known to be, and take a photo."""
    writing = np.asarray(draw_page(numbers, place=(200.0, 200.0)), np.float64) / 255
    rows, columns = np.indices(writing.shape)
    on_line = np.zeros(writing.shape, bool)
    for along, across in ((rows, columns), (columns, rows)):
        bend = 14 * np.sin(across / across.max() * np.pi)
        on_line |= (along + bend) % 46 < 2.5
    page = np.where(on_line[..., None], SQUARES[squares], PAPER).astype(np.float64)
    page = np.minimum(page, 255 - (1 - writing[..., None]) * (255 - np.array(INKS[ink])))
    photo = Image.fromarray((page * np.linspace(1.0, 0.7, 900)[:, None]).astype(np.uint8))
    blurred = np.asarray(photo.filter(ImageFilter.GaussianBlur(0.8)), np.float64)
    noisy = blurred + np.random.default_rng(5).normal(0, 2, blurred.shape)
    return Image.fromarray(np.clip(np.rint(noisy), 0, 255).astype(np.uint8))


@pytest.mark.parametrize(
    ("ink", "squares"), [("red", "blue"), ("pencil", "red"), ("pencil", "blue")]
)
def test_squares_that_are_bent_are_told_from_ink_by_their_colour(
    reader: Reader, ink: str, squares: str
) -> None:
    assert reader.read_picture(bent_page(ink, squares)).text == "\n".join(NUMBERS)


def test_one_digit_on_such_squares_is_read_as_one(reader: Reader) -> None:
    photo = bent_page("pencil", "blue", ("5",))
    assert reader.read_picture(photo, single=True).text == "5"
