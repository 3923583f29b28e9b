"""Composed pages: MNIST's digits pasted on made-up paper, photographed by a made-up camera.

Owns how a page is laid out, what the paper, the light and the camera do to it, and the folder it
is kept in. Everything follows from a seed and from the place in the set.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

from digitpad.core.reasons import reason_of
from training.composed.forms import write_form
from training.composed.pasted_digits import BOX, Grey, enlarged, on_plain_paper, paste
from training.composed.tables import lay_on_table
from training.data.datasets import DataError, PictureSet, stable_hash
from training.writing import make_folder, write_file, writing

PHOTO = 4000, 3000
LABELS = "labels.jsonl"


@dataclass(frozen=True, slots=True, eq=False)
class ComposedPage:
    """A page as a file's bytes, what is written on it line by line, and the format of the file."""

    encoded: bytes
    lines: tuple[str, ...]
    suffix: str


def compose_pages(data: PictureSet, kind: str, count: int, seed: int) -> Iterator[ComposedPage]:
    """Yield `count` pages of one of `page_kinds.KINDS`, of digits of `data` chosen by the seed."""
    for index in range(count):
        rng = np.random.default_rng(stable_hash(f"{seed}/{kind}/{index}".encode()))
        if kind == "flat":
            yield _flat(data, index, rng)
            continue
        if kind == "form":
            lines, ink, printed, size = write_form(data, rng)
            page = _tilted_photo(ink, size, rng, printed)
        else:
            lines, ink, size = _written(data, kind, rng)
            if kind.endswith("clean"):
                page = on_plain_paper(ink, rng)
            elif kind == "table":
                page = _shot(lay_on_table(_on_paper(ink, size, rng), rng), size, rng)
            else:
                page = _tilted_photo(ink, size, rng)
        encoded, suffix = _encoded(page, kind, rng)
        yield ComposedPage(encoded, lines, suffix)


def write_pages(pages: Iterable[ComposedPage], folder: Path) -> str:
    """Write pages and their labels into a folder and return the SHA-256 of all. Raises OSError."""
    make_folder(folder)
    digest = hashlib.sha256()
    lines = []
    for index, page in enumerate(pages):
        name = f"{index:05d}{page.suffix}"
        with writing(folder / name):
            (folder / name).write_bytes(page.encoded)
        digest.update(page.encoded)
        lines.append(json.dumps({"file": name, "lines": page.lines}) + "\n")
    labels = "".join(lines).encode()
    write_file(folder / LABELS, labels)
    digest.update(labels)
    return digest.hexdigest()


def _flat(data: PictureSet, index: int, rng: np.random.Generator) -> ComposedPage:
    """Return a picture of MNIST as it is, or at 16x16; every second one dark on light."""
    pick = int(rng.integers(len(data)))
    picture = Image.fromarray(data.pictures[pick])
    if index % 4 >= 2:
        picture = picture.resize((16, 16), Image.Resampling.BOX, (2, 2, 26, 26))
    pixels = np.asarray(picture)
    encoded = _png(Image.fromarray(255 - pixels if index % 2 else pixels))
    return ComposedPage(encoded, (str(data.labels[pick]),), ".png")


