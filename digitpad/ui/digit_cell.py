"""Digit cell: one digit of the strip: what it is, its ten bars, how sure by a sign.

Owns how one cell looks and sounds. Decides nothing.
"""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFont,
    QFontInfo,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QPushButton, QWidget

from digitpad.core.corrections import LABELS, Mark
from digitpad.core.reading import NO_DIGIT, Status
from digitpad.ui.answer_words import WORDS, capitalized, percent, word_of
from digitpad.ui.button_ground import paint_ground
from digitpad.ui.language import renewed
from digitpad.ui.theme import Theme, mix
from digitpad.words import tr

_SIGN_SIDE = 10.0
"""Signs are drawn on a square of this side."""
_DASH = "\N{EN DASH}"


class DigitCell(QPushButton):
    """One digit. The one that is shown large is the checked one."""

    entered = Signal()
    left = Signal()
    labelled = Signal(str)
    """A digit's key, or that of NO_DIGIT, was pressed."""
    moved = Signal(int)
    """An arrow key asks for the cell so many places on."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._mark: Mark | None = None
        self._state: tuple[Mark, int, int, bool] | None = None
        self._theme = Theme.of(self.palette())
        self.setCheckable(True)
        self.setAutoExclusive(True)  # So that screen readers call it a radio button.
        self.setAutoDefault(True)  # Enter presses it, too.
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        renewed(self, self._say)

    @property
    def mark(self) -> Mark | None:
        return self._mark

    def show_mark(self, mark: Mark, place: int, count: int, is_shown: bool) -> None:
        """Show a mark, the one at `place` (from 0) of `count`."""
        # Each time: another digit that was shown meanwhile has taken both away.
        self.setChecked(is_shown)
        # Tab comes to the shown digit; from there the arrow keys go on.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_shown else Qt.FocusPolicy.ClickFocus)
        state = mark, place, count, is_shown
        if state == self._state:
            return
        before = self._mark
        self._mark, self._state = mark, state
        self.setText(mark.sign)
        self._say()
        if before is None or _look(before) != _look(mark):
            self.update()

    def _say(self) -> None:
        if self._state is None:
            return
        mark, place, count, is_shown = self._state
        words = str(WORDS[Status.NOT_A_DIGIT]) if mark.sign == NO_DIGIT else mark.sign
        if words != word_of(mark):
            words = f"{words}, {word_of(mark)}"
        where = tr("Digit {place} of {count}", place=place + 1, count=count)
        self.setAccessibleName(f"{where}: {words}")
        share = percent(mark.digit.certainty)
        self.setAccessibleDescription(
            tr("{share}, shown large", share=share) if is_shown else share
        )
        tip = tr("{answer}: click to split, join or correct it", answer=capitalized(words))
        if tip != self.toolTip():
            self.setToolTip(tip)

    def nextCheckState(self) -> None:
        """Which cell is checked follows from what is shown large, not from clicks."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), event.text()
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -999}
        steps[Qt.Key.Key_End] = 999
        if text and text in LABELS:
            self.labelled.emit(text)
        elif key in steps:
            self.moved.emit(steps[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.entered.emit()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.left.emit()
        super().leaveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._theme = Theme.of(self.palette())
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        mark = self._mark
        if mark is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, area = self._theme, QRectF(self.rect()).adjusted(1, 1, -1, -1)
        unit = self.fontMetrics().height()
        self._paint_tile(painter, area)
        is_none = mark.status is Status.NOT_A_DIGIT
        doubtful = mark.status is not Status.DIGIT
        font = QFont(self.font())
        font.setPixelSize(round(QFontInfo(font).pixelSize() * 1.75))
        font.setWeight(QFont.Weight.Normal if doubtful else QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(theme.muted if doubtful else theme.text)
        digit = QRectF(area.left(), area.top() + 0.2 * unit, area.width(), 1.8 * unit)
        painter.drawText(digit, Qt.AlignmentFlag.AlignCenter, _DASH if is_none else mark.sign)
        foot = QRectF(area.left(), digit.bottom(), area.width(), 1.1 * unit)
        side = 0.62 * unit
        if area.width() >= 2.8 * unit:
            self._paint_bars(painter, foot.adjusted(0.35 * unit, 0.1 * unit, -0.35 * unit, 0))
            corner = QPointF(area.right() - 0.35 * unit - side, area.top() + 0.4 * unit)
        else:  # Too narrow for both.
            corner = QPointF(foot.center().x() - side / 2, foot.center().y() - side / 2)
        painter.translate(corner)
        painter.scale(side / _SIGN_SIDE, side / _SIGN_SIDE)
        if mark.label is not None:
            painter.fillPath(_PENCIL, theme.text)
            return
        pen = QPen(theme.muted, 1.7)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(_SIGNS[mark.status])

    def _paint_tile(self, painter: QPainter, area: QRectF) -> None:
        theme = self._theme
        stands_out = self.isChecked() or self.isDown() or self.underMouse()
        ground = theme.track if stands_out else mix(theme.window, theme.track, 0.45)
        paint_ground(painter, self, theme, ground)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.accent)
            width = min(0.5 * area.width(), 24.0)
            line = QRectF(area.center().x() - width / 2, area.bottom() - 4.0, width, 3.0)
            painter.drawRoundedRect(line, 1.5, 1.5)

    def _paint_bars(self, painter: QPainter, area: QRectF) -> None:
        """Ten bars side by side, 0 at the left; the most likely one stands out."""
        assert self._mark is not None
        digit, theme = self._mark.digit, self._theme
        named = digit.status is not Status.NOT_A_DIGIT
        height = area.height() - 5.0
        # Sharp, and all as wide: a bar is but a few pixels.
        ratio = self.devicePixelRatioF()
        step = int(ratio * area.width() / len(digit.probabilities)) / ratio
        start = area.center().x() - step * len(digit.probabilities) / 2
        ground = mix(theme.track, theme.text, 0.16)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        for number, probability in enumerate(digit.probabilities):
            left = start + number * step
            painter.fillRect(QRectF(left, area.top() + height - 1.0, step - 1.0, 1.0), ground)
            colour = theme.accent if named and number == digit.digit else theme.bar
            tall = height * probability
            painter.fillRect(QRectF(left, area.top() + height - tall, step - 1.0, tall), colour)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _look(mark: Mark) -> tuple[object, ...]:
    """What is painted of a mark: how sure it is that its strokes belong together is not."""
    return mark.sign, mark.status, mark.label, mark.digit.status, mark.digit.probabilities


def _polyline(*lines: tuple[tuple[float, float], ...]) -> QPainterPath:
    path = QPainterPath()
    for points in lines:
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
    return path


def _question_mark() -> QPainterPath:
    path = QPainterPath(QPointF(2.6, 2.8))
    path.cubicTo(3.0, -0.6, 7.8, -0.2, 7.2, 2.9)
    path.cubicTo(6.9, 4.4, 5.0, 4.4, 5.0, 6.4)
    path.addEllipse(QPointF(5.0, 9.2), 0.3, 0.3)
    return path


_SIGNS = {
    Status.DIGIT: _polyline(((1.0, 5.5), (4.0, 8.5), (9.0, 1.8))),
    Status.UNSURE: _question_mark(),
    Status.NOT_A_DIGIT: _polyline(((1.8, 1.8), (8.2, 8.2)), ((8.2, 1.8), (1.8, 8.2))),
}
"""A tick, a question mark, a cross."""
_PENCIL = _polyline(
    ((0.4, 9.6), (1.3, 6.0), (4.8, 2.5), (7.5, 5.2), (4.0, 8.7), (0.4, 9.6)),
    ((6.0, 1.3), (7.3, 0.0), (10.0, 2.7), (8.7, 4.0), (6.0, 1.3)),
)
"""For what a person said: solid, as outlines would run into each other on so few pixels."""
