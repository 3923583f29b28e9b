"""Picture files: a file from outside -> a decoded picture, or one reason why not.

Owns which formats are read and what is refused before it can do harm. Knows nothing of writing.
"""

from __future__ import annotations

import contextlib
import math
import threading
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from digitpad.core.limits import DEFAULT_LIMITS, Limits
from digitpad.core.picture_memory import ANIMATED_BYTES, decoding_bytes
from digitpad.core.picture_parts import has_too_many_parts
from digitpad.core.reasons import Reason

FORMATS = ("PNG", "JPEG", "BMP", "TIFF", "WEBP", "GIF")
LEAST_SIDES = 2, 5
"""Shorter and longer side, in pixels, of the smallest picture that a digit can be told in."""
LONGEST = 1000
"""Longer side over shorter side."""
WORKING_PIXELS = 16_000_000
"""A larger picture is made smaller before it is looked at: that bounds time and memory."""
STRIP = 64
"""Rows that are made at once of a picture made smaller."""
PAGED = ("TIFF", "GIF", "WEBP")
"""Formats whose further pictures are pages; those of others are thumbnails and depth maps."""
MOST_PAGES = 1000
COUNTING_SECONDS = 2.0
"""Pages are counted up to so many, for so long: a file can claim to have any number."""
FRAME_PIXELS = 1_000_000_000
"""Most pixels that are decoded to have every frame of an animation. For each frame all before it
are decoded again, so that these are 44 frames of 1000 x 1000 pixels."""
LARGEST_RUNS = 8_000_000
"""Bytes of a BMP in runs of pixels, which Pillow unpacks in Python, at some 3 MB a second."""
_DECODING = threading.Lock()
"""Pillow's limit of pixels and Python's filters of warnings are the whole program's: of two windows
one waits until the other's picture is decoded."""
_MAGIC = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF8")


class PictureFileError(Exception):
    """A picture that cannot be read; the message is the end of a sentence for a person.

    When it is about one page of several, `pages` and `more` are as in LoadedPicture.
    """

    pages = 1
    more = False


@dataclass(frozen=True, slots=True, eq=False)
class LoadedPicture:
    """A decoded picture, upright; made smaller where it was very large.

    One of its pixels is `scale` x `scale` pixels of the file's. The file has `pages` of them, or
    `more` than these, which are not read.
    """

    image: Image.Image
    scale: int = 1
    pages: int = 1
    more: bool = False


def load_picture(
    path: Path, limits: Limits = DEFAULT_LIMITS, page: int = 0, pages: int | None = None
) -> LoadedPicture | None:
    """Return the picture in a file, upright; None when it holds none.

    Of several pages or frames it is the one with number `page`, from 0; they are counted unless
    `pages` tells how many there are. The content decides, not the name. Raises OSError when the
    file cannot be read, and PictureFileError when the picture is too large, too small for a digit,
    or damaged.
    """
    with path.open("rb") as file:
        return decode_picture(file, limits, page, pages)


def decode_picture(
    file: BinaryIO, limits: Limits = DEFAULT_LIMITS, page: int = 0, pages: int | None = None
) -> LoadedPicture | None:
    """Return the picture in an open file; all as `load_picture`."""
    if has_too_many_parts(file):
        raise PictureFileError(Reason("is made of more parts than a picture needs"))
    # Pillow warns of odd metadata and of sizes that the limits refuse.
    with _DECODING, warnings.catch_warnings(action="ignore"), _pillow_refusing(None):
        try:
            picture = _opened(file)
        except UnidentifiedImageError:
            file.seek(0)
            if _begins_as_picture(file.read(12)):
                raise PictureFileError(Reason("is truncated or damaged")) from None
            return None
        if picture.format != "TIFF":  # Its pages have each a size of their own.
            _require_fit_size(picture, limits)
        _require_fit_runs(picture, file)
        more = False
        if picture.format not in PAGED:
            pages = 1
        # A frame of a GIF may be larger than what was said at its beginning.
        most = limits.decoding // ANIMATED_BYTES if picture.format == "GIF" else None
        if pages is None:
            with _pillow_refusing(most):
                pages, more = _page_count(picture)
            # Opened anew, because Pillow tells only once of a damaged frame.
            picture = _opened(file)
        try:
            with _pillow_refusing(most):
                _turn_to(picture, page, limits)
            return replace(_decoded(picture, limits), pages=pages, more=more)
        except PictureFileError as error:
            error.pages, error.more = pages, more
            raise


def _opened(file: BinaryIO) -> Image.Image:
    """Return the first page of a file; raises UnidentifiedImageError and PictureFileError."""
    try:
        return Image.open(file, formats=FORMATS)
    except UnidentifiedImageError:
        raise
    except Exception as error:
        raise _damaged(error) from None


def _turn_to(picture: Image.Image, page: int, limits: Limits) -> None:
    """Make a page the current one; raises PictureFileError."""
    try:
        picture.seek(page)
    except Image.DecompressionBombError:
        raise PictureFileError(_too_large(limits)) from None
    except Exception as error:
        raise _damaged(error) from None


def _decoded(picture: Image.Image, limits: Limits) -> LoadedPicture:
    """Return the current page of a picture; raises PictureFileError."""
    _require_fit_size(picture, limits)
    try:
        picture.load()
    except Exception as error:
        raise _damaged(error) from None
    return fit_picture(picture, limits)


