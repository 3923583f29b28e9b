"""Answer plot: how probable both networks find the answer, over the range of one slider.

Owns how the two curves, the axes and the present position are painted. One line is solid with a
round mark, the other dashed with a square one, so that grey tells them apart.
"""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFont,
    QFontInfo,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.ui.answer_words import percent
from digitpad.ui.theme import SIGN_CONTRAST, Theme, with_contrast
from digitpad.ui.understand.sliders import Kind
from digitpad.words import tr

_MARKS = (0.0, 0.5, 1.0)
_MLP = QColor(0xD5, 0x5E, 0x00)


@dataclass(frozen=True, slots=True)
class Curves:
    """Probabilities of one digit at each position of a slider; `mlp` is None without an MLP."""

    digit: int
    positions: Sequence[float]
    cnn: Sequence[float]
    mlp: Sequence[float] | None
    now: float
    """Where the slider stands."""
    cnn_now: float
    mlp_now: float | None


class AnswerPlot(QWidget):
    """Two curves over the range of a slider."""

    accessible_role: ClassVar = QAccessible.Role.Chart

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._curves: Curves | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.rest(kind)

    @property
    def curves(self) -> Curves | None:
        """What is shown; None at rest."""
        return self._curves

    def show_curves(self, kind: Kind, curves: Curves) -> None:
        """Show curves over the range of a slider."""
        self._kind, self._curves = kind, curves
        shares = f"CNN {percent(curves.cnn_now)}"
        if curves.mlp_now is not None:
            shares = f"{shares}, MLP {percent(curves.mlp_now)}"
        self._say(
            tr(
                "Probability of {digit} against the slider {slider}",
                digit=curves.digit,
                slider=kind.name,
            ),
            tr("At {value}: {shares}", value=kind.worded(curves.now), shares=shares),
        )

    def rest(self, kind: Kind) -> None:
        """Show the axes alone."""
        self._kind, self._curves = kind, None
        self._say(
            tr("Probability of the answer against the slider {slider}", slider=kind.name),
            tr("Nothing yet"),
        )

    def _say(self, name: str, description: str) -> None:
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)
        self.update()

    def sizeHint(self) -> QSize:
        unit = self.fontMetrics().height()
        return QSize(unit * 24, unit * 10)

    def minimumSizeHint(self) -> QSize:
        unit = self.fontMetrics().height()
        return QSize(unit * 14, unit * 7)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(round(QFontInfo(font).pixelSize() * 0.9))
        painter.setFont(font)
        area = self._area(painter)
        self._paint_axes(painter, area)
        self._paint_heading(painter, area)
        curves = self._curves
        if curves is None:
            return
        theme = Theme.of(self.palette())
        now = self._right(area, curves.now)
        painter.setPen(QPen(theme.muted, 1.0))
        painter.drawLine(QPointF(now, area.top()), QPointF(now, area.bottom()))
        if curves.mlp is not None and curves.mlp_now is not None:
            self._paint_curve(painter, area, curves.positions, curves.mlp, self._mlp_pen())
            side = self._mark_size()
            mark = QRectF(0, 0, 2 * side, 2 * side)
            mark.moveCenter(QPointF(now, self._up(area, curves.mlp_now)))
            painter.setPen(QPen(theme.paper, 1.0))
            painter.setBrush(self._mlp_pen().color())
            painter.drawRect(mark)
        self._paint_curve(painter, area, curves.positions, curves.cnn, self._cnn_pen())
        painter.setPen(QPen(theme.paper, 1.0))
        painter.setBrush(self._cnn_pen().color())
        side = self._mark_size()
        painter.drawEllipse(QPointF(now, self._up(area, curves.cnn_now)), side * 1.1, side * 1.1)

    def _area(self, painter: QPainter) -> QRectF:
        metrics = painter.fontMetrics()
        left = metrics.horizontalAdvance("100 %") + metrics.height() * 0.5
        line = metrics.height()
        return QRectF(self.rect()).adjusted(left, line * 1.8, -line * 0.8, -line * 1.6)

    def _paint_axes(self, painter: QPainter, area: QRectF) -> None:
        theme, metrics = Theme.of(self.palette()), painter.fontMetrics()
        painter.fillRect(area, theme.paper)
        for mark in _MARKS:
            height = round(self._up(area, mark)) + 0.5
            painter.setPen(QPen(theme.guide, 1.0))
            painter.drawLine(QPointF(area.left(), height), QPointF(area.right(), height))
            painter.setPen(theme.muted)
            label = QRectF(0, 0, area.left() - metrics.height() * 0.4, metrics.height())
            label.moveTop(height - metrics.height() / 2)
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(label, side, f"{mark * 100:.0f} %")
        kind = self._kind
        for value in sorted({kind.low, kind.rest, kind.high}):
            place = round(self._right(area, value)) + 0.5
            painter.setPen(QPen(theme.guide, 1.0))
            painter.drawLine(QPointF(place, area.top()), QPointF(place, area.bottom()))
            words = kind.worded(value)
            width = metrics.horizontalAdvance(words) + 2
            label = QRectF(0, area.bottom() + metrics.height() * 0.5, width, metrics.height())
            label.moveLeft(min(max(place - width / 2, 0.0), self.width() - width))
            painter.setPen(theme.muted)
            painter.drawText(label, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_heading(self, painter: QPainter, area: QRectF) -> None:
        """Write what the plot shows, and which line is whose."""
        metrics, curves = painter.fontMetrics(), self._curves
        line = metrics.height()
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        right = area.right()
        for name, pen in (("MLP", self._mlp_pen()), ("CNN", self._cnn_pen())):
            width = metrics.horizontalAdvance(name)
            painter.setPen(Theme.of(self.palette()).text)
            painter.drawText(QRectF(right - width, 0, width, line * 1.4), left, name)
            right -= width + line * 0.4
            painter.setPen(pen)
            middle = line * 0.7
            painter.drawLine(QPointF(right - line * 2, middle), QPointF(right, middle))
            right -= line * 2.8
        words = tr("{slider}: probability of the answer", slider=self._kind.name)
        if curves is not None:
            words = tr(
                "{slider}: probability of {digit}", slider=self._kind.name, digit=curves.digit
            )
        room = right - area.left()
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(room))
        painter.setPen(Theme.of(self.palette()).text)
        painter.drawText(QRectF(area.left(), 0, room, line * 1.4), left, shown)

    def _paint_curve(
        self,
        painter: QPainter,
        area: QRectF,
        positions: Sequence[float],
        values: Sequence[float],
        pen: QPen,
    ) -> None:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        points = zip(positions, values, strict=True)
        painter.drawPolyline(
            QPolygonF([QPointF(self._right(area, x), self._up(area, y)) for x, y in points])
        )

    def _right(self, area: QRectF, value: float) -> float:
        return area.left() + area.width() * (value - self._kind.low) / (
            self._kind.high - self._kind.low
        )

    def _up(self, area: QRectF, probability: float) -> float:
        return area.bottom() - area.height() * probability

    def _mark_size(self) -> float:
        return self.fontMetrics().height() * 0.28

    def _cnn_pen(self) -> QPen:
        return QPen(Theme.of(self.palette()).accent, 2.2)

    def _mlp_pen(self) -> QPen:
        theme = Theme.of(self.palette())
        pen = QPen(with_contrast(_MLP, theme.paper, theme.ink, SIGN_CONTRAST), 2.0)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)  # Others would fill the gaps.
        pen.setDashPattern([4.0, 2.5])
        return pen
