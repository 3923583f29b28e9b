"""Shadows, folds and grain on photos of empty paper, which are no digits; and beside digits."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from digitpad.core.reader import Reader
from digitpad.core.reading import EMPTY_READING
from tests.pictures import draw_page

DOWN, ACROSS = np.mgrid[-1:1:700j, -1:1:900j]


def photo(light: NDArray[np.floating], grain: float = 2.0, coarseness: int = 1) -> Image.Image:
    """Photograph paper that is so light, 0 to 255, with grain of some levels."""
    height, width = light.shape
    spots = np.random.default_rng(1).normal(0, grain, (height // coarseness, width // coarseness))
    levels = np.asarray(
        Image.fromarray(spots.astype(np.float32)).resize((width, height), Image.Resampling.BICUBIC)
    )
    return Image.fromarray(np.clip(np.rint(light + levels), 0, 255).astype(np.uint8))


def side(degrees: float, off: float, softness: float = 0.005) -> NDArray[np.float64]:
    """Return 1 to one side of a straight edge and 0 to the other."""
    turn = np.radians(degrees)
    reach = np.cos(turn) * ACROSS + np.sin(turn) * DOWN - off
    return np.asarray(1 / (1 + np.exp(-np.clip(reach / softness, -50, 50))))


@pytest.mark.parametrize(("degrees", "off"), [(20, 0.2), (35, 0.2), (50, 0.2), (20, -0.3)])
@pytest.mark.parametrize("depth", [0.25, 0.45])
def test_the_straight_edge_of_a_shadow_on_empty_paper_is_no_digit(
    reader: Reader, degrees: float, off: float, depth: float
) -> None:
    paper = 230 * (1 - depth * side(degrees, off))
    assert reader.read_picture(photo(paper)) is EMPTY_READING
    assert reader.read_picture(photo(paper), single=True) is EMPTY_READING


@pytest.mark.parametrize("wide", [0.2, 0.35, 0.5])
def test_the_corner_of_a_shadow_on_empty_paper_is_no_digit(reader: Reader, wide: float) -> None:
    shadow = side(25, -wide, 0.01) * side(160, -wide, 0.01)
    assert reader.read_picture(photo(230 * (1 - 0.4 * shadow))) is EMPTY_READING


@pytest.mark.parametrize("depth", [0.06, 0.1])
def test_grain_of_empty_folded_paper_is_no_digit(reader: Reader, depth: float) -> None:
    slope = ACROSS + 0.2 * DOWN
    paper = 215 * (1 + depth * np.sign(slope) * np.exp(-np.abs(slope)))
    assert reader.read_picture(photo(paper, 6, 2)) is EMPTY_READING


@pytest.mark.parametrize("depth", [0.25, 0.45])
def test_digits_across_the_edge_of_a_shadow_are_read(reader: Reader, depth: float) -> None:
    page = draw_page(("20264751", "83901467"), height=80, width=8).filter(
        ImageFilter.GaussianBlur(0.8)
    )
    light = 1 - depth * side(20, 0.1)
    assert reader.read_picture(photo(np.asarray(page) * light)).text == "20264751\n83901467"


def test_specks_do_not_hide_a_large_digit_that_the_frame_cuts_off(reader: Reader) -> None:
    # Given
    page = draw_page(("7",), (400, 500), height=300, place=(60, 100), width=20)
    for speck in ((80, 430, 83, 432), (90, 460, 93, 461), (100, 470, 102, 473)):
        page.paste(60, speck)
    cut_off = page.crop((60, 105, 400, 500)).resize((1020, 1185), Image.Resampling.BICUBIC)
    light = np.linspace(1.0, 0.7, cut_off.width)

    # When and then
    assert reader.read_picture(photo(np.asarray(cut_off) * light)).text == "7"


@pytest.mark.parametrize("degrees", [0, 25])
def test_the_soft_shadow_of_a_finger_on_empty_paper_is_no_digit(
    reader: Reader, degrees: float
) -> None:
    softness = 0.02
    across = side(degrees, -0.06, softness) * side(180 + degrees, -0.06, softness)
    along = side(90 + degrees, -0.3, softness) * side(270 + degrees, -0.3, softness)
    assert reader.read_picture(photo(230 * (1 - 0.4 * across * along))) is EMPTY_READING
