"""Switching the language while the panel is open."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QLabel, QWidget

from digitpad.core.reader import Reader
from digitpad.ui.pad_window import PadWindow
from digitpad.ui.tour.guided_tour import GuidedTour
from digitpad.ui.understand.pages import PAGES
from digitpad.ui.understand.panel import UnderstandPanel
from digitpad.ui.understand.side_by_side import SideBySide
from digitpad.ui.understand.take_away import TakeAway
from tests.conftest import WaitUntil
from tests.ui.conftest import OpenPad, Speak
from tests.ui.understand.conftest import Draw, OpenPage

TITLES = [page.title.source for page in PAGES]
Switch = Callable[[UnderstandPanel, str], None]

each_page = pytest.mark.parametrize("title", TITLES)


@pytest.fixture
def switch(speak: Speak, wait_until: WaitUntil) -> Switch:
    """Have all windows speak a language, and wait until a panel explains in it."""

    def switch(panel: UnderstandPanel, code: str) -> None:
        shown: list[None] = []
        panel.explainer.shown.connect(lambda: shown.append(None))
        speak(code)
        wait_until(panel.explainer.shown, lambda: bool(shown) and panel.explainer.is_idle)
        settle()

    return switch


@each_page
def test_a_page_is_worded_anew_with_what_it_shows(
    pad: PadWindow, draw_digit: Draw, open_page: OpenPage, switch: Switch, title: str
) -> None:
    # Given a page
    draw_digit(pad, "3")
    panel = open_page(pad, title)
    settle()
    english, picture = words_of(panel), panel.page.grab().toImage()

    # When
    switch(panel, "de")

    # Then all that it says is German, and nothing is clipped
    german = words_of(panel)
    assert len(german) == len(english)
    sentences = [
        (before, after)
        for before, after in zip(english, german, strict=True)
        if re.search("[a-z]{4}", re.sub("<[^>]*>|&nbsp;", "", before))
    ]
    assert sentences
    assert not [before for before, after in sentences if before == after]
    assert_nothing_is_clipped(panel)

    # And back in English it is as before
    switch(panel, "en")
    assert words_of(panel) == english
    assert panel.page.grab().toImage() == picture


@each_page
def test_a_page_follows_the_drawing_after_the_switch(
    pad: PadWindow,
    wait_until: WaitUntil,
    draw_digit: Draw,
    open_page: OpenPage,
    switch: Switch,
    title: str,
) -> None:
    # Given
    draw_digit(pad, "3")
    panel = open_page(pad, title)
    switch(panel, "de")
    three = panel.page.grab().toImage()

    # When another digit is drawn
    shown: list[None] = []
    panel.explainer.shown.connect(lambda: shown.append(None))
    draw_digit(pad, "7")
    wait_until(panel.explainer.shown, lambda: bool(shown) and panel.explainer.is_idle)

    # Then the page shows that, and closed and opened again it is as before
    seven = words_of(panel)
    assert panel.page.grab().toImage() != three
    pad.understanding.close()
    panel = open_page(pad, title)
    assert words_of(panel) == seven


def test_that_there_is_no_mlp_is_said_in_the_language_of_now(
    pad: PadWindow,
    draw_digit: Draw,
    open_page: OpenPage,
    switch: Switch,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    # Given an installation without the second network
    monkeypatch.setattr("digitpad.workers.explainer.bundled_mlp_path", lambda: tmp_path / "mlp.npz")
    draw_digit(pad, "3")
    panel = open_page(pad, "Side by side")
    assert isinstance(panel.page, SideBySide)
    english = panel.page.mlp.problem.text()

    # When
    switch(panel, "de")

    # Then
    assert english.startswith("There is no MLP")
    assert panel.page.mlp.problem.text().startswith("Es gibt kein MLP")


def test_while_an_explanation_is_computed(
    pad: PadWindow, wait_until: WaitUntil, draw_digit: Draw, open_page: OpenPage, speak: Speak
) -> None:
    # Given a question that is on its way
    draw_digit(pad, "3")
    panel = open_page(pad, "Why?")
    draw_digit(pad, "7")

    # When
    speak("de")

    # Then the answer comes, in the language of now
    said = panel.page.findChildren(QLabel)
    wait_until(
        panel.explainer.shown,
        lambda: any("spricht für die 7" in label.text() for label in said),
    )


def test_pages_behind_are_worded_anew_when_they_come_to_the_front(
    pad: PadWindow, draw_digit: Draw, open_page: OpenPage, switch: Switch
) -> None:
    draw_digit(pad, "7")
    open_page(pad, "Why?")
    panel = open_page(pad, "Look-alikes")

    switch(panel, "de")

    assert [panel.tabs.tabText(place) for place in range(panel.tabs.count())] == [
        "Nebeneinander",
        "Innen",
        "Warum?",
        "Ähnliche Ziffern",
        "Andere Antwort",
    ]
    panel = open_page(pad, "Why?")
    assert any("spricht für die 7" in words for words in words_of(panel))
    assert panel.windowTitle() == "Verstehen"


def test_the_buttons_beside_the_title_and_the_tabs_are_worded_anew(
    pad: PadWindow, draw_digit: Draw, open_page: OpenPage, switch: Switch
) -> None:
    draw_digit(pad, "7")
    panel = open_page(pad, "Why?")

    switch(panel, "de")

    buttons = [*panel.titleBarWidget().children(), *panel.tabs.children()]
    names = [each.accessibleName() for each in buttons if isinstance(each, QAbstractButton)]
    assert sorted(names) == [
        "Seiten links",
        "Seiten rechts",
        "Verstehen lösen oder andocken",
        "Verstehen schließen",
    ]


def test_at_rest_a_page_is_worded_anew(pad: PadWindow, wait_until: WaitUntil, speak: Speak) -> None:
    panel = pad.understanding.open()
    for title in TITLES:
        panel.turn_to(title)
        wait_until(panel.explainer.shown, lambda: panel.explainer.is_idle)
        english = words_of(panel)
        speak("de")
        wait_until(panel.explainer.shown, lambda: panel.explainer.is_idle)
        assert not set(words_of(panel)) & {each for each in english if len(each.split()) > 3}
        speak("en")
        wait_until(panel.explainer.shown, lambda: panel.explainer.is_idle)
        assert words_of(panel) == english


def test_the_second_windows_panel_follows(
    open_pad: OpenPad, draw_digit: Draw, open_page: OpenPage, switch: Switch
) -> None:
    first, second = open_pad(Reader.bundled), open_pad(Reader.bundled)
    for window in (first, second):
        draw_digit(window, "7")
    open_page(second, "Why?")
    panel = open_page(first, "Why?")

    switch(panel, "de")

    other = second.understanding.panel
    assert other is not None
    assert other.windowTitle() == panel.windowTitle() == "Verstehen"


def test_a_sheet_for_a_class_is_german(
    pad: PadWindow, draw_digit: Draw, open_page: OpenPage, switch: Switch
) -> None:
    draw_digit(pad, "7")
    panel = open_page(pad, "Why?")
    switch(panel, "de")

    (take_away,) = panel.findChildren(TakeAway)
    sheet = take_away.sheet()

    assert sheet is not None
    assert sheet.title == "Warum?"
    assert sheet.answer.startswith("Gelesen als 7: sicher, ")
    assert "spricht für die 7" in sheet.sentences[0]


def test_the_tour_goes_on_in_german(pad: PadWindow, speak: Speak) -> None:
    pad._start_tour()
    (tour,) = pad.findChildren(GuidedTour)
    tour.go_on()

    speak("de")

    assert tour.card.accessibleName() == "Rundgang, Schritt 2 von 6: Drehen"
    assert tour.card.accessibleDescription().startswith("Zeichnen Sie eine 7. Beachten Sie, dass")
    assert tour.card.next.text() == "&Weiter"
    tour.go_on()
    assert tour.card.accessibleName().endswith("Was ein Filter sieht")
    tour.leave()


def test_the_page_and_its_setting_do_not_depend_on_the_language(
    pad: PadWindow, draw_digit: Draw, open_page: OpenPage, switch: Switch
) -> None:
    draw_digit(pad, "7")
    panel = open_page(pad, "Look-alikes")
    switch(panel, "de")
    assert pad.settings.understand == "Look-alikes"


@each_page
def test_the_systems_own_numbers_change_nothing(
    pad: PadWindow, draw_digit: Draw, open_page: OpenPage, switch: Switch, title: str
) -> None:
    """Qt's locale is the system's, and may write other digits than the language of the window."""
    draw_digit(pad, "3")
    panel = open_page(pad, title)
    words, before = words_of(panel), QLocale()

    QLocale.setDefault(QLocale(QLocale.Language.Arabic))
    switch(panel, "de")
    switch(panel, "en")
    QLocale.setDefault(before)

    assert words_of(panel) == words


def settle() -> None:
    """Let words of another length move what lies beside them."""
    for _ in range(5):
        QApplication.processEvents()


def assert_nothing_is_clipped(panel: UnderstandPanel) -> None:
    for widget in panel.page.findChildren(QWidget):
        parent = widget.parentWidget()
        scrolls = isinstance(parent and parent.parentWidget(), QAbstractScrollArea)
        if widget.isVisible() and parent is not None and not scrolls:
            assert parent.rect().contains(widget.geometry())
        if isinstance(widget, QLabel) and widget.isVisible() and widget.wordWrap():
            assert widget.height() >= widget.heightForWidth(widget.width()), widget.text()


def words_of(panel: UnderstandPanel) -> list[str]:
    """All that the page in front says, to the eye and to a screen reader."""
    labels = [label.text() for label in panel.page.findChildren(QLabel)]
    described = [w.accessibleDescription() for w in panel.page.findChildren(QWidget)]
    return labels + described
