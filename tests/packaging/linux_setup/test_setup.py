"""Installing and removing on Linux, for one person: what is there afterwards."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from digitpad_setup import menu, terminal
from digitpad_setup.errors import SetupError
from digitpad_setup.folders import locked
from digitpad_setup.installation import uninstall
from digitpad_setup.places import Places
from tests.packaging.setup_house import put, tree


def said_by(program: Path) -> str:
    return subprocess.run([program], capture_output=True, text=True, check=True).stdout.strip()


def test_the_program_its_command_and_its_menu_entry_are_there(bundle: Path, places: Places) -> None:
    result = put(bundle, "2.0", places)

    assert result.replaced is None and result.notes == ()
    assert said_by(places.program / "digitpad") == "digitpad 2.0"
    assert said_by(places.command) == "digitpad 2.0"
    assert os.readlink(places.program / "_internal" / "lib.so") == "lib.so.1"
    assert menu.owner(places.menu_entry) == places.program
    assert (places.data / "icons/hicolor/scalable/apps/digitpad.svg").is_file()
    assert (places.data / "mime/packages/digitpad.xml").is_file()


def test_the_menu_entry_quotes_what_is_special(tmp_path: Path) -> None:
    # Given every character that the Desktop Entry Specification treats
    entry = menu.menu_entry(Path('/a b/"$`\\%/digitpad'))

    exec_line = next(line for line in entry.splitlines() if line.startswith("Exec="))

    assert exec_line == r'Exec="/a b/\\"\\$\\`\\\\%%/digitpad/digitpad" %f'


def test_no_menu_entry_where_none_is_wanted(bundle: Path, places: Places) -> None:
    put(bundle, "2.0", places, menu_entry=False)

    assert said_by(places.command) == "digitpad 2.0"
    assert not places.data.exists()


def test_an_older_version_is_replaced(bundle: Path, old_bundle: Path, places: Places) -> None:
    put(old_bundle, "1.0", places)

    result = put(bundle, "2.0", places)

    assert result.replaced == "1.0"
    assert said_by(places.command) == "digitpad 2.0"
    in_place = tree(places.program)
    del in_place["installed.json"]
    assert in_place == tree(bundle)
    assert [path.name for path in places.program.parent.iterdir()] == ["digitpad"]


def test_a_version_that_is_replaced_without_a_menu_entry_leaves_none(
    bundle: Path, old_bundle: Path, places: Places
) -> None:
    put(old_bundle, "1.0", places)

    put(bundle, "2.0", places, menu_entry=False)

    assert not places.menu_entry.exists()


@pytest.mark.parametrize("first_out", [0, 1])
def test_two_versions_beside_each_other(
    bundle: Path, old_bundle: Path, places: Places, tmp_path: Path, first_out: int
) -> None:
    # Given two versions; the later has taken over command and menu entry
    before = tree(places.home)
    prefixes = [places.program, tmp_path / "elsewhere" / "digitpad"]
    put(old_bundle, "1.0", places, prefixes[0])
    put(bundle, "2.0", places, prefixes[1])
    assert said_by(places.command) == "digitpad 2.0"

    # When one is removed
    uninstall(prefixes[first_out], places, purge=False)

    # Then the other works, with the menu entry if it had it; and nothing is left of both
    assert said_by(prefixes[1 - first_out] / "digitpad") == f"digitpad {2 - first_out}.0"
    assert places.menu_entry.exists() == (first_out == 0)
    uninstall(prefixes[1 - first_out], places, purge=False)
    assert tree(places.home) == before
    assert not prefixes[1].parent.exists()


def test_removing_leaves_what_was_there_before(bundle: Path, places: Places) -> None:
    # Given other programs' files, and folders that are empty
    (places.data / "applications").mkdir(parents=True)
    (places.data / "applications" / "other.desktop").write_text("[Desktop Entry]")
    (places.data / "icons").mkdir()
    settings = places.config / "DigitPad" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text("{}")
    before = tree(places.home)

    # When
    put(bundle, "2.0", places)
    result = uninstall(places.program, places, purge=False)

    # Then
    assert result.replaced == "2.0"
    assert tree(places.home) == before


def test_a_purge_takes_the_settings_and_nothing_else(bundle: Path, places: Places) -> None:
    (places.config / "DigitPad" / "DigitPad").mkdir(parents=True)
    (places.config / "DigitPad" / "DigitPad" / "settings.json").write_text("{}")
    (places.home / "drawing.inkml").write_text("<ink/>")
    put(bundle, "2.0", places)

    uninstall(places.program, places, purge=True)

    assert tree(places.home) == {".config": "folder", "drawing.inkml": b"<ink/>".hex()}


def test_the_caches_of_the_desktop_are_not_left(
    bundle: Path, places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given tools that write caches, as the real ones do
    tools = tmp_path / "tools"
    tools.mkdir()
    for name, made in (("desktop", "mimeinfo.cache"), ("mime", "mime.cache")):
        (tools / f"update-{name}-database").write_text(f'#!/bin/sh\n: > "$1/{made}"\n')
        (tools / f"update-{name}-database").chmod(0o755)
    monkeypatch.setattr("digitpad_setup.menu.shutil.which", lambda name: str(tools / name))

    # When
    put(bundle, "2.0", places)

    # Then they ran, and what they wrote goes with the rest
    assert (places.data / "mime" / "mime.cache").exists()
    assert (places.data / "applications" / "mimeinfo.cache").exists()
    uninstall(places.program, places, purge=False)
    assert tree(places.home) == {}


def test_another_program_of_the_same_name_is_left_alone(bundle: Path, places: Places) -> None:
    places.command.parent.mkdir(parents=True)
    places.command.write_text("#!/bin/sh\necho mine\n")

    result = put(bundle, "2.0", places)
    uninstall(places.program, places, purge=False)

    assert "another program" in result.notes[0]
    assert places.command.read_text() == "#!/bin/sh\necho mine\n"


def test_a_folder_with_other_files_is_refused(bundle: Path, places: Places) -> None:
    places.program.mkdir(parents=True)
    (places.program / "thesis.txt").write_text("long work")

    with pytest.raises(SetupError, match="holds other files"):
        put(bundle, "2.0", places)
    with pytest.raises(SetupError, match="not installed"):
        uninstall(places.program, places, purge=True)

    assert tree(places.program) == {"thesis.txt": b"long work".hex()}


def test_a_folder_whose_name_is_no_text_is_refused(bundle: Path, places: Places) -> None:
    with pytest.raises(SetupError, match="cannot be a folder"):
        put(bundle, "2.0", places, places.home / os.fsdecode(b"caf\xe9"))

    assert tree(places.home) == {}


def test_the_home_itself_is_refused(bundle: Path, places: Places) -> None:
    (places.home / "letter.txt").write_text("")

    with pytest.raises(SetupError, match="holds other files"):
        put(bundle, "2.0", places, places.home)


def test_an_open_program_is_not_replaced_nor_removed(
    bundle: Path, old_bundle: Path, places: Places
) -> None:
    # Given a program that runs, and not by an interpreter
    sleep = Path("/bin/sleep").resolve()
    (old_bundle / "digitpad").write_bytes(sleep.read_bytes())
    put(old_bundle, "1.0", places)
    with subprocess.Popen([places.program / "digitpad", "600"]) as running:
        try:
            # When, then
            with pytest.raises(SetupError, match="close it first"):
                put(bundle, "2.0", places)
            with pytest.raises(SetupError, match="close it first"):
                uninstall(places.program, places, purge=False)
        finally:
            running.kill()

    assert put(bundle, "2.0", places).replaced == "1.0"


def test_two_installations_at_once_do_not_mix(bundle: Path, places: Places) -> None:
    places.program.parent.mkdir(parents=True)

    with locked(places.program.parent), pytest.raises(SetupError, match="under way"):
        put(bundle, "2.0", places)

    assert not places.program.exists()


def test_a_file_system_that_cannot_exchange_folders(
    bundle: Path, old_bundle: Path, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digitpad_setup.folders._exchange", lambda *_: False)
    put(old_bundle, "1.0", places)

    put(bundle, "2.0", places)

    assert said_by(places.command) == "digitpad 2.0"
    assert [path.name for path in places.program.parent.iterdir()] == ["digitpad"]


def test_no_home_is_said() -> None:
    with pytest.raises(SetupError, match="HOME"):
        Places.of({})


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--purge"], "name --install or --uninstall"),
        (["--prefix", "/nowhere"], "name --install or --uninstall"),
        (["--install", "--purge"], "--purge goes with --uninstall"),
        (["--install", "--prefix", ""], "no folder is named"),
        (["--uninstall", "--prefix", ""], "no folder is named"),
    ],
)
def test_what_is_not_wholly_asked_for_is_wrong_usage(
    arguments: list[str],
    complaint: str,
    places: Places,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("HOME", str(places.home))
    monkeypatch.setattr("digitpad_setup.signals.listen", lambda: None)

    with pytest.raises(SystemExit) as ended:
        terminal.main(arguments)

    assert ended.value.code == 2
    assert complaint in capsys.readouterr().err


def test_without_a_screen_no_window_is_tried(
    places: Places, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOME", str(places.home))
    monkeypatch.setattr("digitpad_setup.signals.listen", lambda: None)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.setenv(name, "")

    assert terminal.main([]) == 1

    said = capsys.readouterr().err
    assert said == "digitpad-setup: there is no screen here; use --install, or see --help\n"
