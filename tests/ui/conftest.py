"""Widgets for the tests of the window: shown offscreen, closed afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget

from digitpad.core.reader import Reader
from digitpad.ui import language
from digitpad.ui.ink_canvas import InkCanvas
from digitpad.ui.pad_window import PadWindow
from digitpad.workers.recognizer import InkReader, Recognizer

Speak = Callable[[str], None]
OpenPad = Callable[[Callable[[], InkReader]], PadWindow]
Choose = Callable[..., None]


def light_palette() -> QPalette:
    palette = QPalette(QColor("#efefef"))
    palette.setColor(QPalette.ColorRole.Accent, QColor("#308cc6"))
    return palette


def dark_palette() -> QPalette:
    palette = QPalette(QColor("#2b2b2b"), QColor("#2b2b2b"))
    palette.setColor(QPalette.ColorRole.WindowText, QColor("#f0f0f0"))
    palette.setColor(QPalette.ColorRole.Text, QColor("#f0f0f0"))
    palette.setColor(QPalette.ColorRole.Base, QColor("#1c1c1c"))
    palette.setColor(QPalette.ColorRole.Accent, QColor("#4ea1e0"))
    return palette


PALETTES = {"light": light_palette, "dark": dark_palette}


def picture_of(widget: QWidget, ratio: float) -> QImage:
    """Paint a widget as on a screen with this many device pixels to a logical one."""
    while isinstance(widget, InkCanvas) and widget.is_repainting:
        QApplication.processEvents()
    image = QImage((widget.size().toSizeF() * ratio).toSize(), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(widget.palette().window().color())
    widget.render(image)
    return image


@pytest.fixture
def speak(qapp: QApplication) -> Iterator[Speak]:
    """Have all windows speak a language, at once; English again afterwards."""

    def speak(code: str) -> None:
        language.speak(code)
        for _ in range(3):  # The windows are told, say it, and make room for it.
            QApplication.processEvents()

    yield speak
    speak(language.SYSTEM)


@pytest.fixture
def canvas(qapp: QApplication) -> Iterator[InkCanvas]:
    """A shown canvas of 400 x 400."""
    canvas = InkCanvas()
    canvas.setPalette(light_palette())
    canvas.resize(400, 400)
    canvas.show()
    assert QTest.qWaitForWindowExposed(canvas)
    yield canvas
    canvas.close()
    canvas.deleteLater()


@pytest.fixture
def open_pad(qapp: QApplication) -> Iterator[OpenPad]:
    """Open windows whose recognizer loads the given reader; closed at the end."""
    opened: list[PadWindow] = []

    def open_(load_reader: Callable[[], InkReader]) -> PadWindow:
        recognizer = Recognizer(load_reader)
        window = PadWindow(recognizer)
        recognizer.setParent(window)
        window.show()
        assert QTest.qWaitForWindowExposed(window)
        recognizer.start()
        opened.append(window)
        return window

    yield open_
    for window in opened:
        window.files.stop_asking()
        window.close()
        window.deleteLater()


@pytest.fixture
def pad(open_pad: OpenPad) -> PadWindow:
    """The window with the bundled model."""
    return open_pad(Reader.bundled)


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Choose:
    """Answer the next file dialogs with this name, and this kind of file."""

    def answer(name: Path | str, kind: str = "InkML (*.inkml)") -> None:
        for method in ("getOpenFileName", "getSaveFileName"):
            monkeypatch.setattr(QFileDialog, method, lambda *_: (str(name), kind))

    return answer


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What questions were asked; each is answered by Cancel."""
    questions: list[str] = []

    def question(_parent: object, _title: str, text: str, *_: object) -> object:
        questions.append(text)
        return QMessageBox.StandardButton.Cancel

    monkeypatch.setattr(QMessageBox, "question", question)
    return questions
