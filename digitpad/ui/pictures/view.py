"""Picture view: a picture with a mark over each digit, to look at and to choose from.

Owns how mouse, wheel, pinch and keys zoom, move and select. What is read and what the person says
of it lies elsewhere.
"""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from digitpad.core.picture_levels import Level
from digitpad.core.reading import NO_DIGIT
from digitpad.ui.language import renewed
from digitpad.ui.mark_frames import smallest_at
from digitpad.ui.paper import paint_frame
from digitpad.ui.pictures.choosing import chosen_by_key
from digitpad.ui.pictures.overlay import Overlay, gap_between_rows
from digitpad.ui.pictures.placement import Placement
from digitpad.ui.pictures.shown_picture import ShownPicture
from digitpad.ui.pictures.tags import Tag
from digitpad.ui.theme import Theme
from digitpad.words import tr

ZOOM_STEP = 1.25
_WHEEL_STEP = 60.0
_EDGE = 8.0
_PLAIN = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
"""What digits are typed with on some keyboards."""
_NO_DIGIT_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Minus, Qt.Key.Key_X)


class PictureView(QWidget):
    """Shows one picture, fitted at first. Selects one mark, or none."""

    accessible_role: ClassVar = QAccessible.Role.Graphic

    selected = Signal(object)
    """The number of the mark that mouse or keys have chosen, or None."""
    said = Signal(str)
    """What the selected mark is was typed: a digit, or NO_DIGIT."""
    page_asked = Signal(int)
    """One page back or on: -1 or 1."""
    writing_began = Signal(QPointF, QPointF)
    """A line was begun beside the digits: from where to where, in this widget."""
    placed = Signal()
    """The picture was zoomed or moved."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: ShownPicture | None = None
        self._tags: tuple[Tag, ...] = ()
        self._between_rows = gap_between_rows(())
        self._selection: int | None = None
        self._hovered: int | None = None
        self._placement: Placement | None = None
        self._pressed: QPointF | None = None
        self._moves = False
        self._shows_focus = False
        self._theme = Theme.of(self.palette())
        self._overlay = Overlay(self.font(), self._theme)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        renewed(self, lambda: self.setAccessibleName(tr("Picture")))

    @property
    def placement(self) -> Placement | None:
        """Where the picture lies; None without one."""
        return self._placement

    @property
    def selection(self) -> int | None:
        """The number of the selected mark."""
        return self._selection

    @property
    def tags(self) -> tuple[Tag, ...]:
        return self._tags

    def show_picture(self, levels: Sequence[Level]) -> None:
        """Show a picture without marks, fitted."""
        self._picture = ShownPicture(levels)
        self._tags = ()
        self._selection = self._hovered = self._pressed = None
        self.fit()

    def show_tags(self, tags: Sequence[Tag]) -> None:
        """Mark these digits; there may be fewer than before."""
        self._tags = tuple(tags)
        places = range(len(tags))
        self._selection = self._selection if self._selection in places else None
        self._hovered = self._hovered if self._hovered in places else None
        self._between_rows = gap_between_rows([tag.box for tag in tags])
        self.update()

    def select(self, number: int | None) -> None:
        """Select a mark and bring it in sight, without telling of it."""
        self._selection = number
        if number is not None and self._placement is not None:
            around = self._overlay.extent(self.area_of(number))
            if self._placement.can_move:
                self._place(self._placement.revealing(around))
        self.update()

    def point_at(self, number: int | None) -> None:
        """Mark what is pointed at elsewhere; None for nothing."""
        if number != self._hovered:
            self._hovered = number
            self.update()

    def area_of(self, number: int) -> QRectF:
        """Return where the digit under a mark lies in this widget."""
        assert self._placement is not None
        return self._placement.to_view(self._tags[number].box)

    def fit(self) -> None:
        """Show all of the picture."""
        if self._picture is not None:
            self._place(Placement.fitted(self._picture.size, self._room()))

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Enlarge about a place, else about the selected digit, else about the middle."""
        if self._placement is None:
            return
        if at is None:
            at = self._room().center()
            if self._selection is not None:
                area = self.area_of(self._selection)
                at = area.center() if self._room().intersects(area) else at
        self._place(self._placement.zoomed(factor, at))

    # Events -----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._mark_at(event.position())
        if found is not None:
            self._choose(found)
        if found is not None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed = event.position()
        self._moves = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self._pressed = None
            self._hover(self._mark_at(place))
            return
        by = place - self._pressed
        if not self._moves and by.manhattanLength() < QApplication.startDragDistance():
            return
        placement = self._placement
        if placement is None or not placement.can_move:
            start, self._pressed = self._pressed, None
            self.writing_began.emit(start, place)
            return
        self._moves = True
        self._pressed = place
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._place(placement.moved(by))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = None
            self._hover(self._mark_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().toPointF() / 120.0
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(ZOOM_STEP ** steps.y(), event.position())
        elif self._placement is not None and self._placement.can_move:
            by = event.pixelDelta().toPointF()
            self._place(self._placement.moved(steps * _WHEEL_STEP if by.isNull() else by))
        event.accept()

    def say_by_key(self, event: QKeyEvent) -> bool:
        """Say what the selected mark is if the key means that; return whether it does."""
        label = label_by_key(event)
        if label is not None and self._selection is not None:
            self.said.emit(label)
        return label is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self.say_by_key(event):
            return
        if event.modifiers() & ~_PLAIN:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.page_asked.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        else:
            chosen = chosen_by_key(key, [tag.box for tag in self._tags], self._selection)
            if chosen is None:
                super().keyPressEvent(event)
            else:
                self._choose(chosen)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go from mark to mark with Tab, and on to the next widget after the last one."""
        if self._tags:
            before = -1 if self._selection is None else self._selection
            following = before + (1 if forward else -1)
            if 0 <= following < len(self._tags):
                self._choose(following)
                return True
        return super().focusNextPrevChild(forward)

    def event(self, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._mark_at(QPointF(event.pos()))
            QToolTip.showText(
                event.globalPos(), "" if found is None else self._tags[found].sentence, self
            )
            return True
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        ):
            self.zoom(1.0 + event.value(), event.position())
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._shows_focus = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        )
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._shows_focus = False
        self.update()
        super().focusOutEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._theme = Theme.of(self.palette())
            self._overlay = Overlay(self.font(), self._theme)
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._placement is not None:
            self._place(self._placement.resized(self._room()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect())
        painter.fillRect(area, self._theme.track)
        if self._picture is not None and self._placement is not None:
            self._picture.paint(painter, self._placement, area, self._theme)
            areas = [self._placement.to_view(tag.box) for tag in self._tags]
            between_rows = self._between_rows * self._placement.scale
            self._overlay.paint(
                painter, self._tags, areas, between_rows, self._selection, self._hovered
            )
        paint_frame(painter, area, self._theme, self._shows_focus)

    def sizeHint(self) -> QSize:
        side = self.fontMetrics().height() * 24
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        side = self.fontMetrics().height() * 9
        return QSize(side, side)

    # Parts ------------------------------------------------------------------------------------

    def _room(self) -> QRectF:
        """Where a fitted picture lies: so that there is room for tags above its digits."""
        above = self._overlay.room_above
        return QRectF(self.rect()).adjusted(_EDGE, above, -_EDGE, -_EDGE)

    def _place(self, placement: Placement) -> None:
        self._placement = placement
        self._shape_pointer()
        self.update()
        self.placed.emit()

    def _mark_at(self, place: QPointF) -> int | None:
        areas = [self._overlay.frame(self.area_of(n)) for n in range(len(self._tags))]
        return smallest_at(place, areas)

    def _hover(self, number: int | None) -> None:
        self.point_at(number)
        self._shape_pointer()

    def _shape_pointer(self) -> None:
        """Tell by the pointer what a press would do."""
        shapes = Qt.CursorShape
        if self._hovered is not None:
            self.setCursor(shapes.PointingHandCursor)
        elif self._placement is not None and self._placement.can_move:
            self.setCursor(shapes.OpenHandCursor)
        else:
            self.setCursor(shapes.CrossCursor)

    def _choose(self, number: int) -> None:
        self.select(number)
        self.selected.emit(number)


def label_by_key(event: QKeyEvent) -> str | None:
    """Return what a key says that a mark is: a digit, or NO_DIGIT; None for any other key."""
    key = event.key()
    if event.modifiers() & ~_PLAIN:
        return None
    if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
        return str(key - Qt.Key.Key_0)
    return NO_DIGIT if key in _NO_DIGIT_KEYS else None
