"""The double-click installer and the Debian package, made from a small stand-in folder."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.packaging.setup_house import make_bundle, tree

if not sys.platform.startswith("linux"):
    pytest.skip("the installers are Linux's", allow_module_level=True)

from linux_installers.debian import RECOMMENDS, make_package
from linux_installers.double_click import TRAILER, make_installer
from linux_installers.errors import BuildError
from linux_installers.needs import dependencies

TIME = 1_700_000_000
STUB_LIMIT = 1_000_000
SETUP = """\
#!/bin/sh
echo "setup $*" && ls -d "$(dirname "$0")"
[ "$1" != --uninstall ] || exit 7
"""


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stand-in whose setup program says what it was asked for, and where it is."""
    folder = make_bundle(tmp_path_factory.mktemp("made") / "bundle", "2.0")
    (folder / "digitpad-setup").write_text(SETUP)
    licenses = folder / "_internal" / "digitpad" / "resources" / "licenses"
    licenses.mkdir(parents=True)
    (licenses / "components.json").write_text('[{"name": "Qt", "version": "6", "licence": "L"}]')
    return folder


@pytest.fixture(scope="module")
def made(bundle: Path) -> Path:
    """The installer of that."""
    found = subprocess.run(["sh", "-c", "gcc -print-file-name=liblzma.a"], capture_output=True)
    if not found.stdout.startswith(b"/"):
        pytest.skip("needs gcc and liblzma-dev")
    return make_installer(bundle, bundle.parent / "DigitPad Ünstaller", "2.0", TIME, preset=0)


@pytest.fixture
def installer(made: Path, tmp_path: Path) -> Path:
    """A copy that a test may damage, in a folder of its own."""
    copy = tmp_path / "Dörwnloads here" / made.name
    copy.parent.mkdir()
    shutil.copy(made, copy)
    return copy


def run(
    installer: Path, *arguments: str | Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    home = installer.parent / "home"
    (home / ".cache").mkdir(parents=True, exist_ok=True)
    bare = {"HOME": str(home), "PATH": "/usr/bin:/bin", **(environment or {})}
    return subprocess.run(
        [installer, *arguments], capture_output=True, text=True, env=bare, cwd=installer.parent
    )


def test_it_is_a_small_static_program(made: Path) -> None:
    header = made.read_bytes()[:20]
    offset = TRAILER.unpack(made.read_bytes()[-TRAILER.size :])[1]

    # Type 2, EXEC: file managers take the position-independent type 3 for a library
    assert header[:4] == b"\x7fELF" and header[16] == 2
    assert offset < STUB_LIMIT
    stub = made.read_bytes()[:offset]
    assert b"/lib64/ld-linux-x86-64.so.2" not in stub


def test_help_and_version(installer: Path) -> None:
    assert run(installer, "--version").stdout == "DigitPad 2.0\n"
    shown = run(installer, "--help")
    assert shown.returncode == 0 and "--extract FOLDER" in shown.stdout


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_what_cannot_be_printed_is_one_line(installer: Path, option: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f'"$0" {option} >/dev/full', installer], capture_output=True, text=True
    )

    assert done.returncode == 1
    assert done.stderr == (
        f"{installer.name}: the output cannot be written: No space left on device\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [["--bogus"], ["install"], ["--extract"], ["--prefix"], ["--extract", "a", "--install"]],
)
def test_wrong_usage(installer: Path, arguments: list[str]) -> None:
    done = run(installer, *arguments)

    assert done.returncode == 2
    assert "usage:" in done.stderr and done.stdout == ""


def test_extracting_gives_the_folder(installer: Path, bundle: Path) -> None:
    target = installer.parent / "new folder"

    done = run(installer, "--extract", target)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert tree(target) == tree(bundle)
    assert os.access(target / "digitpad", os.X_OK)
    assert not os.access(target / "_internal" / "lib.so.1", os.X_OK)
    assert sorted(path.name for path in installer.parent.iterdir()) == sorted(
        [installer.name, "home", "new folder"]
    )


def test_extracting_into_a_folder_that_is_not_empty_is_refused(installer: Path) -> None:
    target = installer.parent / "mine"
    target.mkdir()
    (target / "letter.txt").write_text("dear")

    done = run(installer, "--extract", target)

    assert done.returncode == 1
    assert done.stderr == f"{installer.name}: {target}: the folder is not empty\n"
    assert tree(target) == {"letter.txt": b"dear".hex()}
    assert [path.name for path in installer.parent.glob(".mine*")] == []


@pytest.mark.parametrize("at", ["payload's start", "payload", "trailer", "cut off"])
def test_a_damaged_file_writes_nothing(installer: Path, at: str) -> None:
    # Given one bit turned, or a download that broke off
    data = bytearray(installer.read_bytes())
    start = TRAILER.unpack(data[-TRAILER.size :])[1]
    if at == "cut off":
        del data[-200:]
    else:
        places = {"payload's start": start, "payload": start + 300, "trailer": len(data) - 80}
        data[places[at]] ^= 1
    installer.write_bytes(data)

    # When
    done = run(installer, "--extract", "out")

    # Then
    assert done.returncode == 1
    assert done.stderr.endswith("this file is incomplete or damaged; download it again\n")
    assert not (installer.parent / "out").exists()


