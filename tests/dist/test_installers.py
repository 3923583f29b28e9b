"""The installers that `make installers` made of the real program."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.dist.conftest import BUILT
from tests.dist.frozen import as_root

INSTALLERS = BUILT.parent / "installers"
MOST = 45_000_000
"""Bytes of either."""

pytestmark = pytest.mark.skipif(
    not (INSTALLERS / "SHA256SUMS").exists(), reason="no installers were made: make installers"
)


@pytest.fixture
def installer() -> Path:
    (found,) = INSTALLERS.glob("DigitPad-*-linux-x86_64")
    return found


@pytest.fixture
def package() -> Path:
    (found,) = INSTALLERS.glob("digitpad_*_amd64.deb")
    return found


def run(*command: str | Path, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    (home / ".cache").mkdir(exist_ok=True)
    # Nothing on the path: no tool of the host is needed.
    bare = {"HOME": str(home), "PATH": str(home), "LC_ALL": "C.UTF-8", **environment}
    return subprocess.run(command, capture_output=True, text=True, env=bare, cwd=home)


def test_both_are_small_and_the_sums_are_theirs(installer: Path, package: Path) -> None:
    lines = (INSTALLERS / "SHA256SUMS").read_text().splitlines()
    sums = {name: digest for digest, name in map(str.split, lines)}

    for path in (installer, package):
        assert path.stat().st_size <= MOST
        assert hashlib.sha256(path.read_bytes()).hexdigest() == sums[path.name]


def test_what_is_extracted_works(installer: Path, home: Path) -> None:
    folder = home / "Größe 1"

    done = run(installer, "--extract", folder, home=home)

    assert (done.returncode, done.stderr) == (0, "")
    tested = run(folder / "digitpad", "self-test", home=home)
    assert (tested.returncode, tested.stderr) == (0, "") and tested.stdout.startswith("ok ")


def test_installed_used_and_removed_nothing_is_left(installer: Path, home: Path) -> None:
    installed = run(installer, "--install", "--quiet", home=home)
    assert (installed.returncode, installed.stdout, installed.stderr) == (0, "", "")
    tested = run(home / ".local" / "bin" / "digitpad", "self-test", home=home)
    assert (tested.returncode, tested.stderr) == (0, "")

    removed = run(home / ".local/opt/digitpad/digitpad-setup", "--uninstall", home=home)

    assert (removed.returncode, removed.stderr) == (0, "")
    assert "was removed" in removed.stdout
    assert [path.name for path in home.rglob("*")] == [".cache"]


@as_root
def test_a_small_disk_is_said_and_left_as_it_was(
    installer: Path, home: Path, public_folder: Path
) -> None:
    # Given a disk that holds half of the program
    disk = public_folder / "disk"
    disk.mkdir()
    mount = f"mount -t tmpfs -o size=60m tmpfs {disk}"
    both = f'{mount} && HOME={home} "$0" --install --prefix {disk}/opt/digitpad; s=$?; ls -A {disk}'
    (home / ".cache").mkdir()

    # When
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", f"{both}; exit $s", installer],
        capture_output=True,
        text=True,
    )

    # Then
    assert done.returncode == 1 and done.stdout == ""
    assert "MB are needed" in done.stderr and done.stderr.count("\n") == 1
    assert [path.name for path in home.rglob("*")] == [".cache"]


@pytest.mark.skipif(not shutil.which("lintian"), reason="needs lintian")
def test_lintian_has_nothing_to_say(package: Path) -> None:
    command = ["lintian", "--fail-on", "error,warning", str(package)]
    done = subprocess.run(command, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout
