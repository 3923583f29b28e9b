"""Needs: what a frozen folder asks of the system that it is put on.

Owns the table from libraries to Debian packages. A library that the folder needs, does not bring
and that no line here names fails the build: so the dependencies stay true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from linux_installers.errors import BuildError, run_tool

PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb.so.1": "libxcb1",
}
"""Not bundled, since they must fit the system's graphics driver, compositor or X server."""
OPTIONAL = {"libcups.so.2": "libcups2"}
"""Not bundled either; without it the program only cannot print."""
_OF_LIBC = re.compile(r"(libc|libm|libdl|libpthread|librt|libutil|ld-linux-x86-64)\.so\.\d+")
_LIBC_VERSION = re.compile(r"\(?GLIBC_(\d+(?:\.\d+)+)\)?")
FILES = ("fontconfig-config", "xkb-data")
"""Packages of files that bundled libraries read: fontconfig's rules, and keyboard layouts, without
which the window aborts on Wayland and knows no keys on X11."""


def dependencies(folder: Path) -> list[str]:
    """Return the Debian packages that the program in a folder needs; raises BuildError."""
    inside = {path.name for path in folder.rglob("*.so*")}
    libc: tuple[int, ...] = (0,)
    packages = set(FILES)
    for path in elf_files(folder):
        needed, version = _asks_for(path)
        libc = max(libc, version)
        for library in needed - inside:
            if _OF_LIBC.fullmatch(library) or library in OPTIONAL:
                continue
            if library not in PACKAGES:
                raise BuildError(f"{path.name} needs {library}, which no package is known for")
            packages.add(PACKAGES[library])
    return [f"libc6 (>= {'.'.join(map(str, libc))})", *sorted(packages)]


def elf_files(folder: Path) -> Iterator[Path]:
    """Yield the programs and libraries in a folder, in order."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def _asks_for(path: Path) -> tuple[set[str], tuple[int, ...]]:
    """Return the names of the libraries that a file needs, and the newest libc version."""
    text = run_tool(["objdump", "-p", str(path)], "binutils")
    needed = set(re.findall(r"(?m)^  NEEDED +(\S+)$", text))
    versions = [tuple(map(int, v.split("."))) for v in _LIBC_VERSION.findall(text)]
    return needed, max(versions, default=(0,))
