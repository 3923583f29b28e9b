"""Answer words: how sure an answer is, and why, in a word, a detail or a sentence.

Words only; what is sure, `core` decides.
"""

from __future__ import annotations

from collections.abc import Sequence

from digitpad.core.corrections import Mark, text_of
from digitpad.core.reading import DigitReading, Status, WhyNone
from digitpad.words import Words, tr

WORDS = {
    Status.DIGIT: Words("sure"),
    Status.UNSURE: Words("not sure"),
    Status.NOT_A_DIGIT: Words("not a digit"),
    Status.EMPTY: Words("nothing yet"),
}
CORRECTED = Words("your answer")
"""The word where a person said what it is."""
ALMOST_ALL = ">99\N{NO-BREAK SPACE}%"
"""What is said of the largest shares; none is written wider."""
_WHY_NONE = {
    None: Words("Doesn't look like a digit"),
    WhyNone.LINE: Words("Read as a line"),
    WhyNone.RING: Words("Read as a ring or box"),
    WhyNone.CROSSED_OUT: Words("Crossed out"),
    WhyNone.WRITTEN_OVER: Words("One digit over another"),
    WhyNone.SMALL: Words("Too small for a digit"),
    WhyNone.SIGN: Words("Read as a sign"),
}
_MAY_BE_NONE = Words("It may not be a digit")
_MAY_PART = Words("It may be several, or part of one")
_NETWORK_SEES_NONE = Words("Network: not a digit")


def word_of(mark: Mark) -> str:
    """Return how sure a mark is, in a word."""
    return str(WORDS[mark.status] if mark.label is None else CORRECTED)


def detail_of(mark: Mark) -> str:
    """Return how sure a mark is in percents, or else what speaks against it."""
    digit = mark.digit
    if mark.label is not None:
        if digit.status is Status.NOT_A_DIGIT:
            return str(_NETWORK_SEES_NONE)
        share = percent(digit.confidence)
        return tr("Network: {digit}, {share}", digit=digit.digit, share=share)
    match mark.status:
        case Status.DIGIT:
            share = percent(digit.certainty)
            # The bar beside says which digit it is, not whether it is one: two numbers, two names.
            is_as_bar = share == percent(digit.confidence)
            return share if is_as_bar else tr("{share} overall", share=share)
        case Status.UNSURE:
            return str(_doubt(digit))
        case _:
            return str(_WHY_NONE[digit.why_none])


def longest_details() -> list[str]:
    """Return the details of which one is the longest, in the current language."""
    return [str(words) for words in (*_WHY_NONE.values(), _NETWORK_SEES_NONE, _MAY_PART, _other(8))]


def sentence_of(marks: Sequence[Mark]) -> str:
    """Return a whole answer as it is said: what is written, and how sure its worst mark is."""
    worst = max(marks, key=lambda mark: mark.status.doubt)
    is_none = len(marks) == 1 and worst.status is Status.NOT_A_DIGIT
    said = str(WORDS[Status.NOT_A_DIGIT]) if is_none else text_of(marks)
    return said if said == word_of(worst) else f"{said}, {word_of(worst)}"


def percent(probability: float) -> str:
    """Return a probability as whole percents that claim no certainty, on one line."""
    if probability >= 0.995:
        return ALMOST_ALL
    return f"{round(100 * probability)}\N{NO-BREAK SPACE}%"


def capitalized(words: str) -> str:
    """Return words with a capital at their beginning, and the others as they are."""
    return words[:1].upper() + words[1:]


def _doubt(digit: DigitReading) -> Words:
    """Return what an unsure digit suffers from most."""
    if digit.grouping < min(digit.confidence, digit.is_digit):
        return _MAY_PART
    return _other(_second(digit)) if digit.confidence <= digit.is_digit else _MAY_BE_NONE


def _other(digit: int) -> Words:
    if digit == 8:
        return Words("It could also be an 8")
    return Words("It could also be a {digit}").filled(digit=digit)


def _second(digit: DigitReading) -> int:
    """The second most probable digit."""
    others = [(p, -n) for n, p in enumerate(digit.probabilities) if n != digit.digit]
    return -max(others)[1]