def _written(
    data: PictureSet, kind: str, rng: np.random.Generator
) -> tuple[tuple[str, ...], Grey, float]:
    """Return what is written, the ink of the page and the height of its digits in pixels."""
    if kind.startswith("single"):
        size = float(np.exp(rng.uniform(np.log(20), np.log(300))))
        roomy = size * rng.uniform(1.8, 3.5)
        height, width = (int(roomy * rng.uniform(0.9, 1.2)) + 12 for _ in range(2))
        ink = np.zeros((height, width), np.float32)
        pick = int(rng.integers(len(data)))
        digit = enlarged(data.pictures[pick], size)
        room = height - digit.shape[0], width - digit.shape[1]
        # Not so near the edge that a turn would take it out of the picture.
        edge = 0.0 if kind == "single-clean" else 0.2
        places = [free * rng.uniform(edge, 1 - edge) for free in room]
        paste(ink, digit, *places)
        return (str(data.labels[pick]),), ink, size
    if kind == "photo":
        width, height = PHOTO
        size = float(rng.uniform(70, 260))
    else:
        height, width = (int(rng.uniform(500, 1400)) for _ in range(2))
        size = float(np.exp(rng.uniform(np.log(24), np.log(90))))
    ink = np.zeros((height, width), np.float32)
    lines = []
    # Tilted by up to 15 degrees, lines as long as this stay on the page.
    left, top = 0.14 * width, 0.16 * height
    bottom = top
    for _ in range(int(rng.integers(1, 6))):
        label, bottom = _write_line(
            data, ink, left, bottom + size * rng.uniform(0.2, 1.2), size, rng
        )
        if label:
            lines.append(label)
        if bottom > 0.84 * height - 1.5 * size:
            break
    return tuple(lines), ink, size


def _write_line(
    data: PictureSet, ink: Grey, left: float, top: float, size: float, rng: np.random.Generator
) -> tuple[str, float]:
    """Write two to eight digits; return them and how far down they reach."""
    label = ""
    x = left + rng.uniform(0, 2) * size
    reach = top
    for _ in range(int(rng.integers(2, 9))):
        pick = int(rng.integers(len(data)))
        own_size = size * rng.uniform(0.88, 1.12)
        digit = enlarged(data.pictures[pick], own_size)
        columns = np.flatnonzero((digit > 0.2).any(axis=0))
        first, last = int(columns[0]), int(columns[-1]) + 1
        kind = rng.random()
        gap = rng.uniform(-0.04, 0.02) if kind < 0.06 else rng.uniform(0.05, 0.45)
        if label:
            x += gap * size
        if x + last - first > 0.86 * ink.shape[1]:
            break
        y = top + rng.uniform(-0.06, 0.06) * size
        paste(ink, digit, y, x - first)
        x += last - first
        label += str(data.labels[pick])
        reach = max(reach, y + digit.shape[0])
    return label, reach - 4 / BOX * size


def _tilted_photo(
    ink: Grey, size: float, rng: np.random.Generator, printed: Grey | None = None
) -> Grey:
    """Return a page as a phone would take it: ruled, textured, unevenly lit, tilted, blurred.

    Of what is printed on it, each value is the share of light that it takes; such a form is not
    ruled besides.
    """
    height, width = ink.shape
    # The paper goes on beyond the picture, so that no corner is empty when it is turned.
    margin = int(0.3 * max(ink.shape)) + 2
    printed = None if printed is None else np.pad(printed, margin)
    page = _on_paper(np.pad(ink, margin), size, rng, printed)
    angle = rng.uniform(-15, 15)
    turned = Image.fromarray(page).rotate(angle, Image.Resampling.BICUBIC)
    page = np.asarray(turned)[margin : margin + height, margin : margin + width]
    return _shot(page, size, rng)


def _on_paper(
    ink: Grey, size: float, rng: np.random.Generator, printed: Grey | None = None
) -> Grey:
    """Return ink on grained paper, ruled or printed."""
    paper = np.full(ink.shape, rng.uniform(0.75, 0.98), np.float32)
    paper *= 1 + _texture(ink.shape, rng.uniform(1.0, 3.0), rng) * np.float32(
        rng.uniform(0.0, 0.02)
    )
    if printed is None:
        _rule(paper, size, rng)
    else:
        paper *= 1 - printed
    return np.asarray(paper + ink * (np.float32(rng.uniform(0.05, 0.35)) - paper), np.float32)


def _shot(page: Grey, size: float, rng: np.random.Generator) -> Grey:
    """Return what a phone makes of it: uneven light, blur, noise."""
    page = page * _light(page.shape, rng)
    blurred = _blurred(page, rng.uniform(0.3, 1.2) * min(1.5, max(0.7, size / 40)))
    noise = rng.standard_normal(blurred.shape, np.float32) * np.float32(rng.uniform(0, 0.025))
    return np.asarray(blurred + noise, np.float32)


