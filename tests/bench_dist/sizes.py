"""Sizes: what the program takes on disk, and how large its installers are."""

from __future__ import annotations

import os
from pathlib import Path

from tests.bench.measurement import ROOT, MeasurementError

INSTALLERS = ROOT / "dist" / "installers"


def folder_mb(folder: Path) -> float:
    """Return the megabytes (of 1,000,000 bytes) that a folder takes on disk, links counted once."""
    seen: dict[tuple[int, int], int] = {}
    for path in (folder, *folder.rglob("*")):
        status = path.lstat()
        seen[status.st_dev, status.st_ino] = status.st_blocks * 512
    return sum(seen.values()) / 1e6


def installer_mb(pattern: str) -> float:
    """Return the megabytes of the newest installer with such a name."""
    found = sorted(INSTALLERS.glob(pattern), key=lambda path: path.stat().st_mtime)
    if not found:
        raise MeasurementError(f"dist/installers has no {pattern}: run make installers first")
    return found[-1].stat().st_size / 1e6


def drop_from_cache(folder: Path) -> None:
    """Make the system read a folder's files from the disk again, as after a restart.

    Only these files: emptying the whole cache would need root and slow down everything else.
    """
    os.sync()
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            descriptor = os.open(path, os.O_RDONLY)
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(descriptor)
