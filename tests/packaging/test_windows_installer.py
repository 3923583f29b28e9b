"""The Windows installer: what it packs and removes, and that its script compiles."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path, PurePosixPath

import pytest

from tests.packaging.tools import load_tool

tool = load_tool("windows/build_installer.py")
needs_nsis = pytest.mark.skipif(shutil.which("makensis") is None, reason="NSIS is not installed")


@pytest.fixture
def frozen(tmp_path: Path) -> Path:
    """A folder that stands in for a frozen program, with names that a script may trip over."""
    folder = tmp_path / "Digit Pad"
    for name in ("digitpad.exe", "_internal/base.zip", "_internal/Qt ü/lib/a b$c.dll"):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(name.encode())
    return folder


@needs_nsis
def test_script_compiles_without_a_warning(frozen: Path, tmp_path: Path) -> None:
    installer = tool.build(frozen, tmp_path / "out", "1.2.3")

    assert installer.name == "DigitPad-1.2.3-windows-x86_64.exe"
    assert installer.read_bytes()[:2] == b"MZ"
    assert list(installer.parent.iterdir()) == [installer]


@needs_nsis
def test_nothing_is_left_of_a_failed_build(
    frozen: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken.nsi"
    broken.write_text("OutFile", encoding="utf-8")
    monkeypatch.setattr(tool, "SCRIPT", broken)

    with pytest.raises(tool.InstallerError, match="makensis failed"):
        tool.build(frozen, tmp_path / "out", "1.2.3")

    assert list((tmp_path / "out").iterdir()) == []


@needs_nsis
@pytest.mark.skipif(sys.platform == "win32", reason="signs with a shell script")
def test_programs_uninstaller_and_installer_are_signed(frozen: Path, tmp_path: Path) -> None:
    script, log = tmp_path / "sign.sh", tmp_path / "log"
    script.write_text(f'head -c 2 "$2" >> "{log}"; echo " $1 $2" >> "{log}"', encoding="utf-8")

    tool.build(frozen, tmp_path / "out", "1.2.3", f"sh {script} --quietly")

    lines = log.read_text(encoding="utf-8").splitlines()
    assert [line.split()[:2] for line in lines] == [["di", "--quietly"], *[["MZ", "--quietly"]] * 2]
    assert lines[0].endswith("digitpad.exe")
    assert lines[2].endswith("installer.exe")


@needs_nsis
def test_installer_that_cannot_be_signed_is_not_made(frozen: Path, tmp_path: Path) -> None:
    with pytest.raises(tool.InstallerError, match="failed"):
        tool.build(frozen, tmp_path / "out", "1.2.3", "false")

    assert not list(tmp_path.glob("out/*"))


def test_missing_nsis_is_named(
    frozen: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(tool.InstallerError, match="install NSIS"):
        tool.build(frozen, tmp_path / "out", "1.2.3")


def test_folder_without_the_program_is_refused(tmp_path: Path) -> None:
    with pytest.raises(tool.InstallerError, match=r"digitpad\.exe"):
        tool.build(tmp_path, tmp_path / "out", "1.2.3")


def test_every_file_is_unpacked_where_it_lay(tmp_path: Path) -> None:
    names = [PurePosixPath("digitpad.exe"), PurePosixPath("_internal/Qt/a$b.dll")]

    lines = tool.install_list(tmp_path, names).splitlines()

    assert lines == [
        'SetOutPath "$INSTDIR.digitpad-new"',
        f'File "/oname=digitpad.exe" "{tmp_path / "digitpad.exe"}"',
        # A name with a dollar sign is no variable.
        'SetOutPath "$INSTDIR.digitpad-new\\_internal\\Qt"',
        f'File "/oname=a$$b.dll" "{tmp_path / "_internal" / "Qt" / "a$b.dll"}"',
    ]


def test_only_what_was_installed_is_removed_and_folders_only_when_empty() -> None:
    names = [PurePosixPath("digitpad.exe"), PurePosixPath("_internal/Qt/a$b.dll")]

    lines = tool.removal_list(names).splitlines()

    assert lines == [
        'Delete "$INSTDIR\\digitpad.exe"',
        'Delete "$INSTDIR\\_internal\\Qt\\a$$b.dll"',
        'RMDir "$INSTDIR\\_internal\\Qt"',
        'RMDir "$INSTDIR\\_internal"',
    ]


def test_longest_folder_leaves_room_for_the_longest_file() -> None:
    names = [PurePosixPath("digitpad.exe"), PurePosixPath("_internal/Qt/a.dll")]

    assert tool.longest_folder(names) + len("\\_internal\\Qt\\a.dll") == 259


@pytest.mark.parametrize(
    ("version", "quad"),
    [("0.1.0", "0.1.0.0"), ("1.2", "1.2.0.0"), ("1.2.3rc4", "1.2.3.0"), ("1.2.3.dev4", "1.2.3.0")],
)
def test_version_is_four_numbers_for_windows(version: str, quad: str) -> None:
    assert tool.version_quad(version) == quad
