"""The version: written in pyproject.toml, the same wherever the program shows it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

import digitpad
from digitpad.ui.about import about_box

ROOT = Path(digitpad.__file__).resolve().parents[1]
WRITTEN = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def version_shown(*folders: Path) -> str:
    """What `digitpad --version` prints when the package is found in these folders."""
    done = subprocess.run(
        [sys.executable, "-S", "-m", "digitpad", "--version"],
        capture_output=True,
        text=True,
        check=True,
        cwd=folders[0],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, folders))},
    )
    return done.stdout.strip()


def copied_package(folder: Path) -> Path:
    """Copy the package into a folder; returns the folder."""
    skipped = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "digitpad", folder / "digitpad", ignore=skipped)
    return folder


def metadata(folder: Path, version: str) -> None:
    """What an installer leaves beside the package."""
    place = folder / f"digitpad-{version}.dist-info"
    place.mkdir(parents=True)
    (place / "METADATA").write_text(f"Metadata-Version: 2.1\nName: digitpad\nVersion: {version}\n")


def test_it_is_the_one_in_pyproject(qapp: QApplication) -> None:
    assert digitpad.__version__ == WRITTEN
    assert version_shown(ROOT) == f"digitpad {WRITTEN}"
    assert WRITTEN in about_box(QWidget()).text()


def test_a_checkout_is_not_taken_for_what_is_installed_beside_it(tmp_path: Path) -> None:
    metadata(tmp_path, "9.9")

    assert version_shown(ROOT, tmp_path) == f"digitpad {WRITTEN}"


def test_an_installation_shows_its_own(tmp_path: Path) -> None:
    copied_package(tmp_path)
    metadata(tmp_path, "9.9")

    assert version_shown(tmp_path) == "digitpad 9.9"


@pytest.mark.parametrize("neighbour", [None, '[project]\nname = "other"\nversion = "7"\n'])
def test_a_bare_copy_of_the_package_still_runs(tmp_path: Path, neighbour: str | None) -> None:
    copied_package(tmp_path)
    if neighbour:
        (tmp_path / "pyproject.toml").write_text(neighbour)

    assert version_shown(tmp_path) == "digitpad unknown"


def test_a_start_does_not_look_it_up() -> None:
    code = "import sys, digitpad.desktop; print('__version__' in vars(sys.modules['digitpad']))"

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout == "False\n"
