"""What a plain `pip install .` installs."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import digitpad
from tests.translations import LANGUAGES

ROOT = Path(digitpad.__file__).resolve().parents[1]


def test_the_wheel_holds_the_program_its_resources_and_its_command(tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--wheel-dir", str(tmp_path), str(ROOT)], check=True)

    (wheel,) = tmp_path.glob(f"digitpad-{digitpad.__version__}-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (points,) = (name for name in names if name.endswith("entry_points.txt"))
        commands = archive.read(points).decode()
    assert {
        "digitpad/__main__.py",
        "digitpad/core/reader.py",
        "digitpad/resources/model/cnn.npz",
        "digitpad/resources/model/mlp.npz",
        "digitpad/resources/model/look_alikes.npz",
        "digitpad/resources/licenses/MNIST.txt",
        "digitpad/resources/ink/golden.jsonl",
        "digitpad/resources/icons/digitpad-256.png",
        "digitpad/resources/licenses/LGPL-3.0.txt",
        *(f"digitpad/resources/translations/digitpad_{code}.qm" for code in LANGUAGES),
    } <= names
    assert not any(name.startswith(("training/", "tests/")) for name in names)
    assert "digitpad = digitpad.__main__:main" in commands
