"""Composed pages: alike from one seed, read by the same reader; what is fitted on them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from digitpad.core.page.digits import FEATURES
from digitpad.core.page.weights import WEIGHTS
from digitpad.core.reader import Reader
from digitpad.core.resource_files import bundled_model_path
from tests.pictures import draw_picture, golden_digit
from training.__main__ import main
from training.composed.line_fit import examples, fit, read_right, write_weights
from training.composed.page_kinds import KINDS
from training.composed.page_runs import measure
from training.composed.pages import compose_pages, labels_of, write_pages
from training.data.datasets import DataError, PictureSet


def golden_pictures() -> PictureSet:
    """Return the ten golden digits as MNIST has its own: light on dark, in the middle."""
    pictures = []
    for digit in "0123456789":
        drawn = draw_picture(golden_digit(digit), (280, 280), height=180, width=20)
        pictures.append(255 - np.asarray(drawn.reduce(10)))
    return PictureSet(np.stack(pictures), np.arange(10, dtype=np.uint8))


def test_the_same_seed_gives_the_same_files_and_another_gives_others(tmp_path: Path) -> None:
    data = golden_pictures()
    digests = [
        write_pages(compose_pages(data, "single-degraded", 3, seed), tmp_path / name)
        for name, seed in (("a", 1), ("b", 1), ("c", 2))
    ]
    assert digests[0] == digests[1] != digests[2]
    assert [path.name for path, _ in labels_of(tmp_path / "a")] == [
        "00000.jpg",
        "00001.jpg",
        "00002.jpg",
    ]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "photo"])
def test_every_kind_of_page_is_read(kind: str) -> None:
    reader = Reader.bundled()
    right = []
    for page in compose_pages(golden_pictures(), kind, 4, 3):
        text = reader.read_picture(Image.open(io.BytesIO(page.encoded))).text
        right += [line in text.split("\n") for line in page.lines]
    assert np.mean(right) >= 0.75


def test_a_photo_has_twelve_megapixels() -> None:
    (page,) = compose_pages(golden_pictures(), "photo", 1, 1)
    assert Image.open(io.BytesIO(page.encoded)).size == (4000, 3000)


def test_a_line_counts_only_when_all_of_it_is_right(tmp_path: Path) -> None:
    write_pages(compose_pages(golden_pictures(), "single-clean", 4, 3), tmp_path)
    labels = tmp_path / "labels.jsonl"
    first, *others = labels.read_text().splitlines()
    spoilt = {**json.loads(first), "lines": ["12"]}
    labels.write_text("\n".join([json.dumps(spoilt), *others]))

    assert measure(bundled_model_path(), tmp_path)["right"] == 0.75


def test_a_folder_without_pages_is_said(tmp_path: Path) -> None:
    (tmp_path / "labels.jsonl").write_text("")
    with pytest.raises(DataError, match="holds no pages"):
        measure(bundled_model_path(), tmp_path)


@pytest.mark.parametrize(
    "row", ["{}", "{broken", "[]", "7", '{"file": 3, "lines": []}', '{"file": "a", "lines": [7]}']
)
def test_labels_that_are_none_are_one_line_that_names_their_place(
    row: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Given
    labels = tmp_path / "labels.jsonl"
    write_pages(compose_pages(golden_pictures(), "flat", 1, 3), tmp_path)
    labels.write_text(labels.read_text() + row)

    # When
    status = main(["read-pages", str(bundled_model_path()), str(tmp_path)])

    # Then
    said = capsys.readouterr().err
    assert status == 1
    assert said.startswith(f"training: {labels} line 2: is not like ")
    assert said.count("\n") == 1


def test_a_folder_without_labels_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # When
    status = main(["read-pages", str(bundled_model_path()), str(tmp_path)])

    # Then
    said = f"training: {tmp_path / 'labels.jsonl'}: No such file or directory\n"
    assert (status, capsys.readouterr().err) == (1, said)


def test_weights_are_fitted_and_written_as_a_module(tmp_path: Path) -> None:
    pages = compose_pages(golden_pictures(), "lines-clean", 2, 5)
    pictures = ((Image.open(io.BytesIO(page.encoded)), page.lines) for page in pages)
    lines, missed = examples(pictures, Reader.bundled().read_mark)

    weights = fit(lines)

    assert missed == 0
    assert read_right(lines, weights) >= read_right(lines, 0 * weights)
    path = tmp_path / "weights.py"
    write_weights(weights, path)
    found: dict[str, dict[str, float]] = {}
    exec(path.read_text(), found)
    assert list(found["WEIGHTS"]) == list(WEIGHTS) == list(FEATURES)
