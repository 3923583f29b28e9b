"""Symbols: what debuggers want and nobody at the pad needs, taken out of copies of the libraries.

PyInstaller's own `strip` breaks libraries that `patchelf` has moved things in, as those in wheels:
their segments then no longer lie on pages, and the loader refuses them. Here such a copy is thrown
away and the library stays as it was, but for search paths of the machine that it was built on.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from freezing.elf import LOAD, segments
from freezing.search_paths import without_foreign_paths
from freezing.trimming import Entry


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
    if done.returncode != 0 or not is_loadable(copy.read_bytes()):
        shutil.copy(source, copy)
    copy.write_bytes(without_foreign_paths(copy.read_bytes()))
    return copy


def is_loadable(elf: bytes) -> bool:
    """Whether every segment of a 64-bit ELF file lies as the loader wants it."""
    return not any(
        segment.kind == LOAD and (segment.offset - segment.address) % max(segment.alignment, 1)
        for segment in segments(elf)
    )
