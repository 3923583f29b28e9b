"""Symbols: what debuggers want and nobody at the pad needs, taken out of copies of the libraries.

PyInstaller's own `strip` breaks libraries that `patchelf` has moved things in, as those in wheels:
their segments then no longer lie on pages, and the loader refuses them. Here such a copy is thrown
away and the library stays as it was.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
from collections.abc import Iterable
from pathlib import Path

from freezing.trimming import Entry

_LOAD = 1
_HEADER_64 = struct.Struct("<16x16xQ14xHH")
"""Of an ELF file: offset, size and number of its program headers."""
_SEGMENT_64 = struct.Struct("<II6Q")
"""Kind, flags, offset, address, physical address, sizes in file and memory, alignment."""


def stripped(entries: Iterable[Entry], folder: Path) -> list[Entry]:
    """Return the entries with each ELF file replaced by a copy in `folder` without symbols."""
    shutil.rmtree(folder, ignore_errors=True)
    return [
        (place, str(_stripped(Path(source), folder / place)), kind)
        if kind in ("BINARY", "EXTENSION")
        else (place, source, kind)
        for place, source, kind in entries
    ]


def _stripped(source: Path, copy: Path) -> Path:
    copy.parent.mkdir(parents=True, exist_ok=True)
    command = ["strip", "--strip-unneeded", "-o", str(copy), str(source)]
    done = subprocess.run(command, capture_output=True, check=False)
    return copy if done.returncode == 0 and is_loadable(copy.read_bytes()) else source


def is_loadable(elf: bytes) -> bool:
    """Whether every segment of a 64-bit ELF file lies as the loader wants it."""
    start, size, number = _HEADER_64.unpack_from(elf)
    for index in range(number):
        kind, _, offset, address, *_, alignment = _SEGMENT_64.unpack_from(elf, start + index * size)
        if kind == _LOAD and (offset - address) % max(alignment, 1):
            return False
    return True
