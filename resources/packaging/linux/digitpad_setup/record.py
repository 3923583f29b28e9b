"""Record: what an installation put where, in one JSON file inside its folder.

Owns the file's format. A folder with a record is an installation of DigitPad; no other folder is
ever replaced or removed. Where a person's files were left after removing, the record stays under a
hidden name, and the folder may be installed into again.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

NAME = "installed.json"
REMOVED = ".digitpad-removed.json"
"""The record's name in a folder that the program was removed from."""


@dataclass(frozen=True, slots=True)
class Record:
    """One installation. The paths outside its folder are absolute."""

    version: str
    files: tuple[str, ...] = ()
    """Files and links outside the folder: menu entry, icons, file type, command."""
    folders: tuple[str, ...] = ()
    """Folders that did not exist before, outermost first."""
    contents: tuple[str, ...] = ()
    """All that was put into the folder, relative to it; but for the record."""


def read_record(folder: Path) -> Record | None:
    """Return the record of an installation; None for any other folder."""
    return _read(folder / NAME)


def read_removed(folder: Path) -> Record | None:
    """Return what a folder from which the program was removed still tells; None for any other.

    All in it is a person's, so the record lists no file and has no version.
    """
    record = _read(folder / REMOVED)
    return Record("", folders=record.folders) if record else None


def _read(file: Path) -> Record | None:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        paths = (_paths(found[key]) for key in ("files", "folders", "contents"))
        return Record(str(found["version"]), *paths)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_record(folder: Path, record: Record) -> None:
    """Write the record of a folder that is not in use yet; raises OSError."""
    text = json.dumps(asdict(record), indent=2, ensure_ascii=True)
    place = folder / NAME
    with place.open("x", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())


def _paths(found: object) -> tuple[str, ...]:
    if not isinstance(found, list) or not all(isinstance(path, str) for path in found):
        raise ValueError("a list of paths is missing")
    return tuple(found)
