"""Corrections: what a person said of the marks in a drawing, as an immutable value.

Owns which strokes were said to be one mark and what they were said to be. What the network says is
not here: a label is the person's word, and is never taken for an answer. Knows no Qt.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digitpad.core.groups import Group, overlap, renumbered
from digitpad.core.reading import NO_DIGIT, DigitReading, Reading, Status

LABELS = (*map(str, range(10)), NO_DIGIT)
"""What a mark can be said to be: a digit, or none."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark as a person is to be shown it: what the network says, and what they said."""

    digit: DigitReading
    label: str | None = None
    """The person's word, one of LABELS; None where nothing was said."""

    @property
    def status(self) -> Status:
        """How much its sign may be relied on; a person's word may."""
        if self.label is None:
            return self.digit.status
        return Status.NOT_A_DIGIT if self.label == NO_DIGIT else Status.DIGIT

    @property
    def sign(self) -> str:
        """What stands for it in a number: a digit, or NO_DIGIT."""
        return self.label or self.digit.sign


def text_of(marks: Sequence[Mark]) -> str:
    """What is written, as `Reading.text` says it, with the person's word where there is one.

    Of a lone mark that is no digit nothing is.
    """
    if len(marks) == 1:
        (mark,) = marks
        is_none = mark.label is None and mark.status is Status.NOT_A_DIGIT
        return "" if is_none else mark.label or str(mark.digit.digit)
    lines = itertools.groupby(marks, key=lambda mark: mark.digit.line)
    return "\n".join("".join(mark.sign for mark in line) for _, line in lines)


def are_neighbours(marks: Sequence[Mark], one: int, other: int) -> bool:
    """Whether two marks in sequence, given by their places, may be parts of one.

    They stand in the same line, or above each other, each alone in its line.
    """
    in_line = Counter(mark.digit.line for mark in marks)
    lines = marks[one].digit.line, marks[other].digit.line
    return lines[0] == lines[1] or all(in_line[line] == 1 for line in lines)


@dataclass(frozen=True, slots=True)
class Pin:
    """Strokes that are one mark; with a label, also what it is."""

    group: Group
    label: str | None = None
    """One of LABELS; None where only the grouping was said."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a file keeps of what a person said of its drawing."""

    label: str | None = None
    groups: tuple[Group, ...] = ()
    """Those that are one mark each, whatever the search would say."""


NOTHING_SAID = Said()


@dataclass(frozen=True, slots=True)
class Corrections:
    """All that was said of one drawing. Each method returns a new value."""

    pins: tuple[Pin, ...] = ()

    @property
    def groups(self) -> tuple[Group, ...]:
        """The pinned groups, for `Reader.read_number`."""
        return tuple(pin.group for pin in self.pins)

    def grouped(self, groups: Iterable[Group]) -> Corrections:
        """Say that these groups are one mark each; what was said of the same strokes gives way."""
        return self._with(Pin(group) for group in groups)

    def labelled(self, group: Group, label: str) -> Corrections:
        """Say what the mark of this group is; raises ValueError for what is not in LABELS."""
        if label not in LABELS:
            raise ValueError(f"{label!r} is no label of a mark")
        return self._with([Pin(group, label)])

    def renumbered(self, kept: Sequence[int]) -> Corrections:
        """What is left when only the strokes numbered `kept` are, in this order."""
        return Corrections(
            tuple(
                Pin(group, pin.label)
                for pin in self.pins
                for group in renumbered([pin.group], kept)
            )
        )

    def marks(self, reading: Reading) -> tuple[Mark, ...]:
        """The marks of a reading of this drawing, with what was said of them."""
        said = {pin.group: pin.label for pin in self.pins}
        return tuple(Mark(digit, said.get(digit.group)) for digit in reading.digits)

    def label(self, reading: Reading) -> str | None:
        """The answer as a label to be kept with the drawing; None while it is the network's alone.

        Who corrected one digit of a number has seen the others.
        """
        marks = self.marks(reading)
        return text_of(marks) if any(mark.label for mark in marks) else None

    def said(self, reading: Reading | None) -> Said:
        """What a file is to keep; no label while there is no reading of the drawing."""
        return Said(None if reading is None else self.label(reading), self.groups)

    def applied(self, reading: Reading, label: str) -> Corrections:
        """Say what a label says of each mark; no change where it does not fit.

        It has one sign a mark; where its lines end does not matter.
        """
        signs = "".join(label.split())
        if len(signs) != len(reading.digits) or not all(sign in LABELS for sign in signs):
            return self
        said = self
        for digit, sign in zip(reading.digits, signs, strict=True):
            said = said.labelled(digit.group, sign)
        return said

    def _with(self, pins: Iterable[Pin]) -> Corrections:
        added = tuple(pins)
        kept = (pin for pin in self.pins if not any(overlap(pin.group, new.group) for new in added))
        return Corrections((*kept, *added))


NO_CORRECTIONS = Corrections()
