"""UNIPEN: small distributions written here, in the format, turned into ink files."""

from __future__ import annotations

import gzip
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from digitpad.core.ink_files import InkItem, read_ink_file
from training.__main__ import main
from training.data import unipen_document

INK = """.COORD X Y
.PEN_DOWN
10 100
10 40
.PEN_UP
.PEN_DOWN
30 90
50 90
.PEN_UP
.PEN_DOWN
70 80
75 60
80 40
.PEN_UP
"""


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("latin-1"))
    return folder


def convert(folder: Path, *options: str) -> tuple[int, list[dict[str, Any]]]:
    out = folder.parent / "ink.jsonl.gz"
    status = main(["unipen", str(folder), "--out", str(out), *options])
    lines = gzip.decompress(out.read_bytes()).decode().splitlines() if out.exists() else []
    return status, [json.loads(line) for line in lines]


def of_one_file(tmp_path: Path, text: str, *options: str) -> tuple[int, list[dict[str, Any]]]:
    return convert(write(tmp_path / "set", {"abc/w1.dat": text}), *options)


def strokes_of(tmp_path: Path, text: str, *options: str) -> Any:
    status, items = of_one_file(tmp_path, text, *options)
    assert status == 0
    return items[0]["strokes"]


def test_a_release_becomes_an_ink_file(tmp_path: Path) -> None:
    # Given the release's layout: segments in data, traces in include, documents beside them
    folder = write(
        tmp_path / "train",
        {
            "data/1a/abc/abc01/w1.dat": ".VERSION 1.0\n.INCLUDE abc/abc.doc\n"
            '.INCLUDE abc/data/w1.dat\n.SEGMENT CHARACTER 0-1 ? "4"\n.SEGMENT CHARACTER 2 OK "7"\n',
            "include/abc/abc.doc": ".COMMENT by hand\n.HIERARCHY CHARACTER\n.COORD X Y\n",
            "include/abc/data/w1.dat": "\n.WRITER_ID Somebody\n" + INK,
        },
    )
    # When it is converted
    status, items = convert(folder)
    # Then each character is one line: y down, its top-left at the origin, its writer named
    assert status == 0
    assert items == [
        {"label": "4", "writer": "abc/w1", "strokes": [[[0, 0], [0, 60]], [[20, 10], [40, 10]]]},
        {"label": "7", "writer": "abc/w1", "strokes": [[[0, 0], [5, 20], [10, 40]]]},
    ]


def test_the_pad_reads_what_was_written(tmp_path: Path) -> None:
    of_one_file(tmp_path, INK + '.SEGMENT CHARACTER 0-1 OK "4"\n')
    items = list(read_ink_file(tmp_path / "ink.jsonl.gz"))
    assert [(item.label, item.writer) for item in items if isinstance(item, InkItem)] == [
        ("4", "abc/w1")
    ]


def test_a_character_in_two_categories_comes_once(tmp_path: Path) -> None:
    segments = '.INCLUDE abc/w1.dat\n.SEGMENT CHARACTER 2 OK "7"\n'
    folder = write(
        tmp_path / "train",
        {
            "data/1a/abc/w1.dat": segments,
            "data/2/abc/w1.dat": ".COMMENT all\n" + segments + '.SEGMENT CHARACTER 0 OK "1"\n',
            "include/abc/w1.dat": INK,
        },
    )
    assert [item["label"] for item in convert(folder)[1]] == ["7", "1"]


def test_equal_drawings_from_two_hands_both_stay(tmp_path: Path) -> None:
    text = INK + '.SEGMENT CHARACTER 2 OK "7"\n'
    folder = write(tmp_path / "set", {"abc/w1.dat": text, "abc/w2.dat": text})
    assert [item["writer"] for item in convert(folder)[1]] == ["abc/w1", "abc/w2"]