def _texture(shape: tuple[int, int], coarseness: float, rng: np.random.Generator) -> Grey:
    """Return grain of about variance 1, its grains about `coarseness` pixels large."""
    small = [int(side / coarseness) + 2 for side in shape]
    grain = Image.fromarray(rng.standard_normal(small, np.float32))
    larger = grain.resize((shape[1], shape[0]), Image.Resampling.BICUBIC)
    return np.asarray(larger, np.float32)


def _rule(paper: Grey, size: float, rng: np.random.Generator) -> None:
    """Print lines, squares or neither on the paper."""
    kind = rng.random()
    if kind < 0.35:
        return
    strength = rng.uniform(0.1, 0.45)
    spacing = size * (rng.uniform(1.3, 2.2) if kind < 0.7 else rng.uniform(0.5, 1.4))
    thickness = max(1, round(size * rng.uniform(0.015, 0.05)))
    for lines in (paper,) if kind < 0.7 else (paper, paper.T):
        at = rng.uniform(0, spacing)
        while at < lines.shape[0] - thickness:
            lines[int(at) : int(at) + thickness] *= np.float32(1 - strength)
            at += spacing


def _light(shape: tuple[int, int], rng: np.random.Generator) -> Grey:
    """Return light that falls off to one side and, on half of the pages, a soft shadow."""
    rows, columns = (np.linspace(-1, 1, side, dtype=np.float32) for side in shape)
    direction = rng.uniform(0, 2 * np.pi)
    slope = np.float32(rng.uniform(0, 0.25))
    across, down = np.float32(np.cos(direction)), np.float32(np.sin(direction))
    along = across * columns + down * rows[:, None]
    light = np.float32(rng.uniform(0.75, 1.0)) - slope * (along + 1) / 2
    if rng.random() < 0.5:
        angle = rng.uniform(0, 2 * np.pi)
        reach = np.float32(np.cos(angle)) * columns + np.float32(np.sin(angle)) * rows[:, None]
        softness = np.float32(rng.uniform(0.03, 0.3))
        shade = 1 / (1 + np.exp(-(reach - np.float32(rng.uniform(-0.5, 0.7))) / softness))
        light = light * (1 - np.float32(rng.uniform(0.15, 0.45)) * shade)
    return np.asarray(light, np.float32)


def _blurred(page: Grey, radius: float) -> Grey:
    eight_bits = Image.fromarray(np.clip(page * 255, 0, 255).astype(np.uint8))
    blurred = eight_bits.filter(ImageFilter.GaussianBlur(radius))
    return np.asarray(blurred, np.float32) / np.float32(255)


def _encoded(page: Grey, kind: str, rng: np.random.Generator) -> tuple[bytes, str]:
    picture = Image.fromarray(np.clip(np.rint(page * 255), 0, 255).astype(np.uint8))
    if kind.endswith("clean"):
        return _png(picture), ".png"
    file = io.BytesIO()
    picture.convert("RGB").save(file, "JPEG", quality=int(rng.integers(45, 93)))
    return file.getvalue(), ".jpg"


def _png(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def labels_of(folder: Path) -> Sequence[tuple[Path, tuple[str, ...]]]:
    """Return the pages of a folder that `write_pages` filled, and their lines. Raises DataError."""
    path = folder / LABELS
    try:
        rows = path.read_bytes().splitlines()
    except OSError as error:
        raise DataError(f"{path}: {reason_of(error)}") from None
    found = []
    for number, row in enumerate(rows, start=1):
        try:
            item = json.loads(row)
            found.append((folder / item["file"], tuple(item["lines"])))
            if not all(isinstance(line, str) for line in item["lines"]):
                raise ValueError
        except (ValueError, KeyError, TypeError):
            wanted = '{"file": "00000.png", "lines": ["12", "345"]}'
            raise DataError(f"{path} line {number}: is not like {wanted}") from None
    return found
