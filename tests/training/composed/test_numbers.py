"""Composed numbers: laid out as asked, one writer's, and the same on every machine."""

from __future__ import annotations

import dataclasses
import itertools
from pathlib import Path

import numpy as np
import pytest

from digitpad.core.groups import StrokePart, group_ink
from digitpad.core.ink import Bounds
from digitpad.core.ink_files import InkItem, read_ink_file
from tests.synthetic_ink import digit_ink, varied
from tests.training.samples import CROSS, labelled_ink
from training.composed.numbers import (
    FITTING_STYLE,
    MEASURING_STYLE,
    ComposedNumber,
    NumberStyle,
    compose_numbers,
    write_numbers,
)
from training.data.datasets import NO_DIGIT, DataError, InkSet


def writers_ink(writers: int = 3, digits: int = 8) -> InkSet:
    """Return digits by several writers, each with an angle of their own."""
    rng = np.random.default_rng(5)
    labels = [(7 * index) % 10 for index in range(writers * digits)]
    return labelled_ink(
        [varied(digit_ink(label), rng) for label in labels],
        labels,
        [f"w{index // digits}" for index in range(writers * digits)],
    )


def boxes(number: ComposedNumber) -> list[Bounds]:
    """Return the box of each digit, left to right."""
    return [
        group_ink(
            number.ink,
            tuple(StrokePart(s) for s, owners in enumerate(number.owners) if owners[0] == place),
        ).bounds
        for place in range(len(number.label))
    ]


def test_lengths_heights_baselines_gaps_and_overlaps_are_the_ones_asked_for() -> None:
    numbers = compose_numbers(writers_ink(), 300, seed=1)

    assert {len(number.label) for number in numbers} == {2, 3, 4, 5, 6}
    gaps = []
    for number in numbers:
        found = boxes(number)
        height = max(box.height for box in found) / 1.15
        low, high = min(b.height for b in found), max(b.height for b in found)
        assert high / low <= 1.15 / 0.85 + 1e-6
        bottoms = [box.bottom for box in found]
        assert max(bottoms) - min(bottoms) <= 0.16 * 1.15 / 0.85 * height
        gaps += [(right.left - left.right) / height for left, right in itertools.pairwise(found)]
    assert min(gaps) >= -0.15 * 1.15 / 0.85
    assert max(gaps) <= 0.45 * 1.15 / 0.85
    assert 0.06 < np.mean(np.array(gaps) < -1e-9) < 0.14
    assert 0.06 < np.mean(np.abs(gaps) < 1e-9) < 0.14


def test_every_writer_is_used_alike_and_no_drawing_twice_in_a_number() -> None:
    numbers = compose_numbers(writers_ink(writers=3), 30, seed=1)

    used = [number.writer for number in numbers]
    assert {writer: used.count(writer) for writer in set(used)} == {"w0": 10, "w1": 10, "w2": 10}


def test_who_drew_too_few_is_left_out() -> None:
    with pytest.raises(DataError, match="nobody drew the 6 digits"):
        compose_numbers(writers_ink(digits=5), 1, seed=1)


def test_the_order_of_the_file_changes_nothing_and_the_seed_does(tmp_path: Path) -> None:
    data = writers_ink()
    backwards = data.pick(list(range(len(data) - 1, -1, -1)))

    first = write_numbers(compose_numbers(data, 20, seed=1), tmp_path / "a.jsonl.gz")
    second = write_numbers(compose_numbers(backwards, 20, seed=1), tmp_path / "b.jsonl.gz")
    other = write_numbers(compose_numbers(data, 20, seed=2), tmp_path / "c.jsonl.gz")

    assert first == second != other
    assert (tmp_path / "a.jsonl.gz").read_bytes() == (tmp_path / "b.jsonl.gz").read_bytes()


def test_what_was_written_is_an_ink_file(tmp_path: Path) -> None:
    numbers = compose_numbers(writers_ink(), 5, seed=1)
    write_numbers(numbers, tmp_path / "a.jsonl.gz")

    items = list(read_ink_file(tmp_path / "a.jsonl.gz"))

    assert [item.label for item in items if isinstance(item, InkItem)] == [
        number.label for number in numbers
    ]


def test_overlapping_boxes_alone_are_not_called_touching_but_crossing_ink_is() -> None:
    apart = NumberStyle(overlap_share=0.0, touch_share=0.0)
    together = NumberStyle(overlap_share=1.0)

    assert np.mean([n.touching for n in compose_numbers(writers_ink(), 60, 1, apart)]) < 0.5
    assert np.mean([n.touching for n in compose_numbers(writers_ink(), 60, 1, together)]) > 0.8


def test_each_point_of_a_joined_stroke_knows_its_digit() -> None:
    joined = dataclasses.replace(MEASURING_STYLE, joined_share=1.0)

    for number in compose_numbers(writers_ink(), 20, 1, joined):
        assert [len(o) for o in number.owners] == [len(s) for s in number.ink.strokes]
        owners = np.concatenate(number.owners)
        assert set(owners.tolist()) == set(range(len(number.label)))
        assert len(number.ink.strokes) <= len(number.label) + sum(c in "45" for c in number.label)


def test_a_late_stroke_comes_last_but_stays_with_its_digit() -> None:
    late = dataclasses.replace(MEASURING_STYLE, late_share=1.0)

    numbers = compose_numbers(writers_ink(), 60, 1, late)

    last = [int(number.owners[-1][0]) for number in numbers]
    assert any(owner < len(number.label) - 1 for owner, number in zip(last, numbers, strict=True))


def test_to_fit_on_there_are_marks_that_are_no_digit() -> None:
    digits = writers_ink()
    data = labelled_ink(
        [*digits.inks, CROSS], [*digits.labels.tolist(), NO_DIGIT], [*digits.writers, "w9"]
    )

    labels = [number.label for number in compose_numbers(data, 200, 1, FITTING_STYLE)]

    assert "?" in labels
    assert any("?" in label and len(label) > 1 for label in labels)
    assert any(label.isdigit() and len(label) == 1 for label in labels)
