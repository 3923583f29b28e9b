"""Evidence words: what speaks for an answer, in plain sentences.

Words only; what is evidence, and which piece of the ink is named, `core.explain.why` decides.
"""

from __future__ import annotations

from digitpad.core.explain.why import Evidence, Part
from digitpad.core.reading import DigitReading, Status
from digitpad.ui.answer_words import percent
from digitpad.words import Words, tr

_STROKES = "strokes"
_SHAPES = {
    "bar": Words("The bar"),
    "upright stroke": Words("The upright stroke"),
    "slanted stroke": Words("The slanted stroke"),
    "curve": Words("The curve"),
    "loop": Words("The loop"),
    "piece": Words("The piece"),
    _STROKES: Words("The strokes"),
}
"""By what `core.explain.parts` calls a piece's shape."""
_PLACES = {
    words.source: words
    for words in (
        Words("along the top"),
        Words("across the middle"),
        Words("along the bottom"),
        Words("down the left"),
        Words("down the right"),
        Words("in the upper half"),
        Words("in the lower half"),
        Words("at the top left"),
        Words("at the top"),
        Words("at the top right"),
        Words("on the left"),
        Words("in the middle"),
        Words("on the right"),
        Words("at the bottom left"),
        Words("at the bottom"),
        Words("at the bottom right"),
    )
}
"""By what `core.explain.parts` calls a place."""

_SPEAKS = (
    Words("{piece} {place} speaks for {digit}"),
    Words("{piece} {place} speak for {digit}", "of several strokes"),
)
_IS_NEEDED = (
    Words("{piece} {place} is needed"),
    Words("{piece} {place} are needed", "of several strokes"),
)
"""What is said of a piece, and of several strokes."""
_OTHER = (
    Words("without it this would be {digit}."),
    Words("without them this would be {digit}."),
)
_STILL = (
    Words("without it this would still be {digit}, but less surely."),
    Words("without them this would still be {digit}, but less surely."),
)
_HARDLY = (
    Words("without it this would hardly be a digit, at best {digit}."),
    Words("without them this would hardly be a digit, at best {digit}."),
)
_LIKE = (
    Words("without it this would be most like {digit}."),
    Words("without them this would be most like {digit}."),
)
_STILL_LIKE = (
    Words("without it this would still be most like {digit}, but less so."),
    Words("without them this would still be most like {digit}, but less so."),
)
"""What the drawing would be without a piece, or without several strokes; the last two where it is
hardly a digit with them."""


def sentence(evidence: Evidence) -> str:
    """Say in plain words what speaks for the answer, and what it would be without that."""
    part = evidence.part
    if part is None:
        said = tr(
            "No single piece speaks for {answer} rather than {rival}.",
            answer=evidence.answer,
            rival=evidence.rival,
        )
    else:
        named = _speaks(part, evidence.answer) if evidence.part_speaks else _is_needed(part)
        said = f"{named}; {_without(part, evidence)}"
    if evidence.against is None:
        return said
    return f"{said} {_speaks(evidence.against, evidence.rival)}."


def longest_sentence() -> str:
    """Return a sentence as long as any that `sentence` returns, in the current language."""
    piece, place = (max(map(str, names.values()), key=len) for names in (_SHAPES, _PLACES))
    begun = [
        str(words.filled(piece=piece, place=place, digit=8)) for words in (*_SPEAKS, *_IS_NEEDED)
    ]
    endings = [
        str(words.filled(digit=a_digit(8)))
        for words in (*_OTHER, *_STILL, *_HARDLY, *_LIKE, *_STILL_LIKE)
    ]
    return f"{max(begun, key=len)}; {max(endings, key=len)} {max(begun[:2], key=len)}."


def aside(digit: DigitReading) -> str:
    """Say that what the pages explain is not DigitPad's answer: the drawing is taken for no digit,
    or its picture as it lies is read as another one; "" where neither is so."""
    if digit.status is Status.NOT_A_DIGIT:
        return tr(
            "DigitPad does not take this for a digit. These pages explain which digit it "
            "is most like."
        )
    seen = max(range(len(digit.by_picture)), key=digit.by_picture.__getitem__, default=digit.digit)
    if seen == digit.digit:
        return ""
    said = Words(
        "The picture alone looks more like {seen} ({share}); how it was written makes it "
        "{digit}. These pages explain the picture."
    )
    if not digit.group:
        said = Words(
            "As it is, the picture looks more like {seen} ({share}); shifted by a pixel in "
            "each direction, more like {digit} overall. These pages explain it as it is."
        )
    share = percent(digit.by_picture[seen])
    return str(said.filled(seen=a_digit(seen), share=share, digit=a_digit(digit.digit)))


def a_digit(digit: int) -> str:
    """Return a digit as one of its kind: a 7, an 8."""
    return tr("an 8") if digit == 8 else tr("a {digit}", digit=digit)


def _speaks(part: Part, digit: int) -> str:
    words = _SPEAKS[part.kind == _STROKES]
    return str(words.filled(piece=_SHAPES[part.kind], place=_PLACES[part.place], digit=digit))


def _is_needed(part: Part) -> str:
    words = _IS_NEEDED[part.kind == _STROKES]
    return str(words.filled(piece=_SHAPES[part.kind], place=_PLACES[part.place]))


def _without(part: Part, evidence: Evidence) -> str:
    stays = part.answer_without == evidence.answer
    if not evidence.is_digit:
        one, several = _STILL_LIKE if stays else _LIKE
    elif not part.is_digit_without:
        one, several = _HARDLY
    else:
        one, several = _STILL if stays else _OTHER
    words = several if part.kind == _STROKES else one
    return str(words.filled(digit=a_digit(part.answer_without)))
