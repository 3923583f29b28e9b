"""Picture: a picture of one digit -> the 28x28 picture the network sees.

Owns how writing is found in pixels: which grey is paper, which side of it is ink, where the ink
lies and how wide its strokes are. The geometry behind that is the one of `preprocess`. Evenly lit
pictures only; knows nothing of files.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from digitpad.core.preprocess import BOX_SIZE, CENTRE, IMAGE_SIZE, GreyImage, centre_of_mass
from digitpad.core.reading import Box

LEAST_CONTRAST = 32
"""Grey levels (of 255) between paper and ink under which a picture is blank."""


@dataclass(frozen=True, slots=True, eq=False)
class PreparedPicture:
    """What the network sees of a picture, and where the ink lies in it, in picture pixels.

    `is_dot` says that the ink is one solid blob: there is no shape to read.
    """

    pixels: GreyImage
    box: Box
    is_dot: bool


def prepare_picture(picture: Image.Image) -> PreparedPicture | None:
    """Find the one digit in a picture of any mode and size; None when it is blank.

    Dark on light and light on dark are read alike. The box is in pixels of the upright picture.
    """
    grey = _grey(ImageOps.exif_transpose(picture))
    ink = _ink(grey)
    box = ink.getbbox() if ink is not None else None
    if ink is None or box is None:
        return None
    left, top, right, bottom = box
    cropped = ink.crop(box)
    scale = BOX_SIZE / max(cropped.size)
    size = tuple(max(1, round(side * scale)) for side in cropped.size)
    filter_ = Image.Resampling.BOX if scale <= 1 else Image.Resampling.BILINEAR
    small = np.asarray(cropped.resize((size[0], size[1]), filter_), np.float32) / 255
    place = Box(left, top, right - left, bottom - top)
    return PreparedPicture(_centred(small), place, max(place.width, place.height) <= 2)


def _grey(picture: Image.Image) -> Image.Image:
    return picture.convert("RGB").convert("L")


def _ink(grey: Image.Image) -> Image.Image | None:
    """Return the picture with paper as 0 and ink as 255, or None when there is no contrast."""
    pixels = np.asarray(grey)
    frame = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    paper = int(np.median(frame))
    difference = np.arange(256) - paper
    energy = np.array(grey.histogram()) * difference**2
    signed = (
        difference if energy[difference > 0].sum() > energy[difference < 0].sum() else -difference
    )
    full = int(signed[energy > 0].max(initial=0))
    if full < LEAST_CONTRAST:
        return None
    return grey.point([int(level) for level in np.clip(signed * 255 / full, 0, 255)])


def _centred(small: NDArray[np.float32]) -> GreyImage:
    """Place a picture of at most BOX_SIZE with its centre of mass at CENTRE."""
    height, width = small.shape
    x, y = np.rint(CENTRE - centre_of_mass(small)).astype(int)
    x = int(np.clip(x, 0, IMAGE_SIZE - width))
    y = int(np.clip(y, 0, IMAGE_SIZE - height))
    pixels = np.zeros((IMAGE_SIZE, IMAGE_SIZE), np.float32)
    pixels[y : y + height, x : x + width] = small
    return pixels
