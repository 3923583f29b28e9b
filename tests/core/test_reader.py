"""Answers: the same for a drawing at any place and size, and honest about what is no digit."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import ExifTags, Image, ImageDraw

from digitpad.core.ink import Ink, InkError
from digitpad.core.mark_reader import WIDEST_DIGIT
from digitpad.core.model_file import ModelFileError, save_model
from digitpad.core.network import softmax
from digitpad.core.reader import Reader
from digitpad.core.reading import EMPTY_READING, Box, Reading, Status
from tests.pictures import draw_page, draw_picture, golden_digit, golden_ink
from tests.small_models import save_small_model, small_metadata, small_weights
from tests.synthetic_ink import densified, digit_ink, placed

SURE_OF_3 = [0.0, 0.0, 0.0, 20.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
TORN_BETWEEN_1_AND_7 = [0.0, 20.0, 0.0, 0.0, 0.0, 0.0, 0.0, 20.0, 0.0, 0.0]


def reader(folder: Path, *arguments: Any, **changes: Any) -> Reader:
    """Return a reader whose answer is chosen."""
    return Reader.from_file(save_small_model(folder / "small.npz", *arguments, **changes))


def check_probabilities(reading: Reading) -> None:
    for digit in reading.digits:
        assert len(digit.probabilities) == 10
        assert abs(sum(digit.probabilities) - 1) < 1e-6
        assert min(digit.probabilities) >= 0


def test_a_sure_answer_is_a_digit(tmp_path: Path) -> None:
    reading = reader(tmp_path, SURE_OF_3).read(digit_ink(4))

    assert (reading.status, reading.text) == (Status.DIGIT, "3")
    assert reading.confidence > 0.99
    assert reading.digits[0].is_digit == 1.0
    check_probabilities(reading)


def test_two_likely_digits_are_unsure_and_the_smaller_is_the_guess(tmp_path: Path) -> None:
    reading = reader(tmp_path, TORN_BETWEEN_1_AND_7).read(digit_ink(4))

    assert (reading.status, reading.text) == (Status.UNSURE, "1")
    assert reading.confidence == pytest.approx(0.5)
    check_probabilities(reading)


@pytest.mark.parametrize(
    ("log_odds", "status"), [(5.0, Status.DIGIT), (0.5, Status.UNSURE), (-3.0, Status.NOT_A_DIGIT)]
)
def test_the_detector_has_its_say(tmp_path: Path, log_odds: float, status: Status) -> None:
    reading = reader(tmp_path, SURE_OF_3, log_odds).read(digit_ink(4))

    expected = 1 / (1 + np.exp(-log_odds))
    assert reading.status is status
    assert reading.text == "3"
    assert reading.digits[0].is_digit == pytest.approx(expected)
    assert reading.confidence == pytest.approx(expected, abs=1e-6)


def test_the_model_says_where_unsure_begins_and_how_warm_its_answers_are(tmp_path: Path) -> None:
    calibration = {"temperature": 10.0, "unsure_below": 0.4}

    reading = reader(tmp_path, SURE_OF_3, calibration=calibration).read(digit_ink(4))

    assert reading.status is Status.DIGIT
    assert reading.confidence == pytest.approx(np.exp(2) / (np.exp(2) + 9), abs=1e-6)


@pytest.mark.parametrize(
    "ink",
    [
        Ink.from_points([[(5, 5)]]),
        Ink.from_points([[(5, 5)] * 300]),
        Ink.from_points([[(5, 5), (7, 6)]], dot_size=4.0),
        Ink.from_points([[(0, 5), (300, 5)]]),
        Ink.from_points([[(0, 0), (WIDEST_DIGIT * 10 + 1, 10)]]),
    ],
)
def test_a_dot_and_a_dash_are_no_digit_however_sure_the_network_is(
    tmp_path: Path, ink: Ink
) -> None:
    certain = reader(tmp_path, SURE_OF_3, calibration={"temperature": 1.0, "unsure_below": 0.0})

    reading = certain.read(ink)

    assert reading.status is Status.NOT_A_DIGIT
    assert reading.confidence == 0.0
    check_probabilities(reading)


def test_an_upright_line_and_a_wide_digit_may_be_digits(tmp_path: Path) -> None:
    sure = reader(tmp_path, SURE_OF_3)
    for points in ([(5, 0), (5, 80)], [(0, 0), (WIDEST_DIGIT * 10 - 1, 10)]):
        assert sure.read(Ink.from_points([points])).status is Status.DIGIT


def test_pictures_of_nothing_a_dash_and_a_digit(tmp_path: Path) -> None:
    sure = reader(tmp_path, SURE_OF_3)
    dash = Image.new("L", (200, 100), 255)
    ImageDraw.Draw(dash).line((20, 50, 180, 50), fill=0, width=6)

    assert sure.read(Image.new("L", (200, 100), 255)) is EMPTY_READING
    assert sure.read(dash).status is Status.NOT_A_DIGIT
    assert sure.read(draw_picture(digit_ink(4))).status is Status.DIGIT
    assert sure.read_input(np.zeros((28, 28), np.float32)).text == "3"


def test_a_picture_is_read_as_the_mean_of_what_it_looks_like_moved_by_a_pixel(
    tmp_path: Path,
) -> None:
    # Given a network that takes ink on the pixel in the middle for a 3, and reads nothing else
    weights = small_weights()
    weights["digits/kernel"][28 * 14 + 14, 3] = 9.0
    save_model(tmp_path / "middle.npz", small_metadata(), weights)
    of_the_middle = Reader.from_file(tmp_path / "middle.npz")
    in_the_middle, beside, away = (np.zeros((28, 28), np.float32) for _ in range(3))
    in_the_middle[14, 14] = beside[13, 15] = away[14, 16] = 1.0

    # When
    found = [of_the_middle.read_input(pixels).digits[0] for pixels in (in_the_middle, beside, away)]

    # Then: one of nine places has it in the middle, of what lies two pixels away none
    share = np.exp(1) / (np.exp(1) + 9)
    assert [digit.probabilities[3] for digit in found] == pytest.approx([share, share, 0.1])
    as_it_lies = [np.exp(9) / (np.exp(9) + 9), 0.1, 0.1]
    assert [digit.by_picture[3] for digit in found] == pytest.approx(as_it_lies)
    assert [digit.status for digit in found] == [Status.UNSURE] * 3


@pytest.mark.parametrize(
    ("lines", "single", "digits"), [(["27", "5"], False, 3), (["8"], False, 1), (["8"], True, 1)]
)
def test_each_digit_of_a_page_is_such_a_mean(
    bundled: Reader, lines: list[str], single: bool, digits: int
) -> None:
    # Given
    network, temperature = bundled.model.network(), bundled.model.temperature

    # When
    found = bundled.read(draw_page(lines), single=single).digits

    # Then
    assert len(found) == digits
    for digit in found:
        assert digit.pixels is not None
        places = itertools.product((-1, 0, 1), repeat=2)
        moved = [network.logits(np.roll(digit.pixels, place, (0, 1))) for place in places]
        mean = np.array(moved, np.float64).mean(axis=0)
        np.testing.assert_allclose(digit.probabilities, softmax(mean, temperature), atol=1e-6)
        assert digit.by_picture != digit.probabilities


def test_empty_ink_has_no_answer(bundled: Reader) -> None:
    reading = bundled.read(Ink())

    assert reading.status is Status.EMPTY
    assert (reading.text, reading.confidence, reading.digits) == ("", 0.0, ())


def test_the_box_lies_around_the_ink_in_its_own_units(bundled: Reader) -> None:
    reading = bundled.read(Ink.from_points([[(10, -5), (40, 55)]]))

    assert reading.digits[0].box == Box(10.0, -5.0, 30.0, 60.0)


@pytest.mark.parametrize(
    ("size", "x", "y"),
    [(0.02, 3.0, 775.0), (7.31, -250.5, 1e4), (1e6, 0.0, 0.0), (1e-6, 0.0, 0.0), (0.5, 1e6, -1e6)],
)
def test_place_and_size_change_no_answer(bundled: Reader, size: float, x: float, y: float) -> None:
    for label, ink in golden_ink():
        before, after = bundled.read(ink), bundled.read(placed(ink, size, x, y))

        assert (after.text, after.status) == (label, before.status)
        np.testing.assert_allclose(
            after.digits[0].probabilities, before.digits[0].probabilities, atol=0.02
        )
        check_probabilities(after)


@pytest.mark.parametrize("width", [2.0, 4.0, 8.0, 13.0, 20.0])
def test_the_width_of_the_pen_in_a_picture_changes_no_answer(bundled: Reader, width: float) -> None:
    answers = [bundled.read(draw_picture(ink, width=width)).text for _, ink in golden_ink()]

    assert answers == [label for label, _ in golden_ink()]


def test_a_hundred_thousand_points_are_read_as_few_are(bundled: Reader) -> None:
    for label, ink in golden_ink()[:3]:
        assert bundled.read(densified(ink, 100_000)).text == label


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_no_number_never_becomes_ink(bad: float) -> None:
    with pytest.raises(InkError):
        Ink.from_points([[(0.0, 0.0), (bad, 1.0)]])


def test_a_missing_model_is_said(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match=r"is missing\.$"):
        Reader.from_file(tmp_path / "none.npz")


def test_a_picture_is_turned_as_its_camera_noted(bundled: Reader) -> None:
    # Given a photo that lies on its side, and says so
    picture = draw_picture(golden_digit("5"))
    sideways = picture.transpose(Image.Transpose.ROTATE_90)
    sideways.getexif()[ExifTags.Base.Orientation] = 6

    # Then it is read as one that stands upright
    assert bundled.read(sideways).text == "5"
    assert bundled.read(sideways, single=True).digits[0].box == bundled.read(picture).digits[0].box
