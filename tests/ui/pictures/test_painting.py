"""What is painted over a picture: readable on dark and light, at one and two device pixels."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QApplication

from digitpad.core.corrections import Mark
from digitpad.core.picture_levels import picture_levels
from digitpad.core.reading import NO_DIGIT, Box, Status
from digitpad.ui.flat_button import FlatButton
from digitpad.ui.pictures.tags import tag_of
from digitpad.ui.pictures.view import PictureView
from digitpad.ui.theme import SIGN_CONTRAST, TEXT_CONTRAST
from tests.ui.conftest import PALETTES, picture_of
from tests.ui.pictures.conftest import digit_reading
from tests.ui.test_painting import Pixels, part, pixels_of

RATIOS = [1.0, 1.25, 2.0]
everywhere = pytest.mark.parametrize("ratio", RATIOS)
on_any_ground = pytest.mark.parametrize("grey", [0, 60, 128, 200, 255])

BOX = Box(140, 80, 60, 90)


@pytest.fixture
def view(qapp: QApplication) -> Iterator[PictureView]:
    view = PictureView()
    view.setPalette(PALETTES["light"]())
    view.resize(500, 420)
    yield view
    view.deleteLater()


def show_plain(view: PictureView, grey: int, *marks: Mark) -> None:
    """Show a picture of one grey with these marks."""
    view.show_picture(picture_levels(Image.new("L", (400, 300), grey)))
    view.show_tags([tag_of(mark) for mark in marks])


def luminance(pixels: Pixels) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Return WCAG's relative luminance of each pixel."""
    share = pixels / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def contrast_within(pixels: Pixels) -> float:
    bright = luminance(pixels)
    return float((bright.max() + 0.05) / (bright.min() + 0.05))


@everywhere
@on_any_ground
@pytest.mark.parametrize(
    "mark",
    [
        Mark(digit_reading(7, BOX)),
        Mark(digit_reading(7, BOX, status=Status.UNSURE)),
        Mark(digit_reading(7, BOX, status=Status.NOT_A_DIGIT)),
        Mark(digit_reading(7, BOX), "1"),
        Mark(digit_reading(7, BOX), NO_DIGIT),
    ],
    ids=["sure", "unsure", "no digit", "told", "left out"],
)
def test_box_and_tag_stand_out_from_any_picture(
    view: PictureView, grey: int, ratio: float, mark: Mark
) -> None:
    # Given a picture of one grey
    show_plain(view, grey, mark)

    # When
    pixels = pixels_of(picture_of(view, ratio))

    # Then the line beside the digit, and the tag above, hold dark and light, whatever is beneath
    area = view.area_of(0)
    beside = QRectF(area.right() - 2, area.top(), 9, area.height())
    above = QRectF(area.left(), area.top() - 22, area.width(), 18)
    for place, least in ((beside, SIGN_CONTRAST), (above, TEXT_CONTRAST)):
        assert contrast_within(part(pixels, place.toRect(), ratio)) >= least
    # And what is inside of the box is left as it is
    inside = part(pixels, area.adjusted(8, 8, -8, -8).toRect(), ratio)
    assert np.unique(inside).tolist() == [grey]


def test_each_kind_of_mark_is_painted_in_its_own_shape(view: PictureView) -> None:
    # Given one mark of each kind, with the same digit
    marks = [
        Mark(digit_reading(7, BOX)),
        Mark(digit_reading(7, BOX, status=Status.UNSURE)),
        Mark(digit_reading(7, BOX, status=Status.NOT_A_DIGIT)),
        Mark(digit_reading(1, BOX), "7"),
    ]

    # When they are painted, and only light and dark told apart
    shapes = []
    for mark in marks:
        show_plain(view, 255, mark)
        shapes.append(luminance(pixels_of(picture_of(view, 1.0))) > 0.4)

    # Then each differs from the others
    for number, shape in enumerate(shapes):
        for other in shapes[:number]:
            assert (shape != other).sum() > 20


@everywhere
def test_the_selected_digit_is_framed_more_heavily(view: PictureView, ratio: float) -> None:
    # Given
    show_plain(view, 255, Mark(digit_reading(7, BOX)))
    area = view.area_of(0)
    line = QRectF(area.right() - 4, area.center().y() - 2, 12, 4).toRect()

    def dark_pixels() -> int:
        return int((luminance(part(pixels_of(picture_of(view, ratio)), line, ratio)) < 0.4).sum())

    before = dark_pixels()

    # When
    view.select(0)

    # Then
    assert dark_pixels() > 1.5 * before > 0


