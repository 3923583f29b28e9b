"""Pictures for the tests of the window, drawn from the bundled golden ink, and readers of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from digitpad.core.reading import Box, DigitReading, Reading, Status
from digitpad.ui.pad_window import PadWindow
from digitpad.ui.pictures.page import PicturePage
from tests.conftest import WaitUntil
from tests.pictures import draw_picture, golden_digit

Open = Callable[[Path | str], PicturePage]

WIDTH, HEIGHT = 60, 100
"""Room for one digit in `written`."""


def written(*lines: str, paper: int = 255, colour: int = 0) -> Image.Image:
    """Return a page with these lines of digits."""
    columns = max(map(len, lines))
    page = Image.new("L", (columns * WIDTH + 80, len(lines) * HEIGHT + 80), paper)
    for row, line in enumerate(lines):
        for column, label in enumerate(line):
            digit = draw_picture(
                golden_digit(label), (WIDTH, HEIGHT), height=54, width=6, paper=paper, colour=colour
            )
            page.paste(digit, (40 + column * WIDTH, 40 + row * HEIGHT))
    return page


def digit_reading(
    digit: int, box: Box, line: int = 0, status: Status = Status.DIGIT
) -> DigitReading:
    probabilities = tuple(0.91 if number == digit else 0.01 for number in range(10))
    return DigitReading(probabilities, box, status=status, line=line)


def reading_of(*lines: str) -> Reading:
    """Return a reading of a page as `written` makes it; "?" is a mark that is no digit."""
    digits = []
    for row, line in enumerate(lines):
        for column, label in enumerate(line):
            box = Box(50 + column * WIDTH, 60 + row * HEIGHT, WIDTH - 20, HEIGHT - 40)
            status = Status.NOT_A_DIGIT if label == "?" else Status.DIGIT
            digits.append(digit_reading(0 if label == "?" else int(label), box, row, status))
    return Reading(tuple(digits))


def saved(path: Path, *lines: str) -> Path:
    """Save a page with these lines as a file, in the format of its name."""
    written(*lines).save(path)
    return path


@pytest.fixture(autouse=True)
def emptied_clipboard(qapp: QApplication) -> Iterator[None]:
    """Leave nothing there that Python made: the clipboard outlives Python, and would crash."""
    yield
    QGuiApplication.clipboard().clear()


@pytest.fixture
def show(pad: PadWindow, wait_until: WaitUntil) -> Open:
    """Open a picture in the window and wait until it is read."""

    def open_(path: Path | str) -> PicturePage:
        pad.files.open_file(str(path))
        return read_page(pad, wait_until)

    return open_


def read_page(pad: PadWindow, wait_until: WaitUntil) -> PicturePage:
    """Wait until the picture that was opened is read; return its page."""
    wait_until(pad.digit_shown, lambda: pad.pictures.page is not None and bool(pad.panel.marks))
    page = pad.pictures.page
    assert page is not None
    return page
