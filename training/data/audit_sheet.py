"""Audit sheet: the drawings an audit found, side by side, numbered as in its list."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from digitpad.core.preprocess import prepare_ink
from training.data.datasets import InkSet
from training.data.ink_audit import Doubt
from training.writing import make_folder, write_file

COLUMNS = 20
ZOOM = 2
CELL = (74, 74)
"""Width and height in pixels: a picture of 56, and two lines of small print."""


def write_sheet(path: Path, data: InkSet, doubts: Sequence[Doubt]) -> None:
    """Write the sheet as a PNG file, whole or not at all. Raises OSError."""
    file = io.BytesIO()
    audit_sheet(data, doubts).save(file, "PNG")
    make_folder(path.parent)
    write_file(path, file.getvalue())


def audit_sheet(data: InkSet, doubts: Sequence[Doubt]) -> Image.Image:
    """Return a grey image: each drawing as the network sees it, its number, label and reading."""
    rows = max(1, -(-len(doubts) // COLUMNS))
    sheet = Image.new("L", (COLUMNS * CELL[0], rows * CELL[1]), 255)
    pen = ImageDraw.Draw(sheet)
    for number, doubt in enumerate(doubts):
        left, top = number % COLUMNS * CELL[0], number // COLUMNS * CELL[1]
        pixels = 255 - prepare_ink(data.inks[doubt.place]) * 255
        picture = Image.fromarray(pixels.astype("uint8"))
        size = picture.width * ZOOM, picture.height * ZOOM
        sheet.paste(picture.resize(size, Image.Resampling.NEAREST), (left, top + 14))
        text = f"{number + 1}: {doubt.label} > {doubt.read}".replace("no digit", "-")
        pen.text((left + 1, top + 1), text, fill=0)
    return sheet
