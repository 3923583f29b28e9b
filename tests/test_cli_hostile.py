"""Hostile files on the command line: one clear line each, and the others are still read.

All are read by one process, between files that are sound, so that its memory can be looked at.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import digitpad
from digitpad.cli import tasks
from digitpad.core import picture_files
from digitpad.core.file_kinds import kind_of
from digitpad.core.limits import Limits
from tests.command_line import ink_file, read, saved
from tests.hostile_files import HostileFile, hostile_files, sound_files

ROOT = Path(digitpad.__file__).resolve().parents[1]
MEMORY = 500_000
"""Kilobytes that reading may take, whatever it reads."""
PATIENCE = 600.0
FILES = list(hostile_files())
MEASURED = """
import atexit
from pathlib import Path

def note_peak():
    status = Path("/proc/self/status")
    if status.exists():
        peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        Path("memory").write_text(peak.split()[1])

atexit.register(note_peak)
from digitpad.__main__ import main
raise SystemExit(main())
"""
"""`digitpad` that notes at its end the most memory it took, in KB, where the system tells. From
outside, what the process of the tests had taken before it started this one would count, too."""
SOUND_EACH = 20
"""After so many hostile files comes a sound one."""


@dataclass(frozen=True)
class Outcome:
    """What one process made of all files."""

    status: int
    answers: dict[str, list[str]]
    complaints: dict[str, list[str]]
    other_lines: list[str]
    memory: int | None


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """Read every hostile file once, with sound ones between."""
    folder = tmp_path_factory.mktemp("hostile")
    names = []
    for number, file in enumerate(FILES):
        (folder / file.name).write_bytes(file.content())
        names.append(file.name)
        if number % SOUND_EACH == 0:
            names.append(ink_file(folder / f"sound-{number}.jsonl", "3").name)
    out, err = folder / "out", folder / "err"
    with out.open("wb") as out_file, err.open("wb") as err_file:
        status = subprocess.run(
            [sys.executable, "-c", MEASURED, "read", "--json", "--jobs", "1", *names],
            stdout=out_file,
            stderr=err_file,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            timeout=PATIENCE,
            check=False,
        ).returncode
    note = folder / "memory"
    memory = int(note.read_text()) if note.exists() else None
    answers: dict[str, list[str]] = {}
    for line in out.read_text().splitlines():
        item = json.loads(line)
        answers.setdefault(item["source"], []).append(item["text"])
    complaints: dict[str, list[str]] = {}
    others = []
    for line in err.read_text().splitlines():
        name, separator, reason = line.removeprefix("digitpad: ").partition(": ")
        if separator and name in names and line.startswith("digitpad: "):
            complaints.setdefault(name, []).append(reason)
        else:
            others.append(line)
    return Outcome(status, answers, complaints, others, memory)


def test_there_are_enough_of_them_and_each_has_its_own_name() -> None:
    assert len(FILES) >= 200
    assert len({file.name for file in FILES}) == len(FILES)


def test_the_sound_files_between_them_are_read(outcome: Outcome) -> None:
    sound = [texts for name, texts in outcome.answers.items() if name.startswith("sound-")]
    assert sound == [["3"]] * len(range(0, len(FILES), SOUND_EACH))


def test_the_status_says_that_not_all_was_read_and_nothing_else_is_said(outcome: Outcome) -> None:
    assert outcome.status == 1
    assert outcome.other_lines == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what a process took")
def test_memory_stays(outcome: Outcome) -> None:
    assert outcome.memory is not None
    assert outcome.memory < MEMORY


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_each_is_told_of_in_one_clear_line(outcome: Outcome, file: HostileFile) -> None:
    complaints = outcome.complaints.get(file.name, [])
    assert complaints, "nothing was said"
    assert file.reason in complaints[-1]
    # A file of many lines may have many that are bad, up to a limit.
    assert len(complaints) == 1 or file.name == "bad-lines.jsonl.gz"
    assert all(len(complaint) < 200 for complaint in complaints)


@pytest.mark.parametrize("ending", sound_files())
def test_what_is_spoilt_is_sound_otherwise(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_bytes(sound_files()[ending])
    status, (line,), _ = read(path)
    assert (status, json.loads(line)["text"]) == (0, "2")


@pytest.mark.parametrize("ending", sound_files())
def test_a_last_byte_that_is_missing_never_breaks_anything(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_bytes(sound_files()[ending][:-1])
    _, lines, complaints = read(path)
    assert len(lines) + len(complaints) == 1


# What only the system can spoil -------------------------------------------------------------------


def test_a_picture_that_vanishes_while_being_read_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, last = saved(tmp_path / "gone.png"), saved(tmp_path / "last.png")
    monkeypatch.setattr(tasks, "kind_of", _then(kind_of, gone.unlink))

    status, lines, complaints = read(gone, last)

    assert (status, len(lines)) == (1, 1)
    assert complaints == [f"digitpad: {gone}: No such file or directory"]


def _then(do: Callable[[Path], object], afterwards: Callable[[], None]) -> Callable[[Path], object]:
    """Return a function that does one thing as before, and another the first time."""
    waiting = [afterwards]

    def both(path: Path) -> object:
        result = do(path)
        while waiting:
            waiting.pop()()
        return result

    return both


def test_ink_that_vanishes_while_being_read_is_read_to_its_end(tmp_path: Path) -> None:
    path, last = ink_file(tmp_path / "a.jsonl", "01234"), saved(tmp_path / "last.png")
    found = iter(tasks.Tasks([str(path), str(last)], Limits()))

    first = next(found)
    path.unlink()

    assert [task.source for task in first] == [str(path)] * 5
    assert [task.source for task in next(found)] == [str(last)]


@pytest.mark.parametrize("ending", ["jsonl", "jsonl.gz", "inkml", "png"])
def test_a_disk_that_fails_while_being_read_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    path, last = tmp_path / f"a.{ending}", saved(tmp_path / "last.png")
    path.write_bytes(sound_files()[ending])
    opened = Path.open

    def failing(self: Path, *arguments: object, **options: object) -> object:
        if self == path and failures:
            raise failures.pop()
        return opened(self, *arguments, **options)  # type: ignore[call-overload]

    # Looking at its beginning still works.
    kinds = {path: kind_of(path), last: kind_of(last)}
    monkeypatch.setattr(tasks, "kind_of", kinds.get)
    failures = [OSError(5, "Input/output error")]
    monkeypatch.setattr(Path, "open", failing)

    status, lines, complaints = read(path, last)

    assert (status, len(lines)) == (1, 1)
    assert complaints == [f"digitpad: {path}: Input/output error"]


def test_what_nobody_thought_of_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, ink = saved(tmp_path / "a.png"), ink_file(tmp_path / "b.jsonl", "4")

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(picture_files, "_require_fit_size", fail)

    status, lines, complaints = read(path, ink)

    assert (status, len(lines)) == (1, 1)
    assert complaints == [f"digitpad: {path}: could not be read (ZeroDivisionError)"]


def test_a_picture_too_large_for_the_memory_there_is_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, ink = saved(tmp_path / "a.png"), ink_file(tmp_path / "b.jsonl", "4")

    def refuse(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(picture_files, "_require_fit_size", refuse)

    status, lines, complaints = read(path, ink)

    assert (status, len(lines)) == (1, 1)
    assert complaints == [f"digitpad: {path}: needs more memory than is available"]
