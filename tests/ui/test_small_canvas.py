"""A canvas that becomes too small for its ink shows all of it, smaller; and can be written on."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from digitpad.core.reading import Box
from digitpad.ui.ink_canvas import InkCanvas
from digitpad.ui.pad_window import PadWindow
from digitpad.ui.theme import Theme
from tests.pictures import golden_digit
from tests.ui.conftest import picture_of
from tests.ui.hand import Mouse, Pen, draw, places
from tests.ui.test_painting import count, pixels_of

FAR = [QPoint(300, 60), QPoint(380, 60), QPoint(380, 300)]
"""On a canvas of 400 x 400, and mostly beyond one of 200 x 200."""
ratios = pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])


@pytest.fixture
def shrunk(canvas: InkCanvas) -> InkCanvas:
    """A canvas of 200 x 200 that was of 400 x 400 when it was written on."""
    draw(canvas, FAR)
    canvas.resize(200, 200)
    return canvas


def scale_of(canvas: InkCanvas) -> float:
    return canvas._view.scale


def ink_box(canvas: InkCanvas, ratio: float = 1.0) -> QRect:
    """Where on the picture of the canvas the colour of ink is."""
    picture = picture_of(canvas, ratio)
    ink = Theme.of(canvas.palette()).ink
    rgb = np.array([ink.red(), ink.green(), ink.blue()])
    rows, columns = np.nonzero(np.abs(pixels_of(picture) - rgb).max(axis=2) <= 40)
    assert len(rows)
    return QRect(
        QPoint(int(columns.min()), int(rows.min())), QPoint(int(columns.max()), int(rows.max()))
    )


@ratios
def test_ink_stays_in_sight_and_comes_back_to_its_size(canvas: InkCanvas, ratio: float) -> None:
    # Given
    draw(canvas, FAR)
    before, strokes = picture_of(canvas, ratio), canvas.ink.strokes
    box = ink_box(canvas, ratio)

    # When
    canvas.resize(200, 160)

    # Then all of it is seen, in its shape, and lines are thinner by as much
    scale = scale_of(canvas)
    assert scale < 0.55
    small = ink_box(canvas, ratio)
    for length, large in (
        (small.left(), box.left()),
        (small.right(), box.right()),
        (small.top(), box.top()),
        (small.bottom(), box.bottom()),
    ):
        assert abs(length - large * scale) <= 2
    assert small.right() < 200 * ratio and small.bottom() < 160 * ratio

    # And what is read is the same, and there is more room again
    assert canvas.ink.strokes == strokes
    canvas.resize(400, 400)
    assert scale_of(canvas) == 1.0
    assert picture_of(canvas, ratio) == before


def test_ink_that_fits_is_not_scaled(canvas: InkCanvas) -> None:
    draw(canvas, FAR)
    canvas.resize(386, 306)
    assert scale_of(canvas) == 1.0


def test_what_one_writes_lies_under_the_pen(shrunk: InkCanvas) -> None:
    # When one writes at the corner of what is seen
    scale = scale_of(shrunk)
    corner = QPoint(round(380 * scale), round(60 * scale))
    draw(shrunk, [corner, corner + QPoint(0, 40)])

    # Then the ink is there on the paper
    first, *_, last = places(shrunk.ink.strokes[-1])
    assert first == pytest.approx((corner.x() / scale, corner.y() / scale))
    assert last == pytest.approx((corner.x() / scale, (corner.y() + 40) / scale))

    # And no pixel of it is anywhere else when there is more room
    shrunk.resize(400, 400)
    assert abs(ink_box(shrunk).right() - 386) <= 2


def test_a_live_stroke_looks_as_when_it_is_finished(shrunk: InkCanvas) -> None:
    mouse = Mouse(shrunk)
    mouse.press(20, 20)
    for step in range(60):
        mouse.move(20 + step, 20 + step)
    live = picture_of(shrunk, 1.0)
    mouse.release(79, 79)
    painted = pixels_of(picture_of(shrunk, 1.0))
    assert np.abs(pixels_of(live) - painted).max() <= 40
    shrunk.set_pen_width(shrunk.pen_width)  # Painted anew.
    assert np.abs(pixels_of(picture_of(shrunk, 1.0)) - painted).max() <= 40


def test_the_pen_size_is_scaled_too(shrunk: InkCanvas) -> None:
    ink = Theme.of(shrunk.palette()).ink
    thin = count(pixels_of(picture_of(shrunk, 2.0)), ink)
    shrunk.set_pen_width(2 * shrunk.pen_width)
    assert 1.6 < count(pixels_of(picture_of(shrunk, 2.0)), ink) / thin < 2.4


def test_the_eraser_erases_what_it_touches_on_the_screen(shrunk: InkCanvas) -> None:
    scale, pen = scale_of(shrunk), Pen(shrunk, eraser=True)

    pen.draw([(380 * 0.9, 150), (380 * 0.9, 160)])  # Where the ink would be without scaling.
    assert len(shrunk.ink.strokes) == 1

    pen.draw([(380 * scale - 7, 150 * scale), (380 * scale - 7, 160 * scale)])
    assert shrunk.ink.is_empty


def test_frames_and_taps_follow(shrunk: InkCanvas) -> None:
    # Given frames that were set before it became small, and after
    for resized in (False, True):
        if resized:
            shrunk.resize(400, 400)
        shrunk.frame_marks([Box(300, 60, 80, 240), Box(10, 10, 20, 20)], 0)
        shrunk.resize(200, 200)
        scale = scale_of(shrunk)
        tapped: list[tuple[int, QRect]] = []
        shrunk.mark_tapped.connect(lambda mark, area, to=tapped: to.append((mark, area)))

        # When one taps within the first one, as it is seen
        QTest.mouseClick(
            shrunk, Qt.MouseButton.LeftButton, pos=QPoint(round(340 * scale), round(200 * scale))
        )

        # Then
        assert len(shrunk.ink.strokes) == 1
        ((mark, area),) = tapped
        assert mark == 0
        inside = area.translated(shrunk.mapFromGlobal(QPoint()))
        assert shrunk.rect().contains(inside)
        assert abs(inside.left() - (300 * scale - 6 * scale - 5)) <= 1
        accent = Theme.of(shrunk.palette()).accent
        picture = pixels_of(picture_of(shrunk, 1.0))
        middle = inside.center().y()
        assert count(picture[middle : middle + 1, inside.left() - 2 : inside.left() + 3], accent)
        shrunk.mark_tapped.disconnect()


def test_the_keyboards_pen_writes_where_it_is_seen(shrunk: InkCanvas) -> None:
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space):
        QTest.keyClick(shrunk, key)
    scale = scale_of(shrunk)
    assert np.allclose(
        places(shrunk.ink.strokes[-1]), [[100 / scale] * 2, [100 / scale, 108 / scale]]
    )


def test_an_empty_canvas_has_its_own_size_again(shrunk: InkCanvas) -> None:
    small = scale_of(shrunk)
    shrunk.clear()
    assert scale_of(shrunk) == 1.0
    shrunk.undo()
    assert scale_of(shrunk) == small
    shrunk.show_ink(golden_digit("7"))
    shrunk.resize(400, 400)
    shrunk.undo()
    assert scale_of(shrunk) == 1.0


def test_a_line_that_left_the_canvas_leaves_it_as_it_is(canvas: InkCanvas) -> None:
    draw(canvas, [QPoint(100, 100), QPoint(900, 120), QPoint(-300, 120)])
    for width in (390, 380, 390):
        canvas.resize(width, 400)
        assert scale_of(canvas) == pytest.approx((width - 8) / 400)
    canvas.resize(400, 400)
    assert scale_of(canvas) == 1.0


def test_what_is_written_on_a_small_canvas_stays_in_sight_on_a_larger_one(
    shrunk: InkCanvas,
) -> None:
    """It is written where there was no paper at the first size."""
    scale = scale_of(shrunk)
    draw(shrunk, [QPoint(20, 190), QPoint(60, 190)])
    assert shrunk.ink.bounds.bottom == pytest.approx(190 / scale)

    shrunk.resize(400, 300)

    assert 250 < ink_box(shrunk).bottom() < 300


def test_under_a_pen_nothing_moves(canvas: InkCanvas) -> None:
    # Given
    draw(canvas, FAR)
    mouse = Mouse(canvas)
    mouse.press(50, 50)

    # When the canvas becomes small while one writes
    canvas.resize(200, 200)
    mouse.move(60, 60)

    # Then only the end of the stroke brings the rest into sight
    assert scale_of(canvas) == 1.0
    assert places(canvas.ink.strokes[-1]) == [(50.0, 50.0), (60.0, 60.0)]
    mouse.release(60, 60)
    assert scale_of(canvas) < 0.7


def test_opening_the_panel_leaves_the_drawing_in_sight(
    pad: PadWindow, wait_until: Callable[..., None]
) -> None:
    # Given a digit in the middle of a large canvas
    pad.resize(1200, 700)
    QApplication.processEvents()
    pad.show_ink(golden_digit("7"))
    wait_until(pad.bars.painted, lambda: pad.answer.text == "7")
    right = pad.canvas.ink.bounds.right

    # When
    pad.understanding.open()
    pad.canvas.resize(round(right) - 50, pad.canvas.height())

    # Then
    assert ink_box(pad.canvas).right() < pad.canvas.width() - 5
    assert pad.canvas.ink.bounds.right == right
