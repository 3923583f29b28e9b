"""What `digitpad read` says about what it cannot read, and about a bad model.

Files whose content is bad in some way are in test_cli_hostile.py.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import digitpad
from digitpad.core.ink import Ink
from digitpad.core.ink_files import ink_to_json
from digitpad.core.limits import Limits
from digitpad.core.resource_files import bundled_model_path
from tests.command_line import ink_file, read, run_cli, saved
from tests.pictures import draw_picture, golden_digit


def damaged_tiff() -> bytes:
    """Return a TIFF whose pixels make libtiff complain on its own to standard error."""
    file = io.BytesIO()
    draw_picture(golden_digit("2")).convert("RGB").save(file, "TIFF", compression="tiff_lzw")
    data = bytearray(file.getvalue())
    data[20:120] = bytes(byte ^ 0x5A for byte in data[20:120])
    return bytes(data)


def test_a_bad_file_is_one_clear_line_and_the_others_are_read(tmp_path: Path) -> None:
    bad = tmp_path / "words.png"
    bad.write_bytes(b"hello")
    first, last = saved(tmp_path / "first.png", "3"), ink_file(tmp_path / "last.jsonl", "5")

    status, lines, complaints = read(first, bad, last)

    assert status == 1
    assert [json.loads(line)["text"] for line in lines] == ["3", "5"]
    assert complaints == [f"digitpad: {bad}: is neither a picture nor ink"]


POSIX = pytest.mark.skipif(os.name != "posix", reason="other systems word it otherwise")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing.png", "No such file or directory"),
        ("folder", "is a directory"),
        ("pipe", "is not a regular file"),
        ("nul\0", "is not a file name"),
        ("long" * 200, "File name too long"),
        ("first.png/below", "Not a directory"),
        pytest.param("first.png/", "Not a directory", marks=POSIX),
        pytest.param("first.png/.", "Not a directory", marks=POSIX),
    ],
)
def test_what_is_no_file_is_one_clear_line(tmp_path: Path, name: str, reason: str) -> None:
    first = saved(tmp_path / "first.png")
    (tmp_path / "folder").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")

    status, lines, (complaint,) = read(f"{tmp_path}/{name}", first)

    assert status == 1
    assert len(lines) == 1
    assert complaint.endswith(reason)


def test_a_name_of_nothing_is_one_clear_line(tmp_path: Path) -> None:
    status, lines, complaints = read("", saved(tmp_path / "a.png"))
    assert (status, len(lines)) == (1, 1)
    assert complaints == ["digitpad: '': is not a file name"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_file_without_permission_is_one_clear_line(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.png")
    path.chmod(0)
    status, lines, (complaint,) = read(path)
    assert (status, lines) == (1, [])
    assert complaint == f"digitpad: {path}: Permission denied"


def test_a_bad_line_of_ink_is_named_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    good = ink_to_json(golden_digit("6"))
    path.write_text(f'{good}\n\n{{"strokes": [[[NaN, 0]]]}}\n{good}\n')

    status, lines, complaints = read(path)

    assert status == 1
    assert [json.loads(line)["index"] for line in lines] == [0, 2]
    assert complaints == [f"digitpad: {path}: line 3: a coordinate is not a finite number"]


def test_a_truncated_gzip_is_read_up_to_the_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    rng = np.random.default_rng(2)
    lines = [ink_to_json(Ink.from_points([rng.random((30, 2)).tolist()])) for _ in range(300)]
    path.write_bytes(gzip.compress("\n".join(lines).encode())[:-2000])

    status, printed, (complaint,) = read(path)

    assert status == 1
    assert 100 < len(printed) < 300
    assert complaint.endswith("the compressed data is damaged or ends early")


def test_a_picture_just_within_the_limit_is_read(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.png")
    with Image.open(path) as picture:
        pixels = picture.width * picture.height
    assert read(path, limits=Limits(pixels=pixels))[0] == 0
    assert read(path, limits=Limits(pixels=pixels - 1))[0] == 1


def test_the_program_prints_lines_and_complaints_and_never_loads_qt(tmp_path: Path) -> None:
    good, bad = saved(tmp_path / "good.png"), tmp_path / "bad.tif"
    bad.write_bytes(damaged_tiff())
    # A PySide6 that cannot be imported would be noticed.
    (tmp_path / "PySide6.py").write_text("raise SystemExit('PySide6 was imported')")
    root = Path(digitpad.__file__).resolve().parents[1]
    shadowed = os.pathsep.join([str(tmp_path), str(root)])

    done = run_cli(bad, good, package=Path(shadowed))

    assert done.returncode == 1
    assert done.stdout.startswith(f"{good}: 3 (")
    assert len(done.stdout.splitlines()) == 1
    (complaint,) = done.stderr.splitlines()
    assert complaint.startswith(f"digitpad: {bad}: is truncated or damaged")


MODEL_DEFECTS: dict[str, Callable[[bytes], bytes | None]] = {
    "is missing": lambda model: None,
    "is damaged or not a model file": lambda model: model[: len(model) // 2],
}


@pytest.mark.parametrize("defect", MODEL_DEFECTS)
def test_a_bad_model_is_one_sentence_and_status_1(tmp_path: Path, defect: str) -> None:
    package = tmp_path / "installed"
    shutil.copytree(
        Path(digitpad.__file__).parent,
        package / "digitpad",
        ignore=shutil.ignore_patterns("__pycache__", "resources"),
    )
    model = package / "digitpad" / "resources" / "model" / "cnn.npz"
    model.parent.mkdir(parents=True)
    content = MODEL_DEFECTS[defect](bundled_model_path().read_bytes())
    if content is not None:
        model.write_bytes(content)

    done = run_cli(saved(tmp_path / "a.png"), package=package)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"digitpad: The model file {model} {defect}.\n"
