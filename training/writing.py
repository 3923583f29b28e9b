"""Writing: what a command leaves on the disk, and the line that says why it could not.

Owns that a file appears whole or not at all, and that an error names it: the system's own names a
temporary file, or none where the disk is full.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from digitpad.core.reasons import reason_of
from digitpad.core.whole_files import write_whole


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Make an OSError of the block one line for a person: `path` cannot be written, and why."""
    try:
        yield
    except OSError as error:
        raise OSError(f"{path} cannot be written: {reason_of(error)}") from error


def write_file(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all; its folder must exist. Raises OSError."""
    with writing(path):
        write_whole(path, content)


def make_folder(path: Path) -> None:
    """Make a folder where there is none, and those it lies in. Raises OSError."""
    with writing(path):
        path.mkdir(parents=True, exist_ok=True)


@contextmanager
def written_together(folder: Path) -> Iterator[Path]:
    """Yield a temporary folder whose files are moved into `folder` when the block has ended.

    For files that belong together. Raises OSError.
    """
    with writing(folder), TemporaryDirectory(dir=folder, prefix=".part") as temporary:
        yield Path(temporary)
        for file in sorted(Path(temporary).iterdir()):
            os.replace(file, folder / file.name)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a temporary file to write, which then takes the place of `path` or is removed.

    For what cannot give its bytes but only write a file. Raises OSError.
    """
    temporary = path.with_name(f"{path.stem}.part{path.suffix}")
    with writing(path):
        try:
            yield temporary
            with temporary.open("rb") as file:
                os.fsync(file.fileno())
            os.replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
