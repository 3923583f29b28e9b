"""Rows: digits below each other are read row by row, and one mark of two parts stays one."""

from __future__ import annotations

from itertools import accumulate

import pytest

from digitpad.core.groups import StrokePart, joined, whole_group
from digitpad.core.ink import Ink
from digitpad.core.reader import Reader
from digitpad.core.reading import Reading, Status
from digitpad.core.rows import interlocked, rows_of
from tests.synthetic_ink import arc, line, number_ink

HEIGHT = 100.0


def together(*inks: Ink) -> Ink:
    return Ink(tuple(stroke for ink in inks for stroke in ink.strokes))


def rows(*texts: str, paper: float = 0.6 * HEIGHT) -> Ink:
    """Return numbers below each other."""
    tops = accumulate([0.0, *[HEIGHT + paper] * len(texts)])
    return together(*(number_ink(text, 0.0, top) for text, top in zip(texts, tops, strict=False)))


def lines_of(reading: Reading) -> list[int]:
    return [digit.line for digit in reading.digits]


@pytest.mark.parametrize("paper", [0.25, 0.6, 1.5, 3.0])
def test_numbers_below_each_other_are_read_row_by_row(bundled: Reader, paper: float) -> None:
    reading = bundled.read(rows("2026", "385", paper=paper * HEIGHT))

    assert (reading.text, reading.status) == ("2026\n385", Status.DIGIT)
    assert lines_of(reading) == [0, 0, 0, 0, 1, 1, 1]


@pytest.mark.parametrize("paper", [-0.05, 0.0, 0.1])
@pytest.mark.parametrize("texts", [("2026", "385"), ("11", "4711"), ("38", "26", "90")])
def test_rows_that_reach_into_each_other_are_rows(
    bundled: Reader, texts: tuple[str, ...], paper: float
) -> None:
    reading = bundled.read(rows(*texts, paper=paper * HEIGHT))

    assert (reading.text, reading.status) == ("\n".join(texts), Status.DIGIT)


def test_the_bar_of_a_5_between_rows_that_reach_into_each_other_finds_its_digit() -> None:
    # Given: a 5 in the lower row whose bar is drawn as high as the foot of the 6 above
    body = arc((170, 155), (30, 30), (-100, 150))
    ink = together(
        number_ink("26", 0.0, 0.0),
        number_ink("1", 0.0, 95.0),
        Ink.from_points([line((150, 97), (145, 135)) + body, line((152, 96), (200, 94))]),
    )

    assert [[part.stroke for part in row] for row in interlocked(ink, ())] == [[0, 1], [2, 3, 4]]


def test_digits_up_and_down_in_one_row_stay_in_it() -> None:
    up, down = number_ink("8888", 0.0, 0.0), number_ink("8888", 45.0, 70.0)
    assert len(interlocked(together(up, down), ())) == 1

    steps = [number_ink("3", 70.0 * place, 85.0 * place) for place in range(5)]
    assert len(interlocked(together(*steps), ())) == 1


def test_what_a_person_joined_is_not_parted_where_rows_reach_into_each_other() -> None:
    ink = rows("11", "11", paper=-5.0)
    first, third = StrokePart(0), StrokePart(2)

    assert len(interlocked(ink, ())) == 2
    assert len(interlocked(ink, [(first, third)])) == 1

    # But what they joined in one row does not keep the rows together
    assert len(interlocked(ink, [(first, StrokePart(1))])) == 2


def test_of_many_rows_that_reach_into_each_other_each_is_found_from_the_top() -> None:
    ink = rows("11", "11", "11", "11", paper=-5.0)

    parts = [[part.stroke for part in row] for row in interlocked(ink, ())]

    assert parts == [[0, 1], [2, 3], [4, 5], [6, 7]]


@pytest.mark.parametrize("count", [2, 3])
def test_8s_of_two_rings_each_are_one_row(bundled: Reader, count: int) -> None:
    # Given rings that touch
    eights = []
    for place in range(count):
        middle = 50.0 + 80.0 * place
        eights += [arc((middle, 24), (22, 24), (90, 450)), arc((middle, 73), (25, 25), (-90, 270))]
    ink = Ink.from_points(eights)
    assert len(interlocked(ink, ())) == 2

    # When and then
    assert bundled.read(ink).text == "8" * count


