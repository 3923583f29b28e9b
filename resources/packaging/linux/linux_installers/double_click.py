"""Double click: one executable that carries the frozen folder and installs it.

Owns the trailer's layout as it is written; `stub/payload.h` describes it and reads it.
"""

from __future__ import annotations

import hashlib
import os
import struct
import tempfile
from pathlib import Path

from linux_installers.archive import BEST, compressed
from linux_installers.errors import BuildError, run_tool

STUB = Path(__file__).resolve().parent.parent / "stub"
MAGIC = b"DigitPad payload"
TRAILER = struct.Struct("<16sQQQ32s56s")
_BLOCK = 4096
COMPILE = [
    *("gcc", "-std=c11", "-D_GNU_SOURCE", "-Os", "-Wall", "-Wextra", "-Wconversion", "-Werror"),
    *("-ffunction-sections", "-fdata-sections", "-static", "-no-pie", "-s"),
    *("-Wl,--gc-sections", "-Wl,--build-id=none"),
]
"""Static: no library of the host is needed, not even its libc. Not position-independent: file
managers take such a program for a library and do not start it."""


def make_installer(
    folder: Path, target: Path, version: str, time: int, *, preset: int = BEST
) -> Path:
    """Write the installer of a frozen folder; returns `target`. Raises BuildError."""
    payload = compressed(folder, time, preset=preset)
    with tempfile.TemporaryDirectory(dir=target.parent) as work:
        stub = compile_stub(Path(work) / "stub").read_bytes()
        whole = Path(work) / target.name
        whole.write_bytes(stub + payload + _trailer(len(stub), payload, folder, version))
        whole.chmod(0o755)
        os.replace(whole, target)
    return target


def compile_stub(target: Path) -> Path:
    """Compile the program in front of the payload; returns `target`. Raises BuildError."""
    sources = [str(source) for source in sorted(STUB.glob("*.c"))]
    run_tool([*COMPILE, "-o", str(target), *sources, "-llzma"], "gcc and liblzma-dev")
    return target


def size_on_disk(folder: Path) -> int:
    """Return the bytes that a copy of a folder takes, in whole blocks."""
    return sum(
        -(-path.lstat().st_size // _BLOCK) * _BLOCK + (0 if path.is_file() else _BLOCK)
        for path in folder.rglob("*")
    )


def _trailer(offset: int, payload: bytes, folder: Path, version: str) -> bytes:
    name = version.encode("ascii")
    if len(name) > 55:
        raise BuildError(f"the version {version} is too long")
    digest = hashlib.sha256(payload).digest()
    return TRAILER.pack(MAGIC, offset, len(payload), size_on_disk(folder), digest, name)
