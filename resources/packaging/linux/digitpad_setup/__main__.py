"""Start: sets what Ctrl+C does from the first moment, then hands over to `terminal`."""

from __future__ import annotations

import signal
import sys


def main() -> int:
    """Set up as the arguments of this process ask; returns the exit status."""
    # Until there is anything to be taken back, it ends this program as any other.
    signal.signal(signal.SIGINT, signal.SIG_DFL)

    from digitpad_setup import terminal

    return terminal.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
