"""Signs: a slash, a bracket, a colon or a percent sign between digits is never a sure digit."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from digitpad.core.groups import StrokePart, joined
from digitpad.core.ink import Ink
from digitpad.core.reader import Reader
from digitpad.core.reading import Status, WhyNone
from tests.synthetic_ink import Path, arc, line, number_ink

GAP = 25.0


def between(left: str, sign: Sequence[Path], right: str, width: float) -> Ink:
    """Return a sign between two numbers that are 100 high; its paths begin at the left number."""
    before = number_ink(left, 0.0, 0.0)
    start = before.bounds.right + GAP
    paths = [[(start + x, y) for x, y in path] for path in sign]
    after = number_ink(right, start + width + GAP, 0.0)
    return Ink((*before.strokes, *Ink.from_points(paths).strokes, *after.strokes))


def slash(lean: float, height: float = 120.0) -> Path:
    middle = 50.0
    return line((lean * height, middle - height / 2), (0.0, middle + height / 2))


SMALL_RINGS = (
    arc((14.0, 15.0), (14.0, 15.0), (-90, 270)),
    arc((60.0, 85.0), (14.0, 15.0), (-90, 270)),
)
COLON = line((0.0, 30.0), (3.0, 33.0)), line((1.0, 75.0), (4.0, 78.0))
OPENING = arc((60.0, 50.0), (60.0, 80.0), (225, 135))
CLOSING = arc((-40.0, 50.0), (60.0, 80.0), (-45, 45))


@pytest.mark.parametrize(("left", "right"), [("12", "05"), ("3", "4"), ("20", "26")])
def test_a_slash_that_leans_and_is_tall_is_no_digit(bundled: Reader, left: str, right: str) -> None:
    reading = bundled.read(between(left, [slash(0.7)], right, 84.0))

    assert (reading.text, reading.status) == (f"{left}?{right}", Status.NOT_A_DIGIT)
    assert reading.digits[len(left)].why_none is WhyNone.SIGN


def test_what_leans_less_may_be_a_slash_or_a_1(bundled: Reader) -> None:
    # Given three strokes between the same digits
    upright, slanted, slash_like = (slash(lean, 110.0) for lean in (0.1, 0.42, 0.75))

    # When
    statuses = [
        bundled.read(between("32", [stroke], "56", 60.0)).digits[2].status
        for stroke in (upright, slanted, slash_like)
    ]

    # Then
    assert statuses == [Status.DIGIT, Status.UNSURE, Status.NOT_A_DIGIT]


@pytest.mark.parametrize("text", ["3156", "211", "117", "1121", "61"])
@pytest.mark.parametrize("lean", [-0.4, 0.0, 0.6])
def test_all_digits_that_lean_alike_stay_sure(bundled: Reader, text: str, lean: float) -> None:
    # Given a hand that slants, whose 1s are single lines as tall as other digits
    number = number_ink(text, 0.0, 0.0)
    paths = [
        line((box.left, 0.0), (box.left, 100.0))
        if digit == "1"
        else [(float(x), float(y)) for x, y, _ in stroke]
        for digit, stroke, box in zip(text, number.strokes, number.stroke_bounds, strict=True)
    ]
    slanted = Ink.from_points([[(x - lean * y, y) for x, y in path] for path in paths])

    # When
    reading = bundled.read(slanted)

    # Then
    assert (reading.text, reading.status) == (text, Status.DIGIT)


def test_at_an_end_of_a_number_stands_no_slash(bundled: Reader) -> None:
    number = between("32", [slash(0.7, 100.0)], "5", 70.0)

    reading = bundled.read(number.some([0, 1, 2]))

    assert (reading.text, reading.status) == ("321", Status.DIGIT)


@pytest.mark.parametrize("bracket", [OPENING, CLOSING], ids=["opening", "closing"])
def test_a_tall_bracket_is_no_digit(bundled: Reader, bracket: Path) -> None:
    reading = bundled.read(between("2", [bracket], "36", 20.0))

    assert (reading.text, reading.digits[1].why_none) == ("2?36", WhyNone.SIGN)


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1)])
def test_a_percent_sign_is_one_mark_and_no_9(bundled: Reader, order: tuple[int, ...]) -> None:
    strokes = SMALL_RINGS[0], line((70.0, 0.0), (8.0, 100.0)), SMALL_RINGS[1]

    reading = bundled.read(between("25", [strokes[place] for place in order], "", 0.0))

    assert (reading.text, reading.status) == ("25?", Status.NOT_A_DIGIT)
    assert reading.digits[2].why_none is WhyNone.SIGN


@pytest.mark.parametrize(("left", "right"), [("12", "30"), ("4", "15")])
def test_a_colon_is_one_mark(bundled: Reader, left: str, right: str) -> None:
    reading = bundled.read(between(left, COLON, right, 4.0))

    assert reading.text == f"{left}?{right}"
    assert reading.digits[len(left)].why_none is WhyNone.SIGN


def test_a_person_may_say_that_a_slash_is_a_1(bundled: Reader) -> None:
    # Given
    ink = between("32", [slash(0.7)], "56", 84.0)

    # When a person pinned it
    pin = joined((StrokePart(2),))
    reading = bundled.read_number(ink, [pin])

    # Then it is judged by its looks
    assert (reading.text, reading.digits[2].group) == ("32156", pin)
