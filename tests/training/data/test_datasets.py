"""MNIST and ink come in whole or not at all, and are split alike everywhere."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.training.samples import digit_pictures, ink_set, write_idx, write_ink, write_mnist
from training.data.datasets import (
    NO_DIGIT,
    DataError,
    InkSet,
    PictureSet,
    fold_of,
    load_ink,
    load_mnist,
    split_ink,
    split_pictures,
)

PICTURES = "train-images-idx3-ubyte"
LABELS = "train-labels-idx1-ubyte"

GOLDEN_PICTURES = [24, 51, 59, 61, 70, 73, 74, 89]
"""Which of numbered_pictures(100) are held out; found once, and never to change."""
GOLDEN_WRITERS = {"writer 7", "writer 17"}
"""Which of "writer 0" to "writer 29" are."""


def numbered_pictures(count: int) -> PictureSet:
    """Pictures that differ in a known way on every machine."""
    pixels = (np.arange(28 * 28) + 7 * np.arange(count)[:, None]) % 251
    pictures = pixels.astype(np.uint8).reshape(count, 28, 28)
    return PictureSet(pictures, (np.arange(count) % 10).astype(np.uint8))


def one_line(error: pytest.ExceptionInfo[DataError]) -> str:
    text = str(error.value)
    assert "\n" not in text
    return text


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_mnist_is_read_from_idx_files_plain_or_gzipped(tmp_path: Path, suffix: str) -> None:
    # Given
    written = digit_pictures(20, seed=5)
    write_mnist(tmp_path, "t10k", written, suffix)

    # When
    read = load_mnist(tmp_path, "t10k")

    # Then
    assert read.pictures.dtype == read.labels.dtype == np.uint8
    np.testing.assert_array_equal(read.pictures, written.pictures)
    np.testing.assert_array_equal(read.labels, written.labels)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda data: b"\x00\x00\x0d\x03" + data[4:], "is not an IDX file"),
        (lambda data: b"\x00\x00\x08\x01" + data[4:], "is not an IDX file"),
        (lambda data: data[:10], "is not an IDX file"),
        (lambda data: data[:-1], "cut off or too long"),
        (lambda data: data + b"\x00", "cut off or too long"),
        # Sides whose product is 2 ** 64, nothing when counted in 64 bits.
        (lambda data: data[:4] + bytes.fromhex("004000000020000000200000"), "cut off or too long"),
    ],
    ids=["other type", "other dimensions", "half a header", "cut off", "too long", "huge"],
)
def test_a_damaged_idx_file_is_named_in_one_line(
    tmp_path: Path, damage: Callable[[bytes], bytes], said: str
) -> None:
    # Given
    write_mnist(tmp_path, "train", digit_pictures(10, seed=5))
    path = tmp_path / PICTURES
    path.write_bytes(damage(path.read_bytes()))

    # When
    with pytest.raises(DataError) as error:
        load_mnist(tmp_path, "train")

    # Then
    assert str(path) in one_line(error)
    assert said in str(error.value)


def test_a_cut_off_gzip_file_is_named_in_one_line(tmp_path: Path) -> None:
    # Given
    write_mnist(tmp_path, "train", digit_pictures(10, seed=5), ".gz")
    packed = tmp_path / f"{PICTURES}.gz"
    packed.write_bytes(packed.read_bytes()[:-20])

    # When / then
    with pytest.raises(DataError, match=re.escape(PICTURES)) as error:
        load_mnist(tmp_path, "train")
    assert "cannot be read" in one_line(error)


def test_a_gzip_name_on_something_else_is_named_in_one_line(tmp_path: Path) -> None:
    # Given
    write_mnist(tmp_path, "train", digit_pictures(10, seed=5), ".gz")
    (tmp_path / f"{PICTURES}.gz").write_bytes(b"not gzip")

    # When / then
    with pytest.raises(DataError, match="cannot be read") as error:
        load_mnist(tmp_path, "train")
    one_line(error)


def test_a_missing_file_is_named_in_one_line(tmp_path: Path) -> None:
    # Given
    write_mnist(tmp_path, "train", digit_pictures(10, seed=5))
    (tmp_path / LABELS).unlink()

    # When / then
    with pytest.raises(DataError, match="no such file, nor with") as error:
        load_mnist(tmp_path, "train")
    assert LABELS in one_line(error)


@pytest.mark.parametrize(
    "labels",
    [np.zeros(9, np.uint8), np.full(10, 10, np.uint8)],
    ids=["one too few", "no digits"],
)
def test_labels_that_do_not_fit_the_pictures_are_refused(
    tmp_path: Path, labels: NDArray[np.uint8]
) -> None:
    # Given
    write_mnist(tmp_path, "train", digit_pictures(10, seed=5))
    write_idx(tmp_path / LABELS, labels)

    # When / then
    with pytest.raises(DataError, match="do not fit together") as error:
        load_mnist(tmp_path, "train")
    one_line(error)


def test_without_a_folder_or_a_network_one_line_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Given
    def load_data() -> None:
        raise Exception("URL fetch failure: None -- [Errno -3] Name resolution\nsecond line")

    monkeypatch.setattr(keras.datasets.mnist, "load_data", load_data)

    # When
    with pytest.raises(DataError) as error:
        load_mnist(None, "train")

    # Then
    assert "pass --mnist DIR" in one_line(error)
    assert "URL fetch failure" in str(error.value)


def test_without_a_folder_the_parts_are_those_of_keras(monkeypatch: pytest.MonkeyPatch) -> None:
    # Given
    train, test = digit_pictures(20, seed=6), digit_pictures(10, seed=7)

    def load_data() -> object:
        return (train.pictures, train.labels), (test.pictures, test.labels)

    monkeypatch.setattr(keras.datasets.mnist, "load_data", load_data)

    # When / then
    np.testing.assert_array_equal(load_mnist(None, "train").pictures, train.pictures)
    np.testing.assert_array_equal(load_mnist(None, "t10k").pictures, test.pictures)


def test_pictures_are_split_by_what_they_show_the_same_everywhere() -> None:
    # Given
    data = numbered_pictures(100)

    # When
    fit, validation = split_pictures(data)

    # Then
    held_out = GOLDEN_PICTURES
    np.testing.assert_array_equal(validation.pictures, data.pictures[held_out])
    np.testing.assert_array_equal(validation.labels, data.labels[held_out])
    rest = np.setdiff1d(np.arange(100), held_out)
    np.testing.assert_array_equal(fit.pictures, data.pictures[rest])
    np.testing.assert_array_equal(fit.labels, data.labels[rest])


def test_the_order_of_a_file_does_not_change_the_split() -> None:
    # Given
    data = numbered_pictures(100)
    reverse = PictureSet(data.pictures[::-1], data.labels[::-1])

    # When
    validation = split_pictures(data)[1]
    of_reverse = split_pictures(reverse)[1]

    # Then
    np.testing.assert_array_equal(of_reverse.pictures[::-1], validation.pictures)
    np.testing.assert_array_equal(of_reverse.labels[::-1], validation.labels)


def test_ink_is_split_by_writer_the_same_everywhere() -> None:
    # Given: thirty writers of four drawings each, in turn
    labels = [number % 10 for number in range(120)]
    writers = tuple(f"writer {number % 30}" for number in range(120))
    data = replace(ink_set(labels), writers=writers)

    # When
    fit, validation = split_ink(data)

    # Then
    assert set(validation.writers) == GOLDEN_WRITERS
    assert not set(fit.writers) & set(validation.writers)
    assert len(fit) + len(validation) == 120
    by_position = dict(zip(data.inks, zip(labels, writers, strict=True), strict=True))
    for part in (fit, validation):
        for ink, label, writer in zip(part.inks, part.labels, part.writers, strict=True):
            assert by_position[ink] == (label, writer)


def test_ink_is_split_alike_in_any_order() -> None:
    # Given
    data = replace(ink_set([3] * 60), writers=tuple(f"writer {number}" for number in range(60)))
    shuffled = data.pick(np.random.default_rng(8).permutation(60).tolist())

    # When / then
    assert set(split_ink(shuffled)[1].writers) == set(split_ink(data)[1].writers)


def test_ink_is_loaded_from_all_files_with_labels_and_writers(tmp_path: Path) -> None:
    # Given
    first, second = ink_set([7, NO_DIGIT]), ink_set([0], seed=9)
    write_ink(tmp_path / "a.jsonl", first)
    write_ink(tmp_path / "b.jsonl", second)
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress((tmp_path / "b.jsonl").read_bytes()))

    # When
    data = load_ink([tmp_path / "a.jsonl", tmp_path / "b.jsonl.gz"])

    # Then
    assert data.labels.tolist() == [7, NO_DIGIT, 0]
    assert data.writers == ("writer 0", "writer 1", "writer 0")
    np.testing.assert_array_equal(data.inks[2].strokes[0], second.inks[0].strokes[0])


@pytest.mark.parametrize("label", ["A", "12", "-1", "٣", " 7", "?"])
def test_any_label_but_the_ten_digits_means_no_digit(tmp_path: Path, label: str) -> None:
    # Given
    path = tmp_path / "other.jsonl"
    path.write_text(f'{{"strokes": [[[0, 0], [1, 1]]], "label": "{label}"}}\n', encoding="utf-8")

    # When / then
    assert load_ink([path]).labels.tolist() == [NO_DIGIT]


def test_a_bad_ink_line_is_named_with_its_file_and_number(tmp_path: Path) -> None:
    # Given
    path = tmp_path / "ink.jsonl"
    good = '{"strokes": [[[0, 0], [1, 1]]], "label": "1"}'
    path.write_text(f"{good}\n\n{{broken\n{good}\n", encoding="utf-8")

    # When
    with pytest.raises(DataError) as error:
        load_ink([path])

    # Then
    assert f"{path} line 3: not JSON" in one_line(error)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"strokes": [[[0, 0], [1, 1]]]}', "has no label"),
        ('{"strokes": [], "label": "1"}', "has no ink"),
    ],
)
def test_ink_that_cannot_be_learned_from_is_refused(tmp_path: Path, line: str, said: str) -> None:
    # Given
    path = tmp_path / "ink.jsonl"
    path.write_text(line, encoding="utf-8")

    # When / then
    with pytest.raises(DataError, match=said) as error:
        load_ink([path])
    assert str(path) in one_line(error)


@pytest.mark.parametrize("content", [None, b"", b"\x00\x01\x02"], ids=["none", "empty", "binary"])
def test_an_ink_file_that_is_none_is_named_once_in_one_line(
    tmp_path: Path, content: bytes | None
) -> None:
    # Given
    path = tmp_path / "ink.jsonl"
    if content is not None:
        path.write_bytes(content)

    # When / then
    with pytest.raises(DataError) as error:
        load_ink([path])
    assert one_line(error).count(str(path)) == 1


def test_picking_nothing_gives_an_empty_set() -> None:
    # When
    nothing: InkSet = ink_set([1, 2]).pick([])

    # Then
    assert len(nothing) == 0
    assert nothing.inks == ()
    assert nothing.writers == ()


def test_writers_are_dealt_anew_in_each_round_and_always_alike() -> None:
    # Given
    writers = [f"lab/{number}" for number in range(400)]

    # When
    rounds = [[fold_of(writer, number, 4) for writer in writers] for number in range(2)]

    # Then
    assert rounds[0] != rounds[1]
    assert all(70 < dealt.count(fold) < 130 for dealt in rounds for fold in range(4))
    assert rounds[0] == [fold_of(writer, 0, 4) for writer in writers]
