"""Array files: several threads may unpack at once, as windows that open together do."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from digitpad.core.array_files import pack_arrays, unpack_arrays


@pytest.fixture
def eager_turns() -> Iterator[None]:
    """Let threads take turns even while Python makes objects: garbage is collected all the time."""
    interval, thresholds = sys.getswitchinterval(), gc.get_threshold()

    def collected(_phase: str, _info: dict[str, int]) -> None:
        for _ in range(20):
            pass  # Between any two steps another thread may go on.

    gc.callbacks.append(collected)
    gc.set_threshold(1, 10_000, 10_000)  # Never all of what a whole run of tests has made.
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)
    gc.set_threshold(*thresholds)
    gc.callbacks.remove(collected)


@pytest.mark.usefixtures("eager_turns")
def test_threads_may_unpack_at_once() -> None:
    arrays = {f"layer{number}/kernel": np.full((2, 3, 4), number) for number in range(10)}
    data = pack_arrays(arrays)

    def unpack(_turn: int) -> bool:
        found = unpack_arrays(data, limit=100_000)
        return all(np.array_equal(found[name], array) for name, array in arrays.items())

    with ThreadPoolExecutor(2) as threads:
        assert all(threads.map(unpack, range(200)))
