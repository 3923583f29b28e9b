"""Ink surface: the paper as it is seen, with the ink, the frames of marks and the keyboard's pen.

Owns the drawing, what it looks like at any size of the widget, and what screen readers are told of
it. Takes no events of pens: those make ink in `ink_canvas.py`.
"""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, QTimer, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from digitpad.core.corrections import Corrections
from digitpad.core.ink import Bounds, Ink, Stroke
from digitpad.core.reading import Box
from digitpad.ui.drawing import Change, Drawing
from digitpad.ui.growing_stroke import GrowingStroke
from digitpad.ui.ink_layer import InkLayer
from digitpad.ui.keyboard_pen import KeyboardPen
from digitpad.ui.language import renewed
from digitpad.ui.mark_frames import MarkFrames
from digitpad.ui.paper import paint_frame, paint_paper
from digitpad.ui.paper_view import PaperView
from digitpad.ui.theme import Theme
from digitpad.words import Words, tr

DOT_SIZE = 4.0
"""Extent of a tap with a trembling hand, in logical pixels."""
DEFAULT_PEN_WIDTH = 12.0
REFRESH_SECONDS = 0.004
"""How long a crowded drawing may be repainted before events are handled again."""


class InkSurface(QWidget):
    """A widget that shows handwriting. Ink is in units of the paper: logical pixels from the top
    left corner, but for a widget too small for the ink, which shows all of it smaller."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawing = Drawing()
        self._live: GrowingStroke | None = None
        self._is_tap = False
        self._view = PaperView()
        self._invitation: tuple[Words, ...] = (Words("Draw a digit here"),)
        self._frames = MarkFrames()
        self._keyboard = KeyboardPen()
        self._shows_focus = False
        self._layer = InkLayer()
        self._layer.pen_width = DEFAULT_PEN_WIDTH
        self._refresh_timer = QTimer(self)
        self._refresh_timer.setSingleShot(True)
        self._refresh_timer.timeout.connect(self._refresh)
        self._theme = Theme.of(self.palette())
        self._layer.colour = self._theme.ink
        renewed(self, self._say)

    @property
    def ink(self) -> Ink:
        """The drawing so far; a snapshot that costs the same for long and short strokes."""
        strokes = self._drawing.strokes
        live = self._live_points()
        return Ink(strokes if live is None else (*strokes, live), DOT_SIZE)

    @property
    def corrections(self) -> Corrections:
        """What a person said of the drawing's marks."""
        return self._drawing.corrections

    @property
    def is_writing(self) -> bool:
        """Whether a stroke has begun and not ended."""
        return self._live_points() is not None

    @property
    def is_repainting(self) -> bool:
        """Whether parts of a crowded drawing still look as before the last change."""
        return self._layer.is_stale

    @property
    def pen_width(self) -> float:
        """Width of a line on screen at full pressure, in logical pixels; not of the ink read."""
        return self._layer.pen_width

    def invite(self, sentence: Words, besides: Words) -> None:
        """Say this on blank paper; below it, where there is room, what can be done besides."""
        self._invitation = sentence, besides
        self._say()

    def set_pen_width(self, width: float) -> None:
        self._layer.pen_width = width
        self._frames.show_again(width, self._view)
        self._repaint_all()

    def frame_marks(self, boxes: Sequence[Box], shown: int | None) -> None:
        """Frame the marks of a number, so that one can point at them; `shown` is shown large."""
        changed = self._frames.show(boxes, shown, self._layer.pen_width, self._view)
        if not changed.isEmpty():
            self.update(changed)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._theme = Theme.of(self.palette())
            self._layer.colour = self._theme.ink
            self._repaint_all()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_layer(self.devicePixelRatioF())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._fit_layer(painter.deviceTransform().m11())
        area = QRectF(self.rect())
        live = self._live_points()
        is_blank = live is None and not self._drawing.traces
        hint = [str(line) for line in self._invitation] if is_blank else ()
        paint_paper(painter, area, self._theme, self.font(), hint)
        self._frames.paint(painter, self._theme)
        self._layer.paint(painter, live)
        self._keyboard.paint(painter, self._theme)
        paint_frame(painter, area, self._theme, self._shows_focus)

    def sizeHint(self) -> QSize:
        side = self.fontMetrics().height() * 28
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        side = self.fontMetrics().height() * 14
        return QSize(side, side)

    def _fit_view(self, *, may_grow: bool = True) -> None:
        """Show the paper as large as there is room for its ink; see `PaperView.fit`."""
        bounds = self._bounds()
        if self._view.fit(self.size(), bounds, self.pen_width, may_grow=may_grow):
            self._layer.scale = self._view.scale
            self._frames.show_again(self.pen_width, self._view)
            self._repaint_all()

    def _bounds(self) -> Bounds | None:
        boxes = [trace.bounds for trace in self._drawing.traces]
        return Bounds.around(boxes) if boxes else None

    def _live_points(self) -> Stroke | None:
        """The stroke that is being written; a tap on a mark is none, unless the hand moves on."""
        return self._live.points() if self._live and not self._is_tap else None

    def _repaint(self, change: Change) -> None:
        """Paint anew where strokes came or went."""
        before = {id(trace): trace for trace in change.removed}
        after = {id(trace): trace for trace in change.added}
        differing = [before[key] for key in before.keys() - after.keys()]
        differing += [after[key] for key in after.keys() - before.keys()]
        area = QRectF()
        for trace in differing:
            area |= self._layer.extent(trace.bounds)
        self._layer.invalidate(area)
        self._refresh()
        self.update()

    def _repaint_all(self) -> None:
        self._layer.invalidate()
        self._refresh()
        self.update()

    def _fit_layer(self, ratio: float) -> None:
        """Give the ink the canvas's size and the resolution of the screen, or of a picture."""
        if self._layer.fits(self.size(), ratio):
            return
        is_other_surface = ratio != self._layer.ratio
        self._layer.resize(self.size(), ratio)
        if is_other_surface:  # A picture is painted only once: it cannot wait for the rest.
            self._layer.refresh(self._drawing.traces, self._live_points(), math.inf)
        else:
            self._refresh()

    @Slot()
    def _refresh(self) -> None:
        """Paint some of what is stale, and come back for the rest when events were handled."""
        fresh = self._layer.refresh(self._drawing.traces, self._live_points(), REFRESH_SECONDS)
        self.update(fresh)
        if self._layer.is_stale:
            self._refresh_timer.start()

    def _say(self) -> None:
        self.setAccessibleName(tr("Drawing area"))
        self._describe()
        self.update()

    def _describe(self) -> None:
        count = len(self._drawing.traces)
        if count:
            strokes = tr("{n} strokes", one="1 stroke", n=count)
        else:
            strokes = f"{tr('Empty')}. {' '.join(str(line) for line in self._invitation)}"
        how = tr(
            "Draw a digit with the mouse, a pen or a finger; with the keyboard, arrow keys move "
            "the pen and Space lowers and lifts it."
        )
        self.setAccessibleDescription(f"{strokes}. {how}")
