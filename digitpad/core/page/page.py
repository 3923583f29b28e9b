"""Page: a picture of any light and paper -> what was read of each digit on it, line by line.

Owns the order of the steps: sheet, grey, paper, ruling, colours, bent lines, tilt, frames, lines,
digits.
Knows no network: it is handed a function that reads pixels.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from PIL import Image

from digitpad.core.page.bent_lines import without_bent_lines
from digitpad.core.page.colours import clearest_colour
from digitpad.core.page.digits import SURE, FoundDigit, LineReader
from digitpad.core.page.frames import without_frames
from digitpad.core.page.mark import Mark
from digitpad.core.page.marks import PageMarks, Photo, WrittenLine, page_marks
from digitpad.core.page.paper import InkOnPaper, ink_on_paper
from digitpad.core.page.ruling import Cleaned, without_ruling
from digitpad.core.page.shadows import inked
from digitpad.core.page.sheet import Sheet, find_sheet
from digitpad.core.page.tilt import LEAST_TILT, Upright, tilt_of_writing, upright
from digitpad.core.picture import INK_THRESHOLD, find_ink, prepare_ink_picture, to_grey
from digitpad.core.preprocess import GreyImage
from digitpad.core.reading import Box, DigitReading

WORKING_PIXELS = 3_200_000
"""A larger picture is made smaller before it is looked at."""
SMALLEST_PAGE = 40
"""A picture no longer than this, in pixels, holds one digit: MNIST's have 28."""
THRESHOLD = 0.35
"""Share of full ink from which on a pixel of a photo is writing."""
PRINT = 0.15
"""The same for what may be printed around writing."""
LEAST_PHOTO = 8
"""Pixels that each side of a picture must have at least for its paper to be looked for."""
EVEN_NOISE = 16.0
"""Grey levels around the paper's that evenly lit paper may have along the frame."""
EVEN_SHARE = 0.004
"""Share of an evenly lit picture that may be neither paper nor near ink."""
NEAR_INK = 4
MOST_INK_ON_FRAME = 0.12
"""Share of the frame that writing may touch; more is shadow."""
FLAT = 0.35
"""On ruled paper, what is no digit and lower than this share of the line is left of the ruling."""
CROWDED = 400
"""A page of more marks is text, unless it looks like digits."""
WIDE = 1.0
"""A lone mark as wide as this, in heights, may be several digits that touch."""
ALL_DIGITS = 0.9
"""It is read as several where each of them is one with at least this probability together: halves
of many a letter look like digits, too."""
HIGH = 160
"""Pixels that such a mark is high at most when it is looked at: the parts are many to read."""
SURELY_SMALLER = 0.9
"""A mark far smaller than the writing that stands alone is dirt, unless it is a digit with at least
this probability, and no 1: a scratch is a 1 as well."""
A_DIGIT = 0.1
"""Beside lines with digits, one of marks that are all less likely digits is dirt."""
ReadPixels = Callable[[GreyImage, Box, bool], DigitReading]
"""Reads pixels as one digit: with its box, and whether it is but a dot."""


@dataclass(frozen=True, slots=True, eq=False)
class PageDigit:
    """What was read of one digit, and the probability that its ink is exactly one mark."""

    reading: DigitReading
    probability: float


def read_whole(picture: Image.Image, read: ReadPixels) -> DigitReading | None:
    """Read all that is written as one digit; None when blank.

    Of a photo of a sheet on a table that is what is written on the sheet.
    """
    sheet = find_sheet(picture, WORKING_PIXELS)
    if sheet is not None:
        reading = _read_flat_as_one(sheet.picture, find_lines(sheet.picture), read)
        if reading is not None:
            return replace(reading, box=sheet.box_in_photo(reading.box))
        if not _is_plain(picture):
            return None
    return _read_flat_as_one(picture, find_lines(picture), read)


def _read_flat_as_one(
    picture: Image.Image, page: Page | None, read: ReadPixels
) -> DigitReading | None:
    """Read what of a photo is writing, of another picture all ink; `page` holds its lines."""
    if page is not None and page.is_photo:
        marks = [mark for line in page.marks.lines for mark in line.marks]
        if not marks:
            return None
        return page.placed(page.line_reader(read).as_one(marks)).reading
    grey, scale = _working(to_grey(picture))
    ink, even = _ink(grey)
    return None if ink is None else _read_as_one(_levelled(ink, even), scale, read)


