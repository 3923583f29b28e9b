"""Confidence bars: ten bars that show how sure the network is of each digit.

Owns how probabilities look and sound. Shows what it is given at once, without animation: a bar
never shows a value that is not the newest.
"""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QGridLayout, QProgressBar, QSizePolicy, QWidget

from digitpad.core.reading import DigitReading, Status
from digitpad.ui.answer_words import ALMOST_ALL, percent
from digitpad.ui.language import renewed
from digitpad.ui.theme import Theme
from digitpad.words import tr

DIGITS = 10
_AT_REST = "\N{EN DASH}"
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_DECIMALS = 4
"""Of a probability: a bar's length shows no more."""


class ConfidenceBar(QProgressBar):
    """One digit, its bar and its percentage.

    A progress bar by type, so that screen readers know its role and value; painted here.
    """

    painted = Signal()

    def __init__(self, digit: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._digit = digit
        self._probability: float | None = None
        self._is_winner = False
        self._look: tuple[str, float, bool] | None = None
        self._theme = Theme.of(self.palette())
        self._measure()
        self.setRange(0, 100)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(round(self.fontMetrics().height() * 3.2))
        self.name()

    def name(self, owner: str = "") -> None:
        """Say anew which digit's bar this is, and whose, if there is more than one of each."""
        name = tr("Digit {digit}", digit=self._digit)
        self.setAccessibleName(f"{owner}: {name}" if owner else name)
        self._look = None
        self._show(self._probability, self._is_winner)

    @property
    def probability(self) -> float | None:
        """0..1, or None at rest."""
        return self._probability

    @property
    def is_winner(self) -> bool:
        return self._is_winner

    def text(self) -> str:
        """The percentage as shown; empty at rest."""
        return "" if self._probability is None else percent(self._probability)

    def show_probability(self, probability: float, is_winner: bool) -> None:
        self._show(probability, is_winner)

    def rest(self) -> None:
        self._show(None, False)

    def _show(self, probability: float | None, is_winner: bool) -> None:
        self._probability = probability
        self._is_winner = is_winner
        look = self.text(), round(probability or 0.0, _DECIMALS), is_winner
        if look == self._look:
            return
        self._look = look
        # A progress bar would repaint itself at once when its value changes; so it waits its turn.
        self.setUpdatesEnabled(False)
        self.setValue(round(100 * (probability or 0.0)))
        self.setUpdatesEnabled(True)
        share = self.text() or tr("no answer")
        if is_winner:
            share = tr("{share}, the most likely", share=share)
        self.setAccessibleDescription(share)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._theme = Theme.of(self.palette())
        if event.type() == QEvent.Type.FontChange:
            self._measure()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(self._line * 14, round(self._line * 1.5))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._line * 10, self._line + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        area = QRectF(self.rect())
        unit = self._unit
        painter.setFont(self._bold if self._is_winner else self.font())
        painter.setPen(theme.text if self._is_winner else theme.muted)

        label = QRectF(area.left() + 1.4 * unit, area.top(), 1.4 * unit, area.height())
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, str(self._digit))
        share = QRectF(area)
        share.setLeft(area.right() - self._widest - 1)
        painter.drawText(share, _RIGHT, self.text() or _AT_REST)

        thickness = round(min(area.height() * 0.42, self._line * 0.85))
        track = QRectF(label.right() + unit, 0, 0, thickness)
        track.setRight(share.left() - unit)
        track.moveTop(round(area.center().y() - thickness / 2))
        self._paint_bar(painter, track)
        if self._is_winner:
            painter.setBrush(theme.accent)
            middle, size = area.center().y(), unit * 0.45
            left = area.left() + 1
            painter.drawPolygon(
                QPolygonF(
                    [
                        QPointF(left, middle - size),
                        QPointF(left + 1.6 * size, middle),
                        QPointF(left, middle + size),
                    ]
                )
            )
        painter.end()
        self.painted.emit()

    def _paint_bar(self, painter: QPainter, track: QRectF) -> None:
        radius = track.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.track)
        painter.drawRoundedRect(track, radius, radius)
        # Rounded as where looks are compared: a bar that looks the same is not painted anew.
        length = round(self._probability or 0.0, _DECIMALS)
        if not length:
            return
        filled = QRectF(track)
        filled.setWidth(track.width() * length)
        painter.setClipRect(filled)
        painter.setBrush(self._theme.accent if self._is_winner else self._theme.bar)
        filled.setWidth(max(filled.width(), 2 * radius))
        painter.drawRoundedRect(filled, radius, radius)
        painter.setClipping(False)

    def _measure(self) -> None:
        """Measure the font, once: it would take a fifth of each painting."""
        self._bold = QFont(self.font())
        self._bold.setBold(True)
        metrics = QFontMetrics(self._bold)
        self._line = metrics.height()
        self._unit = metrics.horizontalAdvance("0")
        self._widest = metrics.horizontalAdvance(ALMOST_ALL)


class ConfidenceBars(QWidget):
    """Ten bars, 0 at the top; at rest when there is no answer. One column of them, or two."""

    painted = Signal()
    """All bars that look different have been painted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(0)
        layout.setHorizontalSpacing(self.fontMetrics().height())
        self.bars = tuple(ConfidenceBar(digit, self) for digit in range(DIGITS))
        self.set_columns(1)
        # Siblings are painted in the order they were made.
        self.bars[-1].painted.connect(self.painted)
        renewed(self, self._say)

    def set_columns(self, count: int) -> None:
        """Stand in so many columns, each read from top to bottom."""
        rows = -(-DIGITS // count)
        for digit, bar in enumerate(self.bars):
            column, row = divmod(digit, rows)
            self._grid.addWidget(bar, row, column)

    def least_height(self, columns: int) -> int:
        """Return the height in logical pixels that so many columns need."""
        return -(-DIGITS // columns) * self.bars[0].minimumSizeHint().height()

    def _say(self) -> None:
        self.setAccessibleName(tr("Confidence in each digit"))
        for bar in self.bars:
            bar.name()

    @property
    def probabilities(self) -> tuple[float, ...] | None:
        """What is shown, 0..1 for each digit; None at rest."""
        shown = [bar.probability for bar in self.bars]
        return None if None in shown else tuple(p for p in shown if p is not None)

    def show_digit(self, digit: DigitReading) -> None:
        """Show what the network says of one digit."""
        named = digit.status in (Status.DIGIT, Status.UNSURE)
        for number, (bar, probability) in enumerate(
            zip(self.bars, digit.probabilities, strict=True)
        ):
            bar.show_probability(probability, named and number == digit.digit)
        self.bars[-1].update()  # Its painting tells that of all.

    def clear_reading(self) -> None:
        """Bring the bars to rest."""
        for bar in self.bars:
            bar.rest()
        self.bars[-1].update()
