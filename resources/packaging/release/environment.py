"""Environment: makes the virtual environment that a release is frozen in, of pinned packages.

    environment.py FOLDER         FOLDER such as .venv-dist; `make dist` then takes it as it is

Each file that is downloaded is checked against its SHA-256 in packages.txt. The project itself is
installed from this checkout, by the pinned backend.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]


def make_environment(folder: Path) -> None:
    """Make the environment; raises CalledProcessError when a file is missing or another one."""
    venv.create(folder, with_pip=True, clear=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    pinned = ["--require-hashes", "--only-binary=:all:", "-r", str(HERE / "packages.txt")]
    subprocess.run([*pip, *pinned], check=True)
    project = ["--no-deps", "--no-build-isolation", "-e", str(ROOT)]
    subprocess.run([*pip, *project], check=True)
    # The mark by which make knows that it is ready.
    (folder / "ready").touch()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    make_environment(Path(sys.argv[1]))