@pytest.mark.parametrize(
    ("columns", "point"),
    [("X Y", "{x} {y}"), ("Y X", "{y} {x}"), ("T X P Y", "9 {x} 300 {y}"), ("X Y T", "{x}\t{y} 9")],
)
def test_columns_come_in_any_order(tmp_path: Path, columns: str, point: str) -> None:
    traces = "\n".join(point.format(x=x, y=y) for x, y in [(5, 9), (7, 4)])
    text = f'.COORD {columns}\n.PEN_DOWN\n{traces}\n.PEN_UP\n.SEGMENT CHARACTER 0 OK "1"\n'
    assert strokes_of(tmp_path, text) == [[[0, 0], [2, 5]]]


def test_points_may_share_a_line_with_the_keyword_and_each_other(tmp_path: Path) -> None:
    text = '.PEN_DOWN 5 9 7 4\n\n 8 3\n.DT 100\n.PEN_UP\n.SEGMENT CHARACTER 0 OK "1"\n'
    assert strokes_of(tmp_path, text) == [[[0, 0], [2, 5], [3, 6]]]


def test_pen_up_counts_as_a_component_only_with_points(tmp_path: Path) -> None:
    text = (
        ".PEN_DOWN\n1 1\n.PEN_UP\n2 2\n3 3\n.PEN_DOWN\n4 4\n.PEN_UP\n.PEN_DOWN\n6 9\n7 7\n.PEN_UP\n"
    )
    # 0 is the first trace, 1 the pen in the air, 2 and 3 the other traces.
    assert strokes_of(tmp_path, text + '.SEGMENT CHARACTER 3 OK "1"\n') == [[[0, 0], [1, 2]]]


def test_pen_up_is_never_ink(tmp_path: Path) -> None:
    text = ".PEN_DOWN\n1 1\n.PEN_UP\n2 2\n.PEN_DOWN\n4 4\n"
    assert strokes_of(tmp_path, text + '.SEGMENT CHARACTER 0-2 OK "1"\n') == [[[0, 3]], [[3, 0]]]


@pytest.mark.parametrize(
    ("delineation", "lengths"),
    [
        ("0-2", [2, 2, 3]),
        ("0:1-2:0", [1, 2, 1]),
        ("2:1-2:2", [2]),
        ("0,2", [2, 3]),
        ("1-2:1", [2, 2]),
    ],
)
def test_ranges_of_components_and_points(
    tmp_path: Path, delineation: str, lengths: list[int]
) -> None:
    strokes = strokes_of(tmp_path, INK + f'.SEGMENT CHARACTER {delineation} OK "4"\n')
    assert [len(stroke) for stroke in strokes] == lengths


def test_segments_may_come_before_their_traces(tmp_path: Path) -> None:
    text = '.SEGMENT CHARACTER 2 ? "7"\n.COMMENT 1 2 3\n' + INK
    assert strokes_of(tmp_path, text) == [[[0, 0], [5, 20], [10, 40]]]


def test_labels_choose_and_escapes_are_undone(tmp_path: Path) -> None:
    text = INK + '.SEGMENT CHARACTER 0 OK "\\""\n.SEGMENT CHARACTER 1 OK "\\\\"\n'
    text += '.SEGMENT CHARACTER 2 OK "7"\n.SEGMENT WORD 0-2 OK "\\\\"\n'
    _, items = of_one_file(tmp_path, text, "--labels", '"\\')
    assert [item["label"] for item in items] == ['"', "\\"]


def test_y_down_leaves_y_as_it_is(tmp_path: Path) -> None:
    text = INK + '.SEGMENT CHARACTER 2 OK "7"\n'
    assert strokes_of(tmp_path, text, "--y-down") == [[[0, 40], [5, 20], [10, 0]]]


