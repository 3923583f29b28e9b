"""What is said of an answer's evidence, and of what would change the answer."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from digitpad.core.explain.change_of_mind import ChangeOfMind
from digitpad.core.explain.parts import pieces
from digitpad.core.explain.why import Evidence, Part
from digitpad.core.groups import whole_group
from digitpad.core.reading import Box, DigitReading, Status
from digitpad.ui.answer_words import percent
from digitpad.ui.understand import change_of_mind
from digitpad.ui.understand.evidence_words import aside, longest_sentence, sentence
from tests.synthetic_ink import digit_ink
from tests.ui.conftest import Speak


def part(**changes: object) -> Part:
    usual = Part("bar", "along the top", np.zeros((28, 28), np.float32), 0.2, 1, -2.0, True)
    return replace(usual, **changes)  # type: ignore[arg-type]


def evidence_of(
    named: Part | None,
    against: Part | None = None,
    *,
    is_digit: bool = True,
    part_speaks: bool = True,
) -> Evidence:
    """Return evidence for a 7 rather than a 1."""
    weights = np.zeros((28, 28), np.float32)
    return Evidence(7, 1, 5.0, is_digit, weights, named, part_speaks, against)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "The bar along the top speaks for 7; without it this would be a 1."),
        (
            {"kind": "strokes", "answer_without": 8},
            "The strokes along the top speak for 7; without them this would be an 8.",
        ),
        ({"answer_without": 7}, "without it this would still be a 7, but less surely."),
        ({"is_digit_without": False}, "without it this would hardly be a digit, at best a 1."),
    ],
)
def test_the_sentence_on_the_strongest_piece(changes: dict[str, object], words: str) -> None:
    assert sentence(evidence_of(part(**changes))).endswith(words)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "The bar along the top is needed; without it this would be a 1."),
        (
            {"kind": "strokes"},
            "The strokes along the top are needed; without them this would be a 1.",
        ),
    ],
)
def test_of_a_piece_that_the_map_shows_as_the_rivals_it_is_not_said_that_it_speaks(
    changes: dict[str, object], words: str
) -> None:
    assert sentence(evidence_of(part(**changes), part_speaks=False)) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"is_digit_without": False}, "; without it this would be most like a 1."),
        ({"kind": "strokes"}, "; without them this would be most like a 1."),
        ({"answer_without": 7}, "; without it this would still be most like a 7, but less so."),
        (
            {"kind": "strokes", "answer_without": 7},
            "; without them this would still be most like a 7, but less so.",
        ),
    ],
)
def test_what_is_hardly_a_digit_is_not_said_to_become_so(
    changes: dict[str, object], words: str
) -> None:
    assert sentence(evidence_of(part(**changes), is_digit=False)).endswith(words)


def test_the_sentence_on_the_rivals_piece() -> None:
    against = part(kind="loop")
    assert sentence(evidence_of(None, against)) == (
        "No single piece speaks for 7 rather than 1. The loop along the top speaks for 1."
    )


def test_the_sentence_on_a_change_of_mind() -> None:
    blank = np.zeros((28, 28), np.float32)
    # No line ends between a number and its sign.
    assert change_of_mind.sentence(ChangeOfMind(4, 9, 0.125, 0.12, 0.005, blank)) == (
        "The closest other answer found is 9. Changing 12\xa0% of the ink is enough: "
        "12\xa0% added, under 1\xa0% removed."
    )
    # What is said to be added and removed adds up to what is said to be changed
    assert "Changing 15\xa0% of the ink is enough: 6\xa0% added, 9\xa0% " in (
        change_of_mind.sentence(ChangeOfMind(4, 9, 0.1435, 0.0575, 0.086, blank))
    )
    assert "1\xa0% added, nothing removed" in change_of_mind.sentence(
        ChangeOfMind(4, 9, 0.01, 0.01, 0.0, blank)
    )


def test_every_place_and_shape_has_words() -> None:
    places = {piece.place for piece in pieces(np.ones((28, 28), np.float32))}
    assert len(places) == 16
    shapes = "bar", "upright stroke", "slanted stroke", "curve", "loop", "piece", "strokes"
    for place in places:
        for shape in shapes:
            named = part(kind=shape, place=place)
            said = sentence(evidence_of(named))
            assert said.startswith(f"The {shape} {place} speak")


@pytest.mark.parametrize("code", ["en", "de"])
def test_no_sentence_takes_more_lines_than_the_longest(speak: Speak, code: str) -> None:
    # Given all that can be said of each piece, and the same of the rival's
    speak(code)
    metrics = QFontMetrics(QApplication.font())
    shapes = "bar", "upright stroke", "slanted stroke", "curve", "loop", "piece", "strokes"
    places = {piece.place for piece in pieces(np.ones((28, 28), np.float32))}
    said = [
        sentence(evidence_of(named, named, is_digit=is_digit, part_speaks=part_speaks))
        for shape, place in product(shapes, places)
        for without, is_left in product((7, 8), (True, False))
        for named in [
            part(kind=shape, place=place, answer_without=without, is_digit_without=is_left)
        ]
        for is_digit, part_speaks in product((True, False), repeat=2)
    ]

    # Then none is higher at any width of the panel
    def height(words: str, width: int) -> int:
        wrapped = metrics.boundingRect(QRect(0, 0, width, 0), Qt.TextFlag.TextWordWrap, words)
        return wrapped.height()

    for width in range(340, 640, 50):
        assert max(height(words, width) for words in said) <= height(longest_sentence(), width)


def test_of_what_is_no_digit_it_is_said_that_the_pages_explain_it_as_one() -> None:
    # Given
    mark = torn(digit=1, by_picture=4)

    # When and then
    assert "a 4" in aside(mark)
    assert aside(replace(mark, status=Status.NOT_A_DIGIT)) == (
        "DigitPad does not take this for a digit. These pages explain which digit it is most like."
    )


def test_another_answer_than_the_picture_looks_like_is_explained_for_pictures_and_ink() -> None:
    # Given
    in_picture = torn(digit=1, by_picture=4)
    written = replace(in_picture, group=whole_group(digit_ink(1)))

    # When and then
    assert aside(in_picture) == (
        f"As it is, the picture looks more like a 4 ({percent(0.9)}); shifted by a pixel in each "
        "direction, more like a 1 overall. These pages explain it as it is."
    )
    assert aside(written) == (
        f"The picture alone looks more like a 4 ({percent(0.9)}); how it was written makes it a 1. "
        "These pages explain the picture."
    )


def torn(digit: int, by_picture: int) -> DigitReading:
    """Return a reading as one digit, whose picture as it lies is more like another."""
    answers = (digit, by_picture)
    one, other = (tuple(0.9 if n == sure else 0.1 / 9 for n in range(10)) for sure in answers)
    return DigitReading(one, Box(0.0, 0.0, 1.0, 1.0), by_picture=other)
