"""Picture parts: the chunks of a PNG and the segments of a JPEG, walked before they are decoded.

Decoders take a while for each part, and some of them all parts before it again. A picture has few;
a file of hardly anything else would keep them busy for minutes.
"""

from __future__ import annotations

from typing import BinaryIO

MOST_CHUNKS = 100_000
"""Of a PNG: more than one of 200 million bytes in chunks of 4 KB has."""
MOST_SEGMENTS = 1_000
"""Before the first scan of a JPEG, with bytes that fill gaps: an ICC profile has up to 255."""
LARGEST_HEADER = 16_000_000
"""Bytes before the first scan of a JPEG: notes of cameras and small pictures."""
MOST_SCANS = 50
"""Of a JPEG that becomes sharper scan by scan, which most do in ten; each goes over all pixels."""

_PNG, _JPEG = b"\x89PNG", b"\xff\xd8\xff"
_START_OF_SCAN = 0xDA
_WITHOUT_LENGTH = frozenset((0x01, *range(0xD0, 0xDA)))
_BLOCK = 1_000_000


def has_too_many_parts(file: BinaryIO) -> bool:
    """Whether an open file is a PNG or JPEG of more parts than a picture needs.

    Leaves the file at its beginning.
    """
    beginning = file.read(4)
    found = False
    if beginning.startswith(_PNG):
        found = _has_many_chunks(file)
    elif beginning.startswith(_JPEG):
        found = _has_many_segments(file) or _has_many_scans(file)
    file.seek(0)
    return found


def _has_many_chunks(file: BinaryIO) -> bool:
    file.seek(8)
    for _ in range(MOST_CHUNKS):
        head = file.read(8)
        if len(head) < 8:
            return False
        file.seek(int.from_bytes(head[:4], "big") + 4, 1)
    return True


def _has_many_segments(file: BinaryIO) -> bool:
    """Walk to the first scan. Bytes that are no marker are left to the decoder to complain of."""
    file.seek(2)
    for _ in range(MOST_SEGMENTS):
        marker = file.read(2)
        if len(marker) < 2 or marker[0] != 0xFF or marker[1] == _START_OF_SCAN:
            return file.tell() > LARGEST_HEADER
        if marker[1] == 0xFF:
            file.seek(-1, 1)
        elif marker[1] not in _WITHOUT_LENGTH:
            file.seek(max(int.from_bytes(file.read(2), "big") - 2, 0), 1)
    return True


def _has_many_scans(file: BinaryIO) -> bool:
    """Count the starts of scans: within one, no byte 255 is followed by theirs."""
    file.seek(0)
    scans, last = 0, b""
    while block := file.read(_BLOCK):
        scans += (last + block).count(bytes((0xFF, _START_OF_SCAN)))
        last = block[-1:]
    return scans > MOST_SCANS
