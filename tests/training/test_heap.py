"""Freed memory stays with the process, where the C library can be told so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from training.heap import keep_freed_memory

PROGRAM = """
import sys
import numpy as np
from pathlib import Path
from training.heap import keep_freed_memory

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1])

if sys.argv[1] == "keep":
    print(keep_freed_memory())
else:
    print(None)
before = resident()
block = np.ones(1 << 25)
held = resident() - before
del block
print((resident() - before) / held)
"""
"""Prints the share of a freed block of 256 MB that the process still has."""


def kept_share(how: str) -> tuple[str, float]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, how],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    answer, share = done.stdout.split()
    return answer, float(share)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs Linux")
def test_freed_memory_is_kept_when_that_was_asked_for() -> None:
    assert kept_share("leave")[1] < 0.1

    answer, share = kept_share("keep")

    assert share > 0.9 if answer == "True" else answer == "False"


def test_elsewhere_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    class Library:
        def __init__(self, name: str | None) -> None:
            """Without `mallopt`, as of another C library."""

    monkeypatch.setattr("training.heap.ctypes.CDLL", Library)

    assert keep_freed_memory() is False
