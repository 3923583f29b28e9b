"""Errors: what went wrong, in one sentence for a person."""

from __future__ import annotations

import errno
from pathlib import Path

_PLAIN = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is full",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "you may not write there",
    errno.EPERM: "you may not write there",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ENOTDIR: "a part of the path is no folder",
}


class SetupError(Exception):
    """The request cannot be carried out, and everything is as it was before."""


def sentence(error: OSError) -> str:
    """Return what an error of the operating system means for a person."""
    reason = _PLAIN.get(error.errno or 0, error.strerror or str(error))
    return f"{Path(error.filename)}: {reason}" if isinstance(error.filename, str) else reason
