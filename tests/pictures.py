"""Pictures of digits for tests, drawn from the bundled golden ink."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from digitpad.core.ink import Ink
from digitpad.core.ink_files import InkItem, read_ink_file
from digitpad.core.resource_files import resource_path

OVERSAMPLING = 4


@functools.cache
def golden_ink() -> tuple[tuple[str, Ink], ...]:
    """Return the golden drawings with their labels, in the order of the file."""
    items = read_ink_file(resource_path("ink", "golden.jsonl"))
    return tuple((item.label or "", item.ink) for item in items if isinstance(item, InkItem))


def golden_digit(label: str) -> Ink:
    """Return the first golden drawing of a digit."""
    return next(ink for name, ink in golden_ink() if name == label)


def draw_picture(
    ink: Ink,
    size: tuple[int, int] = (200, 240),
    *,
    height: float = 140.0,
    place: tuple[float, float] = (0.5, 0.5),
    width: float = 8.0,
    paper: int = 255,
    colour: int = 0,
) -> Image.Image:
    """Draw ink `height` pixels tall with a round pen `width` wide, in mode L.

    `place` is where in the room that is left the digit goes: (0, 0) is the top-left corner.
    """
    bounds = ink.bounds
    scale = height / bounds.height
    room = (size[0] - width - bounds.width * scale, size[1] - width - height)
    offset = [width / 2 + part * free for part, free in zip(place, room, strict=True)]
    image = Image.new("L", (size[0] * OVERSAMPLING, size[1] * OVERSAMPLING), paper)
    pen = ImageDraw.Draw(image)
    radius = width * OVERSAMPLING / 2
    for stroke in ink.strokes:
        points = (stroke[:, :2] - [bounds.left, bounds.top]) * scale + np.array(offset)
        corners = [(float(x), float(y)) for x, y in points * OVERSAMPLING]
        pen.line(corners, fill=colour, width=round(2 * radius))
        for x, y in corners:
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
    return image.reduce(OVERSAMPLING)


def draw_page(
    lines: Sequence[str],
    size: tuple[int, int] = (900, 700),
    *,
    height: float = 55.0,
    place: tuple[float, float] = (120.0, 100.0),
    gap: float = 14.0,
    width: float = 6.0,
) -> Image.Image:
    """Draw lines of golden digits, `gap` pixels apart; `place` is the first one's top left.

    A space is as wide as a digit is high.
    """
    page = np.full(size[::-1], 255, np.uint8)
    top = place[1]
    for line in lines:
        left = place[0]
        for label in line:
            if label == " ":
                left += height
                continue
            ink = golden_digit(label)
            across = ink.bounds.width * height / ink.bounds.height + width
            drawn = draw_picture(
                ink, (round(across) + 2, round(height + width) + 2), height=height, width=width
            )
            column, row = round(left), round(top)
            part = page[row : row + drawn.height, column : column + drawn.width]
            np.minimum(part, np.asarray(drawn), out=part)
            left += across + gap
        top += 1.8 * height
    return Image.fromarray(page)


def save_with_damaged_first_page(path: Path, labels: str) -> Path:
    """Save a TIFF with a digit a page, of the first of which the pixels are no zlib data."""
    pages = [draw_picture(golden_digit(label)) for label in labels]
    pages[0].save(path, save_all=True, append_images=pages[1:], compression="tiff_adobe_deflate")
    data = bytearray(path.read_bytes())
    data[8:100] = b"\xff" * 92
    path.write_bytes(data)
    return path
