"""First paint: a window as a new process, `pad` or `bare`; prints when its first paint was done.

The pad is the program itself, started as its command starts it. The bare window is an empty one
in a process that imports the same libraries: what no program made of them can be faster than.
"""

from __future__ import annotations

import os
import sys
import time


def report_paint() -> None:
    """Print the moment on the clock that all processes share; the window has been painted."""
    sys.stdout.write(f"{time.monotonic()}\n")
    sys.stdout.flush()


def run_pad() -> None:
    """Start the program and end the process at its first paint, before it keeps any settings."""
    from digitpad.__main__ import main
    from digitpad.app import window_imports

    with window_imports():  # As `main` will, for which it is then too late.
        from PySide6.QtCore import QTimer
        from PySide6.QtGui import QPaintEvent

        from digitpad import desktop, pad_windows
        from digitpad.ui.pad_window import PadWindow

    def end() -> None:
        report_paint()
        os._exit(0)

    class Watched(PadWindow):
        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
            super().paintEvent(event)
            QTimer.singleShot(0, end)  # The window is painted before its parts.

    assert desktop
    vars(pad_windows)["PadWindow"] = Watched
    sys.argv = ["digitpad"]
    main()


def run_bare() -> None:
    """Show an empty window and end in order once it is painted."""
    import numpy
    import PIL.Image
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QWidget

    assert numpy and PIL.Image

    class Bare(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
            QTimer.singleShot(0, end)

    application = QApplication(["bare"])

    def end() -> None:
        report_paint()
        application.quit()

    window = Bare()
    window.resize(960, 656)
    window.show()
    application.exec()


if __name__ == "__main__":
    {"pad": run_pad, "bare": run_bare}[sys.argv[1]]()