def test_fractions_of_units_stay(tmp_path: Path) -> None:
    text = '.PEN_DOWN\n0.1 0.7\n0.3 -2\n.PEN_UP\n.SEGMENT CHARACTER 0 OK "1"\n'
    assert strokes_of(tmp_path, text) == [[[0, 0], [0.2, 2.7]]]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "w2.dat is no UNIPEN file"),
        ("\x00\x01\xff", "w2.dat is no UNIPEN file"),
        (".INCLUDE abc/w2.dat\n", "w2.dat includes itself"),
        (".INCLUDE gone.dat\n", "includes 'gone.dat', which is not there"),
        (".INCLUDE ../../secret.dat\n", "which lies outside the folder"),
        (".INCLUDE /etc/hosts\n", "which lies outside the folder"),
        (".INCLUDE a\x00b\n", "which is not there"),
        (".COORD X T\n", ".COORD names no X or no Y"),
        (INK + '.SEGMENT CHARACTER 3 OK "4"\n', "segment 3 '4': names components that are not"),
        (INK + '.SEGMENT CHARACTER 2-0 OK "4"\n', "names components that are not"),
        (INK + '.SEGMENT CHARACTER 0:9-1 OK "4"\n', "names points that are not in component 0"),
        (INK + '.SEGMENT CHARACTER x OK "4"\n', "is no range of components"),
        (INK + '.SEGMENT CHARACTER "4"\n', "is no range of components"),
        (INK + '.SEGMENT CHARACTER 0 OK "4\n', "its label does not end"),
        ('.PEN_DOWN\n1 2 3\n.SEGMENT CHARACTER 0 ? "4"\n', "3 numbers are no points of 2 columns"),
        ('.PEN_DOWN\n1 two\n.SEGMENT CHARACTER 0 ? "4"\n', "'two' is no coordinate"),
        ('.PEN_DOWN\n1 nan\n.SEGMENT CHARACTER 0 ? "4"\n', "'nan' is no coordinate"),
        ('.PEN_DOWN\n1 1e400\n.SEGMENT CHARACTER 0 ? "4"\n', "'1e400' is no coordinate"),
        ('.PEN_DOWN\n.PEN_UP\n.SEGMENT CHARACTER 0 ? "4"\n', "holds no ink"),
    ],
)
def test_a_bad_file_is_one_line_and_spoils_only_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, reason: str
) -> None:
    # Given a good file before and after a bad one, and a file outside the folder
    good = INK + '.SEGMENT CHARACTER 0 OK "1"\n'
    write(tmp_path, {"secret.dat": good})
    folder = write(tmp_path / "set", {"abc/w1.dat": good, "abc/w2.dat": text, "abc/w3.dat": good})
    # When the folder is converted
    status, items = convert(folder)
    # Then the good ones are there, and one line says what is wrong
    assert status == 1
    assert [item["writer"] for item in items] == ["abc/w1", "abc/w3"]
    errors = capsys.readouterr().err.splitlines()
    assert len(errors) == 1
    assert "abc/w2.dat" in errors[0]
    assert reason in errors[0]


def test_includes_that_go_round_or_multiply_come_to_an_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Given two files that include each other, and a tree of ten times ten times ... includes
    files = {"a.dat": ".INCLUDE b.dat\n", "b.dat": ".INCLUDE a.dat\n"}
    files |= {f"t{level}.dat": f".INCLUDE t{level + 1}.dat\n" * 10 for level in range(9)}
    files |= {"t9.dat": INK, "z.dat": INK + '.SEGMENT CHARACTER 0 OK "1"\n'}
    # When the folder is converted
    status, items = convert(write(tmp_path / "set", files))
    # Then each is refused, and what is good is there
    assert status == 1
    assert len(items) == 1
    errors = capsys.readouterr().err
    assert "a.dat includes itself" in errors
    assert "t0.dat: includes too many files" in errors


def test_a_link_out_of_the_folder_is_not_followed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"secret.dat": INK + '.SEGMENT CHARACTER 0 OK "1"\n'})
    folder = write(tmp_path / "set", {"w1.dat": INK + '.SEGMENT CHARACTER 0 OK "1"\n'})
    (folder / "w2.dat").symlink_to(tmp_path / "secret.dat")
    status, items = convert(folder)
    assert (status, len(items)) == (1, 1)
    assert "w2.dat: leads outside the folder" in capsys.readouterr().err


@pytest.mark.parametrize("files", [{}, {"notes.txt": "x"}, {"w1.dat": INK}])
def test_nothing_to_convert_leaves_an_older_file_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], files: dict[str, str]
) -> None:
    # Given a folder without characters, and what an earlier run wrote
    folder = write(tmp_path / "set", files)
    folder.mkdir(exist_ok=True)
    out = tmp_path / "ink.jsonl.gz"
    out.write_bytes(b"older")
    # When it is converted
    status = main(["unipen", str(folder), "--out", str(out)])
    # Then it says so, and nothing was lost or left lying about
    assert status == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert out.read_bytes() == b"older"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ink.jsonl.gz", "set"]


