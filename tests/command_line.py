"""Running `digitpad read` in tests, and files for it."""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
from pathlib import Path

import digitpad
from digitpad.cli import read_command
from digitpad.core.ink_files import ink_to_json
from tests.pictures import draw_picture, golden_digit


def read(*paths: Path | str, as_json: bool = True) -> tuple[int, list[str], list[str]]:
    """Run the command; returns exit status, lines printed, lines of complaint."""
    out, err = io.StringIO(), io.StringIO()
    status = read_command([str(p) for p in paths], as_json=as_json, single=False, out=out, err=err)
    return status, out.getvalue().splitlines(), err.getvalue().splitlines()


def run_cli(*paths: Path | str, package: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, with the package in `package` or this one."""
    root = package or Path(digitpad.__file__).resolve().parents[1]
    arguments = [sys.executable, "-m", "digitpad", "read", *map(str, paths)]
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONSAFEPATH": "1"}
    return subprocess.run(arguments, capture_output=True, text=True, check=False, env=environment)


def saved(path: Path, label: str = "3") -> Path:
    """Save a picture of a digit; returns its path."""
    draw_picture(golden_digit(label)).convert("RGB").save(path)
    return path


def ink_file(path: Path, labels: str) -> Path:
    """Save golden digits as an ink file, gzipped if the name says so; returns its path."""
    lines = "".join(ink_to_json(golden_digit(label), label) + "\n" for label in labels)
    path.write_bytes(gzip.compress(lines.encode()) if path.suffix == ".gz" else lines.encode())
    return path
