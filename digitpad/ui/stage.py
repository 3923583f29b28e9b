"""Stage: where the canvas lies, and over it, for as long as one is looked at, a page of a picture.

Owns which of the two is in front; Clear, Undo and Redo are for that one. The canvas keeps its
drawing meanwhile.
"""

from __future__ import annotations

from typing import Protocol, cast

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QStackedWidget, QWidget

from digitpad.ui.ink_canvas import InkCanvas


class Surface(Protocol):
    """What can be in front of the canvas: a widget that has a history."""

    history_changed: SignalInstance

    @property
    def can_undo(self) -> bool: ...

    @property
    def can_redo(self) -> bool: ...

    def undo(self) -> None: ...

    def redo(self) -> None: ...


class Stage(QStackedWidget):
    """Shows the canvas, or what lies over it."""

    history_changed = Signal()
    """What can be cleared, undone and redone may have changed."""
    turned = Signal()
    """Something else is in front."""
    cleared = Signal()
    """Clear was asked for, also where it is but to stop what is expected."""

    def __init__(self, canvas: InkCanvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._is_expecting = False
        self.addWidget(canvas)
        canvas.history_changed.connect(self.history_changed)

    @property
    def shows_canvas(self) -> bool:
        return self.currentWidget() is self._canvas

    @property
    def can_clear(self) -> bool:
        return self._is_expecting or not self.shows_canvas or not self._canvas.ink.is_empty

    @property
    def is_expecting(self) -> bool:
        """Whether something is on its way to lie over the canvas."""
        return self._is_expecting

    @property
    def can_undo(self) -> bool:
        return self._surface.can_undo

    @property
    def can_redo(self) -> bool:
        return self._surface.can_redo

    def clear(self) -> None:
        """Take away what is in front: what lies over the canvas, else its ink."""
        if self.shows_canvas:
            self._canvas.clear()
        else:
            self.show_canvas()
        self.cleared.emit()

    def expect(self, is_expecting: bool) -> None:
        """Take note that something is on its way to lie over the canvas, or not any more."""
        if is_expecting != self._is_expecting:
            self._is_expecting = is_expecting
            self.history_changed.emit()

    def undo(self) -> None:
        self._surface.undo()

    def redo(self) -> None:
        self._surface.redo()

    def lay_over(self, surface: QWidget) -> None:
        """Bring a `Surface` in front of the canvas; it stays there for another time."""
        if self.indexOf(surface) < 0:
            self.addWidget(surface)
            cast(Surface, surface).history_changed.connect(self.history_changed)
        self._turn_to(surface)

    def show_canvas(self) -> None:
        """Bring the canvas back to the front."""
        self._turn_to(self._canvas)

    def _turn_to(self, widget: QWidget) -> None:
        if widget is self.currentWidget():
            return
        self.setCurrentWidget(widget)
        widget.setFocus()
        self.turned.emit()
        self.history_changed.emit()

    @property
    def _surface(self) -> Surface:
        return cast(Surface, self.currentWidget())
