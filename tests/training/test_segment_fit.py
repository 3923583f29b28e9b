"""Segment fit: weights that prefer the right grouping, and how numbers are scored."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from digitpad.core import segment_weights
from digitpad.core.candidates import GROUP_FEATURES, PAIR_FEATURES
from digitpad.core.reader import Reader
from tests.training.test_composed_numbers import writers_ink
from training.composed_numbers import FITTING_STYLE, compose_numbers, write_numbers
from training.number_scores import number_scores
from training.segment_fit import Example, examples, fit, grouped_right, write_weights

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


def test_written_weights_are_the_module_the_search_imports(tmp_path: Path) -> None:
    path = tmp_path / "weights.py"
    path.write_text(Path(segment_weights.__file__).read_text(encoding="utf-8"), encoding="utf-8")

    write_weights(np.arange(FEATURES) / 4, path)

    spec = importlib.util.spec_from_file_location("weights", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert list(module.GROUP_WEIGHTS.items())[:2] == [("group", 0.0), ("mark", 0.25)]
    assert list(module.GROUP_WEIGHTS) == list(GROUP_FEATURES)
    assert module.PAIR_WEIGHTS["overlap"] == len(GROUP_FEATURES) / 4
    assert module.__doc__ == segment_weights.__doc__


def test_the_bundled_weights_are_complete() -> None:
    assert set(segment_weights.GROUP_WEIGHTS) == set(GROUP_FEATURES)
    assert set(segment_weights.PAIR_WEIGHTS) == set(PAIR_FEATURES)


def test_scores_count_numbers_and_digits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Given: a reader that never finds the first digit.
    path = tmp_path / "numbers.jsonl.gz"
    numbers = compose_numbers(writers_ink(), 12, 1)
    write_numbers(numbers, path)
    reader = Reader.bundled()
    whole = number_scores(reader, path)
    read = reader.read
    monkeypatch.setattr(
        reader, "read", lambda ink: type("Short", (), {"text": read(ink).text[1:]})()
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
