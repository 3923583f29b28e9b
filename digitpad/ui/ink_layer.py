"""Ink layer: strokes as smooth, antialiased lines on a transparent pixmap.

Owns how ink looks on screen, and the picture of it that is kept so that a new point costs the same
on an empty canvas and on a crowded one, and repainting can be spread over time. The line passes
through the middles of the given points' connections as quadratic curves with the points as
controls. Ink is given in units of the paper, areas in logical pixels of the canvas. Knows nothing
of events or history.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QRegion

from digitpad.core.ink import Bounds, Stroke
from digitpad.ui.drawing import Trace

PIECE_CURVES = 32
"""Curves painted as one path. Antialiased edges of two paths add up where they meet, so that short
pieces look rough; a long one that still grows is painted anew with every point."""
PRESSURE_STEPS = 12
LIGHTEST = 0.45
"""Width of a stroke without any pressure, as a share of the full width."""
_PAINT_LIMIT = 100_000.0
"""Painted coordinates end here, far outside any canvas: rasterisers overflow on larger ones."""
_EDGE = 2.0
"""Antialiasing and rounding reach this far beyond a line, in logical pixels."""
_TILE = 64
"""Side of what is repainted in one go; at usual screen scalings it ends on whole pixels."""


class InkLayer:
    """The picture of the ink, at the resolution of the screen."""

    def __init__(self) -> None:
        self.colour = QColor(Qt.GlobalColor.black)
        self.pen_width = 1.0
        """In units of the paper."""
        self.scale = 1.0
        """Logical pixels to a unit of the paper; after a change all is stale."""
        self.ratio = 0.0
        self._pixmap = QPixmap(1, 1)
        self._size = QSize()
        self._stale: set[tuple[int, int]] = set()
        self._painted = 0

    def fits(self, size: QSize, ratio: float) -> bool:
        return self._size == size and self.ratio == ratio

    def resize(self, size: QSize, ratio: float) -> None:
        """Take the canvas's size in logical pixels and the device pixels per logical one.

        What was painted stays; what comes into view is stale.
        """
        old, old_size, same_ratio = self._pixmap, self._size, ratio == self.ratio
        self._size, self.ratio = size, ratio
        self._pixmap = QPixmap((QSize(1, 1).expandedTo(size).toSizeF() * ratio).toSize())
        self._pixmap.setDevicePixelRatio(ratio)
        self._pixmap.fill(Qt.GlobalColor.transparent)
        if not same_ratio:
            self.invalidate()
            return
        painter = QPainter(self._pixmap)
        painter.drawPixmap(0, 0, old)
        painter.end()
        width, height = old_size.width(), old_size.height()
        self.invalidate(QRectF(width, 0, size.width() - width, size.height()))
        self.invalidate(QRectF(0, height, size.width(), size.height() - height))

    def invalidate(self, area: QRectF | None = None) -> None:
        """Call a part of the picture, or all of it, stale."""
        whole = QRectF(0, 0, self._size.width(), self._size.height())
        part = whole if area is None else whole & area
        if part.isEmpty():
            return
        columns = range(int(part.left() // _TILE), int(-(-part.right() // _TILE)))
        rows = range(int(part.top() // _TILE), int(-(-part.bottom() // _TILE)))
        self._stale.update(itertools.product(columns, rows))

    @property
    def is_stale(self) -> bool:
        return bool(self._stale)

    def refresh(self, traces: Sequence[Trace], live: Stroke | None, seconds: float) -> QRegion:
        """Paint stale parts anew, until none is left or the time is up; return which.

        Hundreds of strokes take longer to paint than a hand may have to wait.
        """
        deadline = time.monotonic() + seconds
        fresh = QRegion()
        while self._stale and (fresh.isEmpty() or time.monotonic() < deadline):
            column, row = self._stale.pop()
            tile = QRect(column * _TILE, row * _TILE, _TILE, _TILE)
            self._repaint(QRectF(tile), traces, live)
            fresh += QRegion(tile)
        return fresh

    def _repaint(self, area: QRectF, traces: Sequence[Trace], live: Stroke | None) -> None:
        painter = QPainter(self._pixmap)
        painter.setClipRect(area)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
        painter.fillRect(area, Qt.GlobalColor.transparent)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        margin = self.pen_width / 2 * self.scale + _EDGE
        seen = Bounds(
            (area.left() - margin) / self.scale,
            (area.top() - margin) / self.scale,
            (area.right() + margin) / self.scale,
            (area.bottom() + margin) / self.scale,
        )
        painter.scale(self.scale, self.scale)
        for trace in traces:
            if (
                trace.bounds.right >= seen.left
                and trace.bounds.left <= seen.right
                and trace.bounds.bottom >= seen.top
                and trace.bounds.top <= seen.bottom
            ):
                self._draw(painter, trace.points, 0, len(trace.points), seen)
        if live is not None and self._painted:
            self._draw(painter, live, 0, self._painted, seen)
        painter.end()

    def extent(self, bounds: Bounds) -> QRectF:
        """The area of the canvas that a line around these points may touch."""
        margin = self.pen_width / 2 * self.scale + _EDGE
        left, top, width, height = (
            length * self.scale for length in (bounds.left, bounds.top, bounds.width, bounds.height)
        )
        return QRectF(left, top, width, height).adjusted(-margin, -margin, margin, margin)

    def begin(self) -> None:
        """A stroke begins: none of it is painted yet."""
        self._painted = 0

    def grow(self, stroke: Stroke) -> None:
        """Keep what will not change any more of the live stroke, given all its points so far."""
        settled = len(stroke) - 1
        if settled - self._painted < PIECE_CURVES:
            return
        painter = self._painter()
        while settled - self._painted >= PIECE_CURVES:
            self._draw(painter, stroke, self._painted, self._painted + PIECE_CURVES)
            self._painted += PIECE_CURVES
        painter.end()

    def finish(self, stroke: Stroke) -> None:
        """Keep the rest of the live stroke, which is now complete."""
        painter = self._painter()
        self._draw(painter, stroke, self._painted, len(stroke))
        painter.end()

    def paint(self, painter: QPainter, live: Stroke | None) -> None:
        """Paint the ink, with the part of the live stroke that is not kept yet."""
        painter.drawPixmap(0, 0, self._pixmap)
        if live is not None:
            painter.save()
            painter.scale(self.scale, self.scale)
            self._draw(painter, live, self._painted, len(live))
            painter.restore()

    def _painter(self) -> QPainter:
        """Return what paints ink on the kept picture."""
        painter = QPainter(self._pixmap)
        painter.scale(self.scale, self.scale)
        return painter

    def _draw(
        self,
        painter: QPainter,
        stroke: Stroke,
        first: int,
        last: int,
        seen: Bounds | None = None,
    ) -> None:
        """Draw the curves first..last (without last); curve i leads past point i.

        Pieces of them that lie outside what is seen are left out.
        """
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self.colour, 1.0, Qt.PenStyle.SolidLine)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pieces = _pieces(stroke[:, 2], first, last)
        if seen is not None and last - first > PIECE_CURVES:
            pieces = _within(pieces, stroke, seen)
        for begin, end, level in pieces:
            share = LIGHTEST + (1.0 - LIGHTEST) * level / PRESSURE_STEPS
            pen.setWidthF(self.pen_width * share)
            painter.setPen(pen)
            path = _path(stroke, begin, end)
            outline = path.controlPointRect()
            if outline.width() == 0.0 and outline.height() == 0.0:
                painter.drawPoint(outline.topLeft())
            else:
                painter.drawPath(path)


def _pieces(
    pressure: np.ndarray[tuple[int], np.dtype[np.float64]], first: int, last: int
) -> list[tuple[int, int, int]]:
    """Cut curves into runs of equal width and bounded length: (begin, end, pressure level)."""
    levels = np.rint(pressure[first:last] * PRESSURE_STEPS).astype(np.int64)
    cuts = set((np.flatnonzero(np.diff(levels)) + 1 + first).tolist())
    cuts.update(range(first, last, PIECE_CURVES), (last,))
    edges = sorted(cuts)
    return [(begin, end, int(levels[begin - first])) for begin, end in itertools.pairwise(edges)]


def _within(
    pieces: list[tuple[int, int, int]], stroke: Stroke, seen: Bounds
) -> list[tuple[int, int, int]]:
    """The pieces whose points, with a neighbour at either end, reach into a box."""
    starts = np.array([begin for begin, _, _ in pieces])
    points = stroke[: pieces[-1][1], :2]
    before = points[np.maximum(starts - 1, 0)]
    after = stroke[np.minimum([end for _, end, _ in pieces], len(stroke) - 1), :2]
    low = np.minimum(np.minimum.reduceat(points, starts), np.minimum(before, after))
    high = np.maximum(np.maximum.reduceat(points, starts), np.maximum(before, after))
    reaches = (high >= (seen.left, seen.top)) & (low <= (seen.right, seen.bottom))
    return [pieces[place] for place in np.flatnonzero(reaches.all(axis=1)).tolist()]


def _path(stroke: Stroke, begin: int, end: int) -> QPainterPath:
    """The curves begin..end (without end), from middle to middle; the outer ones end on points."""
    before = max(begin - 1, 0)
    points = np.clip(stroke[before : end + 1, :2], -_PAINT_LIMIT, _PAINT_LIMIT)
    middles = ((points[:-1] + points[1:]) / 2).tolist()
    controls = points[begin - before : end - before].tolist()
    if begin == 0:
        path = QPainterPath(QPointF(*controls[0]))
    else:
        path = QPainterPath(QPointF(*middles.pop(0)))
    targets = middles if end < len(stroke) else [*middles, controls[-1]]
    for (control_x, control_y), (x, y) in zip(controls, targets, strict=True):
        path.quadTo(control_x, control_y, x, y)
    return path
