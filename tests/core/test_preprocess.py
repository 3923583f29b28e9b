"""Where ink goes in the network's picture, whatever its place, size and number of points."""

from __future__ import annotations

import numpy as np
import pytest

from digitpad.core.ink import Ink, InkError
from digitpad.core.preprocess import (
    BOX_SIZE,
    CENTRE,
    IMAGE_SIZE,
    STROKE_RADIUS,
    centre_of_mass,
    prepare_ink,
    prepare_many,
)
from digitpad.core.raster import rasterize
from tests.pictures import golden_ink
from tests.synthetic_ink import densified, digit_ink, placed

PLACES = [
    (1.0, 0.0, 0.0),
    (0.02, 3.0, 775.0),
    (7.31, -250.5, 1e4),
    (1e4, 5e5, -5e5),
    (1e6, 0.0, 0.0),
    (1e-6, 0.0, 0.0),
    (0.5, 1e6, -1e6),
]
"""Size and place of a digit of 100 units: in a corner, over a wall, far out."""


def drawings() -> list[Ink]:
    """Return ten digits drawn by rule and the bundled ones."""
    return [*(digit_ink(digit) for digit in range(10)), *(ink for _, ink in golden_ink())]


@pytest.mark.parametrize(("size", "x", "y"), PLACES)
def test_place_and_size_do_not_reach_the_network(size: float, x: float, y: float) -> None:
    for ink in drawings():
        expected = prepare_ink(ink)

        pixels = prepare_ink(placed(ink, size, x, y))

        np.testing.assert_allclose(pixels, expected, atol=1e-3)


def test_a_digit_fills_the_box_with_its_mass_in_the_middle() -> None:
    for ink in drawings():
        pixels = prepare_ink(ink)

        rows, columns = np.flatnonzero(pixels.max(axis=1)), np.flatnonzero(pixels.max(axis=0))
        # An antialiased edge reaches half a pixel further on either side.
        assert BOX_SIZE - 1 <= max(np.ptp(rows), np.ptp(columns)) + 1 <= BOX_SIZE + 2
        # What lies far to one side is moved as far as the picture reaches, and no further.
        for places, mass in zip((columns, rows), centre_of_mass(pixels), strict=True):
            at_the_edge = places[0] == 0 or places[-1] == IMAGE_SIZE - 1
            assert mass == pytest.approx(CENTRE, abs=0.5 if at_the_edge else 0.05)
        assert pixels.shape == (IMAGE_SIZE, IMAGE_SIZE)
        assert pixels.dtype == np.float32
        assert pixels.min() == 0.0
        assert 0.9 < pixels.max() <= 1.0


def test_up_stays_up_and_left_stays_left() -> None:
    # Given an L with its corner at the bottom left
    ink = Ink.from_points([[(0, 0), (0, 100), (60, 100)]])

    # When
    pixels = prepare_ink(ink)

    # Then
    rows, columns = pixels.sum(axis=1), pixels.sum(axis=0)
    assert rows.argmax() > IMAGE_SIZE / 2
    assert columns.argmax() < IMAGE_SIZE / 2


def test_proportions_are_kept() -> None:
    pixels = prepare_ink(Ink.from_points([[(0, 0), (100, 0), (100, 50), (0, 50), (0, 0)]]))

    rows, columns = np.flatnonzero(pixels.max(axis=1)), np.flatnonzero(pixels.max(axis=0))
    pen = 2 * STROKE_RADIUS
    across, down = np.ptp(columns) + 1, np.ptp(rows) + 1
    assert across == pytest.approx(BOX_SIZE, abs=2)
    assert down == pytest.approx((BOX_SIZE - pen) / 2 + pen, abs=2)


def test_lopsided_ink_stays_inside_the_picture() -> None:
    # Given a blot in a corner and a dot in the opposite one, which the blot's mass would pull out
    blot = [(x, y) for y in range(0, 30, 5) for x in (0, 30)]
    ink = Ink.from_points([blot, [(100, 100)]])

    # When
    pixels = prepare_ink(ink)

    # Then nothing is cut off: as much is painted as where there is room
    scale = (BOX_SIZE - 2 * STROKE_RADIUS) / 100
    lines = [stroke[:, :2] * scale + IMAGE_SIZE for stroke in ink.strokes]
    roomy = rasterize(lines, 3 * IMAGE_SIZE, STROKE_RADIUS)
    assert pixels.sum() == pytest.approx(roomy.sum(), abs=1.0)


