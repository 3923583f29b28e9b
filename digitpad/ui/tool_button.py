"""Tool button: a flat push button with a line icon, painted from the theme.

Where there is no room for its words, or for those of a button beside it, the icon alone is shown;
the tip has the words.
"""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from digitpad.ui.button_ground import paint_ground
from digitpad.ui.theme import Theme, faded
from digitpad.words import Words

_ICON = 16.0
"""Icons are drawn on a square of this side."""


class ToolButton(QPushButton):
    """Does what its action does, is enabled when it is, and names its shortcut in the tip."""

    def __init__(
        self,
        action: QAction,
        icon: QPainterPath,
        parent: QWidget | None = None,
        *,
        words: Words | None = None,
        row: Sequence[Words] = (),
    ) -> None:
        """`words` stand on it in the place of the action's where these are too long; it is as wide
        as with any of those in `row`, so that buttons beside each other are alike."""
        super().__init__(parent)
        self._action = action
        self._words = words
        self._row = row
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(True)  # Enter presses it, too.
        action.changed.connect(self._say)
        self._say()
        self.clicked.connect(action.trigger)
        action.enabledChanged.connect(self.setEnabled)
        self.setEnabled(action.isEnabled())

    def _say(self) -> None:
        name, shortcut = self._action.text().replace("&", ""), self._action.shortcut()
        keys = shortcut.toString(shortcut.SequenceFormat.NativeText)
        tip = f"{name} ({keys})"
        if tip == self.toolTip():
            return  # An action tells of every change; most are not of its words.
        self.setText(str(self._words or name))
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.setAccessibleDescription(keys)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        unit = metrics.height()
        longest = max(map(metrics.horizontalAdvance, (self.text(), *map(str, self._row))))
        width = longest + self._icon_side() + 2.4 * unit
        return QSize(round(width), round(unit * 2.1))

    def minimumSizeHint(self) -> QSize:
        icon_alone = self._icon_side() + 1.4 * self.fontMetrics().height()
        return QSize(round(icon_alone), self.sizeHint().height())

    @property
    def shows_words(self) -> bool:
        """Whether there is room for more than the icon on this button and on those beside it."""
        parent, direct = self.parentWidget(), Qt.FindChildOption.FindDirectChildrenOnly
        row = [self] if parent is None else parent.findChildren(ToolButton, options=direct)
        return all(button.width() >= button.sizeHint().width() for button in row)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = Theme.of(self.palette())
        ground = paint_ground(painter, self, theme, theme.track)
        text_colour = theme.text if self.isEnabled() else faded(theme.text, ground)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        unit = self.fontMetrics().height()
        side = self._icon_side()
        gap, shows_words = 0.45 * unit, self.shows_words
        words = gap + self.fontMetrics().horizontalAdvance(self.text()) if shows_words else 0.0
        place = QRectF(0, 0, side, side)
        place.moveTop(round(area.center().y() - side / 2))
        place.moveLeft(round(area.center().x() - (side + words) / 2))
        paint_icon(painter, self._icon, place, text_colour)
        if not shows_words:
            return
        painter.setPen(text_colour)
        label = QRectF(area)
        label.setLeft(place.right() + gap)
        start = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(label, start, self.text())

    def _icon_side(self) -> int:
        return round(self.fontMetrics().height() * 0.95)


def paint_icon(painter: QPainter, icon: QPainterPath, place: QRectF, colour: QColor) -> None:
    """Paint one of the icons below, in a square place."""
    painter.save()
    painter.translate(place.topLeft())
    painter.scale(place.width() / _ICON, place.height() / _ICON)
    pen = QPen(colour, 1.5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(icon)
    painter.restore()


def clear_icon() -> QPainterPath:
    """A cross."""
    path = QPainterPath()
    path.moveTo(3.5, 3.5)
    path.lineTo(12.5, 12.5)
    path.moveTo(12.5, 3.5)
    path.lineTo(3.5, 12.5)
    return path


def undo_icon() -> QPainterPath:
    """An arrow that turns back to the left."""
    path = QPainterPath()
    path.moveTo(5.5, 2.5)
    path.lineTo(2.0, 6.0)
    path.lineTo(5.5, 9.5)
    path.moveTo(2.0, 6.0)
    path.lineTo(10.0, 6.0)
    path.cubicTo(15.3, 6.0, 15.3, 13.5, 10.0, 13.5)
    path.lineTo(6.5, 13.5)
    return path


def redo_icon() -> QPainterPath:
    """The undo arrow, mirrored."""
    path = QPainterPath()
    path.moveTo(10.5, 2.5)
    path.lineTo(14.0, 6.0)
    path.lineTo(10.5, 9.5)
    path.moveTo(14.0, 6.0)
    path.lineTo(6.0, 6.0)
    path.cubicTo(0.7, 6.0, 0.7, 13.5, 6.0, 13.5)
    path.lineTo(9.5, 13.5)
    return path


def save_icon() -> QPainterPath:
    """An arrow down into a tray."""
    path = QPainterPath()
    path.moveTo(8.0, 2.0)
    path.lineTo(8.0, 9.5)
    path.moveTo(4.8, 6.5)
    path.lineTo(8.0, 9.8)
    path.lineTo(11.2, 6.5)
    path.moveTo(2.5, 10.5)
    path.lineTo(2.5, 13.5)
    path.lineTo(13.5, 13.5)
    path.lineTo(13.5, 10.5)
    return path


def print_icon() -> QPainterPath:
    """A printer, with paper above and below."""
    path = QPainterPath()
    path.moveTo(4.5, 6.0)
    path.lineTo(4.5, 2.0)
    path.lineTo(11.5, 2.0)
    path.lineTo(11.5, 6.0)
    path.moveTo(4.5, 11.0)
    path.lineTo(2.0, 11.0)
    path.lineTo(2.0, 6.0)
    path.lineTo(14.0, 6.0)
    path.lineTo(14.0, 11.0)
    path.lineTo(11.5, 11.0)
    path.addRect(4.5, 9.0, 7.0, 5.0)
    return path
