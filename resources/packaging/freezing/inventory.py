"""Inventory: the list of its own files that a bundle brings, so that it can say which is missing.

`digitpad.core.resource_files` reads it.
"""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path, PurePath

from freezing.trimming import Entry

_NOT_LISTED = (
    # Whoever puts in a Qt of their own may have other files; the loader names what it misses.
    "PySide6/Qt/lib/*",
    "PySide6/Qt6*.dll",
    # Nothing works worse without them.
    "digitpad/resources/licenses/*",
    "*.dist-info/*",
    # Left out where dpkg installs and removes the folder.
    "digitpad_setup/*",
)


def write_file_list(entries: Iterable[Entry], target: Path) -> Path:
    """Write the places of all files, a line each; returns `target`."""
    places = {PurePath(place).as_posix() for place, _, kind in entries if kind != "SYMLINK"}
    listed = sorted(
        place for place in places if not any(fnmatch(place, pattern) for pattern in _NOT_LISTED)
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("".join(f"{place}\n" for place in listed), encoding="utf-8", newline="\n")
    return target
