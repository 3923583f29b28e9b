"""Pasted: what the clipboard or a drop holds -> a file, a picture without one, or a reason.

Owns which of the many forms of one thing is taken. Files come first, for file managers send along
pictures of them; nothing is ever fetched from the network.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from PIL import Image
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from digitpad.core.picture_files import LoadedPicture, fit_picture, require_fit_sides
from digitpad.words import Words, tr

_NOTHING = Words("There is no picture or file on the clipboard.")
_NOT_LOCAL = Words(
    "DigitPad opens nothing from the internet. Save the picture first, or copy the picture itself."
)


@dataclass(frozen=True, slots=True, eq=False)
class LoosePicture:
    """A picture that lies in no file; the reader's thread turns it into what it reads."""

    image: QImage = field(repr=False)
    name: str = field(default_factory=lambda: tr("The pasted picture"))

    def load(self, page: int) -> LoadedPicture:
        """Return the picture, its only page; raises PictureFileError for one of no fit size."""
        # Before another copy is made of what may be too large for one.
        require_fit_sides(self.image.width(), self.image.height())
        flat = self.image.convertToFormat(QImage.Format.Format_RGBA8888)
        size = flat.width(), flat.height()
        pixels = bytes(flat.constBits())
        picture = Image.frombytes("RGBA", size, pixels, "raw", "RGBA", flat.bytesPerLine(), 1)
        return fit_picture(picture if self.image.hasAlphaChannel() else picture.convert("RGB"))


@dataclass(frozen=True, slots=True)
class Offered:
    """What was found: names of local files, or a picture, or why there is neither."""

    files: tuple[str, ...] = ()
    picture: LoosePicture | None = None
    problem: Words | None = None


def offered(data: QMimeData | None) -> Offered:
    """Choose what to open of what is offered; some clipboards have None while they are empty."""
    if data is None:
        return Offered(problem=_NOTHING)
    urls = data.urls()
    files = tuple(url.toLocalFile() for url in urls if url.isLocalFile())
    if files:
        return Offered(files)
    if data.hasImage():
        image = data.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return Offered(picture=LoosePicture(image))
    return Offered(problem=_NOT_LOCAL if urls else _NOTHING)
