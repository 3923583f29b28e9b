"""What every test of the frozen program may use."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.dist.frozen import Frozen, Screen

BUILT = Path(__file__).resolve().parents[2] / "dist" / "DigitPad"


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that an ordinary user may enter, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="digitpad-test-"))
    folder.chmod(0o755)
    yield folder
    for place, _, _ in os.walk(folder):
        Path(place).chmod(0o755)
    shutil.rmtree(folder)


@pytest.fixture
def home(public_folder: Path) -> Path:
    """A home that nothing was ever kept in."""
    folder = public_folder / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def frozen(home: Path) -> Frozen:
    """The frozen program, with a home of its own."""
    if not (BUILT / "_internal").is_dir():
        pytest.skip("dist/DigitPad was not built: make dist")
    return Frozen(BUILT, {"HOME": str(home), "XDG_CONFIG_HOME": "", "XDG_RUNTIME_DIR": str(home)})


@pytest.fixture
def screen() -> Iterator[Screen]:
    """An X11 screen; skips where there is none to be had."""
    for tool in ("Xvfb", "xdotool"):
        if not shutil.which(tool):
            pytest.skip(f"needs {tool}")
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"],
        pass_fds=[write_end],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    with os.fdopen(read_end) as told:
        number = told.readline().strip()
    try:
        yield Screen(f":{number}")
    finally:
        server.terminate()
        server.wait()
