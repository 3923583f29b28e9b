"""What is painted, at one and two device pixels to a logical one, light and dark."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import (
    QAction,
    QColor,
    QFont,
    QFontInfo,
    QGuiApplication,
    QImage,
    QPainterPath,
    QPalette,
    QRegion,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QSlider, QWidget

from digitpad.core.corrections import Mark
from digitpad.core.ink import Ink
from digitpad.core.reading import Box, Status
from digitpad.ui.answer_view import AnswerView
from digitpad.ui.confidence_bars import ConfidenceBar, ConfidenceBars
from digitpad.ui.digit_cell import DigitCell
from digitpad.ui.digit_popover import DigitPopover
from digitpad.ui.flat_button import FlatButton
from digitpad.ui.ink_canvas import InkCanvas
from digitpad.ui.ink_layer import PIECE_CURVES
from digitpad.ui.network_view import NetworkView
from digitpad.ui.pen_size import PenSize
from digitpad.ui.pictures.label_row import LabelRow
from digitpad.ui.theme import SIGN_CONTRAST, TEXT_CONTRAST, Theme, contrast
from digitpad.ui.tool_button import ToolButton, undo_icon
from digitpad.words import Words
from tests.ui.conftest import PALETTES, Speak, picture_of
from tests.ui.hand import Mouse, Pen, draw, three_points
from tests.ui.test_pad_window import digit_of, marks_of

TASKS = Path("/proc/self/task")
RATIOS = [1.0, 1.25, 2.0]
everywhere = pytest.mark.parametrize("ratio", RATIOS)
both_palettes = pytest.mark.parametrize("palette", PALETTES)

Pixels = NDArray[np.int64]


def pixels_of(image: QImage) -> Pixels:
    """Shape (height, width, 3), 0..255."""
    flat = np.frombuffer(image.constBits(), np.uint8)
    rows = flat.reshape(image.height(), image.bytesPerLine())[:, : image.width() * 4]
    return rows.reshape(image.height(), image.width(), 4)[:, :, 2::-1].astype(np.int64)


def count(pixels: Pixels, colour: object, tolerance: int = 3) -> int:
    """How many pixels have a colour."""
    rgb = np.array([colour.red(), colour.green(), colour.blue()])  # type: ignore[attr-defined]
    return int((np.abs(pixels - rgb).max(axis=2) <= tolerance).sum())


def part(pixels: Pixels, area: QRect, ratio: float) -> Pixels:
    left, top = round(area.left() * ratio), round(area.top() * ratio)
    right = round((area.left() + area.width()) * ratio)
    bottom = round((area.top() + area.height()) * ratio)
    return pixels[top:bottom, left:right]


@everywhere
@both_palettes
def test_bars_are_as_long_as_their_probabilities(
    qapp: QApplication, palette: str, ratio: float
) -> None:
    # Given bars with a winner of 60 % and others of 4.4 % each
    bars = ConfidenceBars()
    bars.setPalette(PALETTES[palette]())
    bars.resize(400, 320)
    bars.show_digit(digit_of(3, 0.6))

    # When
    pixels = pixels_of(picture_of(bars, ratio))

    # Then the winner's bar covers about 60 % of its track, and nothing else has its colour
    theme = Theme.of(bars.palette())
    rows = [part(pixels, bar.geometry(), ratio) for bar in bars.bars]
    filled, empty = longest_run(rows[3], theme.accent), longest_run(rows[3], theme.track)
    assert filled / (filled + empty) == pytest.approx(0.6, abs=0.03)
    assert [count(row, theme.accent) > 0 for row in rows] == [n == 3 for n in range(10)]
    assert longest_run(rows[5], theme.bar) / (filled + empty) == pytest.approx(0.044, abs=0.03)
    bars.deleteLater()


def test_a_bar_that_is_not_painted_anew_looks_as_if_it_were(qapp: QApplication) -> None:
    # Given a bar
    bar = ConfidenceBar(3)
    bar.resize(400, 32)
    bar.show_probability(0.60004, is_winner=True)
    before = pixels_of(picture_of(bar, 1.0))

    # When an answer comes that is too much like the last one to be painted
    bar.show_probability(0.59996, is_winner=True)

    # Then a painting for another reason, as when a window lay over it, changes no pixel
    assert np.array_equal(pixels_of(picture_of(bar, 1.0)), before)
    bar.deleteLater()


def longest_run(row: Pixels, colour: object) -> int:
    """The most pixels of a colour in one line of pixels."""
    return max(count(line[None], colour) for line in row)


@pytest.mark.parametrize("width", [45, 48, 53])
def test_the_bars_of_the_strip_are_sharp_and_all_as_wide(qapp: QApplication, width: int) -> None:
    # Given a digit of the strip, on a screen without scaling
    strip = QWidget()
    cell = DigitCell(strip)
    cell.resize(width, 48)
    accent = Theme.of(cell.palette()).accent
    rgb = np.array([accent.red(), accent.green(), accent.blue()])
    widths = set()
    for digit in range(10):
        cell.show_mark(marks_of(digit, 1.0)[0], 0, 2, is_shown=False)

        # When
        pixels = pixels_of(picture_of(cell, 1.0))

        # Then its bar has the accent's colour up to its edges
        bar = np.abs(pixels - rgb).max(axis=2) <= 3
        columns, rows = bar.any(axis=0), bar.any(axis=1)
        assert bar.sum() == columns.sum() * rows.sum() > 0
        left, wide = int(columns.argmax()), int(columns.sum())
        beside = pixels[rows][:-1, [left - 1, left + wide]]
        assert (beside == beside[0, 0]).all()
        widths.add(wide)
    assert len(widths) == 1
    strip.deleteLater()


@everywhere
@both_palettes
def test_the_winner_differs_by_shape_too(qapp: QApplication, palette: str, ratio: float) -> None:
    # Given two bars of the same probability, of which one is the winner
    pictures = []
    for is_winner in (True, False):
        bar = ConfidenceBar(4)
        bar.setPalette(PALETTES[palette]())
        bar.resize(300, 30)
        bar.show_probability(0.5, is_winner)
        pictures.append(pixels_of(picture_of(bar, ratio)))
        bar.deleteLater()

    # Then there is a sign on the left of the digit, which the other has not
    margin = round(12 * ratio)
    signs = [len(np.unique(p[:, :margin].reshape(-1, 3), axis=0)) for p in pictures]
    assert signs[0] > 1
    assert signs[1] == 1


def test_only_bars_that_look_different_are_painted_again(qapp: QApplication) -> None:
    # Given bars on the screen
    bars = ConfidenceBars()
    first = digit_of(3, 0.6)
    bars.show_digit(first)
    painted: set[int] = set()
    for number, bar in enumerate(bars.bars):
        bar.painted.connect(partial(painted.add, number))
    bars.show()
    qapp.processEvents()
    while painted:  # Until all that a new window hears of has been painted.
        painted.clear()
        qapp.processEvents()

    # When a little of what is likely moves from the 3 to the 5
    moved = list(first.probabilities)
    moved[3], moved[5] = moved[3] - 0.01, moved[5] + 0.01
    bars.show_digit(replace(first, probabilities=tuple(moved)))
    qapp.processEvents()

    # Then these are painted, and the last, which tells that all have been
    assert painted == {3, 5, 9}
    assert bars.probabilities == tuple(moved)
    bars.close()
    bars.deleteLater()


@everywhere
@both_palettes
def test_resting_bars_show_nothing_filled(qapp: QApplication, palette: str, ratio: float) -> None:
    # Given bars that have shown an answer
    bars = ConfidenceBars()
    bars.setPalette(PALETTES[palette]())
    bars.resize(400, 320)
    at_rest = pixels_of(picture_of(bars, ratio))
    bars.show_digit(digit_of(3, 0.6))
    assert not np.array_equal(pixels_of(picture_of(bars, ratio)), at_rest)

    # When
    bars.clear_reading()

    # Then
    assert np.array_equal(pixels_of(picture_of(bars, ratio)), at_rest)
    bars.deleteLater()


def test_no_bar_is_marked_when_it_is_no_digit(qapp: QApplication) -> None:
    # Given
    bars = ConfidenceBars()

    # When
    bars.show_digit(digit_of(3, 0.6, Status.NOT_A_DIGIT))

    # Then
    assert not any(bar.is_winner for bar in bars.bars)
    bars.deleteLater()


@everywhere
@both_palettes
def test_a_stroke_is_painted_with_its_width_and_sharp_edges(
    canvas: InkCanvas, palette: str, ratio: float
) -> None:
    # Given an upright stroke
    canvas.setPalette(PALETTES[palette]())
    draw(canvas, [QPoint(200, 100), QPoint(200, 300)])

    # When
    pixels = pixels_of(picture_of(canvas, ratio))

    # Then a line across it has as many pixels of ink as the pen is wide, and at most one half
    # covered pixel on either side: nothing was scaled
    theme = Theme.of(canvas.palette())
    line = pixels[round(200 * ratio)][None]
    inked = count(line, theme.ink)
    width = canvas.pen_width * ratio
    assert width - 2 <= inked <= width + 0.5
    assert line.shape[1] - inked - count(line, theme.paper) <= 2 + 2 * np.ceil(ratio) + 2


PLACES = [
    (corner + 50 * (step * 0.37 % 1), corner + 50 * (step * 0.61 % 1))
    for corner in (30, 320, 30)
    for step in range(PIECE_CURVES)
]
"""Of a long stroke from one corner to the other and back: where it crosses the paper, only the
first or last of the curves that are painted together can be seen."""


@everywhere
def test_what_grew_point_by_point_looks_as_if_painted_at_once(
    canvas: InkCanvas, ratio: float
) -> None:
    # Given a drawing that was painted as it came: strokes, erased ones, undone ones
    picture_of(canvas, ratio)
    pen = Pen(canvas)
    mouse = Mouse(canvas)
    for shift in range(4):
        pen.press(50 + 60 * shift, 40, 0.3)
        for step in range(120):
            place = (50 + 60 * shift + 30 * np.sin(step / 9), 40 + 2.5 * step)
            pen.move(*place, 0.3 + step / 200)
        pen.release(90 + 60 * shift, 350)
    Pen(canvas, eraser=True).draw([(10.0, 200.0), (80.0, 200.0)])
    mouse.press(*PLACES[0])
    for place in PLACES[1:]:
        mouse.move(*place)
    mouse.release(*PLACES[-1])
    mouse.press(330, 70)  # In a corner: what it crosses is painted anew when it goes.
    mouse.move(380, 20)
    mouse.release(380, 20)
    canvas.undo()
    canvas.resize(500, 420)
    grown = pixels_of(picture_of(canvas, ratio))

    # When the same ink is painted by a canvas that gets it at once
    other = InkCanvas()
    other.setPalette(canvas.palette())
    other.resize(canvas.size())
    other.show_ink(canvas.ink)
    fresh = pixels_of(picture_of(other, ratio))

    # Then no pixel differs by more than rounding
    assert np.abs(grown - fresh).max() <= 2
    other.deleteLater()


@pytest.mark.skipif(not TASKS.is_dir(), reason="names threads as Linux does")
def test_the_window_waits_for_no_other_thread_to_paint_ink(
    qapp: QApplication, canvas: InkCanvas
) -> None:
    canvas.show()
    qapp.processEvents()

    # Two strips are no rectangle; Qt would part their lines among threads.
    canvas.update(QRegion(0, 0, 20, canvas.height()) + QRegion(60, 0, 20, canvas.height()))
    qapp.processEvents()

    assert "Thread (pooled)" not in {(task / "comm").read_text()[:-1] for task in TASKS.iterdir()}


def test_a_live_stroke_survives_that_the_paper_is_painted_anew(canvas: InkCanvas) -> None:
    # Given a long stroke with the button still down
    mouse = Mouse(canvas)
    mouse.press(*PLACES[0])
    for place in PLACES[1:]:
        mouse.move(*place)
    before = pixels_of(picture_of(canvas, 1.0))

    # When all is painted anew, with the same look
    canvas.set_pen_width(canvas.pen_width)

    # Then
    assert np.abs(pixels_of(picture_of(canvas, 1.0)) - before).max() <= 2


def test_the_live_stroke_is_seen_before_it_ends(canvas: InkCanvas) -> None:
    # Given
    ink = Theme.of(canvas.palette()).ink
    mouse = Mouse(canvas)

    # When the button is still down
    mouse.press(100, 100)
    mouse.move(300, 100)

    # Then
    assert count(pixels_of(picture_of(canvas, 1.0))[100][None], ink) > 190


def test_a_harder_pressed_pen_paints_a_wider_line(canvas: InkCanvas) -> None:
    # Given
    ink = Theme.of(canvas.palette()).ink
    Pen(canvas).draw([(100.0, 100.0), (100.0, 300.0)], pressure=0.1)
    Pen(canvas).draw([(300.0, 100.0), (300.0, 300.0)], pressure=1.0)

    # When
    line = pixels_of(picture_of(canvas, 2.0))[400][None]

    # Then
    thin, thick = count(line[:, :400], ink), count(line[:, 400:], ink)
    assert 4 <= thin < 0.7 * thick


@both_palettes
def test_the_hint_goes_with_the_first_stroke_and_comes_back(
    canvas: InkCanvas, palette: str
) -> None:
    # Given empty paper with a hint
    canvas.setPalette(PALETTES[palette]())
    blank = pixels_of(picture_of(canvas, 1.0))
    middle = slice(180, 220)
    assert len(np.unique(blank[middle].reshape(-1, 3), axis=0)) > 3

    # When a dot is made in a corner
    Mouse(canvas).press(40, 40)

    # Then the middle is plain paper; and when the dot is undone, the hint is back
    inside = pixels_of(picture_of(canvas, 1.0))[middle, 20:-20]
    assert len(np.unique(inside.reshape(-1, 3), axis=0)) == 1
    canvas.undo()
    assert np.array_equal(pixels_of(picture_of(canvas, 1.0)), blank)


@pytest.mark.parametrize(("side", "lines"), [(400, 2), (150, 1)])
def test_blank_paper_says_what_can_be_done_besides_where_there_is_room(
    canvas: InkCanvas, side: int, lines: int
) -> None:
    # Given
    canvas.resize(side, side)
    canvas.invite(Words("Write"), Words("or drop a picture of them"))

    # When
    hint = pixels_of(picture_of(canvas, 1.0))[side // 3 : -side // 3, 20:-20]

    # Then there is a line of words, or there are two
    has_words = (hint != hint[0, 0]).any(axis=(1, 2)).astype(np.int64)
    assert (np.diff(has_words) == 1).sum() == lines


def test_ink_far_outside_is_clipped(canvas: InkCanvas) -> None:
    # Given ink that leaves the canvas by far on all sides
    far = Ink.from_points([[(-1e9, 200.0), (1e9, 200.0)], [(200.0, 1e9), (200.0, -1e9)]])

    # When
    canvas.show_ink(far)
    pixels = pixels_of(picture_of(canvas, 1.0))

    # Then the cross is there, and the corners of the paper stay round
    theme = Theme.of(canvas.palette())
    assert count(pixels[200][None], theme.ink) > 390
    assert count(pixels[:3, :3], theme.window) > 5


@pytest.mark.parametrize("side", [400, 401, 402, 403])
def test_outside_the_round_corners_nothing_shines_through(canvas: InkCanvas, side: int) -> None:
    # Given a canvas whose edge lies between two pixels of the screen
    canvas.resize(side, side)

    # When
    pixels = pixels_of(picture_of(canvas, 1.25))

    # Then its outermost pixels are the window's up to where the border begins to bend
    theme = Theme.of(canvas.palette())
    for edge in (pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]):
        assert count(edge[None, :8], theme.window, 0) == 8


@everywhere
def test_the_networks_view_shows_each_pixel(qapp: QApplication, ratio: float) -> None:
    # Given a picture with a single pixel of ink
    view = NetworkView()
    view.setPalette(PALETTES["light"]())
    view.resize(view.sizeHint())
    seen = np.zeros((28, 28), np.float32)
    before = pixels_of(picture_of(view, ratio))
    seen[5, 9] = 1.0

    # When
    view.show_pixels(seen)

    # Then it is a square of three by three logical pixels
    after = pixels_of(picture_of(view, ratio))
    changed = np.argwhere(np.abs(after - before).max(axis=2) > 8)
    height, width = np.ptp(changed, axis=0) + 1
    assert abs(height - 3 * ratio) < 1
    assert abs(width - 3 * ratio) < 1
    view.deleteLater()


def test_the_networks_view_ends_where_the_bars_do_also_below_long_words(
    qapp: QApplication, speak: Speak
) -> None:
    # Given words below that are longer than the picture is wide
    speak("de")
    view = NetworkView()
    view.setPalette(PALETTES["light"]())
    view.set_small(is_small=True)
    view.resize(view.sizeHint())

    # Then its frame stands at the right edge
    pixels = pixels_of(picture_of(view, 1.0))
    assert count(pixels[:50, -1:], Theme.of(view.palette()).border) == 50
    view.deleteLater()


@pytest.mark.parametrize("kind", [ConfidenceBars, NetworkView])
def test_another_font_is_followed(
    qapp: QApplication, kind: type[ConfidenceBars] | type[NetworkView]
) -> None:
    # Given one that was painted, and the font that comes next
    follower, font = kind(), QFont(qapp.font())
    picture_of(follower, 1.0)
    font.setPixelSize(QFontInfo(font).pixelSize() * 2)

    # When
    follower.setFont(font)

    # Then it looks like one that had that font from the start
    before = qapp.font()
    qapp.setFont(font)
    other = kind()
    qapp.setFont(before)
    other.setFont(font)
    assert follower.sizeHint() == other.sizeHint()
    for widget in (follower, other):
        widget.resize(follower.sizeHint())
    assert (pixels_of(picture_of(follower, 1.0)) == pixels_of(picture_of(other, 1.0))).all()
    for widget in (follower, other):
        widget.deleteLater()


@both_palettes
def test_colours_can_be_told_apart(qapp: QApplication, palette: str) -> None:
    # Given
    theme = Theme.of(PALETTES[palette]())

    # Then text and signs have the contrast that WCAG AA asks for
    assert contrast(theme.text, theme.window) >= TEXT_CONTRAST
    assert contrast(theme.muted, theme.window) >= TEXT_CONTRAST
    assert contrast(theme.hint, theme.paper) >= TEXT_CONTRAST
    assert contrast(theme.text, theme.track) >= TEXT_CONTRAST
    assert contrast(theme.accent, theme.track) >= SIGN_CONTRAST
    assert contrast(theme.focus, theme.window) >= SIGN_CONTRAST
    assert contrast(theme.frame, theme.paper) >= SIGN_CONTRAST


@both_palettes
@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_frames_of_marks_are_sharp(qapp: QApplication, palette: str, ratio: float) -> None:
    # Given two marks whose boxes lie between pixels
    canvas = InkCanvas()
    canvas.setPalette(PALETTES[palette]())
    canvas.resize(300, 300)
    canvas.frame_marks([Box(50.3, 60.4, 50, 100), Box(180.3, 60.4, 50, 100)], 1)

    # When
    pixels = pixels_of(picture_of(canvas, ratio))
    theme = Theme.of(canvas.palette())

    # Then their straight sides are of the full colour, which is as dark as it must be
    sides = 2 * (50 + 100) * ratio
    assert count(pixels, theme.frame) >= sides
    assert count(pixels, theme.accent) >= 2 * sides
    canvas.deleteLater()


def test_paper_of_the_windows_colour_has_a_border_that_is_seen() -> None:
    # Given a palette for high contrast: all grounds are black
    theme = Theme.of(QPalette(QColor("black"), QColor("black")))

    # Then
    assert theme.paper == theme.window
    assert contrast(theme.border, theme.window) >= SIGN_CONTRAST


@both_palettes
def test_caption_and_dots_fade_with_what_they_belong_to(qapp: QApplication, palette: str) -> None:
    # Given the caption of the keys below a picture, and the dots beside the slider
    row, pen_size = LabelRow(), PenSize(8)
    caption, *_ = row.findChildren(QLabel)
    dots = [each for each in pen_size.findChildren(QWidget) if not isinstance(each, QSlider)]
    for owner in (row, pen_size):
        owner.setPalette(PALETTES[palette]())
        owner.resize(owner.sizeHint())
        owner.show()

    # When they are disabled
    faint = []
    for is_enabled in (True, False):
        row.setEnabled(is_enabled)
        pen_size.setEnabled(is_enabled)
        faint.append([contrast_in(each) for each in (caption, *dots)])

    # Then each is fainter than before, and as faint as the keys
    before, after = faint
    assert all(now < 0.6 * then for then, now in zip(before, after, strict=True))
    assert after[0] == pytest.approx(contrast_in(row.buttons["0"]), abs=0.5)
    row.close()
    pen_size.close()


def resting(button: QPushButton) -> QPushButton:
    """The button, with light colours and disabled."""
    button.setPalette(PALETTES["light"]())
    button.resize(button.sizeHint())
    button.setEnabled(False)
    return button


def contrast_in(widget: QWidget) -> float:
    """Of words, or a sign, with what they stand on."""
    colours = [QColor(*rgb) for rgb in pixels_of(picture_of(widget, 1.0)).reshape(-1, 3).tolist()]
    colours.sort(key=QColor.lightness)
    return contrast(colours[0], colours[-1])


def test_what_rests_is_faded_once(qapp: QApplication) -> None:
    # Given a button of each kind, disabled
    flat = FlatButton()
    flat.say("Fit", "")
    resting(flat)
    tool = resting(ToolButton(QAction("Fit"), QPainterPath()))

    # Then the words on both are as faint
    assert contrast_in(flat) == pytest.approx(contrast_in(tool), abs=0.3)
    flat.deleteLater()
    tool.deleteLater()


def test_a_change_to_dark_is_kept_by_what_rested_meanwhile(qapp: QApplication) -> None:
    # Given a button that was disabled when the system became dark
    button = resting(ToolButton(QAction("Undo"), undo_icon()))
    dark = PALETTES["dark"]()
    faint = QColor("#606060")
    dark.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText, faint)
    button.setPalette(dark)

    # When
    button.setEnabled(True)

    # Then
    assert contrast_in(button) >= TEXT_CONTRAST
    button.deleteLater()


def test_the_window_follows_a_change_from_light_to_dark(canvas: InkCanvas) -> None:
    # Given a drawing on light paper
    draw(canvas, three_points())

    # When
    canvas.setPalette(PALETTES["dark"]())
    pixels = pixels_of(picture_of(canvas, 1.0))

    # Then the ink is light on dark paper
    theme = Theme.of(PALETTES["dark"]())
    assert count(pixels, theme.ink) > 1_000
    assert count(pixels, theme.paper) > 100_000


def test_the_answers_words_follow_a_change_from_light_to_dark(qapp: QApplication) -> None:
    # Given an answer on light ground
    view = AnswerView()
    view.setPalette(PALETTES["light"]())
    view.resize(300, 100)
    view.show_marks([Mark(digit_of(3, 0.6))])

    # When
    view.setPalette(PALETTES["dark"]())
    pixels = pixels_of(picture_of(view, 1.0))

    # Then its words have the colours of dark ground
    theme = Theme.of(PALETTES["dark"]())
    assert count(pixels, theme.text) > 50
    assert count(pixels, Theme.of(PALETTES["light"]()).text) == 0
    view.deleteLater()


@everywhere
def test_a_button_has_the_same_edges_with_the_focus_and_without(
    qapp: QApplication, ratio: float
) -> None:
    # Given a button at rest
    button = ToolButton(QAction("Undo"), undo_icon())
    button.setPalette(PALETTES["light"]())
    button.resize(button.sizeHint())
    button.clearFocus()
    at_rest = painted(button, ratio)

    # When
    button.show()
    button.activateWindow()
    assert QTest.qWaitForWindowActive(button)
    button.setFocus()

    # Then both fill the whole button, so that it stands flush with what is above and below it
    assert count(pixels_of(picture_of(button, ratio)), Theme.of(button.palette()).focus) > 0
    whole = (button.size().toSizeF() * ratio).toSize()
    assert at_rest == painted(button, ratio) == QRect(QPoint(0, 0), whole)
    button.close()
    button.deleteLater()


def painted(widget: QWidget, ratio: float) -> QRect:
    """What of a widget differs from the window's ground, in pixels of the screen."""
    ground = widget.palette().window().color()
    pixels = pixels_of(picture_of(widget, ratio))
    differs = np.abs(pixels - [ground.red(), ground.green(), ground.blue()]).max(axis=2) > 3
    across, down = (np.flatnonzero(differs.any(axis=axis)) for axis in (0, 1))
    return QRect(QPoint(int(across[0]), int(down[0])), QPoint(int(across[-1]), int(down[-1])))


