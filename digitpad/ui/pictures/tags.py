"""Tags: what stands over each digit in a picture, in signs and in words.

Owns how an answer and a person's word become a label, a look and a sentence. Paints nothing.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from digitpad.core.corrections import Mark
from digitpad.core.reading import Box, Status
from digitpad.ui.answer_words import WORDS, percent, word_of
from digitpad.ui.pictures.corrections import PictureCorrections
from digitpad.words import tr

_DASH = "\N{EN DASH}"


class Look(enum.Enum):
    """How a tag is painted; each differs from the others by shape, not by colour alone."""

    SURE = "sure"
    UNSURE = "unsure"
    NO_DIGIT = "no digit"
    TOLD = "told"
    """The person said which digit it is."""
    LEFT_OUT = "left out"
    """The person said that it is none."""


@dataclass(frozen=True, slots=True)
class Tag:
    """What is shown over one digit, or what was taken for one. `box` is in picture pixels."""

    box: Box
    text: str
    look: Look
    sentence: str


def tag_of(mark: Mark) -> Tag:
    """Return what is shown over a mark."""
    digit, sentence = mark.digit, word_of(mark)
    if mark.status is Status.NOT_A_DIGIT:
        look = Look.NO_DIGIT if mark.label is None else Look.LEFT_OUT
        if mark.label is not None:
            sentence = f"{WORDS[Status.NOT_A_DIGIT]}, {sentence}"
        return Tag(digit.box, _DASH, look, sentence)
    if mark.label is not None:
        return Tag(digit.box, mark.label, Look.TOLD, f"{mark.label}, {sentence}")
    if mark.status is Status.UNSURE:
        return Tag(digit.box, f"{mark.sign}?", Look.UNSURE, f"{mark.sign}, {sentence}")
    sentence = f"{mark.sign}, {sentence}, {percent(digit.certainty)}"
    return Tag(digit.box, mark.sign, Look.SURE, sentence)


def summary(corrections: PictureCorrections) -> str:
    """Say in a few words how much there is: "12 digits in 3 lines, 2 not sure"."""
    digits = corrections.corrected.digits
    if not digits:
        return tr("No digits left") if corrections.reading.digits else tr("No digits found")
    lines = len({digit.line for digit in digits})
    words = tr("{n} digits", one="1 digit", n=len(digits))
    if lines > 1:
        words = tr("{digits} in {lines} lines", digits=words, lines=lines)
    doubtful = sum(digit.status is not Status.DIGIT for digit in digits)
    return tr("{digits}, {count} not sure", digits=words, count=doubtful) if doubtful else words
