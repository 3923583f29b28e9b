"""A person's own files in the program's folder: no installing, updating or removing loses one."""

from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path

import pytest

from digitpad_setup import terminal
from digitpad_setup.errors import SetupError
from digitpad_setup.installation import uninstall
from digitpad_setup.places import Places
from tests.packaging.setup_house import (
    KILLED,
    in_a_process,
    killing,
    make_places,
    own,
    put,
    tree,
)

LINK = os.link


def add_own_files(prefix: Path, outside: Path) -> dict[str, str]:
    """Put into a program's folder what a person might; returns it, with the folders it is in."""
    outside.mkdir()
    (outside / "thesis.txt").write_text("long work")
    (prefix / "notes.txt").write_text("mine")
    (prefix / "my drawings" / "empty").mkdir(parents=True)
    (prefix / "my drawings" / "7.inkml").write_text("<ink/>")
    (prefix / "my drawings").chmod(0o700)
    (prefix / "link").symlink_to(outside)
    (prefix / "nowhere").symlink_to("gone")
    os.mkfifo(prefix / "pipe")
    (prefix / "_internal" / "Ümläut dir" / os.fsdecode(b"n\xff\nme")).write_text("also mine")
    return {
        "notes.txt": b"mine".hex(),
        "my drawings": "folder",
        "my drawings/empty": "folder",
        "my drawings/7.inkml": b"<ink/>".hex(),
        "link": f"-> {outside}",
        "nowhere": "-> gone",
        "pipe": "pipe",
        "_internal": "folder",
        "_internal/Ümläut dir": "folder",
        f"_internal/Ümläut dir/{os.fsdecode(b'n' + bytes([255]))}\nme": b"also mine".hex(),
    }


def test_removing_leaves_them_and_says_so(bundle: Path, places: Places, tmp_path: Path) -> None:
    put(bundle, "2.0", places)
    own_files = add_own_files(places.program, tmp_path / "elsewhere")

    result = uninstall(places.program, places, purge=True)

    assert own(places.program) == own_files
    assert (tmp_path / "elsewhere" / "thesis.txt").read_text() == "long work"
    (note,) = result.notes
    assert str(places.program) in note and "not DigitPad's" in note
    assert not places.command.is_symlink() and not places.data.exists()


