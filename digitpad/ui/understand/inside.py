"""Inside the CNN: a page of the Understand panel."""

from __future__ import annotations

from typing import Any, ClassVar

from digitpad.core.reading import DigitReading
from digitpad.ui.understand.page import Page
from digitpad.workers.explainer import Question, Workshop


class Inside(Page):
    """Nothing yet."""

    title: ClassVar[str] = "Inside the CNN"
    tab: ClassVar[str] = "Inside"

    def question(self, digit: DigitReading) -> Question[Any]:
        return Question(_compute, self._show)

    def rest(self) -> None:
        pass

    def _show(self, _result: None) -> None:
        pass


def _compute(_workshop: Workshop) -> None:
    return None
