"""Composed forms: digits in printed boxes, in combs, or on a printed line."""

from __future__ import annotations

import numpy as np

from training.composed.pasted_digits import Grey, enlarged, paste
from training.data.datasets import PictureSet


def write_form(
    data: PictureSet, rng: np.random.Generator
) -> tuple[tuple[str, ...], Grey, Grey, float]:
    """Return what is written line by line, its ink, the print, and the height of digits in pixels.

    Of the print each value is the share of light that it takes.
    """
    size = float(np.exp(rng.uniform(np.log(30), np.log(90))))
    pitch = size * rng.uniform(1.15, 1.6)
    height, width = int(size * rng.uniform(9, 14)), int(pitch * rng.uniform(11, 15))
    ink, printed = np.zeros((2, height, width), np.float32)
    kind = int(rng.integers(0, 4))
    darkness, thickness = rng.uniform(0.3, 0.85), max(1, round(size * rng.uniform(0.02, 0.06)))
    left, top = 0.16 * width, 0.18 * height
    lines = []
    for _ in range(int(rng.integers(1, 5))):
        count = int(rng.integers(3, 9))
        label = ""
        for cell in range(count):
            pick = int(rng.integers(len(data)))
            own_size = size * rng.uniform(0.85, 1.05)
            digit = enlarged(data.pictures[pick], own_size)
            middle = left + (cell + 0.5 + rng.uniform(-0.07, 0.07)) * pitch
            down = top + (size - own_size) / 2 + rng.uniform(-0.06, 0.06) * size
            # A digit's box of 20 pixels lies in the middle of its 28.
            paste(ink, digit, down - 0.2 * own_size, middle - digit.shape[1] / 2)
            label += str(data.labels[pick])
        lines.append(label)
        box = (top - 0.2 * size, left, top + 1.2 * size, left + count * pitch)
        for line in _frame(kind, box, count):
            _print(printed, line, thickness, darkness)
        top += size * rng.uniform(1.6, 2.1)
        if top > 0.82 * height - size:
            break
    return tuple(lines), ink, printed, size


_Line = tuple[float, float, float, float]
"""From a row and column to another row and column."""


def _frame(kind: int, box: _Line, count: int) -> list[_Line]:
    """Return the lines of boxes side by side, of single boxes, of a comb, or one line."""
    top, left, bottom, right = box
    base = (bottom, left, bottom, right)
    pitch = (right - left) / count
    sides = [left + pitch * cell for cell in range(count + 1)]
    match kind:
        case 0:
            return [(top, left, top, right), base, *((top, x, bottom, x) for x in sides)]
        case 1:
            lines = []
            for x in sides[:-1]:
                first, last = x + 0.05 * pitch, x + 0.95 * pitch
                lines += [(top, first, top, last), (bottom, first, bottom, last)]
                lines += [(top, first, bottom, first), (top, last, bottom, last)]
            return lines
        case 2:
            middle = (top + bottom) / 2
            return [base, *((middle, x, bottom, x) for x in sides)]
        case _:
            return [(bottom, left - pitch / 2, bottom, right + pitch / 2)]


def _print(printed: Grey, line: _Line, thickness: int, darkness: float) -> None:
    top, left, bottom, right = (round(place) for place in line)
    printed[top : bottom + thickness, max(0, left) : right + thickness] = darkness
