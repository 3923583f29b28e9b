"""Look-alikes: a page of the Understand panel, on the training digits nearest to the drawing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QGridLayout, QWidget

from digitpad.core.explain.look_alikes import Features, LookAlike, LookAlikes
from digitpad.core.preprocess import GreyImage
from digitpad.core.reading import DigitReading
from digitpad.ui.understand.evidence_words import a_digit
from digitpad.ui.understand.figure_page import AT_REST, FigurePage
from digitpad.ui.understand.tile import Tile
from digitpad.words import Words, number, tr
from digitpad.workers.explainer import Question, Workshop

ROWS, COLUMNS = 3, 4
_EXPLANATION = Words(
    "The nearest of several thousand digits that the network learned from, "
    "compared by the 64 numbers that its last hidden layer makes of each. Below "
    "each are its label and its distance, the nearest first. A dashed frame marks "
    "a digit other than the answer."
)
_NEAR, _FAR = 0.7, 1.4
"""What, in usual distances, is about usual."""
_COUNTS = (
    Words("no", "count"),
    Words("one", "count"),
    Words("two", "count"),
    Words("three", "count"),
    Words("four", "count"),
    Words("five", "count"),
    Words("six", "count"),
    Words("seven", "count"),
    Words("eight", "count"),
    Words("nine", "count"),
    Words("ten", "count"),
    Words("eleven", "count"),
    Words("twelve", "count"),
)


class LookAlikesPage(FigurePage):
    """Tiles in rows, the nearest first."""

    title: ClassVar[Words] = Words("Look-alikes")
    tab: ClassVar[Words] = title

    def __init__(self, parent: QWidget | None = None) -> None:
        figure = QWidget()
        grid = QGridLayout(figure)
        grid.setContentsMargins(0, 0, 0, 0)
        self.tiles = tuple(
            Tile(Words("Look-alike {place}").filled(place=n + 1)) for n in range(ROWS * COLUMNS)
        )
        for place, tile in enumerate(self.tiles):
            grid.addWidget(tile, *divmod(place, COLUMNS))
        super().__init__(figure, _EXPLANATION, _longest, parent)

    def question(self, digit: DigitReading) -> Question[Any]:
        assert digit.pixels is not None
        return Question(
            partial(_compute, digit.pixels, len(self.tiles)), partial(self._show, digit.digit)
        )

    def rest(self) -> None:
        for tile in self.tiles:
            tile.rest()
        self.say(AT_REST)

    def _show(self, answer: int, found: _Neighbours) -> None:
        for tile, each in zip(self.tiles, found.nearest, strict=False):
            tile.show_digit(each.pixels, each.label, number(each.distance, 2), each.label != answer)
        labels = [each.label for each in found.nearest]
        self.say(_said(labels, found.nearest[0].distance, found.typical_distance))


@dataclass(frozen=True, slots=True, eq=False)
class _Neighbours:
    """What was found near a drawing, the nearest first, and how far that usually is."""

    nearest: tuple[LookAlike, ...]
    typical_distance: float


def _compute(pixels: GreyImage, count: int, workshop: Workshop) -> _Neighbours:
    index = workshop.tool(_index)
    nearest = index.nearest(workshop.tool(_features).of(pixels), count)
    return _Neighbours(nearest, index.typical_distance)


def _index(workshop: Workshop) -> LookAlikes:
    return LookAlikes.bundled(workshop.cnn)


def _features(workshop: Workshop) -> Features:
    return Features(workshop.cnn)


def _said(labels: Sequence[int], distance: float, typical_distance: float) -> str:
    return f"{in_words(labels)} {how_far(distance, typical_distance)}"


def _longest() -> str:
    """Return a sentence as long as any; more than five kinds of digits are hardly ever near."""
    return _said([8] * 4 + [3] * 3 + [5] * 2 + [0] * 2 + [6], 9.0, 1.0)


def in_words(labels: Sequence[int]) -> str:
    """Return how many of each digit there are, as a sentence; the most frequent first."""
    groups = [
        tr("{count} are {digit}s", count=_COUNTS[count], digit=digit)
        if count > 1
        else tr("one is {digit}", digit=a_digit(digit))
        for digit, count in Counter(labels).most_common()
    ]
    count = _COUNTS[len(labels)]
    if len(groups) == 1:
        return tr("All {count} nearest training digits are {digit}s.", count=count, digit=labels[0])
    return tr(
        "Of the {count} nearest training digits {groups} and {last}.",
        count=count,
        groups=", ".join(groups[:-1]),
        last=groups[-1],
    )


def how_far(distance: float, typical_distance: float) -> str:
    """Return how far the nearest is, beside what is usual for a digit, as a sentence."""
    times = distance / typical_distance
    if times < _NEAR:
        return tr("The nearest is closer than usual for a digit.")
    if times <= _FAR:
        return tr("The nearest is about as far away as usual for a digit.")
    return tr(
        "The nearest is {times} times as far away as usual for a digit.", times=number(times, 1)
    )
