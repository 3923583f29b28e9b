"""Export dialog: as what a drawing is to be taken away, how large, and on what ground."""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QWidget,
)

from digitpad.core.ink import Ink
from digitpad.core.limits import DEFAULT_LIMITS
from digitpad.core.reading import Reading
from digitpad.core.svg import ink_to_svg
from digitpad.ui.ink_pictures import ink_picture, network_picture, png
from digitpad.words import Words, tr

SIDES = 16, math.isqrt(DEFAULT_LIMITS.pixels)
"""Pixels; what is larger would be refused when it is opened again."""
DEFAULT_SIDE = 512
_PREVIEW = 160
_CHECK = 8


class Kind(enum.Enum):
    """What a drawing becomes; the text is shown."""

    PNG = Words("Picture (PNG)")
    SVG = Words("Scalable drawing (SVG)")
    NETWORK = Words("What the network sees, 28 \N{MULTIPLICATION SIGN} 28 (PNG)")


@dataclass(frozen=True, slots=True)
class Export:
    """What is asked for; side and transparency matter to a PNG only."""

    kind: Kind = Kind.PNG
    side: int = DEFAULT_SIDE
    is_transparent: bool = False

    @property
    def suffix(self) -> str:
        return "svg" if self.kind is Kind.SVG else "png"


def exported(ink: Ink, reading: Reading, pen_width: float, export: Export) -> bytes:
    """Return the content of the file; the ink must not be empty."""
    if export.kind is Kind.SVG:
        return ink_to_svg(ink, pen_width).encode()
    if export.kind is Kind.NETWORK:
        return png(_seen(reading))
    return png(ink_picture(ink, export.side, pen_width, export.is_transparent))


class ExportDialog(QDialog):
    """Asks what to export, and shows it."""

    def __init__(self, ink: Ink, reading: Reading, pen_width: float, parent: QWidget) -> None:
        super().__init__(parent)
        self._ink = ink
        self._reading = reading
        self._pen_width = pen_width
        self.setWindowTitle(tr("Export"))
        self.kind = QComboBox()
        for kind in Kind:
            if kind is not Kind.NETWORK or reading.digits:
                self.kind.addItem(str(kind.value), kind)
        self.side = QSpinBox()
        self.side.setRange(*SIDES)
        self.side.setValue(DEFAULT_SIDE)
        self.side.setSuffix(tr(" pixels"))
        self.is_transparent = QCheckBox(tr("&Transparent background"))
        self._preview = QLabel()
        self._preview.setFixedSize(_PREVIEW, _PREVIEW)
        self._preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._preview.setAccessibleName(tr("Preview"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(
            tr("&Export\N{HORIZONTAL ELLIPSIS}"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.setSizeConstraint(QFormLayout.SizeConstraint.SetFixedSize)
        form.addRow(self._preview)
        form.setAlignment(self._preview, Qt.AlignmentFlag.AlignHCenter)
        form.addRow(tr("&Format"), self.kind)
        form.addRow(tr("&Longer side"), self.side)
        form.addRow("", self.is_transparent)
        form.addRow(buttons)
        self.kind.currentIndexChanged.connect(self._show)
        self.is_transparent.toggled.connect(self._show)
        self._show()

    @property
    def choice(self) -> Export:
        """What is asked for."""
        return Export(self.kind.currentData(), self.side.value(), self.is_transparent.isChecked())

    def content(self) -> bytes:
        """Return what is asked for, as the content of a file."""
        return exported(self._ink, self._reading, self._pen_width, self.choice)

    @Slot()
    def _show(self) -> None:
        choice = self.choice
        self.side.setEnabled(choice.kind is Kind.PNG)
        self.is_transparent.setEnabled(choice.kind is Kind.PNG)
        self._preview.setPixmap(self._pixmap(choice))

    def _pixmap(self, choice: Export) -> QPixmap:
        ratio = self.devicePixelRatioF()
        side = round(_PREVIEW * ratio)
        if choice.kind is Kind.NETWORK:
            small = _seen(self._reading)
            picture = small.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio)
        else:
            sees_through = choice.kind is Kind.SVG or choice.is_transparent
            picture = ink_picture(self._ink, side, self._pen_width, sees_through)
            if sees_through:
                picture = _on_squares(picture, round(_CHECK * ratio))
        pixmap = QPixmap.fromImage(picture)
        pixmap.setDevicePixelRatio(ratio)
        return pixmap


def _seen(reading: Reading) -> QImage:
    return network_picture([d.pixels for d in reading.digits if d.pixels is not None])


def _on_squares(picture: QImage, side: int) -> QImage:
    """Lay a picture on the squares that stand for nothing."""
    ground = QImage(picture.size(), QImage.Format.Format_RGB32)
    ground.fill(Qt.GlobalColor.white)
    painter = QPainter(ground)
    for top in range(0, ground.height(), side):
        for left in range((top // side) % 2 * side, ground.width(), 2 * side):
            painter.fillRect(left, top, side, side, QColor(0xE4, 0xE4, 0xE4))
    painter.drawImage(0, 0, picture)
    painter.end()
    return ground
