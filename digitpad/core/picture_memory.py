"""Picture memory: how much decoding a picture will take, told from what its file says of it.

Owns what Pillow's decoders, and the libraries beneath them, set aside for each format.
"""

from __future__ import annotations

import contextlib
import math

from PIL import Image

ANIMATED_BYTES = 18
"""Memory for each pixel of a GIF of several frames: each is put together from the one before."""
_TIFF_BITS, _TIFF_TILE = 258, (322, 323)


def decoding_bytes(picture: Image.Image) -> float:
    """Return how many bytes decoding an opened picture takes, the decoders' own included."""
    return picture.width * picture.height * _bytes_per_pixel(picture) + _tile_bytes(picture)


def _bytes_per_pixel(picture: Image.Image) -> float:
    kept = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2}.get(picture.mode, 4)
    if picture.format == "WEBP":
        return 4 * kept
    if picture.format == "TIFF":  # A strip may be the whole picture, and is unpacked at once.
        return kept + _tiff_bits(picture) / 8
    if picture.format == "JPEG" and picture.info.get("progressive"):
        # What all scans add up to is kept as two bytes for each pixel of each band.
        return kept + 2 * len(picture.getbands())
    if picture.format == "GIF" and _is_animated(picture):
        return ANIMATED_BYTES
    return kept


def _is_animated(picture: Image.Image) -> bool:
    with contextlib.suppress(Exception):  # Damage behind the first frame.
        return bool(getattr(picture, "is_animated", False))
    return False


def _tile_bytes(picture: Image.Image) -> float:
    """How much memory one tile of a TIFF takes: it may be far larger than the picture."""
    tags = getattr(picture, "tag_v2", {}) if picture.format == "TIFF" else {}
    width, height = (tags.get(tag, 0) for tag in _TIFF_TILE)
    if not (isinstance(width, int) and isinstance(height, int)):
        return math.inf
    return width * height * _tiff_bits(picture) / 8


def _tiff_bits(picture: Image.Image) -> float:
    """Bits of one pixel in a TIFF; many, where the file does not say so in numbers."""
    bits = getattr(picture, "tag_v2", {}).get(_TIFF_BITS, (64,))
    return sum(bits if isinstance(bits, tuple) else (64,))
