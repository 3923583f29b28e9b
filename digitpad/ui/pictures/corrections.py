"""Corrections: what a person says of the digits in one picture, and how to take it back.

Owns these words and their history. A picture's marks are known by their numbers: unlike those of a
drawing they stay what they are. Knows no Qt; the reading itself is never changed.
"""

from __future__ import annotations

from dataclasses import replace

from digitpad.core.corrections import Mark
from digitpad.core.reading import NO_DIGIT, DigitReading, Reading, Status

_Step = tuple[int, str | None, str | None]
"""Which mark, what was said of it before, and after."""


class PictureCorrections:
    """What was said of one reading. A label is a digit, or NO_DIGIT for what is none."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        """What the network read."""
        self._labels: dict[int, str] = {}
        self._done: list[_Step] = []
        self._undone: list[_Step] = []

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What was read, each with what was said of it, in reading order."""
        return tuple(
            Mark(digit, self._labels.get(number))
            for number, digit in enumerate(self.reading.digits)
        )

    def say(self, mark: int, label: str) -> None:
        """Take the person's word for a mark; the same word again changes nothing."""
        before = self._labels.get(mark)
        if before == label:
            return
        self._undone.clear()
        self._done.append((mark, before, label))
        self._set(mark, label)

    def undo(self) -> int | None:
        """Take the last word back; return its mark, None when there is nothing to undo."""
        if not self._done:
            return None
        mark, before, after = self._done.pop()
        self._undone.append((mark, before, after))
        self._set(mark, before)
        return mark

    def redo(self) -> int | None:
        """Say again what was taken back last; return its mark, None for nothing."""
        if not self._undone:
            return None
        mark, before, after = self._undone.pop()
        self._done.append((mark, before, after))
        self._set(mark, after)
        return mark

    @property
    def corrected(self) -> Reading:
        """The reading with the person's words in it; what is said to be no digit is left out."""
        if not self._labels:
            return self.reading
        digits = [
            mark.digit if mark.label is None else _certain(mark.digit, int(mark.label))
            for mark in self.marks
            if mark.label != NO_DIGIT
        ]
        return Reading(tuple(digits))

    def _set(self, mark: int, label: str | None) -> None:
        if label is None:
            self._labels.pop(mark, None)
        else:
            self._labels[mark] = label


def _certain(digit: DigitReading, told: int) -> DigitReading:
    """Return a digit as it would be if it were surely the one told."""
    probabilities = tuple(float(number == told) for number in range(10))
    return replace(
        digit, probabilities=probabilities, is_digit=1.0, grouping=1.0, status=Status.DIGIT
    )
