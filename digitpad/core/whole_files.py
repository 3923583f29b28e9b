"""Whole files: a file is written to its end or not at all.

Owns how that is done: beside it, to the disk, then renamed. What was there before stays until then.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that neither a crash nor a full disk leaves it half written.

    A link is followed, and the permissions of a file that is replaced are kept. Raises OSError.
    """
    path = Path(os.path.realpath(path))
    try:
        mode = path.stat().st_mode & 0o777
    except OSError:
        mode = 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(OSError):  # Not all file systems have permissions.
            os.chmod(name, mode)
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _umask() -> int:
    """The permissions that new files do not get; there is no way to ask but to change them."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
