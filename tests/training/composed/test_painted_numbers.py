"""Painted numbers: pictures that show what was written, in every size and colour."""

from __future__ import annotations

import numpy as np
from PIL import Image

from digitpad.core.reader import Reader
from tests.pictures import golden_digit
from training.composed.painted_numbers import LOWEST, TALLEST, paint_number


def painted(label: str, seed: int) -> Image.Image:
    return paint_number(golden_digit(label), np.random.default_rng(seed))


def test_a_painted_digit_is_read_as_what_it_is() -> None:
    reader = Reader.bundled()
    assert [reader.read(painted(str(digit), digit)).text for digit in range(10)] == list(
        "0123456789"
    )


def test_size_pen_and_colours_follow_the_seed() -> None:
    pictures = [painted("3", seed) for seed in range(40)]

    heights = [picture.height for picture in pictures]
    assert min(heights) < 2 * LOWEST < TALLEST < max(heights)
    dark_paper = [np.asarray(picture)[0, 0] < 128 for picture in pictures]
    assert any(dark_paper) and not all(dark_paper)
    assert painted("3", 7).tobytes() == pictures[7].tobytes()