def read_page(picture: Image.Image, read: ReadPixels) -> list[list[PageDigit]]:
    """Read the digits of a page, line by line from the top, each line from the left.

    What holds but one mark is read as `read_whole` does, unless it is several digits that touch;
    blank gives no lines. Of a photo of a sheet on a table the sheet is read.
    """
    sheet = find_sheet(picture, WORKING_PIXELS)
    if sheet is not None:
        lines = _read_flat(sheet.picture, read)
        if _lines_with_digits(lines) or not _is_plain(picture):
            return [[_in_photo(digit, sheet) for digit in line] for line in lines]
    return _read_flat(picture, read)


def _is_plain(picture: Image.Image) -> bool:
    """Whether all is paper and ink: what looks like a sheet may be a broad 1, light on dark."""
    _, even = _ink(_working(to_grey(picture))[0])
    return even


def _in_photo(digit: PageDigit, sheet: Sheet) -> PageDigit:
    box = sheet.box_in_photo(digit.reading.box)
    return replace(digit, reading=replace(digit.reading, box=box))


def _read_flat(picture: Image.Image, read: ReadPixels) -> list[list[PageDigit]]:
    page = find_lines(picture)
    if page is not None and not page.is_lone_mark:
        reader = page.line_reader(read)
        if not page.is_crowded or reader.looks_like_digits(page.marks.lines):
            return _read_lines(page, reader)
    whole = _read_flat_as_one(picture, page, read)
    if whole is None:
        return []
    if page is not None and page.is_lone_mark and whole.certainty < SURE:
        touching = _read_touching(picture, page, read)
        if touching:
            return [touching]
    return [[PageDigit(whole, 1.0)]]


def _read_touching(picture: Image.Image, page: Page, read: ReadPixels) -> list[PageDigit]:
    """Read a lone mark as several digits; nothing where it is more likely none, or one."""
    mark = page.marks.lines[0].marks[0]
    if mark.width < WIDE * mark.height:
        return []
    smaller = page.scale * math.ceil(mark.height / HIGH)
    if smaller > page.scale:
        small_page = find_lines(to_grey(picture).reduce(smaller))
        if small_page is None or not small_page.is_lone_mark:
            return []
        page = replace(small_page, scale=smaller)
    digits = [page.placed(found) for found in page.line_reader(read).digits(page.marks.lines[0])]
    certainty = math.prod(digit.reading.certainty for digit in digits)
    return digits if len(digits) > 1 and certainty >= ALL_DIGITS else []


def _read_lines(page: Page, reader: LineReader) -> list[list[PageDigit]]:
    lines = []
    for line in page.marks.lines:
        digits = reader.digits(line)
        if page.is_ruled:
            digits = [found for found in digits if not _is_of_ruling(found, line)]
        if line.is_smaller and len(digits) == 1 and _is_scratch(digits[0].reading):
            continue
        lines.append([page.placed(found) for found in digits])
    return _lines_with_digits(lines) or [line for line in lines if line]


