"""The window with the terms of everything inside."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPalette, QTextBlock, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QWidget

from digitpad.third_party import Component
from digitpad.ui.about import about_box
from digitpad.ui.licences import LicencesDialog
from digitpad.ui.pad_window import PadWindow
from digitpad.ui.theme import TEXT_CONTRAST, contrast
from tests.ui.conftest import PALETTES
from tests.ui.test_painting import pixels_of

RGB = QImage.Format.Format_RGB32

ABOUT = """
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication
from digitpad.core.reader import Reader
from digitpad.ui.about import about_box
from digitpad.ui.pad_window import PadWindow
from digitpad.workers.recognizer import Recognizer

application = QApplication([])
window = PadWindow(Recognizer(Reader.bundled))
window.windowIcon().pixmap(QSize(16, 16), 2.0)
icon = about_box(window).iconPixmap()
logical = icon.deviceIndependentSize().toSize().width()
print(f"{icon.width()} pixels of the screen, {logical} logical ones")
window.close()
"""


def test_about_leads_to_the_terms_of_each_part(pad: PadWindow) -> None:
    # When
    pad._show_about()
    (box,) = pad.findChildren(QMessageBox)
    (button,) = (b for b in box.findChildren(QPushButton) if b.text() == "&Licences")
    assert box.defaultButton().text() == "Close"
    button.click()
    QApplication.processEvents()

    # Then
    (dialog,) = pad.findChildren(LicencesDialog)
    assert dialog.isVisible()
    assert dialog.parentWidget() is box
    names = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    for part in ("numpy", "pillow", "PySide6", "Python"):
        assert any(part in name for name in names)
    assert dialog.text.toPlainText().startswith(names[0])

    # And no line of our own text is broken
    lines = {block.lineCount() for block in blocks_of(dialog.text.document())}
    assert lines == {1}

    # And back, as often as one likes, and out of it
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert box.isVisible()
    button.click()
    (dialog,) = (each for each in box.findChildren(LicencesDialog) if each.isVisible())
    dialog.close()
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert not box.isVisible()


def test_the_keyboard_selects_what_is_shown(qapp: QApplication, tmp_path: Path) -> None:
    # Given
    (tmp_path / "b.txt").write_text("Do with <b>B</b> as you like.\n")
    dialog = LicencesDialog(
        [
            Component("A", "1", "MIT", "https://a.example", (tmp_path / "lost.txt",)),
            Component("B", "2", "BSD", "https://b.example", (tmp_path / "b.txt",)),
        ]
    )
    dialog.show()
    assert "https://a.example" in dialog.text.toPlainText()

    # When
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)

    # Then
    assert dialog.text.toPlainText().startswith("B 2\nBSD\n")
    assert "Do with <b>B</b> as you like." in dialog.text.toPlainText()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_no_line_is_cut_and_one_of_usual_length_is_not_broken(
    qapp: QApplication, tmp_path: Path
) -> None:
    # Given terms with a line of eighty letters, one that is longer, and more than fit in sight
    usual, long = "a" * 80, "a " * 70
    (tmp_path / "terms.txt").write_text("\n".join([usual, long, *"b" * 100]))
    dialog = LicencesDialog([Component("A", "1", "MIT", "", (tmp_path / "terms.txt",))])

    # When
    dialog.show()
    qapp.processEvents()

    # Then
    assert dialog.text.verticalScrollBar().maximum() > 0
    assert dialog.text.horizontalScrollBar().maximum() == 0
    lines = {block.text(): block.lineCount() for block in blocks_of(dialog.text.document())}
    assert lines[usual] == 1
    assert lines[long] > 1
    dialog.close()


def blocks_of(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


@pytest.mark.parametrize("palette", PALETTES)
def test_the_links_in_about_can_be_read(qapp: QApplication, palette: str) -> None:
    # Given a system whose links are blue, whatever they stand on
    before = qapp.palette()
    window = QWidget()
    colours = PALETTES[palette]()
    colours.setColor(QPalette.ColorRole.Link, QColor("blue"))
    qapp.setPalette(colours)

    # When
    box = about_box(window)
    box.show()
    qapp.setPalette(before)

    # Then
    texts = [label for label in box.findChildren(QLabel) if "<a href" in label.text()]
    painted = [pixels_of(label.grab().toImage().convertToFormat(RGB)) for label in texts]
    hues = [pixels.reshape(-1, 3) for pixels in painted]
    (blue,) = (each[(each.max(axis=1) - each.min(axis=1)).argmax()].tolist() for each in hues)
    assert contrast(QColor(*blue), colours.window().color()) >= TEXT_CONTRAST
    window.deleteLater()


def test_the_icon_in_about_is_sharp_where_a_small_one_was_painted_before() -> None:
    # Given a screen of twice the size, whose desktop has shown the window's small icon
    process = subprocess.run(
        [sys.executable, "-c", ABOUT],
        env={**os.environ, "QT_SCALE_FACTOR": "2"},
        capture_output=True,
        text=True,
        check=True,
    )

    # Then
    assert process.stdout == "128 pixels of the screen, 64 logical ones\n"
