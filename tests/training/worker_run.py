"""One of several workers, with trouble to order.

Started by a test as a program of its own: `python -m tests.training.worker_run DIES_AT PATIENCE`
and the arguments of `python -m training`. It is killed before its step number DIES_AT (0: never)
and waits PATIENCE seconds for the others to start.
"""

from __future__ import annotations

import os
import signal
import sys
from itertools import count

from training.__main__ import main


def run(dies_at: int, patience: float, arguments: list[str]) -> int:
    """Run the command with the trouble; return its exit status."""
    from training import distribution

    share_of, steps = distribution.share_of, count(1)

    def deadly_share_of(
        batch: distribution.Batch, replica: int, replicas: int
    ) -> distribution.Share:
        if next(steps) == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return share_of(batch, replica, replicas)

    distribution.share_of = deadly_share_of
    distribution.START_PATIENCE = patience
    return main(arguments)


if __name__ == "__main__":
    sys.exit(run(int(sys.argv[1]), float(sys.argv[2]), sys.argv[3:]))
