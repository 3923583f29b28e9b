"""What a fuzzer found, and what it begins with, is read or refused as it should be.

No file in `found` ever did harm: they are the shortest that the fuzzer came to for each outcome.
"""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from tests.fuzz.targets import TARGETS, seeds

FOUND = sorted((Path(__file__).parent / "fuzz" / "found").iterdir())


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_was_found_is_read_or_refused(path: Path) -> None:
    target = TARGETS[path.name.partition("-")[0]]
    with warnings.catch_warnings(action="error"):
        target(path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_the_seeds_are_read(name: str) -> None:
    for seed in seeds(name):
        with warnings.catch_warnings(action="error"):
            TARGETS[name](seed)
