"""Ink files: drawings come back as written, one bad line spoils only itself, memory stays."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from digitpad.core import ink_lines
from digitpad.core.ink import Ink
from digitpad.core.ink_files import (
    BadInkLine,
    InkItem,
    ink_to_json,
    read_ink_file,
)
from digitpad.core.ink_lines import InkFileError
from digitpad.core.limits import DEFAULT_LIMITS, Limits
from tests.pictures import golden_ink

GOOD = '{"strokes": [[[0, 0], [5.5, 50]]]}'


def read(
    path: Path, content: str | bytes, limits: Limits = DEFAULT_LIMITS
) -> list[InkItem | BadInkLine]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_ink_file(path, limits))


def items(found: list[InkItem | BadInkLine]) -> Iterator[InkItem]:
    for item in found:
        assert isinstance(item, InkItem), item
        yield item


def test_ink_comes_back_exactly_as_written(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    strokes = [rng.normal(0, 1e3, (n, 3)) for n in (1, 7, 300)]
    for stroke in strokes:
        stroke[:, 2] = rng.random(len(stroke))
    strokes[1][:, 2] = 1.0
    ink = Ink.from_points([stroke.tolist() for stroke in strokes])

    (item,) = items(read(tmp_path / "a.jsonl", ink_to_json(ink, "7", "Zoë\n") + "\n"))

    assert (item.index, item.label, item.writer) == (0, "7", "Zoë\n")
    assert len(item.ink.strokes) == len(ink.strokes)
    for back, stroke in zip(item.ink.strokes, ink.strokes, strict=True):
        np.testing.assert_array_equal(back, stroke)


def test_a_drawing_is_written_as_one_line_of_the_contract() -> None:
    ink = Ink.from_points([[(1, 2), (3, 4.5)], [(0, 0, 0.5)]])
    line = ink_to_json(ink)
    assert "\n" not in line
    assert json.loads(line) == {"strokes": [[[1, 2], [3, 4.5]], [[0, 0, 0.5]]]}


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
@pytest.mark.parametrize("packed", [True, False])
def test_content_decides_whether_a_file_is_gzipped(tmp_path: Path, name: str, packed: bool) -> None:
    content = f"{GOOD}\n{GOOD}\n".encode()
    found = read(tmp_path / name, gzip.compress(content) if packed else content)
    assert len(list(items(found))) == 2


def test_blank_lines_line_ends_and_a_byte_order_mark_do_not_matter(tmp_path: Path) -> None:
    content = f"\ufeff{GOOD}\r\n\r\n   \n{GOOD}\n\n{GOOD}"
    found = list(items(read(tmp_path / "a.jsonl", content)))
    assert [item.index for item in found] == [0, 1, 2]


def test_strokes_without_points_are_passed_over(tmp_path: Path) -> None:
    content = '{"strokes": []}\n{"strokes": [[], []]}\n{"strokes": [[], [[1, 2]], []]}\n'
    found = list(items(read(tmp_path / "a.jsonl", content)))
    assert [len(item.ink.strokes) for item in found] == [0, 0, 1]


def test_a_label_that_is_a_number_counts_as_its_text(tmp_path: Path) -> None:
    (item,) = items(read(tmp_path / "a.jsonl", '{"strokes": [], "label": 7, "writer": null}'))
    assert (item.label, item.writer) == ("7", None)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("hello", "not JSON at column 1 (Expecting value)"),
        (GOOD[:-1], "not JSON at column "),
        ("[]", 'no {"strokes": [...]}'),
        ("null", 'no {"strokes": [...]}'),
        ('{"label": "7"}', 'no {"strokes": [...]}'),
        ('{"strokes": {}}', 'no {"strokes": [...]}'),
        ('{"strokes": [7]}', "a stroke is not a list"),
        ('{"strokes": ["ab"]}', "a stroke is not a list"),
        ('{"strokes": [{"x": 1, "y": 2}]}', "a stroke is not a list"),
        ('{"strokes": [[7]]}', "a point is not"),
        ('{"strokes": [["ab"]]}', "a point is not"),
        ('{"strokes": [[[1]]]}', "a point is not"),
        ('{"strokes": [[[1, 2, 3, 4]]]}', "a point is not"),
        ('{"strokes": [[["1", "2"]]]}', "a point is not"),
        ('{"strokes": [[[null, 2]]]}', "a point is not"),
        ('{"strokes": [[{"x": 1, "y": 2}]]}', "a point is not"),
        ('{"strokes": [[[[1, 2], [3, 4]]]]}', "a point is not"),
        ('{"strokes": [[[NaN, 2]]]}', "not a finite number"),
        ('{"strokes": [[[1, -Infinity]]]}', "not a finite number"),
        ('{"strokes": [[[1e999, 2]]]}', "not a finite number"),
        ('{"strokes": [[[1e10, 2]]]}', "beyond 1e+09"),
        ('{"strokes": [[[' + "9" * 20 + ", 2]]]}", "beyond 1e+09"),
        ('{"strokes": [[[1, 2], [3, -' + "9" * 400 + "]]]}", "beyond 1e+09"),
        ('{"strokes": [[["1", ' + "9" * 20 + "]]]}", "a point is not"),
        ('{"strokes": [[[1, 2, 3, ' + "9" * 20 + "]]]}", "a point is not"),
        ('{"strokes": [[[' + "9" * 5000 + ", 2]]]}", "too many digits"),
        ('{"strokes": [[[true, false], [false, true]]]}', "a point is not"),
        ('{"strokes": [[[1, 2]], [[1, 2], [3, true]]]}', "a point is not"),
        ('{"strokes": [[[1, 2, false]]]}', "a point is not"),
        ('{"strokes": [[true, [1, 2]]]}', "a point is not"),
        ('{"strokes": [true]}', "a stroke is not a list"),
        ('{"strokes": []\0}', "not JSON at column 15"),
        ("\0" * 50, "not JSON at column 1"),
        ("[" * 100_000, "nested too deeply"),
        ('{"strokes": ' + '[{"a":' * 50_000, "nested too deeply"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(
    tmp_path: Path, line: str, reason: str
) -> None:
    first, bad, last = read(tmp_path / "a.jsonl", f"{GOOD}\n\n{line}\n{GOOD}\n")

    assert isinstance(first, InkItem)
    assert isinstance(bad, BadInkLine)
    assert (bad.index, bad.line) == (1, 3)
    assert reason in bad.reason
    assert "\n" not in bad.reason
    assert isinstance(last, InkItem)
    assert last.index == 2


def test_true_and_false_in_a_label_do_not_matter(tmp_path: Path) -> None:
    content = '{"strokes": [[[1, 2]]], "label": true, "writer": "falsetto"}'
    (item,) = items(read(tmp_path / "a.jsonl", content))
    assert (item.label, item.writer, item.ink.point_count) == ("true", "falsetto", 1)


def test_pressure_of_any_size_is_full(tmp_path: Path) -> None:
    content = '{"strokes": [[[1, 2, 1e20], [3, 4, ' + "9" * 20 + "]]]}"
    (item,) = items(read(tmp_path / "a.jsonl", content))
    assert item.ink.strokes[0][:, 2].tolist() == [1, 1]


def test_a_line_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    bad, good = read(tmp_path / "a.jsonl", b'{"label": "\xff"}\n' + GOOD.encode())
    assert isinstance(bad, BadInkLine)
    assert bad.reason == "not UTF-8 text"
    assert isinstance(good, InkItem)


@pytest.mark.parametrize("cut", [1, 8, 40])
def test_what_comes_before_the_cut_of_a_truncated_gzip_is_read(tmp_path: Path, cut: int) -> None:
    lines = [ink_to_json(Ink.from_points([[(n, n * n % 97)]]), str(n)) for n in range(3000)]
    whole = gzip.compress("\n".join(lines).encode())

    *good, bad = read(tmp_path / "a.jsonl.gz", whole[:-cut])

    labels = [item.label for item in items(good)]
    assert len(labels) > 1000
    assert labels == [str(n) for n in range(len(labels))]
    assert isinstance(bad, BadInkLine)
    assert bad.line == len(labels) + 1
    assert "damaged or ends early" in bad.reason


def test_a_damaged_gzip_is_named(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress("\n".join([GOOD] * 100).encode()))
    packed[30] ^= 0xFF
    bad = read(tmp_path / "a.jsonl.gz", bytes(packed))[-1]
    assert isinstance(bad, BadInkLine)
    assert "damaged or ends early" in bad.reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "holds no ink"),
        (b"\n  \n\n", "holds no ink"),
        (gzip.compress(b"", mtime=0), "holds no ink"),
        (b"\x7fELF\0\0\0" + bytes(range(256)), "is not text"),
        (gzip.compress(b"\0" * 5000, mtime=0), "is not text"),
        (b"{\0}\n" + GOOD.encode(), "is not text"),
        (GOOD.encode("utf-16"), "is not text"),
        (f"{GOOD}\n{GOOD}".encode("utf-16-le"), "is not text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is not text"),
    ],
)
def test_a_file_that_is_no_ink_at_all_is_refused(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    with pytest.raises(InkFileError, match=reason):
        read(tmp_path / "a.jsonl", content)


def test_a_line_too_long_is_passed_over(tmp_path: Path) -> None:
    longest = GOOD + " " * (1000 - len(GOOD))
    content = f"{longest}\n{longest} \n{'x' * 5000}\n{GOOD}\n"

    first, *bad, last = read(tmp_path / "a.jsonl", content, Limits(line=1000))

    assert isinstance(first, InkItem)
    assert [item.line for item in bad if isinstance(item, BadInkLine)] == [2, 3]
    assert isinstance(last, InkItem)
    assert last.index == 3


def test_a_line_without_end_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ink_lines, "SKIPPED", 500_000)
    found = read(tmp_path / "a.jsonl", "x" * 1_000_000 + f"\n{GOOD}", Limits(line=1000))
    assert [item.reason for item in found if isinstance(item, BadInkLine)] == [
        "longer than 1,000 bytes",
        "not reached: the line before it does not end",
    ]


def test_a_gzip_bomb_of_one_endless_line_does_not_fill_memory(tmp_path: Path) -> None:
    path = tmp_path / "bomb.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=9) as file:
        for _ in range(20):
            file.write(b"[" * 1_000_000)

    tracemalloc.start()
    try:
        found = list(read_ink_file(path, Limits(line=100_000)))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert all(isinstance(item, BadInkLine) for item in found)
    assert "unpacks to more than" in str(found[-1])
    assert peak < 2_000_000


def test_a_gzip_bomb_of_many_lines_is_left_at_a_hundred_times_its_size(tmp_path: Path) -> None:
    lines = 200_000
    packed = gzip.compress(b'{"strokes":[]}\n' * lines, 9)

    *before, last = read(tmp_path / "bomb.jsonl.gz", packed)

    assert isinstance(last, BadInkLine)
    assert last.reason.endswith("more than 100 times its size")
    assert len(before) < lines / 2


def test_blank_lines_without_end_are_not_read_to_the_end(tmp_path: Path) -> None:
    first, last = read(tmp_path / "a.jsonl", f"{GOOD}\n" + "\n" * 200_000 + GOOD)
    assert isinstance(first, InkItem)
    assert isinstance(last, BadInkLine)
    assert last.reason == "not reached: 100,000 blank lines come before it"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"strokes": [[' + ",".join(["[1,2]"] * 11) + "]]}", "more than 10 points"),
        ('{"strokes": [' + ",".join(["[[1,2]]"] * 5) + "]}", "more than 4 strokes"),
        ('{"strokes": [' + ",".join(["[]"] * 500) + "]}", "more than 10 points"),
        ('{"strokes": [], "label": [' + ",".join(["{}"] * 500) + "]}", "more than 10 points"),
    ],
)
def test_a_drawing_beyond_the_limits_is_refused(tmp_path: Path, line: str, reason: str) -> None:
    bad, good = read(tmp_path / "a.jsonl", f"{line}\n{GOOD}\n", Limits(points=10, strokes=4))
    assert isinstance(bad, BadInkLine)
    assert bad.reason == reason
    assert isinstance(good, InkItem)


def test_memory_does_not_grow_with_the_length_of_a_file(tmp_path: Path) -> None:
    def peak(lines: int) -> int:
        path = tmp_path / f"{lines}.jsonl"
        path.write_text(f"{GOOD}\n" * lines)
        tracemalloc.start()
        try:
            assert sum(1 for _ in read_ink_file(path)) == lines
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(10)  # what is loaded once does not count
    # The 6,000 more lines would take 2.4 MB as ink; garbage of other tests takes little.
    assert peak(8_000) < peak(2_000) + 1_000_000


def test_the_golden_ink_has_every_digit() -> None:
    assert {label for label, _ in golden_ink()} == set("0123456789")
