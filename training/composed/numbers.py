"""Composed numbers: several drawings of one writer side by side, as if written in a row.

Owns how a number is laid out and the file it is kept in. The choice of drawings and every
distance follow from a seed and from digests of the drawings, not from the order of a file.
"""

from __future__ import annotations

import gzip
import hashlib
import itertools
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digitpad.core.ink import Ink, Stroke, stroke_from_array
from digitpad.core.ink_files import ink_to_json
from digitpad.core.reading import NO_DIGIT as NO_DIGIT_TEXT
from training.data.datasets import DataError, InkSet, stable_hash
from training.writing import write_file

Owners = NDArray[np.int64]
"""Shape (n,): for each point of a stroke, the place of its digit in the number."""

SIGN_GAP = 0.12
"""A sign keeps at least this distance, in heights: nearer it would be taken for part of a digit."""
TOUCHING = 0.04
"""Ink of neighbours nearer than this share of the height touches: about a pen's width."""
FLATTEST = 0.2
"""A drawing flatter than this share of its width is scaled by its width: a dash stays a dash."""


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How numbers are laid out. Lengths in units of the common height; shares from 0 to 1.

    The defaults are the measuring set's; `FITTING_STYLE` adds what people do besides.
    """

    shortest: int = 2
    longest: int = 6
    height_variation: float = 0.15
    baseline_variation: float = 0.08
    widest_gap: float = 0.45
    overlap_share: float = 0.1
    """Share of neighbours whose boxes overlap in x."""
    deepest_overlap: float = 0.15
    """Never more than half of the narrower one's width."""
    touch_share: float = 0.1
    """Share of neighbours whose boxes just touch."""
    late_share: float = 0.0
    """Share of numbers in which one digit's last stroke is added after all else."""
    joined_share: float = 0.0
    """Share of neighbours that are written without lifting the pen."""
    mark_share: float = 0.0
    """Share of numbers with one mark among the digits that is none."""
    lone_mark_share: float = 0.0
    """Share of drawings that are nothing but such a mark."""


MEASURING_STYLE = NumberStyle()
FITTING_STYLE = NumberStyle(
    shortest=1, late_share=0.1, joined_share=0.03, mark_share=0.12, lone_mark_share=0.08
)


@dataclass(frozen=True, slots=True, eq=False)
class ComposedNumber:
    """A number and what is known of it.

    `owners` holds, for each stroke, the place of the digit that each of its points belongs to.
    """

    ink: Ink
    label: str
    writer: str
    owners: tuple[Owners, ...]
    touching: bool
    """Whether the ink of two neighbours touches."""


def compose_numbers(
    data: InkSet, count: int, seed: int, style: NumberStyle = MEASURING_STYLE
) -> list[ComposedNumber]:
    """Return `count` numbers, each of one writer's drawings, every writer as often as any other.

    Drawings of `data` that are no digits are the marks that `style` may ask for.
    No number holds a drawing twice; writers who drew fewer digits than the longest number has are
    left out. Raises DataError when all are.
    """
    by_writer = {
        writer: drawings
        for writer, drawings in _drawings_by_writer(data).items()
        if len(drawings) >= style.longest
    }
    if not by_writer:
        raise DataError(f"nobody drew the {style.longest} digits that make a number")
    others = data.pick(~data.is_digit).inks
    writers = sorted(by_writer, key=lambda name: stable_hash(f"{seed}/{name}".encode()))
    numbers = []
    for index in range(count):
        writer = writers[index % len(writers)]
        rng = np.random.default_rng(stable_hash(f"{seed}/{index}/{writer}".encode()))
        if others and rng.random() < style.lone_mark_share:
            numbers.append(_lone_mark(others[rng.integers(len(others))]))
        else:
            numbers.append(_compose(by_writer[writer], writer, others, rng, style))
    return numbers


def write_numbers(numbers: Iterable[ComposedNumber], path: Path) -> str:
    """Write numbers as an ink file and return the SHA-256 of its lines. Raises OSError."""
    lines = "".join(f"{_as_json(number)}\n" for number in numbers).encode()
    # Without a time in it, equal lines make equal files.
    write_file(path, gzip.compress(lines, mtime=0))
    return hashlib.sha256(lines).hexdigest()


def _as_json(number: ComposedNumber) -> str:
    line = json.loads(ink_to_json(number.ink, number.label, number.writer))
    return json.dumps({**line, "touching": number.touching}, separators=(",", ":"))


def _drawings_by_writer(data: InkSet) -> dict[str, list[tuple[str, Ink]]]:
    """Return each writer's digits in an order that does not depend on the file's."""
    found: dict[str, list[tuple[int, str, Ink]]] = {}
    digits = data.pick(data.is_digit)
    for ink, label, writer in zip(digits.inks, digits.labels, digits.writers, strict=True):
        place = stable_hash(ink_to_json(ink).encode())
        found.setdefault(writer, []).append((place, str(label), ink))
    return {
        writer: [(label, ink) for _, label, ink in sorted(drawings, key=lambda item: item[0])]
        for writer, drawings in found.items()
    }


