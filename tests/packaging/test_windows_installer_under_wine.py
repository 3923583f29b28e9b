"""The Windows installer at work under Wine: installs, upgrades, refuses, takes back, uninstalls."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packaging.tools import load_tool

resource = pytest.importorskip("resource", reason="Wine is for other systems")

tool = load_tool("windows/build_installer.py")
pytestmark = pytest.mark.skipif(
    shutil.which("wine") is None or shutil.which("makensis") is None,
    reason="Wine or NSIS is not installed",
)

APPLICATION_KEY = r"HKCU\Software\Classes\Applications\digitpad.exe"
UNINSTALL_KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\DigitPad"
INSTALLED, TAKEN_BACK, RUNNING, REFUSED = 0, 2, 3, 4

PROGRAM = """
Unicode True
Name program
OutFile "{out}"
RequestExecutionLevel user
SilentInstall silent
!include LogicLib.nsh
Section
  FileOpen $0 "C:\\started" w
  FileClose $0
  ${{DoUntil}} ${{FileExists}} "C:\\end"
    Sleep 50
  ${{Loop}}
SectionEnd
"""
"""Stands in for the program: says that it runs, and runs until it is told to end."""

HOLDS = PROGRAM.replace(
    "Section\n",
    "Section\n  System::Call 'kernel32::CreateMutexW(p 0, i 0, w \"DigitPadInstaller\")'\n",
)


class Windows:
    """A Windows of its own, in a folder of its own."""

    def __init__(self, home: Path) -> None:
        self.drive = home / "prefix" / "drive_c"
        self._environment = {
            **{name: value for name, value in os.environ.items() if name != "DISPLAY"},
            "HOME": str(home),
            "WINEPREFIX": str(home / "prefix"),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",
        }

    def run(self, *command: str, file_limit: int | None = None) -> int:
        """Run a command to its end and that of all it started; returns its exit status."""

        def limit_files() -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit or 0, file_limit or 0))

        done = subprocess.run(
            command,
            env=self._environment,
            capture_output=True,
            preexec_fn=limit_files if file_limit else None,
            check=False,
        )
        subprocess.run(["wineserver", "-w"], env=self._environment, check=False)
        return done.returncode

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def install(self, installer: Path, *options: str, file_limit: int | None = None) -> int:
        return self.run("wine", str(installer), "/S", *options, file_limit=file_limit)

    def uninstall(self, folder: str = "DigitPad") -> None:
        self.run("wine", str(self.programs / folder / "uninstall.exe"), "/S")

    def registered(self, key: str = UNINSTALL_KEY, value: str | None = None) -> bool:
        named = ["/v", value] if value else []
        return self.run("wine", "reg", "query", key, *named) == 0

    @property
    def programs(self) -> Path:
        (local,) = self.drive.glob("users/*/AppData/Local")
        return local / "Programs"

    def files(self) -> dict[str, bytes]:
        """Return what lies where programs are installed, without the uninstaller."""
        return {
            path.relative_to(self.programs).as_posix(): path.read_bytes()
            for path in self.programs.rglob("*")
            if path.is_file() and path.name != "uninstall.exe"
        }

    def links(self) -> list[Path]:
        return list(self.drive.glob("users/*/AppData/Roaming/**/DigitPad.lnk"))


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("program")
    script = folder / "program.nsi"
    script.write_text(PROGRAM.format(out=folder / "digitpad.exe"), encoding="utf-8")
    subprocess.run(["makensis", "-V1", str(script)], check=True)
    return (folder / "digitpad.exe").read_bytes()


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory, program: bytes) -> Path:
    """The installer of version 1, which brings a file that version 2 does not."""
    folder = tmp_path_factory.mktemp("old")
    return _installer(
        folder, "1.0.0", {"digitpad.exe": program, "_internal/Qt ü/a b$c.dll": b"1", "gone": b"1"}
    )


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory, program: bytes) -> Path:
    folder = tmp_path_factory.mktemp("new")
    large = {"_internal/large.bin": os.urandom(6_000_000)}
    return _installer(folder, "2.0.0", {"digitpad.exe": program, **large})


def _installer(folder: Path, version: str, contents: dict[str, bytes]) -> Path:
    for name, content in contents.items():
        file = folder / "DigitPad" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    built = tool.build(folder / "DigitPad", folder, version)
    assert isinstance(built, Path)
    return built


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("fresh")
    windows = Windows(home)
    windows.run("wineboot", "--init")
    windows.run("wine", "reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f")
    return home


@pytest.fixture
def windows(fresh: Path, tmp_path: Path) -> Iterator[Windows]:
    shutil.copytree(fresh / "prefix", tmp_path / "prefix", symlinks=True)
    windows = Windows(tmp_path)
    yield windows
    windows.run("wineserver", "-k")
    # Over a gigabyte, which pytest would keep of every test.
    shutil.rmtree(tmp_path / "prefix")


def test_nothing_is_left_but_a_persons_own_files(windows: Windows, old: Path) -> None:
    assert windows.install(old) == INSTALLED
    assert {"DigitPad/digitpad.exe", "DigitPad/_internal/Qt ü/a b$c.dll"} < set(windows.files())
    assert windows.registered()
    assert windows.registered(r"HKCU\Software\Classes\DigitPad.Ink\shell\open\command")
    assert windows.registered(rf"{APPLICATION_KEY}\shell\open\command")
    assert windows.registered(rf"{APPLICATION_KEY}\SupportedTypes", ".jpeg")
    # The program starts where drawings belong, and not among its own files.
    (link,) = windows.links()
    assert "\\Documents".encode("utf-16-le") in link.read_bytes()
    (windows.programs / "DigitPad" / "mine.inkml").write_bytes(b"mine")

    windows.uninstall()

    left = windows.files()
    assert b"was removed" in left.pop("DigitPad/digitpad-removed.txt")
    assert left == {"DigitPad/mine.inkml": b"mine"}
    assert not windows.links()
    assert not windows.registered()
    assert not windows.registered(r"HKCU\Software\Classes\DigitPad.Ink")
    assert not windows.registered(r"HKCU\Software\Classes\.inkml")
    assert not windows.registered(APPLICATION_KEY)


def test_upgrade_takes_the_place_of_the_old_version(windows: Windows, old: Path, new: Path) -> None:
    windows.install(old)
    (windows.programs / "DigitPad" / "mine.inkml").write_bytes(b"mine")

    assert windows.install(new) == INSTALLED

    assert set(windows.files()) == {
        "DigitPad/digitpad.exe",
        "DigitPad/_internal/large.bin",
        "DigitPad.kept-1/mine.inkml",
    }


def test_upgrade_does_not_bring_back_what_was_taken_away(
    windows: Windows, old: Path, new: Path
) -> None:
    windows.install(old)
    (link,) = windows.links()
    link.unlink()
    windows.run("wine", "reg", "delete", r"HKCU\Software\Classes\DigitPad.Ink", "/f")

    assert windows.install(new) == INSTALLED

    assert not windows.links()
    assert not windows.registered(r"HKCU\Software\Classes\DigitPad.Ink")


def test_full_disk_leaves_the_old_version_as_it_was(windows: Windows, old: Path, new: Path) -> None:
    windows.install(old)
    before = windows.files()

    assert windows.install(new, file_limit=2_000_000) == TAKEN_BACK

    assert windows.files() == before


def test_installer_that_was_killed_between_two_renames_is_made_good(
    windows: Windows, old: Path, new: Path
) -> None:
    windows.install(old)
    folder = windows.programs / "DigitPad"
    folder.rename(windows.programs / "DigitPad.digitpad-old")
    half = windows.programs / "DigitPad.digitpad-new"
    half.mkdir()
    (half / "digitpad.exe").write_bytes(b"half")

    assert windows.install(new) == INSTALLED

    assert set(windows.files()) == {"DigitPad/digitpad.exe", "DigitPad/_internal/large.bin"}


def test_second_installer_at_the_same_time_is_refused(windows: Windows, new: Path) -> None:
    # Given a program that holds what an installer holds
    script = windows.drive / "holds.nsi"
    script.write_text(HOLDS.format(out=windows.drive / "holds.exe"), encoding="utf-8")
    subprocess.run(["makensis", "-V1", str(script)], check=True)
    first = windows.start("wine", str(windows.drive / "holds.exe"))
    while not (windows.drive / "started").exists():
        assert first.poll() is None
        os.sched_yield()

    status = windows.start("wine", str(new), "/S").wait()
    (windows.drive / "end").touch()
    first.wait()

    assert status == RUNNING
    assert not list(windows.drive.glob("users/*/AppData/Local/Programs/DigitPad"))


def test_running_program_is_not_replaced(windows: Windows, old: Path, new: Path) -> None:
    windows.install(old)
    before = windows.files()
    running = windows.start("wine", str(windows.programs / "DigitPad" / "digitpad.exe"))
    while not (windows.drive / "started").exists():
        assert running.poll() is None
        os.sched_yield()

    installing = windows.start("wine", str(new), "/S")
    status = installing.wait()
    (windows.drive / "end").touch()
    running.wait()

    assert status == RUNNING
    assert windows.files() == before


def test_older_windows_is_refused(windows: Windows, new: Path) -> None:
    windows.run("wine", "reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win81", "/f")

    assert windows.install(new) == REFUSED

    assert not windows.files()


def test_folder_with_other_files_is_not_taken(windows: Windows, new: Path) -> None:
    other = windows.drive / "other"
    other.mkdir()
    (other / "mine.txt").write_bytes(b"mine")

    assert windows.install(new, r"/D=C:\other") == REFUSED

    assert [path.name for path in other.iterdir()] == ["mine.txt"]


def test_folder_that_removing_left_a_persons_files_in_is_taken_again(
    windows: Windows, old: Path, new: Path
) -> None:
    windows.install(old)
    (windows.programs / "DigitPad" / "digitpad.exe.txt").write_bytes(b"mine")
    windows.uninstall()
    (windows.programs / "DigitPad" / "digitpad.exe").write_bytes(b"mine as well")

    assert windows.install(new) == INSTALLED

    files = windows.files()
    assert files.pop("DigitPad/digitpad.exe").startswith(b"MZ")
    assert files.pop("DigitPad/_internal/large.bin")
    assert files == {
        "DigitPad.kept-1/digitpad.exe": b"mine as well",
        "DigitPad.kept-1/digitpad.exe.txt": b"mine",
    }


def test_folders_that_only_look_like_an_installers_own_are_left_alone(
    windows: Windows, old: Path, new: Path
) -> None:
    windows.install(old)
    for name in ("DigitPad.new", "DigitPad.old"):
        (windows.programs / name).mkdir()
        (windows.programs / name / "mine.txt").write_bytes(b"mine")

    assert windows.install(new) == INSTALLED

    mine = {name for name, content in windows.files().items() if content == b"mine"}
    assert mine == {"DigitPad.new/mine.txt", "DigitPad.old/mine.txt"}


def test_removing_one_of_two_leaves_the_menu_to_the_other(
    windows: Windows, old: Path, new: Path
) -> None:
    windows.install(old)
    windows.install(new, r"/D=C:\second")

    windows.uninstall()

    assert not windows.files()
    assert len(windows.links()) == 1
    assert windows.registered()
    assert windows.registered(r"HKCU\Software\Classes\DigitPad.Ink")
    assert windows.registered(rf"{APPLICATION_KEY}\SupportedTypes", ".png")


def test_choice_made_for_everyone_stays(windows: Windows, old: Path) -> None:
    windows.run("wine", "reg", "add", r"HKLM\Software\Classes\.inkml", "/d", "Other", "/f")

    windows.install(old)

    settings = (windows.drive.parent / "user.reg").read_text(encoding="utf-8")
    assert '@="DigitPad.Ink"' not in settings
    assert '"DigitPad.Ink"=""' in settings  # Offered under "Open with".


def test_pictures_are_left_to_the_program_that_opens_them(windows: Windows, old: Path) -> None:
    windows.run("wine", "reg", "add", r"HKCU\Software\Classes\.png", "/d", "Viewer", "/f")
    key = r"[Software\\Classes\\.png]"

    windows.install(old)

    settings = (windows.drive.parent / "user.reg").read_text(encoding="utf-8")
    (kept,) = (part for part in settings.split("\n\n") if part.startswith(key))
    assert kept.splitlines()[2:] == ['@="Viewer"']


def test_folder_with_too_long_a_name_is_refused(windows: Windows, new: Path) -> None:
    # Given a folder in which only a part of the files would have a path that Windows takes
    name = "x" * 225

    assert windows.install(new, rf"/D=C:\{name}") == REFUSED

    assert not (windows.drive / name).exists()
    assert windows.install(new, rf"/D=C:\{name[:200]}") == INSTALLED
