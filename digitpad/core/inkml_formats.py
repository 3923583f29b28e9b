"""InkML formats: which trace format applies to which trace.

Owns the elements that hold a format, or refer to one that may be defined further down. Knows
nothing of the text of a trace.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from digitpad.core.ink import InkError
from digitpad.core.ink_lines import InkFileError
from digitpad.core.inkml_traces import CHANNELS, DEFAULT_FORMAT, Channel, TraceFormat
from digitpad.core.reasons import Reason

DEEPEST = 100
"""Elements within elements, and steps from reference to reference."""
HOLDERS = ("context", "inkSource", "traceFormat", "traceGroup")
"""Elements that hold a format or refer to one."""

_XML_ID = "http://www.w3.org/XML/1998/namespace id"
_REFERENCES = ("traceFormatRef", "inkSourceRef", "contextRef")
_PREDEFINED = ("DefaultContext", "DefaultInkSource", "DefaultTraceFormat")
_SHOWN = 40
"""Characters of a name from a file that are repeated to a person."""


@dataclass(slots=True)
class Holder:
    """One of the HOLDERS: its format, or where to find one."""

    format: TraceFormat | None = None
    parts: list[Holder] = field(default_factory=list)
    references: tuple[str, ...] = ()


class Formats:
    """The formats of a document, as its parser meets them."""

    def __init__(self) -> None:
        self._named = {name: Holder() for name in _PREDEFINED}
        self._current = Holder(DEFAULT_FORMAT)
        self._open: list[Holder] = []
        self._groups: list[Holder] = []
        self._regular: list[Channel] = []
        self._intermittent: list[Channel] = []

    def start(self, kind: str, attributes: Mapping[str, str], within: Sequence[str]) -> None:
        """Take the beginning of one of the HOLDERS, within these elements."""
        holder = Holder(references=references(attributes))
        name = name_of(attributes)
        if name is not None:
            self._named[name] = holder
        if kind == "traceGroup":
            self._groups.append(holder)
            return
        if kind == "traceFormat":
            self._regular, self._intermittent = [], []
        # The format of a canvas says how its space is measured (W3C InkML, 2011, section 5), not in
        # what order a pen's numbers come; it can still be referred to by name.
        if self._open and "canvas" not in within:
            self._open[-1].parts.append(holder)
        self._open.append(holder)

    def add_channel(self, attributes: Mapping[str, str], is_intermittent: bool) -> None:
        """Take a <channel>; raises InkFileError when there are too many."""
        channel = Channel.from_attributes(attributes)
        (self._intermittent if is_intermittent else self._regular).append(channel)
        # Every trace goes through all of them, also where it has no points.
        if len(self._regular) + len(self._intermittent) > CHANNELS:
            raise InkFileError(Reason("has too many channels"))

    def end(self, kind: str, within: Sequence[str]) -> None:
        """Take the end of one of the HOLDERS, within these elements."""
        if kind == "traceGroup":
            self._groups.pop()
            return
        holder = self._open.pop()
        if kind == "traceFormat" and self._regular:
            holder.format = TraceFormat(tuple(self._regular), tuple(self._intermittent))
        if within == ["ink"]:  # What is not a definition applies from here on.
            self._current = holder

    def in_force(self) -> tuple[Holder, ...]:
        """Return where a trace that begins here, and names no format, finds one: nearest first."""
        return (*reversed(self._groups), self._current)

    def format_of(self, named: tuple[str, ...], in_force: Sequence[Holder]) -> TraceFormat:
        """Return the format of a trace, by what it refers to and what was in force where it began.

        All of the document must have been met. Raises InkError when a reference leads nowhere.
        """
        waiting = [*reversed(in_force), Holder(references=named)]
        seen: set[int] = set()
        while waiting:
            holder = waiting.pop()
            if id(holder) in seen:
                continue
            seen.add(id(holder))
            if len(seen) > DEEPEST:
                raise InkError(Reason("its format is referred to through too many steps"))
            if holder.format is not None:
                return holder.format
            waiting.extend(self._referred(reference) for reference in reversed(holder.references))
            waiting.extend(reversed(holder.parts))
        return DEFAULT_FORMAT

    def _referred(self, reference: str) -> Holder:
        document, _, name = reference.rpartition("#")
        if document:
            raise InkError(
                Reason(
                    "it refers to another document, {name}, which is not opened",
                    name=_shown(document),
                )
            )
        if name not in self._named:
            raise InkError(Reason("it refers to {name}, which is not defined", name=_shown(name)))
        return self._named[name]


def references(attributes: Mapping[str, str]) -> tuple[str, ...]:
    """Return what an element refers to for its format."""
    return tuple(attributes[key] for key in _REFERENCES if key in attributes)


def name_of(attributes: Mapping[str, str]) -> str | None:
    """Return the element's id; early drafts had it without a namespace."""
    return attributes.get(_XML_ID) or attributes.get("id")


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}\N{HORIZONTAL ELLIPSIS}"
