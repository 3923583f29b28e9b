"""Guided tour: leads through the steps, and puts back what it changed when it is left.

Owns which step is shown, and what was there before. Draws only what it is asked to draw, so that
Undo takes it back like any drawing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from digitpad.core.ink import Ink, are_same_strokes
from digitpad.ui.ink_canvas import InkCanvas
from digitpad.ui.offer import Offer
from digitpad.ui.tour.card import TourCard
from digitpad.ui.tour.steps import STEPS, Step, sample_ink
from digitpad.ui.understand.opening import Understanding
from digitpad.words import Words

_FILLING = Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen
_KEPT = Words("Your drawing from before the tour was kept.")


class GuidedTour(QObject):
    """One tour, from its first step until it is left or finished."""

    left = Signal()

    def __init__(
        self,
        canvas: InkCanvas,
        understanding: Understanding,
        show_ink: Callable[[Ink], None],
        place: Callable[[QWidget], None],
        parent: QWidget,
        steps: Sequence[Step] = STEPS,
    ) -> None:
        """`show_ink` fits a drawing to the canvas, `place` puts a strip into the window."""
        super().__init__(parent)
        self._canvas = canvas
        self._understanding = understanding
        self._show_ink = show_ink
        self._place = place
        self._window = parent
        self._steps = steps
        self._number = 0
        self._page_before = understanding.page_open
        self._ink_before = canvas.ink
        self.card = TourCard(parent)
        self.card.next_pressed.connect(self.go_on)
        self.card.back_pressed.connect(self.go_back)
        self.card.leave_pressed.connect(self.leave)
        self.card.sample_pressed.connect(self.draw_sample)
        height_before = parent.height()
        understanding.open()
        with_panel = parent.height()  # The panel itself takes back what it makes the window taller.
        place(self.card)
        self.card.show()  # At once: what is not shown cannot be announced or take the focus.
        self._show()
        self._make_room(height_before, with_panel)
        self._heightened_by = parent.height() - with_panel
        parent.activateWindow()  # On a small screen the panel is a window of its own.
        self.card.next.setFocus()

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self._steps[self._number]

    @Slot()
    def go_on(self) -> None:
        """Show the next step; after the last one, leave."""
        if self._number + 1 == len(self._steps):
            self.leave()
            return
        self._number += 1
        self._show()

    @Slot()
    def go_back(self) -> None:
        """Show the step before, if there is one."""
        if self._number:
            self._number -= 1
            self._show()

    @Slot()
    def draw_sample(self) -> None:
        """Draw for the person what the step asks for; Undo takes it back."""
        self._show_ink(sample_ink(self.step.sample))

    @Slot()
    def leave(self) -> None:
        """End the tour: the panel is as it was before, and what was drawn is not lost."""
        self.card.hide()
        self.card.deleteLater()
        # Once the parts of the window have learned that the card is gone.
        QTimer.singleShot(0, self._window, partial(_shrink, self._window, self._heightened_by))
        if self._page_before:
            self._understanding.open().turn_to(self._page_before)
        else:
            self._understanding.close()
        before = self._ink_before
        if not before.is_empty and not are_same_strokes(before.strokes, self._canvas.ink.strokes):
            restore = partial(self._canvas.show_ink, before)
            self._place(Offer(_KEPT, Words("Restore it"), restore, self._window))
        self._window.activateWindow()
        self._canvas.setFocus()
        self.left.emit()
        self.deleteLater()

    def _show(self) -> None:
        self.card.show_step(self.step, self._number + 1, len(self._steps))
        self._understanding.open().turn_to(self.step.page)

    def _make_room(self, before: int, least: int) -> None:
        """Make the window taller by the card than `before`, as far as the screen goes.

        It does not get lower than `least`.
        """
        window = self._window
        if window.windowState() & _FILLING:
            return
        frame, screen = window.frameGeometry(), window.screen().availableGeometry()
        room = window.height() - before + screen.bottom() - frame.bottom()
        wanted = before + max(0, min(self.card.sizeHint().height(), room))
        window.resize(window.width(), max(wanted, least))


def _shrink(window: QWidget, by: int) -> None:
    layout = window.layout()
    if layout is not None and not window.windowState() & _FILLING:
        layout.activate()  # Else the window keeps the height that the card needed.
        window.resize(window.width(), window.height() - by)
