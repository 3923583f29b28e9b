"""How pictures of all modes look on a screen, in several sizes."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from digitpad.core.picture_levels import SMALLEST, Level, picture_levels


def colours(level: Level) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Return shape (h, w, 3): red, green, blue."""
    pixels = np.frombuffer(level.pixels, np.uint8).reshape(level.height, level.width, 4)
    return pixels[:, :, 2::-1]


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_picture_keeps_its_colours_and_its_rows(mode: str) -> None:
    # Given a picture that is red at the top and blue below
    picture = Image.new("RGB", (6, 4), (200, 10, 20))
    picture.paste((1, 2, 250), (0, 2, 6, 4))
    picture = picture.convert(mode)

    # When
    (level,) = picture_levels(picture)

    # Then
    assert (level.width, level.height) == (6, 4)
    assert colours(level)[0, 0].tolist() == [200, 10, 20]
    assert colours(level)[3, 5].tolist() == [1, 2, 250]


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA"])
def test_nothing_shines_through_a_level(mode: str) -> None:
    levels = picture_levels(Image.new(mode, (1100, 20)))
    assert len(levels) > 1
    for level in levels:
        assert set(level.pixels[3::4]) == {255}


def test_each_level_has_half_the_size_of_the_one_before() -> None:
    # Given a picture that is white on its right half
    picture = Image.new("L", (2100, 900), 0)
    picture.paste(255, (1050, 0, 2100, 900))

    # When
    levels = picture_levels(picture)

    # Then
    assert [(lv.width, lv.height) for lv in levels] == [
        (2100, 900),
        (1050, 450),
        (525, 225),
        (263, 113),
    ]
    assert max(levels[-1].width, levels[-1].height) <= SMALLEST
    for level in levels:
        assert colours(level)[5, 5].max() == 0
        assert colours(level)[5, level.width - 5].min() == 255


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "CMYK", "I;16", "I", "F", "LA", "La"])
def test_light_and_dark_are_so_in_every_mode(mode: str) -> None:
    # Given a picture with a dark left and a light right half
    grey = Image.new("L", (40, 40), 10)
    grey.paste(245, (20, 0, 40, 40))
    if mode == "I;16":
        picture = Image.fromarray(np.asarray(grey).astype(np.uint16) * 257)
    elif mode == "F":
        picture = Image.fromarray(np.asarray(grey, np.float32) / 255)
    elif mode == "La":
        picture = grey.convert("LA").convert("La")
    else:
        picture = grey.convert(mode, dither=Image.Dither.NONE)

    # When
    shown = colours(picture_levels(picture)[0])

    # Then
    assert shown[20, 5].max() < 60
    assert shown[20, 35].min() > 200


@pytest.mark.parametrize(("ink", "paper"), [(0, 255), (255, 0)])
def test_writing_on_nothing_is_laid_on_paper_that_it_stands_out_from(ink: int, paper: int) -> None:
    # Given a line on nothing
    picture = Image.new("RGBA", (40, 40), (128, 128, 128, 0))
    picture.paste((ink, ink, ink, 255), (10, 10, 14, 30))

    # When
    shown = colours(picture_levels(picture)[0])

    # Then
    assert shown[20, 12].tolist() == [ink] * 3
    assert shown[1, 1].tolist() == [paper] * 3
