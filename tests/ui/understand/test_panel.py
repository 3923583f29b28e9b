"""The Understand panel in the real window: opened, closed, cleared, in another theme, twice."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from digitpad.core.reader import Reader
from digitpad.core.reading import Status
from digitpad.settings import Settings
from digitpad.ui.answer_words import percent
from digitpad.ui.pad_window import PadWindow
from digitpad.ui.theme import Theme
from digitpad.ui.understand.page import Page
from digitpad.ui.understand.pages import PAGES
from digitpad.ui.understand.panel import UnderstandPanel
from digitpad.ui.understand.side_by_side import SideBySide
from digitpad.ui.understand.title_bar import TitleBar
from digitpad.workers.explainer import Explainer, Question, Workshop
from digitpad.workers.recognizer import Recognizer
from tests.conftest import WaitUntil
from tests.ui.conftest import OpenPad, dark_palette, light_palette
from tests.ui.hand import LEFT, THREE, Pen
from tests.ui.test_painting import count, pixels_of
from tests.ui.understand.conftest import Draw, OpenPage

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 30.0
TITLES = [page.title.source for page in PAGES]
TITLE = SideBySide.title.source

CLOSED_PANEL = """
import sys
from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QApplication, QLabel
from digitpad.core.reader import Reader
from digitpad.ui.pad_window import PadWindow
from digitpad.workers.recognizer import Recognizer
from tests.pictures import golden_digit

application = QApplication([])
recognizer = Recognizer(Reader.bundled)
window = PadWindow(recognizer)
window.show()
recognizer.answered.connect(application.quit)
recognizer.start()
window.show_ink(golden_digit("3"))
application.exec()
print(*[thread.objectName() for thread in window.findChildren(QThread)])
window.close()
print(*[name for name in sys.modules if "explain" in name or "ui.understand." in name])
"""


class GatedWork(QObject):
    """Work that ends only when its gate is opened."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.is_entered = False
        self.gate = threading.Semaphore(0)

    def __call__(self, _workshop: Workshop) -> str:
        self.is_entered = True
        self.entered.emit()
        assert self.gate.acquire(timeout=PATIENCE)
        return "too late"


def picture_of(page: Page) -> QImage:
    for _ in range(3):  # A page that grew gets its scroll bar in a second round.
        QApplication.processEvents()
    return page.grab().toImage()


def side_by_side(panel: UnderstandPanel) -> SideBySide:
    page = panel.page
    assert isinstance(page, SideBySide)
    return page


def test_a_panel_that_is_never_opened_is_not_even_loaded() -> None:
    # When a digit is drawn and read in a window
    done = subprocess.run(
        [sys.executable, "-c", CLOSED_PANEL], cwd=ROOT, capture_output=True, text=True, check=True
    )

    # Then there is no thread that explains, and of the panel only the menu's entry
    threads, modules = done.stdout.splitlines()[-2:]
    assert "explainer" not in threads
    assert modules == "digitpad.ui.understand.opening"


@pytest.mark.parametrize("how", ["key", "menu"])
def test_f2_and_the_menu_open_and_close_it(pad: PadWindow, how: str) -> None:
    # Given a window, whose panel was never opened
    assert pad.understanding.panel is None

    def toggle() -> None:
        if how == "key":
            QTest.keyClick(pad, Qt.Key.Key_F2)
        else:
            pad.understanding.action.trigger()

    # When and then
    toggle()
    panel = pad.understanding.panel
    assert panel is not None
    assert panel.isVisible()
    assert pad.understanding.action.isChecked()

    toggle()
    assert not panel.isVisible()
    assert not pad.understanding.action.isChecked()

    toggle()
    assert pad.understanding.panel is panel
    assert panel.isVisible()


def test_its_own_button_closes_it(pad: PadWindow) -> None:
    # Given
    panel = pad.understanding.open()

    # When
    panel.close()

    # Then
    assert not pad.understanding.is_open
    assert not pad.understanding.action.isChecked()


