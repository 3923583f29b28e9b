"""Ink pictures: ink, and what the network saw of it, as pictures to take away.

Owns how large they are and where the ink lies in them. They look as on the canvas, in black, and on
white or on nothing: on other people's paper the theme of this screen means nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter

from digitpad.core.ink import Ink
from digitpad.core.svg import MARGIN
from digitpad.ui.drawing import Trace
from digitpad.ui.ink_layer import InkLayer


def ink_picture(ink: Ink, side: int, pen_width: float, is_transparent: bool) -> QImage:
    """Paint ink, not empty, on a picture whose longer side has so many pixels."""
    bounds = ink.bounds
    room = pen_width / 2 + MARGIN * (bounds.extent + pen_width)
    moved = ink.placed(1.0, room - bounds.left, room - bounds.top)
    size = QSize(math.ceil(bounds.width + 2 * room), math.ceil(bounds.height + 2 * room))
    scale = side / max(size.width(), size.height())
    layer = InkLayer()
    layer.colour = QColor(Qt.GlobalColor.black)
    layer.pen_width = pen_width
    layer.resize(size, scale)
    layer.refresh([Trace.of(stroke) for stroke in moved.strokes], None, math.inf)
    picture = QImage((size.toSizeF() * scale).toSize(), QImage.Format.Format_ARGB32_Premultiplied)
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent if is_transparent else Qt.GlobalColor.white)
    painter = QPainter(picture)
    layer.paint(painter, None)
    painter.end()
    picture.setDevicePixelRatio(1.0)
    return picture


def network_picture(pictures: Sequence[NDArray[np.float32]]) -> QImage:
    """Return what the network saw, white on black as in MNIST; several stand side by side."""
    grey = np.rint(np.hstack(pictures) * 255).astype(np.uint8)
    height, width = grey.shape
    return QImage(grey.tobytes(), width, height, width, QImage.Format.Format_Grayscale8).copy()


def png(picture: QImage) -> bytes:
    """Return a picture as PNG."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(picture)
    return bytes(content.data())
