"""Work: one installation or removal on a thread of its own, so that the window stays awake."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QThread, Signal

from digitpad_setup.errors import SetupError
from digitpad_setup.folders import Progress
from digitpad_setup.installation import Result


class _CancelledError(Exception):
    """The person changed their mind; what was begun is taken back on the way out."""


class Work(QThread):
    """Runs a job once and says how it ended; `cancel` stops it at its next step."""

    advanced = Signal(int)
    """Per cent done."""
    succeeded = Signal(Result)
    failed = Signal(str)
    """One sentence for a person; "" after `cancel`."""

    def __init__(self, job: Callable[[Progress], Result]) -> None:
        super().__init__()
        self._job = job
        self._percent = -1
        self._cancel = threading.Event()

    def cancel(self) -> None:
        """Ask the job to stop; it may be done already."""
        self._cancel.set()

    def run(self) -> None:
        try:
            result = self._job(self._on_progress)
        except _CancelledError:
            self.failed.emit("")
        except SetupError as error:
            self.failed.emit(f"{error}.")
        except Exception as error:
            self.failed.emit(f"Something went wrong ({type(error).__name__}: {error}).")
        else:
            self.succeeded.emit(result)

    def _on_progress(self, share: float) -> None:
        if self._cancel.is_set():
            raise _CancelledError
        percent = round(100 * share)
        if percent != self._percent:
            self._percent = percent
            self.advanced.emit(percent)
