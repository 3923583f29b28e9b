"""What a screen reader is told, and how the keyboard gets everywhere."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QSlider, QWidget

from digitpad.core.reading import Status
from digitpad.ui.pad_window import PadWindow
from tests.conftest import WaitUntil
from tests.ui.hand import draw, three_points
from tests.ui.test_pad_window import digit_of, marks_of


def heard(widget: QWidget) -> QAccessibleInterface:
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    return interface


def test_each_painted_widget_has_a_name_and_a_role(pad: PadWindow) -> None:
    # Given
    roles = QAccessible.Role
    expected = {
        pad.canvas: roles.Canvas,
        pad.network_view: roles.Graphic,
        pad.answer: roles.Grouping,
        pad.bars: roles.Grouping,
        pad.bars.bars[3]: roles.ProgressBar,
        pad.status: roles.StaticText,
        pad.findChildren(QPushButton)[0]: roles.PushButton,
        pad.findChildren(QSlider)[0]: roles.Slider,
    }

    # Then
    for widget, role in expected.items():
        interface = heard(widget)
        assert interface.role() == role
        assert interface.text(QAccessible.Text.Name)


def test_the_bars_tell_their_values(pad: PadWindow) -> None:
    # When
    pad.bars.show_digit(digit_of(3, 0.6))

    # Then
    texts = QAccessible.Text
    three, four = heard(pad.bars.bars[3]), heard(pad.bars.bars[4])
    assert [three.text(texts.Name), three.text(texts.Value)] == ["Digit 3", "60"]
    assert three.text(texts.Description) == "60\xa0%, the most likely"
    assert four.text(texts.Value) == "4"

    # And when cleared
    pad.bars.clear_reading()
    assert three.text(texts.Value) == "0"
    assert three.text(texts.Description) == "no answer"


def test_the_answer_is_said_once_when_it_has_settled(pad: PadWindow, wait_until: WaitUntil) -> None:
    # Given somebody who listens
    said: list[str] = []
    pad.answer.announced.connect(said.append)

    # When answers change while one writes, and the last comes twice
    for digit in (1, 2, 3, 3):
        pad.answer.show_marks(marks_of(digit, 0.9))
    pad.answer.show_marks(marks_of(3, 0.4, Status.UNSURE))
    wait_until(pad.answer.announced, lambda: bool(said))

    # Then only the last is said
    assert said == ["3, not sure"]


def test_the_canvas_tells_how_much_is_on_it(pad: PadWindow) -> None:
    # Given
    def description() -> str:
        return heard(pad.canvas).text(QAccessible.Text.Description)

    assert description().startswith("Empty. Write digits here or drop a picture of them. ")

    # When
    draw(pad.canvas, three_points())

    # Then
    assert description().startswith("1 stroke.")
    assert "Space" in description()


def test_the_tab_key_goes_round_canvas_buttons_and_slider(pad: PadWindow) -> None:
    # Given a drawing, one stroke of which was undone, so that all buttons are enabled
    draw(pad.canvas, three_points())
    draw(pad.canvas, three_points())
    pad.canvas.undo()
    pad.canvas.setFocus()
    focused = [pad.canvas.accessibleName()]

    # When
    for _ in range(5):
        QTest.keyClick(QApplication.focusWidget() or pad, Qt.Key.Key_Tab)
        widget = QApplication.focusWidget()
        assert widget is not None
        focused.append(widget.accessibleName() or getattr(widget, "text", str)())

    # Then
    assert focused == ["Drawing area", "Clear", "Undo", "Redo", "Pen size", "Drawing area"]


@pytest.mark.parametrize("name", ["Clear", "Undo", "Redo"])
def test_each_button_names_its_key(pad: PadWindow, name: str) -> None:
    (button,) = [b for b in pad.findChildren(QPushButton) if b.text() == name]
    assert button.toolTip().startswith(f"{name} (")
    assert button.accessibleDescription() in button.toolTip()
