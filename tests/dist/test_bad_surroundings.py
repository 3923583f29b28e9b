"""The frozen program damaged, in odd places, and without room: it says so, or just works."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import digitpad
from tests.command_line import ink_file
from tests.dist.frozen import NOBODY, Frozen, Screen, as_root, closed

OK = f"ok {digitpad.__version__}\n"

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux' file names")


@on_linux
@pytest.mark.parametrize("lost", ["cnn.npz", "libqoffscreen.so", "libqjpeg.so", "libqxcb.so"])
def test_a_lost_file_is_named_in_a_dialog_and_on_stderr(
    frozen: Frozen, screen: Screen, public_folder: Path, lost: str
) -> None:
    # Given
    damaged = frozen.copy(public_folder / "damaged")
    damaged.inside(lost).unlink()

    # When
    with damaged.started(environment=screen.environment) as process:
        # Without Qt's plugin for this screen there is only what the system has for dialogs.
        if lost != "libqxcb.so":
            (dialog,) = screen.windows("DigitPad")
            screen.press(dialog, "Return")
        _, complaint = process.communicate(timeout=60) if lost != "libqxcb.so" else _told(process)

    # Then
    assert complaint.count("\n") == 1 and f"{lost} is missing" in complaint
    if lost != "libqxcb.so":
        assert process.returncode == 1
    for command in (["self-test"], ["read", "a.png"]):
        done = damaged.run(*command)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.count("\n") == 1 and f"{lost} is missing" in done.stderr


def _told(process: subprocess.Popen[str]) -> tuple[str, str]:
    """What stands on stderr, whether or not a dialog of the system still shows."""
    assert process.stderr is not None
    return "", process.stderr.readline()


@on_linux
def test_a_lost_library_of_qt_is_named(frozen: Frozen, screen: Screen, public_folder: Path) -> None:
    damaged = frozen.copy(public_folder / "damaged")
    damaged.inside("PySide6/Qt/lib/libQt6Widgets.so.6").unlink()

    with damaged.started(environment={**screen.environment, "PATH": "/nowhere"}) as process:
        _, complaint = process.communicate(timeout=60)

    assert process.returncode == 1
    assert complaint.count("\n") == 1 and "libQt6Widgets" in complaint
    # Reading needs no Qt.
    assert damaged.run("read", ink_file(public_folder / "a.jsonl", "7")).returncode == 0


@pytest.mark.parametrize("language", ["C", "C.UTF-8"])
def test_it_runs_from_a_folder_with_spaces_and_foreign_letters(
    frozen: Frozen, public_folder: Path, language: str
) -> None:
    moved = frozen.copy(public_folder / "Ziffern für Zoë, 数字 $HOME 'x'")
    file = ink_file(public_folder / "Größe 3.jsonl", "3")

    assert moved.run("self-test", environment={"LC_ALL": language}).stdout == OK
    done = moved.run("read", file, environment={"LC_ALL": language})

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1


@as_root
def test_it_runs_from_a_folder_that_nobody_may_write(frozen: Frozen, public_folder: Path) -> None:
    moved = frozen.copy(public_folder / "read only")
    for place, _, _ in os.walk(moved.folder):
        Path(place).chmod(0o555)

    done = moved.run("self-test", user=NOBODY)

    assert (done.returncode, done.stdout, done.stderr) == (0, OK, "")


@pytest.fixture
def full_home(home: Path) -> Iterator[Path]:
    """A home on a disk without a byte left."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4k", "none", str(home)], check=False
    )
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    (home / "filling").write_bytes(bytes(4096))
    yield home
    subprocess.run(["umount", str(home)], check=True)


@as_root
def test_a_home_without_room_costs_the_settings_alone(
    frozen: Frozen, screen: Screen, full_home: Path
) -> None:
    with frozen.started(environment=screen.environment) as process:
        screen.windows("DigitPad")
        status, complaint = closed(process)

    assert status == 0
    assert "settings cannot be kept" in complaint and "Traceback" not in complaint
    assert [path.name for path in full_home.rglob("*") if path.is_file()] == ["filling"]


@as_root
def test_a_home_that_may_not_be_written_costs_the_settings_alone(
    frozen: Frozen, screen: Screen, home: Path, public_folder: Path
) -> None:
    copy = frozen.copy(public_folder / "copy")

    with copy.started(environment=screen.environment, user=NOBODY) as process:
        screen.windows("DigitPad")
        status, complaint = closed(process)

    assert status == 0
    assert "settings cannot be kept" in complaint and "Traceback" not in complaint
    assert list(home.iterdir()) == []


@on_linux
def test_without_a_screen_it_says_so_in_one_line(frozen: Frozen) -> None:
    done = frozen.run()

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1 and "no screen" in done.stderr


@on_linux
def test_a_screen_that_does_not_answer_is_one_line(frozen: Frozen) -> None:
    done = frozen.run(environment={"DISPLAY": ":4711", "PATH": "/nowhere"})

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1 and "could not connect to display :4711" in done.stderr
