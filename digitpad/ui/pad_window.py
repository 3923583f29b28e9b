"""Pad window: puts the canvas, the answers and the tools together.

Owns the arrangement and the wiring between the canvas and the recognizer. Decides nothing.
"""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QByteArray, QSize, Signal, Slot
from PySide6.QtGui import QCloseEvent, QIcon
from PySide6.QtWidgets import QMainWindow, QWidget

from digitpad.core.corrections import NO_CORRECTIONS, NOTHING_SAID, Said, text_of
from digitpad.core.ink import Ink
from digitpad.core.reading import EMPTY_READING, DigitReading, Reading
from digitpad.core.resource_files import resource_path
from digitpad.settings import Settings
from digitpad.ui.accessible import install_roles
from digitpad.ui.answer_panel import AnswerPanel
from digitpad.ui.arrangement import Arrangement
from digitpad.ui.digit_actions import DigitActions
from digitpad.ui.file_actions import FileActions
from digitpad.ui.fitting import fits, fitted
from digitpad.ui.ink_canvas import InkCanvas
from digitpad.ui.language import chosen
from digitpad.ui.language_menu import add_language_menu
from digitpad.ui.menus import add_menu, make_action
from digitpad.ui.pen_size import PenSize
from digitpad.ui.pictures.opening import Pictures
from digitpad.ui.stage import Stage
from digitpad.ui.status_line import StatusLine
from digitpad.ui.tool_button import ToolButton, clear_icon, redo_icon, undo_icon
from digitpad.ui.understand.opening import Understanding
from digitpad.words import Words
from digitpad.workers.draft_keeper import DraftKeeper
from digitpad.workers.recognizer import Recognizer

_ICON_SIDES = (16, 32, 48, 64, 128, 256)
_LOADING = Words("Loading the network\N{HORIZONTAL ELLIPSIS}")


class PadWindow(QMainWindow):
    """The window one writes in. The recognizer is started by who made it, and stopped here."""

    digit_shown = Signal(object)
    """The `DigitReading` that is shown large, or None, whenever it changes."""
    another_asked = Signal()
    """One more window is wanted."""
    quit_asked = Signal()
    """All windows are to be closed."""
    closed = Signal()

    def __init__(
        self,
        recognizer: Recognizer,
        parent: QWidget | None = None,
        settings: Settings | None = None,
        drafts: DraftKeeper | None = None,
    ) -> None:
        super().__init__(parent)
        install_roles()
        settings = settings or Settings()
        self.recognizer = recognizer
        self.canvas = InkCanvas()
        self.stage = Stage(self.canvas)
        self.panel = AnswerPanel()
        self.strip = self.panel.strip
        self.answer = self.panel.answer
        self.network_view = self.panel.network_view
        self.bars = self.panel.bars
        self.pen_size = PenSize(settings.pen_width)
        self.status = StatusLine()
        self.status.show_note(_LOADING)
        self._reading = EMPTY_READING
        self._said = NO_CORRECTIONS
        self.digits = DigitActions(
            self,
            self.canvas,
            self.panel,
            recognizer,
            self.status,
            is_single=settings.reads_one_digit,
        )
        self.files = FileActions(
            self,
            self.canvas,
            self.status,
            self._reading_of_now,
            self.show_ink,
            drafts,
            self._text,
        )
        self.pictures = Pictures(
            self,
            self.stage,
            self.canvas,
            self.panel,
            self.status,
            self.files,
            self._add_strip,
            self.digits,
        )
        if drafts is not None:
            drafts.found.connect(self._on_draft_found)
            drafts.failed.connect(self.status.show_failure)
        self.understanding = Understanding(
            self, self.canvas, self.status, self.digit_shown, lambda: self.digit
        )
        self.setWindowTitle("DigitPad")
        self.setWindowIcon(_window_icon())
        self._add_menus()
        self._parts = self._arranged()
        self.setCentralWidget(self._parts)
        self._connect()
        self._on_history_changed()
        self._show_what_pen_can()
        self.canvas.set_pen_width(self.pen_size.width_chosen)
        if not self.restoreGeometry(QByteArray.fromBase64(settings.geometry.encode())):
            self.resize(self.sizeHint().boundedTo(self.screen().availableSize()))
        self.restoreState(QByteArray.fromBase64(settings.arrangement.encode()))
        self.understanding.reopen(settings.understand)
        self.canvas.setFocus()

    @property
    def settings(self) -> Settings:
        """What should come back next time."""
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        arrangement = bytes(self.saveState().toBase64().data()).decode()
        return Settings(
            geometry,
            self.pen_size.width_chosen,
            arrangement,
            self.understanding.page_open,
            self.digits.is_single,
            chosen(),
        )

    @property
    def digit(self) -> DigitReading | None:
        """The digit that is shown large; None at rest."""
        return self.panel.digit

    def show_ink(self, ink: Ink, said: Said = NOTHING_SAID, *, keeps_place: bool = False) -> None:
        """Put a drawing on the canvas, fitted to it, and read it; Undo brings the old one back.

        `said` comes from its file. With `keeps_place` what fits already is not moved.
        """
        self.stage.show_canvas()
        # What takes room from the canvas comes first.
        is_new = self.understanding.come_back() or not self.isVisible()
        frame = self.layout()
        if frame is not None and is_new:
            frame.activate()  # The canvas does not have its size yet.
            self._parts.lay_out()
        size = self.canvas.width(), self.canvas.height()
        self.digits.show_with(ink if keeps_place and fits(ink, *size) else fitted(ink, *size), said)

    def sizeHint(self) -> QSize:
        unit = self.fontMetrics().height()
        return QSize(unit * 60, unit * 41)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.canvas.finish_stroke()
        if not self.files.may_close():
            event.ignore()
            return
        self.recognizer.stop()
        self.understanding.stop()
        self.pictures.stop()
        self.files.close()
        super().closeEvent(event)
        self.closed.emit()

    @Slot(object)
    def _on_ink_changed(self, ink: Ink) -> None:
        if not self.stage.shows_canvas:
            return  # What was asked of the drawing is done: it is read again when the pad is back.
        if ink.is_empty:
            self.recognizer.clear()
            self._clear_reading()
            self.status.give_room_back()
        else:
            self.digits.request(ink)
            if self.canvas.corrections != self._said:
                self._show_reading()

    @Slot()
    def _on_turned(self) -> None:
        """The pad gave way to a picture, or came back with its drawing."""
        is_pad = self.stage.shows_canvas
        self.pen_size.setEnabled(is_pad)
        self._show_what_pen_can()
        self.files.set_aside(not is_pad)
        self.recognizer.clear()
        if is_pad:
            self.digits.invite()
            self._clear_reading()
            self._on_ink_changed(self.canvas.ink)

    @Slot(object)
    def _on_answered(self, reading: Reading) -> None:
        if not self.stage.shows_canvas:
            return  # It is read again when the pad comes back.
        self._reading = reading
        self.status.show_note(self.digits.note)
        is_of_now = self._reading_of_now() is not None
        if is_of_now:
            self.digits.take_label(reading)
        self._show_reading()
        if is_of_now:
            self.files.note_read()

    def _show_reading(self) -> None:
        self._said = self.canvas.corrections
        marks = self._said.marks(self._reading)
        self.panel.show_marks(marks, is_writing=self.canvas.is_writing)

    @Slot(object)
    def _on_digit_shown(self, digit: DigitReading | None) -> None:
        boxes = [mark.digit.box for mark in self.panel.marks]
        self.canvas.frame_marks(boxes if len(boxes) > 1 else (), self.panel.shown)
        self.digit_shown.emit(digit)

    @Slot(str)
    def _on_failed(self, message: str) -> None:
        self._clear_reading()
        self.panel.show_failure()
        self.status.show_failure(message)

    @Slot()
    def _on_ready(self) -> None:
        if self.status.message == str(_LOADING):
            self.status.show_note(self.digits.note)

    @Slot()
    def _on_history_changed(self) -> None:
        self._undo.setEnabled(self.stage.can_undo)
        self._redo.setEnabled(self.stage.can_redo)
        self._clear.setEnabled(self.stage.can_clear)

    @Slot()
    def _show_what_pen_can(self) -> None:
        is_pad = self.stage.shows_canvas
        self._thicker.setEnabled(is_pad and not self.pen_size.is_thickest)
        self._thinner.setEnabled(is_pad and not self.pen_size.is_thinnest)

    @Slot(object, object)
    def _on_draft_found(self, ink: Ink, said: Said) -> None:
        from digitpad.ui.offer import Offer  # Wanted only after a crash.

        sentence = Words("DigitPad closed unexpectedly. Your drawing was kept.")
        restore = partial(self.files.restore_drawing, ink, said)
        self._add_strip(Offer(sentence, Words("Restore it"), restore, self))

    def _add_strip(self, strip: QWidget) -> None:
        """Put something for a while below everything else."""
        self._parts.add_strip(strip)

    def _clear_reading(self) -> None:
        self._reading = EMPTY_READING
        self._show_reading()

    def _reading_of_now(self) -> Reading | None:
        """The answer to what is on the canvas; None while that is still to be read."""
        is_now = bool(self._reading.digits) and self.recognizer.has_read(self.canvas.ink)
        return self._reading if is_now else None

    def _text(self) -> str:
        """What is read, with the person's words in it."""
        said = self.pictures.text
        return text_of(self.panel.marks) if said is None else said

    def _start_tour(self) -> None:
        from digitpad.ui.tour.guided_tour import GuidedTour  # Seldom asked for.

        if self.findChild(GuidedTour) is None:
            GuidedTour(self.canvas, self.understanding, self.show_ink, self._add_strip, self)

    def _show_about(self) -> None:
        from digitpad.ui.about import about_box  # Seldom asked for.

        about_box(self).open()

    def _add_menus(self) -> None:
        another = make_action(self, Words("&New Window"), self.another_asked.emit, "Ctrl+N")
        close = make_action(self, Words("&Close Window"), self.close, "Ctrl+W")
        quit_ = make_action(self, Words("&Quit"), self.quit_asked.emit, "Ctrl+Q")
        self._undo = make_action(self, Words("&Undo"), self.stage.undo, "Ctrl+Z")
        self._redo = make_action(self, Words("&Redo"), self.stage.redo, "Ctrl+Shift+Z", "Ctrl+Y")
        self._clear = make_action(self, Words("C&lear"), self.stage.clear, "Esc", "Del")
        self._thicker = make_action(
            self, Words("Thic&ker Pen"), self.pen_size.thicker, "Ctrl++", "Ctrl+="
        )
        self._thinner = make_action(self, Words("Thi&nner Pen"), self.pen_size.thinner, "Ctrl+-")
        about = make_action(self, Words("&About DigitPad"), self._show_about)
        tour = make_action(self, Words("Guided &Tour"), self._start_tour, "F1")
        files, bar = self.files, self.menuBar()
        add_menu(bar, Words("&File"), [[another], *files.file_group, [close, quit_]])
        edit = [self._undo, self._redo, self._clear]
        copy = [files.copy_answer, files.copy_drawing, self.pictures.arrivals.paste]
        add_menu(bar, Words("&Edit"), [edit, copy, [self._thicker, self._thinner]])
        add_menu(bar, Words("&Digits"), self.digits.groups)
        view = add_menu(
            bar, Words("&View"), [[self.understanding.action], [self.pictures.show_last]]
        )
        add_language_menu(view)
        add_menu(bar, Words("&Help"), [[tour], [about]])

    def _arranged(self) -> Arrangement:
        words = Words("Clear", "button"), Words("Undo", "button"), Words("Redo", "button")
        actions = self._clear, self._undo, self._redo
        icons = clear_icon(), undo_icon(), redo_icon()
        buttons = [
            ToolButton(action, icon, words=word, row=words)
            for action, icon, word in zip(actions, icons, words, strict=True)
        ]
        return Arrangement(self.stage, buttons, self.pen_size, self.panel, self.status)

    def _connect(self) -> None:
        self.canvas.ink_changed.connect(self._on_ink_changed)
        self.stage.history_changed.connect(self._on_history_changed)
        self.stage.turned.connect(self._on_turned)
        self.panel.digit_shown.connect(self._on_digit_shown)
        self.pen_size.changed.connect(self.canvas.set_pen_width)
        self.pen_size.changed.connect(self._show_what_pen_can)
        self.recognizer.ready.connect(self._on_ready)
        self.recognizer.answered.connect(self._on_answered)
        self.recognizer.failed.connect(self._on_failed)


def _window_icon() -> QIcon:
    icon = QIcon()
    for side in _ICON_SIDES:
        icon.addFile(str(resource_path("icons", f"digitpad-{side}.png")), QSize(side, side))
    return icon
