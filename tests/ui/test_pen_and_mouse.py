"""One movement of the hand is one stroke, however many kinds of event it arrives as."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from digitpad.ui.ink_canvas import InkCanvas
from digitpad.ui.pen_arbiter import PenArbiter, Source, Verdict
from tests.ui.hand import Mouse, Pen, places


def test_a_pen_that_also_sends_mouse_events_draws_one_stroke(canvas: InkCanvas) -> None:
    # Given a pen whose events come first, and a mouse twin rounded to whole pixels
    pen, mouse = Pen(canvas), Mouse(canvas)

    # When both report the same stroke, the twin to the very end
    pen.press(100.3, 100.6)
    mouse.press(100, 101)
    pen.move(120.2, 130.4)
    mouse.move(120, 130)
    pen.release(120.2, 130.4)
    mouse.release(120, 130)

    # Then the pen's stroke is there, alone, with its fractions
    assert [places(s) for s in canvas.ink.strokes] == [[(100.3, 100.6), (120.2, 130.4)]]


def test_a_mouse_twin_that_comes_first_gives_way_to_the_pen(canvas: InkCanvas) -> None:
    # Given a system that sends the mouse twin before the pen's event
    pen, mouse = Pen(canvas), Mouse(canvas)

    # When
    mouse.press(100, 101)
    pen.press(100.3, 100.6)
    mouse.move(120, 130)
    pen.move(120.2, 130.4)
    mouse.release(120, 130)
    pen.release(120.2, 130.4)

    # Then
    assert [places(s) for s in canvas.ink.strokes] == [[(100.3, 100.6), (120.2, 130.4)]]


@pytest.mark.parametrize("mouse_first", [True, False])
def test_a_tap_and_its_whole_twin_are_one_dot(canvas: InkCanvas, mouse_first: bool) -> None:
    # Given a tap that arrives complete from one kind of event, then complete from the other
    pen, mouse = Pen(canvas), Mouse(canvas)

    # When
    if mouse_first:
        mouse.press(50, 60)
        mouse.release(50, 60)
    pen.press(50.25, 60.25)
    pen.release(50.25, 60.25)
    if not mouse_first:
        mouse.press(50, 60)
        mouse.release(50, 60)

    # Then there is the pen's dot, and one undo takes it back
    assert [places(s) for s in canvas.ink.strokes] == [[(50.25, 60.25)]]
    canvas.undo()
    assert canvas.ink.is_empty
    assert not canvas.can_undo


@pytest.mark.parametrize(
    "source",
    [
        Qt.MouseEventSource.MouseEventSynthesizedBySystem,
        Qt.MouseEventSource.MouseEventSynthesizedByQt,
    ],
)
def test_a_mouse_event_made_from_touch_draws_nothing(
    canvas: InkCanvas, source: Qt.MouseEventSource
) -> None:
    # Given a mouse event that says what it was made from
    mouse = Mouse(canvas, source)

    # When
    mouse.press(10, 10)
    mouse.move(90, 90)
    mouse.release(90, 90)

    # Then
    assert canvas.ink.is_empty


def test_a_finger_draws_and_its_mouse_twin_does_not(canvas: InkCanvas) -> None:
    # Given a touch screen
    screen = QTest.createTouchDevice()
    mouse = Mouse(canvas)

    # When a finger draws, a second one rests, and a twin follows
    QTest.touchEvent(canvas, screen).press(0, QPoint(40, 40)).commit()
    QTest.touchEvent(canvas, screen).move(0, QPoint(60, 90)).press(1, QPoint(200, 200)).commit()
    QTest.touchEvent(canvas, screen).release(0, QPoint(60, 90)).release(
        1, QPoint(200, 200)
    ).commit()
    mouse.press(40, 40)
    mouse.release(60, 90)

    # Then there is the first finger's stroke; where exactly depends on the platform's frame
    (stroke,) = canvas.ink.strokes
    (x, y), end = places(stroke)
    assert end == (x + 20, y + 50)


def test_a_palm_that_stays_does_not_go_on_with_the_fingers_stroke(canvas: InkCanvas) -> None:
    # Given a finger that draws, and a palm that comes down beside it
    screen = QTest.createTouchDevice()
    QTest.touchEvent(canvas, screen).press(0, QPoint(40, 40)).commit()
    QTest.touchEvent(canvas, screen).move(0, QPoint(60, 90)).press(1, QPoint(200, 200)).commit()

    # When the finger is lifted and the palm moves
    QTest.touchEvent(canvas, screen).release(0, QPoint(60, 90)).stationary(1).commit()
    assert not canvas.is_writing
    QTest.touchEvent(canvas, screen).move(1, QPoint(240, 220)).commit()
    QTest.touchEvent(canvas, screen).release(1, QPoint(240, 220)).commit()

    # Then the stroke ends where the finger was lifted
    (stroke,) = canvas.ink.strokes
    (x, y), end = places(stroke)
    assert end == (x + 20, y + 50)


def test_of_an_erasers_twin_nothing_is_left_to_be_read_or_undone(canvas: InkCanvas) -> None:
    # Given an eraser, a twin of whose press comes first
    eraser, mouse = Pen(canvas, eraser=True), Mouse(canvas)
    told: list[bool] = []
    canvas.ink_changed.connect(lambda ink: told.append(ink.is_empty))
    undoable: list[bool] = []
    canvas.history_changed.connect(lambda: undoable.append(canvas.can_undo))

    # When there is nothing to erase
    mouse.press(100, 100)
    eraser.press(100, 100)
    mouse.release(100, 100)
    eraser.release(100, 100)

    # Then all who heard of the twin hear that it is gone
    assert canvas.ink.is_empty
    assert told[-1]
    assert not undoable[-1]


def test_a_pen_without_pressure_draws_with_full_pressure(canvas: InkCanvas) -> None:
    # Given a pen that cannot feel, and one that claims to and always reports 0
    for pen in (Pen(canvas, feels_pressure=False), Pen(canvas, feels_pressure=True)):
        # When
        pen.draw([(100.0, 100.0), (200.0, 200.0)], pressure=0.0)

    # Then
    assert [list(s[:, 2]) for s in canvas.ink.strokes] == [[1.0, 1.0], [1.0, 1.0]]


def test_pressure_is_kept_with_each_point(canvas: InkCanvas) -> None:
    # Given
    pen = Pen(canvas)

    # When the pen is pressed harder and harder, then lifted
    pen.press(100, 100, 0.25)
    pen.move(150, 100, 0.5)
    pen.move(200, 100, 0.75)
    pen.release(220, 100)

    # Then the lifting, which has no pressure, continues with the last one
    assert list(canvas.ink.strokes[0][:, 2]) == [0.25, 0.5, 0.75, 0.75]


def test_the_eraser_end_removes_whole_strokes_in_one_undoable_go(canvas: InkCanvas) -> None:
    # Given three upright strokes
    pen = Pen(canvas)
    for x in (100.0, 200.0, 300.0):
        pen.draw([(x, 100.0), (x, 300.0)])
    before = canvas.ink.strokes

    # When the eraser end goes across two of them, in steps far wider than its reach
    eraser = Pen(canvas, eraser=True)
    eraser.press(50, 200)
    eraser.move(150, 200)
    eraser.move(250, 200)
    eraser.release(250, 200)

    # Then the third stays, and one undo brings both back in their places
    assert [places(s)[0] for s in canvas.ink.strokes] == [(300.0, 100.0)]
    canvas.undo()
    assert canvas.ink.strokes == before


def test_the_eraser_far_from_ink_removes_nothing(canvas: InkCanvas) -> None:
    # Given
    Pen(canvas).draw([(100.0, 100.0), (100.0, 300.0)])

    # When
    Pen(canvas, eraser=True).draw([(130.0, 100.0), (130.0, 300.0)])

    # Then
    assert len(canvas.ink.strokes) == 1


def test_only_the_left_button_draws(canvas: InkCanvas) -> None:
    # Given
    mouse = Mouse(canvas)

    # When
    for button in (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
        mouse.press(10, 10, button)
        mouse.move(50, 50, button)
        mouse.release(50, 50, button)

    # Then
    assert canvas.ink.is_empty


def test_a_fast_second_press_that_qt_calls_a_double_click_draws_too(canvas: InkCanvas) -> None:
    # Given a first stroke
    mouse = Mouse(canvas)
    mouse.press(10, 10)
    mouse.release(10, 10)

    # When the second press comes as a double click
    mouse.double_click(12, 12)
    mouse.move(12, 80)
    mouse.release(12, 80)

    # Then
    assert len(canvas.ink.strokes) == 2


def test_the_arbiter_lets_the_mouse_draw_elsewhere_or_later() -> None:
    # Given a pen's stroke that ended at 10 s
    arbiter = PenArbiter()
    arbiter.press(Source.PEN, 100, 100, 9.0)
    arbiter.release(10.0)

    # Then a mouse press at once and there is a twin; far away or later it is none
    assert arbiter.press(Source.MOUSE, 103, 99, 10.01) is Verdict.IGNORE
    assert arbiter.press(Source.MOUSE, 300, 100, 10.01) is Verdict.DRAW
    arbiter.release(10.5)
    assert arbiter.press(Source.MOUSE, 103, 99, 12.0) is Verdict.DRAW


@pytest.mark.parametrize("lesser", [Source.TOUCH, Source.MOUSE, Source.KEYBOARD])
def test_the_arbiter_lets_nobody_else_draw_while_the_pen_is_down(lesser: Source) -> None:
    arbiter = PenArbiter()
    arbiter.press(Source.PEN, 100, 100, 1.0)

    assert arbiter.press(lesser, 100, 100, 1.01) is Verdict.IGNORE
    assert arbiter.press(lesser, 300, 300, 9.0) is Verdict.IGNORE
    # And the pen draws on where nobody said that it was lifted
    assert arbiter.press(Source.PEN, 100, 100, 9.0) is Verdict.DRAW


def test_the_arbiter_takes_the_keyboards_pen_for_nobodys_twin() -> None:
    arbiter = PenArbiter()
    arbiter.press(Source.MOUSE, 100, 100, 1.0)
    arbiter.release(1.1)

    assert arbiter.press(Source.KEYBOARD, 100, 100, 1.2) is Verdict.DRAW
    arbiter.release(1.3)
    assert arbiter.press(Source.MOUSE, 100, 100, 1.4) is Verdict.DRAW


def test_a_pen_beside_a_mouse_stroke_ends_it_and_keeps_it(canvas: InkCanvas) -> None:
    # Given a stroke of the mouse, still down
    pen, mouse = Pen(canvas), Mouse(canvas)
    mouse.press(20, 20)
    mouse.move(60, 60)

    # When somebody else writes with the pen elsewhere
    pen.draw([(300.0, 300.0), (340.0, 340.0)])
    mouse.move(80, 80)

    # Then both strokes are there, and the mouse's has ended
    assert [places(s)[-1] for s in canvas.ink.strokes] == [(60.0, 60.0), (340.0, 340.0)]
