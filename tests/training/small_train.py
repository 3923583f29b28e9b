"""The training commands with a small recipe, which takes seconds where the real one takes minutes.

Started by a test as a program of its own: `python -m tests.training.small_train` and the arguments
of `python -m training`.
"""

from __future__ import annotations

import sys

from tests.training.samples import small_recipe
from training.__main__ import main as training


def main(arguments: list[str]) -> int:
    """Run one command; return its exit status."""
    sys.modules[training.__module__].Recipe = small_recipe  # type: ignore[attr-defined]
    return training(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
