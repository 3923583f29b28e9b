"""Pen arbiter: who may draw when one movement of the hand arrives as several kinds of event.

Owns the rule that a pen or a finger and the mouse events made from it never draw two strokes, in
whichever order they come. Knows kinds of source, places and times; nothing of Qt's events.
"""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass

TWIN_SECONDS = 0.5
"""A twin follows at once; a hand needs longer to change from the pen to the mouse."""
TWIN_DISTANCE = 16.0
"""Logical pixels. Twins come through other drivers, rounded to whole and to physical pixels."""


class Source(enum.IntEnum):
    """Kinds of pointer; of twins the higher one is the original."""

    KEYBOARD = 0
    MOUSE = 1
    TOUCH = 2
    PEN = 3


class Verdict(enum.Enum):
    """What a press is."""

    IGNORE = "ignore"
    """A twin of a better source, or somebody else is drawing."""
    DRAW = "draw"
    """A new stroke; a live one of another source is finished first."""
    DRAW_INSTEAD = "draw instead"
    """A new stroke, and the last one was its twin: forget that one."""


@dataclass(slots=True)
class _Track:
    """The last stroke of a source: where it began and when it was last heard of."""

    x: float
    y: float
    time: float


class PenArbiter:
    """Times are in seconds on any steady clock, places in logical pixels."""

    def __init__(self) -> None:
        self.holder: Source | None = None
        self._tracks: dict[Source, _Track] = {}

    def press(self, source: Source, x: float, y: float, time: float) -> Verdict:
        """Judge a press; unless it is ignored, `source` holds the pen from now on."""
        if self.holder is not None and self.holder > source:
            return Verdict.IGNORE
        verdict = Verdict.DRAW
        for other, track in self._tracks.items():
            near = math.hypot(track.x - x, track.y - y) <= TWIN_DISTANCE
            if Source.KEYBOARD in (source, other) or other == source or not near:
                continue
            if time - track.time <= TWIN_SECONDS:
                if other > source:
                    return Verdict.IGNORE
                verdict = Verdict.DRAW_INSTEAD
        self.holder = source
        self._tracks[source] = _Track(x, y, time)
        return verdict

    def release(self, time: float) -> None:
        """The holder's stroke is over."""
        if self.holder is not None:
            self._tracks[self.holder].time = time
            self.holder = None
