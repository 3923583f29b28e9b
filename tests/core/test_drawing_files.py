"""Drawings in files of their own: saved whole or not at all, opened as they were."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from digitpad.core.drawing_files import DrawingFileError, load_drawing, save_drawing
from digitpad.core.groups import StrokePart
from digitpad.core.ink import Ink
from digitpad.core.inkml_writer import ink_to_inkml
from digitpad.core.svg import ink_to_svg
from digitpad.core.whole_files import write_whole
from tests.command_line import ink_file
from tests.pictures import golden_digit

INK = Ink.from_points([[(1.5, 2, 0.25), (3, 4, 0.5)], [(0, 0)]])
GROUPS = ((StrokePart(0, 0, 1),), (StrokePart(0, 1), StrokePart(1)))


@pytest.mark.parametrize("name", ["a.inkml", "A.INKML", "a.jsonl", "a.jsonl.gz"])
def test_a_drawing_comes_back_as_it_was_saved(tmp_path: Path, name: str) -> None:
    path = tmp_path / name

    save_drawing(path, INK, "7", "Zoë", GROUPS)
    opened = load_drawing(path)

    assert opened.is_alone
    assert (opened.item.label, opened.item.writer) == ("7", "Zoë")
    assert opened.item.groups == GROUPS
    for back, stroke in zip(opened.item.ink.strokes, INK.strokes, strict=True):
        np.testing.assert_array_equal(back, stroke)


@pytest.mark.parametrize("name", ["a.jsonl", "A.JSONL"])
def test_inkml_under_the_name_of_json_lines_is_opened_as_what_it_is(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_text(ink_to_inkml(INK, "7", "Zoë"), encoding="utf-8")

    opened = load_drawing(path)

    assert opened.is_alone
    assert (opened.item.label, opened.item.writer) == ("7", "Zoë")
    assert [len(stroke) for stroke in opened.item.ink.strokes] == [2, 1]


def test_of_many_drawings_the_first_is_opened_and_is_not_alone(tmp_path: Path) -> None:
    opened = load_drawing(ink_file(tmp_path / "a.jsonl", "38"))
    assert (opened.item.label, opened.is_alone) == ("3", False)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.jsonl", None, "cannot be read: No such file or directory"),
        ("a.inkml", None, "cannot be read: No such file or directory"),
        ("a.jsonl", b"", "holds no ink"),
        ("a.jsonl", b'{"strokes": []}', "holds no ink"),
        ("a.inkml", b"<ink/>", "holds no ink"),
        ("a.jsonl", b"words", "has no drawing in line 1: not JSON at column 1 (Expecting value)"),
        ("a.inkml", b"<svg/>", "is XML, but not InkML"),
        ("nul\0", None, "is not a file name"),
    ],
)
def test_what_cannot_be_opened_is_said(
    tmp_path: Path, name: str, content: bytes | None, reason: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DrawingFileError) as caught:
        load_drawing(path)
    assert str(caught.value) == reason


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a.doc", "has no known extension: .inkml or .jsonl"),
        ("none/a.inkml", "could not be written: No such file or directory"),
        ("nul\0.inkml", "could not be written: embedded null byte"),
    ],
)
def test_what_cannot_be_saved_is_said(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(DrawingFileError) as caught:
        save_drawing(tmp_path / name, INK)
    assert str(caught.value) == reason


@pytest.mark.parametrize("step", ["fdopen", "fsync", "replace"])
def test_a_full_disk_keeps_the_file_that_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    # Given a file, and a disk that is full when the new one is begun, filled or put in place
    path = tmp_path / "a.inkml"
    save_drawing(path, INK, "1")
    before = path.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, fail)

    # When
    with pytest.raises(DrawingFileError, match="could not be written: No space left on device"):
        save_drawing(path, golden_digit("2"))

    # Then
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_all_of_a_file_is_on_the_disk_before_it_takes_the_old_ones_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda handle: sizes.append(os.fstat(handle).st_size))

    write_whole(tmp_path / "a", b"1234")

    assert sizes == [4]


@pytest.mark.skipif(os.name == "nt", reason="permissions and links of POSIX")
def test_permissions_and_links_stay(tmp_path: Path) -> None:
    path, link, new = tmp_path / "a", tmp_path / "link", tmp_path / "new"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link.symlink_to(path)

    write_whole(link, b"new")
    mask = os.umask(0o027)
    try:
        write_whole(new, b"")
    finally:
        left = os.umask(mask)

    assert left == 0o027
    assert link.is_symlink()
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert stat.S_IMODE(new.stat().st_mode) == 0o640


def test_svg_has_a_line_for_each_stroke_and_for_each_pressure() -> None:
    svg = ElementTree.fromstring(ink_to_svg(INK, pen_width=1.0))

    paths = list(svg.iter("{http://www.w3.org/2000/svg}path"))
    assert len(paths) == 3
    widths = [float(path.attrib["stroke-width"]) for path in paths]
    assert widths[0] < widths[1] < widths[2]
    # A stroke of one point is a dot.
    dot = paths[2].attrib["d"]
    assert dot.startswith("M") and len(set(dot[1:].replace(" ", "Q").split("Q")) - {""}) == 1


@pytest.mark.parametrize("unit", [1e-6, 1.0, 1e6])
def test_svg_does_not_depend_on_the_units(unit: float) -> None:
    ink = INK.placed(unit, 5 * unit, -7 * unit)
    assert ink_to_svg(ink, 0.5 * unit) == ink_to_svg(INK, 0.5)


def test_svg_holds_all_of_the_line() -> None:
    svg = ElementTree.fromstring(ink_to_svg(golden_digit("8"), pen_width=12.0))
    width, height = map(float, svg.attrib["viewBox"].split()[2:])
    assert max(width, height) == pytest.approx(1000)
    for path in svg.iter("{http://www.w3.org/2000/svg}path"):
        half = float(path.attrib["stroke-width"]) / 2
        numbers = path.attrib["d"].replace("M", " ").replace("Q", " ").replace(",", " ").split()
        x, y = np.array(numbers, float).reshape(-1, 2).T
        assert min(x.min(), y.min()) > half
        assert width - x.max() > half and height - y.max() > half