def test_the_same_distribution_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = write(tmp_path / "set", {"abc/w1.dat": INK + '.SEGMENT CHARACTER 0 OK "1"\n'})
    outs = [tmp_path / "one.jsonl.gz", tmp_path / "two.jsonl.gz"]
    for out in outs:
        main(["unipen", str(folder), "--out", str(out)])
    assert outs[0].read_bytes() == outs[1].read_bytes()
    # The gzip header's time, which a second run within the same second would share.
    assert outs[0].read_bytes()[4:8] == bytes(4)


def test_a_plain_name_gives_a_plain_file(tmp_path: Path) -> None:
    folder = write(tmp_path / "set", {"abc/w1.dat": INK + '.SEGMENT CHARACTER 0 OK "1"\n'})
    main(["unipen", str(folder), "--out", str(tmp_path / "ink.jsonl")])
    assert json.loads((tmp_path / "ink.jsonl").read_text())["label"] == "1"


def test_a_file_that_is_too_large_is_not_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Given a file of more bytes than allowed, none of which takes room on the disk
    folder = write(tmp_path / "set", {"w1.dat": INK + '.SEGMENT CHARACTER 0 OK "1"\n'})
    with (folder / "w2.dat").open("wb") as file:
        file.truncate(unipen_document.DOCUMENT_LIMIT + 1)
    status, items = convert(folder)
    assert (status, len(items)) == (1, 1)
    assert "w2.dat: is larger than 64 MiB with its includes" in capsys.readouterr().err


def test_segments_that_name_the_same_points_over_and_over_come_to_an_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given a small file whose segments come to far more points than it has
    monkeypatch.setattr(unipen_document, "POINTS_LIMIT", 50)
    segments = "".join(f'.SEGMENT CHARACTER 0:{n % 2}-2 OK "{n % 10}"\n' for n in range(40))
    status, items = of_one_file(tmp_path, INK + segments)
    # Then no more than the limit and one trace beyond it were read
    assert status == 1
    assert 0 < sum(len(stroke) for item in items for stroke in item["strokes"]) <= 53
    assert "names more points than a file's segments may" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes with names in a folder")
def test_a_pipe_is_not_waited_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path / "set", {"w1.dat": INK + '.SEGMENT CHARACTER 0 OK "1"\n'})
    os.mkfifo(folder / "w2.dat")
    status, items = convert(folder)
    assert (status, len(items)) == (1, 1)
    assert "w2.dat: is no file" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
@pytest.mark.parametrize("name", [b"w\n2.dat", b"w\xff2.dat", b"w\x1b2.dat"])
def test_an_odd_file_name_is_still_one_line_and_a_readable_writer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: bytes
) -> None:
    # Given a file with a good and a bad segment under that name
    text = INK + '.SEGMENT CHARACTER 0 OK "1"\n.SEGMENT CHARACTER 9 OK "1"\n'
    folder = write(tmp_path / "set", {"abc/w1.dat": text})
    (folder / "abc" / "w1.dat").rename(folder / "abc" / os.fsdecode(name))
    status, items = convert(folder)
    assert status == 1
    assert [item["writer"] for item in items] == ["abc/w?2"]
    errors = capsys.readouterr().err.splitlines()
    assert len(errors) == 1
    assert "abc/w?2.dat: segment 9" in errors[0]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_end_as_on_any_system_and_a_byte_order_mark_does_not_hide_the_first(
    tmp_path: Path, newline: str
) -> None:
    text = '\xef\xbb\xbf.COORD Y X\n.PEN_DOWN\n9 5\n4 7\n.PEN_UP\n.SEGMENT CHARACTER 0 OK "1"\n'
    assert strokes_of(tmp_path, text.replace("\n", newline)) == [[[0, 0], [2, 5]]]
