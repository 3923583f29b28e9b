"""Archive: a folder as tar, the same bytes for the same files wherever and whenever it is made."""

from __future__ import annotations

import io
import lzma
import tarfile
from pathlib import Path

DICTIONARY = 64 << 20
"""Bytes that the one who unpacks must have in memory."""


BEST = 9


def compressed(folder: Path, time: int, *, root: str = "", preset: int = BEST) -> bytes:
    """Return all that is in a folder as tar.xz, with names below `root` and one time for all.

    Files of root; programs 0755, all others 0644. Libraries become smaller by a filter that knows
    x86 jumps, which every xz since 2009 undoes.
    """
    filters = [
        {"id": lzma.FILTER_X86},
        {"id": lzma.FILTER_LZMA2, "preset": preset, "dict_size": DICTIONARY},
    ]
    target = io.BytesIO()
    with (
        lzma.LZMAFile(target, "w", check=lzma.CHECK_CRC32, filters=filters) as stream,
        tarfile.open(fileobj=stream, mode="w", format=tarfile.USTAR_FORMAT) as archive,
    ):
        for path in sorted(folder.rglob("*"), key=_place):
            archive_name = root + path.relative_to(folder).as_posix()
            with path.open("rb") if _is_plain(path) else io.BytesIO() as file:
                archive.addfile(_header(path, archive_name, time), file)
    return target.getvalue()


def _place(path: Path) -> tuple[int, str]:
    """Folders first; then files by kind, since like files next to each other pack better."""
    if path.is_dir() and not path.is_symlink():
        return 0, str(path)
    return 1, f"{path.suffix}{path}"


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _header(path: Path, name: str, time: int) -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.mtime = time
    header.uname = header.gname = "root"
    if path.is_symlink():
        header.type, header.linkname, header.mode = tarfile.SYMTYPE, str(path.readlink()), 0o777
    elif path.is_dir():
        header.type, header.mode = tarfile.DIRTYPE, 0o755
    else:
        header.size = path.stat().st_size
        is_program = path.stat().st_mode & 0o100 and ".so" not in path.suffixes
        header.mode = 0o755 if is_program else 0o644
    return header
