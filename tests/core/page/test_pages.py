"""Pages: lines of digits on paper as people photograph it; and what is no writing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageOps

from digitpad.core.page.page import read_page
from digitpad.core.preprocess import GreyImage
from digitpad.core.reader import Reader
from digitpad.core.reading import EMPTY_READING, Box, DigitReading, Status
from tests.pictures import draw_page, draw_picture, golden_digit

NUMBERS = ("2026", "4751", "8390")


def as_picture(levels: NDArray[np.floating]) -> Image.Image:
    return Image.fromarray(np.clip(np.rint(levels), 0, 255).astype(np.uint8))


def ruled(page: Image.Image, spacing: int = 47, squared: bool = False) -> Image.Image:
    """Print lines across a page, under the writing."""
    paper = Image.new("L", page.size, 255)
    pen = ImageDraw.Draw(paper)
    for at in range(spacing // 2, max(page.size), spacing):
        pen.line((0, at, page.width, at), fill=165, width=2)
        if squared:
            pen.line((at, 0, at, page.height), fill=165, width=2)
    return Image.fromarray(np.minimum(np.asarray(page), np.asarray(paper)))


def lit(page: Image.Image) -> Image.Image:
    """Let the light fall off to one side and a shadow lie over the other."""
    across = np.linspace(1.0, 0.55, page.width)
    down = np.linspace(0.0, 1.0, page.height)[:, None]
    shadow = 1 - 0.4 / (1 + np.exp(-(down - 0.5) / 0.02))
    return as_picture(np.asarray(page) * across * shadow)


def tilted(page: Image.Image, degrees: float) -> Image.Image:
    return page.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)


def photographed(page: Image.Image) -> Image.Image:
    blurred = np.asarray(page.filter(ImageFilter.GaussianBlur(0.8)), np.float64)
    return as_picture(blurred + np.random.default_rng(5).normal(0, 3, blurred.shape))


def test_lines_are_read_from_the_top_and_each_from_the_left(reader: Reader) -> None:
    reading = reader.read(draw_page(NUMBERS))

    assert reading.text == "2026\n4751\n8390"
    assert [digit.line for digit in reading.digits] == [0] * 4 + [1] * 4 + [2] * 4
    for line in range(3):
        lefts = [digit.box.x for digit in reading.digits if digit.line == line]
        assert lefts == sorted(lefts)


@pytest.mark.parametrize("heading", ["96", "9"])
@pytest.mark.parametrize("top", [270, 500])
def test_smaller_digits_below_a_heading_are_a_line_of_their_own(
    reader: Reader, heading: str, top: int
) -> None:
    large = draw_page((heading,), (1000, 800), height=140, place=(100, 80), width=14)
    small = draw_page(("2035",), (1000, 800), height=60, place=(100, top), width=5)

    assert reader.read_picture(ImageChops.darker(large, small)).text == f"{heading}\n2035"


def test_a_scratch_beside_the_writing_is_no_line(reader: Reader) -> None:
    page = draw_page(NUMBERS, height=90)
    ImageDraw.Draw(page).line((700, 620, 712, 655), fill=0, width=5)
    assert reader.read_picture(page).text == "\n".join(NUMBERS)


def hatch(size: int) -> Image.Image:
    rows, columns = np.indices((size, size))
    return Image.fromarray(np.where((rows + columns) % 25 < 4, 0, 255).astype(np.uint8))


def waves(size: int) -> Image.Image:
    rows, columns = np.indices((size, size))
    level = rows + 20 * np.sin(columns / 30)
    return Image.fromarray(np.where(level % 16 < 4, 0, 255).astype(np.uint8))


@pytest.mark.parametrize(("lines", "size", "most"), [(hatch, 1000, 13_500), (waves, 1700, 6_000)])
def test_of_long_lines_side_by_side_few_parts_are_weighed(
    reader: Reader, lines: Callable[[int], Image.Image], size: int, most: int
) -> None:
    # Given lines any parts of which might be digits
    counted = 0

    def read(pixels: GreyImage, box: Box, is_dot: bool) -> DigitReading:
        nonlocal counted
        counted += 1 + round(box.width * box.height) // 2_500
        return reader.read_mark(pixels, box, is_dot)

    # When
    read_page(lines(size), read)

    # Then of large ones, which take longer, fewer are weighed
    assert counted < most


def test_boxes_lie_around_the_digits_in_pixels_of_the_picture(reader: Reader) -> None:
    page = draw_page(("47",), height=60, place=(100, 130))

    first, second = (digit.box for digit in reader.read_picture(page).digits)

    ink = np.asarray(page) < 128
    inside = np.zeros(ink.shape, bool)
    for box in (first, second):
        left, top = int(box.x), int(box.y)
        inside[top : top + int(box.height) + 1, left : left + int(box.width) + 1] = True
    assert not (ink & ~inside).any()
    for box in (first, second):
        assert box.y == pytest.approx(130, abs=6)
        assert box.height == pytest.approx(66, abs=8)


@pytest.mark.parametrize("degrees", [-15, -7, 7, 15])
def test_a_tilted_page_is_read_and_its_boxes_are_where_the_digits_are(
    reader: Reader, degrees: float
) -> None:
    page = tilted(draw_page(NUMBERS, place=(220, 180)), degrees)

    reading = reader.read_picture(page)

    assert reading.text == "\n".join(NUMBERS)
    ink = np.asarray(page) < 128
    for digit in reading.digits:
        box = digit.box
        part = ink[
            int(box.y) : int(box.y + box.height) + 1, int(box.x) : int(box.x + box.width) + 1
        ]
        assert part[0:3].any() and part[-3:].any() and part[:, 0:3].any() and part[:, -3:].any()


def test_uneven_light_and_a_shadow_change_nothing(reader: Reader) -> None:
    assert reader.read_picture(lit(draw_page(NUMBERS))).text == "\n".join(NUMBERS)


@pytest.mark.parametrize("squared", [False, True])
@pytest.mark.parametrize("degrees", [0, 9])
def test_ruling_is_not_writing(reader: Reader, squared: bool, degrees: float) -> None:
    page = tilted(ruled(draw_page(NUMBERS, place=(220, 180)), squared=squared), degrees)
    assert reader.read_picture(photographed(lit(page))).text == "\n".join(NUMBERS)


@pytest.mark.parametrize("digit", "14")
def test_a_digit_from_edge_to_edge_is_not_taken_for_ruling(reader: Reader, digit: str) -> None:
    page = draw_page((digit,), height=120, place=(50, 50))
    cut_out = page.crop(ImageOps.invert(page).getbbox())
    assert reader.read_picture(cut_out).text == digit


@pytest.mark.parametrize("bar", [60, 90])
def test_coloured_digits_below_a_dark_tool_bar_are_read(reader: Reader, bar: int) -> None:
    # Given a picture of a drawing program's window
    red = ImageOps.colorize(draw_page(NUMBERS, (1400, 1050), place=(300, 300)), "red", "white")
    red.paste((50, 50, 50), (0, 0, red.width, bar))

    # Then
    assert reader.read_picture(red).text == "\n".join(NUMBERS)


def test_light_on_dark_is_read_alike(reader: Reader) -> None:
    page = draw_page(NUMBERS)
    assert reader.read_picture(ImageOps.invert(page)).text == reader.read_picture(page).text


def test_digits_that_touch_come_apart(reader: Reader) -> None:
    assert reader.read_picture(draw_page(("3840", "4795"), gap=-2)).text == "3840\n4795"


@pytest.mark.parametrize(("number", "gap"), [("38", 0), ("3840", -3), ("25", -12), ("2026", -12)])
def test_a_clean_picture_of_digits_that_all_touch_is_no_single_digit(
    reader: Reader, number: str, gap: int
) -> None:
    page = draw_page((number,), height=90, gap=gap, place=(150, 150))
    assert reader.read_picture(page).text == number
    assert len(reader.read_picture(page, single=True).digits) == 1


def test_digits_that_touch_lie_where_they_are_in_a_large_picture(reader: Reader) -> None:
    page = draw_page(("38",), height=90, gap=0, place=(150, 150))
    larger = page.resize((page.width * 4, page.height * 4), Image.Resampling.BICUBIC)

    boxes = [digit.box for digit in reader.read_picture(page).digits]
    found = [digit.box for digit in reader.read_picture(larger).digits]

    assert len(boxes) == len(found) == 2
    for small, large in zip(boxes, found, strict=True):
        assert [large.x / 4, large.y / 4, large.width / 4, large.height / 4] == pytest.approx(
            [small.x, small.y, small.width, small.height], abs=3
        )


@pytest.mark.parametrize(
    "letter",
    [
        [(50, 60), (90, 180), (130, 90), (170, 180), (210, 60)],
        [(50, 180), (60, 60), (120, 160), (180, 60), (190, 180)],
        [(60, 180), (60, 60), (190, 180), (190, 60)],
        [(40, 60), (40, 180), (40, 120), (200, 120), (200, 60), (200, 180)],
    ],
    ids="WMNH",
)
def test_a_wide_letter_is_not_taken_apart_into_digits(
    reader: Reader, letter: list[tuple[int, int]]
) -> None:
    page = Image.new("L", (300, 240), 255)
    ImageDraw.Draw(page).line(letter, fill=0, width=8, joint="curve")

    reading = reader.read_picture(page)

    assert (len(reading.digits), reading.status) == (1, Status.NOT_A_DIGIT)


@pytest.mark.parametrize(
    ("number", "gap"),
    [("883", -3), ("7843", -9), ("00", -3), ("2006", -3)],
)
def test_digits_that_run_into_each_other_come_apart(reader: Reader, number: str, gap: int) -> None:
    page = draw_page((number,), height=90, gap=gap, place=(150, 150))
    assert reader.read_picture(page).text == number


@pytest.mark.parametrize("arm", [0.35, 0.45])
def test_a_tick_beside_a_number_is_not_two_digits(reader: Reader, arm: float) -> None:
    # Given a tick whose shorter arm is so tall, in shares of the longer one
    page = draw_page(("4751",), (700, 300), place=(60, 100))
    tick = [(420, 160 - 70 * arm), (440, 160), (485, 90)]
    ImageDraw.Draw(page).line(tick, fill=0, width=6, joint="curve")

    # When
    *number, mark = reader.read_picture(page).digits

    # Then
    assert [digit.digit for digit in number] == [4, 7, 5, 1]
    assert mark.status is not Status.DIGIT


def test_a_bar_apart_from_its_five_belongs_to_it(reader: Reader) -> None:
    page = draw_page(("853",))
    cut = ImageDraw.Draw(page)
    five = reader.read_picture(page).digits[1].box
    at = five.y + 0.18 * five.height
    cut.line((five.x, at, five.x + five.width, at), fill=255, width=5)

    assert reader.read_picture(page).text == "853"


def test_one_digit_on_bad_paper_is_one_digit(reader: Reader) -> None:
    page = draw_page(("6",), size=(300, 260), height=90, place=(90, 80))
    reading = reader.read_picture(photographed(lit(ruled(page))))
    assert (reading.text, len(reading.digits)) == ("6", 1)


def test_with_single_all_is_one_mark(reader: Reader) -> None:
    assert len(reader.read(draw_page(("11",)), single=True).digits) == 1


def test_thousands_of_specks_hide_nothing(reader: Reader) -> None:
    page = np.array(draw_page(NUMBERS))
    rng = np.random.default_rng(2)
    page[rng.integers(0, page.shape[0], 4000), rng.integers(0, page.shape[1], 4000)] = 0
    assert reader.read_picture(Image.fromarray(page)).text == "\n".join(NUMBERS)


def test_a_sheet_of_a_thousand_digits_is_read_line_by_line(reader: Reader) -> None:
    digits = "20264751839016472035918" * 50
    numbers = [digits[25 * line : 25 * line + 25] for line in range(40)]
    sheet = draw_page(numbers, (1300, 1800), height=24, place=(60, 50), gap=16, width=4)

    assert reader.read_picture(sheet).text.split("\n") == numbers


def test_a_page_of_text_is_one_mark(reader: Reader) -> None:
    page = Image.new("L", (1400, 1000), 255)
    pen = ImageDraw.Draw(page)
    words = "sphinx of black quartz, judge my vow; pack my box with jugs " * 2
    for top in range(20, 960, 34):
        pen.text((20, top), words, fill=0, font=ImageFont.load_default(22))

    assert len(reader.read_picture(page).digits) == 1


@pytest.mark.parametrize("level", [0, 90, 255])
def test_a_blank_page_is_empty(reader: Reader, level: int) -> None:
    assert reader.read_picture(Image.new("L", (900, 700), level)) is EMPTY_READING


def test_empty_paper_under_uneven_light_is_empty(reader: Reader) -> None:
    paper = Image.new("L", (900, 700), 240)
    assert reader.read_picture(photographed(lit(paper))) is EMPTY_READING


@pytest.mark.parametrize("squared", [False, True])
@pytest.mark.parametrize("faint", [30, 45, 60])
def test_empty_ruled_paper_is_empty(reader: Reader, squared: bool, faint: int) -> None:
    down, across = np.indices((900, 1200))
    lines = (down % 45 < 2) | (squared & (across % 45 < 2))
    grain = np.random.default_rng(1).normal(0, 2, lines.shape)
    assert reader.read_picture(as_picture(225 - faint * lines + grain)) is EMPTY_READING


@pytest.mark.parametrize("box", [(0, 400, 14, 640), (886, 100, 900, 260), (0, 300, 5, 390)])
def test_what_lies_along_the_frame_of_empty_paper_is_no_digit(
    reader: Reader, box: tuple[int, int, int, int]
) -> None:
    # Given a photo of empty paper, at one side of which something dark looks in
    photo = lit(Image.new("L", (900, 700), 230))
    ImageDraw.Draw(photo).rectangle(box, fill=40)

    # When and then
    assert reader.read_picture(photo) == EMPTY_READING


def test_a_close_picture_of_a_digit_that_the_frame_cuts_off_is_read(reader: Reader) -> None:
    page = draw_page(("7",), (400, 500), height=300, place=(60, 100), width=20)
    dimmed = as_picture(np.asarray(page) * np.linspace(1.0, 0.7, page.width))
    assert reader.read_picture(photographed(dimmed.crop((60, 100, 400, 500)))).text == "7"


@pytest.mark.parametrize(("paper", "flash"), [(180, 50), (170, 60), (220, -100)])
def test_the_spot_of_a_flash_on_empty_paper_is_no_ink(
    reader: Reader, paper: int, flash: int
) -> None:
    down, across = np.mgrid[-0.5:0.5:900j, -0.5:0.5:1200j]
    grain = np.random.default_rng(1).normal(0, 2, down.shape)
    spot = np.exp(-20 * (down**2 + across**2))
    assert reader.read_picture(as_picture(paper + flash * spot + grain)) is EMPTY_READING


def noise(share: float) -> Image.Image:
    """Return black and white dots; `share` of them are white."""
    white = np.random.default_rng(8).random((1600, 2000)) < share
    return Image.fromarray(white.astype(np.uint8) * 255)


def text() -> Image.Image:
    page = Image.new("L", (1600, 2000), 255)
    pen = ImageDraw.Draw(page)
    for top in range(20, 1980, 14):
        pen.text((20, top), "the quick brown fox jumps over the lazy dog " * 5, fill=0)
    return page


ROWS, COLUMNS = np.ogrid[:1600, :2000]
HOSTILE: dict[str, Callable[[], Image.Image]] = {
    "noise": lambda: as_picture(np.random.default_rng(8).uniform(0, 255, (1600, 2000))),
    "black and white noise": lambda: noise(0.5),
    "sparse noise": lambda: noise(0.97),
    "fine checkerboard": lambda: as_picture((ROWS + COLUMNS) % 2 * 255.0),
    "checkerboard": lambda: as_picture((ROWS // 40 + COLUMNS // 40) % 2 * 255.0),
    "stripes": lambda: as_picture(np.tile(ROWS % 7 / 6 * 255.0, 2000)),
    "text": text,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_digit_is_not_read_as_one(reader: Reader, name: str) -> None:
    reading = reader.read_picture(HOSTILE[name]())
    assert reading.status in (Status.EMPTY, Status.NOT_A_DIGIT)


def test_every_shape_of_random_pixels_gets_some_answer(reader: Reader) -> None:
    rng = np.random.default_rng(1)
    for size in ((1, 1), (2, 1), (9, 60), (41, 3), (45, 8), (500, 41), (3, 5000), (64, 64)):
        for share in (0.02, 0.5, 0.98):
            pixels = (rng.random(size[::-1]) < share).astype(np.uint8) * 255
            reader.read_picture(Image.fromarray(pixels))


def test_a_clean_picture_of_one_digit_is_read_as_with_single(reader: Reader) -> None:
    for digit in "0123456789":
        picture = draw_picture(golden_digit(digit))
        assert reader.read_picture(picture) == reader.read_picture(picture, single=True)
