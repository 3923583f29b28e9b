"""ELF: the parts of a 64-bit library of Linux that freezing looks at.

Owns where they lie in the file (System V ABI, chapter 5). Changes nothing.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

LOAD, DYNAMIC = 1, 2
"""Kinds of segment: what is loaded, and what tells the loader how."""
_HEADER = struct.Struct("<16x16xQ14xHH")
"""Offset, size and number of the program headers."""
_SEGMENT = struct.Struct("<II6Q")
"""Kind, flags, offset, address, physical address, sizes in file and memory, alignment."""


class Segment(NamedTuple):
    """One segment; offset and size in the file, address in memory, in bytes."""

    kind: int
    offset: int
    address: int
    size: int
    alignment: int


def segments(elf: bytes) -> Iterator[Segment]:
    """Yield the segments of a 64-bit ELF file."""
    start, size, number = _HEADER.unpack_from(elf)
    for index in range(number):
        kind, _, offset, address, _, in_file, _, alignment = _SEGMENT.unpack_from(
            elf, start + index * size
        )
        yield Segment(kind, offset, address, in_file, alignment)
