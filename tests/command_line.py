"""Running `digitpad read` in tests, and files for it."""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
from pathlib import Path

import digitpad
from digitpad.cli.read import read_command
from digitpad.core.ink_files import ink_to_json
from digitpad.core.limits import DEFAULT_LIMITS, Limits
from tests.pictures import draw_picture, golden_digit


class Terminal(io.StringIO):
    """A stream that shows what is written to it on a screen."""

    def isatty(self) -> bool:
        return True


def read(
    *paths: Path | str, style: str = "json", limits: Limits = DEFAULT_LIMITS, jobs: int | None = 1
) -> tuple[int, list[str], list[str]]:
    """Run the command; returns exit status, lines printed, lines of complaint."""
    out, err = io.StringIO(), io.StringIO()
    sources = [str(path) for path in paths]
    status = read_command(sources, style=style, limits=limits, jobs=jobs, out=out, err=err)
    return status, out.getvalue().splitlines(), err.getvalue().splitlines()


def run_cli(
    *arguments: Path | str, package: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, with the package in `package` or this one."""
    root = package or Path(digitpad.__file__).resolve().parents[1]
    command = [sys.executable, "-m", "digitpad", "read", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONSAFEPATH": "1"}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def saved(path: Path, label: str = "3") -> Path:
    """Save a picture of a digit; returns its path."""
    draw_picture(golden_digit(label)).convert("RGB").save(path)
    return path


def ink_file(path: Path, labels: str) -> Path:
    """Save golden digits as an ink file, gzipped if the name says so; returns its path."""
    lines = "".join(ink_to_json(golden_digit(label), label) + "\n" for label in labels)
    path.write_bytes(gzip.compress(lines.encode()) if path.suffix == ".gz" else lines.encode())
    return path
