"""Errors: why an installer cannot be made, in one sentence for whoever makes it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence


class BuildError(Exception):
    """Something that the build needs is missing or failed."""


def run_tool(command: Sequence[str], package: str) -> str:
    """Run a tool of a Debian package; returns its output. Raises BuildError."""
    if shutil.which(command[0]) is None:
        raise BuildError(f"{command[0]} is missing; on Debian and Ubuntu it is in {package}")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildError(f"{command[0]} failed: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout
