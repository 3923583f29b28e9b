"""Picture augmentation: a batch of 28x28 pictures, bent, moved, thickened and dimmed at random."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from training.data.datasets import Pictures
from training.recipe import PictureStyle

CHUNK = 1_000

Batch = NDArray[np.float32]
"""Shape (n, size, size), 0 for paper to 1 for ink."""


def augment_pictures(batch: Batch, style: PictureStyle, rng: np.random.Generator) -> Batch:
    """Return a new batch in which every picture is changed on its own."""
    bent = _bend(batch, style, rng)
    thick = _change_thickness(bent, style, rng)
    exponent = np.exp(rng.uniform(-style.contrast, style.contrast, (len(batch), 1, 1)))
    return np.power(thick, exponent.astype(np.float32))


def augment_in_place(pictures: Pictures, style: PictureStyle, rng: np.random.Generator) -> None:
    """Change every picture on its own, a chunk of them at a time to bound the memory."""
    for start in range(0, len(pictures), CHUNK):
        part = pictures[start : start + CHUNK]
        batch = part.astype(np.float32) / np.float32(255)
        part[:] = np.rint(augment_pictures(batch, style, rng) * 255)


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
    bent = np.flatnonzero(rng.random(n) >= style.unbent_share)
    result = batch.copy()
    result[bent] = _sample(batch[bent], places[bent])
    return result


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
    """Read pictures at fractional (x, y) places by cubic convolution; beyond the edge is paper.

    Keys 1981 with a = -0.5: bilinear sampling would soften the picture.
    """
    n, size, _ = batch.shape
    margin = 2
    wide = size + 2 * margin
    padded = np.zeros((n, wide, wide), np.float32)
    padded[:, margin:-margin, margin:-margin] = batch
    places = np.clip(places + margin, 1, wide - 2 - 1e-3)
    corner = places.astype(np.int32)
    across, down = np.moveaxis(_cubic_weights(places - corner.astype(np.float32)), 2, 0)
    index = (corner[:, 1] - 1) * wide + corner[:, 0] - 1
    index += (np.arange(n, dtype=np.int32) * (wide * wide))[:, None]
    flat = padded.ravel()
    sampled = np.zeros_like(places[:, 0])
    for row in range(4):
        line = np.zeros_like(sampled)
        for column in range(4):
            line += flat[index + (row * wide + column)] * across[column]
        sampled += line * down[row]
    return np.clip(sampled, 0.0, 1.0).reshape(n, size, size)


def _cubic_weights(part: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the weights of the four nearest pixels, shape (4, *part.shape), `part` in 0..1."""
    square = part * part
    cube = square * part
    return np.stack(
        [
            -0.5 * part + square - 0.5 * cube,
            1.0 - 2.5 * square + 1.5 * cube,
            0.5 * part + 2.0 * square - 1.5 * cube,
            -0.5 * square + 0.5 * cube,
        ]
    )


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
