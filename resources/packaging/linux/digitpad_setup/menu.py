"""Menu: the menu entry, icons, file type and command of an installation, outside its folder.

Owns their contents and whether one that is found there is ours. Writes nothing itself.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from digitpad.core.resource_files import resource_path
from digitpad_setup.places import Places
from digitpad_setup.record import read_record

SHARE = Path(__file__).resolve().parent / "share"
"""The files that the Debian package installs too."""
_OURS = (
    ".local/bin/digitpad",
    "applications/digitpad.desktop",
    "mime/packages/digitpad.xml",
    "icons/hicolor/*/apps/digitpad.*",
)
_OWNER_KEY = "X-DigitPad-Folder"
_UNINSTALL = """\
Actions=remove;

[Desktop Action remove]
Name=Remove DigitPad
Exec={setup}
"""
_CACHE_PROGRAMS = (
    ("update-desktop-database", "applications", "mimeinfo.cache"),
    ("update-mime-database", "mime", None),
)
_PATIENCE = 60
"""Seconds that a program gets which renews a cache of the desktop's."""


def menu_files(places: Places, prefix: Path) -> dict[Path, bytes]:
    """Return what to write where for a menu entry that starts the program in `prefix`."""
    files = {places.menu_entry: menu_entry(prefix).encode()}
    mime = SHARE / "digitpad.xml"
    files[places.data / "mime" / "packages" / mime.name] = mime.read_bytes()
    icons = places.data / "icons" / "hicolor"
    for icon in sorted(resource_path("icons").glob("digitpad*")):
        side = icon.stem.removeprefix("digitpad-")
        size = "scalable" if icon.suffix == ".svg" else f"{side}x{side}"
        files[icons / size / "apps" / f"digitpad{icon.suffix}"] = icon.read_bytes()
    return files


def is_name_of_ours(path: Path) -> bool:
    """Whether an installation may have put a file or link there, whatever its record says."""
    return any(map(path.match, _OURS))


def menu_entry(prefix: Path) -> str:
    """Return the packaged menu entry, changed to start the program in `prefix`."""
    program = prefix / "digitpad"
    entry = (SHARE / "digitpad.desktop").read_text(encoding="utf-8")
    for key, value in (
        ("Exec", f"{_as_argument(program)} %f"),
        ("TryExec", _escaped(str(program))),
    ):
        entry = re.sub(rf"(?m)^{key}=.*$", lambda _: f"{key}={value}", entry)  # noqa: B023
    setup = _as_argument(prefix / "digitpad-setup")
    return f"{entry}{_OWNER_KEY}={_escaped(str(prefix))}\n{_UNINSTALL.format(setup=setup)}"


def owner(entry: Path) -> Path | None:
    """Return the folder of the program that a menu entry of ours starts; None for any other."""
    try:
        text = entry.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    found = re.search(rf"(?m)^{_OWNER_KEY}=(.*)$", text)
    return Path(re.sub(r"\\(.)", _unescaped, found[1])) if found else None


def is_our_command(command: Path) -> bool:
    """Whether a link may be replaced: it leads to an installation, or to nothing any more."""
    if not command.is_symlink():
        return not command.exists()
    target = Path(os.readlink(command))
    return target.name == "digitpad" and (
        not target.exists() or read_record(target.parent) is not None
    )


def refresh_caches(places: Places) -> None:
    """Have the desktop notice what changed, with its own tools where they are installed."""
    for program, folder, _ in _CACHE_PROGRAMS:
        path = places.data / folder
        found = shutil.which(program)
        if found and path.is_dir():
            try:
                subprocess.run(
                    [found, str(path)],
                    env=outer_environment(),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    timeout=_PATIENCE,
                )
            except (OSError, subprocess.TimeoutExpired):
                continue
    icons = places.data / "icons" / "hicolor"
    with contextlib.suppress(OSError):
        # Toolkits look for new icons when the time of the theme's folder changes.
        os.utime(icons)


def cache_leftovers(places: Places, made: set[Path]) -> Iterator[Path]:
    """Yield the caches that nobody needs any more in folders that an installation had made."""
    for _, name, cache in _CACHE_PROGRAMS:
        folder = places.data / name
        if folder not in made:
            continue
        if cache and {path.name for path in folder.glob("*")} == {cache}:
            yield folder / cache
        elif not cache and folder.is_dir() and not any(folder.glob("packages/*")):
            # All else in a folder of file types is made from its packages.
            yield from (path for path in folder.glob("*") if path.name != "packages")


def outer_environment() -> dict[str, str]:
    """Return the environment for a program that is not in the bundle, nor loads from there."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("_PYI_") and name not in ("LD_LIBRARY_PATH", "LD_LIBRARY_PATH_ORIG")
    }
    before = os.environ.get("LD_LIBRARY_PATH_ORIG")
    if before is None and "_PYI_ARCHIVE_FILE" not in os.environ:
        before = os.environ.get("LD_LIBRARY_PATH")
    if before is not None:
        environment["LD_LIBRARY_PATH"] = before
    return environment


def _as_argument(path: Path) -> str:
    """Quote a path for an Exec line (Desktop Entry Specification 1.5)."""
    quoted = re.sub(r'(["`$\\])', r"\\\1", str(path)).replace("%", "%%")
    return _escaped(f'"{quoted}"')


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


def _unescaped(match: re.Match[str]) -> str:
    return {"n": "\n", "t": "\t"}.get(match[1], match[1])