def test_closed_it_computes_nothing_and_opened_again_it_shows_the_present_digit(
    pad: PadWindow, wait_until: WaitUntil, draw_digit: Draw, open_page: OpenPage
) -> None:
    # Given a panel that showed a digit, closed
    draw_digit(pad, "3")
    panel = open_page(pad, TITLE)
    assert side_by_side(panel).cnn.answer == 3
    pad.understanding.close()
    heard: list[object] = []
    panel.digit_changed.connect(lambda: heard.append(panel.digit))

    # When another digit is drawn, then the panel does not hear of it
    draw_digit(pad, "7")
    assert heard == []

    # And opened again, it shows the digit of now
    pad.understanding.open()
    wait_until(panel.explainer.shown, lambda: side_by_side(panel).cnn.answer == 7)


@pytest.mark.parametrize("title", TITLES)
def test_each_page_follows_the_drawing_and_rests_when_that_is_cleared(
    pad: PadWindow, wait_until: WaitUntil, draw_digit: Draw, open_page: OpenPage, title: str
) -> None:
    # Given a page at rest
    panel = pad.understanding.open()
    panel.turn_to(title)
    answered: list[None] = []
    panel.explainer.shown.connect(lambda: answered.append(None))
    if panel.page.at_rest() is not None:
        wait_until(panel.explainer.shown, lambda: bool(answered))
    at_rest = picture_of(panel.page)

    # When two digits are drawn one after the other, then the page shows something of each
    shown = []
    for label in ("3", "7"):
        answered.clear()
        draw_digit(pad, label)
        wait_until(panel.explainer.shown, lambda: bool(answered))
        shown.append(picture_of(panel.page))
    assert at_rest != shown[0] != shown[1] != at_rest

    # And cleared, it is at rest
    pad.canvas.clear()
    assert picture_of(panel.page) == at_rest


def test_the_panel_follows_while_the_pen_is_down(
    pad: PadWindow, open_page: OpenPage, wait_until: WaitUntil
) -> None:
    # Given
    panel = open_page(pad, TITLE)

    # When a 3 is drawn and the pen is not lifted
    pen = Pen(pad.canvas)
    pen.press(*THREE[0])
    for place in THREE[1:]:
        pen.move(*place)

    # Then
    wait_until(panel.explainer.shown, lambda: side_by_side(panel).cnn.answer == 3)
    pen.release(*THREE[-1])


