"""Outside: single files and links that an installation puts beside those of other programs.

Owns how one is put in place and taken back: nothing is written in place, and what was there is kept
under a hidden name until the whole installation has succeeded, so that taking it back needs no
space.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from digitpad_setup import folders

Content = bytes | Path
"""A file's bytes, or where a link leads to."""


def put(path: Path, content: Content, undo: contextlib.ExitStack) -> None:
    """Put a file or link in place; `undo` brings back what was there. Raises OSError."""
    undo.callback(folders.remove_empty, folders.make_folders(path.parent))
    new, old = _new(path), _old(path)
    undo.callback(new.unlink, missing_ok=True)
    new.unlink(missing_ok=True)
    old.unlink(missing_ok=True)
    if isinstance(content, Path):
        new.symlink_to(content)
    else:
        with new.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    if os.path.lexists(path):
        undo.callback(_bring_back, path)
        os.link(path, old, follow_symlinks=False)
    else:
        undo.callback(path.unlink, missing_ok=True)
    os.replace(new, path)


def forget(path: Path) -> None:
    """Remove what was kept in case it had to be brought back, and what a killed run left."""
    for hidden in (_new(path), _old(path)):
        with contextlib.suppress(OSError):
            hidden.unlink(missing_ok=True)


def _bring_back(path: Path) -> None:
    old = _old(path)
    if os.path.lexists(old):
        os.replace(old, path)
        # Two names of one file stay when the one is renamed to the other.
        old.unlink(missing_ok=True)


def _new(path: Path) -> Path:
    return path.with_name(f".{path.name}.new")


def _old(path: Path) -> Path:
    return path.with_name(f".{path.name}.old")
