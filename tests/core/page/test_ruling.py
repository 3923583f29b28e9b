"""Ruled paper: lines are taken away and the writing on them stays; what the frame cuts is dirt."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from digitpad.core.page.paper import InkOnPaper
from digitpad.core.page.ruling import without_ruling
from digitpad.core.reader import Reader
from tests.pictures import draw_page

SIZE = 900, 700
SPACING = 30


def squared(
    page: Image.Image, level: int = 150, width: int = 2, spacing: int = SPACING
) -> Image.Image:
    """Print squares under the writing, their first lines at `spacing` from the left and top."""
    paper = Image.new("L", page.size, 255)
    pen = ImageDraw.Draw(paper)
    for at in range(spacing, max(page.size), spacing):
        pen.line((0, at, page.width, at), fill=level, width=width)
        pen.line((at, 0, at, page.height), fill=level, width=width)
    return Image.fromarray(np.minimum(np.asarray(page), np.asarray(paper)))


def photographed(page: Image.Image) -> Image.Image:
    """Let the light fall off, and the camera blur the page and add grain."""
    light = np.linspace(1.0, 0.6, page.width)
    blurred = np.asarray(page.filter(ImageFilter.GaussianBlur(0.8)), np.float64) * light
    noisy = blurred + np.random.default_rng(5).normal(0, 2, blurred.shape)
    return Image.fromarray(np.clip(np.rint(noisy), 0, 255).astype(np.uint8))


def test_a_one_that_lies_on_an_upright_line_is_read(reader: Reader) -> None:
    page = draw_page(("20 26",), place=(120, 100))
    at = 8 * SPACING
    ImageDraw.Draw(page).line((at, 100, at, 158), fill=0, width=5)
    assert reader.read_picture(page).text == "20126"

    assert reader.read_picture(photographed(squared(page))).text == "20126"


def test_lines_nearly_as_dark_as_the_writing_take_nothing_of_it(reader: Reader) -> None:
    numbers = "2026", "4751", "8390"
    pale = draw_page(numbers).point([60 + level * 195 // 255 for level in range(256)])

    page = photographed(squared(pale, level=120, spacing=47))

    assert reader.read_picture(page).text == "\n".join(numbers)


def test_narrow_squares_in_which_lines_blur_into_each_other_are_found(reader: Reader) -> None:
    page = squared(draw_page(("4751",)), level=190, spacing=13)
    blurred = photographed(page.filter(ImageFilter.GaussianBlur(1.2)))

    assert reader.read_picture(blurred).text == "4751"


def test_what_the_frame_cuts_off_is_no_writing(reader: Reader) -> None:
    page = draw_page(("4751",))
    pen = ImageDraw.Draw(page)
    pen.rectangle((820, 480, 900, 700), fill=40)
    pen.line((0, 560, 60, 700), fill=0, width=6)

    assert reader.read_picture(photographed(page)).text == "4751"


def test_a_digit_that_the_frame_cuts_off_is_read_with_its_neighbours(reader: Reader) -> None:
    page = photographed(draw_page(("4751",)))
    last = reader.read_picture(page).digits[-1].box
    cut = page.crop((0, 0, int(last.x + 0.8 * last.width), page.height))

    assert len(reader.read_picture(cut).digits) == 4


def test_a_corner_in_shadow_is_no_writing(reader: Reader) -> None:
    page = np.asarray(photographed(squared(draw_page(("4751",)), spacing=47)), np.float64)
    rows, columns = np.indices(page.shape)
    shade = 1 / (1 + np.exp(-(rows + columns - 1250) / 60))
    shadowed = Image.fromarray((page * (1 - 0.7 * shade)).astype(np.uint8))

    assert reader.read_picture(shadowed).text == "4751"


def test_a_line_that_is_a_little_bent_is_taken_away_whole() -> None:
    columns = np.arange(900)
    middle = 300 + 2.5 * np.sin(np.pi * columns / 900)
    apart = np.abs(np.arange(600)[:, None] - middle)
    strength = np.where(apart < 1.5, 90, 0).astype(np.uint8)

    cleaned = without_ruling(InkOnPaper(strength, 1.0, 200.0), may_be_cropped=False)

    assert np.count_nonzero(strength) > 2000
    assert np.count_nonzero(cleaned.strength >= 40) == 0


def test_ink_over_a_line_is_as_dark_as_beside_it() -> None:
    strength = np.zeros((600, 900), np.uint8)
    strength[200:203] = 80
    strength[150:250, 400:408] = 200

    cleaned = without_ruling(InkOnPaper(strength, 1.0, 200.0), may_be_cropped=False).strength

    assert (cleaned[150:250, 400:408] >= 190).all()
    assert np.count_nonzero(cleaned[:, :390]) == 0


def test_lines_that_converge_are_taken_away(reader: Reader) -> None:
    page = squared(draw_page(("2026", "4751", "8390"), place=(200, 150)), spacing=41)
    narrower = 1.0, 0.0, 0.0, 0.0, 1.03, 0.0, 0.00003, 0.00004
    seen = page.transform(
        page.size, Image.Transform.PERSPECTIVE, narrower, Image.Resampling.BICUBIC, fillcolor=255
    )
    cut = photographed(seen).crop((20, 20, 860, 640))

    assert reader.read_picture(cut).text == "2026\n4751\n8390"


def test_digits_below_each_other_are_no_ruling() -> None:
    strength = np.zeros((1200, 900), np.uint8)
    for top in range(20, 1180, 40):
        for left in range(100, 800, 33):
            strength[top : top + 26, left : left + 3] = 200

    cleaned = without_ruling(InkOnPaper(strength, 1.0, 200.0), may_be_cropped=False)

    assert cleaned.angle is None
    assert (cleaned.strength == strength).all()
