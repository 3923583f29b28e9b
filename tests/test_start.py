"""What the window may load before it is seen: that is how soon it is there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

OURS = {
    "__main__",
    "app",
    "cli",
    "cli.parser",
    "core",
    "core.corrections",
    "core.groups",
    "core.ink",
    "core.reading",
    "core.reasons",
    "core.resource_files",
    "desktop",
    "failure",
    "output",
    "pad_windows",
    "settings",
    "ui",
    "ui.accessible",
    "ui.answer_panel",
    "ui.answer_view",
    "ui.answer_words",
    "ui.arrangement",
    "ui.belonging",
    "ui.button_ground",
    "ui.confidence_bars",
    "ui.digit_actions",
    "ui.digit_cell",
    "ui.digit_strip",
    "ui.drawing",
    "ui.eraser",
    "ui.file_actions",
    "ui.fitting",
    "ui.flat_slider",
    "ui.fonts",
    "ui.growing_stroke",
    "ui.ink_canvas",
    "ui.ink_layer",
    "ui.ink_surface",
    "ui.keyboard_pen",
    "ui.language",
    "ui.language_menu",
    "ui.mark_frames",
    "ui.menus",
    "ui.network_view",
    "ui.pad_window",
    "ui.paper",
    "ui.paper_view",
    "ui.pen_arbiter",
    "ui.pen_pressure",
    "ui.pen_size",
    "ui.pictures",
    "ui.pictures.arrivals",
    "ui.pictures.opening",
    "ui.stage",
    "ui.status_line",
    "ui.theme",
    "ui.tool_button",
    "ui.understand",
    "ui.understand.opening",
    "workers",
    "workers.draft_keeper",
    "workers.recognizer",
    "words",
}
"""Each is needed for what the first painting shows, or to wire it."""
OF_PYTHON = {"argparse", "gettext", "json", "locale", "signal", "unicodedata"}
"""Beside what a bare window of Qt and NumPy loads anyway."""

UNTIL_PAINTED = """
import json, os, sys
from digitpad import __main__, app, desktop, pad_windows

def report():
    print(json.dumps([*sys.modules]), flush=True)
    os._exit(0)

class Window(pad_windows.PadWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        desktop.QTimer.singleShot(0, report)

pad_windows.PadWindow = Window
__main__.main()
"""
IN_ORDER = """
import json, sys
from digitpad import app
with app.window_imports():
    from digitpad import desktop
print(json.dumps([*sys.modules]))
"""
SOURCES_READ = """
import json, linecache
from digitpad import app
with app.window_imports():
    from digitpad import desktop
print(json.dumps([*linecache.cache]))
"""
WHILE_WRITING = """
import json, sys
from digitpad.core.ink import Ink
from digitpad.core.reader import Reader
from tests.synthetic_ink import digit_ink, number_ink

reader = Reader.bundled()
reader.read_number(digit_ink(1))
before = set(sys.modules)
slash = Ink.from_points([[(430, 0), (420, 40), (400, 120)]])
digits = number_ink("0123", 0, 0).strokes + number_ink("456789", 480, 0).strokes
reader.read_number(Ink((*digits, *slash.strokes)))
print(json.dumps([*set(sys.modules) - before]))
"""
BARE = "import dataclasses, gc, logging, numpy.typing, sys; import PySide6.QtWidgets; import json; "


def modules_of(program: str, settings: Path) -> list[str]:
    """Return the modules that a program has loaded, or files read, in that order, by its word."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=settings,
        timeout=60,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_CONFIG_HOME": str(settings),
            "XDG_DATA_HOME": str(settings),
        },
    )
    found: list[str] = json.loads(done.stdout)
    return found


def test_nothing_is_loaded_before_the_window_is_seen_that_it_does_not_show(tmp_path: Path) -> None:
    bare = modules_of(BARE + "print(json.dumps([*sys.modules]))", tmp_path)

    loaded = set(modules_of(UNTIL_PAINTED, tmp_path)) - set(bare)

    # Import what comes later in the function that needs it. What is shown at once, add to OURS.
    ours = {name.removeprefix("digitpad.") for name in loaded if name.startswith("digitpad.")}
    assert ours <= OURS
    others = {name.split(".")[0] for name in loaded if not name.startswith("digitpad")}
    assert {name for name in others if not name.startswith("_")} <= OF_PYTHON


def test_what_knows_no_qt_is_loaded_before_qt(tmp_path: Path) -> None:
    """PySide6 reads the source of every module that is imported after it."""
    loaded = modules_of(IN_ORDER, tmp_path)

    after = loaded[loaded.index("PySide6") :]
    packages = {name.split(".")[0] for name in after}
    assert packages - set(sys.builtin_module_names) <= {"PySide6", "digitpad", "unicodedata"}
    assert not [name for name in after if name.startswith("digitpad.core")]


def test_no_source_is_read_for_qt(tmp_path: Path) -> None:
    assert modules_of(SOURCES_READ, tmp_path) == []


def test_nothing_is_loaded_while_somebody_writes(tmp_path: Path) -> None:
    assert modules_of(WHILE_WRITING, tmp_path) == []