@pytest.mark.parametrize(
    ("points", "dot_size"),
    [
        ([(50, 50)], 0.0),
        ([(-3e8, 7e8)], 0.0),
        ([(50, 50)] * 1000, 0.0),
        ([(50, 50), (52, 51), (49, 50)], 4.0),
    ],
)
def test_a_dot_is_one_dot_in_the_middle(points: list[tuple[float, float]], dot_size: float) -> None:
    pixels = prepare_ink(Ink.from_points([points], dot_size))

    middle = np.array([[CENTRE, CENTRE]])
    np.testing.assert_allclose(pixels, rasterize([middle], IMAGE_SIZE, STROKE_RADIUS), atol=1e-5)


@pytest.mark.parametrize("across", [True, False])
def test_a_straight_line_is_a_straight_line(across: bool) -> None:
    ends = [(0.0, 0.0), (80.0, 0.0)] if across else [(0.0, 0.0), (0.0, 80.0)]

    pixels = prepare_ink(Ink.from_points([ends]))

    upright = pixels.T if across else pixels
    columns = np.flatnonzero(upright.max(axis=0))
    rows = np.flatnonzero(upright.max(axis=1) >= 0.5)
    assert np.ptp(columns) + 1 == 3
    assert np.ptp(rows) + 1 == pytest.approx(BOX_SIZE, abs=1)


@pytest.mark.parametrize("points", [3_000, 100_000])
def test_the_number_of_points_does_not_matter(points: int) -> None:
    for digit in range(10):
        ink = digit_ink(digit)

        dense = densified(ink, points)

        assert dense.point_count >= points // 2
        np.testing.assert_allclose(prepare_ink(dense), prepare_ink(ink), atol=0.1)


def test_points_given_twice_change_nothing() -> None:
    for ink in drawings():
        twice = Ink.from_points([np.repeat(s, 3, axis=0).tolist() for s in ink.strokes])

        np.testing.assert_allclose(prepare_ink(twice), prepare_ink(ink), atol=0.05)


def test_pressure_does_not_change_the_picture() -> None:
    ink = digit_ink(5)
    light = Ink.from_points([[(x, y, 0.1) for x, y, _ in s.tolist()] for s in ink.strokes])

    np.testing.assert_array_equal(prepare_ink(light), prepare_ink(ink))


def test_the_pens_radius_widens_the_stroke_inside_the_same_box() -> None:
    thin, bold = (prepare_ink(digit_ink(0), radius) for radius in (0.8, 2.0))

    assert bold.sum() > 1.8 * thin.sum()
    for pixels in (thin, bold):
        assert np.ptp(np.flatnonzero(pixels.max(axis=1) >= 0.6)) + 1 in (BOX_SIZE - 1, BOX_SIZE)


def test_a_scribble_of_a_hundred_thousand_points_is_some_picture() -> None:
    points = np.random.default_rng(4).uniform(0, 500, (100_000, 2))

    pixels = prepare_ink(Ink.from_points([points.tolist()]))

    assert pixels.shape == (IMAGE_SIZE, IMAGE_SIZE)
    assert np.isfinite(pixels).all()
    assert pixels[8:20, 8:20].min() == 1.0


def test_many_drawings_are_prepared_as_one_by_one() -> None:
    # Given dots, a scribble of more pieces than are painted together, one of so many that it is
    # painted as dots, and digits
    rng = np.random.default_rng(6)
    scribble, blot = (
        Ink.from_points([rng.uniform(0, 500, (points, 2)).tolist()]) for points in (400, 1500)
    )
    dot = Ink.from_points([[(7.0, -3.0)]])
    inks = [dot, *drawings(), scribble, *drawings(), blot, *drawings(), dot]

    # When
    prepared = prepare_many(inks)

    # Then
    for ink, found in zip(inks, prepared, strict=True):
        np.testing.assert_array_equal(found, prepare_ink(ink))


def test_empty_ink_has_no_picture() -> None:
    with pytest.raises(InkError):
        prepare_ink(Ink())
    with pytest.raises(InkError):
        prepare_many([digit_ink(3), Ink()])
