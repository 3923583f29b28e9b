"""What a round pen leaves on pixels, against Pillow's painting at many times the size."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from digitpad.core import raster
from digitpad.core.raster import Polyline, rasterize
from tests.synthetic_ink import DIGITS

OVERSAMPLING = 32
SIZE = 28
RADII = (1.1, 0.8, 2.5)

Grey = NDArray[np.float32]


def digit_lines(digit: int) -> list[Polyline]:
    """Return a digit 18 pixels tall in the middle of the picture."""
    return [np.array(path) * 18.0 + [5.0, 4.5] for path in DIGITS[digit]]


def scribble(points: int, seed: int) -> list[Polyline]:
    """Return one long stroke to and fro over the picture."""
    return [np.random.default_rng(seed).uniform(4.0, 23.0, (points, 2))]


def painted_by_pillow(lines: list[Polyline], radius: float) -> Grey:
    """Paint with hard edges at OVERSAMPLING times the size, then average."""
    image = Image.new("L", (SIZE * OVERSAMPLING, SIZE * OVERSAMPLING))
    pen = ImageDraw.Draw(image)
    wide = radius * OVERSAMPLING
    for line in lines:
        # Our pixel (0, 0) has its centre at the origin, Pillow's its corner.
        corners = [(float(x), float(y)) for x, y in (line + 0.5) * OVERSAMPLING - 0.5]
        pen.line(corners, fill=255, width=round(2 * wide))
        for x, y in corners:
            pen.ellipse((x - wide, y - wide, x + wide, y + wide), fill=255)
    return np.asarray(image.reduce(OVERSAMPLING), np.float32) / np.float32(255)


@pytest.mark.parametrize("radius", RADII)
@pytest.mark.parametrize("digit", range(10))
def test_a_digit_is_painted_as_a_finer_picture_of_it_averages(digit: int, radius: float) -> None:
    lines = digit_lines(digit)

    grey = rasterize(lines, SIZE, radius)

    expected = painted_by_pillow(lines, radius)
    assert grey.shape == (SIZE, SIZE)
    assert grey.dtype == np.float32
    # Distance is coverage only to first order: inside a sharp corner a pixel is off by up to 0.3.
    assert np.abs(grey - expected).max() < 0.35
    assert np.abs(grey - expected).mean() < 0.006
    assert grey.sum() == pytest.approx(expected.sum(), rel=0.02)


@pytest.mark.parametrize("radius", RADII)
@pytest.mark.parametrize("place", [(14.0, 14.0), (13.5, 13.5), (6.3, 20.9)])
def test_one_vertex_is_a_dot(radius: float, place: tuple[float, float]) -> None:
    lines = [np.array([place])]

    grey = rasterize(lines, SIZE, radius)

    assert np.abs(grey - painted_by_pillow(lines, radius)).max() < 0.2
    np.testing.assert_array_equal(grey, rasterize([np.array([place] * 5)], SIZE, radius))


@pytest.mark.parametrize("place", [(-5.0, 14.0), (32.0, 14.0), (14.0, -5.0), (14.0, 32.0)])
def test_what_lies_outside_leaves_no_trace(place: tuple[float, float]) -> None:
    for distance in (1.0, 2.0, 3.0):
        lines = [np.array([place]) * distance - 13.5 * (distance - 1)]
        assert not rasterize(lines, SIZE, 1.1).any()


@pytest.mark.parametrize("radius", RADII)
@pytest.mark.parametrize("side", ["left", "right", "top", "bottom"])
def test_a_stroke_over_the_edge_is_cut_off_and_does_not_come_back(side: str, radius: float) -> None:
    # Given a slanted stroke from the middle to far outside
    outward = {"left": (-1, 0.2), "right": (1, 0.2), "top": (0.2, -1), "bottom": (0.2, 1)}[side]
    line = np.array([(13.5, 13.5), (13.5 + 40 * outward[0], 13.5 + 40 * outward[1])])

    # When
    grey = rasterize([line], SIZE, radius)

    # Then it shows as in a picture with room for it
    room = 40
    roomy = rasterize([line + room], SIZE + 2 * room, radius)
    np.testing.assert_allclose(grey, roomy[room:-room, room:-room], atol=1e-5)
    assert grey.any()


def test_a_path_looks_the_same_however_many_points_it_has() -> None:
    for digit in range(10):
        lines = digit_lines(digit)
        dense = []
        for line in lines:
            steps = np.linspace(0, len(line) - 1, 3000)
            steps = np.union1d(steps, np.arange(len(line)))
            columns = [np.interp(steps, np.arange(len(line)), line[:, axis]) for axis in (0, 1)]
            dense.append(np.column_stack(columns))

        np.testing.assert_allclose(
            rasterize(dense, SIZE, 1.1), rasterize(lines, SIZE, 1.1), atol=0.1
        )


def test_a_path_may_go_to_and_fro_on_itself() -> None:
    line = np.array([(5.0, 14.0), (22.0, 14.0)])
    to_and_fro = np.concatenate([line] * 50)

    np.testing.assert_allclose(
        rasterize([to_and_fro], SIZE, 1.1), rasterize([line], SIZE, 1.1), atol=1e-4
    )


@pytest.mark.parametrize("digit", range(10))
def test_painted_as_dots_a_digit_looks_as_painted_exactly(
    digit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given
    lines = digit_lines(digit)
    exact = rasterize(lines, SIZE, 1.1)

    # When
    monkeypatch.setattr(raster, "PIECE_LIMIT", 0)
    dotted = rasterize(lines, SIZE, 1.1)

    # Then
    assert np.abs(dotted - exact).max() < 0.35
    assert np.abs(dotted - exact).mean() < 0.015


def test_a_scribble_is_painted_as_dots_without_losing_a_part(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Given a scribble of over 6,000 pieces, beside one thin line
    lines = [*scribble(700, 2), np.array([(1.0, 1.0), (1.0, 26.0)])]
    grey = rasterize(lines, SIZE, 1.1)

    # When
    monkeypatch.setattr(raster, "PIECE_LIMIT", 10**9)
    exact = rasterize(lines, SIZE, 1.1)

    # Then
    assert not np.array_equal(grey, exact)
    assert np.abs(grey - exact).max() < 0.4
    assert np.abs(grey - exact).mean() < 0.02
    assert grey[2:26, 1].min() > 0.9
