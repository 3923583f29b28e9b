"""Page: what every page of the Understand panel has in common.

A page is a widget with a title. It says what it wants computed, shows what was computed, and can
paint itself on paper. It decides nothing about digits and computes nothing itself.

To make one:

- derive from `Page`, set `title` and `tab`, and name the class in `pages.py`;
- lay out as any widget: the panel scrolls a page that is larger than its room (`minimumSizeHint`),
  and follows the palette; a painted widget takes its colours from `Theme` when it paints;
- `question(digit)` returns a `Question`: a function that runs on the explainer's thread, with a
  `Workshop` of tools, on immutable values only, never on widgets (take `functools.partial` of a
  function of the module, not a method of the page), and the method that shows its result. That runs
  on the window's thread, about thirty times a second, only while the page is the one in front
  and for the newest drawing;
- `rest()` brings the page to what is shown of an empty canvas, at once; what must be computed for
  that, once, `at_rest()` returns;
- words are set anew when the language changes (`renewed`); what is said of a digit comes with the
  next question, which the panel then asks by itself;
- emit `changed` when something beside the drawing asks for another computation: a slider moved;
- a failure is shown by the panel; the page is at rest meanwhile.
"""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import QPoint, QRectF, QSizeF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from digitpad.core.reading import DigitReading
from digitpad.words import Words
from digitpad.workers.explainer import Question


class Page(QWidget):
    """One page; made when it is first turned to, and kept."""

    title: ClassVar[Words]
    """In full, as a heading; in English it is what the page is known by."""
    tab: ClassVar[Words]
    """In a word or two."""

    changed = Signal()
    """What `question` would return is another one now, for the same drawing."""

    def question(self, digit: DigitReading) -> Question[Any]:
        """Return what to compute for a digit, and who shows it; `digit.pixels` is never None."""
        raise NotImplementedError

    def rest(self) -> None:
        """Show an empty canvas."""
        raise NotImplementedError

    def at_rest(self) -> Question[Any] | None:
        """Return what to compute while the canvas is empty, or None for nothing."""
        return None

    @property
    def figure(self) -> QWidget:
        """What of the page goes on paper; the sentences are set beside it."""
        return self

    def sentences(self) -> tuple[str, ...]:
        """Return what the page says in words that are not in its figure; () at rest."""
        return ()

    def sheet_size(self) -> QSizeF:
        """Return the size, in logical pixels, in which the page is best painted on paper."""
        return QSizeF(self.figure.size())

    def paint_sheet(self, painter: QPainter, area: QRectF) -> None:
        """Paint what is shown into an area, as large as it fits, centred at its top."""
        size = self.sheet_size()
        scale = min(area.width() / size.width(), area.height() / size.height())
        painter.save()
        painter.translate(area.left() + (area.width() - size.width() * scale) / 2, area.top())
        painter.scale(scale, scale)
        self.figure.render(painter, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)
        painter.restore()
