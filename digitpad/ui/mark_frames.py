"""Mark frames: a light frame around the ink of each digit of a number, to be pointed at.

Owns where on the canvas the frames are and how they look. Which marks there are, and which one is
shown large, is told by others; a drawing of one mark has no frames.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QRegion

from digitpad.core.reading import Box
from digitpad.ui.paper_view import PaperView
from digitpad.ui.theme import Theme

_MARGIN = 5.0
"""From the edge of the ink to its frame, in logical pixels."""
_RADIUS = 7.0
_SHOWN_WIDTH = 2.0


class MarkFrames:
    """The frames of one canvas."""

    def __init__(self) -> None:
        self._boxes: tuple[Box, ...] = ()
        self._frames: tuple[QRectF, ...] = ()
        self._shown: int | None = None

    def show(
        self, boxes: Sequence[Box], shown: int | None, pen_width: float, view: PaperView
    ) -> QRegion:
        """Frame these boxes of the paper; return what has changed, and is to be painted anew."""
        margin = pen_width / 2 * view.scale + _MARGIN
        self._boxes = tuple(boxes)
        frames = tuple(
            # On whole pixels: between two, a thin line is but half as dark.
            view.on_canvas(QRectF(box.x, box.y, box.width, box.height))
            .adjusted(-margin, -margin, margin, margin)
            .toAlignedRect()
            .toRectF()
            for box in boxes
        )
        old, new = self._looks(), _looks_of(frames, shown)
        self._frames, self._shown = frames, shown
        changed = QRegion()
        for frame, _ in old ^ new:
            changed += _border(QRectF(*frame))
        return changed

    def show_again(self, pen_width: float, view: PaperView) -> None:
        """Frame the same boxes in another view, or around ink of another width."""
        self.show(self._boxes, self._shown, pen_width, view)

    def at(self, place: QPointF) -> int | None:
        """Which frame a place lies in; of several the smallest. None for no frame."""
        return smallest_at(place, self._frames)

    def area_of(self, mark: int) -> QRect:
        """What must stay in sight where something that belongs to a mark goes beside it."""
        return self._frames[mark].toAlignedRect()

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Paint all frames."""
        if not self._frames:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for index, frame in enumerate(self._frames):
            is_shown = index == self._shown
            pen = QPen(theme.accent, _SHOWN_WIDTH) if is_shown else QPen(theme.frame, 1.0)
            inset = pen.widthF() / 2
            painter.setPen(pen)
            painter.drawRoundedRect(frame.adjusted(inset, inset, -inset, -inset), _RADIUS, _RADIUS)

    def _looks(self) -> set[_Look]:
        return _looks_of(self._frames, self._shown)


_Look = tuple[tuple[float, float, float, float], bool]
"""Where a frame is, and whether it is that of the mark that is shown large."""


def _looks_of(frames: Sequence[QRectF], shown: int | None) -> set[_Look]:
    return {
        ((frame.x(), frame.y(), frame.width(), frame.height()), index == shown)
        for index, frame in enumerate(frames)
    }


def _border(frame: QRectF) -> QRegion:
    """The pixels of a frame's line; what it surrounds need not be painted again."""
    inset = _RADIUS / 2 + _SHOWN_WIDTH
    outer = frame.adjusted(-_SHOWN_WIDTH, -_SHOWN_WIDTH, _SHOWN_WIDTH, _SHOWN_WIDTH)
    inner = frame.adjusted(inset, inset, -inset, -inset)
    region = QRegion(outer.toAlignedRect())
    return region - QRegion(inner.toAlignedRect()) if inner.isValid() else region


def smallest_at(place: QPointF, areas: Sequence[QRectF]) -> int | None:
    """Return the number of the smallest area that holds a place; None for none."""
    found = [number for number, area in enumerate(areas) if area.contains(place)]
    return min(
        found, key=lambda number: areas[number].width() * areas[number].height(), default=None
    )
