"""Installation: puts the program in place, over an older one or beside it, and removes it.

Owns the order of the steps. At every moment the folder in place is a whole program, old or new;
when a step fails, all before it are taken back. A run that is killed leaves hidden folders at
most, which the next one removes.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from digitpad_setup import contents, folders, menu, outside
from digitpad_setup.errors import SetupError, sentence
from digitpad_setup.folders import Progress
from digitpad_setup.outside import Content
from digitpad_setup.places import Places
from digitpad_setup.record import Record, read_record, read_removed, write_record

PROGRAM = "digitpad"


@dataclass(frozen=True, slots=True)
class Result:
    """What was done: the folder, its version before (None for none), and remarks for a person."""

    prefix: Path
    replaced: str | None = None
    notes: tuple[str, ...] = ()


def install(
    source: Path,
    version: str,
    prefix: Path,
    places: Places,
    *,
    menu_entry: bool,
    progress: Progress,
) -> Result:
    """Install the program in `source` as `prefix`, with a menu entry and a command.

    What a person added to a version that is replaced, or what removing one left of theirs, is in
    the new one, too.

    Raises SetupError, and whatever `progress` raises, when everything is as it was before.
    """
    prefix = usable(prefix)
    with _plain_errors(), contextlib.ExitStack() as always:
        _check_still(prefix)
        made = folders.make_folders(prefix.parent)
        always.callback(folders.remove_empty, made)
        always.enter_context(folders.locked(prefix.parent))
        with contextlib.ExitStack() as undo:
            folders.remove_leftovers(prefix)
            before = _check_replaceable(prefix)
            _check_space(source, prefix.parent)
            files: dict[Path, Content] = {}
            if menu_entry:
                files.update(menu.menu_files(places, prefix))
            takes_command = menu.is_our_command(places.command)
            if takes_command:
                files[places.command] = prefix / PROGRAM
            program = contents.program_in(source)
            added = contents.added_to(prefix, before) if before else []
            taken = contents.in_the_way(prefix, added, source, program)
            if taken:
                raise SetupError(
                    f"{prefix / taken} is not DigitPad's, and this version needs its name; "
                    "move it elsewhere"
                )
            new = _record(version, program, list(files), made, before, _rival(places, prefix))

            partial = folders.make_partial(prefix)
            undo.callback(shutil.rmtree, partial, ignore_errors=True)
            folders.copy_into(partial, source, program, progress)
            folders.copy_into(partial, prefix, added, progress=lambda _: None)
            write_record(partial, new)
            folders.sync_folders(partial)
            old = folders.switch(partial, prefix)
            undo.callback(folders.switch_back, partial, prefix, old)
            for path, content in files.items():
                outside.put(path, content, undo)
            progress(1.0)
            undo.pop_all()
        for path in files:
            outside.forget(path)
        with contextlib.suppress(OSError):
            if before is not None:
                _remove_outside(before, places, prefix, keep=list(files))
            if old is not None:
                shutil.rmtree(old)
    menu.refresh_caches(places)
    notes = () if takes_command else (f"{places.command} is another program; it was left alone.",)
    return Result(prefix, (before.version or None) if before else None, notes)


def uninstall(prefix: Path, places: Places, *, purge: bool) -> Result:
    """Remove an installation with all it put elsewhere; with `purge`, settings and unsaved drawings
    too. What a person put into its folder stays there.

    Raises SetupError when there is none, or when it cannot be removed.
    """
    prefix = usable(prefix)
    with _plain_errors():
        if not prefix.parent.is_dir():
            raise SetupError(f"DigitPad is not installed in {prefix}")
        with folders.locked(prefix.parent):
            folders.remove_leftovers(prefix)
            record = read_record(prefix)
            if record is None:
                raise SetupError(f"DigitPad is not installed in {prefix}")
            _check_still(prefix)
            if not os.access(prefix.parent, os.W_OK):
                raise SetupError(f"{prefix.parent}: you may not write there")
            added = contents.added_to(prefix, record)
            _remove_outside(record, places, prefix, keep=[])
            if added:
                contents.remove_program(prefix, record)
            else:
                shutil.rmtree(folders.hide(prefix))
        if purge:
            _purge(places)
        menu.refresh_caches(places)
        made = [Path(path) for path in record.folders]
        for cache in menu.cache_leftovers(places, set(made)):
            shutil.rmtree(cache) if cache.is_dir() else cache.unlink(missing_ok=True)
        folders.remove_empty(made)
    notes = (f"{prefix} holds files that are not DigitPad's; they were left there.",)
    return Result(prefix, record.version, notes if added else ())


def usable(prefix: Path) -> Path:
    """Return the folder in full, links resolved; raises SetupError for one that cannot be."""
    try:
        os.fsencode(prefix).decode()  # It is written into a menu entry.
        return Path(os.path.abspath(prefix.expanduser())).resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise SetupError(f"{prefix} cannot be a folder") from error


def folder_size(folder: Path) -> int:
    """Return the bytes of all files in a folder."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())


