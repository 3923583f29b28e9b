"""Numbers below each other on the pad: shown, copied, corrected and saved row by row."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from digitpad.core.drawing_files import load_drawing
from digitpad.core.ink import Ink
from digitpad.core.reader import Reader
from digitpad.ui.pad_window import PadWindow
from digitpad.ui.theme import Theme
from tests.conftest import WaitUntil
from tests.synthetic_ink import number_ink
from tests.ui.conftest import PALETTES, OpenPad, picture_of
from tests.ui.hand import Pen

HEIGHT = 70.0


def row(text: str, top: float) -> Ink:
    """Return a number on the canvas whose digits begin at `top`."""
    return number_ink(text, 20.0, top, HEIGHT, 22.0)


ROWS = Ink((*row("47", 40.0).strokes, *row("283", 150.0).strokes))


def said(pad: PadWindow) -> str:
    return " ".join(mark.sign for mark in pad.panel.marks)


@pytest.fixture
def rows(pad: PadWindow, wait_until: WaitUntil) -> PadWindow:
    """The window with 47 and, below it, 283."""
    for stroke in ROWS.strokes:
        Pen(pad.canvas).draw([(float(x), float(y)) for x, y in stroke[:, :2]], 1.0)
    wait_until(pad.recognizer.answered, lambda: said(pad) == "4 7 2 8 3")
    return pad


def test_rows_are_written_read_and_copied_one_below_the_other(rows: PadWindow) -> None:
    rows.files.copy_answer.trigger()

    assert QGuiApplication.clipboard().text() == "47\n283"
    assert rows.panel.shown == 4


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_a_line_in_the_strip_parts_the_rows(rows: PadWindow, theme: str, ratio: float) -> None:
    # Given
    rows.strip.setPalette(PALETTES[theme]())
    cells = rows.strip.cells
    gaps = [right.x() - left.geometry().right() for left, right in pairwise(cells)]

    # Then the gap between the rows is the wide one, and a line stands in it from top to bottom
    assert gaps[1] > 2 * max(*gaps[:1], *gaps[2:])
    picture = picture_of(rows.strip, ratio)
    muted = Theme.of(rows.strip.palette()).muted.rgb()
    left, right = cells[1].geometry().right() + 1, cells[2].x()
    middle = picture.height() // 2
    columns = range(round(left * ratio), round(right * ratio))
    assert muted in [picture.pixel(x, middle) for x in columns]


def test_a_digit_is_joined_within_its_row_alone(rows: PadWindow) -> None:
    joins = rows.digits.join_left, rows.digits.join_right
    enabled = []
    for place in range(5):
        rows.panel.choose(place)
        enabled.append(tuple(join.isEnabled() for join in joins))

    assert enabled == [
        (False, True),
        (True, False),
        (False, True),
        (True, True),
        (True, False),
    ]


def test_parts_that_are_alone_in_their_rows_can_be_joined(
    pad: PadWindow, wait_until: WaitUntil
) -> None:
    # Given
    pad.show_ink(Ink((*row("2", 40.0).strokes, *row("6", 160.0).strokes)))
    wait_until(pad.recognizer.answered, lambda: said(pad) == "2 6")

    # When
    pad.panel.choose(1)
    pad.digits.join_left.trigger()
    wait_until(pad.recognizer.answered, lambda: len(pad.panel.marks) == 1)

    # Then
    assert len(pad.panel.marks[0].digit.group) == 2


@pytest.mark.parametrize("name", ["a.inkml", "a.jsonl"])
def test_a_correction_in_a_row_is_saved_and_comes_back(
    open_pad: OpenPad,
    rows: PadWindow,
    wait_until: WaitUntil,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    # Given
    rows.digits.label(3, "5")
    path = tmp_path / name
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    rows.files.save.trigger()
    assert (load_drawing(path).item.label or "").split() == ["47", "253"]

    # When
    other = open_pad(Reader.bundled)
    other.files.open_file(str(path))
    wait_until(other.recognizer.answered, lambda: said(other) == "4 7 2 5 3")

    # Then
    assert other.panel.marks[3].label == "5"
    assert not other.isWindowModified()
