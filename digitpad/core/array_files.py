"""Array files: named arrays as the bytes of an `.npz`, and back, without pickle.

Owns what keeps a hostile file from doing harm while it is unpacked; says nothing of what it means.
"""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

_PARSING = threading.Lock()
"""NumPy parses headers by `ast.literal_eval`, which two threads must not call at once in Python
3.11: now and then it is a SystemError (python/cpython#106905), and a sound file seems damaged."""


def pack_arrays(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Return named arrays as a compressed `.npz`."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **dict(arrays))  # type: ignore[arg-type]
    return buffer.getvalue()


def unpack_arrays(data: bytes, limit: int) -> dict[str, NDArray[Any]]:
    """Return the arrays of an `.npz` by name, each member's checksum looked at before its content.

    NumPy's own `load` parses a member's header first, so that a damaged byte reaches its parser.
    Raises ValueError for more than `limit` bytes, and anything else for what is no such file.
    Threads may call it at once.
    """
    with _PARSING, zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        if sum(member.file_size for member in members) > limit:
            raise ValueError("unpacks to too much")
        return {
            member.filename.removesuffix(".npy"): np.lib.format.read_array(
                io.BytesIO(archive.read(member)), allow_pickle=False
            )
            for member in members
        }
