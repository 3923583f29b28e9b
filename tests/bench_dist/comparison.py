"""Comparison: freezes the windows that the program is measured against, each in an environment.

Owns build/bench-dist. A window that is already frozen from the same source with the same versions
is taken as it is: the one with TensorFlow takes minutes and 2 GB.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

from tests.bench.measurement import ROOT, MeasurementError

FOLDER = ROOT / "build" / "bench-dist"
DIST_PYTHON = ROOT / ".venv-dist" / "bin" / "python"
"""The program was frozen with this one; what it holds is what the others are frozen with."""
MODEL = ROOT / "resources" / "model" / "cnn.keras"


@dataclass(frozen=True, slots=True)
class Window:
    """A window to freeze: its source, its packages, and files to put beside its source."""

    name: str
    packages: tuple[str, ...]
    data: tuple[Path, ...] = ()

    @property
    def source(self) -> Path:
        return Path(__file__).with_name(f"{self.name}.py")

    @property
    def program(self) -> Path:
        return FOLDER / self.name / "dist" / self.name / self.name


_BARE = ("PySide6-Essentials", "numpy", "pillow", "pyinstaller")
_SAME = {"PySide6_Essentials", "shiboken6", "numpy", "pillow", "pyinstaller"}
"""What is taken in the very version that the program was frozen with."""
EMPTY = Window("empty_window", _BARE)
TENSORFLOW = Window("tensorflow_window", (*_BARE, "keras>=3.8,<4", "tensorflow>=2.18,<3"), (MODEL,))


def frozen(window: Window) -> tuple[Path, dict[str, str]]:
    """Return a frozen window's executable and the versions of the packages it was frozen with.

    Raises MeasurementError when it cannot be built.
    """
    versions = _versions(DIST_PYTHON)
    constraints = {name: version for name, version in versions.items() if name in _SAME}
    wanted = _fingerprint(window, constraints)
    folder = FOLDER / window.name
    stamp = folder / "frozen-from"
    python = folder / "environment" / "bin" / "python"
    if not (stamp.exists() and stamp.read_text() == wanted and window.program.exists()):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        _build(window, folder, python, constraints)
        stamp.write_text(wanted)
    return window.program, _versions(python)


def _build(window: Window, folder: Path, python: Path, constraints: dict[str, str]) -> None:
    venv.create(python.parent.parent, with_pip=True)
    kept = folder / "constraints.txt"
    kept.write_text("".join(f"{name}=={version}\n" for name, version in constraints.items()))
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run([*pip, "--constraint", str(kept), *window.packages])
    data = [option for path in window.data for option in ("--add-data", f"{path}:.")]
    places = {"distpath": "dist", "workpath": "work", "specpath": "."}
    options = [f"--{option}={folder / place}" for option, place in places.items()]
    freeze = [str(python), "-m", "PyInstaller", "--noconfirm", "--windowed", "--log-level=ERROR"]
    _run([*freeze, f"--name={window.name}", *options, *data, str(window.source)])
    shutil.rmtree(folder / "work")


def _fingerprint(window: Window, constraints: dict[str, str]) -> str:
    digest = hashlib.sha256(
        repr((sys.version, window.packages, sorted(constraints.items()))).encode()
    )
    for path in (window.source, *window.data):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _versions(python: Path) -> dict[str, str]:
    """Return the packages of an environment, without the project itself."""
    if not python.exists():
        raise MeasurementError(f"{python.relative_to(ROOT)} is missing: run make dist first")
    listing = _run([str(python), "-m", "pip", "freeze", "--exclude-editable", "--all"])
    pairs = (line.partition("==") for line in listing.splitlines())
    return {name: version for name, _, version in pairs if version}


def _run(command: list[str]) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        shown = " ".join(command[:4])
        raise MeasurementError(f"{shown} ... failed:\n{(done.stdout + done.stderr)[-2000:]}")
    return done.stdout
