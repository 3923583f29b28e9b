"""What would change its mind: a page of the Understand panel, on the closest other answer."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from digitpad.core.explain.change_of_mind import ChangeOfMind, MindChanger, sentence
from digitpad.core.preprocess import GreyImage
from digitpad.core.reading import DigitReading
from digitpad.ui.understand.figure_page import AT_REST, FigurePage
from digitpad.ui.understand.legend import Legend
from digitpad.ui.understand.pixel_map import PixelMap
from digitpad.workers.explainer import Question, Workshop

_CELL = 6
_EXPLANATION = (
    "The network's input with dabs of pen and eraser, as few as were found, so that it is only "
    "just read as another digit: how near the border between two answers is."
)


class ChangeOfMindPage(FigurePage):
    """The drawing, the changed picture, and what was changed."""

    title: ClassVar[str] = "What would change its mind"
    tab: ClassVar[str] = "Change of mind"

    def __init__(self, parent: QWidget | None = None) -> None:
        figure = QWidget()
        self.before = _Captioned("The drawing")
        self.after = _Captioned("Changed")
        self.difference = _Captioned("The difference")
        self.legend = Legend()
        self.legend.show_ends("ink taken away", "ink added")
        side = QVBoxLayout()
        side.addStretch(1)
        side.addWidget(self.legend)
        side.addStretch(1)
        grid = QGridLayout(figure)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self.before, 0, 0)
        grid.addWidget(self.after, 0, 1)
        grid.addWidget(self.difference, 1, 0)
        grid.addLayout(side, 1, 1)
        for half in (0, 1):
            grid.setColumnStretch(half, 1)
            grid.setRowStretch(half, 1)
        super().__init__(figure, _EXPLANATION, parent=parent)

    def question(self, digit: DigitReading) -> Question[Any]:
        assert digit.pixels is not None
        return Question(partial(_compute, digit.pixels), partial(self._show, digit.pixels))

    def rest(self) -> None:
        for picture in (self.before, self.after, self.difference):
            picture.rest()
        self.say(AT_REST)

    def _show(self, pixels: GreyImage, change: ChangeOfMind | None) -> None:
        if change is None:
            self.rest()
            self.before.show_picture("The drawing", "", pixels)
            self.say("No other answer is near: no small change of this drawing leads to one.")
            return
        said = sentence(change)
        before, after = _named(change.answer), _named(change.other)
        self.before.show_picture(f"Read as {before}", said, pixels)
        self.after.show_picture(f"Just read as {after}", said, change.pixels)
        self.difference.show_picture("The difference", said, change.pixels, change.pixels - pixels)
        self.say(said)


def _compute(pixels: GreyImage, workshop: Workshop) -> ChangeOfMind | None:
    return workshop.tool(_changer).change(pixels)


def _changer(workshop: Workshop) -> MindChanger:
    return MindChanger(workshop.cnn)


def _named(digit: int) -> str:
    return f"an {digit}" if digit == 8 else f"a {digit}"


class _Captioned(QWidget):
    """A picture with words over it."""

    def __init__(self, caption: str) -> None:
        """`caption` stands over it at rest, and is its name."""
        super().__init__()
        self._at_rest = caption
        self.caption = QLabel()
        self.caption.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.map = PixelMap(caption, _CELL)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.caption)
        layout.addWidget(self.map, 1)

    def show_picture(
        self,
        caption: str,
        description: str,
        pixels: GreyImage,
        weights: NDArray[np.float32] | None = None,
    ) -> None:
        self.caption.setText(caption)
        self.map.show_pixels(pixels, weights)
        self.map.setAccessibleDescription(f"{caption}. {description}")

    def rest(self) -> None:
        self.caption.setText(self._at_rest)
        self.map.rest()
        self.map.setAccessibleDescription("Nothing yet")
