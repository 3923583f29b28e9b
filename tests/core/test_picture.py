"""Pictures of one digit: what the network sees of them, and what is no writing at all."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageOps

from digitpad.core.picture import PreparedPicture, find_ink, prepare_ink_picture, to_grey
from digitpad.core.preprocess import CENTRE, centre_of_mass
from digitpad.core.reader import Reader
from digitpad.core.reading import Status
from tests.pictures import draw_picture, golden_digit, golden_ink

MNIST = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "mnist"
MODES = ("1", "L", "RGB", "RGBA", "LA", "P", "CMYK", "YCbCr", "HSV", "I", "I;16", "F", "La", "RGBa")


def prepare_picture(picture: Image.Image) -> PreparedPicture | None:
    """Find the one digit in a picture, as `core.page` does; None when it is blank."""
    ink = find_ink(to_grey(picture))
    return None if ink is None else prepare_ink_picture(ink)


def prepared(picture: Image.Image) -> PreparedPicture:
    """Prepare a picture that must not be blank."""
    result = prepare_picture(picture)
    assert result is not None, "taken for blank"
    return result


def test_every_golden_digit_is_read_in_any_size_place_and_stroke_width(reader: Reader) -> None:
    layouts = [
        {"size": (28, 28), "height": 19.0, "width": 2.0},
        {"size": (60, 400), "height": 50.0, "width": 1.0, "place": (0.1, 0.9)},
        {"size": (300, 200), "height": 180.0, "width": 22.0, "place": (1.0, 0.0)},
        {"size": (600, 800), "height": 600.0, "width": 2.0},
        {"size": (600, 800), "height": 40.0, "width": 3.0, "place": (0.9, 0.2)},
    ]
    wrong = []
    for label, ink in golden_ink():
        for layout in layouts:
            reading = reader.read_picture(draw_picture(ink, **layout))  # type: ignore[arg-type]
            if reading.text != label or reading.status is Status.NOT_A_DIGIT:
                wrong.append((label, layout, reading.text, reading.status))
    assert not wrong


def test_light_on_dark_gives_the_same_as_dark_on_light() -> None:
    dark = draw_picture(golden_digit("5"), paper=240, colour=20)

    on_light, on_dark = prepared(dark), prepared(ImageOps.invert(dark))

    np.testing.assert_allclose(on_light.pixels, on_dark.pixels, atol=0.01)
    assert on_light.box == on_dark.box


@pytest.mark.parametrize("mode", MODES)
def test_a_picture_of_any_mode_shows_the_same(mode: str) -> None:
    grey = draw_picture(golden_digit("2"))
    expected = prepared(grey).pixels
    if mode == "I;16":
        picture = Image.fromarray(np.asarray(grey).astype(np.uint16) * 257)
    elif mode in ("La", "RGBa"):
        picture = grey.convert({"La": "LA", "RGBa": "RGBA"}[mode]).convert(mode)
    elif mode in ("HSV", "YCbCr"):
        picture = grey.convert("RGB").convert(mode)
    else:
        picture = grey.convert(mode)
    assert picture.mode == mode

    pixels = prepared(picture).pixels

    # Mode 1 has no grey to smooth the edges with.
    np.testing.assert_allclose(pixels, expected, atol=0.4 if mode == "1" else 0.02)


def test_floating_point_greys_may_have_any_range_and_hold_no_numbers() -> None:
    grey = np.asarray(draw_picture(golden_digit("2")), np.float32)
    expected = prepared(Image.fromarray(grey)).pixels
    for white in (1.0, 4095.0, 1e6):
        levels = grey / 255 * white
        levels[0, 0] = np.nan
        levels[0, 1] = np.inf
        np.testing.assert_allclose(prepared(Image.fromarray(levels)).pixels, expected, atol=0.1)


@pytest.mark.parametrize("colour", [0, 255])
@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_writing_on_nothing_is_found_whatever_its_colour(colour: int, mode: str) -> None:
    drawn = draw_picture(golden_digit("3"))
    transparent = Image.new("L", drawn.size, colour).convert(mode)
    transparent.putalpha(ImageOps.invert(drawn))

    np.testing.assert_allclose(prepared(transparent).pixels, prepared(drawn).pixels, atol=0.02)


def test_a_palette_with_a_transparent_entry_is_laid_on_paper() -> None:
    drawn = draw_picture(golden_digit("3")).point([0] * 128 + [255] * 128)
    palette = drawn.convert("P")
    palette.info["transparency"] = palette.getpixel((0, 0))

    np.testing.assert_allclose(prepared(palette).pixels, prepared(drawn).pixels, atol=0.02)


def test_transparent_holes_in_dark_paper_are_filled_with_that_paper() -> None:
    drawn = draw_picture(golden_digit("3"), paper=30, colour=230)
    holed = drawn.convert("LA")
    alpha = Image.new("L", drawn.size, 255)
    ImageDraw.Draw(alpha).rectangle((0, 0, 20, 20), fill=0)
    holed.putalpha(alpha)

    assert prepared(holed).box == prepared(drawn).box


@pytest.mark.parametrize("level", [0, 1, 128, 254, 255])
@pytest.mark.parametrize("size", [(1, 1), (28, 28), (640, 480)])
def test_a_picture_of_one_grey_is_blank(level: int, size: tuple[int, int]) -> None:
    assert prepare_picture(Image.new("L", size, level)) is None


def test_a_fully_transparent_picture_is_blank() -> None:
    assert prepare_picture(Image.new("RGBA", (50, 50), (200, 10, 10, 0))) is None


@pytest.mark.parametrize("deviation", [1, 4, 10])
def test_faint_noise_alone_is_blank(deviation: float) -> None:
    noise = np.random.default_rng(4).normal(225, deviation, (400, 500))
    assert prepare_picture(Image.fromarray(np.clip(noise, 0, 255).astype(np.uint8))) is None


def test_what_shows_through_from_the_other_side_is_blank_and_pencil_is_not() -> None:
    assert prepare_picture(draw_picture(golden_digit("5"), paper=240, colour=215)) is None
    assert prepare_picture(draw_picture(golden_digit("5"), paper=240, colour=190)) is not None


def test_specks_alone_are_blank() -> None:
    picture = Image.new("L", (300, 300), 255)
    for x, y in ((20, 20), (150, 200), (280, 40)):
        picture.paste(0, (x, y, x + 2, y + 2))
    assert prepare_picture(picture) is None


@pytest.mark.parametrize("radius", [3, 12, 90])
def test_a_dot_is_a_dot_at_every_size(radius: int) -> None:
    picture = Image.new("L", (200, 200), 255)
    ImageDraw.Draw(picture).ellipse((100 - radius, 99 - radius, 99 + radius, 99 + radius), fill=0)
    assert prepared(picture).is_dot


def test_a_dot_is_not_read_as_a_digit(reader: Reader) -> None:
    picture = Image.new("L", (200, 200), 255)
    ImageDraw.Draw(picture).ellipse((90, 90, 110, 110), fill=0)
    assert reader.read_picture(picture).status is Status.NOT_A_DIGIT


def test_no_golden_digit_is_a_dot_even_in_bold() -> None:
    for label, ink in golden_ink():
        assert not prepared(draw_picture(ink, width=24.0)).is_dot, label


def test_the_box_is_where_the_ink_is() -> None:
    picture = Image.new("L", (400, 300), 250)
    picture.paste(10, (120, 40, 140, 200))
    box = prepared(picture).box
    assert (box.x, box.y, box.width, box.height) == (120, 40, 20, 160)


def test_dust_and_grain_do_not_move_the_box() -> None:
    rng = np.random.default_rng(11)
    clean = draw_picture(golden_digit("8"), (600, 800), height=400, width=20)
    dirty = np.asarray(clean) + rng.normal(0, 8, (800, 600))
    dirty[rng.random(dirty.shape) < 0.001] = 0
    dirty[30:38, 40:48] = 0
    dirty[770:778, 560:568] = 0

    box, expected = (
        prepared(Image.fromarray(np.clip(p, 0, 255).astype(np.uint8))).box
        for p in (dirty, np.asarray(clean))
    )

    for side in ("x", "y", "width", "height"):
        assert getattr(box, side) == pytest.approx(getattr(expected, side), abs=10), side


def test_a_small_digit_on_a_large_grainy_page_is_found() -> None:
    page = Image.new("L", (1500, 2000), 235)
    page.paste(
        draw_picture(golden_digit("8"), (90, 120), height=90, width=5, paper=235), (900, 300)
    )
    grain = np.random.default_rng(3).normal(0, 12, (2000, 1500))
    grainy = np.clip(np.asarray(page) + grain, 0, 255).astype(np.uint8)

    box, expected = prepared(Image.fromarray(grainy)).box, prepared(page).box

    for side in ("x", "y", "width", "height"):
        assert getattr(box, side) == pytest.approx(getattr(expected, side), abs=8), side


def test_the_digit_fills_20_pixels_with_its_mass_in_the_middle() -> None:
    for label, ink in golden_ink():
        pixels = prepared(draw_picture(ink, place=(0.0, 1.0))).pixels
        rows, columns = np.flatnonzero(pixels.any(axis=1)), np.flatnonzero(pixels.any(axis=0))
        longer = max(np.ptp(rows), np.ptp(columns)) + 1
        assert longer in (19, 20), label
        np.testing.assert_allclose(centre_of_mass(pixels), CENTRE, atol=0.51, err_msg=label)


def test_a_hairline_is_thickened_and_a_bold_stroke_is_left_alone() -> None:
    def stroke_weight(width: float) -> float:
        ink = golden_digit("1")
        picture = draw_picture(ink, (1200, 1200), height=1000, width=width)
        return float(prepared(picture).pixels.sum(axis=1).max())

    # Grey summed across an upright stroke is its width in pixels of the 28x28 picture.
    assert 1.2 < stroke_weight(1.0) < 1.8
    assert 1.2 < stroke_weight(10.0) < 1.8
    assert stroke_weight(300.0) > 4.0


@pytest.mark.parametrize("size", [(1, 1), (2, 1), (3, 5000), (5000, 2), (7, 7), (199, 201)])
def test_random_pixels_of_any_shape_are_some_picture_or_blank(size: tuple[int, int]) -> None:
    rng = np.random.default_rng(size[0])
    for share in (0.02, 0.5, 0.98):
        values = (rng.random(size[::-1]) < share).astype(np.uint8) * 255
        result = prepare_picture(Image.fromarray(values))
        if result is not None:
            assert result.pixels.shape == (28, 28)
            assert result.pixels.dtype == np.float32
            assert 0 < result.pixels.max() <= 1


def mnist(name: str, header: int, count: int) -> NDArray[np.uint8]:
    with gzip.open(MNIST / name) as file:
        return np.frombuffer(file.read(count + header), np.uint8, offset=header)


@pytest.mark.skipif(not MNIST.is_dir(), reason="MNIST is not here")
def test_mnist_goes_through_as_it_is(reader: Reader) -> None:
    count = 1000
    images = mnist("train-images-idx3-ubyte.gz", 16, count * 784).reshape(count, 28, 28)
    labels = mnist("train-labels-idx1-ubyte.gz", 8, count)

    floats = images.astype(np.float32) / np.float32(255)
    as_input = [reader.read_input(pixels).text for pixels in floats]
    as_picture = [reader.read_picture(Image.fromarray(image)).text for image in images]

    right_as_input = np.mean(np.array(as_input) == labels.astype(str))
    right_as_picture = np.mean(np.array(as_picture) == labels.astype(str))
    assert right_as_input > 0.98
    assert right_as_picture == pytest.approx(right_as_input, abs=0.003)
