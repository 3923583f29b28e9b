"""Hostile files: made by the tests, each with what a person should be told of it."""

from __future__ import annotations

import functools
import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PIL import Image

from digitpad.core.ink_files import ink_to_json
from digitpad.core.inkml_writer import ink_to_inkml
from tests.pictures import draw_picture, golden_digit

CUTS = (1, 2, 3, 4, 7, 8, 12, 16, 24, 32, 64, 128, 0.25, 0.5, 0.75, 0.9)
"""Bytes, or shares of the whole, after which a file ends too early."""
KNOWN_FROM = 24
"""Bytes from which on every kind of file is known by its beginning."""
CUT_INK = {
    "jsonl": "not JSON",
    "jsonl.gz": "the compressed data is damaged or ends early",
    "inkml": "is damaged or not InkML",
}


@dataclass(frozen=True, slots=True)
class HostileFile:
    """A file's name, what makes its content, and a part of the one line about it."""

    name: str
    content: Callable[[], bytes]
    reason: str


def hostile_files() -> Iterator[HostileFile]:
    """Yield them all; contents are made only when asked for."""
    yield from _truncated()
    yield from _misnamed()
    yield from _odd_pictures()
    yield from _picture_bombs()
    yield from _gzip_bombs()
    yield from _odd_ink()
    yield from _endless_ink()
    yield from _odd_inkml()
    yield from _wide_inkml()


# Sound files, to be spoilt ------------------------------------------------------------------------


@functools.cache
def sound_files() -> dict[str, bytes]:
    """Return the content of one sound file for each ending."""
    line = ink_to_json(golden_digit("2"), "2", "somebody").encode()
    return {
        "png": encoded("PNG"),
        "jpg": encoded("JPEG"),
        "bmp": encoded("BMP"),
        "tif": encoded("TIFF"),
        "webp": encoded("WEBP"),
        "gif": encoded("GIF"),
        "jsonl": line,
        "jsonl.gz": gzip.compress(line, mtime=0),
        "inkml": ink_to_inkml(golden_digit("2"), "2").encode(),
    }


def encoded(kind: str, picture: Image.Image | None = None) -> bytes:
    """Return a picture, or that of a 2, as a file."""
    file = io.BytesIO()
    (picture or draw_picture(golden_digit("2")).convert("RGB")).save(file, kind)
    return file.getvalue()


def _truncated() -> Iterator[HostileFile]:
    for ending, whole in sound_files().items():
        for cut in CUTS:
            length = int(len(whole) * cut) if isinstance(cut, float) else cut
            content = functools.partial(lambda data, end: data[:end], whole, length)
            reason = CUT_INK.get(ending, "is truncated or damaged") if length >= KNOWN_FROM else ""
            yield HostileFile(f"cut-at-{length}.{ending}", content, reason)


# Names and sizes ----------------------------------------------------------------------------------


def _misnamed() -> Iterator[HostileFile]:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("a.jsonl", "{}")
    sound = sound_files()
    neither = "is neither a picture nor ink"
    for name, content, reason in (
        ("ink.png", sound["jsonl"], neither),
        ("ink.jpg", sound["inkml"], neither),
        ("packed.png", sound["jsonl.gz"], neither),
        ("words.png", b"hello", neither),
        ("words", b"hello", neither),
        ("page.html", b"<!DOCTYPE html><p>2</p>", neither),
        ("vector.svg", b"<svg/>", neither),
        ("letter.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", neither),
        ("archive.png", archive.getvalue(), neither),
        ("icon.ico", encoded("ICO"), neither),
        ("program.gif", b"\x7fELF\x02\x01\x01" + bytes(100), neither),
        ("null.bmp", bytes(1000), neither),
        ("sound.wav", b"RIFF\x64\0\0\0WAVEfmt \x10\0\0\0" + bytes(88), neither),
        ("film.webp", b"RIFF\x64\0\0\0AVI LIST" + bytes(92), neither),
        ("nothing-in-it.webp", b"RIFF\x64\0\0\0WEBPVP8 " + bytes(92), "is truncated or damaged"),
        ("archive.jsonl", archive.getvalue(), "is not text"),
        ("program.jsonl", b"\x7fELF\x02\x01\x01" + bytes(100), "is not text"),
        ("archive.jsonl.gz", gzip.compress(archive.getvalue()), "is not text"),
        ("words.jsonl", b"hello", "line 1: not JSON"),
        ("table.jsonl", b"x;y", "line 1: not JSON"),
        ("lines.inkml", sound["jsonl"], "is damaged or not InkML"),
        ("packed.inkml", sound["jsonl.gz"], "is damaged or not InkML"),
        ("page.inkml", b"<html/>", "is XML, but not InkML"),
        ("vector.jsonl", b"<svg/>", "is XML, but not InkML"),
        ("words.inkml", b"hello", "is damaged or not InkML"),
        ("nothing.png", b"", "is empty"),
        ("nothing.jsonl", b"", "is empty"),
        ("nothing.inkml", b"", "is empty"),
        ("nothing", b"", "is empty"),
        ("blank.jsonl", b"\n \n\r\n\t", "holds no ink"),
        ("blank.inkml", b"\n \n", "is damaged or not InkML"),
        ("blank.jsonl.gz", gzip.compress(b"\n\n"), "holds no ink"),
        ("empty.jsonl.gz", gzip.compress(b""), "holds no ink"),
    ):
        yield HostileFile(name, functools.partial(bytes, content), reason)


