"""Numbers: strokes find together to digits, from left to right, and a person can overrule it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from digitpad.core.groups import Group, StrokePart, group_ink, joined
from digitpad.core.ink import Ink, stroke_from_array
from digitpad.core.pieces import line_height, pieces_of
from digitpad.core.preprocess import prepare_ink, prepare_many
from digitpad.core.reader import Reader
from digitpad.core.reading import Reading, Status
from tests.pictures import golden_ink
from tests.synthetic_ink import arc, digit_ink, line, placed

BAR = [(0.0, 0.0), (45.0, -4.0)]


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[Ink]:
    """What has been painted for the network since the test began, mark by mark."""
    seen: list[Ink] = []

    def remembered(inks: Sequence[Ink]) -> NDArray[np.float32]:
        seen.extend(inks)
        return prepare_many(inks)

    monkeypatch.setattr("digitpad.core.mark_reader.prepare_many", remembered)
    return seen


def row(*inks: Ink, gap: float = 20.0) -> Ink:
    """Return drawings side by side, `gap` apart."""
    strokes: list[Any] = []
    right = 0.0
    for ink in inks:
        bounds = ink.bounds
        strokes += placed(ink, 1.0, right - bounds.left, 0.0).strokes
        right += bounds.width + gap
    return Ink(tuple(strokes))


def number(text: str, gap: float = 20.0) -> Ink:
    return row(*(digit_ink(int(digit)) for digit in text), gap=gap)


def strokes_of(reading: Reading) -> list[list[int]]:
    return [[part.stroke for part in digit.group] for digit in reading.digits]


@pytest.mark.parametrize("text", ["2026", "10", "60", "4711", "385", "94", "111"])
@pytest.mark.parametrize("gap", [6.0, 20.0, 45.0, 90.0])
def test_a_number_is_read_at_small_gaps_and_wide_ones(
    bundled: Reader, text: str, gap: float
) -> None:
    reading = bundled.read(number(text, gap))

    assert (reading.text, reading.status) == (text, Status.DIGIT)
    assert [digit.box.x for digit in reading.digits] == sorted(d.box.x for d in reading.digits)


def test_every_golden_digit_stays_one(bundled: Reader) -> None:
    for label, ink in golden_ink():
        assert bundled.read(ink) == bundled.read(ink, single=True)
        assert bundled.read(ink).text == label


@pytest.mark.parametrize(("digits", "readings"), [((4,), 1), ((1,), 1), ((7, 1), 3)])
def test_only_what_may_be_several_digits_is_searched(
    digits: tuple[int, ...], readings: int, painted: list[Ink]
) -> None:
    # Given: the 4 is of two strokes, as is the 71
    ink = row(*map(digit_ink, digits), gap=6.0)

    # When
    Reader.bundled().read(ink)

    # Then: the 4 is read once, the 71 also as its parts
    assert len(painted) == readings


def test_of_digits_that_stand_close_hardly_more_than_these_is_painted(painted: list[Ink]) -> None:
    # Given: any two or three neighbours are near enough for one mark
    ink = number("2026", gap=3.0)

    # When
    Reader.bundled().read(ink)

    # Then: most of them were not written like a digit
    assert len(ink.strokes) <= len(painted) <= len(ink.strokes) + 2


def test_tall_strokes_with_paper_between_are_not_tried_as_one_digit(painted: list[Ink]) -> None:
    one, height = digit_ink(1), digit_ink(1).bounds.height

    Reader.bundled().read(row(one, one, gap=0.25 * height))

    assert [len(ink.strokes) for ink in painted] == [1, 1]


def test_a_sign_that_was_not_painted_for_the_search_is_for_the_answer(
    bundled: Reader, painted: list[Ink]
) -> None:
    # Given
    cross = Ink.from_points([line((0.0, 0.0), (60.0, 80.0)), line((60.0, 0.0), (0.0, 80.0))])
    ink = row(digit_ink(2), cross, digit_ink(6))

    # When
    reading = bundled.read(ink)

    # Then it is looked at last
    assert reading.text == "2?6"
    sign = reading.digits[1]
    assert [len(mark.strokes) for mark in painted] == [1, 1, 1, 1, 2]
    assert sign.pixels is not None
    np.testing.assert_array_equal(sign.pixels, prepare_ink(group_ink(ink, sign.group)))
    assert sign.by_picture != sign.probabilities

    # When the same is read while it grows, stroke by stroke
    for count in range(1, len(ink.strokes) + 1):
        growing = bundled.read(Ink(ink.strokes[:count]))

    # Then
    assert strokes_of(growing) == strokes_of(reading)
    for digit, expected in zip(growing.digits, reading.digits, strict=True):
        assert digit.certainty == pytest.approx(expected.certainty, abs=1e-5)


def test_a_sign_of_two_strokes_above_each_other_is_no_number(bundled: Reader) -> None:
    # Given: a colon, drawn as two short strokes far apart
    colon = Ink.from_points([line((2.0, 0.0), (0.0, 9.0)), line((2.0, 50.0), (0.0, 59.0))])

    assert bundled.read(colon).status is not Status.DIGIT


def test_a_letter_of_two_strokes_is_no_sure_number_but_two_strokes_apart_are(
    bundled: Reader,
) -> None:
    # Given: a V, an N and a K, whose strokes meet, and two ones
    upright = line((0.0, 0.0), (0.0, 80.0))
    v = Ink.from_points([line((0.0, 0.0), (30.0, 80.0)), line((60.0, 0.0), (32.0, 80.0))])
    n = Ink.from_points([upright, line((2.0, 0.0), (50.0, 80.0), (50.0, 0.0))])
    k = Ink.from_points([upright, line((45.0, 0.0), (2.0, 40.0), (48.0, 80.0))])
    ones = Ink.from_points([upright, line((40.0, 0.0), (38.0, 80.0))])

    # When
    letters, number = [bundled.read(letter) for letter in (v, n, k)], bundled.read(ones)

    # Then
    assert all(letter.status is not Status.DIGIT for letter in letters)
    assert (number.text, number.status) == ("11", Status.DIGIT)


def test_each_digit_tells_its_strokes_and_its_own_probabilities(bundled: Reader) -> None:
    reading = bundled.read(number("245"))

    assert strokes_of(reading) == [[0], [1, 2], [3]]
    assert [digit.digit for digit in reading.digits] == [2, 4, 5]
    for digit in reading.digits:
        assert sum(digit.probabilities) == pytest.approx(1.0)
        assert digit.pixels is not None
        assert 0.5 < digit.grouping <= 1.0


def test_a_bar_added_after_all_else_belongs_to_its_digit(bundled: Reader) -> None:
    # Given: a 4 whose stem is written last, after the 2 at its right.
    four, two = digit_ink(4), placed(digit_ink(2), 1.0, 105.0, 0.0)
    ink = Ink((four.strokes[0], *two.strokes, four.strokes[1]))

    # When
    reading = bundled.read(ink)

    # Then
    assert reading.text == "42"
    assert strokes_of(reading) == [[0, 2], [1]]


@pytest.mark.parametrize("stem", [55.0, 60.0, 64.0])
def test_a_4_whose_strokes_stand_far_apart_stays_one(bundled: Reader, stem: float) -> None:
    # Given: up to two fifths of its height
    left = line((18.0, 0.0), (0.0, 46.0), (25.0, 48.0))
    four = Ink.from_points([left, line((stem, 4.0), (stem - 4.0, 100.0))])

    # When and then
    assert bundled.read(row(digit_ink(3), four, digit_ink(8), gap=30.0)).text == "348"


@pytest.mark.parametrize("text", ["29", "38", "80", "96"])
@pytest.mark.parametrize("gap", [-4.0, 0.0, 10.0])
def test_digits_written_in_one_go_come_apart_even_where_they_touch(
    bundled: Reader, text: str, gap: float
) -> None:
    # Given: two digits 100 high, by a pen that was not lifted
    one, other = number(text, gap).strokes
    ink = Ink((stroke_from_array(np.concatenate([one, other])),))

    # When
    reading = bundled.read(ink)

    # Then
    assert reading.text == text
    assert reading.status is Status.DIGIT


@pytest.mark.parametrize("digit", [2, 5, 7])
def test_nothing_as_flat_as_a_foot_or_a_bar_is_cut_off(digit: int) -> None:
    # Given: a digit with a foot or a bar that is longer than the digit is tall
    strokes = (stroke_from_array(stroke * [2.0, 1.0, 1.0]) for stroke in digit_ink(digit).strokes)
    wide = Ink(tuple(strokes))

    # When
    pieces = pieces_of(wide, line_height(wide), ())

    # Then
    assert len(pieces) == len(wide.strokes)


def test_two_digits_in_one_stroke_are_cut(bundled: Reader) -> None:
    # Given: a 2 whose foot leads into a 3 by one line.
    two, three = digit_ink(2).strokes[0], placed(digit_ink(3), 1.0, 105.0, 0.0).strokes[0]
    ink = Ink((stroke_from_array(np.concatenate([two, three])),))

    # When
    reading = bundled.read(ink)

    # Then
    assert reading.text == "23"
    assert [part.stroke for digit in reading.digits for part in digit.group] == [0, 0]
    (first,), (second,) = (digit.group for digit in reading.digits)
    assert (first.start, first.stop, second.stop) == (0, second.start, None)


@pytest.mark.parametrize(
    "mark",
    [
        [(0.0, 50.0), (40.0, 50.0)],
        [(0.0, 98.0), (1.0, 100.0)],
        [(7.0, 90.0), (6.0, 105.0), (0.0, 120.0)],
    ],
    ids=["minus", "point", "comma"],
)
def test_a_sign_among_digits_is_shown_as_none(
    bundled: Reader, mark: Sequence[tuple[float, float]]
) -> None:
    reading = bundled.read(row(digit_ink(2), Ink.from_points([mark]), digit_ink(6)))

    assert reading.text == "2?6"
    assert [digit.status for digit in reading.digits] == [
        Status.DIGIT,
        Status.NOT_A_DIGIT,
        Status.DIGIT,
    ]
    assert reading.status is Status.NOT_A_DIGIT
    assert reading.confidence < 0.5


def test_single_takes_all_as_one_mark(bundled: Reader) -> None:
    reading = bundled.read(number("26"), single=True)

    assert len(reading.digits) == 1


def test_joining_and_splitting_pin_groups_while_the_rest_is_read(bundled: Reader) -> None:
    # Given
    ink = number("2471")
    reading = bundled.read(ink)
    two, four, seven, one = (digit.group for digit in reading.digits)

    # When the first two are joined, they stay so, and what is right of them is read as before.
    together = bundled.read_number(ink, [joined(two, four)])

    # Then
    assert strokes_of(together) == [[0, 1, 2], [3], [4]]
    assert together.text[1:] == "71"

    # When the 4 is taken apart
    parts = bundled.split(ink, four)
    apart = bundled.read_number(ink, parts)

    # Then
    assert strokes_of(apart) == [[0], [1], [2], [3], [4]]
    assert [digit.group for digit in apart.digits][3:] == [seven, one]


def test_a_stroke_can_be_split_where_it_runs_on_alone(bundled: Reader) -> None:
    two = digit_ink(2).strokes[0]
    one = np.array([[96.0, 0.0, 1.0], [96.0, 100.0, 1.0]])
    ink = Ink((stroke_from_array(np.concatenate([two, one])),))

    parts = bundled.split(ink, (StrokePart(0),))

    assert len(parts) >= 2
    assert joined(*parts) == (StrokePart(0),)


def test_what_cannot_be_split_stays(bundled: Reader) -> None:
    group: Group = (StrokePart(0),)

    assert bundled.split(Ink.from_points([[(5, 5)]]), group) == (group,)


def test_only_groups_with_the_moving_stroke_are_read_again(
    bundled: Reader, painted: list[Ink]
) -> None:
    # Given
    ink = number("20263")
    bundled.read(ink)
    painted.clear()

    # When nothing changed, and when the last stroke has moved on
    bundled.read(ink)
    unchanged = len(painted)
    longer = stroke_from_array(np.vstack([ink.strokes[-1], ink.strokes[-1][-1] + [1, 1, 0]]))
    bundled.read(Ink((*ink.strokes[:-1], longer)))

    # Then
    assert unchanged == 0
    assert 1 <= len(painted) <= 3


def test_many_drawings_are_read_as_one_by_one(bundled: Reader) -> None:
    # Given numbers, digits, what is none, nothing, and one drawing twice
    inks = [number("2026"), Ink(), digit_ink(7), number("11", gap=6.0), Ink.from_points([BAR])]
    inks += [*(ink for _, ink in golden_ink()), number("2026"), inks[0]]

    for single in (False, True):
        # When
        readings = bundled.read_many(inks, single=single)

        # Then
        for ink, reading in zip(inks, readings, strict=True):
            alone = Reader.bundled().read(ink, single=single)
            assert (reading.text, reading.status) == (alone.text, alone.status)
            assert strokes_of(reading) == strokes_of(alone)
            for digit, expected in zip(reading.digits, alone.digits, strict=True):
                assert digit.box == expected.box
                assert digit.certainty == pytest.approx(expected.certainty, abs=1e-5)
                assert digit.probabilities == pytest.approx(expected.probabilities, abs=1e-5)
    assert bundled.read_many([]) == []


def test_a_drawing_of_very_many_strokes_is_one_mark(bundled: Reader) -> None:
    rng = np.random.default_rng(0)
    many = Ink.from_points([line(*map(tuple, rng.random((2, 2)) * 300)) for _ in range(200)])

    assert len(bundled.read(many).digits) == 1


def test_a_drawing_of_very_many_points_is_one_mark(bundled: Reader) -> None:
    # Given two digits with each point a thousand times over
    ink = number("20")
    many = Ink(tuple(stroke_from_array(np.repeat(stroke, 1_000, axis=0)) for stroke in ink.strokes))

    # Then they are not searched for, however clearly they are two
    assert len(bundled.read(ink).digits) == 2
    assert len(bundled.read(many).digits) == 1


@pytest.mark.parametrize("digit", [2, 3, 8])
@pytest.mark.parametrize("place", [1, 2])
def test_a_digit_written_over_once_more_stays_one(bundled: Reader, digit: int, place: int) -> None:
    # Given: the strokes of a number, then those of one digit again, hardly moved
    number_of = [7, digit, 6] if place == 1 else [7, 6, digit]
    ink = row(*map(digit_ink, number_of))
    again = placed(Ink(ink.strokes[place : place + 1]), 1.0, 1.5, -1.0)

    # When
    reading = bundled.read(Ink((*ink.strokes, *again.strokes)))

    # Then
    assert reading.text == "".join(map(str, number_of))
    assert strokes_of(reading)[place] == [place, 3]


def test_a_line_through_the_middle_of_a_digit_is_no_1_beside_it(bundled: Reader) -> None:
    # Given: a sign for dollars
    five = digit_ink(5)
    middle = (five.bounds.left + five.bounds.right) / 2
    dollars = Ink((*five.strokes, *Ink.from_points([line((middle, -12), (middle, 112))]).strokes))

    # When
    reading = bundled.read(row(dollars, digit_ink(2), digit_ink(0)))

    # Then
    assert [len(strokes) for strokes in strokes_of(reading)] == [2, 1, 1]
    assert reading.text.endswith("20")


def test_a_dot_in_a_wide_zero_belongs_to_it(bundled: Reader) -> None:
    # Given: a round zero that is larger than the digits beside it
    zero = Ink.from_points([arc((50, 50), (56, 56), (-90, 270)), [(50.0, 50.0)]])

    # When
    reading = bundled.read(row(digit_ink(2), zero, digit_ink(6)))

    # Then
    assert (reading.text, strokes_of(reading)) == ("206", [[0], [1, 2], [3]])


@pytest.mark.parametrize("count", [2, 3])
def test_marks_of_which_none_is_a_digit_are_one_answer(bundled: Reader, count: int) -> None:
    # Given crosses in a row, far apart
    crosses = [line((x, 0), (x + 80, 100), (x + 80, 0), (x, 100)) for x in (0, 130, 260)]
    ink = Ink.from_points(crosses[:count])

    # When
    reading = bundled.read(ink)

    # Then they are no number of marks that are none
    assert reading.status is Status.NOT_A_DIGIT
    assert [digit.group for digit in reading.digits] == [tuple(map(StrokePart, range(count)))]

    # And each is what it is where a person says so
    pinned = bundled.read_number(ink, [(StrokePart(0),)])
    assert [digit.status for digit in pinned.digits] == [Status.NOT_A_DIGIT] * count
