"""Surroundings: lines along numbers and rings around them are marks of their own, and no digits."""

from __future__ import annotations

import pytest

from digitpad.core.groups import StrokePart, joined, whole_group
from digitpad.core.ink import Ink
from digitpad.core.reader import Reader
from digitpad.core.reading import Reading, Status, WhyNone
from digitpad.core.surroundings import surroundings
from tests.synthetic_ink import Path, arc, digit_ink, line, number_ink

HEIGHT = 100.0


def drawn(*parts: Ink | Path) -> Ink:
    """Return drawings and strokes as one drawing, in this order."""
    inks = [part if isinstance(part, Ink) else Ink.from_points([part]) for part in parts]
    return Ink(tuple(stroke for ink in inks for stroke in ink.strokes))


def signs(reading: Reading) -> list[tuple[str, Status]]:
    return [(digit.sign, digit.status) for digit in reading.digits]


def ring_around(ink: Ink, paper: float = 20.0) -> Path:
    box = ink.bounds
    middle = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return arc(middle, (0.72 * box.width + paper, 0.6 * box.height + paper), (-90, 275))


@pytest.mark.parametrize("text", ["2", "78", "525", "2026"])
@pytest.mark.parametrize("paper", [15.0, 35.0])
def test_a_number_is_read_above_a_line_under_it(bundled: Reader, text: str, paper: float) -> None:
    # Given
    number = number_ink(text, 0.0, 0.0)
    below = HEIGHT + paper
    underline = line((-10.0, below), (number.bounds.right + 10.0, below + 3.0))

    # When
    reading = bundled.read(drawn(number, underline))

    # Then the line is a mark by itself, after the number
    assert signs(reading) == [*((sign, Status.DIGIT) for sign in text), ("?", Status.NOT_A_DIGIT)]
    assert reading.digits[-1].group == (StrokePart(len(number.strokes)),)
    assert [digit.why_none for digit in reading.digits] == [None] * len(text) + [WhyNone.LINE]


def test_a_line_through_a_number_is_no_part_of_a_digit(bundled: Reader) -> None:
    number = number_ink("385", 0.0, 0.0)

    reading = bundled.read(drawn(number, line((-10.0, 50.0), (number.bounds.right + 10.0, 52.0))))

    assert (reading.text, reading.status) == ("385?", Status.NOT_A_DIGIT)


@pytest.mark.parametrize(("upper", "lower"), [("3", "4"), ("8", "8"), ("12", "5"), ("7", "20")])
def test_the_numbers_of_a_fraction_are_two_rows(bundled: Reader, upper: str, lower: str) -> None:
    # Given
    above, below = number_ink(upper, 0.0, 0.0), number_ink(lower, 0.0, HEIGHT + 50.0)
    right = max(above.bounds.right, below.bounds.right)

    # When
    reading = bundled.read(drawn(above, line((-5.0, 122.0), (right + 5.0, 122.0)), below))

    # Then
    assert reading.text.replace("?", "") == f"{upper}\n{lower}"
    assert reading.text.count("?") == 1


def test_a_sum_in_a_column_is_read_row_by_row_with_its_line(bundled: Reader) -> None:
    numbers = [number_ink("47", 0.0, 0.0), number_ink("5", 75.0, 140.0)]
    result = number_ink("52", 0.0, 290.0)

    reading = bundled.read(drawn(*numbers, line((-30.0, 262.0), (150.0, 260.0)), result))

    assert reading.text == "47\n5?\n52"


@pytest.mark.parametrize("digit", [2, 3, 4, 5, 8, 9])
def test_a_digit_in_a_ring_is_read_and_the_ring_is_none(bundled: Reader, digit: int) -> None:
    ink = digit_ink(digit)
    expected = [(str(digit), Status.DIGIT), ("?", Status.NOT_A_DIGIT)]

    assert signs(bundled.read(drawn(ink, ring_around(ink)))) == expected
    assert signs(bundled.read(drawn(ring_around(ink), ink))) == expected
    assert bundled.read(drawn(ring_around(ink), ink)).digits[1].why_none is WhyNone.RING


def test_one_digit_of_a_number_is_ringed(bundled: Reader) -> None:
    eight = number_ink("8", 150.0, 0.0)

    ink = drawn(number_ink("26", -90.0, 0.0), eight, ring_around(eight), number_ink("3", 310.0, 0))

    assert bundled.read(ink).text == "2683?"


