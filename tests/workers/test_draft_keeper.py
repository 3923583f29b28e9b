"""Unsaved work is kept while it grows, and found again after a crash."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from digitpad.core.drawing_files import load_drawing
from digitpad.core.ink import Ink
from digitpad.workers import draft_keeper
from digitpad.workers.draft_keeper import DraftKeeper
from tests.conftest import WaitUntil

Keep = Callable[[], DraftKeeper]

INK = Ink.from_points([[(1, 2), (3, 4, 0.5)]])
OTHER = Ink.from_points([[(9, 9)]])


@pytest.fixture
def keep(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Keep]:
    """Make keepers of one folder, that write at once."""
    monkeypatch.setattr(draft_keeper, "INTERVAL", 0)
    keepers: list[DraftKeeper] = []

    def make() -> DraftKeeper:
        keeper = DraftKeeper(tmp_path / "drafts")
        keepers.append(keeper)
        return keeper

    yield make
    for keeper in keepers:
        keeper.stop()


def strokes(path: Path) -> list[list[list[float]]]:
    return [stroke.tolist() for stroke in load_drawing(path).item.ink.strokes]


def written(keeper: DraftKeeper, ink: Ink) -> None:
    """Have a drawing noted and written."""
    keeper.note(ink)
    loop = QEventLoop()
    keeper._worker.written.connect(loop.quit)
    loop.exec()


def settle(keeper: DraftKeeper) -> None:
    """Wait until a keeper's thread has done what it was asked so far."""
    QCoreApplication.processEvents()
    loop = QEventLoop()
    QTimer.singleShot(0, keeper._worker, loop.quit)
    loop.exec()


def points_found(keeper: DraftKeeper, wait_until: WaitUntil) -> list[object]:
    """Start a keeper, and return the points of the drawing that it finds, stroke by stroke."""
    found: list[Ink] = []
    keeper.found.connect(lambda ink, _said: found.append(ink))
    keeper.start()
    wait_until(keeper.found, lambda: bool(found))
    return [stroke.tolist() for stroke in found[0].strokes]


def crash(keeper: DraftKeeper) -> None:
    """End a keeper as a crash would: nothing is put in order, and its lock is a dead one's."""
    QCoreApplication.processEvents()
    keeper._thread.quit()
    keeper._thread.wait()
    lock = keeper._worker._lock
    assert lock is not None
    lock.unlock()


def test_a_drawing_is_found_again_after_a_crash(keep: Keep, wait_until: WaitUntil) -> None:
    # Given a window that wrote and crashed
    first = keep()
    first.start()
    written(first, OTHER)
    written(first, INK)
    crash(first)

    # When the program is started again
    second = keep()
    points = points_found(second, wait_until)

    # Then
    assert points == [s.tolist() for s in INK.strokes]
    assert strokes(second.last_path) == [s.tolist() for s in INK.strokes]


def test_a_drawing_is_found_also_when_its_window_was_not_the_first(
    keep: Keep, wait_until: WaitUntil
) -> None:
    # Given two windows, the first of which was closed before the second crashed
    first, second = keep(), keep()
    first.start()
    written(first, OTHER)
    second.start()
    written(second, INK)
    first.stop()
    crash(second)

    # When the program is started again
    third = keep()
    points = points_found(third, wait_until)

    # Then
    assert points == [s.tolist() for s in INK.strokes]


def test_a_drawing_is_found_again_after_a_second_crash_before_anything_was_drawn(
    keep: Keep, wait_until: WaitUntil
) -> None:
    first = keep()
    first.start()
    written(first, INK)
    crash(first)
    second = keep()
    second.start()
    second.note(Ink())
    settle(second)
    crash(second)

    third = keep()
    points = points_found(third, wait_until)

    assert points == [s.tolist() for s in INK.strokes]


def test_a_draft_that_a_window_is_writing_is_not_told_as_left(keep: Keep) -> None:
    # Given a window at work, and one that crashed
    working, crashed = keep(), keep()
    working.start()
    written(working, OTHER)
    crashed.start()
    written(crashed, INK)
    crash(crashed)

    # When another one is opened
    third = keep()
    left: list[bool] = []
    third.another_left.connect(lambda: left.append(True))
    third.start()
    written(third, INK)

    # Then
    assert left == []


def test_what_is_written_next_does_not_replace_what_was_found(
    keep: Keep, wait_until: WaitUntil
) -> None:
    first = keep()
    first.start()
    written(first, INK)
    crash(first)
    second = keep()
    second.start()

    written(second, OTHER)

    assert strokes(second.last_path) == [s.tolist() for s in INK.strokes]


def test_after_a_clean_close_nothing_is_offered_and_the_drawing_is_kept(keep: Keep) -> None:
    first = keep()
    first.start()
    written(first, OTHER)
    first.note(INK)
    first.stop()

    assert strokes(first.last_path) == [s.tolist() for s in INK.strokes]
    second = keep()
    found: list[Ink] = []
    second.found.connect(lambda ink, _label: found.append(ink))
    second.start()
    written(second, OTHER)
    assert found == []


def test_a_close_with_nothing_unsaved_keeps_nothing_and_no_draft(keep: Keep) -> None:
    keeper = keep()
    said: list[str] = []
    keeper.failed.connect(said.append)
    keeper.start()
    written(keeper, INK)
    keeper.note(Ink())
    keeper.stop()
    QCoreApplication.processEvents()

    assert said == []
    assert not keeper.last_path.exists()
    assert list(keeper.last_path.parent.iterdir()) == []


def test_two_windows_have_drafts_of_their_own(keep: Keep) -> None:
    first, second = keep(), keep()
    first.start()
    written(first, INK)
    second.start()
    found: list[Ink] = []
    second.found.connect(lambda ink, _label: found.append(ink))
    written(second, OTHER)

    assert found == []
    drafts = sorted(first.last_path.parent.glob("draft-*.jsonl"))
    assert [strokes(draft) for draft in drafts] == [
        [s.tolist() for s in INK.strokes],
        [s.tolist() for s in OTHER.strokes],
    ]


@pytest.mark.parametrize("content", [b"", b"words", b"\0\1"])
def test_a_damaged_draft_is_passed_over(keep: Keep, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "draft-0.jsonl").write_bytes(content)
    keeper = keep()
    found: list[Ink] = []
    keeper.found.connect(found.append)
    keeper.start()
    written(keeper, INK)
    assert found == []


def test_a_disk_that_takes_nothing_is_said_once(
    keep: Keep, tmp_path: Path, wait_until: WaitUntil
) -> None:
    (tmp_path / "drafts").write_text("a file where the folder should be")
    keeper = keep()
    said: list[str] = []
    keeper.failed.connect(said.append)
    keeper.start()
    wait_until(keeper.failed, lambda: bool(said))
    keeper.note(INK)
    keeper.stop()
    QCoreApplication.processEvents()
    assert said == ["Unsaved work cannot be backed up: File exists."]


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_nobody_else_may_look_into_the_folder(keep: Keep) -> None:
    keeper = keep()
    keeper.start()
    written(keeper, INK)
    assert stat.S_IMODE(keeper.last_path.parent.stat().st_mode) == 0o700


def test_a_keeper_that_never_started_stops_at_once(keep: Keep) -> None:
    keeper = keep()
    keeper.note(Ink())
    keeper.stop()
    assert not keeper.last_path.parent.exists()


def test_a_drawing_is_kept_also_by_a_keeper_that_never_started(keep: Keep) -> None:
    keeper = keep()
    keeper.note(INK)
    keeper.stop()
    assert load_drawing(keeper.last_path).item.ink.point_count == INK.point_count

    # And stopped again it leaves what another window may have kept since
    keeper.last_path.unlink()
    keeper.stop()
    assert not keeper.last_path.exists()
