"""Installing on Linux when it fails or is killed, at every single step that touches the disk."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from digitpad_setup.errors import SetupError
from digitpad_setup.installation import uninstall
from digitpad_setup.places import Places
from tests.packaging.setup_house import (
    FAILED,
    KILLED,
    Hook,
    in_a_process,
    is_writing,
    killing,
    make_bundle,
    make_places,
    put,
    tree,
)

NEEDING_SPACE = {"os.link", "os.mkdir", "os.symlink"}


def filling(step: int, number: int) -> Hook:
    """Return an audit hook with which nothing more can be made from a step on."""
    seen = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        if event in NEEDING_SPACE or is_writing(event, arguments):
            seen += 1
            if seen >= step:
                raise OSError(number, os.strerror(number))

    return hook


def put_with(hook: Hook, bundle: Path, places: Places) -> int:
    """Install in a process of its own, with an audit hook; returns its exit status."""
    return in_a_process(hook, lambda: put(bundle, "2.0", places))


@pytest.fixture(autouse=True)
def one_icon(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One icon stands for all."""
    (tmp_path / "icons").mkdir()
    (tmp_path / "icons" / "digitpad.svg").write_text("<svg/>")
    monkeypatch.setattr("digitpad_setup.menu.resource_path", lambda name: tmp_path / name)


@pytest.fixture(params=[True, False], ids=["exchange", "two renames"])
def can_exchange(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the file system can exchange two folders in one step."""
    if not request.param:
        monkeypatch.setattr("digitpad_setup.folders._exchange", lambda *_: False)
    return bool(request.param)


def houses(folder: Path, *, has_old: bool) -> Iterator[tuple[Path, Places]]:
    """Yield a fresh home for each step: the bundle to install, and the places."""
    new, old = make_bundle(folder / "new", "2.0"), make_bundle(folder / "old", "1.0")
    for step in range(1, 1000):
        places = make_places(folder / f"home{step}")
        if has_old:
            put(old, "1.0", places)
        yield new, places


def contents(prefix: Path) -> dict[str, str]:
    found = tree(prefix)
    found.pop("installed.json", None)
    return found


@pytest.mark.parametrize("has_old", [False, True], ids=["fresh", "update"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS], ids=errno.errorcode.get)
@pytest.mark.usefixtures("can_exchange")
def test_a_disk_that_fills_up_changes_nothing(tmp_path: Path, has_old: bool, number: int) -> None:
    for step, (bundle, places) in enumerate(houses(tmp_path, has_old=has_old), start=1):
        # Given
        before = tree(places.home)

        # When
        status = put_with(filling(step, number), bundle, places)

        # Then
        if status == 0:
            assert step > 10
            assert contents(places.program) == contents(bundle)
            return
        assert (step, status) == (step, FAILED)
        assert (step, tree(places.home)) == (step, before)


@pytest.mark.parametrize("has_old", [False, True], ids=["fresh", "update"])
def test_a_kill_leaves_a_whole_program_or_none(
    tmp_path: Path, has_old: bool, can_exchange: bool
) -> None:
    for step, (bundle, places) in enumerate(houses(tmp_path, has_old=has_old), start=1):
        # When
        status = put_with(killing(step), bundle, places)

        # Then what is in place is the old program, or the new one, or none when there was none
        whole = [contents(bundle)] + [contents(tmp_path / "old")] * has_old
        if has_old and can_exchange:
            assert contents(places.program) in whole
        else:
            assert not places.program.exists() or contents(places.program) in whole
        if status == 0:
            assert step > 10
            return
        assert status == KILLED

        # When it is installed again and removed, nothing is left but folders that are empty
        put(bundle, "2.0", places)
        assert contents(places.program) == contents(bundle)
        uninstall(places.program, places, purge=False)
        assert {name: kind for name, kind in tree(places.home).items() if kind != "folder"} == {}


def test_a_kill_between_two_renames_loses_no_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Removing after such a kill finds the old program again."""
    monkeypatch.setattr("digitpad_setup.folders._exchange", lambda *_: False)
    for step, (bundle, places) in enumerate(houses(tmp_path, has_old=True), start=1):
        if put_with(killing(step), bundle, places) == 0:
            assert step > 10
            return

        assert uninstall(places.program, places, purge=False).replaced in ("1.0", "2.0")


def test_cancelling_changes_nothing(tmp_path: Path) -> None:
    def give_up(share: float) -> None:
        if share > 0.5:
            raise KeyboardInterrupt

    bundle = make_bundle(tmp_path / "new", "2.0")
    places = make_places(tmp_path / "home")

    with pytest.raises(KeyboardInterrupt):
        put(bundle, "2.0", places, progress=give_up)

    assert tree(places.home) == {}


def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    bundle = make_bundle(tmp_path / "new", "2.0")
    places = make_places(tmp_path / "home")

    # Given a place where not even root can make folders
    with pytest.raises(SetupError, match=r"^/proc/\S+: "):
        put(bundle, "2.0", places, Path("/proc/opt/digitpad"))

    assert tree(places.home) == {}
