"""Ink canvas: the paper one writes on.

Owns the live stroke, and how mouse, touch, pen and keyboard events become points, or point at a
mark that is framed. Says what the ink is with every point; how it looks is owned by the surface
under it, and what it means is decided elsewhere.
"""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

import time

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QEventPoint,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPointingDevice,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QWidget

from digitpad.core.corrections import NO_CORRECTIONS, Corrections
from digitpad.core.ink import Ink
from digitpad.ui.drawing import Change, Identity
from digitpad.ui.eraser import touched
from digitpad.ui.growing_stroke import GrowingStroke
from digitpad.ui.ink_surface import DOT_SIZE, InkSurface
from digitpad.ui.pen_arbiter import PenArbiter, Source, Verdict
from digitpad.ui.pen_pressure import PenPressure

ERASER_REACH = 8.0
"""In logical pixels."""
_KEYBOARD_REASONS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
"""Who came by mouse or pen needs no ring to know where they are."""


class InkCanvas(InkSurface):
    """A surface that takes handwriting."""

    ink_changed = Signal(object)
    """An `Ink`: all strokes, the live one included; after every point and every other change."""
    history_changed = Signal()
    """What can be undone and redone may have changed."""
    mark_tapped = Signal(int, QRect)
    """One tapped on a framed mark; the place is below it, on the screen. No ink is left."""
    mark_pointed_at = Signal(object)
    """The number of the framed mark under the mouse, or None; while nothing is written."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pointed_at: int | None = None
        self._eraser: QPointF | None = None
        self._erased_before = False
        self._is_resized = False
        self._finger = -1
        self._arbiter = PenArbiter()
        self._pressure = PenPressure()
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMouseTracking(True)

    @property
    def identity(self) -> Identity | None:
        """Whose history the drawing is part of; None while no stroke is finished."""
        return self._drawing.identity if self._drawing.traces else None

    @property
    def can_undo(self) -> bool:
        return self._live_points() is not None or self._drawing.can_undo

    @property
    def can_redo(self) -> bool:
        return self._drawing.can_redo

    def clear(self) -> None:
        """Remove all strokes; can be undone."""
        self.finish_stroke()
        self._changed(self._drawing.replace(()))
        self._fit_view()

    def show_ink(self, ink: Ink, corrections: Corrections = NO_CORRECTIONS) -> None:
        """Put other ink, in canvas coordinates, in the place of what is there; can be undone."""
        self.finish_stroke()
        self._changed(self._drawing.replace(ink.strokes, corrections))
        self._fit_view()

    def correct(self, corrections: Corrections) -> None:
        """Take over what a person says of the marks; can be undone."""
        self.finish_stroke()
        self._changed(self._drawing.correct(corrections))

    def amend(self, corrections: Corrections) -> None:
        """Say of the marks what was meant all along by the last change; undone with it."""
        self._drawing.amend(corrections)
        self.history_changed.emit()
        self.ink_changed.emit(self.ink)

    def undo(self) -> None:
        self.finish_stroke()
        self._changed(self._drawing.undo())
        self._fit_view(may_grow=not self._drawing.traces)

    def redo(self) -> None:
        self.finish_stroke()
        self._changed(self._drawing.redo())
        self._fit_view(may_grow=not self._drawing.traces)

    def finish_stroke(self) -> None:
        """Lift the pen where it is; the stroke stays."""
        self._arbiter.release(time.monotonic())
        self._end_stroke()

    # Events -----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not _is_made_from_touch_or_pen(event):
            self._press(Source.MOUSE, event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._arbiter.holder is not Source.MOUSE:
            if self._arbiter.holder is None:
                self._point_at(self._frames.at(event.position()))
            return
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._add_point(event.position())
        else:
            self.finish_stroke()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._release(Source.MOUSE, event.position())

    def tabletEvent(self, event: QTabletEvent) -> None:
        event.accept()
        position = event.position()
        tip = event.button() == Qt.MouseButton.LeftButton
        if event.type() == QEvent.Type.TabletPress and tip:
            erases = event.pointerType() == QPointingDevice.PointerType.Eraser
            self._press(Source.PEN, position, self._pressure.of(event), erases)
        elif self._arbiter.holder is not Source.PEN:
            return
        elif event.type() == QEvent.Type.TabletMove and self._eraser is not None:
            self._erase(position)
        elif event.type() == QEvent.Type.TabletMove:
            self._add_point(position, self._pressure.of(event))
        elif event.type() == QEvent.Type.TabletRelease and tip:
            self._release(Source.PEN, position)

    def touchEvent(self, event: QTouchEvent) -> None:
        """Draw with the first finger; a second one, or the palm, draws nothing."""
        event.accept()
        if event.type() == QEvent.Type.TouchBegin and event.points():
            self._finger = event.points()[0].id()
            self._press(Source.TOUCH, event.points()[0].position())
        elif self._arbiter.holder is not Source.TOUCH:
            return
        elif event.type() == QEvent.Type.TouchCancel:
            self.finish_stroke()
        for point in event.points():
            if point.id() != self._finger:
                continue
            if point.state() == QEventPoint.State.Released:
                self._release(Source.TOUCH, point.position())
            elif event.type() == QEvent.Type.TouchUpdate:
                self._add_point(point.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keyboard.move(event, self.size()):
            super().keyPressEvent(event)
            return
        if event.key() != Qt.Key.Key_Space:
            if self._arbiter.holder is Source.KEYBOARD:
                self._add_point(self._keyboard.place)
        elif self._arbiter.holder is Source.KEYBOARD:
            self._release(Source.KEYBOARD, self._keyboard.place)
        else:
            self._press(Source.KEYBOARD, self._keyboard.place)
            self._keyboard.down = self._live is not None
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            self.touchEvent(event)
            return True
        if event.type() in (QEvent.Type.UngrabMouse, QEvent.Type.WindowDeactivate):
            self.finish_stroke()
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.finish_stroke()
        self._keyboard.hide()
        self._shows_focus = False
        self.update()
        super().focusOutEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._shows_focus = event.reason() in _KEYBOARD_REASONS
        self.update()
        super().focusInEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)
        super().leaveEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.finish_stroke()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._arbiter.holder is None:
            self._fit_view()
        else:  # When it ends: no ink is to move away from under a pen.
            self._is_resized = True

    # Strokes ----------------------------------------------------------------------------------

    def _press(
        self, source: Source, position: QPointF, pressure: float = 1.0, erases: bool = False
    ) -> None:
        verdict = self._arbiter.press(source, position.x(), position.y(), time.monotonic())
        if verdict is Verdict.IGNORE:
            return
        if verdict is Verdict.DRAW_INSTEAD:
            self._forget_twin()
        self._end_stroke()
        if source is not Source.KEYBOARD:
            self._keyboard.hide()
        if erases:
            self._erased_before = False
            self._eraser = self._view.on_paper(position)
            self._erase(position)
            return
        self._live = GrowingStroke()
        self._is_tap = self._frames.at(position) is not None
        self._point_at(None)
        self._layer.begin()
        self._add_point(position, pressure)
        self.history_changed.emit()

    def _release(self, source: Source, position: QPointF) -> None:
        if self._arbiter.holder is not source:
            return
        if self._live:
            x, y, pressure = self._live.points()[-1].tolist()
            place = self._view.on_paper(position)
            if (x, y) != (place.x(), place.y()):
                self._add_point(position, pressure)
        mark = self._frames.at(position) if self._is_tap else None
        self.finish_stroke()
        if mark is not None:
            area = self._frames.area_of(mark)
            self.mark_tapped.emit(mark, area.translated(self.mapToGlobal(QPoint())))

    def _end_stroke(self) -> None:
        points = self._live_points()
        self._live = None
        self._is_tap = False
        self._eraser = None
        self._keyboard.down = False
        if points is not None:
            self._layer.finish(points)
            self._drawing.add(points)
            self._view.keep(self.size(), self._drawing.traces[-1].bounds)
            self._describe()
            self.history_changed.emit()
        if self._is_resized:
            self._is_resized = False
            self._fit_view()

    def _add_point(self, position: QPointF, pressure: float = 1.0) -> None:
        live, place = self._live, self._view.on_paper(position)
        if live is None or not live.append(place.x(), place.y(), pressure):
            return
        points = live.points()
        newest = points[-4:]
        if self._is_tap:
            if Ink((points,)).bounds.extent * self._view.scale <= DOT_SIZE:
                return
            self._is_tap = False
            newest = points
            self.history_changed.emit()
        self._layer.grow(points)
        is_first_ink = len(points) == 1 and not self._drawing.traces
        if is_first_ink:
            self.update()
        else:
            tail = self._layer.extent(Ink((newest,)).bounds)
            self.update((tail & QRectF(self.rect())).toAlignedRect())
        self.ink_changed.emit(self.ink)

    def _erase(self, position: QPointF) -> None:
        assert self._eraser is not None
        place = self._view.on_paper(position)
        start = np.array([self._eraser.x(), self._eraser.y()])
        end = np.array([place.x(), place.y()])
        if not np.isfinite(end).all():
            return
        self._eraser = place
        reach = ERASER_REACH / self._view.scale
        places = touched(self._drawing.traces, start, end, reach)
        self._changed(self._drawing.remove(places, joined=self._erased_before))
        self._erased_before |= bool(places)

    def _forget_twin(self) -> None:
        """Drop the stroke that another kind of event made of the same movement."""
        if self._live:
            self._live = None
            self._repaint_all()
        elif self._drawing.strokes:
            change = self._drawing.take_back(self._drawing.strokes[-1])
            if change is not None:
                self._repaint(change)
                self._describe()
        self.history_changed.emit()
        self.ink_changed.emit(self.ink)

    def _point_at(self, mark: int | None) -> None:
        if mark != self._pointed_at:
            self._pointed_at = mark
            self.mark_pointed_at.emit(mark)

    def _changed(self, change: Change | None) -> None:
        if change is None:
            return
        if change.added or change.removed:
            self._repaint(change)
        self._describe()
        self.history_changed.emit()
        self.ink_changed.emit(self.ink)


def _is_made_from_touch_or_pen(event: QMouseEvent) -> bool:
    """Whether the system or Qt made this event from one of a finger or a pen."""
    return event.source() in (
        Qt.MouseEventSource.MouseEventSynthesizedByQt,
        Qt.MouseEventSource.MouseEventSynthesizedBySystem,
    )
