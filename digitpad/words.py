"""Words: what the window says, in the language that Qt was given; English without one.

Owns how a sentence with numbers and names in it is translated. English is what stands in the
source; a translator that is installed puts its own in that place. What `core` says is wrong, in
English, is put into words here, too. Files and the command line never come here. QtCore only, and
any thread may ask.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QLocale

from digitpad.core.reasons import Reason, reason_of

CONTEXT = "DigitPad"
"""What all of it stands under in the translations."""


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence that is put into words when it is asked for, by `str`: the language may change.

    `source` is English, always a literal, with names in braces for the parts that are filled in. A
    part that is an exception says why it was raised.
    `note` tells translators, and Qt, two of the same words apart. A sentence that depends on a
    number has a part `n`, and `one` for the case that it is 1.
    """

    source: str
    note: str = ""
    one: str = ""
    parts: tuple[tuple[str, object], ...] = ()

    def filled(self, **parts: object) -> Words:
        """Return the sentence with these in the place of their names; they may be Words, too."""
        return replace(self, parts=tuple(parts.items()))

    def __str__(self) -> str:
        return _said(self.source, self.note, self.one, dict(self.parts))


def tr(source: str, note: str = "", *, one: str = "", **parts: object) -> str:
    """Return `Words(source, note, one)` filled with the parts, in the current language."""
    return _said(source, note, one, parts)


def said(error: Exception) -> str:
    """Return why an exception was raised, in the current language: what `core` gave as its reason.

    What a library said of it is left out: it knows no language but its own.
    """
    return _reason(reason_of(error))


def number(value: float, decimals: int = 0) -> str:
    """Return a number as the current language writes it: 93,322 or 93.322; 0.85 or 0,85."""
    return QLocale(tr("en", "code of this language")).toString(float(value), "f", decimals)


def _said(source: str, note: str, one: str, parts: dict[str, object]) -> str:
    count = parts.get("n", -1)
    n = count if one and isinstance(count, int) else -1
    text = QCoreApplication.translate(CONTEXT, source, note or None, n)
    if n == 1 and text == source:
        text = one
    return text.format(**{name: _part(part) for name, part in parts.items()}) if parts else text


def _part(part: object) -> object:
    match part:
        case Reason():
            return _reason(part)
        case Exception():
            return _reason(reason_of(part))
    return part


def _reason(reason: Reason) -> str:
    parts = {
        name: number(part) if isinstance(part, int) else part for name, part in reason.parts.items()
    }
    return _said(reason.source, "", "", parts)
