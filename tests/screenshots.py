"""Screenshots: the pad with a number, a picture, each page of the Understand panel, for docs/.

`python -m tests.screenshots` writes them to docs/screenshots, or into the folder that is named. The
window is real, the screen is none: the offscreen platform is told its screen's size and scaling
when it starts, so each scaling has a process of its own.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from digitpad.core.ink import Ink, Stroke
from digitpad.core.reader import Reader
from digitpad.desktop import make_application
from digitpad.ui.pad_window import PadWindow
from digitpad.ui.understand.inside import Inside
from digitpad.ui.understand.page import Page
from digitpad.ui.understand.panel import UnderstandPanel
from digitpad.ui.understand.side_by_side import SideBySide
from digitpad.workers.recognizer import Recognizer
from tests.pictures import draw_page, golden_digit
from tests.ui.conftest import PALETTES
from tests.ui.hand import Mouse

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "screenshots"
SCALINGS = (1, 2)
SCREEN = 1366, 768
DIGIT = "7"
NUMBER = "2026"
LINES = ("40759", "1638", "29051")
COLOURS = 256
"""A palette of so many makes the files a third as large, and no one sees it."""


def main() -> int:
    """Make all screenshots. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--scaling", type=int, choices=SCALINGS, help="only this one")
    options = parser.parse_args()
    if options.scaling:
        make_screenshots(options.folder.resolve(), options.scaling)
        return 0
    for scaling in SCALINGS:
        with tempfile.TemporaryDirectory() as folder:
            screens = Path(folder) / "screens.json"
            screens.write_text(json.dumps({"screens": [_screen(scaling)]}))
            platform = {
                "QT_QPA_PLATFORM": f"offscreen:configfile={screens}",
                "QT_SCALE_FACTOR": str(scaling),
            }
            command = [sys.executable, "-m", "tests.screenshots", str(options.folder)]
            subprocess.run(
                [*command, f"--scaling={scaling}"],
                env={**os.environ, **platform},
                check=True,
            )
    return 0


def make_screenshots(folder: Path, scaling: int) -> None:
    """Save the window as it is used, light and dark."""
    application = make_application()
    application.setStyle("Fusion")
    folder.mkdir(parents=True, exist_ok=True)
    for theme, palette in PALETTES.items():
        application.setPalette(palette())
        recognizer = Recognizer(Reader.bundled)
        window = PadWindow(recognizer)
        window.show()
        recognizer.start()

        def save(name: str, window: PadWindow = window, theme: str = theme) -> None:
            _settle(application)
            file_name = f"{name}-{theme}{'-2x' * (scaling == 2)}.png"
            _save(window.grab().toImage(), folder / file_name)

        window.show_ink(_written(NUMBER))
        _wait(recognizer.answered.connect)
        save("pad")
        _open_picture(window)
        save("picture")
        window.show_ink(golden_digit(DIGIT))
        _wait(recognizer.answered.connect)
        panel = window.understanding.open()
        for place in range(panel.tabs.count()):
            panel.tabs.setCurrentIndex(place)
            _wait(panel.explainer.shown.connect)
            page = panel.page
            _settle(application)
            if type(page) in STAGES:
                STAGES[type(page)](page, panel)
            save(f"understand-{_slug(page.title.source)}")
        window.close()


def _written(number: str) -> Ink:
    """Golden digits beside each other, all as high."""
    strokes: list[Stroke] = []
    left = 0.0
    for label in number:
        ink = golden_digit(label)
        bounds = ink.bounds
        scale = 1.0 / bounds.height
        place = np.array([left - bounds.left * scale, -bounds.top * scale])
        strokes += [stroke[:, :2] * scale + place for stroke in ink.strokes]
        left += bounds.width * scale + 0.25
    return Ink.from_points(strokes)


def _open_picture(window: PadWindow) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "readings.png"
        draw_page(LINES, (480, 420), place=(70.0, 70.0), height=64.0).save(path)
        window.files.open_file(str(path))
        while window.pictures.page is None or not window.panel.marks:
            _wait(window.digit_shown.connect)


def _move_it(page: Page, panel: UnderstandPanel) -> None:
    assert isinstance(page, SideBySide)
    slider = page.sliders.sliders["right"]
    slider.setValue(slider.minimum())
    _wait(panel.explainer.shown.connect)


def _point_at_a_map(page: Page, _panel: UnderstandPanel) -> None:
    assert isinstance(page, Inside)
    grid = page.grids["conv2"]
    unit = grid.height() / 4
    Mouse(grid).move(unit * 5.5, unit * 0.3, Qt.MouseButton.NoButton)


STAGES: dict[type[Page], Callable[[Page, UnderstandPanel], None]] = {
    SideBySide: _move_it,
    Inside: _point_at_a_map,
}
"""What is done on a page before its picture is taken."""


def _screen(scaling: int) -> dict[str, object]:
    width, height = (scaling * length for length in SCREEN)
    return {"name": "screen", "x": 0, "y": 0, "width": width, "height": height}


def _wait(connect: Callable[[Callable[..., object]], object]) -> None:
    """Run the event loop until a signal comes; `connect` is that signal's."""
    loop = QEventLoop()
    connect(loop.quit)
    loop.exec()


def _settle(application: QApplication) -> None:
    for _ in range(5):
        application.processEvents()


def _slug(title: str) -> str:
    letters = "".join(letter if letter.isalnum() else " " for letter in title.lower())
    return "-".join(letters.split())


def _save(image: QImage, path: Path) -> None:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    picture = Image.open(io.BytesIO(buffer.data().data())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
