"""Picture parts: files made of little but parts are told before they are decoded."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from digitpad.core import picture_parts
from digitpad.core.picture_parts import has_too_many_parts


def encoded(format_: str, **options: object) -> bytes:
    file = io.BytesIO()
    Image.linear_gradient("L").save(file, format_, **options)
    return file.getvalue()


def chunk(kind: bytes, content: bytes = b"") -> bytes:
    checked = kind + content
    return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))


PNG, JPEG = encoded("PNG"), encoded("JPEG", progressive=True)
EMPTY_CHUNKS = chunk(b"IDAT") * picture_parts.MOST_CHUNKS
COMMENT = b"\xff\xfe\x00\x02"
LAST_SCAN = JPEG[JPEG.rindex(b"\xff\xda") : -2]


@pytest.mark.parametrize(
    "data",
    [
        PNG[:33] + EMPTY_CHUNKS + PNG[33:],
        JPEG[:2] + COMMENT * picture_parts.MOST_SEGMENTS + JPEG[2:],
        JPEG[:2] + b"\xff" * picture_parts.MOST_SEGMENTS + JPEG[2:],
        JPEG[:2] + (b"\xff\xe1\xff\xff" + bytes(65533)) * 250 + JPEG[2:],
        JPEG[:-2] + LAST_SCAN * picture_parts.MOST_SCANS + JPEG[-2:],
    ],
    ids=["chunks", "comments", "fill", "long-header", "scans"],
)
def test_too_many_parts_are_told(data: bytes) -> None:
    file = io.BytesIO(data)
    assert has_too_many_parts(file)
    assert file.tell() == 0


@pytest.mark.parametrize(
    "data",
    [
        PNG,
        PNG[:33] + chunk(b"IDAT") * 1000 + PNG[33:],
        JPEG,
        encoded("JPEG"),
        encoded("JPEG", icc_profile=bytes(1_000_000)),
        JPEG[:2] + b"\xff" * 20 + COMMENT * 20 + JPEG[2:],
        encoded("GIF"),
        encoded("BMP"),
        PNG[:50],
        JPEG[:50],
        JPEG[:2] + b"no marker" + JPEG[2:],
        b"\x89PNG",
        b"",
    ],
)
def test_what_pictures_have_is_not_too_much(data: bytes) -> None:
    file = io.BytesIO(data)
    assert not has_too_many_parts(file)
    assert file.tell() == 0
