"""Pages of the panel saved and printed, each with its drawing on one sheet."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QMainWindow

from digitpad.core.ink import Ink
from digitpad.core.model_file import ModelFileError
from digitpad.core.reading import DigitReading
from digitpad.ui.ink_canvas import InkCanvas
from digitpad.ui.ink_pictures import network_picture
from digitpad.ui.status_line import StatusLine
from digitpad.ui.theme import Theme
from digitpad.ui.understand.page import Page
from digitpad.ui.understand.panel import UnderstandPanel
from digitpad.ui.understand.sheet import Sheet, print_sheet, sheet_pdf, sheet_picture
from digitpad.ui.understand.take_away import NO_PRINTER, NOTHING_SHOWN, TakeAway
from digitpad.words import Words
from digitpad.workers.explainer import Explainer, Question, Workshop
from tests.conftest import WaitUntil
from tests.pictures import golden_digit
from tests.ui.conftest import Choose, dark_palette
from tests.ui.test_painting import pixels_of

RED = QColor("#ff0000")


def _nothing(_workshop: Workshop) -> None:
    return None


class RedPage(Page):
    """Paints itself red, but for a frame in the colour of the theme's paper."""

    title: ClassVar[Words] = Words("A red page")
    tab: ClassVar[Words] = Words("Red")

    def question(self, digit: DigitReading) -> Question[Any]:
        return Question(_nothing, lambda _: None)

    def rest(self) -> None:
        pass

    def sentences(self) -> tuple[str, ...]:
        return ("This page is red.",)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt gives the name.
        return QSize(300, 200)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt gives the name.
        painter = QPainter(self)
        painter.fillRect(self.rect(), Theme.of(self.palette()).paper)
        painter.fillRect(self.rect().adjusted(20, 20, -20, -20), RED)


@pytest.fixture
def window(qapp: QApplication) -> Iterator[QMainWindow]:
    """A dark window with a canvas; its panel has the red page alone."""
    window = QMainWindow()
    window.setPalette(dark_palette())
    window.setCentralWidget(InkCanvas())
    window.show()
    yield window
    for panel in window.findChildren(UnderstandPanel):
        panel.explainer.stop()
    window.close()
    window.deleteLater()


@pytest.fixture
def take_away(window: QMainWindow, wait_until: WaitUntil) -> TakeAway:
    """The strip of an open panel, with a 7 drawn and read."""
    canvas = window.centralWidget()
    assert isinstance(canvas, InkCanvas)
    canvas.show_ink(golden_digit("7"))
    panel = UnderstandPanel(Explainer(), window, pages=(RedPage,))
    strip = TakeAway(panel, canvas, StatusLine(window))
    panel.add_strip(strip)
    panel.resize(400, 500)
    panel.show()
    panel.open(digit())
    wait_until(panel.explainer.shown, lambda: panel.explainer.is_idle)
    return strip


def digit(label: str = "7") -> DigitReading:
    """A reading of a golden digit by the bundled network."""
    from digitpad.core.reader import Reader

    return Reader.bundled().read_ink(golden_digit(label)).digits[0]


def is_of(image: QImage, colour: QColor) -> NDArray[np.bool_]:
    """Where a picture has a colour."""
    pixels = pixels_of(image.convertToFormat(QImage.Format.Format_RGB32))
    return np.asarray((pixels == [colour.red(), colour.green(), colour.blue()]).all(axis=2))


def share(image: QImage, colour: QColor) -> float:
    """How much of a picture has a colour."""
    return float(is_of(image, colour).mean())


@pytest.mark.parametrize(
    ("name", "kind", "saved_as"),
    [
        ("a.png", "", "a.png"),
        ("a", "Picture (*.png)", "a.png"),
        ("a", "PDF (*.pdf)", "a.pdf"),
        ("a.pdf", "Picture (*.png)", "a.pdf"),
        ("a.b", "Picture (*.png)", "a.b.png"),
    ],
)
def test_a_page_is_saved_where_one_says(
    take_away: TakeAway, choose: Choose, tmp_path: Path, name: str, kind: str, saved_as: str
) -> None:
    choose(tmp_path / name, kind)

    take_away.save.trigger()

    assert [entry.name for entry in tmp_path.iterdir()] == [saved_as]
    content = (tmp_path / saved_as).read_bytes()
    assert content.startswith(b"%PDF" if saved_as.endswith("pdf") else b"\x89PNG")
    assert status_of(take_away) == f"Saved as {saved_as}."


