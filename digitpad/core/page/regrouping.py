"""Regrouping: a digit of a picture taken apart, or several made one, as a person says.

What the network saw of a digit is its ink alone, without paper, ruling and neighbours. That is
enough, so that the picture need not be looked at again.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PIL import Image

from digitpad.core.components import label_components
from digitpad.core.page.digits import LineReader
from digitpad.core.page.mark import Mark, marks_of
from digitpad.core.page.marks import WrittenLine
from digitpad.core.page.page import PageDigit, ReadPixels
from digitpad.core.picture import INK_THRESHOLD, Pixels, prepare_writing
from digitpad.core.preprocess import BOX_SIZE, IMAGE_SIZE
from digitpad.core.reading import Box, DigitReading

LARGER = 3
"""Digits are enlarged so many times before they are cut or laid beside each other."""
SOLID = 128
"""Least ink (of 255) that holds parts together: a narrow gap, seen so small, is grey."""
CUT_RIGHT = 0.79
"""Most probable that a cut is right: so many parts were read right that looked sure, 97 of 123 of
pairs by validation writers that had been read as one digit."""


def parted(digit: DigitReading, read: ReadPixels) -> list[PageDigit]:
    """Return the best way to take a digit of a picture apart, from left to right.

    There are two parts or more, with boxes within the digit's; none where its ink cannot be cut.
    """
    ink = _enlarged(_ink(digit), IMAGE_SIZE * LARGER, IMAGE_SIZE * LARGER)
    labels, count = label_components(ink >= SOLID)
    marks = sorted(marks_of(labels, count), key=lambda mark: mark.left)
    if not marks:
        return []
    left, top = min(mark.left for mark in marks), min(mark.top for mark in marks)
    width = max(mark.right for mark in marks) - left
    height = max(mark.bottom for mark in marks) - top
    across, down = digit.box.width / width, digit.box.height / height

    def in_picture(mark: Mark) -> Box:
        return Box(
            digit.box.x + (mark.left - left) * across,
            digit.box.y + (mark.top - top) * down,
            mark.width * across,
            mark.height * down,
        )

    reader = LineReader(ink, labels, lambda pixels, mark, dot: read(pixels, in_picture(mark), dot))
    parts = reader.parts(WrittenLine(tuple(marks), float(height)))
    return [PageDigit(part.reading, min(part.probability, CUT_RIGHT)) for part in parts]


def joined(digits: Sequence[DigitReading], read: ReadPixels) -> DigitReading:
    """Read several digits of a picture, wherever they stand, as one."""
    boxes = [digit.box for digit in digits]
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    width = max(box.x + box.width for box in boxes) - left
    height = max(box.y + box.height for box in boxes) - top
    scale = BOX_SIZE * LARGER / max(width, height)
    ink = np.zeros((math.ceil(height * scale) + 1, math.ceil(width * scale) + 1), np.uint8)
    for digit, box in zip(digits, boxes, strict=True):
        own = _enlarged(
            _cropped(_ink(digit)),
            max(1, round(box.width * scale)),
            max(1, round(box.height * scale)),
        )
        row, column = round((box.y - top) * scale), round((box.x - left) * scale)
        place = ink[row : row + own.shape[0], column : column + own.shape[1]]
        np.maximum(place, own[: place.shape[0], : place.shape[1]], out=place)
    prepared = prepare_writing(ink)
    return read(prepared.pixels, Box(left, top, width, height), prepared.is_dot)


def _ink(digit: DigitReading) -> Pixels:
    """Return what the network saw of a digit of a picture, 0 for paper to 255 for ink."""
    assert digit.pixels is not None
    return np.rint(digit.pixels * 255).astype(np.uint8)


def _cropped(ink: Pixels) -> Pixels:
    (mark,) = marks_of((ink >= INK_THRESHOLD).astype(np.int32), 1)
    return ink[mark.top : mark.bottom, mark.left : mark.right]


def _enlarged(ink: Pixels, width: int, height: int) -> Pixels:
    return np.asarray(Image.fromarray(ink).resize((width, height), Image.Resampling.BICUBIC))
