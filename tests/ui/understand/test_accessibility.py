"""What a screen reader is told of the panel, and that the keyboard gets to all of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from digitpad.ui.pad_window import PadWindow
from digitpad.ui.tool_button import ToolButton
from digitpad.ui.understand.page import Page
from digitpad.ui.understand.pages import PAGES
from digitpad.ui.understand.panel import UnderstandPanel
from digitpad.ui.understand.title_bar import TitleBar
from tests.ui.understand.conftest import Draw, OpenPage

TITLES = [page.title.source for page in PAGES]
SILENT = (QAccessible.Role.NoRole, QAccessible.Role.Client)


@pytest.mark.parametrize("title", TITLES)
def test_whatever_is_painted_or_takes_keys_has_a_name_and_a_role(
    pad: PadWindow, draw_digit: Draw, open_page: OpenPage, title: str
) -> None:
    # Given
    draw_digit(pad, "3")
    page = open_page(pad, title).page

    # Then
    told = [child for child in page.findChildren(QWidget) if is_painted(child) or takes_keys(child)]
    assert told
    for child in told:
        interface = QAccessible.queryAccessibleInterface(child)
        assert interface is not None
        assert interface.text(QAccessible.Text.Name), child
        assert interface.role() not in SILENT, child


def is_painted(widget: QWidget) -> bool:
    """Whether the widget paints itself, here."""
    owner = next(kind for kind in type(widget).__mro__ if "paintEvent" in vars(kind))
    return owner.__module__.startswith("digitpad.")


def takes_keys(widget: QWidget) -> bool:
    by_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(by_tab) and type(widget).__module__.startswith("digitpad.")


def test_the_keys_of_the_tabs_turn_the_pages(pad: PadWindow) -> None:
    # Given
    panel = pad.understanding.open()
    turned: list[str] = []
    panel.page_shown.connect(lambda: turned.append(panel.page.title.source))

    # When
    for _ in PAGES[1:]:
        QTest.keyClick(panel.tabs, Qt.Key.Key_Right)

    # Then
    assert turned == TITLES[1:]


def focused(panel: UnderstandPanel) -> UnderstandPanel:
    """Put the focus on the panel's tabs."""
    panel.activateWindow()
    assert QTest.qWaitForWindowActive(panel.window())
    panel.tabs.setFocus()
    return panel


def tab_to(widget: QWidget) -> None:
    """Press Tab until a widget has the focus."""
    for _ in range(40):
        if widget.hasFocus():
            return
        QTest.keyClick(QApplication.focusWidget() or widget.window(), Qt.Key.Key_Tab)
    raise AssertionError(f"{widget.accessibleName()} is not reached")


@pytest.mark.parametrize("title", TITLES[:2])
def test_the_keyboard_gets_from_the_tabs_to_everything_on_a_page(
    pad: PadWindow, draw_digit: Draw, open_page: OpenPage, title: str
) -> None:
    # Given the focus on the tabs
    draw_digit(pad, "3")
    panel = focused(open_page(pad, title))
    wanted = {child for child in panel.page.findChildren(QWidget) if is_reached(child)}
    assert wanted

    # When Tab is pressed again and again
    reached: set[QWidget | None] = set()
    for _ in range(len(wanted) + 20):
        focus = QApplication.focusWidget()
        reached.add(focus)
        QTest.keyClick(focus if focus is not None else panel, Qt.Key.Key_Tab)

    # Then
    assert wanted <= reached


@pytest.mark.parametrize("title", TITLES)
def test_tab_goes_from_the_tabs_down_the_page_and_then_to_the_buttons_below(
    pad: PadWindow, draw_digit: Draw, open_page: OpenPage, title: str
) -> None:
    # Given the focus on the tabs
    draw_digit(pad, "3")
    panel = focused(open_page(pad, title))

    # When Tab is pressed until the last of the buttons below has the focus
    save, printing = panel.findChildren(ToolButton)
    visited: list[QWidget] = []
    while printing not in visited and len(visited) < 40:
        QTest.keyClick(QApplication.focusWidget() or panel, Qt.Key.Key_Tab)
        visited.append(QApplication.focusWidget() or panel)

    # Then all of the page came before the buttons
    on_page = {child for child in panel.page.findChildren(QWidget) if is_reached(child)}
    assert visited[-2:] == [save, printing]
    assert on_page <= set(visited[:-2])


def test_the_panel_is_docked_and_closed_with_the_keyboard(
    pad: PadWindow, draw_digit: Draw, open_page: OpenPage
) -> None:
    # Given the focus on the tabs of a panel that the screen has no room for beside the pad
    draw_digit(pad, "3")
    panel = focused(open_page(pad, "Why?"))
    assert panel.isFloating()
    bar = panel.titleBarWidget()
    assert isinstance(bar, TitleBar)

    # When Tab leads to the first button of the title, and it is pressed
    tab_to(bar.float)
    QTest.keyClick(bar.float, Qt.Key.Key_Space)

    # Then the panel is docked, and the keys still go to the button
    assert not panel.isFloating()
    assert QTest.qWaitForWindowActive(pad)
    assert bar.float.hasFocus()

    # When the one beside it is pressed
    tab_to(bar.close_)
    QTest.keyClick(bar.close_, Qt.Key.Key_Space)

    # Then the panel is closed
    assert not pad.understanding.is_open


def test_tab_stops_at_a_page_as_a_whole_only_where_it_can_be_scrolled(
    pad: PadWindow, draw_digit: Draw, open_page: OpenPage
) -> None:
    # Given a page without anything to choose
    draw_digit(pad, "3")
    panel = open_page(pad, "Why?")
    panel.setFloating(True)
    areas = panel.findChildren(QScrollArea)

    # When it has room, and when it has not
    stops = []
    for height in (1200, 300):
        panel.resize(600, height)
        QApplication.processEvents()
        stops.append([area.accessibleName() for area in areas if is_reached(area)])

    # Then
    assert stops == [[], ["Why?"]]


def is_reached(widget: QWidget) -> bool:
    policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(policy) and widget.isVisible() and widget.isEnabled()


def test_a_page_is_announced_by_its_title(pad: PadWindow) -> None:
    panel = pad.understanding.open()
    for title in TITLES:
        panel.turn_to(title)
        page: Page = panel.page
        assert page.accessibleName() == title
