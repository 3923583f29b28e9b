"""Picture augmentation: a batch of 28x28 pictures, bent, moved, thickened and dimmed at random."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from training.recipe import PictureStyle

Batch = NDArray[np.float32]
"""Shape (n, size, size), 0 for paper to 1 for ink."""


def augment_pictures(batch: Batch, style: PictureStyle, rng: np.random.Generator) -> Batch:
    """Return a new batch in which every picture is changed on its own."""
    bent = _bend(batch, style, rng)
    thick = _change_thickness(bent, style, rng)
    exponent = np.exp(rng.uniform(-style.contrast, style.contrast, (len(batch), 1, 1)))
    return np.power(thick, exponent.astype(np.float32))


def _bend(batch: Batch, style: PictureStyle, rng: np.random.Generator) -> Batch:
    """Sample each picture at the places an affine map and an elastic field lead to."""
    n, size, _ = batch.shape
    angle = np.deg2rad(rng.uniform(-style.rotation_degrees, style.rotation_degrees, n))
    shear = rng.uniform(-style.shear, style.shear, n)
    scale_x, scale_y = np.exp(rng.uniform(-style.log_scale, style.log_scale, (2, n)))
    cos, sin = np.cos(angle), np.sin(angle)
    # The inverse map, from a place in the new picture to one in the old.
    matrix = np.stack(
        [
            np.stack([cos / scale_x, (sin + shear * cos) / scale_x], -1),
            np.stack([-sin / scale_y, (cos - shear * sin) / scale_y], -1),
        ],
        axis=1,
    ).astype(np.float32)
    shift = rng.uniform(-style.shift_pixels, style.shift_pixels, (n, 2, 1))

    middle = (size - 1) / 2
    axis = np.arange(size, dtype=np.float32) - middle
    grid = np.stack(np.meshgrid(axis, axis), 0).reshape(2, -1)
    places = matrix @ grid + (shift + middle).astype(np.float32)
    places += _elastic_field(n, size, style, rng)
    places[rng.random(n) < style.unbent_share] = grid + np.float32(middle)
    return _sample(batch, places)


def _elastic_field(
    n: int, size: int, style: PictureStyle, rng: np.random.Generator
) -> NDArray[np.float32]:
    """Return smooth displacements in pixels, shape (n, 2, size * size)."""
    knots = np.linspace(0, size - 1, style.warp_grid)
    spread = knots[1] - knots[0]
    weights = np.exp(-0.5 * ((np.arange(size)[:, None] - knots) / (0.6 * spread)) ** 2)
    weights = (weights / np.linalg.norm(weights, axis=1, keepdims=True)).astype(np.float32)
    coarse = rng.standard_normal((n, 2, style.warp_grid, style.warp_grid), np.float32)
    # A picture is bent by a random share of the limit, so that straight ones stay common.
    strength = style.warp_pixels * rng.random((n, 1, 1, 1), np.float32)
    field: NDArray[np.float32] = weights @ (coarse * strength) @ weights.T
    return field.reshape(n, 2, -1)


def _sample(batch: Batch, places: NDArray[np.float32]) -> Batch:
    """Read pictures at fractional (x, y) places, bilinearly; beyond the edge is paper."""
    n, size, _ = batch.shape
    wide = size + 2
    padded = np.zeros((n, wide, wide), np.float32)
    padded[:, 1:-1, 1:-1] = batch
    places = np.clip(places + 1, 0, wide - 1 - 1e-3)
    corner = places.astype(np.int32)
    part = places - corner.astype(np.float32)
    right, down = part[:, 0], part[:, 1]
    index = corner[:, 1] * wide + corner[:, 0]
    index += (np.arange(n, dtype=np.int32) * (wide * wide))[:, None]
    flat = padded.ravel()
    top = flat[index] * (1 - right) + flat[index + 1] * right
    bottom = flat[index + wide] * (1 - right) + flat[index + wide + 1] * right
    sampled: Batch = top * (1 - down) + bottom * down
    return sampled.reshape(n, size, size)


def _change_thickness(batch: Batch, style: PictureStyle, rng: np.random.Generator) -> Batch:
    """Go part of the way to a picture dilated or eroded by a plus-shaped pixel."""
    share = rng.uniform(-style.thicken, style.thicken, (len(batch), 1, 1)).astype(np.float32)
    dilated = batch.copy()
    eroded = batch.copy()
    for here, there in (
        (np.s_[:, 1:, :], np.s_[:, :-1, :]),
        (np.s_[:, :-1, :], np.s_[:, 1:, :]),
        (np.s_[:, :, 1:], np.s_[:, :, :-1]),
        (np.s_[:, :, :-1], np.s_[:, :, 1:]),
    ):
        dilated[here] = np.maximum(dilated[here], batch[there])
        eroded[here] = np.minimum(eroded[here], batch[there])
    # Thin writing would vanish when eroded as far as thick writing can be.
    thinned = batch + 0.5 * share * (batch - eroded)
    thickened = batch + share * (dilated - batch)
    return np.where(share > 0, thickened, thinned)
