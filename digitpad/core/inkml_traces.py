"""InkML traces: the text of a <trace> -> numbers, by the trace format that applies to it.

Owns channels, their order and their encodings (W3C InkML, 2011, section 3.2). Knows nothing of XML.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.core.ink import COORDINATE_LIMIT, InkError
from digitpad.core.reasons import Reason

Samples = NDArray[np.float64]
"""Shape (n, 3): x, y and pressure as the device reports it; not a number where it is unknown."""

CHANNELS = 64
"""The most that a trace format may have. InkML and Office between them name some thirty."""
_LONGEST_NAME = 40
"""Characters of a channel's name that are looked at; the names of InkML have up to three."""
_PART = 16 * 1024
"""Numbers taken apart at once: as text, each takes ten times what it takes in a table."""

_VALUE = re.compile(
    r"""\s*+ (?: (?P<order>['"!]?) \s*+ (?P<sign>[-+]?) \s*+
            (?: \#(?P<hex>[0-9A-Fa-f]{1,16}+)(?![0-9A-Fa-f])
              | (?P<number>(?:\d++\.?\d*+|\.\d++)(?:[eE][-+]?\d++)?) )
          | (?P<letter>[TF*?]) )""",
    re.VERBOSE | re.ASCII,
)
"""One value of a point, as InkML's grammar has it. Nothing in it is tried twice, so that the time
grows only with the length of the text."""
_NOT_FINITE = Reason("a coordinate is not a finite number")
_ORDERS = {"!": 0, "'": 1, '"': 2}


@dataclass(frozen=True, slots=True)
class Channel:
    """One number of each point: its name, and its range if that is known."""

    name: str
    low: float | None = None
    high: float | None = None
    default: float = 0.0
    """Where an intermittent channel has not been reported yet."""
    is_reversed: bool = False
    """Whether values grow against InkML's axes: leftwards, or upwards."""

    @classmethod
    def from_attributes(cls, attributes: Mapping[str, str]) -> Channel:
        """Return what a <channel> element says; what is no number there counts as not said."""
        return cls(
            attributes.get("name", "")[:_LONGEST_NAME].upper(),
            _number(attributes.get("min")),
            _number(attributes.get("max")),
            _number(attributes.get("default")) or 0.0,
            attributes.get("orientation") == "-ve",
        )


@dataclass(frozen=True, slots=True)
class TraceFormat:
    """The channels of a trace, in the order of its values; intermittent ones may be left out."""

    regular: tuple[Channel, ...]
    intermittent: tuple[Channel, ...] = ()

    @property
    def channels(self) -> tuple[Channel, ...]:
        return self.regular + self.intermittent

    def channel(self, name: str) -> Channel | None:
        """Return the channel of this name, if there is one."""
        return next((channel for channel in self.channels if channel.name == name), None)


DEFAULT_FORMAT = TraceFormat((Channel("X"), Channel("Y")))


def decode(text: str, layout: TraceFormat) -> Samples:
    """Return the points of a trace; those without x or y are left out.

    Raises InkError when the text is no trace of this format.
    """
    names = [channel.name for channel in layout.channels]
    if "X" not in names or "Y" not in names:
        raise InkError(Reason("its format has no X and Y"))
    rows = text.split(",")
    if not rows[-1].strip():
        rows.pop()
    table = _plain(rows, layout)
    if table is None:
        table = _Differences(layout).decode(rows)
    samples = np.full((len(table), 3), np.nan)
    for column, name in enumerate(("X", "Y", "F")):
        if name in names:
            place = names.index(name)
            samples[:, column] = table[:, place]
            if layout.channels[place].is_reversed:
                samples[:, column] *= -1
    known: Samples = samples[np.isfinite(samples[:, :2]).all(axis=1)]
    if np.abs(known[:, :2]).max(initial=0.0) > COORDINATE_LIMIT:
        raise InkError(Reason("a coordinate is beyond {limit}", limit=f"{COORDINATE_LIMIT:.0e}"))
    return known


