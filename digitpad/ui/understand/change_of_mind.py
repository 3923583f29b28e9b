"""What would change its mind: a page of the Understand panel, on the closest other answer."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from digitpad.core.explain.change_of_mind import ChangeOfMind, MindChanger
from digitpad.core.preprocess import GreyImage
from digitpad.core.reading import DigitReading
from digitpad.ui.language import renewed
from digitpad.ui.understand.evidence_words import a_digit
from digitpad.ui.understand.figure_page import AT_REST, FigurePage
from digitpad.ui.understand.legend import Legend
from digitpad.ui.understand.pixel_map import PixelMap
from digitpad.words import Words, tr
from digitpad.workers.explainer import Question, Workshop

_CELL = 6
_DIFFERENCE = Words("The difference")
_EXPLANATION = Words(
    "The network's input, changed by the fewest dabs of pen and eraser found that "
    "have it barely read as another digit. This shows how close the border between "
    "two answers is."
)


class ChangeOfMindPage(FigurePage):
    """The drawing, the changed picture, and what was changed."""

    title: ClassVar[Words] = Words("What would change its mind")
    tab: ClassVar[Words] = Words("Change of mind")

    def __init__(self, parent: QWidget | None = None) -> None:
        figure = QWidget()
        self.before = _Captioned(Words("The drawing"))
        self.after = _Captioned(Words("Changed"))
        self.difference = _Captioned(_DIFFERENCE)
        self.legend = Legend()
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
        super().__init__(figure, _EXPLANATION, longest_sentence, parent)
        renewed(self, lambda: self.legend.show_ends(tr("ink removed"), tr("ink added")))

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
            self.before.show_picture(tr("The drawing"), "", pixels)
            self.say(tr("No other answer is close: no small change to this drawing leads to one."))
            return
        said = sentence(change)
        before, after = a_digit(change.answer), a_digit(change.other)
        self.before.show_picture(tr("Read as {digit}", digit=before), said, pixels)
        self.after.show_picture(tr("Barely read as {digit}", digit=after), said, change.pixels)
        self.difference.show_picture(str(_DIFFERENCE), said, change.pixels, change.pixels - pixels)
        self.say(said)


def _compute(pixels: GreyImage, workshop: Workshop) -> ChangeOfMind | None:
    return workshop.tool(_changer).change(pixels)


def _changer(workshop: Workshop) -> MindChanger:
    return MindChanger(workshop.cnn)


def sentence(change: ChangeOfMind) -> str:
    """Say in plain words what would change the network's mind."""
    return _said(change.other, change.added, change.removed)


def longest_sentence() -> str:
    """Return a sentence as long as any that `sentence` returns, in the current language."""
    return _said(8, 0.001, 0.001)


def _said(digit: int, added: float, removed: float) -> str:
    added, removed = _in_percents(added), _in_percents(removed)
    return tr(
        "The closest other answer found is {digit}. Changing {share} of the ink is "
        "enough: {added} added, {removed} removed.",
        digit=digit,
        share=_percent(added + removed),
        added=_percent(added),
        removed=_percent(removed),
    )


def _in_percents(share: float) -> float:
    """Return a share as it is shown, so that those shown together add up."""
    return round(share, 2) if share >= 0.01 else share


def _percent(share: float) -> str:
    if share == 0:
        return tr("nothing")
    words = tr("under 1 %") if share < 0.01 else f"{100 * share:.0f} %"
    return words.replace(" %", "\N{NO-BREAK SPACE}%")  # No line is to end between the two.


class _Captioned(QWidget):
    """A picture with words over it."""

    def __init__(self, caption: Words) -> None:
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
        renewed(self, self._say)

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
        self.map.rest()
        self._say()

    def _say(self) -> None:
        if self.map.pixels is None:
            self.caption.setText(str(self._at_rest))
            self.map.setAccessibleDescription(tr("Nothing yet"))
