"""Start: sets what must be set before NumPy and Qt load, then hands over to `digitpad.app`."""

from __future__ import annotations

import os
import sys

THREAD_LIMITS = (
    "OPENBLAS_NUM_THREADS",
    "OMP_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "QT_NO_GUI_THREADPOOL",
)
"""What keeps products and painting to the thread that asks for them, each set to 1."""


def main() -> int:
    """Run DigitPad with the arguments of this process; returns the exit status."""
    # Waking threads for products this small costs more than it saves: on a busy machine 8 ms a
    # reading against 0.2. So does painting a few hundred lines of pixels on several: the window
    # stands still until each has had its turn. Overrides what was set, for that was meant for other
    # programs.
    os.environ.update(dict.fromkeys(THREAD_LIMITS, "1"))

    if getattr(sys, "frozen", False):
        # The processes that `read --jobs` starts are this executable again.
        import multiprocessing

        multiprocessing.freeze_support()

    _end_at_once_when_interrupted()

    from digitpad.app import run

    return run(sys.argv[1:])


def _end_at_once_when_interrupted() -> None:
    """Until a command is ready for Ctrl+C, there is nothing to be brought to an end in order.

    And NumPy and PySide6, interrupted while they are imported, take that for a broken installation
    or abort.
    """
    import signal

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


if __name__ == "__main__":
    sys.exit(main())
