"""Crossed out: a digit with lines or another over it is none; a slashed 0 and a crossed 7 are."""

from __future__ import annotations

import pytest

from digitpad.core.crossed_out import below_line
from digitpad.core.groups import StrokePart, whole_group
from digitpad.core.ink import Ink
from digitpad.core.reader import Reader
from digitpad.core.reading import Status, WhyNone
from tests.synthetic_ink import Path, digit_ink, line, number_ink, placed


def with_lines(number: Ink, place: int, *lines: Path) -> Ink:
    """Return a number with lines over its digit at `place`, drawn right after that digit.

    They are given in its box, as shares of its width and height.
    """
    strokes = list(number.strokes)
    box = number.stroke_bounds[place]
    drawn = [
        [(box.left + x * box.width, box.top + y * box.height) for x, y in path] for path in lines
    ]
    after = place + 1
    return Ink((*strokes[:after], *Ink.from_points(drawn).strokes, *strokes[after:]))


DOWN = line((0.65, -0.1), (0.35, 1.1))
ACROSS = line((-0.3, 0.52), (1.3, 0.48))
HIGHER, LOWER = line((-0.3, 0.42), (1.3, 0.38)), line((-0.3, 0.66), (1.3, 0.62))


@pytest.mark.parametrize("digit", "235689")
@pytest.mark.parametrize(
    "lines", [(DOWN,), (ACROSS,), (HIGHER, LOWER)], ids=["down", "across", "2"]
)
def test_a_digit_with_a_line_through_it_is_none(
    bundled: Reader, digit: str, lines: tuple[Path, ...]
) -> None:
    # Given a wrong digit that was taken back before the next was written
    drawing = with_lines(number_ink(f"7{digit}2", 0.0, 0.0), 1, *lines)

    # When
    reading = bundled.read(drawing)

    # Then it is one mark with its lines, and the bars still show what it was
    assert (reading.text, reading.status) == ("7?2", Status.NOT_A_DIGIT)
    struck = reading.digits[1]
    assert struck.group == tuple(map(StrokePart, range(1, 2 + len(lines))))
    assert struck.why_none is WhyNone.CROSSED_OUT


@pytest.mark.parametrize(
    ("digit", "stroke"), [("0", line((0.85, -0.05), (0.15, 1.05))), ("7", ACROSS)]
)
def test_a_slashed_zero_and_a_crossed_seven_stay_digits(
    bundled: Reader, digit: str, stroke: Path
) -> None:
    reading = bundled.read(with_lines(number_ink(f"3{digit}2", 0.0, 0.0), 1, stroke))

    assert (reading.text, reading.status) == (f"3{digit}2", Status.DIGIT)


def test_a_person_may_say_that_the_line_belongs_to_it(bundled: Reader) -> None:
    # Given a mark that was crossed out, and that a person put together
    drawing = with_lines(number_ink("732", 0.0, 0.0), 1, ACROSS)
    struck = (StrokePart(1), StrokePart(2))

    # When
    reading = bundled.read_number(drawing, [struck])

    # Then it is judged by its looks
    assert [digit.group for digit in reading.digits][1] == struck
    assert reading.digits[1].why_none is None


def test_a_lone_digit_is_judged_by_its_looks(bundled: Reader) -> None:
    drawing = with_lines(digit_ink(3), 0, ACROSS)

    assert bundled.read(drawing) == bundled.read_ink(drawing)


@pytest.mark.parametrize(
    "stroke",
    [
        line((0.1, 0.5), (1.3, 0.5)),
        line((-0.3, 0.5), (0.9, 0.5)),
        line((0.5, 0.1), (0.5, 1.1)),
        line((0.5, -0.1), (0.5, 0.9)),
        line((-0.3, 0.9), (1.3, 0.9)),
        line((-0.3, 0.5), (0.5, 0.2), (1.3, 0.5)),
    ],
    ids=["from inside", "ends inside", "from below the top", "above the foot", "low", "bent"],
)
def test_a_stroke_that_does_not_go_through_the_middle_crosses_nothing_out(stroke: Path) -> None:
    through, other = (with_lines(digit_ink(3), 0, one) for one in (ACROSS, stroke))

    assert below_line(through, whole_group(through)) == (StrokePart(0),)
    assert below_line(other, whole_group(other)) is None


CROSS = line((-0.1, 1.0), (1.1, 0.0)), line((-0.1, 0.0), (1.1, 1.0))
ZIGZAG = line((-0.1, 0.1), (1.1, 0.3), (-0.1, 0.5), (1.1, 0.7), (-0.1, 0.9))
SCRIBBLE = line((0.1, -0.1), (0.3, 1.1), (0.5, -0.1), (0.7, 1.1), (0.9, -0.1))


@pytest.mark.parametrize("digit", "02356789")
@pytest.mark.parametrize(
    "lines",
    [CROSS, (HIGHER, LOWER), (ZIGZAG,), (SCRIBBLE,)],
    ids=["X", "two lines", "zigzag", "up and down"],
)
def test_two_lines_or_a_zigzag_cross_out_every_digit(
    bundled: Reader, digit: str, lines: tuple[Path, ...]
) -> None:
    reading = bundled.read(with_lines(number_ink(f"3{digit}2", 0.0, 0.0), 1, *lines))

    assert (reading.text, reading.status) == ("3?2", Status.NOT_A_DIGIT)
    assert reading.digits[1].why_none is WhyNone.CROSSED_OUT


@pytest.mark.parametrize(("below", "over"), [(3, 5), (2, 6), (6, 9), (5, 8)])
def test_a_digit_over_another_is_none(bundled: Reader, below: int, over: int) -> None:
    # Given
    three, two = digit_ink(3), placed(digit_ink(2), 1.0, 220.0, 0.0)
    wrong, right = (placed(digit_ink(digit), 1.0, 110.0, 0.0) for digit in (below, over))

    # When
    reading = bundled.read(Ink((*three.strokes, *wrong.strokes, *right.strokes, *two.strokes)))

    # Then
    assert (reading.text, reading.status) == ("3?2", Status.NOT_A_DIGIT)
    assert reading.digits[1].why_none is WhyNone.WRITTEN_OVER


@pytest.mark.parametrize("digit", [0, 2, 3, 6, 9])
def test_a_digit_written_again_stays_one(bundled: Reader, digit: int) -> None:
    three, two = digit_ink(3), placed(digit_ink(2), 1.0, 220.0, 0.0)
    twice = placed(digit_ink(digit), 1.0, 110.0, 0.0).strokes
    again = placed(digit_ink(digit), 1.0, 112.0, 1.0).strokes

    reading = bundled.read(Ink((*three.strokes, *twice, *again, *two.strokes)))

    assert (reading.text, reading.status) == (f"3{digit}2", Status.DIGIT)