def test_the_picture_holds_page_and_drawing_on_white(
    take_away: TakeAway, choose: Choose, tmp_path: Path
) -> None:
    # Given a dark window
    choose(tmp_path / "a.png", "")

    # When
    take_away.save.trigger()

    # Then
    image = QImage(str(tmp_path / "a.png"))
    assert image.width() > 2000
    assert image.pixelColor(0, 0) == QColor("white")
    assert share(image, RED) > 0.2
    sheet = take_away.sheet()
    assert sheet is not None
    # The page's frame of paper is as white as the sheet, although the screen's is dark
    assert sheet.figure.pixelColor(8, 8) == QColor("white")
    dark = Theme.of(take_away._panel.page.palette()).paper
    assert dark == dark_palette().base().color()
    # And the drawing is in the box on the left
    box = image.copy(120, 220, 520, 520)
    assert 0.01 < share(box, QColor("black")) < 0.3


def test_nothing_can_be_taken_away_from_an_empty_canvas(take_away: TakeAway) -> None:
    panel = take_away._panel
    assert take_away.save.isEnabled() and take_away.print.isEnabled()
    panel.show_digit(None)
    assert not take_away.save.isEnabled() and not take_away.print.isEnabled()
    assert take_away.sheet() is None


def test_the_sheet_says_that_the_picture_alone_looks_like_another_digit(
    take_away: TakeAway,
) -> None:
    panel = take_away._panel
    assert panel.digit is not None
    plain = take_away.sheet()
    other = (panel.digit.digit + 2) % 10
    seen = tuple(float(digit == other) for digit in range(10))

    panel.show_digit(replace(panel.digit, by_picture=seen))

    sheet = take_away.sheet()
    assert plain is not None
    assert sheet is not None
    assert sheet.sentences[1:] == plain.sentences
    assert f"looks more like a {other}" in sheet.sentences[0]


def test_of_a_picture_the_sheet_shows_what_the_network_saw(take_away: TakeAway) -> None:
    # Given a 3 of a picture, which lies over the pad with its 7
    panel = take_away._panel
    in_picture = replace(digit("3"), group=())

    # When
    panel.show_digit(in_picture)

    # Then
    sheet = take_away.sheet()
    assert sheet is not None
    assert in_picture.pixels is not None
    seen = network_picture([in_picture.pixels])
    seen.invertPixels()
    assert sheet.drawing == seen.scaled(sheet.drawing.size())


def test_of_a_number_the_sheet_shows_the_digit_that_it_speaks_of(take_away: TakeAway) -> None:
    # Given a 3 beside the 7
    canvas, panel = take_away._canvas, take_away._panel
    alone = take_away.sheet()
    seven, three = golden_digit("7"), golden_digit("3")
    right = seven.bounds.right + seven.bounds.width - three.bounds.left
    beside = three.placed(1.0, right, 0.0)
    canvas.show_ink(Ink((*seven.strokes, *beside.strokes), seven.dot_size))

    # When the 7 is explained
    assert panel.digit is not None
    panel.show_digit(panel.digit)

    # Then
    sheet = take_away.sheet()
    assert alone is not None and sheet is not None
    assert sheet.drawing == alone.drawing


def test_a_digit_whose_stroke_was_just_taken_back_is_shown_as_it_was_seen(
    take_away: TakeAway,
) -> None:
    take_away._canvas.clear()
    sheet = take_away.sheet()
    assert sheet is not None
    assert sheet.drawing.pixelColor(0, 0) == QColor("white")
    assert share(sheet.drawing, QColor("black")) > 0.005


def test_the_sheet_says_how_it_was_read(take_away: TakeAway) -> None:
    sheet = take_away.sheet()
    assert sheet is not None
    assert (sheet.title, sheet.sentences) == ("A red page", ("This page is red.",))
    assert sheet.answer == "Read as 7: sure, >99\xa0%"


def test_a_page_that_is_still_computed_is_waited_for(
    take_away: TakeAway, choose: Choose, tmp_path: Path, wait_until: WaitUntil
) -> None:
    # Given a digit that the page does not show yet
    panel = take_away._panel
    panel.show_digit(digit())
    choose(tmp_path / "a.png", "")

    # When, then nothing is written before it does
    take_away.save.trigger()
    assert not list(tmp_path.iterdir())
    wait_until(panel.explainer.shown, lambda: panel.explainer.is_idle)
    QApplication.processEvents()
    assert (tmp_path / "a.png").exists()


def test_what_was_cleared_meanwhile_is_not_saved(
    take_away: TakeAway, choose: Choose, tmp_path: Path, wait_until: WaitUntil
) -> None:
    panel = take_away._panel
    panel.show_digit(digit())
    choose(tmp_path / "a.png", "")
    take_away.save.trigger()
    panel.show_digit(None)
    panel.show_digit(digit())
    wait_until(panel.explainer.shown, lambda: panel.explainer.is_idle)
    QApplication.processEvents()
    assert not list(tmp_path.iterdir())


