"""Doubtful ink is left out, whatever file it comes in, and nothing else is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from digitpad.core.ink import Ink
from tests.synthetic_ink import digit_ink
from tests.training.samples import CROSS, labelled_ink
from training.data.datasets import NO_DIGIT, InkSet
from training.data.doubtful_ink import (
    LABEL_NAMES,
    LIST_FILE,
    doubtful_drawings,
    drawing_digest,
    without_doubtful,
    without_repeats,
)

SEVEN, FOUR = digit_ink(7), digit_ink(4)


def ink_of(*rows: tuple[Ink, int, str]) -> InkSet:
    inks, labels, writers = zip(*rows, strict=True)
    return labelled_ink(inks, labels, writers)


def listing(path: Path, *rows: tuple[Ink, str]) -> Path:
    lines = [json.dumps({"drawing": drawing_digest(ink), "label": label}) for ink, label in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("move", [(0.0, 0.0), (-37.0, 12.0), (1e6, 1e6)])
def test_a_drawing_is_known_wherever_it_lies_and_however_hard_it_was_pressed(
    move: tuple[float, float],
) -> None:
    # Given
    strokes = [[(3.0, 1.0), (5.5, 7.25)], [(2.0, 2.0)]]
    moved = [[(x + move[0], y + move[1], 0.3) for x, y in stroke] for stroke in strokes]

    # When / then
    assert drawing_digest(Ink.from_points(strokes)) == drawing_digest(Ink.from_points(moved))


@pytest.mark.parametrize(
    "strokes",
    [
        [[(3.0, 1.0), (5.5, 7.0)], [(2.0, 2.0)]],
        [[(3.0, 1.0), (5.5, 7.25), (2.0, 2.0)]],
        [[(2.0, 2.0)], [(3.0, 1.0), (5.5, 7.25)]],
        [[(3.0, 1.0), (5.5, 7.25)]],
    ],
    ids=["a point elsewhere", "strokes joined", "another order", "a stroke less"],
)
def test_other_strokes_are_another_drawing(strokes: list[list[tuple[float, float]]]) -> None:
    # Given
    drawing = Ink.from_points([[(3.0, 1.0), (5.5, 7.25)], [(2.0, 2.0)]])

    # When / then
    assert drawing_digest(Ink.from_points(strokes)) != drawing_digest(drawing)


def test_listed_drawings_are_left_out_in_order_and_no_others(tmp_path: Path) -> None:
    # Given
    data = ink_of((SEVEN, 7, "a"), (FOUR, 4, "b"), (CROSS, NO_DIGIT, "c"), (digit_ink(2), 2, "d"))
    path = listing(tmp_path / "list.jsonl", (FOUR, "4"), (CROSS, "no digit"))

    # When
    kept = without_doubtful(data, path)

    # Then
    assert kept.writers == ("a", "d")
    assert kept.labels.tolist() == [7, 2]
    assert kept.inks == (data.inks[0], data.inks[3])


def test_a_drawing_whose_label_was_put_right_is_kept(tmp_path: Path) -> None:
    # Given
    path = listing(tmp_path / "list.jsonl", (SEVEN, "1"))

    # When / then
    assert len(without_doubtful(ink_of((SEVEN, 7, "a")), path)) == 1


def test_a_drawing_that_comes_again_stays_with_the_first_writer_by_name() -> None:
    # Given
    rows = [(SEVEN, 7, "ibm/r0315"), (FOUR, 4, "x"), (SEVEN, 7, "ibm/r0215"), (SEVEN, 1, "y")]

    # When
    kept = without_repeats(ink_of(*rows))
    turned = without_repeats(ink_of(*rows[::-1]))

    # Then: the same drawing with another label is no repeat
    assert kept.writers == ("x", "ibm/r0215", "y")
    assert turned.writers == kept.writers[::-1]


def test_the_list_that_ships_gives_a_label_and_a_reason_for_each_drawing_and_no_ink() -> None:
    # When
    rows = [json.loads(line) for line in LIST_FILE.read_text(encoding="utf-8").splitlines()]

    # Then
    assert len(doubtful_drawings()) == len(rows) > 0
    for row in rows:
        assert row.keys() == {"drawing", "label", "read", "doubt", "reason"}
        assert row["label"] in LABEL_NAMES
        assert row["read"] in LABEL_NAMES
        assert row["reason"]
        assert len(row["drawing"]) == 16
        assert 0.5 < row["doubt"] <= 1.0
