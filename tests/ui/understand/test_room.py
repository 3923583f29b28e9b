"""How the window makes room for the panel, on screens of several sizes and scalings.

The offscreen platform has the screen that it is told at the start, so each runs in its own process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]

PROGRAM = """
import json, sys
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea
from digitpad.core.reader import Reader
from digitpad.ui.pad_window import PadWindow
from digitpad.workers.recognizer import Recognizer

application = QApplication([])
recognizer = Recognizer(Reader.bundled)
window = PadWindow(recognizer)
window.show()
application.processEvents()

def size():
    return [window.width(), window.height()]

def clipped(page):
    found = []
    for child in page.findChildren(QLabel) + page.findChildren(QAbstractButton):
        least = child.minimumSizeHint()
        if isinstance(child, QLabel) and child.hasHeightForWidth():
            least.setHeight(child.heightForWidth(child.width()))
        if child.isVisible() and (child.width() < least.width() or child.height() < least.height()):
            found.append(child.text())
    return found

before = size()
panel = window.understanding.open()
for _ in range(5):
    application.processEvents()
screen = window.screen().availableGeometry()
pages = {}
for place in range(panel.tabs.count()):
    panel.tabs.setCurrentIndex(place)
    for _ in range(200):
        application.processEvents()
    area = panel.page.parent().parent()
    assert isinstance(area, QScrollArea)
    pages[panel.page.title.source] = {
        "clipped": clipped(panel.page),
        "sideways": area.horizontalScrollBar().maximum(),
    }
tabs = panel.tabs
state = {
    "ratio": window.devicePixelRatioF(),
    "before": before,
    "open": size(),
    "panel": [panel.width(), panel.height()],
    "floating": panel.isFloating(),
    "beside": panel.x() - screen.left(),
    "tabs": [tabs.width(), sum(tabs.tabRect(n).width() for n in range(tabs.count()))],
    "on_screen": screen.contains(window.frameGeometry())
    and screen.contains(panel.frameGeometry() if panel.isFloating() else window.geometry()),
    "pages": pages,
}
state["resized"] = {}
least, most = window.minimumSizeHint().toTuple(), screen.size().toTuple()
for wide, high in (least, (1300, 500), most):
    window.resize(wide, high)
    for place in range(tabs.count()):
        tabs.setCurrentIndex(place)
        for _ in range(20):
            application.processEvents()
        area = panel.page.parent().parent()
        found = [*clipped(panel.page), area.horizontalScrollBar().maximum()]
        state["resized"][f"{panel.page.title.source} at {wide} x {high}"] = found
window.resize(*state["open"])
application.processEvents()
window.understanding.close()
for _ in range(5):
    application.processEvents()
state["after"] = size()
window.close()
print(json.dumps(state))
"""

TOURED = """
import json
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from digitpad.core.reader import Reader
from digitpad.ui.pad_window import PadWindow
from digitpad.ui.tour.guided_tour import GuidedTour
from digitpad.workers.recognizer import Recognizer

application = QApplication([])
recognizer = Recognizer(Reader.bundled)
window = PadWindow(recognizer)
window.show()

def settle():
    for _ in range(20):
        application.processEvents()

settle()
sizes = {"before": window.size().toTuple()}
next(a for a in window.findChildren(QAction) if a.text() == "Guided &Tour").trigger()
settle()
sizes["toured"] = window.size().toTuple()
sizes["floating"] = window.understanding.panel.isFloating()
window.findChild(GuidedTour).leave()
settle()
sizes["after"] = window.size().toTuple()
for _ in range(3):
    window.understanding.action.toggle()
settle()
sizes["toggled"] = window.size().toTuple()
sizes["panel"] = window.understanding.panel.width()
window.understanding.action.toggle()
settle()
sizes["closed"] = window.size().toTuple()
window.close()
print(json.dumps(sizes))
"""

REOPENED = """
import json, os
from digitpad import desktop, pad_windows
from PySide6.QtCore import QTimer

