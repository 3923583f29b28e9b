"""The Understand panel in the real window, and digits drawn there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from digitpad.ui.pad_window import PadWindow
from digitpad.ui.understand.panel import UnderstandPanel
from tests.conftest import WaitUntil
from tests.pictures import golden_digit

Draw = Callable[[PadWindow, str], None]
OpenPage = Callable[[PadWindow, str], UnderstandPanel]


@pytest.fixture
def draw_digit(wait_until: WaitUntil) -> Draw:
    """Put a golden digit on a window's canvas, and wait until it is read."""

    def draw(pad: PadWindow, label: str) -> None:
        pad.show_ink(golden_digit(label))
        wait_until(pad.bars.painted, lambda: pad.answer.text == label)

    return draw


@pytest.fixture
def open_page(wait_until: WaitUntil) -> OpenPage:
    """Open a window's panel at a page, and wait until that shows what was computed."""

    def open_(pad: PadWindow, title: str) -> UnderstandPanel:
        panel = pad.understanding.open()
        shown: list[None] = []
        panel.explainer.shown.connect(lambda: shown.append(None))
        panel.turn_to(title)
        wait_until(panel.explainer.shown, lambda: bool(shown))
        QApplication.processEvents()  # What is new in a layout is shown a moment later.
        return panel

    return open_
