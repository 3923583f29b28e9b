"""One of several workers, with trouble to order.

Started by a test as a program of its own: `python -m tests.training.worker_run DIES_AT PATIENCE`
and the arguments of `python -m training`, with a small recipe. It is killed before its step number
DIES_AT (0: never) and waits PATIENCE seconds for the others to start.
"""

from __future__ import annotations

import os
import signal
import sys
from functools import partial
from itertools import count

from tests.training.samples import small_recipe
from training import __main__ as training

recipe = partial(small_recipe, batch_size=128, averaging_momentum=0.999)
"""Batches that all replicas have a share of, and an average that shows little of the rounding in
which replicas differ."""


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
    training.Recipe = recipe  # type: ignore[assignment, attr-defined]
    return training.main(arguments)


if __name__ == "__main__":
    sys.exit(run(int(sys.argv[1]), float(sys.argv[2]), sys.argv[3:]))
