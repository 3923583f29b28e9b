"""Interruption: Ctrl+C and SIGTERM end a command between two lines, never within one."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

TERMINATED = 128 + signal.SIGTERM
"""The exit status a shell gives for it."""


class Interruption:
    """While `watched`, a first signal ends the command in order, a second one at once."""

    def __init__(self) -> None:
        self._is_held = False
        self._arrived: int | None = None

    @contextlib.contextmanager
    def watched(self) -> Iterator[None]:
        """Raise KeyboardInterrupt for Ctrl+C and SystemExit for SIGTERM, but not where ignored."""
        if threading.current_thread() is not threading.main_thread():
            yield  # Only the main thread hears of signals.
            return
        replaced = {}
        for number in (signal.SIGINT, signal.SIGTERM):
            if signal.getsignal(number) is not signal.SIG_IGN:
                replaced[number] = signal.signal(number, self._handle)
        try:
            yield
        finally:
            for number, handler in replaced.items():
                signal.signal(number, handler)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Raise no interruption until what is done within has been done to its end."""
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False
        if self._arrived is not None:
            self._raise(self._arrived)

    def _handle(self, number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        if self._is_held:
            self._arrived = number
        else:
            self._raise(number)

    def _raise(self, number: int) -> None:
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        raise SystemExit(TERMINATED)
