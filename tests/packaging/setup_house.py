"""What the tests of the setup share: a small stand-in for the frozen folder, a home,
and a process that dies."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

from digitpad_setup.errors import SetupError
from digitpad_setup.installation import Result, install
from digitpad_setup.places import Places
from digitpad_setup.record import REMOVED

Hook = Callable[[str, tuple[object, ...]], None]
"""For `sys.addaudithook`."""
TOUCHING = {
    *("os.link", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.symlink"),
    *("os.chmod", "os.truncate", "ctypes.dlsym"),
}
"""Audit events of calls that change the disk; the exchange of folders is called through ctypes."""
KILLED = 99
FAILED = 1


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
        elif stat.S_ISFIFO(path.stat().st_mode):
            found[name] = "pipe"
        else:
            found[name] = path.read_bytes().hex()
    return found


def own(folder: Path) -> dict[str, str]:
    """Return what a person has in a folder that the program was removed from, as `tree`."""
    return {name: what for name, what in tree(folder).items() if Path(name).name != REMOVED}


def is_writing(event: str, arguments: tuple[object, ...]) -> bool:
    return event == "open" and bool(int(str(arguments[2] or 0)) & (os.O_WRONLY | os.O_RDWR))


def killing(step: int) -> Hook:
    """Return an audit hook that ends the process at a step, as a power cut would."""
    seen = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        if event in TOUCHING or is_writing(event, arguments):
            seen += 1
            if seen == step:
                os._exit(KILLED)

    return hook


def in_a_process(hook: Hook, work: Callable[[], object]) -> int:
    """Do something in a process of its own, with an audit hook; returns its exit status."""
    process = os.fork()
    if process == 0:
        status = 2
        try:
            sys.addaudithook(hook)
            work()
            status = 0
        except SetupError:
            status = FAILED
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
