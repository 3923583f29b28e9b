"""More than one window: each with its own drawing, all kept and closed as one expects."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from digitpad.core.ink_files import ink_to_json
from digitpad.core.reader import Reader
from digitpad.pad_windows import PadWindows
from digitpad.settings import load_settings
from digitpad.ui.offer import Offer
from digitpad.ui.pad_window import PadWindow
from tests.conftest import WaitUntil
from tests.pictures import golden_digit
from tests.ui.hand import draw, three_points

CONTROL = Qt.KeyboardModifier.ControlModifier
SEVEN = [QPoint(60, 100), QPoint(160, 100), QPoint(110, 250)]


@pytest.fixture
def windows(qapp: QApplication, tmp_path: Path) -> Iterator[PadWindows]:
    windows = PadWindows(Reader.bundled, tmp_path / "settings.json", tmp_path / "drafts")
    yield windows
    windows.close_unasked()
    windows.end()
    windows.active.deleteLater()


def opened() -> set[PadWindow]:
    """The windows that are seen."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    top = QApplication.topLevelWidgets()
    return {window for window in top if isinstance(window, PadWindow) and window.isVisible()}


def open_two(windows: PadWindows) -> tuple[PadWindow, PadWindow]:
    first = windows.open()
    first.show()
    assert QTest.qWaitForWindowExposed(first)
    QTest.keyClick(first, Qt.Key.Key_N, CONTROL)
    (second,) = opened() - {first}
    assert QTest.qWaitForWindowExposed(second)
    return first, second


def test_a_second_window_reads_its_own_drawing(windows: PadWindows, wait_until: WaitUntil) -> None:
    # Given a window with a 3 in it
    first, second = open_two(windows)
    assert second.canvas.ink.is_empty
    assert second.height() == first.height()

    # When other things are drawn in each
    draw(first.canvas, three_points())
    draw(second.canvas, SEVEN)
    wait_until(first.bars.painted, lambda: first.answer.text == "3")
    wait_until(second.bars.painted, lambda: second.answer.text == "7")

    # Then each has its own, and Clear in one leaves the other
    second.canvas.clear()
    assert first.answer.text == "3"


def test_closing_one_window_leaves_the_other_at_work(
    windows: PadWindows, wait_until: WaitUntil, tmp_path: Path
) -> None:
    # Given two windows
    first, second = open_two(windows)
    first.files.stop_asking()
    draw(first.canvas, three_points())

    # When the older one is closed, with unsaved work
    first.activateWindow()
    assert QTest.qWaitForWindowActive(first)
    QTest.keyClick(first, Qt.Key.Key_W, CONTROL)

    # Then it is gone, its drawing and its place are kept, and the other one reads on
    assert opened() == {second}
    assert (tmp_path / "drafts" / "last.jsonl").exists()
    assert load_settings(tmp_path / "settings.json").geometry
    draw(second.canvas, three_points())
    wait_until(second.bars.painted, lambda: second.answer.text == "3")


def test_after_a_crash_each_drawing_is_offered_in_a_window_of_its_own(
    windows: PadWindows, wait_until: WaitUntil, tmp_path: Path
) -> None:
    # Given the drafts of three windows that ended at once; of two others nothing was left
    folder = tmp_path / "drafts"
    folder.mkdir()
    for number, label in ((1, "3"), (2, "7"), (4, "5")):
        ink = golden_digit(label)
        (folder / f"draft-{number}.jsonl").write_text(ink_to_json(ink, None))

    # When the program is started again, and each offer is taken up
    first = windows.open()
    first.show()
    seen = [first]
    for count in range(1, 4):
        window = seen[-1]
        drafts = window.files._drafts
        assert drafts is not None
        wait_until(drafts.found, partial(is_offered, window))
        window.findChildren(Offer)[0].accept.click()
        if count < 3:
            wait_until(drafts.another_left, partial(are_open, count + 1))
            seen += opened() - set(seen)

    # Then each has its own, and no more are open
    for window, label in zip(seen, "375", strict=True):
        wait_until(window.bars.painted, partial(is_read_as, window, label))
    assert opened() == set(seen)


def are_open(count: int) -> bool:
    return len(opened()) == count


def is_offered(window: PadWindow) -> bool:
    return bool(window.findChildren(Offer))


def is_read_as(window: PadWindow, label: str) -> bool:
    return window.answer.text == label


def test_quit_closes_all_windows(windows: PadWindows) -> None:
    first, _ = open_two(windows)
    QTest.keyClick(first, Qt.Key.Key_Q, CONTROL)
    assert not opened()


def test_a_file_and_a_failure_come_to_a_window_that_is_open(windows: PadWindows) -> None:
    # Given that the newest window was closed
    first, second = open_two(windows)
    second.close()

    # When the desktop names a file that is none
    windows.open_file("nowhere.inkml")

    # Then the other one says so
    assert "nowhere.inkml" in first.status.message
    windows.show_failure("Something went wrong.")
    assert first.status.message == "Something went wrong."
