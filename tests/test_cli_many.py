"""What `digitpad read` does with much to read: several processes, streams, interruptions."""

from __future__ import annotations

import contextlib
import dataclasses
import gzip
import io
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

import digitpad
from digitpad.cli import processes, progress
from digitpad.cli.answers import Answer, Answerer
from digitpad.cli.read import read_command
from digitpad.cli.tasks import Task
from digitpad.core.ink_files import ink_to_json
from digitpad.core.inkml_writer import ink_to_inkml
from digitpad.core.limits import Limits
from tests.command_line import Terminal, ink_file, read, run_cli, saved
from tests.pictures import golden_digit, golden_ink

ROOT = Path(digitpad.__file__).resolve().parents[1]
PATIENCE = 60.0

needs_posix = pytest.mark.skipif(os.name == "nt", reason="signals and pipes of POSIX")


@contextlib.contextmanager
def started(*arguments: str | Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start `digitpad read` with pipes, as a terminal would: interrupted by SIGINT."""
    command = [sys.executable, "-m", "digitpad", "read", *map(str, arguments)]
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
        preexec_fn=_hear_interrupts if os.name == "posix" else None,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait(PATIENCE)
        for stream in (process.stdin, process.stdout, process.stderr):
            assert stream is not None
            with contextlib.suppress(BrokenPipeError):
                stream.close()


def _hear_interrupts() -> None:
    """Undo what a shell does to the programs, such as these tests, that it runs in background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes], IO[bytes]]:
    """Return standard input, output and error of a process."""
    assert process.stdin and process.stdout and process.stderr
    return process.stdin, process.stdout, process.stderr


def pour_endlessly(stream: IO[bytes], line: bytes) -> None:
    """Write a line again and again until nobody reads on."""

    def pour() -> None:
        with contextlib.suppress(OSError, ValueError):
            while True:
                stream.write(line * 100)

    threading.Thread(target=pour, daemon=True).start()


def texts(lines: list[str]) -> str:
    """Return what was read, from lines of JSON."""
    return "".join(json.loads(line)["text"] for line in lines)


A_LINE = (ink_to_json(golden_digit("3")) + "\n").encode()


def test_several_processes_answer_as_one_does_and_in_the_same_order(tmp_path: Path) -> None:
    paths: list[Path] = [
        ink_file(tmp_path / "many.jsonl", "0123456789" * 30),
        saved(tmp_path / "a.png", "4"),
        tmp_path / "missing.png",
        saved(tmp_path / "b.png", "5"),
        ink_file(tmp_path / "few.jsonl.gz", "67"),
    ]
    bad = tmp_path / "bad.jsonl"
    bad.write_bytes(b"[]\n" + A_LINE)

    alone = run_cli("--json", "--jobs", "1", *paths, bad)
    together = run_cli("--json", "--jobs", "3", *paths, bad)

    assert together.stderr == alone.stderr
    assert together.returncode == alone.returncode
    answers = [[*map(json.loads, done.stdout.splitlines())] for done in (together, alone)]
    for one, other in zip(*answers, strict=True):
        # What is read beside a drawing may change the last digits.
        (digit,), (expected,) = one.pop("digits"), other.pop("digits")
        assert digit.pop("probabilities") == pytest.approx(expected.pop("probabilities"), abs=1e-6)
        assert digit.pop("confidence") == pytest.approx(expected.pop("confidence"), abs=1e-6)
        assert one.pop("confidence") == pytest.approx(other.pop("confidence"), abs=1e-6)
        assert (one, digit) == (other, expected)
    assert (alone.returncode, alone.stdout.count("\n"), alone.stderr.count("\n")) == (1, 305, 2)


def test_without_a_number_other_processes_join_when_there_is_much_to_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given a machine with cores, and batches that end within a file
    path = ink_file(tmp_path / "a.jsonl", "0123456789" * 10)
    read_here: list[Task] = []
    answers_to_all = Answerer.answers_to_all

    def noted(self: Answerer, tasks: list[Task]) -> Iterator[Answer]:
        read_here.extend(tasks)
        return answers_to_all(self, tasks)

    monkeypatch.setattr(Answerer, "answers_to_all", noted)
    monkeypatch.setattr(processes, "core_count", lambda: 2)

    # When reading alone is soon found to be too much
    monkeypatch.setattr(processes, "ALONE_SECONDS", 0.0)

    # Then
    assert texts(read(path, jobs=None)[1]) == "0123456789" * 10
    assert 0 < len(read_here) < 100

    # And not otherwise
    read_here.clear()
    monkeypatch.setattr(processes, "ALONE_SECONDS", float("inf"))
    assert texts(read(path, jobs=None)[1]) == "0123456789" * 10
    assert len(read_here) == 100


def test_where_no_processes_can_be_made_all_is_read_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import concurrent.futures

    def refuse(*_: object) -> None:
        raise OSError("no semaphores")

    path = ink_file(tmp_path / "a.jsonl", "0123456789" * 10)
    monkeypatch.setattr(concurrent.futures, "ProcessPoolExecutor", refuse)

    assert texts(read(path, jobs=2)[1]) == "0123456789" * 10


