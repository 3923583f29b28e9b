"""Groups as files hold them: they come back, and what does not fit the drawing is passed over."""

from __future__ import annotations

import json
from typing import Any

import pytest

from digitpad.core.grouping import MOST_POINTS, MOST_STROKES
from digitpad.core.groups import StrokePart
from digitpad.core.ink import Ink
from digitpad.core.kept_groups import (
    MOST_PARTS,
    groups_from_json,
    groups_from_text,
    groups_to_json,
)

INK = Ink.from_points([[(0, 0), (1, 1), (2, 2)], [(3, 3)], [(4, 4), (5, 5)]])


def test_whole_strokes_are_their_numbers_and_parts_say_from_where_to_where() -> None:
    groups = ((StrokePart(0, 0, 2), StrokePart(1)), (StrokePart(0, 2),))

    kept = json.loads(json.dumps(groups_to_json(groups)))

    assert kept == [[[0, 0, 2], 1], [[0, 2, None]]]
    assert groups_from_json(kept, INK) == groups


@pytest.mark.parametrize(
    ("kept", "groups"),
    [
        ([[2, 0]], ((StrokePart(0), StrokePart(2)),)),
        ([[[0, 0, 3]]], ((StrokePart(0),),)),
        ([[[0, 1, None], [0, 0, 1]]], ((StrokePart(0),),)),
    ],
)
def test_parts_are_understood_in_any_order_and_with_any_end(
    kept: Any, groups: tuple[Any, ...]
) -> None:
    assert groups_from_json(kept, INK) == groups


@pytest.mark.parametrize(
    "kept",
    [
        *(None, 7, "0", {}, {"0": 1}, [0], [None], [[]], [["0"]], [[0.0]], [[True]], [[[0]]]),
        *(
            [[3]],
            [[-1]],
            [[10**30]],
            [[[0, 2, 1]]],
            [[[0, 0, 4]]],
            [[[0, -1, 2]]],
            [[[0, 3, None]]],
        ),
        *([[[0, 0, True]]], [[[0, "0", 1]]], [[[0, None, 1]]], [[[None, 0, 1]]], [[[[0], 0, 1]]]),
        *([[0], [0]], [[0, [0, 1, 2]]], [[[0, 0, 2]], [[0, 1, 3]]], [[0], [1], []]),
    ],
)
def test_what_does_not_fit_the_drawing_is_passed_over(kept: Any) -> None:
    assert groups_from_json(kept, INK) == ()
    assert groups_from_text(json.dumps(kept), INK) == ()


@pytest.mark.parametrize("text", ["", "[[0]", "[" * 5000, "[[0]]" + " " * 100_000])
def test_a_text_that_is_no_list_or_endless_is_passed_over(text: str) -> None:
    assert groups_from_text(text, INK) == ()


@pytest.mark.parametrize(
    "ink",
    [
        Ink.from_points([[(n, 0)] for n in range(MOST_STROKES + 1)]),
        Ink.from_points([[(n, 0) for n in range(MOST_POINTS + 1)]]),
    ],
    ids=["strokes", "points"],
)
def test_a_drawing_that_is_one_mark_for_its_size_has_no_groups(ink: Ink) -> None:
    assert groups_from_json([[0]], ink) == ()


def test_a_drawing_is_not_cut_into_endless_parts() -> None:
    ink = Ink.from_points([[(n, 0) for n in range(1000)]])
    parts = [[[0, n, n + 1]] for n in range(MOST_PARTS + 1)]
    assert groups_from_json(parts, ink) == ()
    assert len(groups_from_json(parts[1:], ink)) == MOST_PARTS
