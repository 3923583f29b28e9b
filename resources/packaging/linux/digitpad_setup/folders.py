"""Folders: the operations on a file system that an installation is made of.

Owns copying, the exchange of two folders in one step, locks and leftovers. Everything is prepared
under a hidden name beside its place and renamed there.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from digitpad_setup.errors import SetupError
from digitpad_setup.record import read_record, read_removed

Progress = Callable[[float], None]
"""Told the share that is done, 0 to 1; may raise to stop the work."""

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_CANNOT_EXCHANGE = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)


def copy_into(target: Path, source: Path, places: Sequence[str], progress: Progress) -> None:
    """Copy places in a folder into another, each at its place; raises OSError.

    A file becomes a second link to the first where both are on one file system: neither takes time
    or space, and no file of an installation is ever changed in place.
    """
    for done, name in enumerate(places):
        progress(done / len(places))
        entry, place = source / name, target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if entry.is_symlink():
            place.symlink_to(os.readlink(entry))
        elif entry.is_dir():
            # What is in it must be seen now, and removed afterwards.
            if not os.access(entry, os.R_OK | os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(entry))
            place.mkdir(exist_ok=True)
            place.chmod(entry.stat().st_mode)
        else:
            try:
                os.link(entry, place)
            except OSError:
                shutil.copy2(entry, place)
            if place.is_file() and os.access(place, os.R_OK):
                sync(place)


def sync_folders(folder: Path) -> None:
    """Wait until a folder and all in it are on the disk; raises OSError for a full one."""
    for above, _, _ in os.walk(folder):
        sync(Path(above))


def sync(path: Path) -> None:
    """Wait until a file or folder is on the disk; raises OSError for a full one."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def switch(new: Path, place: Path) -> Path | None:
    """Put a folder in its place; returns where the one that was there is now, if there was one.

    At every moment one of the two is in place, unless the file system cannot exchange names: then
    there is none between two calls, and `remove_leftovers` puts the old one back if it must.
    """
    if not place.exists() or not any(place.iterdir()):
        os.rename(new, place)
        return None
    old = new
    if not _exchange(new, place):
        old = _free_name(place, "old")
        os.rename(place, old)
        os.rename(new, place)
    sync(place.parent)
    return old


def switch_back(new: Path, place: Path, old: Path | None) -> None:
    """Undo `switch`, which returned `old`: the folder goes back to `new`. Takes no space."""
    if old == new:
        _exchange(new, place)
        return
    os.rename(place, new)
    if old is not None:
        os.rename(old, place)


def make_partial(place: Path) -> Path:
    """Make the hidden folder that `place` is prepared in; raises OSError."""
    partial = Path(tempfile.mkdtemp(prefix=_hidden(place, "partial"), dir=place.parent))
    partial.chmod(0o755)
    return partial


def hide(place: Path) -> Path:
    """Take a folder out of its place in one step, to be removed; returns where it is now."""
    hidden = _free_name(place, "partial")
    os.rename(place, hidden)
    return hidden


def remove_leftovers(place: Path) -> None:
    """Clean up after a run that was killed; only while the place is locked."""
    for old in place.parent.glob(_hidden(place, "old") + "*"):
        if not place.exists() and (read_record(old) or read_removed(old)):
            os.rename(old, place)
        else:
            shutil.rmtree(old, ignore_errors=True)
    for partial in place.parent.glob(_hidden(place, "partial") + "*"):
        shutil.rmtree(partial, ignore_errors=True)


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other setups out of a folder while entered; raises SetupError while one is in it."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SetupError("another installation is under way in this folder") from None
        except OSError:
            pass  # A network file system without locks.
        yield
    finally:
        os.close(handle)


def make_folders(folder: Path) -> list[Path]:
    """Make a folder and those above it; returns those that were made, outermost first."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()][::-1]
    made: list[Path] = []
    try:
        for path in missing:
            path.mkdir()
            made.append(path)
    except OSError:
        remove_empty(made)
        raise
    return made


def remove_empty(folders: list[Path]) -> None:
    """Remove those of the folders that are empty, innermost first."""
    for folder in sorted(folders, key=lambda path: len(path.parts), reverse=True):
        with contextlib.suppress(OSError):
            folder.rmdir()


def _free_name(place: Path, kind: str) -> Path:
    """Return a hidden name that nothing has, since leftovers are removed and the folder locked."""
    return place.with_name(f"{_hidden(place, kind)}{os.getpid()}")


def _hidden(place: Path, kind: str) -> str:
    return f".{place.name}.{kind}-"


def _exchange(first: Path, second: Path) -> bool:
    """Let two folders change places in one step; returns whether the file system can."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT_EXCHANGE:
        return False
    raise OSError(number, os.strerror(number), str(second))
