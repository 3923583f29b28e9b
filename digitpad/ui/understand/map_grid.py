"""Map grid: what one layer puts out, as pictures that can be pointed at.

Owns how a layer's maps are painted, and how mouse and keys choose one of them and a place in it.
What a map means is said elsewhere.
"""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QFont,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.ui.theme import Theme, mix
from digitpad.ui.understand.tiling import Spot, Tiling

Levels = NDArray[np.uint8]

BRIGHTEST = 254
"""Level of a layer's strongest value."""
_BETWEEN = 255
_GAP = 2
_MARGIN = 2
"""Round about, for the frame of a map at the edge."""
_ARROWS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class MapGrid(QWidget):
    """Pictures of one layer; at rest each is empty, and can be pointed at all the same."""

    accessible_role: ClassVar = QAccessible.Role.Graphic

    pointed = Signal()
    """Mouse or keys have chosen `spot`."""

    def __init__(
        self,
        shape: tuple[int, int, int],
        across: int,
        largest: float,
        labels: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        """`shape` is (rows, columns, maps), of which at most `across` stand in a line.

        `largest` bounds a pixel's side, in logical pixels; labels are written on the maps.
        """
        super().__init__(parent)
        self._shape = shape
        self._across = across
        self._largest = largest
        self._labels = tuple(labels)
        self._levels: Levels | None = None
        self._picture: QImage | None = None
        self._spot: Spot | None = None
        self._theme = Theme.of(self.palette())
        self._colours = _colours(self._theme)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._room = 0

    @property
    def levels(self) -> Levels | None:
        """What is shown, of shape (rows, columns, maps); None at rest."""
        return self._levels

    @property
    def spot(self) -> Spot | None:
        """The map and the place in it that is pointed at."""
        return self._spot

    @property
    def across(self) -> int:
        """How many maps stand in a line."""
        return self._tiling(self.devicePixelRatioF()).across

    def show_levels(self, levels: Levels | None) -> None:
        """Show as many levels up to BRIGHTEST as the shape holds, in its order; None for rest."""
        self._levels = None if levels is None else levels.reshape(self._shape)
        self._picture = None
        self.update()

    def point_at(self, spot: Spot | None) -> None:
        """Mark a map, without telling of it; None for none."""
        if spot != self._spot:
            self._spot = spot
            self.update()

    def fill(self, width: int) -> None:
        """Take as large pixels as this width has room for."""
        self._room = width
        self._picture = None
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        ratio = self.devicePixelRatioF()
        tiling = self._tiling(ratio)
        return QSize(
            int(np.ceil(tiling.width / ratio)) + 2 * _MARGIN,
            int(np.ceil(tiling.height / ratio)) + 2 * _MARGIN,
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._theme = Theme.of(self.palette())
            self._colours = _colours(self._theme)
            self._picture = None
        super().changeEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.fill(self._room)
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        ratio = self.devicePixelRatioF()
        place = (event.position() - QPointF(_MARGIN, _MARGIN)) * ratio
        self._choose(self._tiling(ratio).spot_at(place.x(), place.y()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.mouseMoveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Where the keys go has to be seen; the mouse points by itself.
        if self._spot is None and event.reason() != Qt.FocusReason.MouseFocusReason:
            self._choose(self._strongest(0))
        super().focusInEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrow = _ARROWS.get(Qt.Key(event.key()))
        if arrow is None:
            super().keyPressEvent(event)
            return
        down, right = arrow
        rows, columns, count = self._shape
        spot = self._spot or self._strongest(0)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            row = min(max(spot.row + down, 0), rows - 1)
            column = min(max(spot.column + right, 0), columns - 1)
            self._choose(Spot(spot.index, row, column))
            return
        index = spot.index + down * self.across + right
        if 0 <= index < count:
            self._choose(self._strongest(index))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ratio = painter.deviceTransform().m11()
        tiling = self._tiling(ratio)
        if self._picture is None or self._picture.devicePixelRatio() != ratio:
            self._picture = self._composed(tiling, ratio)
        painter.drawImage(QPointF(_MARGIN, _MARGIN), self._picture)
        if self._labels:
            self._paint_labels(painter, tiling, ratio)
        if self._spot is not None:
            frame = _rectangle(tiling, self._spot.index, ratio)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.focus, 2.0, j=Qt.PenJoinStyle.MiterJoin))
            painter.drawRect(frame.adjusted(-1.0, -1.0, 1.0, 1.0))

    def _choose(self, spot: Spot | None) -> None:
        if spot is None:
            return
        self.point_at(spot)
        self.pointed.emit()

    def _strongest(self, index: int) -> Spot:
        """Return the strongest place of a map; at rest the one in the middle."""
        rows, columns, _ = self._shape
        if self._levels is None or not self._levels[..., index].any():
            return Spot(index, rows // 2, columns // 2)
        row, column = divmod(int(self._levels[..., index].argmax()), columns)
        return Spot(index, row, column)

    def _tiling(self, ratio: float) -> Tiling:
        gap = round(_GAP * ratio)
        most = max(int(self._largest * ratio), 1)
        room = (self._room - 2 * _MARGIN) * ratio
        return Tiling.fitted(self._shape, self._across, room, gap, most)

    def _composed(self, tiling: Tiling, ratio: float) -> QImage:
        levels = self._levels
        if levels is None:
            levels = np.zeros(self._shape, np.uint8)
        sheet = tiling.compose(levels, _BETWEEN)
        height, width = sheet.shape
        view = QImage(sheet.tobytes(), width, height, width, QImage.Format.Format_Indexed8)
        picture = view.copy()  # The copy owns its bytes; the view borrows ours.
        picture.setColorTable(self._colours)
        picture.setDevicePixelRatio(ratio)
        return picture

    def _paint_labels(self, painter: QPainter, tiling: Tiling, ratio: float) -> None:
        font = QFont(self.font())
        for index, label in enumerate(self._labels):
            is_dark = self._levels is not None and self._levels[0, 0, index] > BRIGHTEST / 2
            painter.setPen(self._theme.paper if is_dark else self._theme.ink)
            painter.setFont(font)
            frame = _rectangle(tiling, index, ratio)
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, label)


def _colours(theme: Theme) -> list[int]:
    """Return what each level is painted in: from paper over the accent to ink, then the gaps."""
    half = BRIGHTEST // 2
    pale = [mix(theme.paper, theme.accent, level / half).rgb() for level in range(half)]
    strong = [mix(theme.accent, theme.ink, level / half).rgb() for level in range(half + 1)]
    return [*pale, *strong, theme.window.rgb()]


def _rectangle(tiling: Tiling, index: int, ratio: float) -> QRectF:
    left, top, width, height = (length / ratio for length in tiling.rectangle(index))
    return QRectF(left + _MARGIN, top + _MARGIN, width, height)