def _odd_pictures() -> Iterator[HostileFile]:
    for width, height in ((1, 1), (2, 2), (4, 4), (20_000, 1), (1, 20_000), (4000, 2), (2, 4000)):
        reason = "is too long and thin" if min(width, height) == 2 < max(width, height) > 5 else ""
        for kind in ("png", "gif", "bmp"):
            content = functools.partial(_plain_picture, kind.upper(), width, height)
            name = f"{width}x{height}.{kind}"
            yield HostileFile(name, content, reason or "is too small for a digit")


def _plain_picture(kind: str, width: int, height: int) -> bytes:
    return encoded(kind, Image.new("L", (width, height), 255))


# Bombs --------------------------------------------------------------------------------------------


def png(width: int, height: int, *extra: tuple[bytes, bytes]) -> bytes:
    """Return a PNG of a size it only claims to have, with chunks before its pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), *extra, (b"IDAT", zlib.compress(bytes(10_000)))]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in chunks)


def _picture_bombs() -> Iterator[HostileFile]:
    too_large = "has more than 64 million pixels"
    damaged = "is truncated or damaged"
    many_parts = "is made of more parts than a picture needs"
    zeros = zlib.compress(bytes(10_000_000), 9)
    makers: dict[str, tuple[Callable[[], bytes], str]] = {
        "huge.png": (lambda: png(60_000, 60_000), too_large),
        "larger-than-the-limit.png": (lambda: png(8001, 8000), too_large),
        "widest.png": (lambda: png(2**31 - 1, 2**31 - 1), too_large),
        "claims-more-than-it-holds.png": (lambda: png(8000, 8000), damaged),
        "text.png": (lambda: png(99, 99, (b"zTXt", b"a\0\0" + zeros)), damaged),
        "huge.bmp": (lambda: _resized(sound_files()["bmp"], 18, "<II", 60_000), too_large),
        "huge.gif": (lambda: _gif(65_535), too_large),
        "huge.webp": (lambda: _resized(sound_files()["webp"], 26, "<HH", 0x3FFF), too_large),
        "too-large-to-decode.webp": (
            lambda: _resized(sound_files()["webp"], 26, "<HH", 7000),
            "MB to be decoded",
        ),
        "huge.jpg": (lambda: _jpeg(65_000), too_large),
        "huge.tif": (lambda: _tiff(60_000), too_large),
        "deep.tif": (lambda: _tiff(7_900, bits=64), "MB to be decoded"),
        "chunks.png": (lambda: png(99, 99, *[(b"IDAT", b"")] * 100_000), many_parts),
        "comments.jpg": (lambda: _jpeg_with(b"\xff\xfe\0\x02" * 500_000), many_parts),
        "fill.jpg": (lambda: _jpeg_with(b"\xff" * 5_000_000), many_parts),
        "exif.jpg": (lambda: _jpeg_with((b"\xff\xe1\xff\xff" + EXIF) * 300), many_parts),
    }
    for name, (content, reason) in makers.items():
        yield HostileFile(name, content, reason)


def _resized(whole: bytes, place: int, layout: str, side: int) -> bytes:
    size = struct.pack(layout, side, side)
    return whole[:place] + size + whole[place + len(size) :]


def _gif(side: int) -> bytes:
    """Return a GIF with one frame of a few bytes."""
    size = struct.pack("<HH", side, side)
    return (
        b"GIF89a" + size + b"\x80\0\0" + bytes(6) + b",\0\0\0\0" + size + b"\0\x02\x02\x44\x01\0;"
    )


EXIF = b"Exif\0\0".ljust(65533, b"\0")


def _jpeg_with(segments: bytes) -> bytes:
    """Return a JPEG with something before all else."""
    whole = sound_files()["jpg"]
    return whole[:2] + segments + whole[2:]


def _jpeg(side: int) -> bytes:
    whole = sound_files()["jpg"]
    place = whole.index(b"\xff\xc0") + 5
    return _resized(whole, place, ">HH", side)


def _tiff(side: int, bits: int = 8) -> bytes:
    """Return a grey TIFF whose only strip is not there; 64 bits are four samples of 16."""
    samples = bits // 16 or 1
    entries = [
        (256, 4, 1, side),
        (257, 4, 1, side),
        (258, 3, samples, 200 if samples > 1 else bits),
        (259, 3, 1, 8),
        (262, 3, 1, 2 if samples > 1 else 1),
        (273, 4, 1, 300),
        (277, 3, 1, samples),
        (278, 4, 1, side),
        (279, 4, 1, 10),
    ]
    if samples > 1:
        entries.append((338, 3, 1, 2))
    directory = struct.pack("<H", len(entries))
    directory += b"".join(struct.pack("<HHII", *entry) for entry in entries) + bytes(4)
    head = b"II*\0" + struct.pack("<I", 8) + directory
    return head.ljust(200, b"\0") + struct.pack("<4H", 16, 16, 16, 16).ljust(120, b"\0")


def _gzip_bombs() -> Iterator[HostileFile]:
    unpacks = "unpacks to more than 100 times its size"
    for name, filler, reason in (
        ("one-line", b"[", unpacks),
        ("no-digits", b'{"strokes":[]}\n', unpacks),
        ("bad-lines", b"[]\n", "holds no ink in its first 1,000 lines"),
        ("blank-lines", b"\n", "blank lines"),
        ("null-bytes", b"\0", "is not text"),
        ("spaces", b" ", unpacks),
    ):
        content = functools.partial(_gzipped, filler)
        yield HostileFile(f"{name}.jsonl.gz", content, reason)
    twice = functools.partial(gzip.compress, gzip.compress(b"[" * 10_000_000))
    yield HostileFile("packed-twice.jsonl.gz", twice, "is not text")


def _gzipped(filler: bytes) -> bytes:
    return gzip.compress(filler * (30_000_000 // len(filler)), 9)


# Ink ----------------------------------------------------------------------------------------------


def _odd_ink() -> Iterator[HostileFile]:
    not_finite, no_strokes = "not a finite number", 'no {"strokes": [...]}'
    for name, line, reason in (
        ("nan", b'{"strokes": [[[NaN, 2]]]}', not_finite),
        ("infinity", b'{"strokes": [[[1, -Infinity]]]}', not_finite),
        ("overflow", b'{"strokes": [[[1e999, 2]]]}', not_finite),
        ("nan-pressure", b'{"strokes": [[[1, 2, NaN]]]}', not_finite),
        ("huge", b'{"strokes": [[[1e10, 2]]]}', "beyond 1e+09"),
        ("huge-integer", b'{"strokes": [[[' + b"9" * 400 + b", 2]]]}", "beyond 1e+09"),
        ("true", b'{"strokes": [[[true, false]]]}', "a point is not"),
        ("digits", b'{"strokes": [[[' + b"9" * 5000 + b", 2]]]}", "too many digits"),
        ("deep", b"[" * 100_000, "nested too deeply"),
        ("deep-objects", b'{"strokes":' * 9999, "nested too deeply"),
        ("invalid-utf-8", b'{"strokes": [], "label": "\xff\xfe"}', "not UTF-8 text"),
        ("overlong-utf-8", b'{"strokes": [], "label": "\xc0\xaf"}', "not UTF-8 text"),
        ("surrogate-utf-8", b'{"strokes": [], "label": "\xed\xa0\x80"}', "not UTF-8 text"),
        ("utf-16", '{"strokes": []}'.encode("utf-16-le"), "is not text"),
        ("latin-1", '{"strokes": [], "writer": "Zoë"}'.encode("latin-1"), "not UTF-8 text"),
        ("list", b"[]", no_strokes),
        ("null", b"null", no_strokes),
        ("other-object", b'{"points": []}', no_strokes),
        ("strokes-object", b'{"strokes": {}}', no_strokes),
        ("flat", b'{"strokes": [1, 2]}', "a stroke is not a list"),
        ("ragged", b'{"strokes": [[[1, 2], [3]]]}', "a point is not"),
        ("quoted", b'{"strokes": [[["1", "2"]]]}', "a point is not"),
        ("too-deep", b'{"strokes": [[[[1, 2]]]]}', "a point is not"),
        ("missing", b'{"strokes": [[[null, 2]]]}', "a point is not"),
        ("twice", b'{"strokes": []} {"strokes": []}', "not JSON"),
        ("comment", b'{"strokes": []} // a 2', "not JSON"),
        ("control", b'{"strokes": [], "label": "\x01"}', "not JSON"),
    ):
        yield HostileFile(f"{name}.jsonl", functools.partial(bytes, line), reason)


def _endless_ink() -> Iterator[HostileFile]:
    points, strokes = "more than 250,000 points", "more than 10,000 strokes"
    million = 1_000_000
    for name, line, reason in (
        ("points", lambda: b'{"strokes":[[' + b"[1,2]," * million + b"[1,2]]]}", points),
        ("strokes", lambda: b'{"strokes":[' + b"[[1,2]]," * million + b"[[1,2]]]}", points),
        ("few-strokes", lambda: b'{"strokes":[' + b"[[1,2]]," * 20_000 + b"[]]}", strokes),
        ("no-points", lambda: b'{"strokes":[' + b"[]," * million + b"[]]}", points),
        ("objects", lambda: b'{"strokes":[' + b"{}," * million + b"{}]}", points),
        ("long-line", lambda: b'{"strokes":[' + b" " * 17_000_000 + b"]}", "longer than"),
        ("blank-lines", lambda: b"\n" * million + b"[]", "blank lines"),
    ):
        yield HostileFile(f"a-million-{name}.jsonl", line, reason)
    for name, body, reason in (
        ("points", lambda: b"<trace>" + b"1 2," * million + b"</trace>", points),
        ("strokes", lambda: b"<trace>1 2</trace>" * million, strokes),
        ("groups", lambda: b"<traceGroup/>" * million, "too many elements"),
        ("contexts", lambda: b'<context xml:id="a"/>' * million, "too many elements"),
        ("values", lambda: b"<trace>" + b"1 " * 10 * million + b"</trace>", "more values"),
        ("spaces", lambda: b"<trace>1" + b" " * 10 * million + b"2 x</trace>", "not a number"),
        ("bytes", lambda: b" " * 34 * million, "is larger than"),
    ):
        content = functools.partial(lambda make: b"<ink>" + make() + b"</ink>", body)
        yield HostileFile(f"a-million-{name}.inkml", content, reason)


def _odd_inkml() -> Iterator[HostileFile]:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    refused = "declares a document type"
    for name, document, reason in (
        (
            "laughs",
            f'<!DOCTYPE i [<!ENTITY l0 "1,">{laughs}]><ink><trace>&l9;</trace></ink>',
            refused,
        ),
        (
            "blowup",
            f'<!DOCTYPE i [<!ENTITY a "{"1 2," * 9999}">]><ink><trace>{"&a;" * 9999}</trace></ink>',
            refused,
        ),
        ("file", '<!DOCTYPE i [<!ENTITY a SYSTEM "file:///etc/passwd">]><ink>&a;</ink>', refused),
        ("net", '<!DOCTYPE i [<!ENTITY a SYSTEM "http://127.0.0.1:9/">]><ink>&a;</ink>', refused),
        (
            "parameter",
            '<!DOCTYPE i [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]><ink/>',
            refused,
        ),
        ("outside", '<!DOCTYPE ink SYSTEM "file:///etc/passwd"><ink/>', refused),
        ("public", '<!DOCTYPE ink PUBLIC "-//W3C//DTD" "http://127.0.0.1:9/"><ink/>', refused),
        ("undefined", "<ink><trace>&a;</trace></ink>", "undefined entity"),
        ("nan", "<ink><trace>NaN 1</trace></ink>", "trace 1: a coordinate is not a finite number"),
        ("infinite", "<ink><trace>1 1e999</trace></ink>", "not a finite number"),
        ("growing", "<ink><trace>1 1" + ",1 '1e8" * 99 + "</trace></ink>", "beyond 1e+09"),
        ("huge", "<ink><trace>1 1e10</trace></ink>", "beyond 1e+09"),
        ("spelled-out", "<ink><trace>one two</trace></ink>", "trace 1: a value is not a number"),
        (
            "narrow",
            '<ink><traceFormat><channel name="X"/></traceFormat><trace>1</trace></ink>',
            "no X and Y",
        ),
        ("short", "<ink><trace>1</trace></ink>", "fewer values than channels"),
        ("long", "<ink><trace>1 2 3</trace></ink>", "more values than channels"),
        ("lost", '<ink><trace contextRef="#c">1 2</trace></ink>', "c, which is not defined"),
        ("elsewhere", '<ink><trace contextRef="b.inkml#c">1 2</trace></ink>', "is not opened"),
        ("deep", "<ink>" + "<traceGroup>" * 100_000, "too many elements"),
        ("attribute", f'<ink a="{"x" * 5_000_000}"><trace>x</trace></ink>', "not a number"),
        ("encoding", '<?xml version="1.0" encoding="x-none"?><ink/>', "unknown encoding"),
        ("second", "<ink/><ink/>", "junk after document element"),
    ):
        yield HostileFile(f"{name}.inkml", functools.partial(str.encode, document), reason)
    invalid = b"<ink><annotation>\xff</annotation></ink>"
    yield HostileFile("invalid-utf-8.inkml", lambda: invalid, "is damaged or not InkML")


def _wide_inkml() -> Iterator[HostileFile]:
    """Yield InkML that is large in what is there for each point, trace or element."""
    numbers, channels = "more than 2,000,000 numbers in its traces", "too many channels"
    attributes = "too many elements or attributes"
    for name, body, reason in (
        ("plain", lambda: _wide(42, " ".join(["10"] * 42), 249_000), numbers),
        ("differences", lambda: _wide(42, "'1" * 42, 249_000), numbers),
        ("as-many-numbers-as-may-be", lambda: _wide(8, "'1" * 8, 249_999, ",x"), "not a number"),
        ("5000-channels", lambda: _wide(5000, "1 " * 5000, 100), channels),
        ("channels-and-traces", lambda: _wide(9900, "", 1) + "<trace/>" * 9900, channels),
        ("attributes", lambda: f"<trace {_attributes(0, 2_700_000)}>1 2</trace>", attributes),
        (
            "attributes-here-and-there",
            lambda: "".join(f"<a {_attributes(150 * n, 150)}/>" for n in range(18_000)),
            attributes,
        ),
        (
            "namespaces",
            lambda: f"<a {_attributes(0, 1_500_000, 'xmlns:')}/>",
            attributes,
        ),
        ("emoji-type", lambda: f'<annotation type="{_emoji()}"/><trace>x</trace>', "not a number"),
        (
            "emoji-name",
            lambda: f'<traceFormat><channel name="{_emoji()}"/></traceFormat><trace>x</trace>',
            "no X and Y",
        ),
    ):
        content = functools.partial(lambda make: f"<ink>{make()}</ink>".encode(), body)
        yield HostileFile(f"wide-{name}.inkml", content, reason)


def _wide(channels: int, point: str, points: int, end: str = "") -> str:
    """Return a format of many channels, and a trace of the same point again and again."""
    others = "".join(f'<channel name="C{n}"/>' for n in range(channels - 2))
    layout = f'<traceFormat><channel name="X"/><channel name="Y"/>{others}</traceFormat>'
    return f"{layout}<trace>{','.join([point] * points)}{end}</trace>"


def _emoji() -> str:
    """Return text that takes four times as much in memory as in a file."""
    return "\N{PILE OF POO}" + "x" * 33_000_000


def _attributes(first: int, count: int, prefix: str = "") -> str:
    return " ".join(f'{prefix}a{n:x}="u"' for n in range(first, first + count))
