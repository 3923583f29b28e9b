"""Output: what a command prints, whole and at once, or a reason why it cannot be.

Owns the standard streams where they are closed or cannot be written to, so that this is said in one
line and by the exit status, and not by the interpreter at its end.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
from typing import TextIO


class OutputError(Exception):
    """What a command prints cannot be written; the message says why."""


def put(text: str, stream: TextIO) -> None:
    """Write text, and let it be seen at once; raises OutputError and BrokenPipeError."""
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(error.strerror or str(error)) from None


def swallow(stream: TextIO) -> None:
    """Keep the interpreter from flushing into a stream that cannot be written to."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def provide_streams() -> None:
    """Put streams of our own in the place of standard ones that are closed.

    A windowed build has none from the start; what it prints goes nowhere. Elsewhere the caller has
    closed them. Then no file that is opened later may take their numbers, and printing to the
    standard output raises OSError.
    """
    if os.name == "posix":
        # For writing only, so that reading from a closed standard input stays an error.
        while (number := os.open(os.devnull, os.O_WRONLY)) <= 2:
            os.set_inheritable(number, True)
        os.close(number)
    if sys.stdout is None:
        is_closed = os.name == "posix" and sys.__stdout__ is None
        sys.stdout = _ClosedOutput() if is_closed else _nowhere()
    if sys.stderr is None:
        sys.stderr = _nowhere()


class _ClosedOutput(io.StringIO):
    def write(self, _text: str) -> int:
        raise OSError(errno.EBADF, "the standard output is closed")


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")