@contextlib.contextmanager
def _pillow_refusing(pixels: int | None) -> Iterator[None]:
    """Let Pillow refuse pictures of more pixels, or none: this module checks sizes itself.

    Pillow keeps one number for the whole program: above it, it warns; above twice that, it refuses.
    """
    before = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = None if pixels is None else pixels // 2
    try:
        yield
    finally:
        Image.MAX_IMAGE_PIXELS = before


def fit_picture(picture: Image.Image, limits: Limits = DEFAULT_LIMITS) -> LoadedPicture:
    """Return a decoded picture upright, and smaller where it is very large.

    Raises PictureFileError when it is too large, or too small for a digit.
    """
    _require_fit_size(picture, limits)
    scale = math.ceil(math.sqrt(picture.width * picture.height / WORKING_PIXELS))
    if scale > 1:
        picture = _reduced(picture, scale)
    return LoadedPicture(upright(picture), scale)


def upright(picture: Image.Image) -> Image.Image:
    """Return a copy of a picture, turned as its metadata says."""
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:
        return picture  # Damaged metadata says nothing about the pixels.


def _page_count(picture: Image.Image) -> tuple[int, bool]:
    """Return how many pages there are, up to a limit, and whether there are more.

    The picture cannot be used afterwards. A damaged page ends the count and is the last that
    counts: whoever reads it is told of the damage.
    """
    count, most = 1, MOST_PAGES
    if picture.format != "TIFF":
        most = min(most, math.isqrt(2 * FRAME_PIXELS // (picture.width * picture.height)) or 1)
    until = time.monotonic() + COUNTING_SECONDS
    while True:
        if picture.format == "GIF" and not _can_be_decoded(picture):
            return count, False  # The next frame is put together from this one.
        try:
            picture.seek(count)
        except EOFError:
            return count, False
        except Exception:
            return count + 1, False
        if count >= most or time.monotonic() > until:
            return count, True
        count += 1


def _can_be_decoded(picture: Image.Image) -> bool:
    try:
        picture.load()
    except Exception:
        return False
    return True


def _require_fit_runs(picture: Image.Image, file: BinaryIO) -> None:
    """Raise PictureFileError for a BMP that takes too long to be unpacked."""
    if picture.format == "BMP" and any(
        tile[0] == "bmp_rle" for tile in getattr(picture, "tile", ())
    ):
        place = file.tell()
        if file.seek(0, 2) > LARGEST_RUNS:
            raise PictureFileError(Reason("takes too long to be unpacked"))
        file.seek(place)


def _require_fit_size(picture: Image.Image, limits: Limits) -> None:
    """Raise PictureFileError for a size that holds no digit, or more than there is room for."""
    require_fit_sides(picture.width, picture.height, limits)
    if decoding_bytes(picture) > limits.decoding:
        raise PictureFileError(
            Reason(
                "takes more than {room} MB to be decoded ({width} x {height} pixels)",
                room=f"{limits.decoding / 1_000_000:,.10g}",
                width=str(picture.width),
                height=str(picture.height),
            )
        )


def require_fit_sides(width: int, height: int, limits: Limits = DEFAULT_LIMITS) -> None:
    """Raise PictureFileError for a size, in pixels, that holds no digit, or too many pixels."""
    shorter, longer = sorted((width, height))
    sides = {"width": str(width), "height": str(height)}
    if shorter < LEAST_SIDES[0] or longer < LEAST_SIDES[1]:
        raise PictureFileError(
            Reason("is too small for a digit ({width} x {height} pixels)", **sides)
        )
    if longer > LONGEST * shorter:
        raise PictureFileError(
            Reason("is too long and thin for digits ({width} x {height} pixels)", **sides)
        )
    if shorter * longer > limits.pixels:
        raise PictureFileError(_too_large(limits))


def _reduced(picture: Image.Image, scale: int) -> Image.Image:
    """Return the picture with the mean of `scale` x `scale` pixels for each."""
    mode = picture.mode
    if mode in ("1", "L", "P", "RGB"):
        # What a mean of palette indices, or of one transparent colour, would not keep.
        opaque = "L" if mode in ("1", "L") else "RGB"
        mode = "RGBA" if picture.has_transparency_data else opaque
    elif mode.startswith("I"):
        mode = "I"
    size = (-(-picture.width // scale), -(-picture.height // scale))
    small = Image.new(mode, size)
    # In strips: Pillow makes a copy of what it makes smaller.
    for top in range(0, picture.height, STRIP * scale):
        bottom = min(top + STRIP * scale, picture.height)
        strip = picture.crop((0, top, picture.width, bottom))
        small.paste(strip.convert(mode).reduce(scale), (0, top // scale))
    small.getexif().update(picture.getexif())
    return small


def _begins_as_picture(beginning: bytes) -> bool:
    """Whether 12 bytes are the first of a picture; sounds and films may be RIFF, too."""
    is_webp = beginning.startswith(b"RIFF") and beginning[8:] == b"WEBP"
    return is_webp or beginning.startswith(_MAGIC)


def _too_large(limits: Limits) -> Reason:
    millions = f"{limits.pixels / 1_000_000:,.10g}"
    return Reason("has more than {millions} million pixels", millions=millions)


def _damaged(error: Exception) -> PictureFileError:
    # Pillow's decoders raise nearly any exception on damaged data, so none is named above.
    first_line = str(error).strip().partition("\n")[0] or type(error).__name__
    return PictureFileError(Reason("is truncated or damaged", detail=first_line))
