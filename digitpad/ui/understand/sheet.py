"""Sheet: a page of the panel with its drawing, set on one sheet for a class.

Owns what stands where on it. The same sheet becomes a picture, a PDF or a print; its paper is
white, whatever the theme of the screen.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QPen,
)

from digitpad.ui.understand.page import Page
from digitpad.words import tr

WIDTH = 1000.0
"""Width of the sheet's text area in its own units; fonts and distances are in these."""
_PICTURE_SCALE = 2
_MARGIN = 60.0
_TITLE, _TEXT, _SMALL = 40, 24, 18
_DRAWING = 260.0
_GAP, _BETWEEN = 28.0, 8.0
_LOWEST_FIGURE, _TALLEST_FIGURE = 200.0, 1200.0
_INK, _MUTED, _RULE = QColor("#111111"), QColor("#555555"), QColor("#bbbbbb")
_WORDS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_PAGE_MARGIN = 15.0
"""Millimetres of white round a printed sheet."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """What is put on paper."""

    title: str
    answer: str
    """How the drawing was read, in words."""
    drawing: QImage
    figure: QImage
    """The page's picture, with several pixels to one on the screen."""
    sentences: tuple[str, ...]
    """What the page says in words."""


def figure_of(page: Page, ratio: float) -> QImage:
    """Return a page's picture in light colours, with `ratio` pixels to a logical one."""
    size = page.sheet_size()
    image = QImage((size * ratio).toSize(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    before = page.palette() if page.testAttribute(Qt.WidgetAttribute.WA_SetPalette) else QPalette()
    painter = QPainter(image)
    # The page repaints itself only when events are handled, and has its own colours by then.
    page.setPalette(_paper_palette())
    try:
        page.paint_sheet(painter, QRectF(image.rect()))
    finally:
        page.setPalette(before)
        painter.end()
    return image


def sheet_picture(sheet: Sheet) -> QImage:
    """Return the sheet as a picture, as tall as it needs to be."""
    height = _height_needed(sheet)
    size = QSizeF(WIDTH + 2 * _MARGIN, height + 2 * _MARGIN) * _PICTURE_SCALE
    image = QImage(size.toSize(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.scale(_PICTURE_SCALE, _PICTURE_SCALE)
    painter.translate(_MARGIN, _MARGIN)
    _paint(painter, sheet, height)
    painter.end()
    return image


def sheet_pdf(sheet: Sheet) -> bytes:
    """Return the sheet as a PDF of one A4 page."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(sheet.title)
    writer.setCreator("DigitPad")
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    print_sheet(sheet, writer)
    buffer.close()
    return bytes(content.data())


def print_sheet(sheet: Sheet, device: QPagedPaintDevice) -> bool:
    """Put the sheet on one page of a printer or a PDF; returns whether that could be begun."""
    margins = QMarginsF(_PAGE_MARGIN, _PAGE_MARGIN, _PAGE_MARGIN, _PAGE_MARGIN)
    device.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    painter = QPainter()
    if not painter.begin(device):
        return False
    scale = device.width() / WIDTH
    painter.scale(scale, scale)
    _paint(painter, sheet, device.height() / scale)
    return painter.end()


def _paint(painter: QPainter, sheet: Sheet, height: float) -> None:
    """Paint into WIDTH x `height`; the figure takes what the rest leaves, and grows no taller."""
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    top = _write(painter, sheet.title, _TITLE, 0.0, bold=True) + _GAP / 2
    painter.setPen(QPen(_RULE, 1.5))
    painter.drawLine(0, round(top), round(WIDTH), round(top))
    top += _GAP
    frame = QRectF(0.0, top, _DRAWING, _DRAWING)
    _paint_image(painter, sheet.drawing, frame.adjusted(8, 8, -8, -8))
    painter.setPen(QPen(_RULE, 1.5))
    painter.drawRect(frame)
    beside = _DRAWING + _GAP
    down = _write(painter, tr("The drawing"), _SMALL, top, left=beside, colour=_MUTED) + 4.0
    down = _write(painter, sheet.answer, _TEXT, down, left=beside, bold=True) + _GAP / 2
    count = _count_beside(sheet)
    for sentence in sheet.sentences[:count]:
        down = _write(painter, sentence, _TEXT, down, left=beside) + _BETWEEN
    top = frame.bottom()
    if sheet.sentences[count:]:
        top += _GAP / 2
    for sentence in sheet.sentences[count:]:
        top = _write(painter, sentence, _TEXT, top) + _BETWEEN
    top += _GAP
    room = QRectF(0.0, top, WIDTH, max(_LOWEST_FIGURE, height - top - 2 * _SMALL))
    _paint_image(painter, sheet.figure, room, Qt.AlignmentFlag.AlignTop)
    _write(painter, tr("Made with DigitPad"), _SMALL, height - 1.3 * _SMALL, colour=_MUTED)


def _height_needed(sheet: Sheet) -> float:
    """How tall a sheet is that nothing limits."""
    top = _text_height(sheet.title, _TITLE, WIDTH, bold=True) + 1.5 * _GAP + _DRAWING
    below = sheet.sentences[_count_beside(sheet) :]
    if below:
        top += _GAP / 2 + sum(_text_height(s, _TEXT, WIDTH) + _BETWEEN for s in below)
    return top + _GAP + _figure_height(sheet) + 3.0 * _SMALL


def _count_beside(sheet: Sheet) -> int:
    """How many of the sentences find room beside the drawing."""
    width = WIDTH - _DRAWING - _GAP
    height = _text_height(sheet.answer, _TEXT, width, bold=True) + 2.5 * _SMALL + _GAP / 2
    for count, sentence in enumerate(sheet.sentences):
        height += _text_height(sentence, _TEXT, width) + _BETWEEN
        if height > _DRAWING:
            return count
    return len(sheet.sentences)


def _figure_height(sheet: Sheet) -> float:
    """How tall the figure is when it is as wide as the sheet, or as tall as it may be."""
    return min(WIDTH * sheet.figure.height() / max(1, sheet.figure.width()), _TALLEST_FIGURE)


def _paint_image(
    painter: QPainter,
    image: QImage,
    room: QRectF,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter,
) -> None:
    """Paint an image as large as the room allows, in the middle of it or at its top."""
    size = QSizeF(image.size()).scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    left = room.left() + (room.width() - size.width()) / 2
    above = 0.0 if align is Qt.AlignmentFlag.AlignTop else (room.height() - size.height()) / 2
    painter.drawImage(QRectF(left, room.top() + above, size.width(), size.height()), image)


def _write(
    painter: QPainter,
    text: str,
    size: int,
    top: float,
    left: float = 0.0,
    bold: bool = False,
    colour: QColor = _INK,
) -> float:
    """Write a paragraph from `top` on and return where it ends."""
    width = WIDTH - left
    painter.setFont(_font(size, bold))
    painter.setPen(colour)
    height = _text_height(text, size, width, bold)
    painter.drawText(QRectF(left, top, width, height), int(_WORDS), text)
    return top + height


def _text_height(text: str, size: int, width: float, bold: bool = False) -> float:
    room = QRectF(0.0, 0.0, width, 10_000.0)
    return QFontMetricsF(_font(size, bold)).boundingRect(room, int(_WORDS), text).height()


def _font(size: int, bold: bool) -> QFont:
    font = QFont(QGuiApplication.font())
    font.setPixelSize(size)
    font.setBold(bold)
    return font


def _paper_palette() -> QPalette:
    palette = QPalette(QColor(Qt.GlobalColor.white), QColor(Qt.GlobalColor.white))
    palette.setColor(QPalette.ColorRole.Button, QColor("#eeeeee"))
    palette.setColor(QPalette.ColorRole.Accent, QColor("#0072b2"))
    return palette