@everywhere
@pytest.mark.parametrize("platform", ["wayland", "xcb"])
def test_the_corners_of_what_is_offered_have_no_steps(
    qapp: QApplication, platform: str, ratio: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given what is offered for a digit, where what lies below its corners shows, and where not
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: platform)
    window = QWidget()
    popover = DigitPopover(QAction("Split"), QAction("Left"), QAction("Right"), window)
    popover.adjustSize()

    # When
    image = QImage((popover.size().toSizeF() * ratio).toSize(), QImage.Format.Format_ARGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(0, 0, 0, 0))
    popover.render(image)

    # Then the corners are round and soft there, and square here; no pixel of them is cut off
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    side = round(12 * ratio)
    levels = np.unique(flat[:side, :side, 3])
    assert popover.mask().isEmpty()
    assert len(levels) > 10 if platform == "wayland" else levels.tolist() == [255]
    window.deleteLater()


@pytest.mark.parametrize("words", ["Next", "&Next"])
def test_the_letter_that_is_a_buttons_key_is_underlined(qapp: QApplication, words: str) -> None:
    # Given
    button = FlatButton()
    button.say(words)
    button.setPalette(PALETTES["light"]())
    button.resize(button.sizeHint())

    # When
    ink = pixels_of(picture_of(button, 1.0)).max(axis=2) < 100

    # Then there is a line below the words, and no ampersand among them
    base = (button.height() + button.fontMetrics().capHeight()) // 2
    line = ink[base + 1 :].any()
    assert line == ("&" in words)
    plain = FlatButton()
    plain.say("Next")
    assert button.sizeHint() == plain.sizeHint()
    for each in (button, plain):
        each.deleteLater()
