"""Reasons: what is wrong with something that came from outside, in English.

Owns how such a sentence, or the end of one, remembers what it was made of, so that whoever shows it
can say it in another language. Translates nothing.
"""

from __future__ import annotations

from typing import Self


class Reason(str):
    """English text that also keeps its `source`, with names in braces, and what fills them in.

    A whole number among the parts is an amount, and is written with separators; another number
    comes as text. `detail` is what a library said of it: it follows in parentheses, and is not kept
    for another language.
    """

    source: str
    parts: dict[str, object]

    def __new__(cls, source: str, *, detail: str = "", **parts: object) -> Self:
        written = {
            name: f"{part:,}" if isinstance(part, int) else part for name, part in parts.items()
        }
        said = source.format(**written) if parts else source
        reason = super().__new__(cls, f"{said} ({detail})" if detail else said)
        reason.source, reason.parts = source, parts
        return reason


def reason_of(error: Exception) -> Reason:
    """Return why an exception was raised, with all that its `Reason` keeps if it has one."""
    if error.args and isinstance(error.args[0], Reason):
        return error.args[0]
    return Reason(getattr(error, "strerror", None) or str(error))