@pytest.mark.parametrize("texts", [("26", "481"), ("47", "283", "50", "9")])
def test_a_box_around_rows_is_no_zero(bundled: Reader, texts: tuple[str, ...]) -> None:
    # Given: a digit of four rows is a fifth as high as the box
    inks = [number_ink(text, 0.0, 140.0 * place) for place, text in enumerate(texts)]
    bottom = 140.0 * len(texts)
    box = line((-20, -20), (270, -20), (270, bottom), (-20, bottom), (-20, -20))

    assert bundled.read(drawn(*inks, box)).text.replace("?", "") == "\n".join(texts)


@pytest.mark.parametrize(
    "inside",
    [
        [(50.0, 50.0), (51.0, 51.0)],
        line((65.0, 25.0), (35.0, 75.0)),
        arc((50.0, 50.0), (30.0, 47.0), (-90, 270)),
    ],
    ids=["dot", "slash", "zero again"],
)
def test_what_a_zero_may_hold_makes_it_no_ring(bundled: Reader, inside: Path) -> None:
    zero = drawn(arc((50, 50), (32, 50), (-90, 270)), inside)

    assert surroundings(zero) == []
    assert bundled.read(zero).text == "0"


def test_a_dot_beside_a_slash_in_a_zero_makes_it_no_ring() -> None:
    zero = drawn(arc((50, 50), (32, 50), (-90, 270)), line((65, 25), (35, 75)), [(60.0, 80.0)])

    assert surroundings(zero) == []


@pytest.mark.parametrize("flag", [0.0, 20.0, 35.0])
def test_a_1_keeps_its_foot_however_low_that_is(bundled: Reader, flag: float) -> None:
    one = drawn(line((50 - flag, flag), (50, 0), (50, 100)), line((20, 122), (80, 122)))

    assert len(bundled.read(one).digits) == 1
    assert len(bundled.read(drawn(one, number_ink("2", 110.0, 0.0))).digits) == 2


def test_a_slash_in_a_zero_that_was_drawn_there_and_back_makes_it_no_ring(bundled: Reader) -> None:
    slash = line((66, 22), (35, 78), (64, 25))

    assert len(bundled.read(drawn(arc((50, 50), (32, 50), (-90, 270)), slash)).digits) == 1


def test_the_bar_of_a_5_and_a_minus_are_no_lines() -> None:
    five = drawn(number_ink("4", 0.0, -160.0), digit_ink(5))
    bar = drawn(arc((50, 60), (40, 40), (-90, 150)), line((50, 10), (230, 8)))
    minus = drawn(number_ink("7", 0.0, 0.0), line((90, 50), (290, 50)), number_ink("2", 310.0, 0.0))

    assert [surroundings(ink) for ink in (five, bar, minus)] == [[], [], []]


UPRIGHT = line((50.0, 0.0), (50.0, 100.0))


@pytest.mark.parametrize(
    ("ink", "changed"),
    [
        (drawn(UPRIGHT, line((20, 104), (80, 104))), drawn(UPRIGHT, line((20, 120), (80, 120)))),
        (
            drawn(digit_ink(2), line((60, 125), (160, 125))),
            drawn(digit_ink(2), line((0, 125), (100, 125))),
        ),
        (
            drawn(number_ink("78", 0.0, 0.0), line((40, 120), (700, 122))),
            drawn(number_ink("78", 0.0, 0.0), line((0, 120), (200, 122))),
        ),
        (
            drawn(line((60, 0), (0, 70)), UPRIGHT, line((0, 70), (90, 70))),
            drawn(
                line((60, 0), (0, 70)), UPRIGHT, line((0, 70), (195, 70)), number_ink("2", 95, 0)
            ),
        ),
        (
            drawn(UPRIGHT, line((100, 0), (100, 140)), line((40, 120), (110, 120))),
            drawn(UPRIGHT, line((100, 0), (100, 100)), line((40, 120), (110, 120))),
        ),
        (
            drawn(digit_ink(2), arc((50, 50), (90, 90), (-90, 150))),
            drawn(digit_ink(2), arc((50, 50), (90, 90), (-90, 250))),
        ),
    ],
    ids=["near foot", "beside", "mostly elsewhere", "bar of a 4", "crossed below", "open"],
)
def test_what_hardly_goes_along_or_around_digits_is_part_of_one(ink: Ink, changed: Ink) -> None:
    # Then, while what is only a little different may stand around them
    assert surroundings(ink) == []
    assert len(surroundings(changed)) == 1


def test_a_line_that_a_person_joined_to_a_digit_stays_there(bundled: Reader) -> None:
    # Given
    ink = drawn(digit_ink(3), line((0.0, 120.0), (90.0, 120.0)), number_ink("2", 110.0, 0.0))
    assert bundled.read(ink).text == "32?"

    # When
    pin = joined(whole_group(Ink(ink.strokes[:2])))

    # Then
    assert bundled.read_number(ink, [pin]).digits[0].group == pin