class Window(pad_windows.PadWindow):
    def showEvent(self, event):
        super().showEvent(event)
        QTimer.singleShot(0, self.do)

    def do(self):
        canvas, bounds = self.canvas, self.canvas.ink.bounds
        self.understanding.open()
        print(json.dumps({
            "floating": self.understanding.panel.isFloating(),
            "right_of": bounds.left,
            "left_of": canvas.width() - bounds.right,
        }))
        self.close()

pad_windows.PadWindow = Window
desktop.open_window("resources/ink/golden.jsonl")
"""


def run_on(
    folder: Path, width: int, height: int, ratio: float, program: str = PROGRAM
) -> dict[str, Any]:
    """Run a program on a screen of that many logical pixels; return what it says of its window."""
    pixels = {"width": round(width * ratio), "height": round(height * ratio)}
    screen = {"name": "test", "x": 0, "y": 0, **pixels}
    (folder / "screens.json").write_text(json.dumps({"screens": [screen]}))
    platform = {
        "QT_QPA_PLATFORM": f"offscreen:configfile={folder / 'screens.json'}",
        "QT_SCALE_FACTOR": str(ratio),
        "XDG_CONFIG_HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
    }
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, **platform},
        capture_output=True,
        text=True,
        check=True,
    )
    state: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return state


@pytest.mark.parametrize(
    ("width", "height", "ratio"), [(1366, 768, 1), (1366, 768, 2), (1920, 1080, 1.25)]
)
def test_the_window_grows_for_the_panel_and_shrinks_back(
    tmp_path: Path, width: int, height: int, ratio: float
) -> None:
    # When
    state = run_on(tmp_path, width, height, ratio)

    # Then
    assert state["ratio"] == ratio
    assert not state["floating"]
    assert state["on_screen"]
    assert state["open"][0] >= state["before"][0] + 0.9 * state["panel"][0]
    assert state["tabs"][0] >= state["tabs"][1]
    for page in state["pages"].values():
        assert page == {"clipped": [], "sideways": 0}
    assert state["resized"] == {where: [0] for where in state["resized"]}
    assert state["after"] == state["before"]


def test_where_there_is_no_room_for_both_the_panel_has_a_window_of_its_own(
    tmp_path: Path,
) -> None:
    # When the panel opens on a screen of 1366 x 768 at 200 %
    state = run_on(tmp_path, 683, 384, 2)

    # Then
    assert state["floating"]
    assert state["after"] == state["open"] == state["before"]
    assert state["panel"][0] <= 683
    assert state["panel"][1] <= 384
    assert state["beside"] > 683 / 3
    for page in state["pages"].values():
        assert page == {"clipped": [], "sideways": 0}


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1200)])
def test_a_tour_and_fast_keys_leave_the_window_as_it_was(
    tmp_path: Path, width: int, height: int
) -> None:
    # When the tour is taken and left, and then the panel opened and closed three times at once
    sizes = run_on(tmp_path, width, height, 1, TOURED)

    # Then
    assert not sizes["floating"]
    assert sizes["toured"][1] > sizes["before"][1]
    assert sizes["after"] == sizes["before"]
    assert sizes["toggled"][0] <= sizes["before"][0] + 1.1 * sizes["panel"]
    assert sizes["closed"] == sizes["before"]


def test_a_file_stands_in_the_middle_also_where_the_panel_comes_back(tmp_path: Path) -> None:
    # Given a program that ended with its panel open
    first = run_on(tmp_path, 1920, 1080, 1, REOPENED)
    assert not first["floating"]

    # When it is started again with the same file
    again = run_on(tmp_path, 1920, 1080, 1, REOPENED)

    # Then the ink is in the middle of what the panel leaves
    assert not again["floating"]
    assert again["right_of"] == pytest.approx(again["left_of"])
