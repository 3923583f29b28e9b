"""InkML writer: one drawing as a W3C Ink Markup Language document.

Owns what our InkML looks like: x, y and, where a pen reported it, pressure from 0 to 1; the label,
the groups and the writer as annotations. Nothing is rounded. `inkml` reads it back.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np

from digitpad.core.groups import Group
from digitpad.core.ink import Ink, Stroke
from digitpad.core.inkml import GROUPS_TYPE, WRITER_TYPE
from digitpad.core.kept_groups import groups_to_json

NAMESPACE = "http://www.w3.org/2003/InkML"
_CHANNELS = (
    '<channel name="X" type="decimal"/>',
    '<channel name="Y" type="decimal"/>',
    '<channel name="F" type="decimal" min="0" max="1"/>',
)


def ink_to_inkml(
    ink: Ink,
    label: str | None = None,
    writer: str | None = None,
    groups: Sequence[Group] = (),
) -> str:
    """Return ink as an InkML document, to be kept as UTF-8.

    Characters that XML cannot hold are left out of label and writer.
    """
    with_pressure = any((stroke[:, 2] < 1.0).any() for stroke in ink.strokes)
    columns = 3 if with_pressure else 2
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<ink xmlns="{NAMESPACE}">']
    kept = json.dumps(groups_to_json(groups)) if groups else None
    for kind, remark in (("truth", label), (GROUPS_TYPE, kept), (WRITER_TYPE, writer)):
        if remark is not None:
            lines.append(f'  <annotation type="{kind}">{_escaped(remark)}</annotation>')
    channels = "".join(_CHANNELS[:columns])
    lines.append(f"  <context><traceFormat>{channels}</traceFormat></context>")
    lines.extend(f"  <trace>{_points(stroke[:, :columns])}</trace>" for stroke in ink.strokes)
    return "\n".join([*lines, "</ink>", ""])


def _points(stroke: Stroke) -> str:
    return ", ".join(" ".join(map(_decimal, point)) for point in stroke.tolist())


def _decimal(value: float) -> str:
    """The shortest text that gives the number back; without an exponent, which not all read."""
    text = repr(value)
    if "e" in text:
        text = np.format_float_positional(value, trim="0")
    return text.removesuffix(".0")


def _escaped(text: str) -> str:
    kept = "".join(char for char in text if char in "\t\n" or char.isprintable())
    return kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