def test_what_was_waited_for_is_dropped_with_the_panel(
    take_away: TakeAway, choose: Choose, tmp_path: Path, wait_until: WaitUntil
) -> None:
    # Given a page that is to be saved when it is computed
    panel = take_away._panel
    panel.show_digit(digit())
    choose(tmp_path / "a.png", "")
    take_away.save.trigger()

    # When the panel is closed before, and opened again
    panel.close()
    panel.close_down()
    panel.show()
    panel.open(digit())
    wait_until(panel.explainer.shown, lambda: panel.explainer.is_idle)
    QApplication.processEvents()

    # Then
    assert not list(tmp_path.iterdir())


def test_a_page_that_could_not_be_computed_is_not_saved(
    take_away: TakeAway,
    choose: Choose,
    tmp_path: Path,
    wait_until: WaitUntil,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(_workshop: Workshop) -> None:
        raise ModelFileError("The model file is missing.")

    panel = take_away._panel
    monkeypatch.setattr(panel.page, "question", lambda _: Question(fail, print))
    choose(tmp_path / "a.png", "")
    panel.show_digit(digit())
    take_away.save.trigger()
    wait_until(panel.explainer.failed, lambda: panel.explainer.is_idle)
    QApplication.processEvents()
    assert status_of(take_away) == str(NOTHING_SHOWN)
    assert not list(tmp_path.iterdir())


def test_a_cancelled_dialog_writes_nothing(
    take_away: TakeAway, choose: Choose, tmp_path: Path
) -> None:
    choose("", "")
    take_away.save.trigger()
    assert status_of(take_away) == ""
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_one_line_and_the_old_file_stays(
    take_away: TakeAway, choose: Choose, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"before")
    choose(path, "")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    take_away.save.trigger()

    assert status_of(take_away) == f"{path} could not be written: No space left on device."
    assert path.read_bytes() == b"before"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.png"]


def test_a_folder_is_one_line(take_away: TakeAway, choose: Choose, tmp_path: Path) -> None:
    folder = tmp_path / "folder.png"
    folder.mkdir()
    choose(folder, "")
    take_away.save.trigger()
    assert status_of(take_away) == f"{folder} could not be written: Is a directory."


def test_a_system_without_printers_is_told(
    take_away: TakeAway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    take_away.print.trigger()
    assert status_of(take_away) == str(NO_PRINTER)


def print_into(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the system a printer, and a person who has the print written into a file."""
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["A printer"])

    def accept(dialog: QPrintDialog) -> QPrintDialog.DialogCode:
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(path))
        return QPrintDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintDialog, "exec", accept)


def test_a_page_is_printed_on_one_sheet(
    take_away: TakeAway, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "print.pdf"
    print_into(path, monkeypatch)

    # When
    take_away.print.trigger()

    # Then
    content = path.read_bytes()
    assert content.startswith(b"%PDF")
    assert content.count(b"/Type /Page\n") == 1
    assert status_of(take_away) == "The page was sent to the printer."


def test_a_printer_that_fails_is_one_line(
    take_away: TakeAway, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "nowhere" / "print.pdf"
    print_into(path, monkeypatch)
    take_away.print.trigger()
    assert status_of(take_away) == f"{path} did not accept the page."


def test_a_cancelled_print_says_nothing(
    take_away: TakeAway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["A printer"])
    monkeypatch.setattr(QPrintDialog, "exec", lambda _: QPrintDialog.DialogCode.Rejected)
    take_away.print.trigger()
    assert status_of(take_away) == ""


def sheet_with(figure_size: QSize, sentences: tuple[str, ...]) -> Sheet:
    drawing = QImage(90, 90, QImage.Format.Format_RGB32)
    drawing.fill(QColor("black"))
    figure = QImage(figure_size, QImage.Format.Format_RGB32)
    figure.fill(RED)
    return Sheet("A title", "Read as 7", drawing, figure, sentences)


@pytest.mark.parametrize("size", [QSize(100, 900), QSize(900, 100), QSize(500, 500)])
@pytest.mark.parametrize("count", [0, 12])
def test_a_sheet_is_one_page_with_an_undistorted_figure(
    qapp: QApplication, size: QSize, count: int
) -> None:
    sheet = sheet_with(size, ("A sentence that is rather long, and goes on and on. " * 3,) * count)
    assert sheet_pdf(sheet).count(b"/Type /Page\n") == 1

    rows, columns = np.nonzero(is_of(sheet_picture(sheet), RED))
    assert np.ptp(columns) / np.ptp(rows) == pytest.approx(size.width() / size.height(), rel=0.03)


def test_a_sheet_goes_to_any_printer(qapp: QApplication, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "a.pdf"))
    assert print_sheet(sheet_with(QSize(50, 50), ("One.",)), printer)
    assert (tmp_path / "a.pdf").stat().st_size > 1000


def status_of(take_away: TakeAway) -> str:
    return take_away._status.message
