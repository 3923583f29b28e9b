"""Why?: a page of the Understand panel, on which parts of the ink speak for the answer.

Paints what `core.explain.why` found; what it means is said in `evidence_words.py`.
"""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from digitpad.core.explain.why import Evidence, Explainer
from digitpad.core.preprocess import GreyImage
from digitpad.core.reading import DigitReading
from digitpad.ui.understand.evidence_words import longest_sentence, sentence
from digitpad.ui.understand.figure_page import AT_REST, FigurePage
from digitpad.ui.understand.legend import Legend
from digitpad.ui.understand.pixel_map import PixelMap
from digitpad.words import Words, tr
from digitpad.workers.explainer import Question, Workshop

_CELL = 10
_EXPLANATION = Words(
    "Each square is a pixel that the network saw. Its colour shows what it adds to "
    "the answer's lead over its rival, the digit that comes second. Pixels without "
    "a sign matter little."
)


class Why(FigurePage):
    """The network's input, coloured by what speaks for the answer and for its rival."""

    title: ClassVar[Words] = Words("Why?")
    tab: ClassVar[Words] = title

    def __init__(self, parent: QWidget | None = None) -> None:
        figure = QWidget()
        self.map = PixelMap(Words("What speaks for the answer"), _CELL)
        self.legend = Legend()
        layout = QVBoxLayout(figure)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.map, 1)
        layout.addWidget(self.legend)
        super().__init__(figure, _EXPLANATION, longest_sentence, parent)

    def question(self, digit: DigitReading) -> Question[Any]:
        assert digit.pixels is not None
        return Question(partial(_compute, digit.pixels), partial(self._show, digit.pixels))

    def rest(self) -> None:
        self.map.rest(str(AT_REST))
        self.map.setAccessibleDescription(str(AT_REST))
        self.legend.show_ends(tr("speaks for the rival"), tr("speaks for the answer"))
        self.say("")

    def _show(self, pixels: GreyImage, evidence: Evidence) -> None:
        said = sentence(evidence)
        self.map.show_pixels(pixels, evidence.weights)
        self.map.setAccessibleDescription(said)
        self.legend.show_ends(
            tr("speaks for {digit}, the rival", digit=evidence.rival),
            tr("speaks for {digit}", digit=evidence.answer),
        )
        self.say(said)


def _compute(pixels: GreyImage, workshop: Workshop) -> Evidence:
    return workshop.tool(_explainer).why(pixels)


def _explainer(workshop: Workshop) -> Explainer:
    return Explainer(workshop.cnn)
