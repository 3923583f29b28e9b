"""Digits of a picture are taken apart and made one, as the digits of a drawing are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from digitpad.core.corrections import Mark
from digitpad.ui.pad_window import PadWindow
from digitpad.ui.pictures.page import PicturePage
from tests.conftest import WaitUntil
from tests.ui.pictures.conftest import Open, saved

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(show: Open, tmp_path: Path) -> PicturePage:
    """The window's page with two lines: 207 and 38."""
    return show(saved(tmp_path / "page.png", "207", "38"))


@pytest.fixture
def menus(qapp: QApplication) -> Iterator[list[list[str]]]:
    """The entries of each context menu that comes up, those that can be chosen; it is closed."""
    seen: list[list[str]] = []

    def close() -> None:
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            seen.append([action.text() for action in menu.actions() if action.isEnabled()])
            menu.close()

    timer = QTimer()
    timer.timeout.connect(close)
    timer.start(0)
    yield seen
    timer.stop()


def place_of(page: PicturePage, number: int) -> QPoint:
    return page.view.area_of(number).center().toPoint()


def join_last_two(page: PicturePage, wait_until: WaitUntil) -> Mark:
    """Make one of the 3 and the 8 in the second line; return its mark."""
    page.select(4)
    QTest.keyClick(page.view, Qt.Key.Key_J, CONTROL)
    wait_until(page.changed, lambda: len(page.marks) == 4)
    return page.marks[3]


def test_two_digits_become_one_that_is_selected_and_shown(
    pad: PadWindow, page: PicturePage, wait_until: WaitUntil
) -> None:
    # When
    three, eight = (mark.digit.box for mark in page.marks[3:])
    joined = join_last_two(page, wait_until)

    # Then its box is around both
    assert page.selection == 3
    assert pad.digit is joined.digit
    assert len(page.view.tags) == 4
    assert joined.digit.box.x == pytest.approx(three.x)
    assert joined.digit.box.width == pytest.approx(eight.x + eight.width - three.x)
    assert page.reading.text.startswith("207\n")


def test_what_was_joined_is_split_again(
    pad: PadWindow, page: PicturePage, wait_until: WaitUntil
) -> None:
    # Given
    join_last_two(page, wait_until)

    # When
    QTest.keyClick(page.view, Qt.Key.Key_D, CONTROL)
    wait_until(page.changed, lambda: len(page.marks) == 5)

    # Then
    assert page.reading.text == "207\n38"
    assert page.selection == 3
    assert [tag.text for tag in page.view.tags] == ["2", "0", "7", "3?", "8?"]
    assert pad.answer.detail == "It may be several, or part of one"
    assert pad.status.message == ""


def test_joining_to_the_right_keeps_the_line_in_order(
    page: PicturePage, wait_until: WaitUntil
) -> None:
    # Given a digit that was corrected, beside those that are joined
    page.say(2, "1")

    # When
    page.select(0)
    QTest.keyClick(page.view, Qt.Key.Key_J, CONTROL | SHIFT)
    wait_until(page.changed, lambda: len(page.marks) == 4)

    # Then
    page.say(0, "5")
    assert page.reading.text == "51\n38"


def test_what_was_joined_and_split_is_undone_and_done_again(
    pad: PadWindow, page: PicturePage, wait_until: WaitUntil
) -> None:
    # Given
    page.say(4, "9")
    join_last_two(page, wait_until)

    # When and then what was said of them is there again
    QTest.keyClick(page.view, Qt.Key.Key_Z, CONTROL)
    assert (page.reading.text, page.selection) == ("207\n39", 3)
    assert len(page.view.tags) == 5
    QTest.keyClick(page.view, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert (len(page.marks), page.selection) == (4, 3)
    assert not pad._redo.isEnabled()


def test_a_digit_that_cannot_be_cut_stays_and_one_is_told(
    pad: PadWindow, show: Open, wait_until: WaitUntil, tmp_path: Path
) -> None:
    # Given
    page = show(saved(tmp_path / "page.png", "11"))

    # When
    QTest.keyClick(page.view, Qt.Key.Key_D, CONTROL)
    reader = pad.pictures.reader
    assert reader is not None
    wait_until(reader.regrouped, lambda: bool(pad.status.message))

    # Then
    assert pad.status.message == "This cannot be split: there is no place to cut."
    assert page.reading.text == "11"
    assert not page.can_undo


def test_what_can_be_done_is_enabled(pad: PadWindow, page: PicturePage) -> None:
    split, left, right = pad.digits.regrouping
    for number, can_join in enumerate([(0, 1), (1, 1), (1, 0), (0, 1), (1, 0)]):
        page.select(number)
        assert split.isEnabled()
        assert (left.isEnabled(), right.isEnabled()) == can_join


def test_a_right_click_selects_a_digit_and_offers_what_can_be_done(
    page: PicturePage, menus: list[list[str]]
) -> None:
    # When
    place = place_of(page, 3)
    QTest.mouseClick(page.view, Qt.MouseButton.RightButton, pos=place)
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(
        page.view, QContextMenuEvent(reason, place, page.view.mapToGlobal(place))
    )

    # Then
    assert page.selection == 3
    assert menus == [["&Split", "Join with &Right Neighbour"]]


def test_a_picture_that_is_read_as_one_digit_is_not_split(
    pad: PadWindow, page: PicturePage, wait_until: WaitUntil
) -> None:
    pad.digits.single.trigger()
    wait_until(page.changed, lambda: len(page.marks) == 1)

    assert not any(action.isEnabled() for action in pad.digits.regrouping)
