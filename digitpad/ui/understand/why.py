"""Why?: a page of the Understand panel, on which parts of the ink speak for the answer.

Paints what `core.explain.why` found; what it means is said there.
"""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from digitpad.core.explain.why import Evidence, Explainer, sentence
from digitpad.core.preprocess import GreyImage
from digitpad.core.reading import DigitReading
from digitpad.ui.understand.figure_page import AT_REST, FigurePage
from digitpad.ui.understand.legend import Legend
from digitpad.ui.understand.pixel_map import PixelMap
from digitpad.workers.explainer import Question, Workshop

_CELL = 10
_EXPLANATION = (
    "Each square is a pixel that the network saw. It is coloured by what it adds to the answer's "
    "lead over its rival, the digit that comes second; pixels without a sign matter little."
)


class Why(FigurePage):
    """The network's input, coloured by what speaks for the answer and for its rival."""

    title: ClassVar[str] = "Why?"
    tab: ClassVar[str] = "Why?"

    def __init__(self, parent: QWidget | None = None) -> None:
        figure = QWidget()
        self.map = PixelMap("What speaks for the answer", _CELL)
        self.legend = Legend()
        layout = QVBoxLayout(figure)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.map, 1)
        layout.addWidget(self.legend)
        super().__init__(figure, _EXPLANATION, parent=parent)

    def question(self, digit: DigitReading) -> Question[Any]:
        assert digit.pixels is not None
        return Question(partial(_compute, digit.pixels), partial(self._show, digit.pixels))

    def rest(self) -> None:
        self.map.rest(AT_REST)
        self.map.setAccessibleDescription(AT_REST)
        self.legend.show_ends("speaks for the rival", "speaks for the answer")
        self.say("")

    def _show(self, pixels: GreyImage, evidence: Evidence) -> None:
        said = sentence(evidence)
        self.map.show_pixels(pixels, evidence.weights)
        self.map.setAccessibleDescription(said)
        self.legend.show_ends(
            f"speaks for {evidence.rival}, the rival", f"speaks for {evidence.answer}"
        )
        self.say(said)


def _compute(pixels: GreyImage, workshop: Workshop) -> Evidence:
    return workshop.tool(_explainer).why(pixels)


def _explainer(workshop: Workshop) -> Explainer:
    return Explainer(workshop.cnn)