def test_what_is_computed_when_the_canvas_is_cleared_is_dropped(
    pad: PadWindow, wait_until: WaitUntil, draw_digit: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given an explanation that is being computed
    panel = pad.understanding.open()
    work, shown = GatedWork(), list[object]()
    monkeypatch.setattr(panel.page, "question", lambda digit: Question(work, shown.append))
    draw_digit(pad, "3")
    wait_until(work.entered, lambda: work.is_entered)

    # When
    pad.canvas.clear()
    work.gate.release()
    ended: list[object] = []
    panel.explainer.ask(Question(lambda _: "afterwards", ended.append))
    wait_until(panel.explainer.shown, lambda: bool(ended))

    # Then
    assert shown == []
    assert side_by_side(panel).cnn.answer is None


def test_a_failure_is_one_sentence_until_the_next_drawing(
    pad: PadWindow, wait_until: WaitUntil, draw_digit: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given a page that fails
    panel = pad.understanding.open()

    def fail(_workshop: Workshop) -> None:
        raise ArithmeticError

    monkeypatch.setattr(panel.page, "question", lambda digit: Question(fail, lambda _: None))
    failures: list[str] = []
    panel.explainer.failed.connect(failures.append)

    # When
    draw_digit(pad, "3")
    wait_until(panel.explainer.failed, lambda: bool(failures))

    # Then
    assert panel.note == "This drawing could not be explained (ArithmeticError)."
    assert side_by_side(panel).cnn.answer is None

    # And when the next one does not fail
    monkeypatch.undo()
    draw_digit(pad, "7")
    wait_until(panel.explainer.shown, lambda: side_by_side(panel).cnn.answer == 7)
    assert panel.note == ""


def test_a_picture_that_looks_like_another_digit_than_the_answer_is_told_of(
    pad: PadWindow, wait_until: WaitUntil, draw_digit: Draw
) -> None:
    # Given a 7 whose picture alone would be read as a 1
    panel = pad.understanding.open()
    draw_digit(pad, "7")
    wait_until(panel.explainer.shown, lambda: side_by_side(panel).cnn.answer == 7)
    assert panel.note == ""
    assert panel.digit is not None
    like_a_one = tuple(0.9 if digit == 1 else 0.1 / 9 for digit in range(10))

    # When
    panel.show_digit(replace(panel.digit, by_picture=like_a_one))

    # Then it is said, and no more of the next digit
    wait_until(panel.explainer.shown, lambda: bool(panel.note))
    assert panel.note == (
        f"The picture alone looks more like a 1 ({percent(0.9)}); how it was written makes it a "
        "7. These pages explain the picture."
    )
    pad.canvas.clear()
    assert panel.note == ""


def test_the_page_stands_still_until_the_pen_rests(
    pad: PadWindow, wait_until: WaitUntil, draw_digit: Draw
) -> None:
    # Given a digit that is explained
    panel = pad.understanding.open()
    draw_digit(pad, "7")
    wait_until(panel.explainer.shown, lambda: side_by_side(panel).cnn.answer == 7)
    digit = panel.digit
    assert digit is not None
    tops: list[int] = []
    panel._settling.setInterval(round(PATIENCE * 1000))  # However slow the machine is.

    def explained(status: Status) -> None:
        shown: list[None] = []
        panel.explainer.shown.connect(lambda: shown.append(None))
        panel.show_digit(replace(digit, status=status))
        wait_until(panel.explainer.shown, lambda: bool(shown))
        QApplication.processEvents()
        tops.append(panel.page.mapTo(panel, QPoint()).y())

    # When there comes to be something to note, and when there is nothing more
    statuses = [Status.DIGIT, Status.NOT_A_DIGIT, Status.DIGIT, Status.NOT_A_DIGIT]
    for status in statuses:
        explained(status)
    assert panel.note
    above = tops[-1]
    panel._settling.start(0)
    wait_until(panel._settling.timeout, lambda: not panel._settling.isActive())
    panel._settling.setInterval(round(PATIENCE * 1000))
    for status in reversed(statuses):
        explained(status)
    assert not panel.note
    below = tops[-1]

    # Then the page moved only once, in between
    assert below > above
    assert tops == [above] * len(statuses) + [below] * len(statuses)


def test_the_pen_does_not_rest_while_readings_come_also_where_explaining_them_takes_long(
    pad: PadWindow, wait_until: WaitUntil, draw_digit: Draw, open_page: OpenPage
) -> None:
    # Given a page that has been shown, so that soon the pen has rested
    draw_digit(pad, "7")
    panel = open_page(pad, TITLE)
    panel._settling.setTimerType(Qt.TimerType.PreciseTimer)
    panel._settling.start(round(PATIENCE * 1000))
    QTest.qWait(20)
    left = panel._settling.remainingTime()
    assert left < PATIENCE * 1000

    # When the next reading comes, then that is as far as before
    panel.show_digit(panel.digit)
    assert panel._settling.remainingTime() > left


@pytest.mark.parametrize("title", TITLES)
def test_a_page_follows_the_theme_while_it_is_open(
    pad: PadWindow, wait_until: WaitUntil, draw_digit: Draw, open_page: OpenPage, title: str
) -> None:
    # Given a page in the light
    draw_digit(pad, "3")
    panel = open_page(pad, title)
    panel.setPalette(light_palette())
    light = picture_of(panel.page)

    # When it becomes dark
    panel.setPalette(dark_palette())
    dark = picture_of(panel.page)

    # Then it looks as one that was dark from the start
    assert dark == dark_page(pad, panel, wait_until)
    assert dark != light

    # And back
    panel.setPalette(light_palette())
    assert picture_of(panel.page) == light


def dark_page(pad: PadWindow, like: UnderstandPanel, wait_until: WaitUntil) -> QImage:
    """The same page of the same digit, in a panel that never was light."""
    before = QApplication.palette()
    QApplication.setPalette(dark_palette())
    panel = UnderstandPanel(Explainer())
    panel.turn_to(like.page.title.source)
    panel.resize(like.size())
    shown: list[None] = []
    panel.explainer.shown.connect(lambda: shown.append(None))
    panel.show()
    panel.open(pad.digit)
    wait_until(panel.explainer.shown, lambda: bool(shown))
    panel.page.setFixedSize(like.page.size())
    picture = picture_of(panel.page)
    panel.explainer.stop()
    panel.close()
    panel.deleteLater()
    QApplication.setPalette(before)
    return picture


def test_two_windows_explain_each_its_own_drawing(
    open_pad: OpenPad, wait_until: WaitUntil, draw_digit: Draw, open_page: OpenPage
) -> None:
    # Given two windows with their panels open
    first, second = open_pad(Reader.bundled), open_pad(Reader.bundled)
    draw_digit(first, "3")
    draw_digit(second, "7")
    panels = [open_page(window, TITLE) for window in (first, second)]

    # When and then
    assert [side_by_side(panel).cnn.answer for panel in panels] == [3, 7]

    # And closing one window leaves the other at work
    first.close()
    draw_digit(second, "4")
    wait_until(panels[1].explainer.shown, lambda: side_by_side(panels[1]).cnn.answer == 4)


def test_the_panel_comes_back_at_the_page_where_it_was(
    pad: PadWindow, qapp: QApplication, wait_until: WaitUntil
) -> None:
    # Given a window that is closed with its panel open
    assert pad.settings.understand == ""
    pad.understanding.open().turn_to(TITLES[-1])
    pad.close()
    settings = pad.settings
    assert settings.understand == TITLES[-1]

    # When another one opens with its settings
    again = PadWindow(Recognizer(Reader.bundled), settings=settings)
    again.show()
    timer = QTimer(again)
    timer.start(0)
    wait_until(timer.timeout, lambda: again.understanding.is_open)

    # Then
    panel = again.understanding.panel
    assert panel is not None
    assert panel.isVisible()
    assert panel.page.title.source == TITLES[-1]
    again.close()
    again.deleteLater()


def test_an_arrangement_that_makes_no_sense_is_as_good_as_none(qapp: QApplication) -> None:
    # When
    window = PadWindow(Recognizer(Reader.bundled), settings=Settings(arrangement="AdnQ"))

    # Then
    panel = window.understanding.open()
    assert panel.isVisibleTo(window)
    window.close()
    window.deleteLater()


def test_the_title_and_its_buttons_are_large_enough_and_do_what_they_say(
    pad: PadWindow, draw_digit: Draw, open_page: OpenPage
) -> None:
    # Given
    draw_digit(pad, "7")
    panel = open_page(pad, "Why?")
    bar = panel.titleBarWidget()
    assert isinstance(bar, TitleBar)

    # Then the title stands where the page begins, and the buttons are no smaller than WCAG asks for
    left = panel.page.findChildren(QLabel)[0]
    assert bar.title.mapTo(panel, QPoint()).x() == left.mapTo(panel, QPoint()).x()
    assert min(bar.float.width(), bar.float.height(), bar.close_.width(), bar.close_.height()) >= 24

    # When they are clicked
    for _ in range(2):
        was_floating = panel.isFloating()
        QTest.mouseClick(bar.float, LEFT)
        assert panel.isFloating() is not was_floating
    QTest.mouseClick(bar.close_, LEFT)

    # Then the panel was undocked, docked again, and is closed
    assert not pad.understanding.is_open


@pytest.mark.parametrize("palette", [light_palette, dark_palette])
def test_a_panel_that_is_undocked_has_edges(
    pad: PadWindow, palette: Callable[[], QPalette]
) -> None:
    # Given
    panel = pad.understanding.open()
    panel.setPalette(palette())

    # When
    panel.setFloating(True)
    panel.resize(600, 700)
    QApplication.processEvents()

    # Then it can be told from the window that it lies on, which has the same ground
    pixels = pixels_of(panel.grab().toImage().convertToFormat(QImage.Format.Format_RGB32))
    border = Theme.of(panel.palette()).border
    edges = pixels[:, :1], pixels[:, -1:], pixels[:1], pixels[-1:]
    assert [count(edge, border) for edge in edges] == [700, 700, 600, 600]
