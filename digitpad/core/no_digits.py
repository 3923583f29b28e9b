"""No digits: what the marks of a drawing that are no digits beside others are instead.

Signs, what was crossed out, and what another digit was written over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digitpad.core.asking import Asking, Question, is_sure
from digitpad.core.crossed_out import LINED, OF_OTHERS, below_and_over, below_line, crossed_out
from digitpad.core.grouping import FoundGroup
from digitpad.core.groups import Group, overlap
from digitpad.core.ink import Ink
from digitpad.core.reading import WhyNone
from digitpad.core.signs import Likeness, likenesses, signs_of_parts


def surely_none(ink: Ink, pins: Sequence[Group]) -> dict[Group, WhyNone]:
    """Return the groups that are no digits whatever they look like, and why.

    None has ink in common with another or with one of `pins`.
    """
    found: dict[Group, WhyNone] = {}
    groups = [(group, WhyNone.CROSSED_OUT) for group in crossed_out(ink)]
    groups += [(group, WhyNone.SIGN) for group in signs_of_parts(ink)]
    for group, why in groups:
        if not any(overlap(group, other) for other in (*pins, *found)):
            found[group] = why
    return found


def without_signs(found: Sequence[FoundGroup], ink: Ink, pins: Sequence[Group]) -> list[FoundGroup]:
    """Return the marks, those that look like a digit and are a sign as no digits or doubtful."""
    like: dict[Group, Likeness] = {}
    for row in range(found[-1].row + 1):
        groups = [mark.group for mark in found if mark.row == row and not mark.why_none]
        like.update(zip(groups, likenesses(ink, groups), strict=True))
    for pin in pins:
        like.pop(pin, None)
    return [_as_like(mark, like.get(mark.group, Likeness.NONE)) for mark in found]


def _as_like(mark: FoundGroup, like: Likeness) -> FoundGroup:
    """Return a mark that is so like a sign."""
    if like is Likeness.NONE:
        return mark
    if like is Likeness.SOME:
        return replace(mark, may_be_sign=True)
    return replace(mark, why_none=WhyNone.SIGN)


def without_crossed_out(
    found: Sequence[FoundGroup], ink: Ink, pins: Sequence[Group]
) -> Asking[list[FoundGroup]]:
    """Return the marks, those that were crossed out or written over as no digits."""
    marks = []
    for mark in found:
        if mark.why_none is None and mark.group not in pins:
            mark = replace(mark, why_none=(yield from _how_taken_back(ink, mark.group)))
        marks.append(mark)
    return marks


def _how_taken_back(ink: Ink, group: Group) -> Asking[WhyNone | None]:
    """Return whether a digit in this group was crossed out, or another one written over it."""
    below = below_line(ink, group)
    if below:
        (reading,) = yield Question([below])
        if is_sure(reading, LINED):
            return WhyNone.CROSSED_OUT
    for parts in below_and_over(ink, group):
        one, other = yield Question(parts)
        if one.digit != other.digit and is_sure(one, OF_OTHERS) and is_sure(other, OF_OTHERS):
            return WhyNone.WRITTEN_OVER
    return None
