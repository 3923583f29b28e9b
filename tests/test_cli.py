"""What `digitpad read` and the reading half of `digitpad self-test` print."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import ExifTags, Image

from digitpad.cli.read import read_command
from digitpad.cli.self_test import self_test_reading
from digitpad.core import mark_reader, reader
from digitpad.core.ink import Ink
from digitpad.core.ink_files import ink_to_json
from digitpad.core.preprocess import prepare_many
from digitpad.core.reading import EMPTY_READING, Box, DigitReading, Reading, Status
from digitpad.core.resource_files import resource_path
from tests.command_line import ink_file, read, saved
from tests.pictures import draw_page, draw_picture, golden_digit, golden_ink
from tests.synthetic_ink import number_ink

ITEM_KEYS = {"source", "index", "text", "status", "confidence", "digits"}
DIGIT_KEYS = {"digit", "confidence", "status", "probabilities", "box", "line"}


def test_a_json_line_has_the_keys_of_the_contract_and_probabilities_that_sum_to_1(
    tmp_path: Path,
) -> None:
    picture, ink = saved(tmp_path / "a.png"), ink_file(tmp_path / "a.jsonl", "0123456789")

    status, lines, complaints = read(picture, ink)

    assert (status, complaints) == (0, [])
    found = [json.loads(line) for line in lines]
    assert [item["source"] for item in found] == [str(picture)] + [str(ink)] * 10
    assert [item["index"] for item in found] == [0, *range(10)]
    assert [item["text"] for item in found] == ["3", *"0123456789"]
    for item in found:
        assert set(item) == ITEM_KEYS
        assert item["status"] in ("digit", "unsure")
        assert 0 < item["confidence"] <= 1
        (digit,) = item["digits"]
        assert set(digit) == DIGIT_KEYS
        assert str(digit["digit"]) == item["text"]
        assert len(digit["probabilities"]) == 10
        assert abs(sum(digit["probabilities"]) - 1) <= 1e-6
        assert digit["probabilities"][digit["digit"]] == max(digit["probabilities"])
        assert len(digit["box"]) == 4


def test_the_box_of_ink_is_in_its_own_units(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"strokes": [[[100, 20], [105, 70]], [[98, 40], [101, 30]]]}')
    _, (line,), _ = read(path)
    assert json.loads(line)["digits"][0]["box"] == [98, 20, 7, 50]


def test_what_is_blank_or_a_dot_is_no_digit(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"strokes": []}\n{"strokes": [[[5, 5]]]}\n')
    blank = tmp_path / "blank.png"
    Image.new("L", (60, 60), 255).save(blank)

    status, lines, _ = read(path, blank)

    assert status == 0
    empty, dot, white = map(json.loads, lines)
    for item in (empty, white):
        assert (item["status"], item["text"], item["digits"]) == ("empty", "", [])
        assert item["confidence"] == 0
    assert dot["status"] == "not-a-digit"
    assert len(dot["digits"]) == 1


class ReaderOf:
    """Stands for the reader: answers with what a test gives."""

    def __init__(self, *readings: Reading) -> None:
        self._readings = iter(readings)

    def read(self, drawing: object, **_: object) -> Reading:
        return next(self._readings)

    read_picture = read


def test_a_line_for_a_person_says_what_was_read_and_how_sure_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reading(status: Status, digit: int, confidence: float) -> Reading:
        probabilities = [(1 - confidence) / 9] * 10
        probabilities[digit] = confidence
        return Reading((DigitReading(tuple(probabilities), Box(0, 0, 1, 1), status=status),))

    answers = ReaderOf(
        reading(Status.DIGIT, 7, 0.9987),
        reading(Status.DIGIT, 1, 0.99999),
        reading(Status.UNSURE, 4, 0.618),
        reading(Status.NOT_A_DIGIT, 4, 0.99),
        EMPTY_READING,
        reading(Status.DIGIT, 2, 0.95),
    )
    monkeypatch.setattr(reader.Reader, "bundled", lambda: answers)
    monkeypatch.chdir(tmp_path)
    ink, picture = ink_file(Path("ink.jsonl"), "01234"), saved(Path("a.png"))

    # A name that is far longer makes the others no wider.
    _, lines, _ = read(ink, picture, "long" * 1000, style="text")

    assert lines == [
        "ink.jsonl[0]: 7 (99.8 %)",
        "ink.jsonl[1]: 1 (99.9 %)",
        "ink.jsonl[2]: 4? (unsure, 61 %)",
        "ink.jsonl[3]: not a digit (closest 4)",
        "ink.jsonl[4]: empty",
        "a.png:     2 (95.0 %)",
    ]


def test_each_line_is_out_before_the_next_file_is_read(tmp_path: Path) -> None:
    paths = [tmp_path / "a.png", tmp_path / "b.png"]
    for path in paths:
        draw_picture(golden_digit("2")).save(path)
    pipe_read, pipe_write = os.pipe()
    out = os.fdopen(pipe_write, "w")
    seen: list[bytes] = []

    def note_and_read(self: reader.Reader, drawing: Any, **_: Any) -> Reading:
        os.set_blocking(pipe_read, False)
        try:
            seen.append(os.read(pipe_read, 100_000))
        except BlockingIOError:
            seen.append(b"")
        return EMPTY_READING

    with pytest.MonkeyPatch.context() as patch, os.fdopen(pipe_read, "rb"), out:
        patch.setattr(reader.Reader, "read_picture", note_and_read)
        read_command([*map(str, paths)], style="json", out=out, err=io.StringIO())

    assert seen[0] == b""
    assert json.loads(seen[1])["source"] == str(paths[0])


def test_a_drawing_that_cannot_be_read_spoils_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given three drawings that are read together, one of which brings the reader down
    path = ink_file(tmp_path / "a.jsonl", "172")
    seven = golden_digit("7").bounds

    def prepare(inks: Sequence[Ink]) -> NDArray[np.float32]:
        if any(ink.bounds == seven for ink in inks):
            raise MemoryError
        return prepare_many(inks)

    monkeypatch.setattr(mark_reader, "prepare_many", prepare)

    # When
    status, lines, complaints = read(path)

    # Then
    assert status == 1
    assert [json.loads(line)["text"] for line in lines] == ["1", "2"]
    assert [json.loads(line)["index"] for line in lines] == [0, 2]
    assert complaints == [f"digitpad: {path}: needs more memory than is available"]


@pytest.mark.parametrize("name", ["PNG", "JPEG", "BMP", "TIFF", "WEBP", "GIF"])
def test_every_picture_format_is_read_whatever_its_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / "picture.jsonl"
    draw_picture(golden_digit("2")).convert("RGB").save(path, name)
    status, (line,), _ = read(path)
    assert status == 0
    assert json.loads(line)["text"] == "2"


@pytest.mark.parametrize("suffix", ["tif", "gif", "webp"])
def test_the_pages_of_a_picture_file_are_items(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    first, *others = (draw_picture(golden_digit(label)) for label in "274")
    first.save(path, save_all=True, append_images=others)

    status, lines, _ = read(path)

    items = [json.loads(line) for line in lines]
    assert status == 0
    assert [(item["index"], item["text"]) for item in items] == [(0, "2"), (1, "7"), (2, "4")]
    assert read(path, style="text")[1][1].startswith(f"{path}[1]: 7 (")


def test_rows_of_a_drawing_stand_in_one_line_of_text(tmp_path: Path) -> None:
    # Given
    rows = number_ink("12", 0.0, 0.0).strokes + number_ink("34", 0.0, 160.0).strokes
    path = tmp_path / "rows.jsonl"
    path.write_text(ink_to_json(Ink(rows)), encoding="utf-8")

    # When / then
    assert " 12 34 " in read(path, style="text")[1][0]
    answer = json.loads(read(path)[1][0])
    assert answer["text"] == "12\n34"
    assert [digit["line"] for digit in answer["digits"]] == [0, 0, 1, 1]


def test_lines_of_a_page_stand_in_one_line_of_text(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    draw_page(("2026", "4751")).save(path)

    assert json.loads(read(path)[1][0])["text"] == "2026\n4751"
    assert "2026 4751 (" in read(path, style="text")[1][0]
    assert ",2026 4751," in read(path, style="csv")[1][1]


# How a camera held so stores an upright picture, by the number it writes (EXIF 2.32, 4.6.4).
STORED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("suffix", ["png", "jpg", "tif", "webp"])
@pytest.mark.parametrize("orientation", STORED)
def test_a_camera_s_orientation_is_honoured(tmp_path: Path, suffix: str, orientation: int) -> None:
    upright = draw_picture(golden_digit("4"), (150, 240)).convert("RGB")
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    path = tmp_path / f"a.{suffix}"
    upright.transpose(STORED[orientation]).save(path, exif=exif)

    status, (line,), complaints = read(path)

    assert (status, complaints) == (0, [])
    item = json.loads(line)
    assert item["text"] == "4"
    assert item["digits"][0]["box"][3] == pytest.approx(148, abs=4), "height of the upright digit"


def test_damaged_metadata_does_not_keep_a_picture_from_being_read(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    draw_picture(golden_digit("2")).save(path, exif=b"Exif\0\0MM\0*\xff\xff\xff\xff junk")
    status, (line,), complaints = read(path)
    assert (status, complaints) == (0, [])
    assert json.loads(line)["text"] == "2"


def test_a_name_that_cannot_be_printed_is_shown_in_one_line(tmp_path: Path) -> None:
    odd = saved(tmp_path / "ä\nb\udcff.png")
    missing = tmp_path / "ñ\nb\udcff"
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="ascii") for _ in "oe")
    status = read_command([str(odd), str(missing)], out=out, err=err)
    assert status == 1
    for stream, shown in ((out, b"\\xe4\\nb\\udcff.png"), (err, b"\\xf1\\nb\\udcff")):
        stream.flush()
        (line,) = stream.buffer.getvalue().splitlines()
        assert shown in line


def test_the_bundled_model_reads_the_golden_ink() -> None:
    assert self_test_reading() is None


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "cannot be read: No such file or directory."),
        ("", "holds no ink."),
        ("nonsense", "is damaged in line 1: not JSON at column 1 (Expecting value)."),
        (ink_to_json(golden_digit("3"), "5"), "The golden 5 is read as: 3"),
        (ink_to_json(Ink(), "5"), "The golden 5 is read as: empty."),
    ],
)
def test_the_self_test_says_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None, sentence: str
) -> None:
    golden = tmp_path / "golden.jsonl"
    if content is not None:
        golden.write_text(content)
    monkeypatch.setattr("digitpad.cli.self_test.resource_path", lambda *parts: golden)
    assert sentence in (self_test_reading() or "all is well")


def test_the_self_test_passes_on_what_is_wrong_with_the_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "bundled_model_path", lambda: tmp_path / "none.npz")
    assert self_test_reading() == f"The model file {tmp_path / 'none.npz'} is missing."


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("digitpad.cli.self_test.bundled_mlp_path", "The model file {} is damaged or not a model"),
        ("digitpad.core.explain.look_alikes.bundled_path", "The file of look-alikes {} is damaged"),
    ],
    ids=["mlp", "look-alikes"],
)
def test_the_self_test_loads_what_answers_are_explained_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, sentence: str
) -> None:
    damaged = tmp_path / "damaged.npz"
    damaged.touch()
    monkeypatch.setattr(place, lambda: damaged)
    assert (self_test_reading() or "").startswith(sentence.format(damaged))


def test_the_golden_ink_is_where_it_is_looked_for() -> None:
    assert resource_path("ink", "golden.jsonl").is_file()
    assert len(golden_ink()) >= 10
