"""File kinds: what a file from outside is taken for, before anything opens it.

Owns what is no file at all, and which file counts as what: what is in a picture decides, ink goes
by its name. Decodes nothing.
"""

from __future__ import annotations

import enum
import os
import stat
from pathlib import Path

from digitpad.core.ink_files import SUFFIXES
from digitpad.core.reasons import Reason

INKML_SUFFIX = ".inkml"
_PICTURE_BEGINNINGS = (b"\x89PNG", b"\xff\xd8\xff", b"BM", b"II*\0", b"MM\0*", b"RIFF", b"GIF8")
_SNIFFED = 512


class NotAFileError(Exception):
    """Something that is no file; the message is the end of a sentence for a person."""


class FileKind(enum.Enum):
    """What a file holds."""

    PICTURE = "picture"
    """A picture, or nothing known."""
    INKML = "inkml"
    INK_LINES = "ink lines"


def size_of_regular(name: str) -> int:
    """Return a file's size in bytes; refuse what would hang or never end, and what is empty.

    The name is as a person gave it: a Path drops a "/" at the end, behind which is no file.
    Raises NotAFileError, and OSError when there is no such file.
    """
    try:
        status = os.stat(name)
    except ValueError:
        raise NotAFileError(Reason("is not a file name")) from None
    if stat.S_ISDIR(status.st_mode):
        raise NotAFileError(Reason("is a directory"))
    if not stat.S_ISREG(status.st_mode):
        raise NotAFileError(Reason("is not a regular file"))
    if status.st_size == 0:
        raise NotAFileError(Reason("is empty"))
    return status.st_size


def kind_of(path: Path) -> FileKind:
    """Tell what a regular file is; raises OSError when it cannot be read."""
    with path.open("rb", buffering=0) as file:
        beginning = file.read(_SNIFFED)
    name = path.name.lower()
    if beginning.startswith(_PICTURE_BEGINNINGS):
        return FileKind.PICTURE
    if name.endswith(INKML_SUFFIX):
        return FileKind.INKML
    if name.endswith(SUFFIXES):
        is_xml = beginning.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
        return FileKind.INKML if is_xml else FileKind.INK_LINES
    return FileKind.PICTURE
