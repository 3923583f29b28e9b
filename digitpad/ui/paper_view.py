"""Paper view: how large the paper is shown, so that no ink is out of sight on a smaller canvas.

Owns the scale between the paper, whose units the ink is in, and the canvas. Both have their corner
at the top left; the scale is 1 wherever the ink fits. Ink is never changed by it.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF

from digitpad.core.ink import Bounds

FRAMED = 8.0
"""What is left free beside ink that did not fit, in logical pixels: a frame lies there."""


class PaperView:
    """The scale of one canvas."""

    def __init__(self) -> None:
        self.scale = 1.0
        """Logical pixels of the canvas to a unit of the paper; at most 1."""
        self._seen = QSizeF()

    def fit(
        self, size: QSize, ink: Bounds | None, pen_width: float, *, may_grow: bool = True
    ) -> bool:
        """Show all ink that there was ever room for, on a canvas of this size.

        Unless it may grow, the scale only becomes smaller. Returns whether it is another one.
        """
        self._seen = self._seen.expandedTo(size.toSizeF())
        scale = 1.0
        if ink is not None:
            right = min(ink.right + pen_width / 2, self._seen.width())
            bottom = min(ink.bottom + pen_width / 2, self._seen.height())
            if right > size.width() or bottom > size.height():
                width, height = (max(side - FRAMED, 1.0) for side in size.toTuple())
                scale = min(width / right, height / bottom, 1.0)
        if not may_grow:
            scale = min(scale, self.scale)
        changed = scale != self.scale
        self.scale = scale
        return changed

    def keep(self, size: QSize, stroke: Bounds) -> None:
        """Take note that there was room for this stroke, as far as it lies on the canvas."""
        self._seen = self._seen.expandedTo(
            QSizeF(
                min(stroke.right, size.width() / self.scale),
                min(stroke.bottom, size.height() / self.scale),
            )
        )

    def on_paper(self, place: QPointF) -> QPointF:
        """Return where on the paper a place on the canvas is."""
        return place / self.scale

    def on_canvas(self, area: QRectF) -> QRectF:
        """Return where on the canvas an area of the paper is."""
        return QRectF(area.topLeft() * self.scale, area.size() * self.scale)
