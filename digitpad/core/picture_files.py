"""Picture files: a file from outside -> a decoded picture, or one reason why not.

Owns which formats are read and what is refused before it can do harm. Knows nothing of writing.
"""

from __future__ import annotations

import warnings
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("PNG", "JPEG", "BMP", "TIFF", "WEBP", "GIF")
PIXEL_LIMIT = 64_000_000
"""Largest picture in pixels; the largest common phone cameras make 50 million."""


class PictureFileError(Exception):
    """A picture that cannot be read; the message is the end of a sentence for a person."""


def load_picture(path: Path) -> Image.Image | None:
    """Return the picture in a file, its first page or frame, upright; None when it holds none.

    The content decides, not the name. Raises OSError when the file cannot be read, and
    PictureFileError when the picture is too large or damaged.
    """
    # Pillow warns of odd metadata and of sizes that PIXEL_LIMIT refuses.
    with path.open("rb") as file, warnings.catch_warnings(action="ignore"):
        try:
            picture = Image.open(file, formats=FORMATS)
        except UnidentifiedImageError:
            file.seek(0)
            if file.read(8).startswith(_MAGIC):
                raise PictureFileError("is truncated or damaged") from None
            return None
        except Image.DecompressionBombError:
            raise PictureFileError(_TOO_LARGE) from None
        except Exception as error:
            raise _damaged(error) from None
        if picture.width * picture.height > PIXEL_LIMIT:
            raise PictureFileError(_TOO_LARGE)
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
_TOO_LARGE = f"has more than {PIXEL_LIMIT // 1_000_000} million pixels"


def _damaged(error: Exception) -> PictureFileError:
    # Pillow's decoders raise nearly any exception on damaged data, so none is named above.
    first_line = str(error).strip().partition("\n")[0] or type(error).__name__
    return PictureFileError(f"is truncated or damaged ({first_line})")
