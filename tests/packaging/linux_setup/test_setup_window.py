"""The setup's window, used with the mouse and the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPushButton

from digitpad_setup.errors import SetupError
from digitpad_setup.folders import Progress
from digitpad_setup.installation import Result
from digitpad_setup.pages import EndPage, InstallPage, RemovePage, Text
from digitpad_setup.places import Places
from digitpad_setup.window import SetupWindow
from digitpad_setup.work import Work
from tests.conftest import WaitUntil
from tests.packaging.setup_house import make_bundle, put, tree

KINDS = (QPushButton, QLineEdit, QCheckBox)


class Watcher(QObject):
    """Tells when a window has laid itself out anew, as it does for each page."""

    seen = Signal()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.LayoutRequest:
            self.seen.emit()
        return super().eventFilter(watched, event)


@pytest.fixture
def window(qapp: QApplication, bundle: Path, places: Places) -> SetupWindow:
    window = SetupWindow(bundle, "2.0", places)
    window.show()
    return window


@pytest.fixture
def turned(wait_until: WaitUntil) -> Callable[[SetupWindow, type], None]:
    """Wait until a window shows a page of a kind."""

    def wait(window: SetupWindow, kind: type) -> None:
        watcher = Watcher()
        window.installEventFilter(watcher)
        wait_until(watcher.seen, lambda: isinstance(window.page, kind))
        window.removeEventFilter(watcher)

    return wait


def button(window: SetupWindow, text: str) -> QPushButton:
    (found,) = [
        each
        for each in window.page.findChildren(QPushButton)
        if each.text().replace("&", "") == text and not each.isHidden()
    ]
    return found


def words(window: SetupWindow) -> str:
    return " ".join(each.accessibleName() for each in window.page.findChildren(Text))


def click(window: SetupWindow, text: str) -> None:
    QTest.mouseClick(button(window, text), Qt.MouseButton.LeftButton)


def test_enter_alone_installs(
    window: SetupWindow, places: Places, turned: Callable[[SetupWindow, type], None]
) -> None:
    QTest.keyClick(button(window, "Install"), Qt.Key.Key_Return)
    turned(window, EndPage)

    assert (places.program / "digitpad").is_file() and places.menu_entry.is_file()
    assert str(places.program) in words(window)
    assert button(window, "Start DigitPad").isDefault()
    assert window.is_done


def test_another_folder_and_no_menu_entry(
    window: SetupWindow,
    places: Places,
    tmp_path: Path,
    turned: Callable[[SetupWindow, type], None],
) -> None:
    window.page.findChildren(QLineEdit)[0].setText(str(tmp_path / "Ü b" / "pad"))
    window.page.findChildren(QCheckBox)[0].setChecked(False)
    click(window, "Install")
    turned(window, EndPage)

    assert (tmp_path / "Ü b" / "pad" / "digitpad").is_file()
    assert not places.menu_entry.exists()


@pytest.mark.parametrize(
    ("folder", "remark"),
    [("relative/path", "full path"), ("{home}", "other files"), ("{home}/file/x", "no folder")],
)
def test_a_folder_that_cannot_be_used_is_said_before_anything_is_done(
    window: SetupWindow, places: Places, folder: str, remark: str
) -> None:
    (places.home / "file").write_text("")

    window.page.findChildren(QLineEdit)[0].setText(folder.format(home=places.home))

    assert remark in words(window)
    assert not button(window, "Install").isEnabled()


def test_a_version_that_is_there_is_updated_or_removed(
    qapp: QApplication,
    bundle: Path,
    places: Places,
    tmp_path: Path,
    turned: Callable[[SetupWindow, type], None],
) -> None:
    # Given an older version
    put(make_bundle(tmp_path / "old", "1.0"), "1.0", places)
    window = SetupWindow(bundle, "2.0", places)
    window.show()
    assert "DigitPad 1.0 is installed there" in words(window)

    # When it is updated
    click(window, "Update")
    turned(window, EndPage)

    # Then
    assert "in place of 1.0" in words(window)

    # When the installed setup is opened, and removes it
    later = SetupWindow(places.program, "2.0", places, places.program)
    later.show()
    assert isinstance(later.page, RemovePage) and "Remove DigitPad 2.0" in words(later)
    click(later, "Remove")
    turned(later, EndPage)

    # Then
    assert tree(places.home) == {}


def test_what_removing_leaves_is_said(
    qapp: QApplication,
    bundle: Path,
    places: Places,
    turned: Callable[[SetupWindow, type], None],
) -> None:
    put(bundle, "2.0", places)
    (places.program / "notes.txt").write_text("mine")
    window = SetupWindow(places.program, "2.0", places, places.program)
    window.show()

    click(window, "Remove")
    turned(window, EndPage)

    assert "files that are not DigitPad's" in words(window)
    assert (places.program / "notes.txt").read_text() == "mine"

    # And the folder can be named again
    again = SetupWindow(bundle, "2.0", places)
    again.show()
    assert button(again, "Install").isEnabled() and "other files" not in words(again)


def test_a_failure_is_said_and_one_can_go_back(
    window: SetupWindow,
    monkeypatch: pytest.MonkeyPatch,
    turned: Callable[[SetupWindow, type], None],
) -> None:
    def fail(*_arguments: object, **_options: object) -> Result:
        raise SetupError("/opt/x: the disk is full")

    monkeypatch.setattr("digitpad_setup.window.install", fail)
    click(window, "Install")
    turned(window, EndPage)

    assert "/opt/x: the disk is full." in words(window)
    assert not window.is_done
    click(window, "Back")
    assert isinstance(window.page, InstallPage)


def test_cancelling_stops_the_work_at_its_next_step(
    qapp: QApplication, wait_until: WaitUntil
) -> None:
    # Given work that goes on until it is stopped
    def endless(progress: Progress) -> Result:
        while True:
            progress(0.5)

    ended: list[str] = []
    work = Work(endless)
    work.failed.connect(ended.append)
    work.advanced.connect(lambda _: work.cancel())

    # When it has begun, and is cancelled
    work.start()
    wait_until(work.finished, lambda: bool(ended))
    work.wait()

    # Then
    assert ended == [""]


def test_escape_closes_without_a_change(window: SetupWindow, places: Places) -> None:
    QTest.keyClick(button(window, "Install"), Qt.Key.Key_Escape)

    assert not window.isVisible() and not window.is_done
    assert tree(places.home) == {}


def test_everything_has_a_name_and_is_reached_by_tab(window: SetupWindow) -> None:
    for widget in [each for kind in KINDS for each in window.page.findChildren(kind)]:
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface is not None and interface.text(QAccessible.Text.Name)
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus


@pytest.mark.parametrize("ground", ["#202124", "#f0f0f0"], ids=["dark", "light"])
def test_the_colours_follow_the_system(window: SetupWindow, ground: str) -> None:
    palette = QPalette(ground)
    palette.setColor(QPalette.ColorRole.Window, ground)

    window.setPalette(palette)

    assert window.grab().toImage().pixelColor(2, 2).name() == ground
