"""Asking: how a search has groups of strokes read, without knowing who reads them.

A search yields questions and is sent the readings, so that the groups of many drawings can be read
at once.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from digitpad.core.groups import Group, within
from digitpad.core.reading import DigitReading

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Question:
    """Groups that are to be read, each as one digit.

    With `at_a_glance`, no picture is needed of those that the way they were written rules out.
    """

    groups: Sequence[Group]
    at_a_glance: bool = False


Asking = Generator[Question, Sequence[DigitReading], Result]
"""Returns what it has found out when its questions are answered."""


SURE = 0.9
"""Certainty from which on a digit is taken for granted."""


def is_sure(reading: DigitReading, but: Sequence[int] = ()) -> bool:
    """Whether this is surely a digit, and none of `but`."""
    return reading.certainty >= SURE and reading.digit not in but


def asked_within(outer: Group, asking: Asking[Result]) -> Asking[Result]:
    """Ask of a drawing what `asking` asks of the ink of its group `outer`."""
    try:
        question = next(asking)
        while True:
            groups = [within(outer, group) for group in question.groups]
            question = asking.send((yield replace(question, groups=groups)))
    except StopIteration as done:
        result: Result = done.value
        return result
