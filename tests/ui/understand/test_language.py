"""Switching the language while the panel is open.

DigitPad's own words, and so the direction in which it is laid out, are English; the system's may be
another one, and change while DigitPad runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QWidget

from digitpad.ui.pad_window import PadWindow
from digitpad.ui.understand.pages import PAGES
from digitpad.ui.understand.panel import UnderstandPanel
from tests.ui.understand.conftest import Draw, OpenPage, WaitUntil

TITLES = [page.title for page in PAGES]


class OtherLanguage(QTranslator):
    """Gives every word that Qt asks for in capitals, as a language does that is not English."""

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name.
        return False

    def translate(
        self, context: str, words: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        return words.upper()


@pytest.fixture
def switch_language(qapp: QApplication) -> Iterator[Callable[[], None]]:
    """Switch Qt to another language, with other digits and signs, while the program runs."""
    before, other = QLocale(), OtherLanguage()

    def switch() -> None:
        QLocale.setDefault(QLocale(QLocale.Language.Arabic))
        qapp.installTranslator(other)
        QApplication.processEvents()

    yield switch
    qapp.removeTranslator(other)
    QLocale.setDefault(before)


@pytest.mark.parametrize("title", TITLES)
def test_a_page_stays_right_when_the_language_is_switched(
    pad: PadWindow,
    wait_until: WaitUntil,
    draw_digit: Draw,
    open_page: OpenPage,
    switch_language: Callable[[], None],
    title: str,
) -> None:
    # Given a page
    draw_digit(pad, "3")
    panel = open_page(pad, title)
    words = words_of(panel)

    # When
    switch_language()

    # Then it says the same, nothing is clipped, and it follows the drawing
    assert words_of(panel) == words
    for widget in panel.page.findChildren(QWidget):
        parent = widget.parentWidget()
        scrolls = isinstance(parent and parent.parentWidget(), QAbstractScrollArea)
        if widget.isVisible() and parent is not None and not scrolls:
            assert parent.rect().contains(widget.geometry())
    three = panel.page.grab().toImage()
    shown: list[None] = []
    panel.explainer.shown.connect(lambda: shown.append(None))
    draw_digit(pad, "7")
    wait_until(panel.explainer.shown, lambda: bool(shown) and panel.explainer.is_idle)
    seven = words_of(panel)
    assert panel.page.grab().toImage() != three

    # And closed and opened again it is as before
    pad.understanding.close()
    panel = open_page(pad, title)
    assert words_of(panel) == seven


def words_of(panel: UnderstandPanel) -> list[str]:
    """All that the page in front says, to the eye and to a screen reader."""
    labels = [label.text() for label in panel.page.findChildren(QLabel)]
    described = [w.accessibleDescription() for w in panel.page.findChildren(QWidget)]
    return labels + described
