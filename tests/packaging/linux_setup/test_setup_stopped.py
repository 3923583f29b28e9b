"""The setup program asked to stop, by Ctrl+C or otherwise, from its first moment on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging.setup_house import make_bundle, make_places, own, put, tree
from tests.packaging.tools import ROOT

PACKAGES = [str(ROOT), str(ROOT / "resources/packaging"), str(ROOT / "resources/packaging/linux")]
PATIENCE = 60


def run(
    *command: str | Path, home: Path, path: Path | None = None, held_back: int | None = None
) -> subprocess.CompletedProcess[str]:
    """Run Python with the setup's modules, those in `path` first; with `held_back`, a signal has
    come already and waits."""

    def begin() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        if held_back is not None:
            signal.pthread_sigmask(signal.SIG_BLOCK, {held_back})
            os.kill(os.getpid(), held_back)

    packages = [*([str(path)] if path else []), *PACKAGES]
    return subprocess.run(
        [sys.executable, *command],
        env={**os.environ, "HOME": str(home), "PYTHONPATH": os.pathsep.join(packages)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        preexec_fn=begin,
    )


def test_while_it_loads_it_ends_at_once_and_silently(tmp_path: Path) -> None:
    # Given a module that is interrupted while it is imported
    (tmp_path / "argparse.py").write_text(
        "import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(60)\n"
    )

    done = run("-m", "digitpad_setup", "--uninstall", home=tmp_path, path=tmp_path)

    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("arguments", [["--install"], ["--uninstall"], []])
def test_what_came_before_it_was_ready_stops_it(
    tmp_path: Path, number: int, arguments: list[str]
) -> None:
    places = make_places(tmp_path / "home")

    done = run("-m", "digitpad_setup", *arguments, home=places.home, held_back=number)

    assert (done.returncode, done.stdout) == (128 + number, "")
    assert done.stderr == "digitpad-setup: stopped; all is as it was before\n"
    assert tree(places.home) == {}


@pytest.mark.parametrize("stream", ["1", "2"])
@pytest.mark.parametrize("place", [">/dev/full", ">&-"])
def test_what_cannot_be_said_is_done_all_the_same(tmp_path: Path, stream: str, place: str) -> None:
    places = make_places(tmp_path / "home")
    put(make_bundle(tmp_path / "bundle", "2.0"), "2.0", places)
    (places.program / "notes.txt").write_text("mine")
    program = (
        "import sys\nfrom digitpad_setup import terminal\nsys.exit(terminal.main(sys.argv[1:]))\n"
    )
    shell = f'exec "$0" -c "$1" --uninstall {stream}{place}'

    done = subprocess.run(
        ["sh", "-c", shell, sys.executable, program],
        env={**os.environ, "HOME": str(places.home), "PYTHONPATH": os.pathsep.join(PACKAGES)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )

    assert done.returncode == 0 and "Traceback" not in done.stderr
    assert own(places.program) == {"notes.txt": b"mine".hex()}


def test_what_is_being_removed_is_removed_to_its_end(tmp_path: Path) -> None:
    # Given a signal with the first file that is removed
    places = make_places(tmp_path / "home")
    put(make_bundle(tmp_path / "bundle", "2.0"), "2.0", places)
    program = (
        "import os, signal, sys\n"
        "from digitpad_setup import terminal\n"
        "def interrupt(event, _arguments):\n"
        "    if event == 'os.remove':\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.addaudithook(interrupt)\n"
        "sys.exit(terminal.main(['--uninstall']))\n"
    )

    done = run("-c", program, home=places.home)

    assert (done.returncode, done.stderr) == (0, "")
    assert tree(places.home) == {}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_its_window_closes(tmp_path: Path, number: int) -> None:
    program = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from PySide6.QtCore import QTimer\n"
        "from digitpad_setup import places, window\n"
        "class Window(window.SetupWindow):\n"
        "    def showEvent(self, event):\n"
        f"        QTimer.singleShot(0, lambda: os.kill(os.getpid(), {int(number)}))\n"
        "window.SetupWindow = Window\n"
        "found = places.Places.of(os.environ)\n"
        "sys.exit(window.run(Path(sys.argv[1]), '2.0', found, None))\n"
    )
    bundle = make_bundle(tmp_path / "bundle", "2.0")

    done = run("-c", program, bundle, home=make_places(tmp_path / "home").home)

    assert done.returncode == 128 + number and "Traceback" not in done.stderr
    assert not (tmp_path / "home" / ".local").exists()
