"""Belonging: which file the drawing on the canvas belongs to, and whether it has changed since.

A file belongs to a drawing, not to the window: what is put in a drawing's place belongs to no file
or to its own, and when Undo brings the old one back, so does its file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakKeyDictionary

from digitpad.core.corrections import NOTHING_SAID, Corrections, Said
from digitpad.core.ink import Ink, Stroke, are_same_strokes
from digitpad.core.reading import Reading
from digitpad.ui.drawing import Identity
from digitpad.ui.ink_canvas import InkCanvas


@dataclass(slots=True)
class _Kept:
    """What a file holds of one drawing."""

    path: Path | None
    writer: str | None
    strokes: tuple[Stroke, ...]
    said: Said
    is_said_known: bool
    """Not before the drawing is read: what a file calls it need not fit what is read."""


@dataclass(frozen=True, slots=True)
class _Called:
    """What was said of a drawing when it had just been read."""

    strokes: tuple[Stroke, ...]
    corrections: Corrections
    said: Said


class Belonging:
    """The files of one canvas' drawings."""

    def __init__(self, canvas: InkCanvas, reading: Callable[[], Reading | None]) -> None:
        """`reading` gives the answer to what is on the canvas, None while there is none to it."""
        self._canvas = canvas
        self._reading = reading
        self._kept: WeakKeyDictionary[Identity, _Kept] = WeakKeyDictionary()
        self._called: _Called | None = None

    @property
    def path(self) -> Path | None:
        """The file of the drawing; None for a scratch, and for empty paper."""
        kept = self._now()
        return kept.path if kept else None

    @property
    def writer(self) -> str | None:
        """Who wrote the drawing, by its file."""
        kept = self._now()
        return kept.writer if kept else None

    def opened(self, path: Path | None, writer: str | None) -> None:
        """The drawing was opened from a file; without a `path` it is one of many there."""
        self._keep(_Kept(path, writer, self._canvas.ink.strokes, NOTHING_SAID, False))

    def saved(self, path: Path, said: Said) -> None:
        """The drawing was saved, with what was said of it."""
        self._keep(_Kept(path, self.writer, self._canvas.ink.strokes, said, True))

    def said(self) -> Said:
        """What a person said of the drawing, as a file keeps it."""
        ink, corrections = self._canvas.ink, self._canvas.corrections
        reading, called = self._reading(), self._called
        if (
            reading is None
            and called
            and called.corrections == corrections
            and are_same_strokes(called.strokes, ink.strokes)
        ):
            return called.said
        return corrections.said(reading)

    def unsaved(self) -> Ink:
        """The drawing, or empty ink when a file holds it, and what it is called."""
        ink, kept = self._canvas.ink, self._now()
        if kept is None or not are_same_strokes(ink.strokes, kept.strokes):
            return ink
        is_changed = kept.is_said_known and self._reading() is not None and self.said() != kept.said
        return ink if is_changed else Ink()

    def note_read(self) -> None:
        """The drawing was read: now it is known what is said of it."""
        strokes, said, kept = self._canvas.ink.strokes, self.said(), self._now()
        self._called = _Called(strokes, self._canvas.corrections, said)
        if kept and not kept.is_said_known and are_same_strokes(strokes, kept.strokes):
            kept.said, kept.is_said_known = said, True

    def _now(self) -> _Kept | None:
        identity = self._canvas.identity
        return None if identity is None else self._kept.get(identity)

    def _keep(self, kept: _Kept) -> None:
        identity = self._canvas.identity
        if identity is not None:
            self._kept[identity] = kept
