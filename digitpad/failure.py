"""Failure: how a person is told that the program cannot start or go on.

On the standard error and, for one who started it from a menu, in a dialog. Must work when half of
the installation is missing, so it uses what the system has; Qt only where it is whole enough.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence

TITLE = "DigitPad"


def refuse(sentence: str, *, dialog: bool) -> int:
    """Say why the program ends here, and wait until the dialog is closed; returns the status."""
    with contextlib.suppress(OSError):
        sys.stderr.write(f"digitpad: {sentence}\n")
        sys.stderr.flush()
    if dialog:
        _show(sentence)
    return 1


def _show(sentence: str) -> None:
    """Show a dialog until it is closed, if there is any way to."""
    if sys.platform == "win32":
        import ctypes

        error_icon = 0x10
        ctypes.windll.user32.MessageBoxW(None, sentence, TITLE, error_icon)
    elif sys.platform == "darwin":
        script = "on run words\ndisplay alert (item 1 of words) message (item 2 of words)\nend run"
        _run(["osascript", "-e", script, TITLE, sentence])
    elif platform := _qt_platform():
        _show_with_qt(sentence, platform)
    else:
        _show_with_host(sentence)


def _qt_platform() -> str | None:
    """Return a platform whose plugin is there and whose window a person would see."""
    try:
        from PySide6.QtCore import QCoreApplication, QLibraryInfo
        from PySide6.QtWidgets import QApplication  # noqa: F401
    except ImportError:
        return None
    if QCoreApplication.instance() is not None:
        return None  # It is Qt that failed.
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)
    named = os.environ.get("QT_QPA_PLATFORM", "").split(";")
    for platform, display in (("wayland", "WAYLAND_DISPLAY"), ("xcb", "DISPLAY")):
        wanted = platform in named if any(named) else bool(os.environ.get(display))
        if wanted and os.path.exists(os.path.join(folder, "platforms", f"libq{platform}.so")):
            return platform
    return None


def _show_with_qt(sentence: str, platform: str) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication, QMessageBox

    os.environ["QT_QPA_PLATFORM"] = platform
    application = QApplication(["digitpad"])
    box = QMessageBox(QMessageBox.Icon.Critical, TITLE, sentence)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.exec()
    application.quit()


def _show_with_host(sentence: str) -> None:
    """Use a program for dialogs that many desktops have."""
    from shutil import which

    for command in (
        ["zenity", "--error", "--no-markup", "--title", TITLE, "--text", sentence],
        ["kdialog", "--title", TITLE, "--error", sentence],
        ["xmessage", "-center", "-title", TITLE, sentence],
    ):
        if which(command[0]):
            _run(command)
            return


def _run(command: Sequence[str]) -> None:
    """Run a program of the host to its end, with the host's libraries and not the bundled ones."""
    import subprocess  # Every start would pay for it; few need it.

    environment = dict(os.environ)
    if getattr(sys, "frozen", False):
        environment.pop("LD_LIBRARY_PATH", None)
        if "LD_LIBRARY_PATH_ORIG" in environment:
            environment["LD_LIBRARY_PATH"] = environment.pop("LD_LIBRARY_PATH_ORIG")
    subprocess.run(
        command,
        env=environment,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
