"""Lens: one map from near: what part of the drawing it sees, and the filter that made it.

Paints what it is told; which map that is, the page decides.
"""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.core.preprocess import IMAGE_SIZE
from digitpad.ui.language import renewed
from digitpad.ui.theme import Theme
from digitpad.ui.understand.pixel_map import PixelMap
from digitpad.ui.understand.tiling import Tiling
from digitpad.ui.understand.two_ways import TwoWays, shares_of
from digitpad.words import Words, number, tr

_ACROSS = 8
"""How many of a filter's slices stand side by side."""

Region = tuple[int, int, int, int]
"""Top, left, bottom and right, the last two just outside, in pixels of the input."""


class InputView(PixelMap):
    """The network's input, with the part of it that is seen from one place outlined."""

    def __init__(self, cell: int, parent: QWidget | None = None) -> None:
        super().__init__(Words("The network's input"), cell, parent)
        self._region: Region | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def region(self) -> Region | None:
        """What is outlined; None for nothing."""
        return self._region

    def outline(self, region: Region | None) -> None:
        """Outline a part of the input."""
        self._region = region
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._region is None:
            return
        painter = QPainter(self)
        frame = self._frame(painter.deviceTransform().m11())
        side = frame.width() / IMAGE_SIZE
        top, left, bottom, right = self._region
        part = QRectF(
            frame.left() + left * side,
            frame.top() + top * side,
            (right - left) * side,
            (bottom - top) * side,
        )
        painter.setPen(QPen(self._theme.paper, 4.0, j=Qt.PenJoinStyle.MiterJoin))
        painter.drawRect(part)
        painter.setPen(QPen(self._theme.focus, 2.0, j=Qt.PenJoinStyle.MiterJoin))
        painter.drawRect(part)


class FilterView(QWidget):
    """A filter's weights: blue for what it looks for, orange for what must not be there."""

    accessible_role: ClassVar = QAccessible.Role.Graphic

    def __init__(self, cell: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = IMAGE_SIZE * cell + 2
        self._kernel: NDArray[np.float32] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        renewed(self, self._say)

    @property
    def kernel(self) -> NDArray[np.float32] | None:
        """The weights shown, of shape (rows, columns, maps below); None for none."""
        return self._kernel

    def show_kernel(self, kernel: NDArray[np.float32] | None) -> None:
        """Show weights of shape (rows, columns, maps below); None for a layer without."""
        self._kernel = kernel
        self._say()
        self.update()

    def _say(self) -> None:
        self.setAccessibleName(tr("Filter"))
        kernel = self._kernel
        if kernel is None:
            self.setAccessibleDescription(tr("None", "no filter"))
            return
        rows, columns, maps = kernel.shape
        self.setAccessibleDescription(
            tr(
                "Weights of {rows} by {columns} on {maps} maps, from {least} to {most}",
                rows=rows,
                columns=columns,
                maps=maps,
                least=number(float(kernel.min()), 2),
                most=number(float(kernel.max()), 2),
            )
        )

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._kernel is None:
            return
        painter = QPainter(self)
        ratio = painter.deviceTransform().m11()
        across = min(self._kernel.shape[2], _ACROSS)
        tiling = Tiling.fitted(
            self._kernel.shape, across, self._side * ratio, round(2 * ratio), round(24 * ratio)
        )
        shares = tiling.compose(shares_of(self._kernel), np.float32(0.0))
        between = tiling.compose(np.zeros_like(self._kernel), np.float32(1.0))
        theme = Theme.of(self.palette())
        colours = TwoWays.of(theme)
        grounds = TwoWays(theme.paper, theme.window, colours.speaks_for, colours.speaks_against)
        picture = grounds.image(between, shares)
        picture.setDevicePixelRatio(ratio)
        painter.drawImage(QPointF(0.0, 0.0), picture)
