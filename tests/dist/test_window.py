"""The frozen program's window opens on X11 and on Wayland, and closes whole."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.dist.frozen import Frozen, Screen, closed


@pytest.fixture
def wayland(home: Path) -> Iterator[dict[str, str]]:
    """The environment of a Wayland session that nobody looks at; skips where none can be had."""
    if not shutil.which("weston"):
        pytest.skip("needs weston")
    home.chmod(0o700)  # Weston wants its folder private.
    ready_read, ready_write = os.pipe()
    compositor = subprocess.Popen(
        [
            "weston",
            "--backend=headless-backend.so",
            "--socket=digitpad",
            "--idle-time=0",
            "--no-config",
        ],
        env={**os.environ, "XDG_RUNTIME_DIR": str(home), "DISPLAY": ""},
        stdout=ready_write,
        stderr=ready_write,
    )
    os.close(ready_write)
    with os.fdopen(ready_read, encoding="utf-8", errors="replace") as log:
        for line in log:
            # The last thing it does before it waits for programs.
            if "launching '" in line:
                break
        else:
            pytest.skip("weston does not start here")
        try:
            yield {
                "XDG_RUNTIME_DIR": str(home),
                "WAYLAND_DISPLAY": "digitpad",
                "DISPLAY": "",
                "QT_QPA_PLATFORM": "",
            }
        finally:
            compositor.terminate()
            compositor.wait()


def test_the_window_opens_on_x11(frozen: Frozen, screen: Screen, home: Path) -> None:
    with frozen.started(environment=screen.environment) as process:
        assert len(screen.windows("DigitPad")) == 1
        status, complaint = closed(process)

    assert (status, complaint) == (0, "")
    (settings,) = home.rglob("settings.json")
    json.loads(settings.read_text())


def test_the_window_opens_on_wayland(frozen: Frozen, wayland: dict[str, str]) -> None:
    with frozen.started(environment={**wayland, "WAYLAND_DEBUG": "client"}) as process:
        assert process.stderr is not None
        said = []
        for line in process.stderr:
            said.append(line)
            # Its first frame was shown.
            if "wl_callback" in line and "done" in line and any("attach" in old for old in said):
                break
        status, complaint = closed(process)

    assert any("xdg_toplevel" in line and "set_title" in line for line in said)
    assert status == 0
    assert "Traceback" not in complaint


def test_two_copies_run_at_once(frozen: Frozen, screen: Screen, home: Path) -> None:
    with frozen.started(environment=screen.environment) as first:
        screen.windows("DigitPad")
        with frozen.started(environment=screen.environment) as second:
            while len(screen.windows("DigitPad")) < 2:
                assert second.poll() is None
            outcomes = [closed(second), closed(first)]

    assert outcomes == [(0, ""), (0, "")]
    (settings,) = home.rglob("settings.json*")
    json.loads(settings.read_text())
