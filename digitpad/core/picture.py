"""Picture: a picture of one digit -> the 28x28 picture the network sees.

Owns how writing is found in pixels: which grey is paper, which side of it is ink, where the ink
lies and how wide its strokes are. The geometry behind that is the one of `preprocess`, so that a
picture from MNIST goes through unchanged. Evenly lit pictures only; knows nothing of files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitpad.core.components import label_components
from digitpad.core.preprocess import BOX_SIZE, CENTRE, IMAGE_SIZE, GreyImage, centre_of_mass
from digitpad.core.reading import Box

LEAST_CONTRAST = 32
"""Grey levels (of 255) between paper and ink under which a picture is blank."""
NOISE_REACH = 4.0
"""How many standard deviations of the paper's grey are still paper."""
FULL_INK_SHARE = 0.75
"""Share of the ink's squared contrast that lies at or below the level that becomes full ink. A few
pixels of dirt, however dark, do not move it."""
INK_THRESHOLD = 64
"""Least ink (of 255) that counts for the box. At a quarter, 99.4 % of MNIST's training images
still have their box of exactly 20 pixels, and JPEG's ripples around a stroke stay out."""

CELLS = 200
"""A picture is divided into about this many cells along its longer side to look for specks."""
SPECK_SHARE = 0.12
"""What is smaller than this share of the largest connected piece is dirt."""
SPECK_SIZE = 3
"""A picture is blank if its largest connected piece is no more pixels across than this."""
SPECK_CELLS = 2
"""The same in cells, for large pictures, in which a grain of dust has many pixels."""

LEAST_STROKE_WIDTH = 1.6
"""In pixels of the 28x28 picture; thinner strokes are thickened to it. MNIST's 4th percentile."""
WORKING_SIZE = 160
"""Thin strokes are thickened at about this size, in pixels of the longer side."""
DOT_SHARE = 0.38
"""Stroke width as a share of the longer side from which on ink is a blob (a disc has 0.5). The
boldest of MNIST's digits has 0.33."""

Pixels = NDArray[np.uint8]
"""Shape (h, w), 0 for paper to 255 for ink."""


@dataclass(frozen=True, slots=True, eq=False)
class PreparedPicture:
    """What the network sees of a picture, and where the ink lies in it, in picture pixels.

    `is_dot` says that the ink is one solid blob: there is no shape to read.
    """

    pixels: GreyImage
    box: Box
    is_dot: bool


def prepare_ink_picture(ink: Image.Image) -> PreparedPicture | None:
    """Find the one digit in a picture of ink, paper 0 and full ink 255; None without writing."""
    found = _find_writing(ink)
    return None if found is None else _prepared(*found)


def prepare_writing(strength: Pixels) -> PreparedPicture:
    """Prepare what was cut out around one digit, and whose ink may be paler than 255.

    Raises ValueError where there is no ink at all.
    """
    levels = np.bincount(strength.ravel(), minlength=256) * np.arange(256.0) ** 2
    energy = np.cumsum(levels)
    if energy[-1] == 0:
        raise ValueError("there is no ink")
    full = max(1, int(np.searchsorted(energy, FULL_INK_SHARE * energy[-1])))
    ink = np.minimum(np.rint(strength * (255 / full)), 255).astype(np.uint8)
    inside, box = _set_part(ink >= INK_THRESHOLD)
    return _prepared(ink[inside], box)


def _prepared(writing: Pixels, box: Box) -> PreparedPicture:
    stroke_width = _stroke_width(writing)
    is_dot = stroke_width > DOT_SHARE * max(writing.shape)
    return PreparedPicture(_centred(_scaled(writing, stroke_width)), box, is_dot)


