"""Paper: what the canvas shows beside the ink: paper, guide, hint, frame."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QPainter, QPainterPath, QPen

from digitpad.ui.theme import Theme

RADIUS = 14.0
_GUIDE_SHARE = 0.66
_GUIDE_ARM = 0.07
_HINT_SIZE = 1.35
"""Of the hint's first line, in sizes of the font."""


def paint_paper(
    painter: QPainter, area: QRectF, theme: Theme, font: QFont, hint: Sequence[str]
) -> None:
    """Paint the paper; with a hint, for a blank one, also where to write and what.

    The hint's second line, in smaller letters, is left out where the paper is small.
    """
    fill(painter, area, theme.paper)
    if not hint:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_guide(painter, area, theme)
    painter.setPen(theme.hint)
    for line, line_font, place in _hint_lines(area, font, hint_font(font), hint):
        painter.setFont(line_font)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, line)


def hint_font(font: QFont) -> QFont:
    """Return the font of the words on the paper, given the widget's."""
    large = QFont(font)
    large.setPixelSize(round(QFontInfo(font).pixelSize() * _HINT_SIZE))
    return large


def fill(painter: QPainter, area: QRectF, colour: QColor) -> None:
    """Fill an area; leaves the painter without pen and brush.

    QPainter's own fillRect and fillPath have PySide6 make all of QGradient, at every start.
    """
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRect(area)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_frame(painter: QPainter, area: QRectF, theme: Theme, has_focus: bool) -> None:
    """Cover what lies outside the round corners, and draw the border over the ink."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = 2.0 if has_focus else 1.0
    inner = area.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    outside = QPainterPath()
    # Wider than the area, so that pixels which it covers in part are covered wholly.
    outside.addRect(area.adjusted(-1, -1, 1, 1))
    outside.addRoundedRect(inner, RADIUS, RADIUS)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.window)
    painter.drawPath(outside)
    painter.setPen(QPen(theme.focus if has_focus else theme.border, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(inner, RADIUS, RADIUS)


def _hint_lines(
    area: QRectF, small: QFont, large: QFont, hint: Sequence[str]
) -> list[tuple[str, QFont, QRectF]]:
    """Return the lines there is room for within the guide, each with its font and place."""
    first, *more = hint
    room = min(area.width(), area.height()) * _GUIDE_SHARE
    widths = [QFontMetricsF(large).horizontalAdvance(first)]
    widths += [QFontMetricsF(small).horizontalAdvance(line) for line in more]
    if not more or max(widths) > room:
        return [(first, large, area)]
    shift = QFontMetricsF(large).lineSpacing() / 2
    return [
        (first, large, area.translated(0, -shift)),
        (more[0], small, area.translated(0, shift)),
    ]


def _paint_guide(painter: QPainter, area: QRectF, theme: Theme) -> None:
    """Paint the corners of a square in the middle."""
    side = min(area.width(), area.height()) * _GUIDE_SHARE
    arm = side * _GUIDE_ARM
    pen = QPen(theme.guide, 2.0)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    middle = area.center()
    for right, down in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        corner = QPointF(middle.x() + right * side / 2, middle.y() + down * side / 2)
        painter.drawPolyline(
            [
                QPointF(corner.x() - right * arm, corner.y()),
                corner,
                QPointF(corner.x(), corner.y() - down * arm),
            ]
        )