def die(_batch: object) -> None:
    """Stands for what a process does with its work."""
    os._exit(9)


def test_a_process_that_is_killed_is_one_line_and_status_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "_answers", die)

    status, lines, complaints = read(saved(tmp_path / "a.png"), jobs=2)

    assert (status, lines) == (1, [])
    assert complaints == [
        "digitpad: A process that was reading ended unexpectedly; is there too little memory?"
    ]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ink_is_read_from_the_standard_input(packed: bool, jobs: str) -> None:
    content = b"".join((ink_to_json(ink) + "\n").encode() for _, ink in golden_ink()) * 3

    with started("--json", "--jobs", jobs, "-") as process:
        out, err = process.communicate(gzip.compress(content) if packed else content, PATIENCE)

    assert (process.returncode, err) == (0, b"")
    found = [json.loads(line) for line in out.splitlines()]
    assert [item["text"] for item in found] == [label for label, _ in golden_ink()] * 3
    assert [item["index"] for item in found] == list(range(len(found)))
    assert {item["source"] for item in found} == {"-"}


@needs_posix
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_line_is_answered_before_the_next_one_is_written(jobs: str) -> None:
    with started("--json", "--jobs", jobs, "-") as process:
        stdin, stdout, _ = pipes(process)
        for index in range(5):
            stdin.write(A_LINE)
            stdin.flush()
            assert json.loads(stdout.readline())["index"] == index


@needs_posix
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interruption_leaves_whole_lines_and_no_traceback(name: str, jobs: str) -> None:
    # Given a stream without end that is being read
    number = getattr(signal, name)
    with started("--json", "--jobs", jobs, "-") as process:
        stdin, stdout, stderr = pipes(process)
        pour_endlessly(stdin, A_LINE)
        first = stdout.readline()

        # When it is ended, or interrupted as a terminal does it: with all its processes
        if name == "SIGINT":
            os.killpg(process.pid, number)
        else:
            process.send_signal(number)
        rest = stdout.read()

        # Then
        assert process.wait(PATIENCE) == 128 + number
        assert rest == b"" or rest.endswith(b"\n")
        found = [json.loads(line) for line in (first + rest).splitlines()]
        assert [item["index"] for item in found] == list(range(len(found)))
        assert stderr.read() == b""


def test_an_interruption_waits_for_the_process_that_is_being_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given an interruption that comes while the first process starts
    start = threading.Thread.start

    def start_and_interrupt(thread: threading.Thread) -> None:
        start(thread)
        if threading.current_thread() is threading.main_thread():
            until = time.monotonic() + PATIENCE
            while not multiprocessing.active_children() and time.monotonic() < until:
                time.sleep(0.0001)
            raise KeyboardInterrupt

    monkeypatch.setattr(threading.Thread, "start", start_and_interrupt)

    # When
    with pytest.raises(KeyboardInterrupt):
        read(ink_file(tmp_path / "a.jsonl", "3"), jobs=2)

    # Then none is left that looks for what is not there any more
    assert multiprocessing.active_children() == []


def test_an_interruption_lets_semaphores_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import concurrent.futures

    made = []

    def be_interrupted(*_: object) -> None:
        signal.raise_signal(signal.SIGINT)
        made.append("all")

    monkeypatch.setattr(concurrent.futures, "ProcessPoolExecutor", be_interrupted)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            read(ink_file(tmp_path / "a.jsonl", "3"), jobs=2)
    finally:
        signal.signal(signal.SIGINT, before)

    assert made == ["all"]


@needs_posix
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_reader_that_goes_away_ends_it_quietly(jobs: str) -> None:
    with started("--json", "--jobs", jobs, "-") as process:
        stdin, stdout, stderr = pipes(process)
        pour_endlessly(stdin, A_LINE)
        stdout.readline()

        stdout.close()

        assert process.wait(PATIENCE) == 1
        assert stderr.read() == b""


