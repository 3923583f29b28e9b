"""What a person said of a drawing's marks: kept, overruled, carried over, put into the answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digitpad.core.corrections import (
    NO_CORRECTIONS,
    Corrections,
    Mark,
    Pin,
    are_neighbours,
    text_of,
)
from digitpad.core.groups import Group, StrokePart
from digitpad.core.reading import Box, DigitReading, Reading, Status


def group(*strokes: int) -> Group:
    return tuple(StrokePart(stroke) for stroke in strokes)


def digit(number: int, *strokes: int, status: Status = Status.DIGIT, line: int = 0) -> DigitReading:
    probabilities = tuple(float(number == n) for n in range(10))
    box = Box(0, 0, 1, 1)
    return DigitReading(probabilities, box, status=status, group=group(*strokes), line=line)


NUMBER = Reading((digit(2, 0), digit(0, 1), digit(2, 2, 3)))


def test_the_persons_word_stands_in_the_answer_and_makes_it_a_label() -> None:
    # Given nothing said, the answer is the network's and no label
    assert text_of(NO_CORRECTIONS.marks(NUMBER)) == "202"
    assert NO_CORRECTIONS.label(NUMBER) is None

    # When one digit is corrected
    said = NO_CORRECTIONS.labelled(group(1), "6")

    # Then
    assert [mark.label for mark in said.marks(NUMBER)] == [None, "6", None]
    assert said.label(NUMBER) == "262"
    assert said.groups == (group(1),)


def test_what_is_said_last_of_the_same_strokes_counts() -> None:
    # Given a corrected digit of two strokes
    said = NO_CORRECTIONS.labelled(group(2, 3), "7")

    # When it is corrected anew, or taken apart
    again = said.labelled(group(2, 3), "1")
    apart = said.grouped([group(2), group(3)])

    # Then nothing is left of what was said before
    assert again.pins == (Pin(group(2, 3), "1"),)
    assert apart.pins == (Pin(group(2)), Pin(group(3)))


def test_erasing_strokes_drops_what_lost_one_and_renumbers_the_rest() -> None:
    said = NO_CORRECTIONS.labelled(group(0, 1), "4").labelled(group(3), "9")
    assert said.renumbered([0, 2, 3]).pins == (Pin(group(2), "9"),)


@pytest.mark.parametrize("label", ["", "10", "x", " "])
def test_only_a_digit_or_none_can_be_said(label: str) -> None:
    with pytest.raises(ValueError, match="no label"):
        NO_CORRECTIONS.labelled(group(0), label)


def test_the_label_of_a_file_is_said_of_each_mark_if_it_fits() -> None:
    assert NO_CORRECTIONS.applied(NUMBER, " 20? ").label(NUMBER) == "20?"
    for other in ("20", "2026", "2x2", ""):
        assert NO_CORRECTIONS.applied(NUMBER, other) == NO_CORRECTIONS


def test_a_mark_that_is_said_to_be_none_is_shown_as_none() -> None:
    seven = digit(7, 0)
    assert Mark(seven, "?").status is Status.NOT_A_DIGIT
    assert text_of([Mark(seven), Mark(seven, "?")]) == "7?"
    assert text_of([Mark(seven, "?")]) == "?"
    # And of one mark alone that is no digit nothing is written
    assert text_of([Mark(replace(seven, status=Status.NOT_A_DIGIT))]) == ""
    assert text_of([Mark(replace(seven, status=Status.NOT_A_DIGIT), "4")]) == "4"
    # and one that the network took for none is what a person says
    none = digit(7, 0, status=Status.NOT_A_DIGIT)
    assert Mark(none, "1").status is Status.DIGIT
    assert text_of([Mark(seven), Mark(none), Mark(none, "1")]) == "7?1"


def test_lines_are_parted_as_in_a_reading() -> None:
    digits = (digit(1, 0), digit(2, 1, line=1))
    reading = Reading(digits)
    assert text_of(Corrections().marks(reading)) == reading.text == "1\n2"


def test_neighbours_stand_in_one_line_or_each_alone_above_the_other() -> None:
    pair = NO_CORRECTIONS.marks(Reading((digit(1, 0), digit(2, 1, line=1))))
    rows = Reading((digit(1, 0), digit(2, 1), digit(3, 2, line=1)))
    marks = NO_CORRECTIONS.marks(rows)

    assert are_neighbours(pair, 0, 1)
    assert are_neighbours(marks, 0, 1)
    assert not are_neighbours(marks, 1, 2)
