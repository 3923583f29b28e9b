"""A page turned upright: as Pillow turns it wherever there is ink, and nothing elsewhere."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from digitpad.core.page.tilt import upright


@pytest.mark.parametrize("angle", [-14.3, 1.0, 8.5])
@pytest.mark.parametrize("shape", [(300, 400), (401, 303), (40, 900)])
def test_ink_and_what_is_near_it_is_turned_and_no_more(
    shape: tuple[int, int], angle: float
) -> None:
    # Given
    strength = np.random.default_rng(3).integers(0, 20, shape, np.uint8)
    strength[10:30, 60:130] = 200
    strength[-1, -1] = 90

    # When
    turned = upright(strength, angle, 50).strength

    # Then
    expected = Image.fromarray(strength).rotate(angle, Image.Resampling.BICUBIC, expand=True)
    whole = np.asarray(expected)
    rows, columns = np.nonzero(whole >= 50)
    near = np.zeros(whole.shape, np.bool_)
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        near[max(0, row - 5) : row + 6, max(0, column - 5) : column + 6] = True
    assert (turned == whole)[near].all()
    assert np.count_nonzero(turned) < 0.8 * np.count_nonzero(whole)


def test_a_box_lies_where_it_was_before() -> None:
    strength = np.zeros((300, 400), np.uint8)
    strength[10:30, 60:130] = 200

    page = upright(strength, 10.0, 50)

    box = page.box_before(*np.nonzero(page.strength >= 100))
    assert (box.x, box.y) == pytest.approx((60, 10), abs=1)
    assert (box.width, box.height) == pytest.approx((70, 20), abs=2)