def scale_pressure(samples: Samples, channel: Channel) -> bool:
    """Bring pressure to 0..1 by its channel's range; return whether that is known."""
    if channel.high is None:
        return False
    low = channel.low or 0.0
    span = channel.high - low
    with np.errstate(over="ignore"):
        samples[:, 2] = (samples[:, 2] - low) / span if span > 0 else 1.0
    return True


def scale_by_largest(traces: Sequence[Samples]) -> None:
    """Bring pressure to 0..1 where no range is given: the largest value found is full pressure.

    Pens without pressure may report 0 throughout: that counts as full pressure, too.
    """
    largest = max((float(np.nanmax(t[:, 2], initial=0.0)) for t in traces), default=0.0)
    for samples in traces:
        if largest <= 0.0:
            samples[:, 2] = 1.0
        elif largest > 1.0:
            samples[:, 2] /= largest


def _number(text: str | None) -> float | None:
    """The number in an attribute, or None where there is none to be had."""
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _plain(rows: list[str], layout: TraceFormat) -> NDArray[np.float64] | None:
    """Decode points that are numbers with spaces between them, as most are; else None."""
    width = len(layout.regular)
    if not rows or layout.intermittent:
        return None
    table = np.empty((len(rows), width))
    part = _PART // width
    for start in range(0, len(rows), part):
        values = [row.split(None, width) for row in rows[start : start + part]]
        if any(len(point) != width for point in values):
            return None
        try:
            table[start : start + part] = [[float(value) for value in point] for point in values]
        except ValueError:
            return None
    if not np.isfinite(table).all():
        raise InkError(_NOT_FINITE)
    return table


class _Differences:
    """Decodes points value by value: explicit, or as first or second differences.

    A prefix holds for its channel until the next one. `*` repeats the last value, or goes on with
    the last difference where differences are given; `?` is unknown.
    """

    def __init__(self, layout: TraceFormat) -> None:
        count = len(layout.channels)
        self._least = len(layout.regular)
        self._orders = [0] * count
        self._values = [0.0] * self._least + [c.default for c in layout.intermittent]
        self._steps = [0.0] * count
        self._changes = [0.0] * count

    def decode(self, rows: list[str]) -> NDArray[np.float64]:
        """Return shape (n, channels)."""
        table = np.empty((len(rows), len(self._values)))
        for place, row in enumerate(rows):
            known = list(self._values)
            channel = start = 0
            while start < len(row):
                match = _VALUE.match(row, start)
                if match is None:
                    if row[start:].isspace():
                        break
                    raise InkError(Reason("a value is not a number"))
                if channel == len(known):
                    raise InkError(Reason("a point has more values than channels"))
                known[channel] = self._next(channel, match)
                channel += 1
                start = match.end()
            if channel < self._least:
                raise InkError(Reason("a point has fewer values than channels"))
            known[channel:] = self._values[channel:]
            table[place] = known
        if np.isinf(table).any():
            raise InkError(_NOT_FINITE)
        return table

    def _next(self, channel: int, match: re.Match[str]) -> float:
        prefix, sign, hexadecimal, number, letter = match.groups()
        if letter == "?":
            return np.nan
        if prefix:
            self._orders[channel] = _ORDERS[prefix]
        before, order = self._values[channel], self._orders[channel]
        if letter == "*":
            value = (before, self._steps[channel], self._changes[channel])[order]
        elif letter is not None:
            value = float(letter == "T")
        elif hexadecimal:
            value = float(int(hexadecimal, 16))
        else:
            value = float(number)
        if sign == "-":
            value = -value
        if order == 2:
            self._changes[channel] = value
            value += self._steps[channel]
        if order >= 1:
            value += before
        self._steps[channel] = value - before
        self._values[channel] = value
        return value
