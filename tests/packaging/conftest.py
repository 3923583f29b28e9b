"""What every test of packaging gets: signals that mean afterwards what they meant before."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def signals_as_before() -> Iterator[None]:
    """Undo what the setup makes of signals for as long as its process runs.

    It ends by ignoring them, and so would every process that a later test starts: one that is to be
    terminated would stay for ever.
    """
    numbers = {signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)}
    before = {number: signal.getsignal(number) for number in numbers}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)
