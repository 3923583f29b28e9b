"""Search paths: where a library tells the loader to look for others.

A path of the machine that the library was built on means nothing on another, or something else:
who may write there would decide what the program loads. One relative to the library ($ORIGIN) does.
"""

from __future__ import annotations

import struct

from freezing.elf import DYNAMIC, LOAD, segments

_ENTRY = struct.Struct("<qQ")
"""Of the dynamic segment: tag and value."""
_END, _NAMES, _RPATH, _RUNPATH = 0, 5, 15, 29
"""Tags: the last entry, the address of the names, and a search path of the older and newer kind."""


def without_foreign_paths(elf: bytes) -> bytes:
    """Return a 64-bit ELF file without search paths that begin elsewhere than at the library."""
    found = list(segments(elf))
    dynamic = next((segment for segment in found if segment.kind == DYNAMIC), None)
    if dynamic is None:
        return elf
    stop = dynamic.offset + dynamic.size
    entries = list(_ENTRY.iter_unpack(elf[dynamic.offset : stop]))
    address = next((value for tag, value in entries if tag == _NAMES), 0)
    names = next(
        (
            segment.offset + address - segment.address
            for segment in found
            if segment.kind == LOAD and 0 <= address - segment.address < segment.size
        ),
        0,
    )

    def is_foreign(tag: int, value: int) -> bool:
        if tag not in (_RPATH, _RUNPATH):
            return False
        paths = elf[names + value : elf.index(b"\0", names + value)].split(b":")
        return not all(path.startswith(b"$ORIGIN") for path in paths)

    kept = [entry for entry in entries if not is_foreign(*entry)]
    kept += [(_END, 0)] * (len(entries) - len(kept))
    return elf[: dynamic.offset] + b"".join(_ENTRY.pack(*entry) for entry in kept) + elf[stop:]