def free_space(folder: Path) -> int:
    """Return the bytes that are free where a folder is to be made.

    Raises OSError where none can be made.
    """
    above = folder.parent
    while not above.exists():
        above = above.parent
    if not above.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(above))
    if not os.access(above, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(above))
    return shutil.disk_usage(above).free


def _check_replaceable(prefix: Path) -> Record | None:
    """Return the record of what is replaced, or was removed and left a person's files; raises
    SetupError for what must not be replaced."""
    if not prefix.exists():
        return None
    if not prefix.is_dir():
        raise SetupError(f"{prefix} is a file; name a folder")
    record = read_record(prefix) or read_removed(prefix)
    if record is None and any(prefix.iterdir()):
        raise SetupError(f"{prefix} holds other files; name an empty folder or a new one")
    return record


def _check_still(prefix: Path) -> None:
    """Raise SetupError while the program in `prefix` runs: it loads parts of itself late."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            runs = os.readlink(process / "exe") == str(prefix / PROGRAM)
        except OSError:
            continue  # Another person's, or one that has just ended.
        if runs:
            raise SetupError("DigitPad is open; close it first")


def _check_space(source: Path, parent: Path) -> None:
    """Raise SetupError when a copy will not fit; a link to what is there takes nothing."""
    if source.stat().st_dev == parent.stat().st_dev:
        return
    needed, free = folder_size(source), shutil.disk_usage(parent).free
    if needed > free:
        raise SetupError(
            f"{parent}: {needed / 1e6:.0f} MB are needed and {free / 1e6:.0f} MB are free"
        )


def _rival(places: Places, prefix: Path) -> Record | None:
    """Return the record of another installation whose menu entry this one takes over."""
    other = menu.owner(places.menu_entry)
    return read_record(other) if other is not None and other != prefix else None


def _record(
    version: str,
    program: list[str],
    files: list[Path],
    made: list[Path],
    *earlier: Record | None,
) -> Record:
    """Return the record of a new installation; folders that earlier ones made stay ours."""
    new = [
        folder
        for path in files
        for folder in reversed([path.parent, *path.parent.parents])
        if not folder.exists()
    ]
    inherited = [folder for record in earlier if record for folder in record.folders]
    paths = dict.fromkeys([*inherited, *map(str, made), *map(str, new)])
    return Record(version, tuple(map(str, files)), tuple(paths), tuple(program))


def _remove_outside(record: Record, places: Places, prefix: Path, keep: list[Path]) -> None:
    """Remove what an installation put elsewhere, unless another one has taken it over."""
    entry_is_ours = menu.owner(places.menu_entry) in (prefix, None)
    for path in map(Path, record.files):
        if path in keep or not menu.is_name_of_ours(path):
            continue
        outside.forget(path)
        if path.is_symlink():
            is_ours = os.readlink(path) == str(prefix / PROGRAM)
        else:
            is_ours = entry_is_ours and path.exists()
        if is_ours:
            path.unlink()


def _purge(places: Places) -> None:
    """Remove what the program itself keeps for a person, and nothing that they saved beside it."""
    with contextlib.suppress(OSError):
        places.settings.unlink()
    for folder in (places.drafts, places.caches):
        shutil.rmtree(folder, ignore_errors=True)
    folders.remove_empty(
        [above for path in (places.settings, places.drafts) for above in list(path.parents)[:2]]
    )


@contextlib.contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SetupError(sentence(error)) from error
