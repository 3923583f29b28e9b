"""The window on a screen of 1366 x 768 at twice the size: 683 x 384 logical pixels."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from digitpad.core.corrections import NOTHING_SAID
from digitpad.ui.offer import Offer
from digitpad.ui.pad_window import PadWindow
from digitpad.ui.tool_button import ToolButton
from digitpad.ui.tour.guided_tour import GuidedTour
from digitpad.words import Words
from tests.pictures import golden_digit
from tests.ui.conftest import Speak
from tests.ui.hand import draw

SMALL = 683, 384
each_language = pytest.mark.parametrize("code", ["en", "de"])


@pytest.fixture
def small(pad: PadWindow, wait_until: Callable[..., None], speak: Speak) -> PadWindow:
    """A small window in which a digit is read."""
    pad.resize(*SMALL)
    pad.show_ink(golden_digit("7"))
    wait_until(pad.bars.painted, lambda: pad.answer.text == "7")
    return pad


def settle() -> None:
    for _ in range(5):  # Words of another length move what lies beside them.
        QApplication.processEvents()


def assert_all_is_there(pad: PadWindow) -> None:
    """Every part is whole, in its parent, and no two overlap."""
    for widget in pad.findChildren(QWidget):
        parent = widget.parentWidget()
        if widget.isVisible() and parent is not None and not widget.isWindow():
            assert parent.rect().contains(widget.geometry())
        if isinstance(widget, QLabel) and widget.isVisible() and widget.wordWrap():
            assert widget.height() >= widget.heightForWidth(widget.width())
    parts = [pad.stage, pad.pen_size, *pad.findChildren(ToolButton), pad.panel, pad.status]
    parts += [pad.strip, pad.answer, pad.network_view, *pad.bars.bars]
    shown = [part for part in parts if part.isVisible()]
    areas = [part.rect().translated(part.mapTo(pad, QPoint())) for part in shown]
    for one, other in itertools.combinations(zip(shown, areas, strict=True), 2):
        if not one[0].isAncestorOf(other[0]):
            assert not one[1].intersects(other[1])


@each_language
def test_all_is_there_with_a_digit_and_with_a_number(
    small: PadWindow, wait_until: Callable[..., None], speak: Speak, code: str
) -> None:
    speak(code)
    settle()
    assert small.size().toTuple() == SMALL
    assert_all_is_there(small)

    written = golden_digit("1").strokes
    moved = [stroke[:, :2] * 0.5 + [index * 90, 0] for index in range(3) for stroke in written]
    small.show_ink(type(small.canvas.ink).from_points(moved))
    wait_until(small.bars.painted, lambda: small.strip.isVisible())
    settle()

    assert small.size().toTuple() == SMALL
    assert_all_is_there(small)


@each_language
def test_there_is_room_for_a_message_and_an_offer(
    small: PadWindow, speak: Speak, code: str
) -> None:
    speak(code)
    small.status.show_failure(Words("There is no drawing to restore."))
    small._on_draft_found(small.canvas.ink, NOTHING_SAID)
    settle()

    assert small.findChildren(Offer)
    assert small.size().toTuple() == SMALL
    assert_all_is_there(small)


@each_language
def test_there_is_room_for_the_tour(small: PadWindow, speak: Speak, code: str) -> None:
    speak(code)
    small._start_tour()
    (tour,) = small.findChildren(GuidedTour)
    for _ in range(6):
        settle()
        card = tour.card.rect().translated(tour.card.mapTo(small, QPoint()))
        assert small.minimumSizeHint().height() <= SMALL[1]
        assert small.rect().contains(card)
        assert all(bar.height() >= bar.minimumSizeHint().height() for bar in small.bars.bars)
        tour.go_on()


def test_where_it_is_lowest_the_bars_stand_in_two_columns(small: PadWindow) -> None:
    # Given
    lefts = [bar.x() for bar in small.bars.bars]
    assert len(set(lefts)) == 1

    # When
    small.resize(small.width(), small.minimumSizeHint().height())
    settle()

    # Then
    lefts = [bar.x() for bar in small.bars.bars]
    assert len(set(lefts[:5])) == len(set(lefts[5:])) == 1
    assert lefts[5] > small.bars.bars[0].geometry().right()
    assert_all_is_there(small)

    # And back
    small.resize(small.sizeHint())
    settle()
    assert len({bar.x() for bar in small.bars.bars}) == 1
    assert small.network_view.height() == small.network_view.height_when(is_small=False)


@each_language
def test_in_a_narrow_window_a_detail_takes_two_lines(
    small: PadWindow, speak: Speak, code: str
) -> None:
    # Given a window with room for each detail in one line
    speak(code)
    small.resize(small.sizeHint())
    small.answer.invite(Words("It may be several, or part of one"))
    small.canvas.clear()
    settle()
    (detail,) = [each for each in small.answer.findChildren(QLabel) if each.wordWrap()]
    line = detail.fontMetrics().lineSpacing()
    assert detail.height() < 2 * line

    # When it is narrow
    small.resize(640, 480)
    settle()

    # Then it has two, and the canvas has the room
    assert 2 * line <= detail.height() <= 2 * line + 4
    assert_all_is_there(small)
    assert small.canvas.width() > 0.4 * small.width()
    height = small.answer.height()
    small.show_ink(golden_digit("7"))
    settle()
    assert small.answer.height() == height


@each_language
@pytest.mark.parametrize("width", [SMALL[0], 900, 1300])
def test_the_buttons_beside_each_other_are_as_wide(
    small: PadWindow, speak: Speak, code: str, width: int
) -> None:
    # Given a window with room for the words on the buttons, or only for their icons
    speak(code)
    small.resize(width, 700)
    settle()

    # Then the longest word makes all as wide
    widths = [button.width() for button in small.findChildren(ToolButton)]
    assert len(widths) == 3
    assert max(widths) - min(widths) <= 1  # What is left over of a pixel.


@pytest.mark.parametrize("size", [SMALL, (1080, 740)])
def test_little_room_is_kept_for_messages_while_there_is_none(
    small: PadWindow, size: tuple[int, int]
) -> None:
    # When
    small.resize(*size)
    settle()

    # Then below the buttons there is hardly more than the line that a message takes
    button = small.findChildren(ToolButton)[0]
    foot = small.height() - button.mapTo(small, button.rect().bottomLeft()).y()
    assert small.status.message == ""
    assert foot <= 2 * small.fontMetrics().height()


def test_the_paper_stands_still_when_a_long_message_goes(
    small: PadWindow, wait_until: Callable[..., None]
) -> None:
    # Given a message that takes more than a line
    height = small.canvas.height()
    small.status.show_failure("This message is longer than the window is wide. " * 4)
    settle()
    low = small.canvas.height()
    assert low < height

    # When one goes on writing, and the answer takes the message away
    draw(small.canvas, [QPoint(20, 20), QPoint(20, 60)])
    wait_until(small.recognizer.answered, lambda: not small.status.message)
    settle()

    # Then the paper is as high as it was, until it is blank
    assert small.canvas.height() == low
    small.canvas.clear()
    settle()
    assert small.canvas.height() == height
