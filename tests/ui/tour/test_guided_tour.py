"""The guided tour in the window: six steps beside the drawing, left without a loss at any time."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton

from digitpad.ui.offer import Offer
from digitpad.ui.pad_window import PadWindow
from digitpad.ui.tour.card import TourCard
from digitpad.ui.tour.guided_tour import GuidedTour
from digitpad.ui.tour.steps import STEPS, Step
from tests.conftest import WaitUntil
from tests.ui.conftest import OpenPad, Speak
from tests.ui.hand import LEFT, draw, three_points
from tests.ui.test_pad_window import FlakyReader


def start(pad: PadWindow) -> GuidedTour:
    """Start the tour by its menu entry."""
    (action,) = [a for a in pad.findChildren(QAction) if a.text() == "Guided &Tour"]
    action.trigger()
    return tour_of(pad)


def tour_of(pad: PadWindow) -> GuidedTour:
    (tour,) = pad.findChildren(GuidedTour)
    return tour


def is_at(tour: GuidedTour, step: Step) -> bool:
    return tour.step is step


def settle() -> None:
    """Have what is to be deleted later deleted."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


@pytest.fixture
def pad(open_pad: OpenPad) -> PadWindow:
    """The window with a reader that answers 7; the tour needs no network."""
    return open_pad(FlakyReader)


def test_there_are_six_steps_with_one_thing_to_draw_and_one_to_notice() -> None:
    assert len(STEPS) == 6
    assert all(step.draw and step.notice and step.title for step in STEPS)
    assert len({step.title for step in STEPS}) == 6


def test_each_step_opens_the_page_that_it_speaks_of(pad: PadWindow) -> None:
    # Given
    tour = start(pad)
    seen = []

    # When one goes through all steps by their button
    for number in range(6):
        seen.append((pad.understanding.page_open, tour.card.accessibleName()))
        if number < 5:
            QTest.mouseClick(tour.card.next, LEFT)

    # Then
    assert [page for page, _ in seen] == [step.page for step in STEPS]
    assert seen[0][1] == f"Guided tour, step 1 of 6: {STEPS[0].title}"
    assert seen[5][1] == f"Guided tour, step 6 of 6: {STEPS[5].title}"


def test_one_goes_back_and_not_before_the_first(pad: PadWindow) -> None:
    tour = start(pad)
    assert not tour.card.back.isEnabled()
    QTest.mouseClick(tour.card.next, LEFT)
    QTest.mouseClick(tour.card.back, LEFT)
    assert tour.step is STEPS[0]
    assert not tour.card.back.isEnabled()


def test_finishing_ends_the_tour(pad: PadWindow) -> None:
    tour = start(pad)
    for _ in range(6):
        QTest.mouseClick(tour.card.next, LEFT)
    settle()
    assert not pad.findChildren(TourCard)
    assert not pad.findChildren(GuidedTour)


@pytest.mark.parametrize("step", range(6))
def test_leaving_at_any_step_closes_what_the_tour_opened(pad: PadWindow, step: int) -> None:
    # Given
    tour = start(pad)
    for _ in range(step):
        tour.go_on()
    assert pad.understanding.is_open

    # When
    QTest.mouseClick(tour.card.leave, LEFT)
    settle()

    # Then
    assert not pad.understanding.is_open
    assert not pad.findChildren(TourCard)
    assert pad.focusWidget() is pad.canvas


def test_the_window_is_as_large_after_the_tour_as_before(pad: PadWindow) -> None:
    pad.resize(700, 500)
    before = pad.size()
    tour = start(pad)
    settle()
    assert pad.height() > before.height()
    tour.leave()
    settle()
    assert pad.size() == before


def test_a_panel_that_was_open_stays_open_on_its_page(pad: PadWindow) -> None:
    pad.understanding.open().turn_to("Inside the CNN")
    tour = start(pad)
    assert pad.understanding.page_open == "Side by side"
    tour.leave()
    assert pad.understanding.page_open == "Inside the CNN"


def test_a_panel_that_one_closes_is_opened_by_the_next_step(pad: PadWindow) -> None:
    tour = start(pad)
    pad.understanding.close()
    tour.go_on()
    assert pad.understanding.is_open


def test_escape_leaves_from_the_card_and_clears_on_the_canvas(pad: PadWindow) -> None:
    # Given the tour, and a drawing made meanwhile
    start(pad)
    draw(pad.canvas, three_points())

    # When Esc is pressed with the focus on the canvas
    QTest.keyClick(pad.focusWidget() or pad, Qt.Key.Key_Escape)

    # Then the drawing is cleared, as always, and the tour goes on
    assert pad.canvas.ink.is_empty
    tour = tour_of(pad)

    # And when it is pressed with the focus on one of the card's buttons
    pad.canvas.undo()
    for button in tour.card.findChildren(QPushButton):
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    tour.card.next.setFocus()
    QTest.keyClick(pad.focusWidget() or pad, Qt.Key.Key_Escape)
    settle()

    # Then the tour is left, and the drawing stays
    assert not pad.findChildren(GuidedTour)
    assert len(pad.canvas.ink.strokes) == 1


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_the_tour_starts_with_the_focus_on_next(pad: PadWindow, key: Qt.Key) -> None:
    tour = start(pad)
    assert pad.focusWidget() is tour.card.next
    QTest.keyClick(tour.card.next, key)
    assert tour.step is STEPS[1]


