"""Segment fit: weights that prefer the right grouping, and how numbers are scored."""

from __future__ import annotations

import errno
import gzip
import importlib.util
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from digitpad.core import grouping_weights
from digitpad.core.grouping_features import GROUP_FEATURES, PAIR_FEATURES
from digitpad.core.ink import Ink
from digitpad.core.page.weights import WEIGHTS
from digitpad.core.reader import Reader
from digitpad.core.resource_files import bundled_model_path
from tests.core.test_numbers import row
from tests.synthetic_ink import digit_ink
from tests.training.composed.test_numbers import writers_ink
from tests.training.samples import labelled_ink
from training.__main__ import main
from training.composed import line_fit
from training.composed.number_scores import number_scores
from training.composed.numbers import (
    FITTING_STYLE,
    ComposedNumber,
    compose_numbers,
    write_numbers,
)
from training.composed.segment_fit import (
    Example,
    examples,
    fit,
    grouped_right,
    grouped_right_by_others,
    stroke_shares,
    write_weights,
)
from training.data.datasets import NO_DIGIT

FEATURES = len(GROUP_FEATURES) + len(PAIR_FEATURES)


def test_weights_that_are_hidden_in_examples_are_found() -> None:
    # Given: of each four groupings one is chosen as hidden weights have it.
    rng = np.random.default_rng(1)
    hidden = np.array([2.0, -1.0, 0.5])
    numbers = []
    for _ in range(4000):
        features = rng.normal(0.0, 1.0, (4, 3))
        chances = np.exp(features @ hidden)
        numbers.append(Example(features, int(rng.choice(4, p=chances / chances.sum()))))

    # When
    found = fit(numbers)

    # Then
    np.testing.assert_allclose(found, hidden, atol=0.15)


def test_composed_numbers_are_grouped_right_after_the_fit() -> None:
    numbers = compose_numbers(writers_ink(), 60, 1, FITTING_STYLE)

    found = examples(numbers, Reader.bundled())
    weights = fit(found)

    assert len(found) > 20
    assert all(np.isfinite(example.features).all() for example in found)
    assert grouped_right(found, weights) > 0.9


def test_a_writer_is_grouped_by_what_others_do() -> None:
    # Given: what is right for one writer is wrong for all the others
    wanted, unwanted = np.array([[1.0], [0.0]]), np.array([[0.0], [1.0]])
    others = [Example(wanted, 0, f"writer {number}") for number in range(40)]
    odd = [Example(unwanted, 0, "odd")] * 10

    # When
    share = grouped_right_by_others([*others, *odd], [])

    # Then: the odd one's own numbers have not helped
    assert grouped_right(odd, fit(odd)) == 1.0
    assert share == pytest.approx(0.8)


def test_shares_count_the_strokes_of_each_digit() -> None:
    stroke = [(0.0, 0.0), (1.0, 9.0)]
    inks = [Ink.from_points([stroke] * count) for count in (1, 2, 2, 2, 9, 3)]
    data = labelled_ink(inks, [4, 4, 4, 4, 4, NO_DIGIT], ["w"] * 6)

    shares = stroke_shares(data)

    assert shares.sum(axis=1) == pytest.approx(np.ones(10))
    assert shares[4].argmax() == 1
    assert shares[4, 0] == shares[4, 3] > shares[4, 2]


def test_a_digit_that_the_network_holds_for_none_teaches_nothing() -> None:
    # Given: two eights, far apart, that somebody has labelled as one
    eight, pair = digit_ink(8), row(digit_ink(8), digit_ink(8), gap=60.0)
    place = np.zeros(len(eight.strokes[0]), np.int64)
    as_two = ComposedNumber(pair, "88", "", (place, place + 1), touching=False)
    as_one = ComposedNumber(pair, "8", "", (place, place), touching=False)

    found = examples([as_two, as_one], Reader.bundled())

    assert len(found) == 1


def test_written_weights_are_the_module_the_search_imports(tmp_path: Path) -> None:
    # Given: no such file yet
    path = tmp_path / "weights.py"

    write_weights(np.arange(40).reshape(10, 4) / 100, np.arange(FEATURES) / 4, path)

    spec = importlib.util.spec_from_file_location("weights", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.STROKE_SHARES[2] == (0.08, 0.09, 0.10, 0.11)
    assert list(module.GROUP_WEIGHTS.items())[:2] == [("group", 0.0), ("mark", 0.25)]
    assert list(module.GROUP_WEIGHTS) == list(GROUP_FEATURES)
    assert module.PAIR_WEIGHTS["overlap"] == len(GROUP_FEATURES) / 4
    assert module.__doc__ == grouping_weights.__doc__


def test_a_full_disk_leaves_the_weights_that_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given
    path = tmp_path / "weights.py"
    path.write_text("WEIGHTS = {}\n", encoding="utf-8")

    def failing_sync(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", failing_sync)

    # When
    with pytest.raises(OSError, match=r"weights\.py cannot be written: No space left"):
        write_weights(np.ones((10, 4)), np.ones(FEATURES), path)
    with pytest.raises(OSError, match=r"weights\.py cannot be written: No space left"):
        line_fit.write_weights(np.ones(len(WEIGHTS)), path)

    # Then
    assert path.read_text(encoding="utf-8") == "WEIGHTS = {}\n"
    assert list(tmp_path.iterdir()) == [path]


def test_the_bundled_weights_are_complete() -> None:
    assert set(grouping_weights.GROUP_WEIGHTS) == set(GROUP_FEATURES)
    assert set(grouping_weights.PAIR_WEIGHTS) == set(PAIR_FEATURES)


@pytest.mark.parametrize("name", ["numbers.jsonl", "numbers.jsonl.gz"])
def test_numbers_are_read_packed_or_not(name: str, tmp_path: Path) -> None:
    # Given
    packed, path = tmp_path / "packed", tmp_path / name
    write_numbers(compose_numbers(writers_ink(), 3, 1), packed)
    content = packed.read_bytes()
    path.write_bytes(content if name.endswith(".gz") else gzip.decompress(content))

    # When / then
    assert number_scores(Reader.bundled(), path)["numbers"]["count"] == 3


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda content: content[:-40], " line 3: the compressed data is damaged or ends early"),
        (lambda content: gzip.compress(gzip.decompress(content) + b"{}"), " line 4: no {"),
        (lambda content: b'{"strokes": [[[0, 0]]]}', " line 1: has no label"),
        (lambda content: b"", ": holds no ink"),
        (lambda content: content[:2] + bytes(100), " line 1: the compressed data is damaged"),
    ],
)
def test_spoilt_numbers_are_one_line_that_names_the_place(
    spoil: Callable[[bytes], bytes],
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # Given: a file of three numbers
    path = tmp_path / "numbers.jsonl.gz"
    write_numbers(compose_numbers(writers_ink(), 3, 1), path)
    path.write_bytes(spoil(path.read_bytes()))

    # When
    status = main(["read-numbers", str(bundled_model_path()), str(path)])

    # Then
    line = capsys.readouterr().err
    assert status == 1
    assert line.startswith(f"training: {path}{said}")
    assert line.count("\n") == 1


def test_scores_count_numbers_and_digits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Given: a reader that never finds the first digit.
    path = tmp_path / "numbers.jsonl.gz"
    numbers = compose_numbers(writers_ink(), 12, 1)
    write_numbers(numbers, path)
    reader = Reader.bundled()
    whole = number_scores(reader, path)
    read = reader.read
    monkeypatch.setattr(
        reader, "read", lambda drawn: type("Short", (), {"text": read(drawn).text[1:]})()
    )

    # When
    short = number_scores(reader, path)

    # Then
    digits = sum(len(number.label) for number in numbers)
    assert whole["numbers"]["count"] == 12
    assert whole["digits"]["count"] == digits
    assert short["numbers"]["right"] == 0
    assert short["digits"]["right"] <= whole["digits"]["right"] - 11 / digits
    assert whole["numbers_with_touching_digits"]["count"] == sum(n.touching for n in numbers)
    assert whole["painted_numbers"]["count"] == 12
    assert short["painted_numbers"]["right"] == 0 < whole["painted_numbers"]["right"]
