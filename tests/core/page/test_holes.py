"""Punched holes along one side of a sheet, which are no digits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from digitpad.core.reader import Reader
from digitpad.core.reading import EMPTY_READING
from tests.pictures import draw_page

NUMBERS = ("2026", "4751", "8390")


def punched(page: Image.Image, rows: Sequence[int], left: int = 40) -> Image.Image:
    """Punch holes, as tall as digits, through which something dark is seen."""
    copy = page.copy()
    pen = ImageDraw.Draw(copy)
    for row in rows:
        pen.ellipse((left - 27, row - 27, left + 27, row + 27), fill=20)
    return copy


def photographed(page: Image.Image) -> Image.Image:
    """Let the light fall off to one side."""
    blurred = np.asarray(page.filter(ImageFilter.GaussianBlur(1)), np.float64)
    light = blurred * np.linspace(1.0, 0.6, page.width)
    grain = np.random.default_rng(5).normal(0, 2, light.shape)
    return Image.fromarray(np.clip(np.rint(light + grain), 0, 255).astype(np.uint8))


@pytest.mark.parametrize("is_photo", [False, True])
@pytest.mark.parametrize("left", [40, 860])
@pytest.mark.parametrize("rows", [(130, 330), (130, 230, 330, 430)])
def test_punched_holes_beside_digits_are_left_out(
    reader: Reader, is_photo: bool, left: int, rows: Sequence[int]
) -> None:
    page = punched(draw_page(NUMBERS), rows, left)
    reading = reader.read_picture(photographed(page) if is_photo else page)
    assert reading.text == "\n".join(NUMBERS)


@pytest.mark.parametrize("is_photo", [False, True])
def test_a_sheet_with_nothing_but_punched_holes_is_empty(reader: Reader, is_photo: bool) -> None:
    page = punched(Image.new("L", (900, 700), 255), (250, 450))
    assert reader.read_picture(photographed(page) if is_photo else page) is EMPTY_READING


def test_one_digit_beside_punched_holes_is_read(reader: Reader) -> None:
    page = punched(draw_page(("6",), height=90, place=(400, 300)), (250, 450))
    assert reader.read_picture(page).text == "6"


def test_a_disc_among_digits_is_no_hole(reader: Reader) -> None:
    page = punched(draw_page(("20 26",), place=(300, 300)), (330,), 443)
    assert reader.read_picture(page).text == "20?26"


def test_round_zeros_below_each_other_are_no_holes(reader: Reader) -> None:
    page = Image.new("L", (900, 700), 255)
    for row in (150, 350, 550):
        ImageDraw.Draw(page).ellipse((30, row - 30, 82, row + 30), outline=0, width=7)
    assert reader.read_picture(page).text == "0\n0\n0"


@pytest.mark.parametrize("is_on_top", [False, True])
def test_the_holes_and_wires_of_a_binding_are_left_out(reader: Reader, is_on_top: bool) -> None:
    # Given
    page = draw_page(NUMBERS, (700, 700))
    bound = page.transpose(Image.Transpose.TRANSPOSE) if is_on_top else page
    pen = ImageDraw.Draw(bound)
    for row in range(15, 700, 33):
        pen.ellipse((46, row - 8, 62, row + 8), fill=40)
        pen.line((54, row, 22, row + 4), fill=90, width=5)
    if is_on_top:
        bound = bound.transpose(Image.Transpose.TRANSPOSE)

    # When and then
    assert reader.read_picture(photographed(bound)).text == "\n".join(NUMBERS)


def test_digits_below_each_other_are_no_binding(reader: Reader) -> None:
    column = tuple("123456789")
    page = draw_page(column, (500, 700), height=36, place=(40, 20), width=5)
    assert reader.read_picture(photographed(page)).text == "\n".join(column)
