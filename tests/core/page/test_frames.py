"""Frames: digits that are written into boxes, combs and tables, or stand on a line."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from digitpad.core.page import frames
from digitpad.core.page.paper import InkOnPaper
from digitpad.core.page.ruling import Cleaned, FrameLines, without_ruling
from digitpad.core.reader import Reader
from digitpad.core.reading import DigitReading
from tests.pictures import draw_page

NUMBERS = ("2026", "4753", "8390")
HEIGHT, GAP = 55, 14
LEFT, TOP = 220, 180
PITCH = 99
"""From one line to the next: `draw_page` makes it 1.8 heights."""
GREY, BLACK = 120, 0

Print = Callable[[ImageDraw.ImageDraw, tuple[int, int, int, int], list[int]], None]
"""Prints a frame around one number, given its box and the middles of its gaps."""
Unframed = tuple[Image.Image, tuple[DigitReading, ...]]
"""A page of NUMBERS and where they lie."""


def boxes(pen: ImageDraw.ImageDraw, box: tuple[int, int, int, int], gaps: list[int]) -> None:
    pen.rectangle(box, outline=GREY, width=2)
    for gap in gaps:
        pen.line((gap, box[1], gap, box[3]), fill=GREY, width=2)


def heavy_boxes(pen: ImageDraw.ImageDraw, box: tuple[int, int, int, int], gaps: list[int]) -> None:
    pen.rectangle(box, outline=BLACK, width=3)
    for gap in gaps:
        pen.line((gap, box[1], gap, box[3]), fill=BLACK, width=3)


def single_boxes(pen: ImageDraw.ImageDraw, box: tuple[int, int, int, int], gaps: list[int]) -> None:
    sides = [box[0], *gaps, box[2]]
    for left, right in itertools.pairwise(sides):
        pen.rectangle((left + 2, box[1], right - 2, box[3]), outline=GREY, width=2)


def comb(pen: ImageDraw.ImageDraw, box: tuple[int, int, int, int], gaps: list[int]) -> None:
    pen.line((box[0], box[3], box[2], box[3]), fill=GREY, width=2)
    for tooth in (box[0], *gaps, box[2]):
        pen.line((tooth, box[3] - HEIGHT // 2, tooth, box[3]), fill=GREY, width=2)


def line(pen: ImageDraw.ImageDraw, box: tuple[int, int, int, int], gaps: list[int]) -> None:
    pen.line((box[0], box[3] - 8, box[2] + 40, box[3] - 8), fill=BLACK, width=2)


def slots(pen: ImageDraw.ImageDraw, box: tuple[int, int, int, int], gaps: list[int]) -> None:
    for left, right in itertools.pairwise([box[0], *gaps, box[2]]):
        pen.line((left + 4, box[3] - 8, right - 4, box[3] - 8), fill=BLACK, width=2)


FRAMES = [boxes, heavy_boxes, single_boxes, comb, line, slots]


@pytest.fixture(scope="module")
def unframed(reader: Reader) -> Unframed:
    page = draw_page(NUMBERS, place=(LEFT, TOP), height=HEIGHT, gap=GAP)
    return page, reader.read_picture(page).digits


def form(unframed: Unframed, print_frame: Print, shift: int = 0) -> Image.Image:
    """Return numbers with a frame printed around each; shifted, digits touch it."""
    page, digits = unframed
    sheet = Image.new("L", page.size, 255)
    pen = ImageDraw.Draw(sheet)
    for number in range(len(NUMBERS)):
        found = [digit.box for digit in digits if digit.line == number]
        gaps = [
            round((one.x + one.width + other.x) / 2) + shift
            for one, other in itertools.pairwise(found)
        ]
        top = TOP + PITCH * number - 12
        right = round(found[-1].x + found[-1].width) + 10
        print_frame(pen, (round(found[0].x) - 10, top, right, top + HEIGHT + 30), gaps)
    return Image.fromarray(np.minimum(np.asarray(page), np.asarray(sheet)))


def photographed(page: Image.Image, degrees: float) -> Image.Image:
    turned = page.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)
    light = np.linspace(1.0, 0.6, page.width)
    blurred = np.asarray(turned.filter(ImageFilter.GaussianBlur(0.8)), np.float64) * light
    noisy = blurred * 0.95 + np.random.default_rng(5).normal(0, 3, blurred.shape)
    return Image.fromarray(np.clip(np.rint(noisy), 0, 255).astype(np.uint8))


@pytest.mark.parametrize("print_frame", FRAMES, ids=lambda frame: frame.__name__)
def test_a_frame_is_not_writing(reader: Reader, unframed: Unframed, print_frame: Print) -> None:
    assert reader.read_picture(form(unframed, print_frame)).text == "\n".join(NUMBERS)


@pytest.mark.parametrize("degrees", [-8, 3])
@pytest.mark.parametrize("print_frame", FRAMES, ids=lambda frame: frame.__name__)
def test_nor_is_it_on_a_photo(
    reader: Reader, unframed: Unframed, print_frame: Print, degrees: float
) -> None:
    photo = photographed(form(unframed, print_frame), degrees)
    assert reader.read_picture(photo).text == "\n".join(NUMBERS)


def test_digits_may_touch_their_boxes(reader: Reader, unframed: Unframed) -> None:
    assert reader.read_picture(form(unframed, boxes, shift=5)).text == "\n".join(NUMBERS)


def test_one_digit_in_a_box_is_read_as_one(reader: Reader) -> None:
    page = draw_page(("5",), (400, 400), height=150, place=(140, 110), width=12)
    ImageDraw.Draw(page).rectangle((90, 70, 310, 320), outline=BLACK, width=3)

    reading = reader.read_picture(page)

    assert [digit.sign for digit in reading.digits] == ["5"]
    assert reader.read_picture(page, single=True).text == "5"


def test_an_empty_form_holds_no_digit(reader: Reader) -> None:
    page = Image.new("L", (900, 700), 255)
    pen = ImageDraw.Draw(page)
    for top in (100, 250, 400):
        boxes(pen, (200, top, 520, top + 80), [280, 360, 440])
    assert not any(digit.sign.isdigit() for digit in reader.read_picture(page).digits)


@pytest.mark.parametrize("thickness", [3, 5, 8])
@pytest.mark.parametrize(("number", "read"), [("2 6", "2?6"), (" 26", "?26")])
def test_a_minus_is_no_frame(reader: Reader, number: str, read: str, thickness: int) -> None:
    # Given a short line in the space, where no digit stands on it
    page = draw_page((number,), (300, 110), place=(20, 25))
    left = 20 + (20 + HEIGHT) * number.index(" ")
    ImageDraw.Draw(page).line((left, 55, left + 35, 55), fill=BLACK, width=thickness)

    # Then it is told, and not as a digit
    assert reader.read_picture(page).text == read


@pytest.mark.parametrize("number", ["0", "4", "7", "2", "1111", "7227", "000"])
def test_strokes_of_digits_are_no_frame(reader: Reader, number: str) -> None:
    page = draw_page((number,), height=90, gap=2, place=(150, 150))
    assert reader.read_picture(page).text == number


def test_of_many_long_lines_few_are_looked_at_as_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    # Given waves, each as wide as the picture
    rows, columns = np.indices((1700, 1700))
    level = rows + 20 * np.sin(columns / 30)
    ink = InkOnPaper(np.where(level % 16 < 4, 255, 0).astype(np.uint8), 0.0, 255.0)
    looked_at = []

    def counted(part: InkOnPaper, may_be_cropped: bool, lines: FrameLines | None) -> Cleaned:
        looked_at.append(part.strength.size)
        return without_ruling(part, may_be_cropped, lines)

    monkeypatch.setattr(frames, "without_ruling", counted)

    # When
    frames.without_frames(ink, 64)

    # Then
    assert 0 < len(looked_at) < 30
