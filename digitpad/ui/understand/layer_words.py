"""Layer words: what each kind of layer does, in two sentences for someone who has never seen one.

Words only; every number in them comes from the model that is shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from digitpad.core.explain.inside import LayerFacts
from digitpad.words import Words, number, tr

INPUT = Words(
    "This is the drawing as the network gets it: scaled and centred, in "
    "28\N{MULTIPLICATION SIGN}28 pixels, from 0 for paper to 1 for ink. These 784 "
    "numbers are all the network knows of it."
)

_CONVOLUTIONS = (
    Words(
        "{maps} small filters slide over the drawing, and each paints a map of where "
        "it finds its own pattern: an edge, a slant, a bend. A filter is the same "
        "wherever it looks, so it still finds a line that has moved."
    ),
    Words(
        "{maps} filters look at all {below} maps below at once and find patterns of patterns: "
        "corners, crossings, ends of lines. Each place of their maps sees {seen} pixels of the "
        "drawing."
    ),
    Words(
        "{maps} filters put corners and curves together into large parts of a digit: a loop, a "
        "bar, a hook. Each place of their maps sees {seen} pixels of the drawing."
    ),
)
_POOLS = (
    Words(
        "Of every 2\N{MULTIPLICATION SIGN}2 places in a map, only the strongest is "
        "kept. So the maps become half as wide and high, and shifting a stroke by a "
        "pixel changes little."
    ),
    Words(
        "Again, only the strongest of every 2\N{MULTIPLICATION SIGN}2 places is kept. "
        "What is left says what was found, but only roughly where."
    ),
)
_FLATTEN = Words(
    "The {below} maps are laid out as one row of {maps} numbers, folded here to "
    "fit. Nothing is computed; the next layers weigh each number by itself."
)
_UNITS = Words(
    "Each of {maps} units adds up all {below} numbers below, each times a weight of its own, and "
    "lights up when the sum is above zero. Here everything that was found comes together, from the "
    "whole drawing."
)
_OUTPUTS = Words(
    "Each of ten outputs adds up the {below} units, each times a weight that speaks for its digit "
    "or against it. The largest sum is the answer, and softmax turns the ten sums into the shares "
    "of the bars."
)


def words_for(facts: Sequence[LayerFacts], place: int, seen: str) -> str:
    """Return two sentences on the layer at `place`; `seen` is what part of the input it sees."""
    fact = facts[place]
    earlier = [fact_.kind for fact_ in facts[:place]].count(fact.kind)
    match fact.kind:
        case "conv":
            words = _CONVOLUTIONS[min(earlier, len(_CONVOLUTIONS) - 1)]
        case "pool":
            words = _POOLS[min(earlier, len(_POOLS) - 1)]
        case "flatten":
            words = _FLATTEN
        case _:
            words = _OUTPUTS if place == len(facts) - 1 else _UNITS
    below = facts[place - 1].output_shape[-1] if place else 1
    return str(words.filled(maps=fact.output_shape[-1], below=below, seen=seen))


def parameters(count: int) -> str:
    """Return how many weights there are, as a person reads it."""
    return tr("{count} parameters", count=number(count)) if count else tr("no parameters")
