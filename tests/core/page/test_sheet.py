"""Sheets: what is read of a photo that shows the table, too."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageFilter

from digitpad.core.reader import Reader
from digitpad.core.reading import EMPTY_READING, Box
from tests.pictures import draw_page, draw_picture, golden_digit

NUMBERS = ("2026", "4751", "8390")
TABLES = {
    "dark wood": (95, 60, 35),
    "light wood": (205, 170, 125),
    "grey": (120, 120, 122),
    "black": (12, 12, 14),
}
SIZE = (1280, 960)
LYING = ((130, 60), (1190, 100), (1140, 900), (70, 850))
"""The corners of a sheet in a photo, clockwise from the top left."""


def table(colour: Sequence[int]) -> NDArray[np.float64]:
    """Return a grained table."""
    rows, columns = np.indices(SIZE[::-1])
    grain = 1 + 0.12 * np.sin(rows / 9 + columns / 70)
    return np.asarray(grain[..., None] * np.array(colour, np.float64))


def photo_of(
    page: Image.Image,
    corners: Sequence[tuple[float, float]] = LYING,
    colour: Sequence[int] = TABLES["dark wood"],
) -> Image.Image:
    """Lay a page on a table, so that its corners are in given places, and take a photo."""
    flat = [(0, 0), (page.width, 0), page.size, (0, page.height)]
    rows, wanted = [], []
    for (x, y), (u, v) in zip(corners, flat, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -x * u, -y * u], [0, 0, 0, x, y, 1, -x * v, -y * v]]
        wanted += [u, v]
    map_ = np.linalg.solve(np.array(rows, np.float64), np.array(wanted, np.float64)).tolist()
    lying = page.convert("RGBA").transform(
        SIZE, Image.Transform.PERSPECTIVE, map_, Image.Resampling.BICUBIC
    )
    photo = Image.fromarray(np.clip(table(colour), 0, 255).astype(np.uint8))
    photo.paste(lying, (0, 0), lying.getchannel("A"))
    light = np.linspace(1.0, 0.7, SIZE[0])[:, None]
    blurred = np.asarray(photo.filter(ImageFilter.GaussianBlur(0.8)), np.float64) * light
    noisy = blurred + np.random.default_rng(5).normal(0, 3, blurred.shape)
    return Image.fromarray(np.clip(np.rint(noisy), 0, 255).astype(np.uint8))


def turned(degrees: float, share: float = 0.7) -> list[tuple[float, float]]:
    """Return the corners of a sheet that is turned, and smaller than the photo."""
    angle = np.radians(degrees)
    turn = share * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    middle = np.array(SIZE) / 2
    corners = np.array([(0, 0), (SIZE[0], 0), SIZE, (0, SIZE[1])]) - middle
    return [(float(x), float(y)) for x, y in corners @ turn.T + middle]


@pytest.mark.parametrize("colour", TABLES.values(), ids=TABLES.keys())
def test_the_sheet_is_read_and_not_the_table(reader: Reader, colour: Sequence[int]) -> None:
    photo = photo_of(draw_page(NUMBERS, SIZE), colour=colour)
    assert reader.read_picture(photo).text == "\n".join(NUMBERS)


@pytest.mark.parametrize("degrees", [-20, 20])
def test_a_sheet_may_lie_askew(reader: Reader, degrees: float) -> None:
    photo = photo_of(draw_page(NUMBERS, SIZE), turned(degrees))
    assert reader.read_picture(photo).text == "\n".join(NUMBERS)


def test_a_sheet_may_go_on_beyond_the_photo(reader: Reader) -> None:
    # Given a yellow sheet: what lies beyond the photo is as light as the rest, not as its blue
    corners = [(130, 60), (1390, 100), (1370, 1200), (90, 1150)]
    page = draw_page(NUMBERS, (1280, 1400)).convert("RGB")
    yellow = Image.new("RGB", page.size, (250, 240, 160))
    photo = photo_of(ImageChops.multiply(page, yellow), corners)
    assert reader.read_picture(photo).text == "\n".join(NUMBERS)


def test_boxes_lie_around_the_digits_in_the_photo(reader: Reader) -> None:
    # Given a page that lies straight, so that it is only moved
    page = draw_page(("47",), (1000, 700))
    corners = [(140, 130), (1140, 130), (1140, 830), (140, 830)]

    # When
    on_page = reader.read_picture(page).digits
    in_photo = reader.read_picture(photo_of(page, corners)).digits

    # Then
    for flat, lying in zip(on_page, in_photo, strict=True):
        assert _sides(lying.box) == pytest.approx(_sides(flat.box, 140, 130), abs=5)


def _sides(box: Box, right: float = 0.0, down: float = 0.0) -> tuple[float, float, float, float]:
    left, top = box.x + right, box.y + down
    return left, top, left + box.width, top + box.height


def test_a_single_digit_on_a_sheet_is_read_as_one(reader: Reader) -> None:
    photo = photo_of(draw_page(("5",), SIZE, height=300, width=20, place=(400, 250)))
    assert reader.read_picture(photo).text == "5"
    assert reader.read_picture(photo, single=True).text == "5"


def test_an_empty_sheet_on_a_table_is_empty(reader: Reader) -> None:
    photo = photo_of(Image.new("L", SIZE, 245))
    assert reader.read_picture(photo) is EMPTY_READING


def test_what_lies_in_a_sharp_shadow_is_still_on_the_paper(reader: Reader) -> None:
    page = np.asarray(draw_page(NUMBERS, place=(300, 100)), np.float64)
    shade = 1 - 0.55 / (1 + np.exp(-(np.arange(900) - 400) / 2.0))
    photo = Image.fromarray((page * shade).astype(np.uint8))
    assert reader.read_picture(photo).text == "\n".join(NUMBERS)


def test_a_broad_one_that_is_light_on_dark_is_no_sheet(reader: Reader) -> None:
    one = draw_picture(golden_digit("1"), (220, 300), height=200, width=70, paper=0, colour=255)
    bar = Image.new("L", (220, 300), 0)
    bar.paste(255, (75, 25, 145, 275))
    assert reader.read_picture(bar).text == "1"
    assert reader.read_picture(one).text == "1"


@pytest.mark.parametrize("wide", [26, 50])
def test_a_screen_in_a_narrow_dark_frame_on_something_light_is_read(
    reader: Reader, wide: int
) -> None:
    screen = Image.new("L", SIZE, 20)
    inside = SIZE[0] - 2 * wide, SIZE[1] - 2 * wide
    screen.paste(draw_page(NUMBERS, inside), (wide, wide))
    photo = photo_of(screen, turned(4), (225, 222, 215))
    assert reader.read_picture(photo).text == "\n".join(NUMBERS)


def test_what_lies_beyond_two_broad_rulings_is_read_too(reader: Reader) -> None:
    # Given numbers above and between two broad dark lines across all of the photo
    page = np.array(draw_page(NUMBERS, place=(300, 100)), np.float64)
    above_last = int(np.flatnonzero((page < 128).any(axis=1))[-1]) - 85
    page[above_last : above_last + 20] = 30
    page[600:620] = 30
    light = np.linspace(1.0, 0.7, page.shape[1])

    # When
    found = reader.read_picture(Image.fromarray((page * light).astype(np.uint8)))

    # Then
    assert found.text == "\n".join(NUMBERS)


@pytest.mark.parametrize("colour", ["light wood", "grey"])
@pytest.mark.parametrize("wide", [26, 60])
def test_a_dark_screen_in_a_light_frame_is_read_and_not_the_frame(
    reader: Reader, wide: int, colour: str
) -> None:
    # Given
    inside = SIZE[0] - 2 * wide, SIZE[1] - 2 * wide
    screens = [Image.new("L", SIZE, 225) for _ in range(2)]
    screens[0].paste(20, (wide, wide, SIZE[0] - wide, SIZE[1] - wide))
    written = draw_page(NUMBERS, inside).point([230 - level * 210 // 255 for level in range(256)])
    screens[1].paste(written, (wide, wide))

    # When
    blank, read = (
        reader.read_picture(photo_of(screen, turned(4), TABLES[colour])) for screen in screens
    )

    # Then
    assert blank is EMPTY_READING
    assert read.text == "\n".join(NUMBERS)
