"""The frozen program's commands do what those of the source do, wherever their output goes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import digitpad
from tests.command_line import ink_file, run_cli, saved
from tests.dist.frozen import PATIENCE, SCREENLESS, Frozen

not_on_windows = pytest.mark.skipif(os.name == "nt", reason="a Unix terminal")


def on_a_terminal(frozen: Frozen, *arguments: Path | str) -> tuple[int, str]:
    """Run with a terminal for input and output; returns exit status and what it showed."""
    import pty

    ours, theirs = pty.openpty()
    environment = {**os.environ, **frozen.environment, **SCREENLESS}
    process = subprocess.Popen(
        [str(frozen.program), *map(str, arguments)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment,
    )
    os.close(theirs)
    shown = b""
    try:
        while chunk := os.read(ours, 4096):
            shown += chunk
    except OSError:
        pass  # How Linux says that the other end was closed.
    os.close(ours)
    return process.wait(PATIENCE), shown.decode().replace("\r\n", "\n")


def test_the_self_test_says_ok_and_the_version(frozen: Frozen) -> None:
    done = frozen.run("self-test")

    assert (done.returncode, done.stdout, done.stderr) == (0, f"ok {digitpad.__version__}\n", "")
    assert frozen.run("--version").stdout == f"digitpad {digitpad.__version__}\n"


@not_on_windows
def test_the_self_test_speaks_on_a_terminal(frozen: Frozen) -> None:
    assert on_a_terminal(frozen, "self-test") == (0, f"ok {digitpad.__version__}\n")


def test_pictures_and_ink_are_read_as_from_source(frozen: Frozen, tmp_path: Path) -> None:
    files = [
        *(saved(tmp_path / f"a.{suffix}") for suffix in ("png", "jpg", "tiff", "webp", "gif")),
        ink_file(tmp_path / "b.jsonl", "0123456789"),
        ink_file(tmp_path / "c.jsonl.gz", "7"),
        tmp_path / "missing.png",
    ]

    done = frozen.run("read", *files)

    expected = run_cli(*files)
    assert (done.returncode, done.stdout) == (1, expected.stdout)
    assert done.stderr == expected.stderr
    assert done.stdout.count("\n") == 16


@not_on_windows
def test_reading_speaks_on_a_terminal(frozen: Frozen, tmp_path: Path) -> None:
    file = ink_file(tmp_path / "a.jsonl", "7")

    status, shown = on_a_terminal(frozen, "read", file)

    assert status == 0
    assert "7 (" in shown


@not_on_windows
@pytest.mark.parametrize("command", ["self-test", "read"])
def test_it_ends_in_order_with_all_standard_streams_closed(
    frozen: Frozen, tmp_path: Path, command: str
) -> None:
    # What is printed cannot be written anywhere, which is an error
    files = [ink_file(tmp_path / "a.jsonl", "7")] if command == "read" else []

    done = subprocess.run(
        ["sh", "-c", '"$0" "$@" <&- >&- 2>&-', frozen.program, command, *files],
        env={**os.environ, **frozen.environment, **SCREENLESS},
        check=False,
        timeout=PATIENCE,
    )

    assert done.returncode == 1


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="counts threads in /proc")
def test_numpy_uses_one_thread(frozen: Frozen, tmp_path: Path) -> None:
    if os.cpu_count() == 1:
        pytest.skip("with one processor there is one thread anyway")
    file = ink_file(tmp_path / "a.jsonl", "7" * 2000)

    # Nobody takes what it prints, so that it waits after some hundred lines.
    environment = {**SCREENLESS, "OPENBLAS_NUM_THREADS": "8"}
    with frozen.started("read", "--json", file, environment=environment) as process:
        assert process.stdout is not None
        process.stdout.readline()
        threads = os.listdir(f"/proc/{process.pid}/task")

    assert len(threads) == 1
