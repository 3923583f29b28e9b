"""Targets: what any bytes from outside go through; only refusals may come out.

Each target takes a file's content. What is read from it must hold together: every error but the
refusals that a person is told of is a bug.
"""

from __future__ import annotations

import functools
import io
import math
from collections.abc import Callable, Iterator

import numpy as np

from digitpad.core.groups import StrokePart
from digitpad.core.ink import Ink
from digitpad.core.ink_files import InkItem, ink_to_json, parse_ink_line
from digitpad.core.ink_lines import InkFileError, ink_batches
from digitpad.core.inkml import parse_inkml
from digitpad.core.inkml_writer import ink_to_inkml
from digitpad.core.limits import Limits
from digitpad.core.picture_files import PictureFileError, decode_picture
from digitpad.core.preprocess import prepare_ink
from digitpad.core.reader import Reader
from digitpad.core.reading import Reading
from tests.pictures import draw_page, draw_picture, golden_digit

LIMITS = Limits(points=20_000, strokes=1000, pixels=1_000_000)
"""Below the usual ones, so that a fuzzer meets them."""
PIXELS = 20_000
"""A larger picture is decoded, but not read: it would take so long that few were tried."""

Target = Callable[[bytes], None]


def json_lines(data: bytes) -> None:
    """Read JSON lines, gzipped or not."""
    try:
        for item in _json_lines(data):
            _require_sound(item.ink)
            again = ink_to_json(item.ink, item.label, item.writer, item.groups)
            (back,) = _json_lines(again.encode())
            _require_same(item, back)
    except InkFileError as error:
        _require_sentence(str(error))


def inkml(data: bytes) -> None:
    """Read InkML."""
    try:
        item = parse_inkml(data, LIMITS)
    except InkFileError as error:
        _require_sentence(str(error))
        return
    _require_sound(item.ink)
    back = parse_inkml(ink_to_inkml(item.ink, item.label, item.writer, item.groups).encode())
    assert item.groups == back.groups
    for stroke, again in zip(item.ink.strokes, back.ink.strokes, strict=True):
        assert np.array_equal(stroke, again)


def picture(data: bytes) -> None:
    """Read a picture, as a page and as one digit."""
    try:
        found = decode_picture(io.BytesIO(data), LIMITS)
    except PictureFileError as error:
        _require_sentence(str(error))
        return
    if found is not None and found.image.width * found.image.height <= PIXELS:
        for single in (False, True):
            _require_reading(_reader().read_picture(found.image, single=single))


@functools.cache
def _reader() -> Reader:
    return Reader.bundled()


TARGETS: dict[str, Target] = {"json_lines": json_lines, "inkml": inkml, "picture": picture}


WORDS: dict[str, list[str]] = {
    "json_lines": [
        '{"strokes":',
        '"label":',
        '"groups":[[0]]',
        "[[[",
        "]]]}",
        "1e999",
        "NaN",
        "-0.0",
        "null",
        "\\n",
    ],
    "inkml": [
        *("<trace", "<context", "<definitions>", "<inkSource", "<traceGroup", "<annotation"),
        *("<!DOCTYPE ink [", '<!ENTITY a "b">', "&a;", "<![CDATA[", "intermittentChannels"),
        *(
            ' xml:id="c"',
            ' contextRef="#c"',
            ' priorRef="#t"',
            ' type="penUp"',
            ' encoding="utf-16"',
        ),
    ],
    "picture": ["PLTE", "tRNS", "gAMA", "iCCP", "eXIf", "acTL", "IEND", "Exif", "VP8X", "ANIM"],
}
"""What the fuzzer may put in."""


def seeds(name: str) -> Iterator[bytes]:
    """Yield sound files for a target to begin with."""
    inks = [golden_digit("4"), Ink.from_points([[(1, 2, 0.5), (3, 4, 0.25)], [(5, 6)]])]
    if name == "json_lines":
        lines = "\n".join(ink_to_json(ink, "4", "a", _GROUPS) for ink in inks)
        import gzip

        yield lines.encode()
        yield gzip.compress(lines.encode(), mtime=0)
    elif name == "inkml":
        for ink in inks:
            yield ink_to_inkml(ink, "4", "a", _GROUPS).encode()
        yield _RICH_INKML
    else:
        small = draw_picture(golden_digit("4"), (24, 32), height=20, width=3)
        for kind in ("PNG", "JPEG", "BMP", "TIFF", "WEBP", "GIF"):
            for mode in ("L", "RGB"):
                file = io.BytesIO()
                small.convert(mode).save(file, kind)
                yield file.getvalue()
        # Large enough to be taken for a page, and still within what the fuzzer makes.
        page = draw_page(("27", "4"), (96, 80), height=24, place=(8, 8), gap=6, width=3)
        for kind in ("PNG", "JPEG", "WEBP", "GIF"):
            file = io.BytesIO()
            page.save(file, kind)
            yield file.getvalue()


_GROUPS = [(StrokePart(0, 1, 2),), (StrokePart(1),)]
_RICH_INKML = b"""<?xml version="1.0"?><ink xmlns="http://www.w3.org/2003/InkML"><definitions>
<inkSource xml:id="s"><traceFormat><channel name="Y" type="integer" orientation="-ve"/>
<channel name="X" min="0" max="9"/><intermittentChannels><channel name="F" max="1023" default="5"/>
</intermittentChannels></traceFormat></inkSource><context xml:id="c" inkSourceRef="#s"/>
</definitions><annotation type="truth">7</annotation><traceGroup contextRef="#c">
<trace xml:id="t">1 2 3,'4'-5,"6*,!7 #8 ?</trace><trace type="penUp">1 1</trace>
<trace continuation="end" priorRef="#t">9 .5e1 T</trace></traceGroup></ink>"""


def _json_lines(data: bytes) -> Iterator[InkItem]:
    file = io.BytesIO(data)
    for batch in ink_batches(_Raw(file), LIMITS):
        for line in batch:
            item = parse_ink_line(line, LIMITS)
            if isinstance(item, InkItem):
                yield item
            else:
                _require_sentence(item.reason)


class _Raw(io.RawIOBase):
    """Bytes as an unbuffered file."""

    def __init__(self, file: io.BytesIO) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        return self._file.readinto(buffer)


def _require_sound(ink: Ink) -> None:
    for stroke in ink.strokes:
        assert stroke.shape[1:] == (3,) and len(stroke) > 0
        assert np.isfinite(stroke).all()
    if not ink.is_empty:
        _require_grey(prepare_ink(ink))


def _require_grey(pixels: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> None:
    assert pixels.shape == (28, 28)
    assert np.isfinite(pixels).all() and pixels.min() >= 0 and pixels.max() <= 1


def _require_reading(reading: Reading) -> None:
    assert 0 <= reading.confidence <= 1
    for digit in reading.digits:
        assert math.isclose(sum(digit.probabilities), 1) and min(digit.probabilities) >= 0
        assert 0 <= digit.is_digit <= 1 and 0 <= digit.confidence <= 1
        box = digit.box
        assert all(map(math.isfinite, (box.x, box.y))) and box.width > 0 and box.height > 0


def _require_same(item: InkItem, back: InkItem) -> None:
    assert (item.said, item.writer) == (back.said, back.writer)
    for stroke, again in zip(item.ink.strokes, back.ink.strokes, strict=True):
        assert np.array_equal(stroke, again)


def _require_sentence(reason: str) -> None:
    assert reason and "\n" not in reason and len(reason) < 500, reason
