"""Distortions of the network's input do what their sliders say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from digitpad.core.explain.distortion import Distortion
from digitpad.core.ink import Ink
from digitpad.core.preprocess import CENTRE, GreyImage, centre_of_mass, prepare_ink
from digitpad.core.raster import rasterize
from tests.synthetic_ink import digit_ink


@pytest.fixture
def seven() -> GreyImage:
    return prepare_ink(digit_ink(7))


def test_nothing_done_returns_the_very_picture(seven: GreyImage) -> None:
    assert Distortion().apply(seven) is seven
    assert Distortion(seed=4).apply(seven) is seven
    # A full turn is one that samples the picture anew, without losing any of it.
    np.testing.assert_allclose(Distortion(turn=360.0).apply(seven), seven, atol=1e-5)


@pytest.mark.parametrize(("right", "down"), [(3.0, 0.0), (0.0, -2.5), (-0.4, 1.7)])
def test_moving_takes_the_ink_along(right: float, down: float) -> None:
    eight = prepare_ink(digit_ink(8))

    moved = Distortion(right=right, down=down).apply(eight)

    way = centre_of_mass(moved) - centre_of_mass(eight)
    np.testing.assert_allclose(way, [right, down], atol=0.05)
    assert moved.sum() == pytest.approx(eight.sum(), rel=0.02)


def test_what_moves_out_does_not_come_back_on_the_other_side(seven: GreyImage) -> None:
    assert Distortion(right=28.0).apply(seven).max() == 0.0
    assert Distortion(right=-40.0, down=300.0).apply(seven).max() == 0.0
    assert Distortion(right=9.0).apply(seven)[:, :6].max() == 0.0


def test_turning_is_clockwise_about_the_centre_of_mass() -> None:
    # Given a dot above the middle
    picture = rasterize([np.array([[CENTRE, CENTRE - 8.0]])], 28, 1.6)

    # When
    turned = Distortion(turn=90.0).apply(picture)

    # Then it is right of it
    np.testing.assert_allclose(centre_of_mass(turned), [CENTRE + 8.0, CENTRE], atol=0.05)


def test_scaling_grows_and_shrinks_about_the_middle() -> None:
    picture = rasterize([np.array([[CENTRE - 3.0, CENTRE + 2.0]])], 28, 4.0)

    for scale in (0.5, 1.5, 2.0):
        scaled = Distortion(scale=scale).apply(picture)
        expected = [CENTRE - 3.0 * scale, CENTRE + 2.0 * scale]
        np.testing.assert_allclose(centre_of_mass(scaled), expected, atol=0.1)
        assert scaled.sum() == pytest.approx(picture.sum() * scale**2, rel=0.1)


@pytest.mark.parametrize("radius", [0.25, 0.5, 1.0, 1.8])
def test_thickening_is_as_a_wider_pen_would_have_painted(radius: float) -> None:
    # Given the same strokes painted with two pens
    ink = digit_ink(3).placed(0.18, 5.0, 4.0)
    strokes = [stroke[:, :2] for stroke in ink.strokes]
    thin, thick = rasterize(strokes, 28, 1.1), rasterize(strokes, 28, 1.1 + radius)

    # When / then: one becomes the other, and nearly so on the way back
    assert np.abs(Distortion(thicken=radius).apply(thin) - thick).max() < 0.4
    assert np.abs(Distortion(thicken=radius).apply(thin) - thick).mean() < 0.01
    assert np.abs(Distortion(thicken=-radius).apply(thick) - thin).mean() < 0.02


def test_thickening_leaves_paper_paper_and_a_faint_speck_faint(seven: GreyImage) -> None:
    blank = np.zeros((28, 28), np.float32)
    assert Distortion(thicken=2.0).apply(blank).max() == 0.0
    blank[10, 10] = 0.01
    assert Distortion(thicken=1.0).apply(blank).max() < 0.2


def test_noise_is_the_same_each_time_and_another_for_another_seed() -> None:
    grey = np.full((28, 28), 0.5, np.float32)

    noisy = Distortion(noise=0.1).apply(grey)

    np.testing.assert_array_equal(noisy, Distortion(noise=0.1).apply(grey))
    assert noisy.mean() == pytest.approx(0.5, abs=0.02)
    assert noisy.std() == pytest.approx(0.1, rel=0.1)
    other = Distortion(noise=0.1, seed=1).apply(grey)
    assert abs(np.corrcoef(noisy.ravel(), other.ravel())[0, 1]) < 0.15


@pytest.mark.parametrize("share", [0.01, 0.1, 0.33, 1.0])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_cover_hides_its_share_of_the_area(share: float, seed: int) -> None:
    ink = np.ones((28, 28), np.float32)

    covered = Distortion(cover=share, seed=seed).apply(ink)

    assert 1.0 - covered.mean() == pytest.approx(share, abs=1e-3)


@pytest.mark.parametrize(
    "changes",
    [
        {"right": 2.3, "turn": 20.0, "scale": 1.7, "thicken": 1.2, "noise": 0.5, "cover": 0.1},
        {"turn": -45.0, "scale": 0.3, "thicken": -3.0},
        {"noise": 5.0},
    ],
)
def test_every_result_is_a_picture(seven: GreyImage, changes: dict[str, Any]) -> None:
    before = seven.copy()

    picture = Distortion(**changes).apply(seven)

    assert picture.shape == (28, 28)
    assert picture.dtype == np.float32
    assert picture.min() >= 0.0
    assert picture.max() <= 1.0
    np.testing.assert_array_equal(seven, before)


def test_a_dot_of_ink_is_distorted_too() -> None:
    dot = prepare_ink(Ink.from_points([[(5.0, 5.0)]]))
    assert Distortion(right=1.0, thicken=1.0).apply(dot).sum() > dot.sum()
