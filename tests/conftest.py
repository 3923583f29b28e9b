"""What every test may use: one Qt application without a screen, and waiting for a signal."""

from __future__ import annotations

import ast
import faulthandler
import gc
import os
import sys
from collections.abc import Callable
from typing import Any

from digitpad.__main__ import THREAD_LIMITS

# As in the program, and before NumPy loads: threads make products this small slower.
os.environ.update(dict.fromkeys(THREAD_LIMITS, "1"))

import pytest
from PySide6.QtCore import QEventLoop, QTimer, SignalInstance
from PySide6.QtWidgets import QApplication

os.environ["QT_QPA_PLATFORM"] = "offscreen"
# The system's language, wherever the tests run.
os.environ.update(LANGUAGE="en", LC_ALL="C.UTF-8")

if sys.version_info < (3, 12):
    # Until then two threads in there disturb each other (python/cpython#106905), and a SystemError
    # takes the place of a failing test's report while a window still loads. One gives way to the
    # other only where the garbage collector runs what is written in Python.
    _parse = ast.parse

    def _parse_undisturbed(*arguments: Any, **options: Any) -> Any:
        was_collecting = gc.isenabled()
        gc.disable()
        try:
            return _parse(*arguments, **options)
        finally:
            if was_collecting:
                gc.enable()

    ast.parse = _parse_undisturbed

PATIENCE = 30_000
"""Milliseconds after which a wait counts as failed; only a broken program ever waits so long."""
WaitUntil = Callable[[SignalInstance, Callable[[], bool]], None]
"""The fixture `wait_until`: waits until a condition holds, looking when the signal comes."""


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The one QApplication of the test run."""
    existing = QApplication.instance()
    return existing if isinstance(existing, QApplication) else QApplication([])


@pytest.fixture
def wait_until(qapp: QApplication) -> WaitUntil:
    """Run the event loop until a condition holds, looking again whenever the signal comes."""

    def wait(signal: SignalInstance, condition: Callable[[], bool]) -> None:
        loop = QEventLoop()

        def look(*_arguments: object) -> None:
            if condition():
                loop.quit()

        signal.connect(look)
        QTimer.singleShot(PATIENCE, loop, loop.quit)
        if not condition():
            loop.exec()
        signal.disconnect(look)
        if not condition():
            faulthandler.dump_traceback(sys.stderr)  # Where each thread is that may be waited for.
        assert condition(), "waited in vain"

    return wait
