"""Candidates: which strokes of a drawing may be one mark."""

from __future__ import annotations

from typing import Any

from digitpad.core.candidates import Geometry, candidates
from digitpad.core.ink import Ink
from digitpad.core.pieces import line_height, pieces_of
from tests.synthetic_ink import line


def together(*strokes: Any) -> set[tuple[int, ...]]:
    """Return which of these strokes, in a row with a tall one far to the right, may be one mark."""
    ink = Ink.from_points([*strokes, line((400.0, 0.0), (400.0, 100.0))])
    height = line_height(ink)
    found = candidates(Geometry(pieces_of(ink, height, ()), height), ())
    groups = {tuple(part.stroke for part in candidate.group) for candidate in found}
    return {group for group in groups if 1 < len(group) <= len(strokes)}


def upright(x: float, top: float = 0.0) -> Any:
    return line((x, top), (x, 100.0))


def test_two_tall_strokes_are_no_mark_when_paper_lies_between() -> None:
    assert together(upright(0.0), upright(18.0)) == {(0, 1)}
    assert together(upright(0.0), upright(25.0)) == set()


def test_with_a_bar_across_they_are_one() -> None:
    bar = line((0.0, 50.0), (25.0, 50.0))

    assert (0, 1, 2) in together(upright(0.0), upright(25.0), bar)


def test_a_short_stroke_may_stand_off_a_tall_one() -> None:
    assert together(upright(0.0), upright(25.0, top=45.0)) == {(0, 1)}