def _set_part(mask: NDArray[np.bool_]) -> tuple[tuple[slice, slice], Box]:
    """Return the rows and columns that hold all set pixels, one at least, and their box."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    left, top, right, bottom = columns[0], rows[0], columns[-1] + 1, rows[-1] + 1
    box = Box(float(left), float(top), float(right - left), float(bottom - top))
    return (slice(top, bottom), slice(left, right)), box


def to_grey(picture: Image.Image) -> Image.Image:
    """Return the picture in mode L, laid on its paper where it is transparent."""
    if picture.mode == "F" or picture.mode.startswith("I"):
        return _deep_to_grey(np.asarray(picture))
    if not picture.has_transparency_data:
        return (picture if picture.mode in ("1", "L", "RGB") else picture.convert("RGB")).convert(
            "L"
        )
    # Pillow knows no direct way from La.
    straight = picture.convert("LA") if picture.mode == "La" else picture
    grey, alpha = straight.convert("RGBA").convert("LA").split()
    opaque = alpha.point([0] * 128 + [255] * 128)
    edge = _frame(np.asarray(grey))[_frame(np.asarray(opaque)) > 0]
    if 2 * len(edge) > len(_frame(np.asarray(opaque))):
        paper = int(np.median(edge))
    else:
        # Writing on nothing: dark writing was made for light paper, light for dark.
        levels = np.array(grey.histogram(opaque))
        paper = 255 if levels[:128].sum() >= levels[128:].sum() else 0
    return Image.composite(grey, Image.new("L", grey.size, paper), alpha)


def _deep_to_grey(values: NDArray[Any]) -> Image.Image:
    """Bring 16-bit, 32-bit and floating-point greys to 8 bits.

    White is 1 where nothing is above it, else the largest number of as many bits as are used.
    """
    # In place: a large picture would take many times its own memory.
    levels = values.astype(np.float32)
    np.nan_to_num(levels, copy=False, nan=0.0, posinf=0.0, neginf=0.0)
    most = float(levels.max())
    white = 1.0 if most <= 1 else 2.0 ** max(8, np.ceil(np.log2(most + 1))) - 1
    np.multiply(levels, 255 / white, out=levels)
    np.clip(np.rint(levels, out=levels), 0, 255, out=levels)
    return Image.fromarray(levels.astype(np.uint8))


def find_ink(grey: Image.Image) -> Image.Image | None:
    """Return the picture with paper as 0 and full ink as 255, or None when it is blank."""
    edge = _frame(np.asarray(grey)).astype(np.float64)
    paper = float(np.median(edge))
    noise = NOISE_REACH * 1.4826 * float(np.median(np.abs(edge - paper)))
    counts = np.array(grey.histogram(), np.float64)
    contrast = np.arange(256) - paper
    energy = np.where(np.abs(contrast) > noise, counts * contrast**2, 0.0)
    if energy[contrast < 0].sum() > energy[contrast > 0].sum():
        contrast = -contrast
    rising = np.argsort(contrast)
    reached = np.cumsum(np.where(contrast > 0, energy, 0.0)[rising])
    full = float(contrast[rising][np.searchsorted(reached, FULL_INK_SHARE * reached[-1])])
    if reached[-1] == 0 or full < LEAST_CONTRAST:
        return None
    ink = np.where(contrast > noise, np.rint(contrast * (255 / full)), 0)
    return grey.point(np.clip(ink, 0, 255).astype(int).tolist())


def _frame(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the pixels along the four sides, a hundredth of the shorter side wide."""
    wide = max(1, min(pixels.shape) // 100)
    sides = (pixels[:wide], pixels[-wide:], pixels[:, :wide], pixels[:, -wide:])
    return np.concatenate([side.ravel() for side in sides])


def _find_writing(ink: Image.Image) -> tuple[Pixels, Box] | None:
    """Cut out the writing without the specks around it, or None when there are but specks."""
    pixels = np.asarray(ink)
    mask = pixels >= INK_THRESHOLD
    cell = -(-max(mask.shape) // CELLS)
    # A line crosses a cell on `cell` pixels, however thin it is; scattered noise fills fewer.
    cells = _block_sums(mask, cell) * 2 >= cell
    labels, count = label_components(cells)
    if count == 0:
        return None
    extents = _extents(labels, count)
    if extents.max() <= max(SPECK_SIZE // cell, SPECK_CELLS if cell > 1 else 0):
        return None
    kept = np.concatenate(([False], extents >= SPECK_SHARE * extents.max()))[labels]
    around = np.pad(kept, 1)
    for axis in (0, 1):
        around = around | np.roll(around, 1, axis) | np.roll(around, -1, axis)
    near = np.repeat(np.repeat(around[1:-1, 1:-1], cell, axis=0), cell, axis=1)
    mask &= near[: mask.shape[0], : mask.shape[1]]
    inside, box = _set_part(mask)
    return np.where(near[inside], pixels[inside], np.uint8(0)), box


def _extents(labels: NDArray[np.int32], count: int) -> NDArray[np.int64]:
    """Return the longer side of each component's box, in cells, in order of their labels."""
    rows, columns = np.nonzero(labels)
    numbers = labels[rows, columns] - 1
    longer = np.zeros(count, np.int64)
    for places in (rows, columns):
        low = np.full(count, max(labels.shape))
        high = np.zeros(count, np.int64)
        np.minimum.at(low, numbers, places)
        np.maximum.at(high, numbers, places)
        longer = np.maximum(longer, high - low + 1)
    return longer


def _stroke_width(writing: Pixels) -> float:
    """Estimate the width of the strokes, in pixels: twice their area over their outline.

    The outline's length comes from how often rows and columns cross it (Crofton's formula).
    """
    solid = np.pad(writing >= 128, 1)
    crossings = np.count_nonzero(solid[1:] != solid[:-1])
    crossings += np.count_nonzero(solid[:, 1:] != solid[:, :-1])
    return float(2 * writing.sum(dtype=np.int64) / 255 / max(np.pi / 4 * crossings, 1.0))


def _scaled(writing: Pixels, stroke_width: float) -> GreyImage:
    """Scale to the box of BOX_SIZE pixels, thickening strokes that would fade."""
    height, width = writing.shape
    extent = max(writing.shape)
    missing = (LEAST_STROKE_WIDTH * extent / BOX_SIZE - stroke_width) / 2
    image = Image.fromarray(writing)
    if missing > 0:
        block = -(-extent // WORKING_SIZE)
        # A stroke narrower than a block fills only that share of it.
        gain = min(max(block / stroke_width, 1.0), block)
        grey = np.minimum(_block_sums(writing, block) * (gain / block**2), 255.0)
        # Thicker strokes make the writing larger, which makes them thinner again in the box.
        radius = missing / (1 - LEAST_STROKE_WIDTH / BOX_SIZE) / block
        margin = int(np.ceil(radius))
        image = Image.fromarray(_dilated(np.pad(grey, margin), radius))
        height = height / block + 2 * radius
        width = width / block + 2 * radius
        box = (margin - radius, margin - radius, margin - radius + width, margin - radius + height)
    else:
        box = (0.0, 0.0, float(width), float(height))
    scale = BOX_SIZE / max(width, height)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    filter_ = Image.Resampling.BOX if scale <= 1 else Image.Resampling.BILINEAR
    return np.asarray(image.resize(size, filter_, box), np.float32) / np.float32(255)


def _dilated(grey: NDArray[np.float64], radius: float) -> NDArray[np.float32]:
    """Widen what is bright by `radius` pixels on every side; parts of a pixel count as grey."""
    reach = int(np.ceil(radius))
    padded = np.pad(grey.astype(np.float32), reach)
    height, width = grey.shape
    result = np.zeros(grey.shape, np.float32)
    for down in range(reach + 1):
        # What is as far above and below, left and right, counts alike.
        rows = np.maximum(
            padded[reach - down :][:height], padded[reach + down : reach + down + height]
        )
        for across in range(reach + 1):
            share = min(radius + 1 - np.hypot(down, across), 1.0)
            if share <= 0:
                break
            left, right = reach - across, reach + across
            seen = np.maximum(rows[:, left : left + width], rows[:, right : right + width])
            if share < 1:
                seen *= np.float32(share)
            np.maximum(result, seen, out=result)
    return result


def _block_sums(values: NDArray[Any], block: int) -> NDArray[np.int64]:
    """Sum over blocks of `block` x `block`, those at the right and bottom filled up with 0."""
    height, width = values.shape
    rows = np.add.reduceat(values, np.arange(0, height, block), axis=0, dtype=np.int64)
    return np.asarray(np.add.reduceat(rows, np.arange(0, width, block), axis=1))


def _centred(small: GreyImage) -> GreyImage:
    """Place a picture of at most BOX_SIZE with its centre of mass at CENTRE, by whole pixels."""
    height, width = small.shape
    shift_x, shift_y = np.rint(CENTRE - centre_of_mass(small)).astype(int)
    left = int(np.clip(shift_x, 0, IMAGE_SIZE - width))
    top = int(np.clip(shift_y, 0, IMAGE_SIZE - height))
    pixels = np.zeros((IMAGE_SIZE, IMAGE_SIZE), np.float32)
    pixels[top : top + height, left : left + width] = small
    return pixels
