"""The enlarged picture of the network's input, and the colours and signs over it."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from digitpad.core.preprocess import IMAGE_SIZE, prepare_ink
from digitpad.ui.theme import TEXT_CONTRAST, Theme, contrast
from digitpad.ui.understand.legend import Legend
from digitpad.ui.understand.pixel_map import PixelMap
from digitpad.ui.understand.two_ways import TwoWays, shares_of
from digitpad.words import Words
from tests.pictures import golden_digit
from tests.ui.conftest import PALETTES, dark_palette, light_palette, picture_of
from tests.ui.test_painting import both_palettes, count, everywhere, pixels_of

CELL = 10
PIXELS = prepare_ink(golden_digit("7"))
FOR, AGAINST = (10, 5), (20, 9)
"""Row and column of a pixel that speaks for and one that speaks against."""


def weights() -> NDArray[np.float32]:
    found = np.zeros((IMAGE_SIZE, IMAGE_SIZE), np.float32)
    found[FOR], found[AGAINST] = 3.0, -3.0
    return found


@pytest.fixture
def map_(qapp: QApplication) -> PixelMap:
    """A picture of 280 x 280 with its frame."""
    widget = PixelMap(Words("What speaks for the answer"), CELL)
    widget.resize(widget.sizeHint())
    return widget


def cell(pixels: NDArray[np.int64], place: tuple[int, int], ratio: float) -> NDArray[np.int64]:
    """Return the pixels on the screen of one of the network's, which is of whole ones."""
    side = int(CELL * ratio)
    start = round((len(pixels) - side * IMAGE_SIZE) / 2)
    top, left = (start + index * side for index in place)
    return pixels[top + 1 : top + side - 1, left + 1 : left + side - 1]


@everywhere
@both_palettes
def test_what_speaks_has_its_colour_and_its_sign(
    map_: PixelMap, palette: str, ratio: float
) -> None:
    # Given
    map_.setPalette(PALETTES[palette]())
    map_.show_pixels(PIXELS, weights())
    colours = TwoWays.of(Theme.of(map_.palette()))

    # When
    pixels = pixels_of(picture_of(map_, ratio))

    # Then each cell has its hue, and a sign of another colour in it
    for place, hue in ((FOR, colours.speaks_for), (AGAINST, colours.speaks_against)):
        found = cell(pixels, place, ratio)
        assert 0.3 < count(found, hue) / found[..., 0].size < 0.95
    # And a plus is as tall as it is wide, a minus is not
    heights = []
    for place, hue in ((FOR, colours.speaks_for), (AGAINST, colours.speaks_against)):
        rgb = [hue.red(), hue.green(), hue.blue()]
        rows, columns = np.nonzero(np.abs(cell(pixels, place, ratio) - rgb).max(axis=2) > 60)
        heights.append(np.ptp(rows) / np.ptp(columns))
    assert heights[0] > 0.8
    assert heights[1] < 0.5


@both_palettes
def test_the_two_hues_stand_out_and_differ_without_red_and_green(
    qapp: QApplication, palette: str
) -> None:
    theme = Theme.of(PALETTES[palette]())
    colours = TwoWays.of(theme)
    for hue in (colours.speaks_for, colours.speaks_against):
        assert contrast(hue, theme.paper) >= TEXT_CONTRAST
    # What is left to an eye without red and green: blue against the rest
    assert colours.speaks_for.blue() > colours.speaks_for.red()
    assert colours.speaks_against.blue() < colours.speaks_against.red()


def test_a_weak_pixel_bears_no_sign(map_: PixelMap) -> None:
    weak = weights()
    weak[FOR] = 0.3
    map_.show_pixels(np.zeros_like(PIXELS), weak)
    found = cell(pixels_of(picture_of(map_, 1.0)), FOR, 1.0)
    assert len(np.unique(found.reshape(-1, 3), axis=0)) == 1


def test_ink_without_weights_is_only_shown(map_: PixelMap) -> None:
    map_.show_pixels(PIXELS)
    pixels = pixels_of(picture_of(map_, 1.0))
    assert (np.ptp(pixels, axis=2) < 3).all()


def test_ink_is_shown_on_what_is_see_through_too(map_: PixelMap) -> None:
    # Given a surface like that of a window with an alpha channel
    image = QImage(map_.size(), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)

    # When
    map_.setPalette(light_palette())
    map_.show_pixels(PIXELS)
    map_.render(image)

    # Then nothing shines through, and there is ink
    assert (np.frombuffer(image.constBits(), np.uint8)[3::4] == 255).all()
    assert count(pixels_of(image), QColor("black")) > 0.03 * image.width() * image.height()


def test_at_rest_there_are_words_and_no_picture(map_: PixelMap) -> None:
    # Given a picture that was shown
    blank = PixelMap(Words("Empty"), CELL)
    blank.resize(map_.size())
    map_.show_pixels(PIXELS, weights())
    shown = pixels_of(picture_of(map_, 1.0))

    # When
    map_.rest("Draw a digit")
    pixels = pixels_of(picture_of(map_, 1.0))

    # Then
    assert map_.pixels is None
    assert not np.array_equal(pixels, shown)
    assert not np.array_equal(pixels, pixels_of(picture_of(blank, 1.0)))
    map_.rest()
    assert np.array_equal(pixels_of(picture_of(map_, 1.0)), pixels_of(picture_of(blank, 1.0)))


def test_another_theme_is_followed(map_: PixelMap) -> None:
    map_.setPalette(light_palette())
    map_.show_pixels(PIXELS)
    map_.setPalette(dark_palette())
    paper = dark_palette().base().color()
    assert count(pixels_of(picture_of(map_, 1.0)), paper) > 20_000


@pytest.mark.parametrize("size", [(60, 300), (300, 60), (15, 15), (700, 700)])
def test_the_picture_stays_square_at_any_size(map_: PixelMap, size: tuple[int, int]) -> None:
    map_.setPalette(light_palette())
    map_.resize(*size)
    map_.show_pixels(np.ones_like(PIXELS))
    ink = light_palette().text().color()
    pixels = pixels_of(picture_of(map_, 1.0))
    rows, columns = np.nonzero(np.abs(pixels - [ink.red()] * 3).max(axis=2) < 3)
    assert np.ptp(rows) == np.ptp(columns)
    assert np.ptp(rows) + 1 <= min(size)


@pytest.mark.parametrize("bad", [0.0, np.nan, np.inf])
def test_weights_that_say_nothing_colour_nothing(bad: float) -> None:
    assert not shares_of(np.full((28, 28), bad, np.float32)).any()


def test_the_legend_tells_what_the_signs_mean(qapp: QApplication) -> None:
    legend = Legend()
    legend.setPalette(light_palette())
    legend.show_ends("speaks for 1", "speaks for 7")
    legend.resize(300, legend.sizeHint().height())
    assert legend.accessibleDescription() == (
        "Orange and minus: speaks for 1. Blue and plus: speaks for 7."
    )
    pixels = pixels_of(picture_of(legend, 1.0))
    colours = TwoWays.of(Theme.of(legend.palette()))
    left, right = pixels[:, :30], pixels[:, -30:]
    assert count(left, colours.speaks_against, 40) > count(right, colours.speaks_against, 40)
    assert count(right, colours.speaks_for, 40) > count(left, colours.speaks_for, 40)
    assert QColor(*pixels[3, 150]).saturation() < 40