@needs_posix
def test_its_processes_end_when_it_is_killed() -> None:
    with started("--json", "--jobs", "2", "-") as process:
        stdin, stdout, stderr = pipes(process)
        pour_endlessly(stdin, A_LINE)
        stdout.readline()

        process.kill()

        # Each of them has the standard error open until its end.
        stderr.read()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--json", "--csv", "a"], "not allowed with"),
        (["--jobs", "0", "a"], "at least one process"),
        (["--jobs", "two", "a"], "'two' is no whole number"),
        (["--jobs", "1.5", "a"], "'1.5' is no whole number"),
        (["--jobs", "+3", "a"], "'+3' is no whole number"),
        (["--jobs", " 3", "a"], "' 3' is no whole number"),
        (["--jobs", "1_0", "a"], "'1_0' is no whole number"),
        (["--jobs", "\N{ARABIC-INDIC DIGIT THREE}", "a"], "is no whole number"),
        (["--limit", "pixels=\N{ARABIC-INDIC DIGIT THREE}", "a"], "is no whole number"),
        (["--jobs", "9" * 5000, "a"], "too many digits"),
        (["--limit", "colour=3", "a"], "there is no limit 'colour'"),
        (["--limit", "pixels=-3", "a"], "'-3' is no whole number"),
        (["--limit", "pixels", "a"], "'' is no whole number"),
        (["--limit", f"pixels={'9' * 5000}", "a"], "too many digits"),
    ],
)
def test_wrong_usage_is_said(arguments: list[str], complaint: str) -> None:
    done = run_cli(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert complaint in done.stderr


def test_a_limit_can_be_changed_and_is_stated(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.png")
    done = run_cli("--limit", "pixels=1000", "--limit", "points=5", path)
    assert done.stderr == f"digitpad: {path}: has more than 0.001 million pixels\n"
    assert "pixels     64,000,000" in run_cli("--help").stdout


@pytest.mark.parametrize("limit", ["100000000000", "9223372036854775807", "9" * 100])
def test_a_limit_may_be_far_beyond_what_there_is(tmp_path: Path, limit: str) -> None:
    # Given a file of each kind
    ink, packed = ink_file(tmp_path / "a.jsonl", "1"), ink_file(tmp_path / "b.jsonl.gz", "2")
    picture, inkml = saved(tmp_path / "c.gif", "3"), tmp_path / "d.inkml"
    inkml.write_text(ink_to_inkml(golden_digit("4")), encoding="utf-8")
    limits = dataclasses.replace(
        Limits(), **dict.fromkeys((field.name for field in dataclasses.fields(Limits)), int(limit))
    )

    # When all limits are so high
    status, lines, complaints = read(ink, packed, picture, inkml, limits=limits)

    # Then
    assert (status, complaints) == (0, [])
    assert texts(lines) == "1234"


def test_a_file_of_nothing_but_bad_lines_is_given_up(tmp_path: Path) -> None:
    path, good = tmp_path / "log.jsonl", ink_file(tmp_path / "b.jsonl", "7")
    path.write_text("some words\n" * 20_000)

    status, lines, complaints = read(path, good)

    assert (status, len(lines)) == (1, 1)
    assert complaints[-1] == f"digitpad: {path}: holds no ink in its first 1,000 lines"
    assert len(complaints) == 1001
    assert read(path, good, jobs=2)[2] == complaints


def test_bad_lines_after_a_good_one_are_all_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(A_LINE + b"[]\n" * 2000 + A_LINE)
    _, lines, complaints = read(path)
    assert [json.loads(line)["index"] for line in lines] == [0, 2001]
    assert len(complaints) == 2000


# Progress -----------------------------------------------------------------------------------------


@pytest.fixture
def shown_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "BEGINS_AFTER", 0.0)
    monkeypatch.setattr(progress, "INTERVAL", 0.0)


def screen(written: str) -> list[str]:
    """Return the lines that stay on a screen, without spaces at their ends."""
    lines = []
    for line in written.split("\n"):
        cells: list[str] = []
        for part in line.split("\r"):
            cells[: len(part)] = part
        lines.append("".join(cells).rstrip())
    return lines


@pytest.mark.usefixtures("shown_at_once")
def test_a_terminal_is_shown_how_far_it_is_and_nothing_of_that_stays(tmp_path: Path) -> None:
    path = ink_file(tmp_path / "a.jsonl", "0123456789" * 20)
    out, err = io.StringIO(), Terminal()

    read_command([str(path), str(tmp_path / "none.png")], out=out, err=err)

    assert "[##############################] 100 %  200 read, " in err.getvalue()
    assert screen(err.getvalue()) == [
        f"digitpad: {tmp_path / 'none.png'}: No such file or directory",
        "",
    ]
    assert len(out.getvalue().splitlines()) == 200


@pytest.mark.usefixtures("shown_at_once")
def test_answers_on_the_same_terminal_stay_whole(tmp_path: Path) -> None:
    path = ink_file(tmp_path / "a.jsonl", "012")
    terminal, plain = Terminal(), io.StringIO()

    read_command([str(path)], out=terminal, err=terminal)
    read_command([str(path)], out=plain, err=io.StringIO())

    assert "%  1 read" in terminal.getvalue()
    assert screen(terminal.getvalue()) == [*plain.getvalue().splitlines(), ""]


@pytest.mark.usefixtures("shown_at_once")
def test_a_pipe_is_shown_no_progress(tmp_path: Path) -> None:
    err = io.StringIO()
    read_command([str(ink_file(tmp_path / "a.jsonl", "012"))], out=io.StringIO(), err=err)
    assert err.getvalue() == ""


def test_a_short_reading_shows_no_progress(tmp_path: Path) -> None:
    err = Terminal()
    read_command([str(ink_file(tmp_path / "a.jsonl", "0"))], out=io.StringIO(), err=err)
    assert err.getvalue() == ""
