"""The AppImage's script: what it packs, and that it runs no tool but the pinned one.

The packer cannot be had without a network; a stand-in shows what it would have been given.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging.tools import PACKAGING

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="made on Linux")

SCRIPT = PACKAGING / "appimage" / "make_appimage.sh"
PINS = re.findall(r"\b[0-9a-f]{64}\b", SCRIPT.read_text(encoding="utf-8"))

DOWNLOAD = """#!/bin/sh
# Stands in for curl: the packer only keeps what it is asked to pack.
while [ "$1" != --output ]; do shift; done
printf '#!/bin/sh\\ncp -R "$4" "$KEPT" && echo packed > "$5"\\n' > "$2"
"""
SUM = """#!/bin/sh
case $1 in *appimagetool*) echo {tool} ;; *) echo {runtime} ;; esac
"""


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder with a frozen program, and stand-ins for what the network would give."""
    for name, text in {
        "frozen/digitpad": '#!/bin/sh\necho "digitpad 1.2.3" "$@"\n',
        "frozen/digitpad-setup": "",
        "frozen/_internal/digitpad_setup/share/digitpad.xml": "",
        "bin/curl": DOWNLOAD,
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    return tmp_path


def _make(machine: Path) -> subprocess.CompletedProcess[str]:
    path = f"{machine / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [SCRIPT, machine / "frozen", machine / "out"],
        env=os.environ | {"PATH": path, "KEPT": str(machine / "kept")},
        capture_output=True,
        text=True,
    )


def test_program_menu_entry_and_icon_are_packed(machine: Path) -> None:
    tool, runtime = PINS
    (machine / "bin" / "sha256sum").write_text(
        SUM.format(tool=tool, runtime=runtime), encoding="utf-8"
    )
    (machine / "bin" / "sha256sum").chmod(0o755)

    done = _make(machine)

    assert done.returncode == 0, done.stderr
    assert (machine / "out" / "DigitPad-1.2.3-linux-x86_64.AppImage").exists()
    kept = machine / "kept"
    entry = (kept / "digitpad.desktop").read_text(encoding="utf-8")
    assert "Icon=digitpad\n" in entry
    assert "TryExec" not in entry
    assert (kept / "digitpad.svg").exists()
    assert not [path for path in kept.rglob("*") if "setup" in path.name]
    started = subprocess.run(
        [kept / "AppRun", "a file"],
        env=os.environ | {"APPDIR": str(kept)},
        capture_output=True,
        text=True,
    )
    assert started.stdout == "digitpad 1.2.3 a file\n"


def test_another_packer_than_the_pinned_one_is_not_run(machine: Path) -> None:
    done = _make(machine)

    assert done.returncode == 1
    assert f"not {PINS[0]}" in done.stderr
    assert not (machine / "kept").exists()
    assert not (machine / "out").exists()
