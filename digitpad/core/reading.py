"""Reading: what the reader answers, as immutable values."""

from __future__ import annotations

import enum
import itertools
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from digitpad.core.groups import Group

EVEN_ODDS = 0.5
"""Probability of being a digit under which a mark that is not sure is called not a digit."""
NO_DIGIT = "?"
"""What stands in a number's text for a mark that is no digit."""


class Status(enum.Enum):
    """How much an answer may be relied on, from the most to the least."""

    DIGIT = "digit"
    UNSURE = "unsure"
    NOT_A_DIGIT = "not-a-digit"
    EMPTY = "empty"

    @property
    def doubt(self) -> int:
        """The place in this order, from 0 for a sure digit."""
        return list(Status).index(self)


class WhyNone(enum.Enum):
    """What a mark beside digits is taken for instead, however much it looks like a digit."""

    LINE = "line"
    RING = "ring"
    """Or a box."""
    CROSSED_OUT = "crossed out"
    WRITTEN_OVER = "written over"
    """A digit over another one."""
    SMALL = "small"
    """A dot, a comma: too small for a digit in that row."""
    SIGN = "sign"
    """A slash, a bracket, a colon, a percent sign."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where a digit lies, in the units of what was read (ink units or picture pixels)."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class DigitReading:
    """One digit: ten calibrated probabilities that sum to 1, and where it lies."""

    probabilities: tuple[float, ...]
    box: Box
    is_digit: float = 1.0
    """Probability that the marks are a digit at all; the ten probabilities are given that."""
    pixels: NDArray[np.float32] | None = field(default=None, repr=False, compare=False)
    """What the network saw, shape (28, 28), 0 for paper to 1 for ink; not to be written to."""
    status: Status = Status.DIGIT
    """How much this digit may be relied on."""
    group: Group = ()
    """The strokes of the ink that it is made of; none in a picture."""
    grouping: float = 1.0
    """Probability that just these strokes are one mark; 1 where the drawing has no other."""
    line: int = 0
    """Which line of writing it stands in, from 0 at the top."""
    by_picture: tuple[float, ...] = ()
    """The ten probabilities by the picture alone, where it lies: without what the way it was
    written says, and without moving it."""
    at_a_glance: float | None = None
    """Probability of being a digit, the picture unseen, where the way it was written shows well
    enough that it is none; else None."""
    why_none: WhyNone | None = None
    """What it is instead, where that makes it no digit beside others; else None."""

    @property
    def digit(self) -> int:
        """The most probable digit; of equals the smallest."""
        return self.probabilities.index(self.confidence)

    @property
    def confidence(self) -> float:
        return max(self.probabilities)

    @property
    def sign(self) -> str:
        """What stands for it in a number's text: the digit, or NO_DIGIT."""
        return NO_DIGIT if self.status is Status.NOT_A_DIGIT else str(self.digit)

    @property
    def certainty(self) -> float:
        """Probability that this is one digit and is read right."""
        return self.confidence * self.is_digit * self.grouping


@dataclass(frozen=True, slots=True)
class Reading:
    """The answer to one drawing or picture: its digits, line by line, from left to right.

    `text` is the best guess even when `status` is not DIGIT; only an empty drawing has none. Among
    several marks one that is no digit stands as NO_DIGIT. Lines are parted by a line feed.
    """

    digits: tuple[DigitReading, ...] = ()

    @property
    def status(self) -> Status:
        """That of the digit to be relied on least; EMPTY when there is none."""
        statuses = [digit.status for digit in self.digits]
        return max(statuses, key=lambda status: status.doubt, default=Status.EMPTY)

    @property
    def text(self) -> str:
        if len(self.digits) == 1:
            return str(self.digits[0].digit)
        lines = itertools.groupby(self.digits, key=lambda digit: digit.line)
        return "\n".join("".join(digit.sign for digit in digits) for _, digits in lines)

    @property
    def confidence(self) -> float:
        """Probability that the least sure mark is a digit and is read right; 0 when empty."""
        return min((digit.certainty for digit in self.digits), default=0.0)


EMPTY_READING = Reading()
