"""What `digitpad read --csv` prints: a table in which each file can be found by its name."""

from __future__ import annotations

import csv
import io
import os
import re
from pathlib import Path

import pytest

from digitpad.cli.read import read_command
from tests.command_line import Terminal, ink_file, read, saved

needs_posix = pytest.mark.skipif(os.name == "nt", reason="names that Windows does not have")


def test_csv_is_a_table_with_a_head_and_one_line_an_item(tmp_path: Path) -> None:
    odd = saved(tmp_path / 'a, "b".png', "3")
    blank = tmp_path / "a.jsonl"
    blank.write_text('{"strokes": []}\n')

    status, lines, complaints = read(odd, blank, style="csv")

    assert (status, complaints) == (0, [])
    head, first, second = csv.reader(lines)
    assert head == ["source", "index", "text", "status", "confidence"]
    assert first[:4] == [str(odd), "0", "3", "digit"]
    assert 0.5 < float(first[4]) <= 1
    assert second == [str(blank), "0", "", "empty", "0.0"]


@needs_posix
def test_csv_names_each_file_as_it_is_called(tmp_path: Path) -> None:
    names = ["q\nb", r"q\nb", "q\rb", 'q"b', "q,b", "q\x1b[31mb", r"q\b", "ä\u2028🙂"]
    paths = [ink_file(tmp_path / f"{name}.jsonl", "3") for name in names]
    out = io.StringIO(newline="")

    status = read_command([*map(str, paths)], style="csv", out=out, err=io.StringIO())

    out.seek(0)
    _, *items = csv.reader(out)
    assert status == 0
    assert [item[0] for item in items] == [*map(str, paths)]


@needs_posix
@pytest.mark.parametrize("encoding", ["ascii", "utf-8"])
def test_csv_gives_no_two_files_one_name_whatever_its_encoding(
    tmp_path: Path, encoding: str
) -> None:
    # Given names of which an encoding has not all, and such as look like what becomes of them
    names = ["b\udcff", r"b\udcff", r"b\\udcff", r"b\c\udcff", "b\\c\udcff", "ä\\c", r"\xe4\c"]
    paths = [ink_file(tmp_path / f"{name}.jsonl", "3") for name in names]
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="")

    # When
    status = read_command([*map(str, paths)], style="csv", out=out, err=io.StringIO())

    # Then they differ, and each can be had from what is written
    out.seek(0)
    _, *items = csv.reader(out)
    assert status == 0
    assert len({item[0] for item in items}) == len(names)
    assert [meant(item[0]) for item in items] == [*map(str, paths)]


def meant(written: str) -> str:
    """Return the name of a file, as docs/command-line.md says."""
    escape = r"x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}"
    if not re.search(rf"\\({escape})", written):
        return written
    return re.sub(
        rf"\\(\\|{escape})",
        lambda found: found[1] if found[1] == "\\" else chr(int(found[1][1:], 16)),
        written,
    )


@needs_posix
def test_csv_on_a_terminal_gives_it_no_commands(tmp_path: Path) -> None:
    out = Terminal()
    path = ink_file(tmp_path / "q\x1b[31m\nb.jsonl", "3")

    read_command([str(path)], style="csv", out=out, err=io.StringIO())

    assert out.getvalue().count("\n") == 2
    assert 'q\\x1b[31m\\nb.jsonl",0,3,' in out.getvalue()
