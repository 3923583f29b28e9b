"""Picture files: a file from outside -> a decoded picture, or one reason why not.

Owns which formats are read and what is refused before it can do harm. Knows nothing of writing.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from digitpad.core.limits import DEFAULT_LIMITS, Limits

FORMATS = ("PNG", "JPEG", "BMP", "TIFF", "WEBP", "GIF")


class PictureFileError(Exception):
    """A picture that cannot be read; the message is the end of a sentence for a person."""


def load_picture(path: Path, limits: Limits = DEFAULT_LIMITS) -> Image.Image | None:
    """Return the picture in a file, its first page or frame, upright; None when it holds none.

    The content decides, not the name. Raises OSError when the file cannot be read, and
    PictureFileError when the picture is too large or damaged.
    """
    with path.open("rb") as file:
        return decode_picture(file, limits)


def decode_picture(file: BinaryIO, limits: Limits = DEFAULT_LIMITS) -> Image.Image | None:
    """Return the picture in an open file; all as `load_picture`."""
    too_large = f"has more than {limits.pixels / 1_000_000:.3g} million pixels"
    # Pillow warns of odd metadata and of sizes that the limit refuses.
    with warnings.catch_warnings(action="ignore"):
        try:
            picture = Image.open(file, formats=FORMATS)
        except UnidentifiedImageError:
            file.seek(0)
            if file.read(8).startswith(_MAGIC):
                raise PictureFileError("is truncated or damaged") from None
            return None
        except Image.DecompressionBombError:
            raise PictureFileError(too_large) from None
        except Exception as error:
            raise _damaged(error) from None
        if picture.width * picture.height > limits.pixels:
            raise PictureFileError(too_large)
        try:
            picture.load()
        except Exception as error:
            raise _damaged(error) from None
        try:
            return ImageOps.exif_transpose(picture)
        except Exception:
            # Damaged metadata says nothing about the pixels.
            return picture


_MAGIC = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"RIFF", b"GIF8")


def _damaged(error: Exception) -> PictureFileError:
    # Pillow's decoders raise nearly any exception on damaged data, so none is named above.
    first_line = str(error).strip().partition("\n")[0] or type(error).__name__
    return PictureFileError(f"is truncated or damaged ({first_line})")
