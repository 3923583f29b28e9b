"""What the tests of the setup share: a small stand-in for the frozen folder, and a home."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from digitpad_setup.installation import Result, install
from digitpad_setup.places import Places


def make_bundle(folder: Path, version: str) -> Path:
    """Make a folder that looks like a frozen program; its files tell the version."""
    (folder / "_internal" / "Ümläut dir").mkdir(parents=True)
    for name in ("digitpad", "digitpad-setup"):
        (folder / name).write_text(f"#!/bin/sh\necho {name} {version}\n")
        (folder / name).chmod(0o755)
    (folder / "_internal" / "lib.so.1").write_text(f"library {version}\n")
    (folder / "_internal" / "lib.so").symlink_to("lib.so.1")
    (folder / "_internal" / "Ümläut dir" / f"only in {version}").write_text("")
    return folder


def make_places(home: Path) -> Places:
    home.mkdir(parents=True, exist_ok=True)
    return Places.of({"HOME": str(home)})


def put(
    bundle: Path,
    version: str,
    places: Places,
    prefix: Path | None = None,
    *,
    menu_entry: bool = True,
    progress: Callable[[float], None] = lambda _: None,
) -> Result:
    """Install with the usual answers."""
    return install(
        bundle, version, prefix or places.program, places, menu_entry=menu_entry, progress=progress
    )


def tree(folder: Path) -> dict[str, str]:
    """Return all that is in a folder: what a link leads to, or a file holds, by its name."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            found[name] = f"-> {os.readlink(path)}"
        elif path.is_dir():
            found[name] = "folder"
        else:
            found[name] = path.read_bytes().hex()
    return found
