"""Contents: what of an installed folder was put there, and what a person added to it.

The record's list is only compared with what lies in the folder: whatever it names, no link is
followed and nothing outside is touched.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from digitpad_setup.record import NAME, REMOVED, Record, read_record


def program_in(source: Path) -> list[str]:
    """Return what is to be installed from a folder: an unpacked copy, or another installation.

    Places relative to the folder, a folder before what is in it; without the record.
    """
    record = read_record(source)
    return [
        place
        for place in _all_in(source)
        if place != NAME and (record is None or place in record.contents)
    ]


def added_to(prefix: Path, record: Record) -> list[str]:
    """Return what lies in an installation's folder and was not put there by it, as `program_in`."""
    ours = {NAME, REMOVED, *record.contents}
    return [place for place in _all_in(prefix) if place not in ours]


def in_the_way(prefix: Path, added: Sequence[str], source: Path, program: Sequence[str]) -> str:
    """Return the first place that a person's file and one to be installed both need; "" for none.

    Two folders of one name become one.
    """
    new = set(program)
    for place in added:
        for part in map(str, (Path(place), *Path(place).parents)):
            if part in new and not (_is_folder(prefix / part) and _is_folder(source / part)):
                return part
    return ""


def remove_program(prefix: Path, record: Record) -> None:
    """Remove what an installation put into its folder; raises OSError.

    The record is taken away last, by a new name: when this is interrupted, it can be begun again.
    """
    ours = set(record.contents)
    for path in [prefix / place for place in _all_in(prefix) if place in ours][::-1]:
        if _is_folder(path):
            with contextlib.suppress(OSError):  # A person's files are in it.
                path.rmdir()
        else:
            path.unlink()
    (prefix / NAME).replace(prefix / REMOVED)


def _all_in(folder: Path) -> Iterator[str]:
    for above, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(folders + files):
            yield str(Path(above, name).relative_to(folder))


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()