def test_removing_from_a_terminal_says_what_is_left(
    bundle: Path,
    places: Places,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("HOME", str(places.home))
    put(bundle, "2.0", places)
    (places.program / "notes.txt").write_text("mine")

    assert terminal.main(["--uninstall", "--prefix", str(places.program)]) == 0

    said = capsys.readouterr()
    assert "was removed" in said.out
    assert said.err.count("\n") == 1 and "files that are not DigitPad's" in said.err


@pytest.mark.parametrize("can_link", [True, False])
def test_an_update_keeps_them_and_takes_what_the_old_version_had(
    bundle: Path,
    old_bundle: Path,
    places: Places,
    tmp_path: Path,
    can_link: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put(old_bundle, "1.0", places)
    own_files = add_own_files(places.program, tmp_path / "elsewhere")
    if not can_link:
        monkeypatch.setattr("os.link", between_two_disks)
        # No pipe can be copied.
        (places.program / "pipe").unlink()
        del own_files["pipe"]

    put(bundle, "2.0", places)

    in_place = tree(places.program)
    del in_place["installed.json"]
    assert in_place == tree(bundle) | own_files
    assert (places.program / "my drawings").stat().st_mode & 0o777 == 0o700
    assert [path.name for path in places.program.parent.iterdir()] == ["digitpad"]
    # And the new version knows them as a person's, too
    uninstall(places.program, places, purge=False)
    assert own(places.program) == own_files


def between_two_disks(source: Path, target: Path, **options: bool) -> None:
    """Link as `os.link` does, but into no folder that is being prepared."""
    if ".partial-" in str(target):
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
    LINK(source, target, **options)


def test_the_folder_that_they_were_left_in_takes_the_program_again(
    bundle: Path, old_bundle: Path, places: Places, tmp_path: Path
) -> None:
    put(old_bundle, "1.0", places)
    own_files = add_own_files(places.program, tmp_path / "elsewhere")
    uninstall(places.program, places, purge=False)
    with pytest.raises(SetupError, match="is not installed"):
        uninstall(places.program, places, purge=False)

    result = put(bundle, "2.0", places)

    assert result.replaced is None
    in_place = tree(places.program)
    del in_place["installed.json"]
    assert in_place == tree(bundle) | own_files
    # And when nothing of a person's is in it any more, removing takes the folder, too
    for name in reversed(own_files):
        path = places.program / name
        if name in tree(bundle):
            continue
        path.rmdir() if own_files[name] == "folder" else path.unlink()
    uninstall(places.program, places, purge=False)
    assert not places.program.parent.exists()


@pytest.mark.parametrize("name", ["digitpad", "_internal/lib.so.1", "_internal/only in 2.0"])
def test_a_file_put_there_after_removing_is_not_written_over(
    bundle: Path, places: Places, name: str
) -> None:
    (bundle / "_internal" / "only in 2.0").write_text("")
    put(bundle, "2.0", places)
    (places.program / "_internal" / "notes.txt").write_text("mine")
    uninstall(places.program, places, purge=False)
    (places.program / name).write_text("mine as well")
    before = tree(places.home)

    with pytest.raises(SetupError, match=f"/digitpad/{name} is not DigitPad's"):
        put(bundle, "2.0", places)

    assert tree(places.home) == before


def test_a_folder_that_the_new_version_has_no_more_stays_for_them(
    bundle: Path, old_bundle: Path, places: Places
) -> None:
    (old_bundle / "_internal" / "plugins").mkdir()
    (old_bundle / "_internal" / "plugins" / "old.so").write_text("")
    put(old_bundle, "1.0", places)
    (places.program / "_internal" / "plugins" / "mine.so").write_text("mine")

    put(bundle, "2.0", places)

    assert [path.name for path in (places.program / "_internal/plugins").iterdir()] == ["mine.so"]


@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_one_whose_name_the_new_version_needs_stops_the_update(
    bundle: Path, old_bundle: Path, places: Places, kind: str, tmp_path: Path
) -> None:
    put(old_bundle, "1.0", places)
    mine = places.program / "_internal" / "readme"
    if kind == "file":
        mine.write_text("mine")
    elif kind == "folder":
        mine.mkdir()
        (mine / "notes.txt").write_text("mine")
    else:
        mine.symlink_to(tmp_path)
    (bundle / "_internal" / "readme").write_text("theirs")
    before = tree(places.home)

    with pytest.raises(SetupError, match=r"/digitpad/_internal/readme is not DigitPad's"):
        put(bundle, "2.0", places)

    assert tree(places.home) == before


def test_a_part_of_the_program_that_became_a_link_is_not_followed(
    bundle: Path, places: Places, tmp_path: Path
) -> None:
    # Given libraries that a person moved to a larger disk
    put(bundle, "2.0", places)
    shutil.move(places.program / "_internal", tmp_path / "larger")
    (places.program / "_internal").symlink_to(tmp_path / "larger")
    before = tree(tmp_path / "larger")

    uninstall(places.program, places, purge=False)

    assert tree(tmp_path / "larger") == before
    assert not places.program.exists()


def test_a_file_in_the_place_of_a_folder_and_the_other_way_round(
    bundle: Path, places: Places
) -> None:
    put(bundle, "2.0", places)
    shutil.rmtree(places.program / "_internal" / "Ümläut dir")
    (places.program / "_internal" / "lib.so.1").unlink()
    (places.program / "_internal" / "lib.so.1").mkdir()
    (places.program / "_internal" / "lib.so.1" / "notes.txt").write_text("mine")

    uninstall(places.program, places, purge=False)

    assert own(places.program) == {
        "_internal": "folder",
        "_internal/lib.so.1": "folder",
        "_internal/lib.so.1/notes.txt": b"mine".hex(),
    }


def test_a_list_that_was_tampered_with_reaches_nothing_outside(
    bundle: Path, places: Places, tmp_path: Path
) -> None:
    # Given a list that names files all over the home
    put(bundle, "2.0", places)
    (places.home / "thesis.txt").write_text("long work")
    (places.home / ".thesis.txt.old").write_text("long work")
    (places.program / "notes.txt").write_text("mine")
    (places.program / "up").symlink_to(places.home)
    thesis = str(places.home / "thesis.txt")
    record = json.loads((places.program / "installed.json").read_text())
    record["files"] += [thesis]
    record["contents"] += [thesis, "../../../thesis.txt", "up/thesis.txt", "", ".", "..", "/"]
    (places.program / "installed.json").write_text(json.dumps(record))

    # When
    uninstall(places.program, places, purge=True)

    # Then
    assert own(places.home) == {
        ".local": "folder",
        ".local/opt": "folder",
        ".local/opt/digitpad": "folder",
        ".local/opt/digitpad/notes.txt": b"mine".hex(),
        ".local/opt/digitpad/up": f"-> {places.home}",
        ".thesis.txt.old": b"long work".hex(),
        "thesis.txt": b"long work".hex(),
    }


def test_a_second_installation_from_the_first_takes_none_along(
    bundle: Path, places: Places, tmp_path: Path
) -> None:
    put(bundle, "2.0", places)
    (places.program / "notes.txt").write_text("mine")

    put(places.program, "2.0", places, tmp_path / "second")
    put(places.program, "2.0", places)

    assert not (tmp_path / "second" / "notes.txt").exists()
    assert (places.program / "notes.txt").read_text() == "mine"
    uninstall(tmp_path / "second", places, purge=False)
    assert not (tmp_path / "second").exists()


@pytest.mark.parametrize("again", ["--uninstall", "--install"])
def test_a_kill_while_removing_loses_none_and_it_can_be_begun_again(
    tmp_path: Path, bundle: Path, again: str
) -> None:
    for step in range(1, 1000):
        # Given
        places = make_places(tmp_path / f"home{step}")
        put(bundle, "2.0", places, menu_entry=False)
        own_files = add_own_files(places.program, tmp_path / f"elsewhere{step}")

        # When
        def remove(places: Places = places) -> None:
            uninstall(places.program, places, purge=False)

        status = in_a_process(killing(step), remove)

        # Then
        assert own_files.items() <= tree(places.program).items()
        if status == 0:
            assert step > 10
            assert own(places.program) == own_files
            return
        assert status == KILLED
        if not (places.program / "installed.json").exists():
            assert own(places.program) == own_files
            continue  # It was done.
        if again == "--install":
            put(bundle, "2.0", places)
            assert own_files.items() <= tree(places.program).items()
        uninstall(places.program, places, purge=False)
        assert own(places.program) == own_files


@pytest.mark.parametrize(
    ("before", "can_exchange"),
    [("installed", True), ("removed", False)],
    ids=["update, exchange", "removed, two renames"],
)
def test_a_kill_while_installing_loses_none(
    tmp_path: Path,
    old_bundle: Path,
    bundle: Path,
    before: str,
    can_exchange: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not can_exchange:
        monkeypatch.setattr("digitpad_setup.folders._exchange", lambda *_: False)
    for step in range(1, 1000):
        places = make_places(tmp_path / f"home{step}")
        put(old_bundle, "1.0", places, menu_entry=False)
        own_files = add_own_files(places.program, tmp_path / f"elsewhere{step}")
        if before == "removed":
            uninstall(places.program, places, purge=False)

        def install(places: Places = places) -> None:
            put(bundle, "2.0", places, menu_entry=False)

        status = in_a_process(killing(step), install)

        if can_exchange:
            assert own_files.items() <= tree(places.program).items()
        if status == 0:
            assert step > 10
            return
        put(bundle, "2.0", places, menu_entry=False)
        assert own_files.items() <= tree(places.program).items()
        assert [path.name for path in places.program.parent.iterdir()] == ["digitpad"]


def test_a_purge_leaves_what_a_person_saved_beside_the_settings(
    bundle: Path, places: Places
) -> None:
    settings = places.config / "DigitPad" / "DigitPad" / "settings.json"
    drafts = places.data / "DigitPad" / "DigitPad" / "drafts"
    for file in (settings, settings.with_name("mine.txt"), drafts / "last.jsonl"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("")
    (places.data / "DigitPad" / "year 7.inkml").write_text("<ink/>")
    put(bundle, "2.0", places)

    uninstall(places.program, places, purge=True)

    left = {name for name, kind in tree(places.home).items() if kind != "folder"}
    assert left == {".config/DigitPad/DigitPad/mine.txt", ".local/share/DigitPad/year 7.inkml"}
    assert not drafts.parent.exists()
