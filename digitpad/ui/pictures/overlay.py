"""Overlay: how a box and a tag are painted over a digit, readable on any picture.

Owns its colours, lines and tags. A picture follows no theme: each line has a light casing around a
dark core, so that it stands out from dark and light alike. What a tag means is also in its shape.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QPainter, QPen

from digitpad.core.reading import Box
from digitpad.ui.pictures.tags import Look, Tag
from digitpad.ui.theme import TEXT_CONTRAST, Theme, with_contrast

_CASING = QColor(255, 255, 255)
_DARK = QColor(20, 20, 20)
_GREY = QColor(85, 85, 85)
_RADIUS = 3.0
_MARGIN = 2.5
"""Room between a digit and its box."""
LEAST_LETTERS = 9
"""Height of the smallest letters, in logical pixels."""
LEAST_DIGITS = 11
"""Height of digits, in logical pixels, below which only the selected one has a tag."""
_CROWDED = 0.25
"""Share of digits with little room above that makes all tags smaller."""
_TAG_HEIGHT = 1.35
"""Of a tag, as a share of its letters'."""
_LINES = {
    Look.SURE: Qt.PenStyle.SolidLine,
    Look.UNSURE: Qt.PenStyle.DashLine,
    Look.NO_DIGIT: Qt.PenStyle.DotLine,
    Look.TOLD: Qt.PenStyle.SolidLine,
    Look.LEFT_OUT: Qt.PenStyle.DotLine,
}


class Overlay:
    """Paints the tags of one view, in its font and accent."""

    def __init__(self, font: QFont, theme: Theme) -> None:
        self._font = QFont(font)
        self._font.setBold(True)
        self._largest = round(QFontInfo(font).pixelSize() * 1.2)
        self._accent = with_contrast(theme.accent, QColor("white"), QColor("black"), TEXT_CONTRAST)

    @property
    def room_above(self) -> float:
        """Height of the largest tag and its distance from the digit."""
        return self._largest * _TAG_HEIGHT + _MARGIN + 2

    def frame(self, area: QRectF) -> QRectF:
        """Return the box around a digit that lies in `area` of the view."""
        return area.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)

    def extent(self, area: QRectF) -> QRectF:
        """Return all that may be painted for a digit in `area`."""
        return area.adjusted(-40, -self.room_above - 8, 40, self.room_above + 8)

    def paint(
        self,
        painter: QPainter,
        tags: Sequence[Tag],
        areas: Sequence[QRectF],
        between_rows: float,
        selected: int | None,
        hovered: int | None,
    ) -> None:
        """Paint boxes, and the tags over them, the selected one on top.

        `areas` are where their digits lie, `between_rows` is what `gap_between_rows` says of them.
        """
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = self._letters(areas, between_rows)
        order = [n for n in range(len(tags)) if n != selected]
        for number in order:
            self._paint_box(painter, tags[number], areas[number], number == hovered, False)
        if selected is not None:
            self._paint_box(painter, tags[selected], areas[selected], False, True)
        for number in order:
            self._paint_tag(painter, tags[number], areas[number], size)
        if selected is not None:
            self._paint_tag(painter, tags[selected], areas[selected], self._largest)

    def _letters(self, areas: Sequence[QRectF], between_rows: float) -> int:
        """Return the height of the tags' letters, half of that of most digits; 0 for none.

        They are smaller where rows are close, so that tags cover little of the row above.
        """
        heights = sorted(area.height() for area in areas)
        middle = heights[len(heights) // 2] if heights else 0.0
        if middle < LEAST_DIGITS:
            return 0
        fitting = min(middle * 0.5, (between_rows - 2 * _MARGIN) / _TAG_HEIGHT, self._largest)
        return max(round(fitting), LEAST_LETTERS)

    def _colour(self, look: Look) -> QColor:
        match look:
            case Look.SURE | Look.UNSURE:
                return self._accent
            case Look.TOLD:
                return _DARK
            case _:
                return _GREY

    def _paint_box(
        self, painter: QPainter, tag: Tag, area: QRectF, is_hovered: bool, is_selected: bool
    ) -> None:
        colour = self._colour(tag.look)
        width = 3.0 if is_selected else 2.0 if is_hovered else 1.4
        frame = self.frame(area)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(_CASING, width + 2.2))
        painter.drawRoundedRect(frame, _RADIUS, _RADIUS)
        if is_selected:
            wash = QColor(colour)
            wash.setAlpha(28)
            painter.setBrush(wash)
        painter.setPen(QPen(colour, width, _LINES[tag.look], Qt.PenCapStyle.FlatCap))
        painter.drawRoundedRect(frame, _RADIUS, _RADIUS)

    def _paint_tag(self, painter: QPainter, tag: Tag, area: QRectF, size: int) -> None:
        if not size:
            return
        font = QFont(self._font)
        font.setPixelSize(size)
        metrics = QFontMetricsF(font)
        frame = self.frame(area)
        height = size * _TAG_HEIGHT
        width = max(metrics.horizontalAdvance(tag.text) + size * 0.55, height * 0.9)
        place = QRectF(frame.center().x() - width / 2, frame.top() - height, width, height)
        if place.top() < 1:
            place.moveTop(frame.bottom())
        colour = self._colour(tag.look)
        is_filled = tag.look in (Look.SURE, Look.TOLD)
        ground, ink = (colour, QColor("white")) if is_filled else (QColor("white"), colour)
        painter.setPen(QPen(_CASING, 2.2))
        painter.setBrush(ground)
        painter.drawRoundedRect(place, _RADIUS, _RADIUS)
        if not is_filled:
            painter.setPen(QPen(colour, 1.2, _LINES[tag.look]))
            painter.drawRoundedRect(place, _RADIUS, _RADIUS)
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, tag.text)
        if tag.look is Look.TOLD:
            _underline(painter, place, ink, size)


def gap_between_rows(boxes: Sequence[Box]) -> float:
    """Return how much room there is above digits, in the boxes' unit, up to the row before.

    One digit in four has that much or less; it is infinite where most have no other above.
    """
    if not boxes:
        return np.inf
    left, top, width, height = np.array([(b.x, b.y, b.width, b.height) for b in boxes]).T
    order = np.argsort(top + height)
    lefts, rights, bottoms = left[order], (left + width)[order], (top + height)[order]
    # Only what ends near a digit's top can stand in the way of its tag: a row's digits at most.
    first = np.searchsorted(bottoms, top - np.median(height))
    behind = np.searchsorted(bottoms, top + height / 2)
    gaps = np.full(len(boxes), np.inf)
    for number, some in enumerate(map(slice, first.tolist(), behind.tolist())):
        above = (lefts[some] < left[number] + width[number]) & (rights[some] > left[number])
        if above.any():
            gaps[number] = top[number] - bottoms[some][above].max()
    return float(np.sort(gaps)[int(_CROWDED * len(boxes))])


def _underline(painter: QPainter, place: QRectF, ink: QColor, size: int) -> None:
    """Underline the person's word, as one does by hand."""
    painter.setPen(QPen(ink, max(1.0, size / 12)))
    y = place.bottom() - size * 0.17
    inset = place.width() * 0.24
    painter.drawLine(QPointF(place.left() + inset, y), QPointF(place.right() - inset, y))