def _compose(
    drawings: Sequence[tuple[str, Ink]],
    writer: str,
    others: Sequence[Ink],
    rng: np.random.Generator,
    style: NumberStyle,
) -> ComposedNumber:
    length = int(rng.integers(style.shortest, style.longest + 1))
    chosen = rng.choice(len(drawings), length, replace=False)
    labels = [drawings[pick][0] for pick in chosen]
    marks = [_of_height_one(drawings[pick][1], rng, style) for pick in chosen]
    if rng.random() < style.mark_share:
        place = int(rng.integers(0, length + 1))
        labels.insert(place, NO_DIGIT_TEXT)
        marks.insert(place, _mark(others, rng, style))
    placed = [marks[0]]
    for mark in marks[1:]:
        least = SIGN_GAP if NO_DIGIT_TEXT in labels else -np.inf
        placed.append(_beside(placed[-1], mark, least, rng, style))
    touching = any(_nearest(left, right) < TOUCHING for left, right in itertools.pairwise(placed))
    strokes = [
        (stroke, np.full(len(stroke), place))
        for place, ink in enumerate(placed)
        for stroke in ink.strokes
    ]
    if rng.random() < style.late_share:
        strokes = _with_late_stroke(strokes, rng)
    strokes = _joined(strokes, rng, style)
    scale = rng.uniform(40.0, 400.0)
    ink = Ink(tuple(stroke_from_array(stroke * [scale, scale, 1.0]) for stroke, _ in strokes))
    return ComposedNumber(
        ink, "".join(labels), writer, tuple(owners for _, owners in strokes), touching
    )


def _lone_mark(ink: Ink) -> ComposedNumber:
    owners = tuple(np.zeros(len(stroke), np.int64) for stroke in ink.strokes)
    return ComposedNumber(ink, NO_DIGIT_TEXT, "", owners, touching=False)


def _mark(others: Sequence[Ink], rng: np.random.Generator, style: NumberStyle) -> Ink:
    """Return something that is no digit: a letter, if there are any, or a sign."""
    if others and rng.random() < 0.5:
        return _of_height_one(others[int(rng.integers(len(others)))], rng, style)
    return _sign(rng)


def _of_height_one(ink: Ink, rng: np.random.Generator, style: NumberStyle) -> Ink:
    """Return a drawing of about height 1 that stands about on the line y = 0."""
    bounds = ink.bounds
    size = max(bounds.height, FLATTEST * bounds.width) or 1.0
    scale = (1.0 + rng.uniform(-style.height_variation, style.height_variation)) / size
    shift = rng.uniform(-style.baseline_variation, style.baseline_variation)
    return ink.placed(scale, -scale * bounds.left, shift - scale * bounds.bottom)


def _beside(
    left: Ink, right: Ink, least: float, rng: np.random.Generator, style: NumberStyle
) -> Ink:
    narrower = min(left.bounds.width, right.bounds.width)
    kind = rng.random()
    if kind < style.overlap_share:
        gap = -rng.uniform(0.0, min(style.deepest_overlap, narrower / 2))
    elif kind < style.overlap_share + style.touch_share:
        gap = 0.0
    else:
        gap = rng.uniform(0.0, style.widest_gap)
    shift = left.bounds.right + max(gap, least) - right.bounds.left
    return right.placed(1.0, shift, 0.0)


def _with_late_stroke(
    strokes: list[tuple[Stroke, Owners]], rng: np.random.Generator
) -> list[tuple[Stroke, Owners]]:
    """Move the last stroke of one digit that has several to the end."""
    repeated = [
        index
        for index in range(1, len(strokes) - 1)
        if strokes[index][1][0] == strokes[index - 1][1][0] != strokes[index + 1][1][0]
    ]
    if not repeated:
        return strokes
    late = int(rng.choice(repeated))
    return [*strokes[:late], *strokes[late + 1 :], strokes[late]]


def _joined(
    strokes: list[tuple[Stroke, Owners]], rng: np.random.Generator, style: NumberStyle
) -> list[tuple[Stroke, Owners]]:
    """Write some neighbours in one go: from one's last point to the next one's first."""
    kept = strokes[:1]
    for stroke, owners in strokes[1:]:
        before, owners_before = kept[-1]
        if owners[0] == owners_before[-1] + 1 and rng.random() < style.joined_share:
            joined = stroke_from_array(np.concatenate([before, stroke]))
            kept[-1] = (joined, np.concatenate([owners_before, owners]))
        else:
            kept.append((stroke, owners))
    return kept


def _sign(rng: np.random.Generator) -> Ink:
    """Return a minus, point, comma or plus of the size it has beside digits of height 1."""
    middle, half = rng.uniform(-0.6, -0.4), rng.uniform(0.15, 0.3)
    minus = [(-half, middle + rng.normal(0.0, 0.03)), (half, middle)]
    match rng.integers(0, 4):
        case 0:
            return Ink.from_points([minus])
        case 1:
            size = rng.uniform(0.0, 0.05)
            return Ink.from_points([[(0.0, -size), (size, 0.0)]])
        case 2:
            return Ink.from_points([[(0.05, -0.05), (rng.uniform(-0.1, 0.0), 0.15)]])
        case _:
            upright = [(0.0, middle - half), (rng.normal(0.0, 0.03), middle + half)]
            return Ink.from_points([minus, upright])


def _nearest(left: Ink, right: Ink) -> float:
    """Distance between the paths of two drawings, of height 1, to a hundredth."""
    first, second = (np.concatenate([_dense(s) for s in ink.strokes]) for ink in (left, right))
    first = first[first[:, 0] >= second[:, 0].min() - TOUCHING]
    second = second[second[:, 0] <= (first[:, 0].max() if len(first) else -np.inf) + TOUCHING]
    if not len(first) or not len(second):
        return float("inf")
    offsets = first[:, None] - second
    return float(np.sqrt((offsets**2).sum(axis=2).min()))


def _dense(stroke: Stroke) -> NDArray[np.float64]:
    """Return points of a path, at most 0.01 apart."""
    points = stroke[:, :2]
    travelled = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))))
    at = np.linspace(0.0, travelled[-1], int(travelled[-1] / 0.01) + 2)
    return np.column_stack([np.interp(at, travelled, axis) for axis in points.T])
