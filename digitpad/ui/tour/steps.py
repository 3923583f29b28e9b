"""Tour steps: what each asks one to draw and to notice, and a drawing to try it with.

Words only; which page shows it is named by its title. That what is said holds for the sample
drawings and the bundled networks is tested. It is worded so that it also holds for what most people
write in their place.
"""

from __future__ import annotations

from dataclasses import dataclass

from digitpad.core.ink import Ink
from digitpad.words import Words


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to draw and one thing to notice, in sentences that follow these two words."""

    title: Words
    draw: Words
    notice: Words
    page: str
    """Title of the panel's page that shows it."""
    sample: str
    """Name of a drawing that shows it, for `sample_ink`."""


STEPS = (
    Step(
        title=Words("Move it"),
        draw=Words("a 9."),
        notice=Words(
            "that the multi-layer perceptron (MLP) loses the digit first when you drag Right to "
            "one end or the other. A CNN's filters look everywhere."
        ),
        page="Side by side",
        sample="9",
    ),
    Step(
        title=Words("Turn it"),
        draw=Words("a 7."),
        notice=Words(
            "that both usually lose the 7 when you drag the Turn slider far to one side or the "
            "other. No layer knows about turning: only training teaches it."
        ),
        page="Side by side",
        sample="7",
    ),
    Step(
        title=Words("What a filter sees"),
        draw=Words("an 8, slowly."),
        notice=Words(
            "that some maps of the first layer light up where the line is upright, others where "
            "it slants. Point at one to see its filter."
        ),
        page="Inside the CNN",
        sample="8",
    ),
    Step(
        title=Words("Why 7 and not 1"),
        draw=Words("a 7."),
        notice=Words(
            "which parts are blue and marked with a +: they speak for the 7. Draw it again "
            "without the bar at the top, and it becomes a 1."
        ),
        page="Why?",
        sample="7",
    ),
    Step(
        title=Words("What would change its mind"),
        draw=Words("a 4."),
        notice=Words(
            "how little ink it takes, added or removed, to change the answer to another digit."
        ),
        page="What would change its mind",
        sample="4",
    ),
    Step(
        title=Words("Not a digit at all"),
        draw=Words("a capital A."),
        notice=Words(
            "that it is rejected, although the bars favour one digit: even the nearest "
            "training digits are far away."
        ),
        page="Look-alikes",
        sample="A",
    ),
)

_LETTER_A = (
    ((40.0, 0.0), (0.0, 100.0)),
    ((40.0, 0.0), (80.0, 100.0)),
    ((16.0, 60.0), (64.0, 60.0)),
)


def sample_ink(name: str) -> Ink:
    """Return the drawing of that name: a digit of the bundled golden ink, or the letter A."""
    if name == "A":
        return Ink.from_points(_LETTER_A)
    from digitpad.core.ink_files import InkItem, read_ink_file
    from digitpad.core.resource_files import resource_path

    items = read_ink_file(resource_path("ink", "golden.jsonl"))
    return next(item.ink for item in items if isinstance(item, InkItem) and item.label == name)
