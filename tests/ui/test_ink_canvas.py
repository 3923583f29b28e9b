"""What the canvas makes of events: points, strokes, history."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from digitpad.core.ink import Ink
from digitpad.ui.ink_canvas import InkCanvas
from tests.ui.hand import LEFT, Mouse, Pen, draw, places

CORNER = [QPoint(50, 50), QPoint(50, 150), QPoint(150, 150)]


def test_the_ink_is_told_with_each_point_while_the_pen_is_down(canvas: InkCanvas) -> None:
    # Given somebody who listens
    heard: list[Ink] = []
    canvas.ink_changed.connect(heard.append)
    mouse = Mouse(canvas)

    # When three points are drawn and the button is still down
    mouse.press(10.5, 10.25)
    mouse.move(20.5, 10.25)
    mouse.move(30.5, 10.25)

    # Then three snapshots came, each as it was then
    assert [[places(s) for s in ink.strokes] for ink in heard] == [
        [[(10.5, 10.25)]],
        [[(10.5, 10.25), (20.5, 10.25)]],
        [[(10.5, 10.25), (20.5, 10.25), (30.5, 10.25)]],
    ]


def test_a_snapshot_cannot_be_written_to_and_does_not_change(canvas: InkCanvas) -> None:
    # Given a snapshot of a live stroke
    mouse = Mouse(canvas)
    mouse.press(10, 10)
    snapshot = canvas.ink

    # When the stroke grows beyond any first buffer
    for step in range(2_000):
        mouse.move(10 + step / 10, 20)

    # Then
    assert places(snapshot.strokes[0]) == [(10.0, 10.0)]
    assert not snapshot.strokes[0].flags.writeable
    assert canvas.ink.point_count == 2_001


def test_a_tap_is_a_dot(canvas: InkCanvas) -> None:
    # When
    QTest.mouseClick(canvas, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(80, 90))

    # Then
    assert [places(s) for s in canvas.ink.strokes] == [[(80.0, 90.0)]]
    assert canvas.ink.is_dot


def test_a_tap_with_a_tremor_is_still_a_dot(canvas: InkCanvas) -> None:
    # When
    Pen(canvas).draw([(80.0, 90.0), (81.5, 91.0), (79.0, 90.0)])

    # Then
    assert canvas.ink.is_dot


def test_a_stroke_that_leaves_the_canvas_goes_on(canvas: InkCanvas) -> None:
    # When
    draw(canvas, [QPoint(380, 200), QPoint(460, 200), QPoint(380, 260)])

    # Then
    assert places(canvas.ink.strokes[0]) == [(380.0, 200.0), (460.0, 200.0), (380.0, 260.0)]


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, 1e300])
def test_a_place_that_is_none_is_passed_over(canvas: InkCanvas, bad: float) -> None:
    # Given
    pen = Pen(canvas)

    # When a pen's driver reports nonsense at any moment of a stroke
    pen.press(bad, 10)
    pen.move(20, 20)
    pen.move(bad, bad)
    pen.move(30, 30)
    pen.release(30, bad)

    # Then what can be drawn is
    assert [places(s) for s in canvas.ink.strokes] == [[(20.0, 20.0), (30.0, 30.0)]]


def test_a_stroke_of_nonsense_alone_leaves_no_trace(canvas: InkCanvas) -> None:
    # When
    Pen(canvas).draw([(math.nan, 10.0), (10.0, math.nan)])

    # Then
    assert canvas.ink.is_empty
    assert not canvas.can_undo


@pytest.mark.parametrize(
    "event", [QEvent.Type.WindowDeactivate, QEvent.Type.UngrabMouse, QEvent.Type.Hide]
)
def test_losing_the_hand_ends_the_stroke_cleanly(canvas: InkCanvas, event: QEvent.Type) -> None:
    # Given a stroke under way
    mouse = Mouse(canvas)
    mouse.press(10, 10)
    mouse.move(20, 20)

    # When
    if event is QEvent.Type.Hide:
        canvas.hide()
    else:
        QApplication.sendEvent(canvas, QEvent(event))
    mouse.move(90, 90)
    mouse.release(90, 90)

    # Then it ends where it was, and the next one is drawn
    assert [places(s) for s in canvas.ink.strokes] == [[(10.0, 10.0), (20.0, 20.0)]]
    mouse.press(30, 30)
    assert len(canvas.ink.strokes) == 2


def test_undo_and_redo_go_through_strokes_clear_and_shown_ink(canvas: InkCanvas) -> None:
    # Given two strokes, a clear and a drawing from elsewhere
    states = [canvas.ink.strokes]
    draw(canvas, CORNER)
    states.append(canvas.ink.strokes)
    draw(canvas, [QPoint(200, 200), QPoint(220, 260)])
    states.append(canvas.ink.strokes)
    canvas.clear()
    states.append(canvas.ink.strokes)
    canvas.show_ink(Ink.from_points([[(5.0, 5.0), (9.0, 9.0)], [(7.0, 7.0)]]))
    states.append(canvas.ink.strokes)
    assert [len(state) for state in states] == [0, 1, 2, 0, 2]

    # When and then
    for _ in range(2):
        for state in reversed(states[:-1]):
            canvas.undo()
            assert canvas.ink.strokes == state
        assert not canvas.can_undo
        canvas.undo()
        for state in states[1:]:
            canvas.redo()
            assert canvas.ink.strokes == state
        assert not canvas.can_redo
        canvas.redo()


def test_a_new_stroke_ends_what_can_be_redone(canvas: InkCanvas) -> None:
    # Given something undone
    draw(canvas, CORNER)
    canvas.undo()

    # When
    draw(canvas, [QPoint(9, 9), QPoint(30, 30)])

    # Then
    assert not canvas.can_redo


def test_clear_while_the_pen_is_down_can_be_undone_to_the_whole_stroke(canvas: InkCanvas) -> None:
    # Given
    mouse = Mouse(canvas)
    mouse.press(10, 10)
    mouse.move(40, 40)

    # When
    canvas.clear()
    mouse.move(60, 60)
    mouse.release(60, 60)

    # Then nothing is left on the paper, and undo brings back what was drawn before
    assert canvas.ink.is_empty
    canvas.undo()
    assert [places(s) for s in canvas.ink.strokes] == [[(10.0, 10.0), (40.0, 40.0)]]


def test_resizing_keeps_the_ink_in_place_also_under_a_live_stroke(canvas: InkCanvas) -> None:
    # Given a finished stroke and a live one
    draw(canvas, CORNER)
    mouse = Mouse(canvas)
    mouse.press(200, 200)

    # When
    canvas.resize(300, 250)
    mouse.move(210, 240)
    mouse.release(210, 240)

    # Then
    assert [places(s) for s in canvas.ink.strokes] == [
        [(50.0, 50.0), (50.0, 150.0), (150.0, 150.0)],
        [(200.0, 200.0), (210.0, 240.0)],
    ]


def test_the_keyboard_draws(canvas: InkCanvas) -> None:
    # Given a canvas of 400 x 400, whose keyboard pen begins in the middle
    keys = (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Space)

    # When the pen is lowered, led and lifted; then led without drawing
    for key in (*keys, Qt.Key.Key_Left):
        QTest.keyClick(canvas, key)

    # Then
    assert [places(s) for s in canvas.ink.strokes] == [
        [(200.0, 200.0), (200.0, 208.0), (208.0, 208.0)]
    ]