def test_the_buttons_keys_work_from_the_canvas_until_the_tour_is_finished(
    pad: PadWindow, wait_until: WaitUntil
) -> None:
    # Given
    tour = start(pad)
    alt = Qt.KeyboardModifier.AltModifier

    # When and then; a button pressed by its key takes a moment to come up again
    for step in STEPS[1:]:
        pad.canvas.setFocus()
        QTest.keyClick(pad.canvas, Qt.Key.Key_N, alt)
        wait_until(tour.card.announced, partial(is_at, tour, step))
    gone: list[bool] = []
    tour.left.connect(lambda: gone.append(True))
    QTest.keyClick(pad.canvas, Qt.Key.Key_N, alt)
    wait_until(tour.left, lambda: bool(gone))


@pytest.mark.parametrize("code", ["en", "de"])
def test_no_button_of_a_step_has_the_key_of_a_menu_or_another_button(
    pad: PadWindow, speak: Speak, code: str
) -> None:
    # Given
    tour = start(pad)
    speak(code)
    menus = [action.text() for action in pad.menuBar().actions()]

    for step in STEPS:
        # When
        buttons = [b.text() for b in pad.findChildren(QAbstractButton) if b.isVisible()]

        # Then
        keys = [text[text.index("&") + 1].lower() for text in menus + buttons if "&" in text]
        assert len(keys) == len(set(keys)), (step.title, keys)
        tour.card.next.click()


def test_one_can_draw_meanwhile(pad: PadWindow, wait_until: WaitUntil) -> None:
    start(pad)
    draw(pad.canvas, three_points())
    wait_until(pad.recognizer.answered, lambda: pad.answer.text == "7")


def test_a_sample_is_drawn_for_who_asks_and_undo_takes_it_back(pad: PadWindow) -> None:
    # Given a drawing, and the tour
    draw(pad.canvas, [QPoint(60, 60), QPoint(90, 90)])
    before = pad.canvas.ink.strokes
    tour = start(pad)

    # When
    QTest.mouseClick(tour.card.sample, LEFT)

    # Then it lies in the middle of the canvas
    bounds = pad.canvas.ink.bounds
    assert bounds.extent > min(pad.canvas.width(), pad.canvas.height()) / 2
    pad.canvas.undo()
    assert [stroke.tolist() for stroke in pad.canvas.ink.strokes] == [s.tolist() for s in before]


def test_the_drawing_from_before_is_offered_when_the_tour_is_left(pad: PadWindow) -> None:
    # Given a drawing that the tour's own took the place of
    draw(pad.canvas, three_points())
    before = pad.canvas.ink.strokes
    tour = start(pad)
    tour.draw_sample()
    tour.leave()
    settle()

    # When
    (offer,) = pad.findChildren(Offer)
    QTest.mouseClick(offer.accept, LEFT)
    settle()

    # Then
    assert list(map(id, pad.canvas.ink.strokes)) == list(map(id, before))
    assert not pad.findChildren(Offer)


def test_nothing_is_offered_when_nothing_was_drawn_over(pad: PadWindow) -> None:
    draw(pad.canvas, three_points())
    start(pad).leave()
    settle()
    assert not pad.findChildren(Offer)


def test_a_tour_under_way_is_not_started_anew(pad: PadWindow) -> None:
    tour = start(pad)
    tour.go_on()
    assert start(pad) is tour
    assert tour.step is STEPS[1]


def test_another_window_has_its_own_tour(open_pad: OpenPad) -> None:
    first, second = open_pad(FlakyReader), open_pad(FlakyReader)
    tour = start(first)
    assert not second.findChildren(TourCard)
    start(second).go_on()
    assert tour.step is STEPS[0]


def test_closing_the_window_during_the_tour_ends_cleanly(pad: PadWindow) -> None:
    start(pad).draw_sample()
    assert pad.close()


def test_a_screen_reader_is_told_each_step(pad: PadWindow) -> None:
    # Given somebody who listens
    tour = start(pad)
    said: list[str] = []
    tour.card.announced.connect(said.append)

    # When
    tour.go_on()

    # Then
    assert len(said) == 1
    assert said[0].startswith("Step 2 of 6. Turn it. Draw ")
    assert "Notice " in said[0]
    interface = QAccessible.queryAccessibleInterface(tour.card)
    assert interface is not None
    assert interface.role() == QAccessible.Role.Grouping
    assert interface.text(QAccessible.Text.Description).startswith("Draw ")


def test_the_canvas_stands_still_from_step_to_step(pad: PadWindow) -> None:
    pad.resize(780, 700)
    tour = start(pad)
    settle()
    sizes = set()
    for _ in range(6):
        settle()
        sizes.add(pad.canvas.size().toTuple())
        tour.go_on()
    assert len(sizes) == 1
