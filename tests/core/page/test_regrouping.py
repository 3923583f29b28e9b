"""A digit of a picture is taken apart, or made one with its neighbours."""

from __future__ import annotations

import pytest
from PIL import Image

from digitpad.core.ink import Ink
from digitpad.core.reader import Reader
from digitpad.core.reading import Box, DigitReading, Status
from tests.pictures import draw_picture, golden_digit, golden_ink


def beside(left: str, right: str, gap: float) -> Ink:
    """Two golden digits, so far apart in shares of the left one's width; they touch below 0."""
    one, other = golden_digit(left), golden_digit(right)
    scale = one.bounds.height / other.bounds.height
    shift = one.bounds.right + gap * one.bounds.width - scale * other.bounds.left
    down = one.bounds.top - scale * other.bounds.top
    moved = other.placed(scale, shift, down)
    return Ink((*one.strokes, *moved.strokes))


def as_one(ink: Ink, reader: Reader) -> DigitReading:
    """Ink in a picture, taken for one digit."""
    (digit,) = reader.read_picture(picture_of(ink), single=True).digits
    return digit


def picture_of(ink: Ink) -> Image.Image:
    return draw_picture(ink, (240, 160), height=80, width=8)


@pytest.mark.parametrize("number", ["38", "62", "47", "92"])
@pytest.mark.parametrize("gap", [-0.02, 0.2], ids=["touching", "apart"])
def test_two_digits_that_were_taken_for_one_are_taken_apart(
    reader: Reader, number: str, gap: float
) -> None:
    # Given
    ink = beside(number[0], number[1], gap)
    digit = as_one(ink, reader)

    # When
    one, other = reader.regrouped([digit])

    # Then each has its part of the box
    assert f"{one.digit}{other.digit}" == number
    assert {one.status, other.status} == {Status.UNSURE}
    assert max(one.grouping, other.grouping) < min(one.confidence, other.confidence)
    assert one.box.x == pytest.approx(digit.box.x, abs=4)
    assert one.box.x < other.box.x
    assert right_of(one.box) < right_of(other.box)
    assert right_of(other.box) == pytest.approx(right_of(digit.box), abs=4)


@pytest.mark.parametrize("label", ["0", "3", "8"])
def test_the_parts_of_a_digit_are_made_one_again(reader: Reader, label: str) -> None:
    # Given
    digit = as_one(golden_digit(label), reader)
    parts = reader.regrouped([digit])
    assert len(parts) > 1

    # When
    (whole,) = reader.regrouped(parts)

    # Then
    assert str(whole.digit) == label
    assert whole.is_digit > 0.5
    assert whole.box.x == pytest.approx(digit.box.x, abs=2)
    assert whole.box.width == pytest.approx(digit.box.width, abs=4)
    assert whole.box.height == pytest.approx(digit.box.height, abs=4)


def test_strokes_that_were_taken_for_two_digits_are_made_one(reader: Reader) -> None:
    # Given the strokes of a digit, each read as a mark of its own
    ink = next(ink for _, ink in golden_ink() if len(ink.strokes) == 2 and ink.bounds.height > 0)
    label = next(label for label, known in golden_ink() if known is ink)
    marks = [
        DigitReading(
            found.probabilities,
            Box(bounds.left, bounds.top, bounds.width, bounds.height),
            pixels=found.pixels,
        )
        for stroke in ink.strokes
        for found, bounds in [(as_one(Ink((stroke,)), reader), Ink((stroke,)).bounds)]
    ]

    # When
    (digit,) = reader.regrouped(marks)

    # Then
    assert str(digit.digit) == label
    bounds = ink.bounds
    assert digit.box == Box(bounds.left, bounds.top, bounds.width, bounds.height)


def test_what_stands_in_a_line_stays_there(reader: Reader) -> None:
    digit = as_one(beside("3", "8", 0.2), reader)
    lower = DigitReading(digit.probabilities, digit.box, pixels=digit.pixels, line=3)

    assert {part.line for part in reader.regrouped([lower])} == {3}


def test_what_cannot_be_cut_stays_as_it_is(reader: Reader) -> None:
    digit = as_one(Ink.from_points([[(0, 0), (0, 100)]]), reader)

    assert reader.regrouped([digit]) == (digit,)


def right_of(box: Box) -> float:
    return box.x + box.width
