"""Corrections: what a person says of the digits in one picture, and how to take it back.

Owns these words, which marks there are, and the history of both. Knows no Qt; the reading itself
is never changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digitpad.core.corrections import Mark
from digitpad.core.reading import NO_DIGIT, DigitReading, Reading, Status

_Marks = tuple[Mark, ...]


class PictureCorrections:
    """What was said of one reading. A label is a digit, or NO_DIGIT for what is none."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        """What the network read."""
        self._marks: _Marks = tuple(Mark(digit) for digit in reading.digits)
        self._done: list[_Marks] = []
        self._undone: list[_Marks] = []

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What was read, each with what was said of it, in reading order."""
        return self._marks

    def say(self, mark: int, label: str) -> None:
        """Take the person's word for a mark; the same word again changes nothing."""
        if self._marks[mark].label != label:
            self._put(mark, 1, [replace(self._marks[mark], label=label)])

    def regroup(self, before: Sequence[DigitReading], after: Sequence[DigitReading]) -> int | None:
        """Put digits in the place of others that stand side by side; return the first one's mark.

        None, and no change, where those are not there any more. What was said of them is dropped.
        """
        digits = [mark.digit for mark in self._marks]
        for first in range(len(digits) - len(before) + 1):
            there = digits[first : first + len(before)]
            if all(one is other for one, other in zip(there, before, strict=True)):
                self._put(first, len(before), [Mark(digit) for digit in after])
                return first
        return None

    def undo(self) -> int | None:
        """Take the last word back; return its mark, None when there is nothing to undo."""
        return self._go(self._done, self._undone)

    def redo(self) -> int | None:
        """Say again what was taken back last; return its mark, None for nothing."""
        return self._go(self._undone, self._done)

    @property
    def corrected(self) -> Reading:
        """The reading with the person's words in it; what is said to be no digit is left out."""
        return Reading(
            tuple(
                mark.digit if mark.label is None else _certain(mark.digit, int(mark.label))
                for mark in self._marks
                if mark.label != NO_DIGIT
            )
        )

    def _put(self, first: int, count: int, marks: Sequence[Mark]) -> None:
        """Put marks in the place of so many."""
        self._undone.clear()
        self._done.append(self._marks)
        self._marks = (*self._marks[:first], *marks, *self._marks[first + count :])

    def _go(self, back: list[_Marks], forth: list[_Marks]) -> int | None:
        """Go one step through the history; return the first mark that is another one then."""
        if not back:
            return None
        before, self._marks = self._marks, back.pop()
        forth.append(before)
        same = (one is other for one, other in zip(before, self._marks, strict=False))
        return next((number for number, is_same in enumerate(same) if not is_same), None)


def _certain(digit: DigitReading, told: int) -> DigitReading:
    """Return a digit as it would be if it were surely the one told."""
    probabilities = tuple(float(number == told) for number in range(10))
    return replace(
        digit, probabilities=probabilities, is_digit=1.0, grouping=1.0, status=Status.DIGIT
    )
