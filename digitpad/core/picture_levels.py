"""Picture levels: a decoded picture -> opaque colours for a screen, in several sizes.

Owns how a picture of any mode looks, and its halvings: what is shown small is painted from one that
is small already, in a moment and without flicker. Knows nothing of screens and nothing of digits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from digitpad.core.picture import to_grey

SMALLEST = 512
"""No picture is halved whose longer side has no more pixels."""
_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)
_RAW = "BGRA"


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """A picture in one size: rows from the top, four bytes a pixel: blue, green, red, 255."""

    width: int
    height: int
    pixels: bytes


def picture_levels(picture: Image.Image) -> tuple[Level, ...]:
    """Return a picture and its halvings, largest first."""
    shown = _opaque(picture)
    levels = [_level(shown)]
    while max(shown.size) > SMALLEST:
        shown = shown.reduce(2)
        levels.append(_level(shown))
    return tuple(levels)


def _level(picture: Image.Image) -> Level:
    return Level(*picture.size, picture.convert("RGBA").tobytes("raw", _RAW))


def _opaque(picture: Image.Image) -> Image.Image:
    """Return the picture in mode RGB, laid on paper that its writing stands out from."""
    if picture.mode == "F" or picture.mode.startswith("I"):
        return to_grey(picture).convert("RGB")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    # Pillow knows no direct way from La.
    straight = picture.convert("LA") if picture.mode == "La" else picture
    colours = straight.convert("RGBA")
    alpha = np.asarray(colours.getchannel("A"))
    seen = np.asarray(colours.convert("L"))[alpha >= 128]
    is_light = seen.size > 0 and float(seen.mean()) >= 128
    paper = Image.new("RGB", colours.size, _BLACK if is_light else _WHITE)
    paper.paste(colours, mask=colours.getchannel("A"))
    return paper
