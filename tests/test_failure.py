"""What a person is told when the program cannot start: on the standard error and in a dialog."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import digitpad
from digitpad.core.resource_files import FILE_LIST

ROOT = Path(digitpad.__file__).resolve().parents[1]
DIALOG = """\
#!/bin/sh
printf '%s\\n' "$@" > "$DIALOG_SHOWN"
"""

on_a_unix_desktop = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the dialog is the system's own"
)


@pytest.fixture
def installation(tmp_path: Path) -> Path:
    """A folder with a copy of the program, whole but for what a test takes away."""
    skipped = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "digitpad", tmp_path / "app" / "digitpad", ignore=skipped)
    resources = tmp_path / "app" / "digitpad" / "resources"
    for name in ("icons", "ink", "model"):
        shutil.copytree(ROOT / "resources" / name, resources / name, dirs_exist_ok=True)
    return tmp_path / "app"


def start(
    installation: Path, *arguments: str, **environment: str
) -> tuple[subprocess.CompletedProcess[str], str]:
    """Run the program on a desktop that has a program for dialogs.

    Returns how it ended, and what the dialog was told: "" for none.
    """
    programs = installation.parent / "programs"
    programs.mkdir()
    (programs / "zenity").write_text(DIALOG)
    (programs / "zenity").chmod(0o755)
    shown = installation.parent / "shown"
    done = subprocess.run(
        [sys.executable, "-m", "digitpad", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=installation,
        env={
            **os.environ,
            "PYTHONPATH": str(installation),
            "QT_QPA_PLATFORM": "offscreen",
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "DIALOG_SHOWN": str(shown),
            **environment,
        },
    )
    return done, shown.read_text() if shown.exists() else ""


@on_a_unix_desktop
def test_without_the_model_the_window_is_refused_in_a_dialog_and_on_stderr(
    installation: Path,
) -> None:
    model = installation / "digitpad" / "resources" / "model" / "cnn.npz"
    model.unlink()

    done, dialog = start(installation)

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and f"{model} is missing" in done.stderr
    assert f"{model} is missing" in dialog


@pytest.mark.parametrize("command", [("self-test",), ("read", "a.png")])
def test_without_the_model_a_command_says_so_without_a_dialog(
    installation: Path, command: tuple[str, ...]
) -> None:
    (installation / "digitpad" / "resources" / "model" / "cnn.npz").unlink()

    done, dialog = start(installation, *command)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1 and "cnn.npz is missing" in done.stderr
    assert dialog == ""


@on_a_unix_desktop
@pytest.mark.parametrize(
    ("lost", "words"),
    [
        (["a.so"], "a.so is missing."),
        (["a.so", "b.so"], "a.so, b.so are missing."),
        (["a.so", "b.so", "c", "d", "e"], "a.so, b.so, c and 2 more files are missing."),
    ],
)
def test_a_frozen_build_names_the_files_that_it_lost(
    installation: Path, lost: list[str], words: str
) -> None:
    there = ["digitpad/resources/model/cnn.npz"]
    listed = installation / "digitpad" / "resources" / FILE_LIST
    listed.write_text("\n".join(there + lost))

    done, dialog = start(installation)

    assert done.returncode == 1
    assert words in done.stderr and done.stderr.count("\n") == 1
    assert words in dialog


def test_a_whole_frozen_build_starts(installation: Path) -> None:
    (installation / "digitpad" / "resources" / FILE_LIST).write_text("digitpad/app.py\n")

    done, _ = start(installation, "self-test")

    assert (done.returncode, done.stderr) == (0, "")


@on_a_unix_desktop
def test_when_qt_cannot_start_its_reason_is_told_instead_of_a_crash(installation: Path) -> None:
    done, dialog = start(installation, QT_QPA_PLATFORM="nonsense")

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and '"nonsense"' in done.stderr
    assert '"nonsense"' in dialog


def test_where_qt_can_the_dialog_is_its_own() -> None:
    script = (
        "import sys; from digitpad import failure; from PySide6.QtWidgets import QMessageBox\n"
        "show = lambda b: print(b.windowTitle(), b.text(), b.textFormat().name, sep='|')\n"
        "QMessageBox.exec = show\n"
        "failure._qt_platform = lambda: 'offscreen'\n"
        "sys.exit(failure.refuse('The <b> is gone.', dialog=True))"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )

    shown = "" if sys.platform in ("win32", "darwin") else "DigitPad|The <b> is gone.|PlainText\n"
    assert (done.returncode, done.stdout) == (1, shown)
    assert done.stderr == "digitpad: The <b> is gone.\n"
