"""Drawing: the finished strokes on the canvas, what a person said of them, and their history.

Owns undo and redo, of strokes and of corrections alike. A change replaces a run of strokes by
another, so its cost does not grow with the drawing. Knows nothing of pens or pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from digitpad.core.corrections import NO_CORRECTIONS, Corrections
from digitpad.core.ink import Bounds, Stroke


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """A finished stroke and the box around its points."""

    points: Stroke
    bounds: Bounds

    @classmethod
    def of(cls, points: Stroke) -> Trace:
        return cls(points, Bounds.of(points))


class Identity:
    """Whose history a drawing is part of: the same while it is written, erased and corrected,
    another for what is put in its place or begun on empty paper."""

    __slots__ = ("__weakref__",)


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """From place `at` on, the traces `removed` gave way to the traces `added`.

    What had been said of the drawing was `before`, and is `after`; its identity was and is one of
    `identities`.
    """

    at: int
    removed: tuple[Trace, ...]
    added: tuple[Trace, ...]
    before: Corrections
    after: Corrections
    identities: tuple[Identity, Identity]

    def reversed(self) -> Change:
        was, is_ = self.identities
        return Change(self.at, self.added, self.removed, self.after, self.before, (is_, was))


class Drawing:
    """Finished strokes in writing order, with a history. Methods return what changed, or None."""

    def __init__(self) -> None:
        self._traces: list[Trace] = []
        self._strokes: tuple[Stroke, ...] = ()
        self._corrections = NO_CORRECTIONS
        self._identity = Identity()
        self._done: list[Change] = []
        self._undone: list[Change] = []

    @property
    def traces(self) -> Sequence[Trace]:
        return self._traces

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        return self._strokes

    @property
    def corrections(self) -> Corrections:
        """What a person said of these strokes."""
        return self._corrections

    @property
    def identity(self) -> Identity:
        return self._identity

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def add(self, points: Stroke) -> Change:
        """Append a stroke."""
        said = self._corrections
        identities = self._identity, self._identity if self._traces else Identity()
        change = Change(len(self._traces), (), (Trace.of(points),), said, said, identities)
        self._do(change)
        return change

    def correct(self, corrections: Corrections) -> Change | None:
        """Take over what a person says of the strokes."""
        if corrections == self._corrections:
            return None
        same = self._identity, self._identity
        change = Change(len(self._traces), (), (), self._corrections, corrections, same)
        self._do(change)
        return change

    def amend(self, corrections: Corrections) -> None:
        """Let the last change have been to these corrections; there must have been one."""
        self._done[-1] = replace(self._done[-1], after=corrections)
        self._corrections = corrections

    def replace(
        self, strokes: Sequence[Stroke], corrections: Corrections = NO_CORRECTIONS
    ) -> Change | None:
        """Put other strokes, or none, in the place of all, with what is said of them."""
        if not self._traces and not strokes:
            return None
        added = tuple(Trace.of(points) for points in strokes)
        other = self._identity, Identity()
        change = Change(0, tuple(self._traces), added, self._corrections, corrections, other)
        self._do(change)
        return change

    def remove(self, places: Sequence[int], joined: bool = False) -> Change | None:
        """Remove the strokes at these places; `joined` undoes together with the last change."""
        if not places:
            return None
        gone = set(places)
        kept = [place for place in range(len(self._traces)) if place not in gone]
        rest = tuple(self._traces[place] for place in kept)
        said = self._corrections.renumbered(kept)
        same = self._identity, self._identity
        change = Change(0, tuple(self._traces), rest, self._corrections, said, same)
        if joined and self._done:
            first = self._done.pop()
            self._do(Change(0, self._before(first), rest, first.before, said, first.identities))
        else:
            self._do(change)
        return change

    def take_back(self, points: Stroke) -> Change | None:
        """Forget the stroke as if it had never been, if adding it was the last change."""
        if not self._done or [t.points is points for t in self._done[-1].added] != [True]:
            return None
        change = self._done.pop().reversed()
        self._apply(change)
        return change

    def undo(self) -> Change | None:
        if not self._done:
            return None
        change = self._done.pop()
        self._undone.append(change)
        self._apply(change.reversed())
        return change.reversed()

    def redo(self) -> Change | None:
        if not self._undone:
            return None
        change = self._undone.pop()
        self._done.append(change)
        self._apply(change)
        return change

    def _do(self, change: Change) -> None:
        self._undone.clear()
        self._done.append(change)
        self._apply(change)

    def _apply(self, change: Change) -> None:
        self._traces[change.at : change.at + len(change.removed)] = change.added
        self._strokes = tuple(trace.points for trace in self._traces)
        self._corrections = change.after
        self._identity = change.identities[1]

    def _before(self, change: Change) -> tuple[Trace, ...]:
        """All traces before the last change."""
        traces = list(self._traces)
        traces[change.at : change.at + len(change.added)] = change.removed
        return tuple(traces)
