"""Network view: the 28x28 picture that the network saw, small."""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetrics,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.ui.language import renewed
from digitpad.ui.paper import fill
from digitpad.ui.theme import Theme, mix
from digitpad.words import Words, tr

_SIDE = 28
_SCALE, _SMALL_SCALE = 3, 2
_CAPTION = Words("Network's view")


class NetworkView(QWidget):
    """Shows grey pixels in the theme's colours, each as a square of whole pixels."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixels: NDArray[np.float32] | None = None
        self._theme = Theme.of(self.palette())
        self._scale = _SCALE
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        renewed(self, self._say)

    def show_pixels(self, pixels: NDArray[np.float32] | None) -> None:
        """Show a picture of shape (28, 28), 0 for paper to 1 for ink; None for nothing."""
        self._pixels = pixels
        self._describe()
        self.update()

    def set_small(self, *, is_small: bool) -> None:
        """Take less room, or as much as usual."""
        self._scale = _SMALL_SCALE if is_small else _SCALE
        self.updateGeometry()
        self.update()

    def height_when(self, *, is_small: bool) -> int:
        """Return the height in logical pixels that is needed so."""
        frame = _SIDE * (_SMALL_SCALE if is_small else _SCALE) + 2
        return frame + 3 + self._caption_height

    def _say(self) -> None:
        self.setToolTip(
            tr("What the network sees: the drawing, scaled and centred, in 28x28 pixels")
        )
        self.setAccessibleName(tr("What the network sees"))
        self._describe()
        self._measure()
        self.updateGeometry()

    def _describe(self) -> None:
        shown = self._pixels is not None
        self.setAccessibleDescription(
            tr("The drawing, scaled and centred, in 28x28 pixels") if shown else tr("Nothing yet")
        )

    def sizeHint(self) -> QSize:
        frame = _SIDE * _SCALE + 2  # Not narrower when it is small, for the layout to stand still.
        width = max(frame, self._caption_width + 2)
        return QSize(width, self.height_when(is_small=self._scale == _SMALL_SCALE))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._theme = Theme.of(self.palette())
        if event.type() == QEvent.Type.FontChange:
            self._measure()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = _SIDE * self._scale + 2
        frame = QRectF(self.width() - side, 0, side, side)  # Flush with the bars below.
        fill(painter, frame, self._theme.paper)
        if self._pixels is not None:
            painter.drawImage(frame.adjusted(1, 1, -1, -1), self._image(self._pixels))
        painter.setPen(QPen(self._theme.border, 1.0))
        painter.drawRect(frame.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setFont(self._caption_font)
        painter.setPen(self._theme.muted)
        width = max(self._caption_width, side)
        top = frame.bottom() + 3
        below = QRectF(self.width() - width, top, width, self.height() - top)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(_CAPTION))

    def _measure(self) -> None:
        """Measure the caption in the current font and language."""
        self._caption_font = QFont(self.font())
        self._caption_font.setPixelSize(round(QFontInfo(self._caption_font).pixelSize() * 0.85))
        metrics = QFontMetrics(self._caption_font)
        self._caption_height = metrics.height()
        self._caption_width = metrics.horizontalAdvance(str(_CAPTION))

    def _image(self, pixels: NDArray[np.float32]) -> QImage:
        levels = np.rint(np.clip(pixels, 0.0, 1.0) * 255).astype(np.uint8)
        # Not as an image with a table of colours: to hand that over, and to paint by it, takes
        # five times as long.
        colours = _greys(self._theme.paper.rgba(), self._theme.ink.rgba())[levels]
        view = QImage(colours.tobytes(), _SIDE, _SIDE, 4 * _SIDE, QImage.Format.Format_RGB32)
        return view.copy()  # The copy owns its bytes; the view borrows ours.


@lru_cache(maxsize=2)  # It costs as much as all the rest of an answer's painting.
def _greys(paper: int, ink: int) -> NDArray[np.uint32]:
    """The colours from paper to ink."""
    first, last = QColor.fromRgba(paper), QColor.fromRgba(ink)
    return np.array([mix(first, last, level / 255).rgb() for level in range(256)], np.uint32)