@everywhere
def test_a_pixel_of_a_small_picture_has_sharp_edges(view: PictureView, ratio: float) -> None:
    # Given a picture with one dark pixel, much enlarged
    picture = Image.new("L", (28, 28), 255)
    picture.putpixel((14, 14), 0)
    view.show_picture(picture_levels(picture))
    placement = view.placement
    assert placement is not None
    assert placement.scale > 5

    # When
    pixels = pixels_of(picture_of(view, ratio))

    # Then it is a dark square without grey around
    area = part(pixels, placement.to_view(Box(12, 12, 5, 5)).toRect(), ratio)
    assert set(np.unique(area)) <= {0, 255}
    side = placement.scale * ratio
    assert (area[:, :, 0] == 0).sum() == pytest.approx(side * side, rel=0.2)


def test_a_large_picture_made_small_keeps_its_mean(view: PictureView) -> None:
    # Given fine stripes, finer than the screen's pixels
    stripes = np.zeros((2000, 2400), np.uint8)
    stripes[:, ::2] = 255
    view.show_picture(picture_levels(Image.fromarray(stripes)))
    placement = view.placement
    assert placement is not None

    # When
    pixels = pixels_of(picture_of(view, 1.0))

    # Then they are an even grey: nothing flickers
    inside = part(pixels, placement.area.adjusted(9, 9, -9, -9).toRect(), 1.0)
    assert 118 <= inside.min() <= inside.max() <= 137


def test_tags_of_tiny_digits_give_way_but_for_the_selected_one(view: PictureView) -> None:
    # Given digits a few pixels high
    small = [Mark(digit_reading(7, Box(60 + 40 * n, 150, 5, 7))) for n in range(5)]
    show_plain(view, 255, *small)
    above = [view.area_of(n).translated(0, -14).adjusted(-4, -6, 4, 0) for n in range(5)]

    def tagged() -> list[bool]:
        pixels = pixels_of(picture_of(view, 1.0))
        return [bool((part(pixels, place.toRect(), 1.0) < 200).any()) for place in above]

    # When and then
    assert not any(tagged())
    view.select(2)
    assert tagged() == [False, False, True, False, False]


@pytest.mark.parametrize("palette", PALETTES)
def test_a_button_that_was_disabled_has_its_colours_back(qapp: QApplication, palette: str) -> None:
    # Given a button
    button = FlatButton()
    button.say("0", "Zero")
    button.setPalette(PALETTES[palette]())
    button.resize(60, 30)
    before = pixels_of(picture_of(button, 1.0))

    # When
    button.setEnabled(False)
    disabled = pixels_of(picture_of(button, 1.0))
    button.setEnabled(True)

    # Then
    assert not np.array_equal(before, disabled)
    assert np.array_equal(pixels_of(picture_of(button, 1.0)), before)
    assert contrast_within(before) >= TEXT_CONTRAST
    button.deleteLater()


@pytest.mark.parametrize("pitch", [1.05, 1.1])
def test_tags_leave_a_close_row_above_in_sight(view: PictureView, pitch: float) -> None:
    # Given rows of digits that leave no room for a tag as large as one alone would have
    side = 50
    rows = [Box(140, 60 + row * pitch * side, 30, side) for row in range(4)]
    show_plain(view, 255, *[Mark(digit_reading(7, box)) for box in rows])

    # When
    pixels = pixels_of(picture_of(view, 1.0))

    # Then below a row's feet little is hidden, and each tag can be read still
    for number in range(3):
        area = view.area_of(number)
        feet = area.adjusted(4, 0.7 * area.height(), -4, -2).toRect()
        assert (part(pixels, feet, 1.0) != 255).any(axis=2).mean() < 0.25
        tag = QRectF(area.left(), area.bottom() - 4, area.width(), 12)
        assert contrast_within(part(pixels, tag.toRect(), 1.0)) >= TEXT_CONTRAST


def test_roomy_rows_have_tags_as_large_as_one_digit_has(view: PictureView) -> None:
    # Given a digit alone, and the same one below another with room between
    below = Mark(digit_reading(7, Box(140, 200, 30, 50)))
    show_plain(view, 255, below)
    alone = pixels_of(picture_of(view, 1.0))

    # When
    show_plain(view, 255, Mark(digit_reading(7, Box(140, 40, 30, 50))), below)

    # Then
    area = view.area_of(1)
    tag = area.adjusted(-20, -40, 20, 0).toRect()
    both = pixels_of(picture_of(view, 1.0))
    assert (part(both, tag, 1.0) == part(alone, tag, 1.0)).all()
