"""The window at work: real events in, painted answers out."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QThread, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLayout, QMessageBox, QPushButton, QWidget

from digitpad.core.corrections import Mark
from digitpad.core.groups import Group
from digitpad.core.ink import Ink
from digitpad.core.reader import Reader
from digitpad.core.reading import Box, DigitReading, Reading, Status
from digitpad.settings import Settings
from digitpad.ui.pad_window import PadWindow
from digitpad.ui.pen_size import THICKEST
from digitpad.ui.tool_button import ToolButton
from tests.conftest import WaitUntil
from tests.ui.conftest import OpenPad
from tests.ui.hand import LEFT, THREE, Mouse, Pen, draw, three_points

PATIENCE = 30.0


class GatedReader:
    """Answers 7 to any ink: the first, which warms it up, at once, the others when let through."""

    def __init__(self) -> None:
        self.entered = threading.Semaphore(0)
        self.answer_is_sent = threading.Semaphore(0)
        self._gate = threading.Semaphore(0)
        self._is_warm = False

    def let_through(self, times: int = 1) -> None:
        self._gate.release(times)

    def read_ink(self, ink: Ink) -> Reading:
        return self.read_number(ink)

    def split(self, ink: Ink, group: Group) -> tuple[Group, ...]:
        return (group,)

    def read_number(self, ink: Ink, pins: Sequence[Group] = ()) -> Reading:
        if self._is_warm:
            self.entered.release()
            assert self._gate.acquire(timeout=PATIENCE)
            # Runs on this thread once the answer to this ink is on its way.
            QTimer.singleShot(0, self.answer_is_sent.release)
        self._is_warm = True
        return reading_of(7, 0.9)


class FlakyReader:
    """Fails at ink of one stroke, and answers 7 to any other."""

    def read_ink(self, ink: Ink) -> Reading:
        return self.read_number(ink)

    def split(self, ink: Ink, group: Group) -> tuple[Group, ...]:
        raise RuntimeError("out of order")

    def read_number(self, ink: Ink, pins: Sequence[Group] = ()) -> Reading:
        if len(ink.strokes) == 1 and ink.strokes[0][0, 0] == 50:
            raise RuntimeError("out of order")
        return reading_of(7, 0.9)


@pytest.fixture
def gated() -> Iterator[GatedReader]:
    reader = GatedReader()
    yield reader
    reader.let_through(100)


def reading_of(digit: int, probability: float, status: Status = Status.DIGIT) -> Reading:
    others = (1 - probability) / 9
    probabilities = tuple(probability if n == digit else others for n in range(10))
    return Reading((DigitReading(probabilities, Box(0, 0, 1, 1), status=status),))


def digit_of(digit: int, probability: float, status: Status = Status.DIGIT) -> DigitReading:
    return reading_of(digit, probability, status).digits[0]


def marks_of(digit: int, probability: float, status: Status = Status.DIGIT) -> list[Mark]:
    return [Mark(digit_of(digit, probability, status))]


def button(pad: PadWindow, name: str) -> QPushButton:
    (found,) = [b for b in pad.findChildren(QPushButton) if b.text() == name]
    return found


def test_a_drawn_three_is_read_with_the_mouse_still_down(
    pad: PadWindow, wait_until: WaitUntil
) -> None:
    # Given the window, at rest
    assert pad.bars.probabilities is None
    assert pad.answer.text == "\N{EN DASH}"

    # When a 3 is drawn and the button is not released
    points = three_points()
    mouse = Mouse(pad.canvas)
    mouse.press(points[0].x(), points[0].y())
    for point in points[1:]:
        mouse.move(point.x(), point.y())
    wait_until(pad.bars.painted, lambda: pad.answer.text == "3")

    # Then the bars show it, and the winner is marked
    shown = pad.bars.probabilities
    assert shown is not None
    assert abs(sum(shown) - 1) < 1e-6
    assert shown[3] == max(shown)
    assert [bar.is_winner for bar in pad.bars.bars].index(True) == 3
    assert pad.answer.word in ("Sure", "Not sure")
    mouse.release(points[-1].x(), points[-1].y())


def test_a_drawn_three_is_read_with_the_pen(pad: PadWindow, wait_until: WaitUntil) -> None:
    # When
    Pen(pad.canvas).draw(THREE)

    # Then
    wait_until(pad.bars.painted, lambda: pad.answer.text == "3")


@pytest.mark.parametrize("how", ["button", "Escape", "Delete", "undo"])
def test_an_emptied_canvas_has_resting_bars_at_once_and_no_late_answer(
    open_pad: OpenPad, gated: GatedReader, wait_until: WaitUntil, how: str
) -> None:
    # Given a drawing that has been read, and a point more that is being read
    pad = open_pad(lambda: gated)
    gated.let_through()
    draw(pad.canvas, [QPoint(50, 50)])
    wait_until(pad.bars.painted, lambda: pad.bars.probabilities is not None)
    assert gated.entered.acquire(timeout=PATIENCE)
    if how != "undo":
        pad.canvas.show_ink(Ink.from_points([[(9.0, 9.0), (90.0, 90.0)]]))
        assert gated.entered.acquire(timeout=PATIENCE)

    # When the canvas is emptied
    match how:
        case "button":
            QTest.mouseClick(button(pad, "Clear"), LEFT)
        case "undo":
            QTest.keyClick(pad, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        case _:
            QTest.keyClick(pad, getattr(Qt.Key, f"Key_{how}"))

    # Then the bars are at rest before any event is handled
    assert pad.canvas.ink.is_empty
    assert pad.bars.probabilities is None
    assert pad.answer.word == "Nothing yet"

    # And when the late answer has come, it is not shown
    late = 1 if how == "undo" else 2
    gated.let_through(late)
    for _ in range(late):
        assert gated.answer_is_sent.acquire(timeout=PATIENCE)
    QApplication.processEvents()
    assert pad.bars.probabilities is None
    assert pad.answer.word == "Nothing yet"


def test_buttons_and_keys_undo_and_redo(pad: PadWindow) -> None:
    # Given
    assert not button(pad, "Undo").isEnabled()
    draw(pad.canvas, three_points())

    # When and then
    QTest.mouseClick(button(pad, "Undo"), LEFT)
    assert pad.canvas.ink.is_empty
    QTest.mouseClick(button(pad, "Redo"), LEFT)
    assert len(pad.canvas.ink.strokes) == 1
    assert not button(pad, "Redo").isEnabled()
    QTest.keyClick(pad, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert pad.canvas.ink.is_empty
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(pad, Qt.Key.Key_Z, both)
    assert len(pad.canvas.ink.strokes) == 1


def test_a_failed_reading_is_told_and_the_next_stroke_is_read(
    open_pad: OpenPad, wait_until: WaitUntil
) -> None:
    # Given a reader that fails at the first stroke
    pad = open_pad(FlakyReader)

    # When
    draw(pad.canvas, [QPoint(50, 50)])
    wait_until(pad.recognizer.failed, lambda: "could not be read" in pad.status.message)

    # Then no bars claim anything, and the next stroke is read and takes the message away
    assert pad.bars.probabilities is None
    assert pad.answer.word == "No answer"
    draw(pad.canvas, [QPoint(90, 90)])
    wait_until(pad.recognizer.answered, lambda: pad.bars.probabilities is not None)
    assert pad.answer.text == "7"
    assert pad.status.message == ""


def test_without_a_model_the_window_says_so_and_one_can_draw(
    open_pad: OpenPad, wait_until: WaitUntil, tmp_path: Path
) -> None:
    # Given a model file that is not there
    missing = tmp_path / "folder" / "cnn.npz"

    # When the window opens
    pad = open_pad(lambda: Reader.from_file(missing))
    wait_until(pad.recognizer.failed, lambda: "missing" in pad.status.message)

    # Then the sentence names the file, and drawing works
    assert pad.status.message == f"The model file {missing} is missing."
    draw(pad.canvas, three_points())
    assert len(pad.canvas.ink.strokes) == 1


def test_shown_ink_is_fitted_read_and_undoable(pad: PadWindow, wait_until: WaitUntil) -> None:
    # Given a 3 in units that have nothing to do with the canvas
    ink = Ink.from_points([[(x / 5000 - 9, y / 5000 + 4) for x, y in THREE]])

    # When
    pad.show_ink(ink)
    wait_until(pad.bars.painted, lambda: pad.answer.text == "3")

    # Then it lies in the middle of the canvas and fills a good part of it
    bounds = pad.canvas.ink.bounds
    assert abs(bounds.left + bounds.width / 2 - pad.canvas.width() / 2) < 0.5
    assert abs(bounds.top + bounds.height / 2 - pad.canvas.height() / 2) < 0.5
    assert 0.5 < bounds.extent / min(pad.canvas.width(), pad.canvas.height()) < 0.8
    pad.canvas.undo()
    assert pad.canvas.ink.is_empty


def test_words_say_how_sure_the_answer_is(pad: PadWindow) -> None:
    # Given an answer of each kind
    said = {}
    for status in (Status.DIGIT, Status.UNSURE, Status.NOT_A_DIGIT):
        # When it is shown
        pad.answer.show_marks(marks_of(7, 0.9, status))
        said[status] = (pad.answer.text, pad.answer.word)

    # Then
    assert said == {
        Status.DIGIT: ("7", "Sure"),
        Status.UNSURE: ("7", "Not sure"),
        Status.NOT_A_DIGIT: ("\N{EN DASH}", "Not a digit"),
    }


def test_the_layout_stands_still_whatever_is_answered(pad: PadWindow) -> None:
    # Given the canvas's place
    place = pad.canvas.geometry()

    # When answers of all kinds come
    for status in Status:
        pad.panel.show_marks([] if status is Status.EMPTY else marks_of(8, 0.9, status))
        for layout in pad.findChildren(QLayout):
            layout.activate()

        # Then
        assert pad.canvas.geometry() == place


def test_closing_while_a_stroke_is_read_ends_cleanly(open_pad: OpenPad, gated: GatedReader) -> None:
    # Given a stroke that is being read, with the button down
    pad = open_pad(lambda: gated)
    Mouse(pad.canvas).press(50, 50)
    assert gated.entered.acquire(timeout=PATIENCE)

    # When
    gated.let_through(5)
    closed = pad.close()

    # Then
    assert closed
    assert not any(thread.isRunning() for thread in pad.recognizer.findChildren(QThread))


def test_about_names_the_data_and_its_terms(pad: PadWindow) -> None:
    # When
    pad._show_about()

    # Then
    (box,) = pad.findChildren(QMessageBox)
    text = box.informativeText()
    for part in ("MNIST", "CC BY-SA 3.0", "UNIPEN", "10.5281/zenodo.1195803", "LGPL"):
        assert part in text
    box.close()


def test_size_and_pen_come_back(pad: PadWindow) -> None:
    # Given a window that was made smaller, and a thicker pen chosen by its key
    before = pad.canvas.pen_width
    QTest.keyClick(pad, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    pad.resize(720, 570)

    # When another window opens with its settings
    again = PadWindow(pad.recognizer, settings=pad.settings)

    # Then
    assert again.size() == pad.size()
    assert again.canvas.pen_width == pad.canvas.pen_width > before
    again.deleteLater()


def test_the_pen_is_offered_no_size_that_there_is_not(pad: PadWindow) -> None:
    # Given
    entries = {a.text(): a for a in pad.findChildren(QAction)}
    thicker, thinner = entries["Thic&ker Pen"], entries["Thi&nner Pen"]
    assert thicker.isEnabled()
    assert thinner.isEnabled()

    for on, back in ((thicker, thinner), (thinner, thicker)):
        # When it is changed as far as it goes
        for _ in range(THICKEST):
            on.trigger()

        # Then only the way back is offered, and taken
        assert not on.isEnabled()
        back.trigger()
        assert on.isEnabled()


def test_everything_is_there_in_a_window_of_640_by_480(pad: PadWindow) -> None:
    # Given a small window, as on a small screen at twice the size
    pad.resize(640, 480)
    QApplication.processEvents()
    assert pad.size().toTuple() == (640, 480)

    # Then every part lies in its parent, and no two overlap
    shown = [widget for widget in pad.findChildren(QWidget) if widget.isVisible()]
    for widget in shown:
        parent = widget.parentWidget()
        assert parent is not None
        assert parent.rect().contains(widget.geometry())
    parts = [pad.stage, pad.pen_size, *pad.findChildren(ToolButton), pad.panel, pad.status]
    areas = [part.rect().translated(part.mapTo(pad, QPoint())) for part in parts]
    assert not any(one.intersects(other) for one, other in itertools.combinations(areas, 2))

    # And the tools are told by their icons, with the words as tips
    clear = button(pad, "Clear")
    assert isinstance(clear, ToolButton)
    assert not clear.shows_words
    assert clear.toolTip().startswith("Clear")

    # When there is room, they have their words
    pad.resize(pad.sizeHint())
    QApplication.processEvents()
    assert clear.shows_words


def test_enter_presses_a_tool(pad: PadWindow) -> None:
    draw(pad.canvas, three_points())
    QTest.keyClick(button(pad, "Undo"), Qt.Key.Key_Return)
    assert pad.canvas.ink.is_empty


def test_all_tools_have_their_words_or_none(pad: PadWindow) -> None:
    seen = set()
    for width in range(pad.minimumSizeHint().width(), pad.sizeHint().width(), 4):
        pad.resize(width, pad.height())
        QApplication.processEvents()
        seen.add(tuple(tool.shows_words for tool in pad.findChildren(ToolButton)))

    assert seen == {(False, False, False), (True, True, True)}


@pytest.mark.parametrize("geometry", ["", "bm9uZQ==", "@@", "\N{EURO SIGN}"])
def test_settings_out_of_range_are_bent_to_what_can_be(pad: PadWindow, geometry: str) -> None:
    # Given settings that only a damaged file can hold
    settings = Settings(geometry, pen_width=10**6)

    # When
    window = PadWindow(pad.recognizer, settings=settings)

    # Then
    assert window.size() == window.sizeHint().boundedTo(window.screen().availableSize())
    assert window.canvas.pen_width < 100
    window.deleteLater()


def test_no_two_actions_share_a_key(pad: PadWindow) -> None:
    # Given every part that brings actions of its own
    pad.understanding.open()

    # When
    keys = [
        key.toString()
        for action in pad.findChildren(QAction)
        for key in action.shortcuts()
        if not key.isEmpty()
    ]

    # Then
    assert "Ctrl+P" in keys
    assert sorted(keys) == sorted(set(keys))
