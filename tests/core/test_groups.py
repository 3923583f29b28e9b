"""Groups: joining, pinning and renumbering keep every point with its mark."""

from __future__ import annotations

import pytest

from digitpad.core.groups import (
    Group,
    StrokePart,
    group_ink,
    joined,
    overlap,
    renumbered,
    whole_group,
    within,
)
from digitpad.core.ink import Ink

INK = Ink.from_points([[(0, 0), (1, 0), (2, 0), (3, 0)], [(9, 9)]])
FRONT, BACK = (StrokePart(0, 0, 2),), (StrokePart(0, 2),)
DOT = (StrokePart(1),)


def test_the_ink_of_a_part_is_a_part_of_the_stroke() -> None:
    for part, x in ((FRONT, [0, 1]), (BACK, [2, 3]), ((StrokePart(0, 1),), [1, 2, 3])):
        stroke, dot = group_ink(INK, (*part, *DOT)).strokes
        assert stroke[:, 0].tolist() == x
        assert len(dot) == 1
    assert [len(s) for s in group_ink(INK, whole_group(INK)).strokes] == [4, 1]


def test_parts_that_follow_each_other_join_to_the_whole_stroke() -> None:
    assert joined(DOT, BACK, FRONT) == (StrokePart(0), StrokePart(1))
    assert joined(FRONT, DOT) == (*FRONT, *DOT)


def test_parts_with_something_between_stay_apart() -> None:
    first, end_of_another = (StrokePart(0, 0, 1),), (StrokePart(1, 2),)
    assert joined(FRONT, end_of_another) == FRONT + end_of_another
    assert joined((StrokePart(0, 3),), first, (StrokePart(0, 2, 3),)) == first + BACK


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (FRONT, BACK, False),
        (FRONT, DOT, False),
        (FRONT, (StrokePart(0, 1, 3),), True),
        (whole_group(INK), BACK, True),
    ],
)
def test_groups_overlap_where_they_share_points(one: Group, other: Group, expected: bool) -> None:
    assert overlap(one, other) is expected
    assert overlap(other, one) is expected


def test_a_group_of_a_group_is_found_in_the_whole_drawing() -> None:
    outer = (StrokePart(0, 1), StrokePart(1))

    assert within(outer, (StrokePart(0, 1),)) == (StrokePart(0, 2),)
    assert within(outer, (StrokePart(0, 0, 1), StrokePart(1))) == (StrokePart(0, 1, 2), *DOT)


def test_pins_follow_their_strokes_and_go_with_them() -> None:
    assert renumbered([FRONT, DOT], [1]) == ((StrokePart(0),),)
    assert renumbered([FRONT, (StrokePart(0), StrokePart(1))], [1, 0]) == (
        (StrokePart(1, 0, 2),),
        (StrokePart(0), StrokePart(1)),
    )
