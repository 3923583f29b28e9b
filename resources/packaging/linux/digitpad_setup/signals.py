"""Signals: what asks the setup to stop, and when it no longer can."""

from __future__ import annotations

import signal
from types import FrameType

NUMBERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """A signal asks to stop; what was begun is taken back on the way out."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def listen() -> None:
    """From now on, have a signal raise Stopped; one that has come already does so at once."""
    for number in NUMBERS:
        signal.signal(number, _stop)
    # The double-click installer starts the setup with signals held back.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, NUMBERS)


def ignore() -> None:
    """From now on, let nothing stop what is under way."""
    for number in NUMBERS:
        signal.signal(number, signal.SIG_IGN)


def _stop(number: int, _frame: FrameType | None) -> None:
    ignore()  # A second one must not interrupt what takes the first steps back.
    raise Stopped(number)
