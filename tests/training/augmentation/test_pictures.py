"""Augmented pictures stay pictures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.training.samples import STILL_PICTURES, digit_pictures
from training.augmentation.pictures import augment_pictures
from training.recipe import PictureStyle

LEAK = 0.5 / 255
"""Grey that vanishes when a picture becomes bytes."""


@pytest.fixture(scope="module")
def batch() -> NDArray[np.float32]:
    return digit_pictures(50, seed=11).pictures.astype(np.float32) / np.float32(255)


def test_the_same_random_numbers_give_the_same_pictures(batch: NDArray[np.float32]) -> None:
    # When
    first = augment_pictures(batch, PictureStyle(), np.random.default_rng(1))
    again = augment_pictures(batch, PictureStyle(), np.random.default_rng(1))
    other = augment_pictures(batch, PictureStyle(), np.random.default_rng(2))

    # Then
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_pictures_keep_shape_and_range(batch: NDArray[np.float32]) -> None:
    # Given: a style far beyond the recipe's
    wild = PictureStyle(
        rotation_degrees=180.0, shear=2.0, log_scale=1.5, shift_pixels=30.0, warp_pixels=10.0
    )
    with_extremes = np.concatenate([batch, np.zeros_like(batch[:5]), np.ones_like(batch[:5])])

    for style in (PictureStyle(), wild):
        # When
        varied = augment_pictures(with_extremes, style, np.random.default_rng(3))

        # Then
        assert varied.shape == with_extremes.shape
        assert np.isfinite(varied).all()
        assert varied.min() >= 0.0
        assert varied.max() <= 1.0 + 1e-6


def test_the_given_pictures_are_left_as_they_were(batch: NDArray[np.float32]) -> None:
    # Given
    before = batch.copy()

    # When
    augment_pictures(batch, PictureStyle(), np.random.default_rng(4))

    # Then
    np.testing.assert_array_equal(batch, before)


def test_a_style_without_limits_changes_nothing(batch: NDArray[np.float32]) -> None:
    # When
    varied = augment_pictures(batch, STILL_PICTURES, np.random.default_rng(5))

    # Then
    np.testing.assert_array_equal(varied, batch)


@pytest.mark.parametrize(
    "change",
    [
        {"rotation_degrees": 12.0},
        {"shear": 0.25},
        {"log_scale": 0.14},
        {"shift_pixels": 1.5},
        {"warp_pixels": 1.0},
        {"thicken": 0.8},
        {"contrast": 0.25},
    ],
    ids=lambda change: next(iter(change)),
)
def test_every_limit_changes_most_pictures_but_keeps_the_digit(
    batch: NDArray[np.float32], change: dict[str, Any]
) -> None:
    # When
    style = replace(STILL_PICTURES, **change)
    varied = augment_pictures(batch, style, np.random.default_rng(6))

    # Then
    before, after = batch.reshape(len(batch), -1), varied.reshape(len(batch), -1)
    assert (np.abs(before - after).max(axis=1) > 0.01).mean() > 0.8
    alike = [np.corrcoef(old, new)[0, 1] for old, new in zip(before, after, strict=True)]
    assert min(alike) > 0.3


@pytest.mark.parametrize(
    ("edge", "opposite"),
    [
        (np.s_[:, :, :2], np.s_[:, :, 18:]),
        (np.s_[:, :, -2:], np.s_[:, :, :10]),
        (np.s_[:, :2, :], np.s_[:, 18:, :]),
        (np.s_[:, -2:, :], np.s_[:, :10, :]),
    ],
    ids=["left", "right", "top", "bottom"],
)
def test_ink_at_one_edge_never_comes_in_at_the_other(
    edge: tuple[slice, ...], opposite: tuple[slice, ...]
) -> None:
    # Given: an edge full of ink, moved up to six pixels in or out
    pictures = np.zeros((200, 28, 28), np.float32)
    pictures[edge] = 1.0
    style = replace(PictureStyle(), rotation_degrees=3.0, shear=0.02, shift_pixels=6.0)

    # When
    varied = augment_pictures(pictures, style, np.random.default_rng(7))

    # Then
    assert varied[opposite].max() < LEAK
    assert varied.max() > 0.9


def test_ink_at_an_edge_does_not_reach_the_next_picture() -> None:
    # Given: full pictures and empty ones in turn
    pictures = np.zeros((40, 28, 28), np.float32)
    pictures[::2] = 1.0
    style = replace(PictureStyle(), shift_pixels=20.0)

    # When
    varied = augment_pictures(pictures, style, np.random.default_rng(8))

    # Then
    assert varied[1::2].max() == 0.0


def test_writing_is_shifted_by_whole_pixels_as_asked() -> None:
    # Given: one dot, moved at most three pixels
    pictures = np.zeros((300, 28, 28), np.float32)
    pictures[:, 13:16, 13:16] = 1 / 9
    style = replace(STILL_PICTURES, shift_pixels=3.0)

    # When
    varied = augment_pictures(pictures, style, np.random.default_rng(9))

    # Then: its mass is kept and its middle lies in a box of six pixels, all of which is used
    mass = varied.sum(axis=(1, 2))
    np.testing.assert_allclose(mass, 1.0, atol=0.2)
    columns = varied.sum(axis=1) @ np.arange(28) / mass
    rows = varied.sum(axis=2) @ np.arange(28) / mass
    for places in (columns, rows):
        assert places.min() == pytest.approx(11.0, abs=0.2)
        assert places.max() == pytest.approx(17.0, abs=0.2)


def test_turning_keeps_writing_crisp(batch: NDArray[np.float32]) -> None:
    # Given: a style that samples every picture between its pixels
    style = replace(STILL_PICTURES, rotation_degrees=45.0)

    # When
    turned = augment_pictures(batch, style, np.random.default_rng(12))

    # Then: most of full black stays; sampling bilinearly would leave less than half of it
    assert (turned > 0.95).sum() > 0.65 * (batch > 0.95).sum()


def test_thickness_goes_both_ways(batch: NDArray[np.float32]) -> None:
    # When
    style = replace(STILL_PICTURES, thicken=0.8)
    varied = augment_pictures(batch, style, np.random.default_rng(10))

    # Then
    change = varied.sum(axis=(1, 2)) / batch.sum(axis=(1, 2))
    assert change.min() < 0.9
    assert change.max() > 1.3


def test_unbent_pictures_stay_as_they_are_and_the_others_do_not() -> None:
    # Given
    batch = np.random.default_rng(0).random((200, 28, 28), np.float32)
    style = PictureStyle(thicken=0.0, contrast=0.0, unbent_share=0.5)

    # When
    changed = augment_pictures(batch, style, np.random.default_rng(1))

    # Then
    same = np.array([np.array_equal(a, b) for a, b in zip(batch, changed, strict=True)])
    assert 70 < same.sum() < 130