def test_the_setup_program_gets_the_arguments_and_its_exit_status_counts(installer: Path) -> None:
    installed = run(installer, "--install", "--prefix", "/a b/ü", "--quiet")
    removed = run(installer, "--uninstall")

    said, folder = installed.stdout.splitlines()
    assert said == "setup --install --prefix /a b/ü --quiet"
    assert installed.returncode == 0
    # It ran in the home's cache, from where nothing is left
    assert Path(folder).parent == installer.parent / "home" / ".cache"
    assert not Path(folder).exists()
    assert removed.returncode == 7


def test_the_setup_program_is_started_with_signals_held_back(
    bundle: Path, made: Path, tmp_path: Path
) -> None:
    """Until it can take back what it has begun; Ctrl+C at a terminal is for both programs."""
    asking = tmp_path / "asking"
    shutil.copytree(bundle, asking, symlinks=True)
    (asking / "digitpad-setup").write_text(
        f"#!{sys.executable}\n"
        "import signal\n"
        "print(*map(int, signal.pthread_sigmask(signal.SIG_BLOCK, [])))\n"
    )
    installer = make_installer(asking, tmp_path / "installer", "2.0", TIME, preset=0)

    done = run(installer, "--install")

    assert set(map(int, done.stdout.split())) == {signal.SIGHUP, signal.SIGINT, signal.SIGTERM}


@pytest.mark.parametrize("environment", [{}, {"DISPLAY": "", "WAYLAND_DISPLAY": ""}])
def test_without_a_screen_a_double_click_is_explained(
    installer: Path, environment: dict[str, str]
) -> None:
    done = run(installer, environment=environment)

    assert done.returncode == 2
    assert "no screen" in done.stderr and "--install" in done.stderr


def test_what_a_killed_run_left_is_removed_by_the_next(installer: Path) -> None:
    # Given leftovers, and a folder of the same kind that is another's
    cache = installer.parent / "home" / ".cache"
    (cache / ".digitpad-setup-abcdef" / "sub").mkdir(parents=True)
    (cache / ".digitpad-setup-abcdef" / "sub" / "file").write_text("")
    (cache / ".digitpad-setup-longer-name").mkdir()

    # When
    run(installer, "--install")

    # Then
    assert [path.name for path in cache.iterdir()] == [".digitpad-setup-longer-name"]


def test_a_full_disk_is_said_and_nothing_is_left(installer: Path, tmp_path: Path) -> None:
    # Given a limit on the size of files, which ends writing like a full disk does
    command = f'ulimit -f 0; trap "" XFSZ; exec "$0" --extract "{tmp_path}/out"'

    done = subprocess.run(["sh", "-c", command, installer], capture_output=True, text=True)

    assert done.returncode == 1
    assert done.stderr.startswith(installer.name) and done.stderr.count("\n") == 1
    assert list(tmp_path.glob("*out*")) == []


def test_the_same_folder_gives_the_same_bytes(bundle: Path, made: Path, tmp_path: Path) -> None:
    again = make_installer(bundle, tmp_path / "again", "2.0", TIME, preset=0)
    first = make_package(bundle, tmp_path / "1.deb", "2.0", TIME, preset=0)
    second = make_package(bundle, tmp_path / "2.deb", "2.0", TIME, preset=0)

    for one, other in ((made, again), (first, second)):
        assert hashlib.sha256(one.read_bytes()).digest() == (
            hashlib.sha256(other.read_bytes()).digest()
        )


@pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="needs dpkg-deb")
def test_the_package_says_what_it_is_and_holds_the_program(bundle: Path, tmp_path: Path) -> None:
    package = make_package(bundle, tmp_path / "digitpad.deb", "2.0", TIME, preset=0)

    unpacked = tmp_path / "unpacked"
    subprocess.run(["dpkg-deb", "-x", package, unpacked], check=True)
    fields = subprocess.run(
        ["dpkg-deb", "-f", package, "Package", "Version", "Depends"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert "Package: digitpad\nVersion: 2.0\n" in fields and "xkb-data" in fields
    program = unpacked / "usr" / "bin" / "digitpad"
    assert subprocess.check_output([program]) == b"digitpad 2.0\n"
    entry = (unpacked / "usr/share/applications/digitpad.desktop").read_text(encoding="utf-8")
    assert "Exec=digitpad %f\n" in entry
    assert (
        "2023-11-14"
        in (unpacked / "usr/share/metainfo/org.digitpad.DigitPad.metainfo.xml").read_text()
    )
    # dpkg removes it; the program that does so for one person stays out
    assert not (unpacked / "usr/lib/digitpad/digitpad-setup").exists()


@pytest.mark.skipif(not shutil.which("objdump"), reason="needs objdump")
def test_dependencies_are_read_from_the_program(tmp_path: Path) -> None:
    shutil.copy("/bin/true", tmp_path / "true")

    libc, *others = dependencies(tmp_path)

    assert libc.startswith("libc6 (>= 2.")
    assert others == ["fontconfig-config", "xkb-data"]


def test_a_library_that_only_printing_needs_is_no_dependency(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plugin.so").write_bytes(b"\x7fELF")
    monkeypatch.setattr(
        "linux_installers.needs.run_tool", lambda *_: "  NEEDED               libcups.so.2\n"
    )

    assert "libcups2" not in dependencies(tmp_path)
    assert "libcups2" in RECOMMENDS


def test_a_library_of_no_known_package_fails_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "program").write_bytes(b"\x7fELF")
    monkeypatch.setattr(
        "linux_installers.needs.run_tool", lambda *_: "  NEEDED               libstrange.so.1\n"
    )

    with pytest.raises(BuildError, match=r"libstrange\.so\.1"):
        dependencies(tmp_path)