def _lines_with_digits(lines: list[list[PageDigit]]) -> list[list[PageDigit]]:
    return [line for line in lines if any(digit.reading.is_digit >= A_DIGIT for digit in line)]


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A page turned upright, with its lines of writing: none where it is blank."""

    upright: Upright
    marks: PageMarks
    is_ruled: bool
    is_lone_mark: bool
    """Whether there is but one mark, on plain paper."""
    is_photo: bool
    """Whether its paper had to be looked for, as it is unevenly lit or ruled."""
    scale: int
    """One pixel of it is so many wide in the picture."""

    @property
    def is_crowded(self) -> bool:
        """Whether there is so much on it that it may be text."""
        return sum(len(line.marks) for line in self.marks.lines) > CROWDED

    def line_reader(self, read: ReadPixels) -> LineReader:
        """Return what finds the digits in the lines."""

        def read_mark(pixels: GreyImage, mark: Mark, is_dot: bool) -> DigitReading:
            size = Box(float(mark.left), float(mark.top), float(mark.width), float(mark.height))
            return read(pixels, size, is_dot)

        return LineReader(self.upright.strength, self.marks.labels, read_mark)

    def placed(self, found: FoundDigit) -> PageDigit:
        """Return a digit with its box where it lies in the picture."""
        box = found.box
        inside = (slice(box.top, box.bottom), slice(box.left, box.right))
        rows, columns = np.nonzero(np.isin(self.marks.labels[inside], found.labels))
        before = self.upright.box_before(rows + box.top, columns + box.left)
        reading = replace(found.reading, box=_enlarged(before, self.scale))
        return PageDigit(reading, found.probability)


def find_lines(picture: Image.Image) -> Page | None:
    """Find the lines of writing; None where there is no end of them.

    None, too, where all is too small to be a line on evenly lit paper: it may be one small digit.
    """
    grey, scale = _working(to_grey(picture))
    if max(grey.size) <= SMALLEST_PAGE:
        return None
    found = _ink_without_ruling(grey)
    if found is not None and picture.mode == "RGB":
        ink, cleaned, even = found
        dark = cleaned.strength >= _least_writing(ink, even)
        clearer = clearest_colour(picture, scale, dark)
        if clearer is not None:
            found = _ink_without_ruling(clearer)
    if found is None:
        return None
    ink, cleaned, even = found
    cleaned = _without_bent_lines(ink, cleaned, even)
    turned, marks, is_ruled = _marks(ink, cleaned, even)
    if marks is None or (even and not marks.lines and not marks.is_punched):
        return None
    count = sum(len(line.marks) for line in marks.lines)
    is_plain = even and not is_ruled and not marks.is_punched
    return Page(turned, marks, is_ruled, is_plain and count == 1, not even, scale)


def _ink_without_ruling(grey: Image.Image) -> tuple[InkOnPaper, Cleaned, bool] | None:
    """Return the ink, the ink without ruling, and whether the paper is evenly lit."""
    ink, even = _ink(grey)
    if ink is None:
        return None
    cleaned = without_ruling(ink, even)
    if even and cleaned.angle is not None and min(grey.size) >= LEAST_PHOTO:
        # Ruling is neither paper nor ink: as dark as it looks beside evenly lit paper, it is ink.
        photographed = ink_on_paper(np.asarray(grey))
        if photographed is not None:
            return photographed, without_ruling(photographed, True), False
    return ink, cleaned, even


def _is_of_ruling(found: FoundDigit, line: WrittenLine) -> bool:
    return found.box.height <= FLAT * line.height and found.reading.is_digit <= 0.5


def _is_scratch(reading: DigitReading) -> bool:
    return reading.digit == 1 or reading.certainty < SURELY_SMALLER


def _working(grey: Image.Image) -> tuple[Image.Image, int]:
    """Return a picture of a size to work on; one pixel of it is so many wide in the original."""
    scale = math.ceil(math.sqrt(grey.width * grey.height / WORKING_PIXELS))
    return (grey.reduce(scale), scale) if scale > 1 else (grey, 1)


def _ink(grey: Image.Image) -> tuple[InkOnPaper | None, bool]:
    """Return the ink, and whether the paper is evenly lit."""
    plain = find_ink(grey)
    if max(grey.size) <= SMALLEST_PAGE or (plain is not None and _is_even(grey, plain)):
        ink = None if plain is None else InkOnPaper(np.asarray(plain), 0.0, 255.0)
        return ink, True
    if min(grey.size) < LEAST_PHOTO:
        return None, False
    return ink_on_paper(np.asarray(grey)), False


def _is_even(grey: Image.Image, ink: Image.Image) -> bool:
    """Whether nearly every pixel is plain paper or lies at ink."""
    pixels = np.asarray(grey)
    frame = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]]).astype(np.float64)
    noise = 4 * 1.4826 * float(np.median(np.abs(frame - np.median(frame))))
    if noise > EVEN_NOISE:
        return False
    strength = np.asarray(ink)
    on_frame = [side >= INK_THRESHOLD for side in (strength[0], strength[-1])]
    on_frame += [side >= INK_THRESHOLD for side in (strength[:, 0], strength[:, -1])]
    if np.concatenate(on_frame).mean() > MOST_INK_ON_FRAME:
        return False
    wide = 2 * NEAR_INK + 1
    block = np.asarray(Image.fromarray((strength >= 128).astype(np.uint8) * 255).reduce(wide)) > 0
    near = np.pad(block, 1)
    near = near[:-2] | near[1:-1] | near[2:]
    near = near[:, :-2] | near[:, 1:-1] | near[:, 2:]
    between = np.asarray(Image.fromarray((strength >= 16).astype(np.uint8) * 255).reduce(wide))
    return float(between[~near].sum()) / 255 <= EVEN_SHARE * between.size


def _without_bent_lines(ink: InkOnPaper, cleaned: Cleaned, even: bool) -> Cleaned:
    """Take bent lines of a photo away: on a scan they are the strokes of a large thin digit."""
    if even:
        return cleaned
    return replace(cleaned, strength=without_bent_lines(ink, cleaned.strength))


def _levelled(ink: InkOnPaper, even: bool) -> Image.Image:
    """Return ink as paper 0 and full ink 255, without ruling."""
    if max(ink.strength.shape) <= SMALLEST_PAGE:
        return Image.fromarray(ink.strength)
    cleaned = without_ruling(ink, even)
    cleaned = _without_bent_lines(ink, cleaned, even)
    unframed = without_frames(replace(ink, strength=cleaned.strength), _least_print(ink, even))
    if even and cleaned.angle is None and unframed is None:
        return Image.fromarray(ink.strength)
    strength = (cleaned if unframed is None else unframed).strength.astype(np.float32)
    strength[strength < _least(ink)] = 0
    return Image.fromarray(np.minimum(strength * (255 / ink.full), 255).astype(np.uint8))


def _least(ink: InkOnPaper) -> float:
    return max(4 * ink.noise, INK_THRESHOLD * ink.full / 255)


def _least_print(ink: InkOnPaper, even: bool) -> float:
    return INK_THRESHOLD / 2 if even else max(4 * ink.noise, PRINT * ink.full)


def _least_writing(ink: InkOnPaper, even: bool) -> float:
    return INK_THRESHOLD if even else max(4 * ink.noise, THRESHOLD * ink.full)


def _marks(ink: InkOnPaper, cleaned: Cleaned, even: bool) -> tuple[Upright, PageMarks | None, bool]:
    """Return the page turned upright, its marks, and whether it was ruled."""
    angle, is_ruled = cleaned.angle, cleaned.angle is not None
    least = _least_print(ink, even)
    first = None
    if angle is None:
        level = upright(cleaned.strength, 0.0, least)
        first = _page_marks(level, ink, is_ruled, even)
        if first is None or not first.lines:
            return level, first, is_ruled
        heights = [mark.height for line in first.lines for mark in line.marks]
        angle = tilt_of_writing(first.labels > 0, heights)
        if abs(angle) >= LEAST_TILT:
            first = None
    page = upright(cleaned.strength, angle, least)
    # Frames are found only once they stand upright.
    unframed = without_frames(replace(ink, strength=page.strength), least)
    if unframed is not None:
        page, first, is_ruled = replace(page, strength=unframed.strength), None, True
    return page, first or _page_marks(page, ink, is_ruled, even), is_ruled


def _page_marks(page: Upright, ink: InkOnPaper, is_ruled: bool, even: bool) -> PageMarks | None:
    photo = None
    if ink.paper is not None:
        photo = Photo(page.at_frame, partial(inked, page=page, paper=ink.paper, noise=ink.noise))
    return page_marks(page.strength >= _least_writing(ink, even), is_ruled, photo)


def _read_as_one(ink: Image.Image, scale: int, read: ReadPixels) -> DigitReading | None:
    prepared = prepare_ink_picture(ink)
    if prepared is None:
        return None
    reading = read(prepared.pixels, prepared.box, prepared.is_dot)
    return replace(reading, box=_enlarged(prepared.box, scale))


def _enlarged(box: Box, scale: int) -> Box:
    return Box(box.x * scale, box.y * scale, box.width * scale, box.height * scale)