@pytest.mark.parametrize("scale", [0.3, 0.45])
@pytest.mark.parametrize("is_above", [True, False])
def test_a_row_of_small_digits_beside_large_ones_is_a_row(
    bundled: Reader, scale: float, is_above: bool
) -> None:
    # Given a number much smaller than another, above or below it
    small = number_ink("26", 0.0, 0.0).placed(scale, 0.0, 0.0)
    top = -scale * HEIGHT - 40.0 if is_above else HEIGHT + 40.0
    moved = small.placed(1.0, 0.0, top - small.bounds.top)

    # When and then
    reading = bundled.read(together(moved, number_ink("42", 0.0, 0.0)))
    assert reading.text == ("26\n42" if is_above else "42\n26")
    assert reading.status is Status.DIGIT


def test_short_ticks_under_a_number_are_no_row(bundled: Reader) -> None:
    ticks = [line((x, HEIGHT + 20.0), (x, HEIGHT + 35.0)) for x in (10.0, 60.0, 110.0)]
    ink = together(number_ink("26", 0.0, 0.0), Ink.from_points(ticks))
    assert len(rows_of(ink)) == 1


def test_a_row_is_read_as_it_is_alone(bundled: Reader) -> None:
    alone = [bundled.read(number_ink(text, 0.0, 0.0)).digits for text in ("471", "60")]

    reading = bundled.read(rows("471", "60"))

    assert [digit.certainty for digit in reading.digits] == pytest.approx(
        [digit.certainty for row in alone for digit in row], abs=1e-5
    )


def test_a_column_of_digits_is_as_many_rows(bundled: Reader) -> None:
    assert bundled.read(rows("3", "7", "4", "2")).text == "3\n7\n4\n2"
    assert bundled.read(rows("2", "6")).text == "2\n6"


def test_rows_may_be_written_in_any_order_and_begin_anywhere(bundled: Reader) -> None:
    lower, upper = number_ink("12", 300.0, 160.0), number_ink("85", 0.0, 0.0)

    assert bundled.read(together(lower, upper)).text == "85\n12"


def test_digits_of_one_row_that_wander_stay_in_it(bundled: Reader) -> None:
    steps = [number_ink(text, 100.0 * place, 30.0 * place) for place, text in enumerate("2038")]

    assert bundled.read(together(*steps)).text == "2038"


def test_an_8_of_two_rings_that_do_not_touch_is_one_digit(bundled: Reader) -> None:
    # Given rings a third of their height apart
    rings = arc((50, 25), (24, 24), (-90, 270)), arc((50, 90), (25, 25), (-90, 270))
    eight = Ink.from_points(rings)
    assert len(rows_of(eight)) == 2

    # Then it is one alone, and beside a digit
    assert bundled.read(eight).text == "8"
    assert bundled.read(together(number_ink("1", -60.0, 0.0, 115.0), eight)).text == "18"


def test_the_bar_of_a_5_far_above_it_is_no_row() -> None:
    five = Ink.from_points([arc((50, 60), (40, 40), (-90, 150)), line((50, -40), (100, -55))])

    assert rows_of(five) == [whole_group(five)]


def test_what_is_flat_belongs_to_the_nearest_row() -> None:
    # Given: two rows, the upper one underlined
    ink = together(rows("1", "1"), Ink.from_points([line((-10.0, 115.0), (60.0, 112.0))]))

    # Then
    upper, lower = rows_of(ink)
    assert [part.stroke for part in upper] == [0, 2]
    assert [part.stroke for part in lower] == [1]


def test_dots_and_dashes_alone_are_one_row() -> None:
    dashes = Ink.from_points([line((0, 0), (60, 0)), line((0, 40), (60, 40))])

    assert rows_of(dashes) == [whole_group(dashes)]


def test_strokes_that_a_person_joined_stand_in_one_row(bundled: Reader) -> None:
    # Given
    ink = rows("1", "1")
    assert bundled.read(ink).text == "1\n1"

    # When
    pin = joined(*rows_of(ink))

    # Then
    assert [digit.group for digit in bundled.read_number(ink, [pin]).digits] == [pin]


@pytest.mark.parametrize("texts", [("11", "1"), ("1", "11")])
def test_what_stands_beside_a_mark_of_two_rows_stands_in_its_row(texts: tuple[str, str]) -> None:
    ink = rows(*texts)
    upper, lower = rows_of(ink)

    assert rows_of(ink, [(upper[0], lower[0])]) == [whole_group(ink)]


def test_a_pin_in_one_row_holds_there_and_leaves_the_other_row(bundled: Reader) -> None:
    # Given
    ink = rows("111", "26")
    ones = [digit.group for digit in bundled.read(ink).digits if digit.line == 0]

    # When: the last two of the upper row are said to be one mark
    reading = bundled.read_number(ink, [joined(*ones[1:])])

    # Then
    assert lines_of(reading) == [0, 0, 1, 1]
    assert [digit.group for digit in reading.digits][:2] == [ones[0], joined(*ones[1:])]
    assert reading.text.endswith("\n26")
