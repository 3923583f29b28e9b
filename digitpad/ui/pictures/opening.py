"""Opening: how a picture comes to lie over the pad, and how one gets back.

Loaded with the window, so it is small: the page, its reader and all that knows pictures come with
the first picture. What was drawn is never touched.
"""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from digitpad.core.corrections import NO_CORRECTIONS, text_of
from digitpad.core.reading import Status
from digitpad.ui.answer_words import WORDS
from digitpad.ui.menus import make_action
from digitpad.ui.pictures.arrivals import Arrivals
from digitpad.ui.stage import Stage
from digitpad.ui.status_line import StatusLine
from digitpad.words import Words

if TYPE_CHECKING:
    from digitpad.core.reading import DigitReading, Reading
    from digitpad.ui.answer_panel import AnswerPanel
    from digitpad.ui.digit_actions import DigitActions
    from digitpad.ui.file_actions import FileActions
    from digitpad.ui.ink_canvas import InkCanvas
    from digitpad.ui.pictures.page import PicturePage
    from digitpad.ui.pictures.pasted import LoosePicture
    from digitpad.workers.picture_reader import (
        OpenedPicture,
        PictureReader,
        PictureSource,
        ReadsPictures,
    )

_NO_PLACE_TO_CUT = Words("This cannot be split: there is no place to cut.")
_NO_DIGITS = Words("no digits")
_WHAT_HELPS = Words("Try a sharper or closer picture")
_ENDS_OF_LINE = (QEvent.Type.MouseButtonRelease, QEvent.Type.WindowDeactivate, QEvent.Type.Hide)


class Pictures(QObject):
    """The pictures of one window, one at a time."""

    def __init__(
        self,
        window: QWidget,
        stage: Stage,
        canvas: InkCanvas,
        panel: AnswerPanel,
        status: StatusLine,
        files: FileActions,
        add_strip: Callable[[QWidget], None],
        digits: DigitActions,
    ) -> None:
        """`panel` shows the selected digit large; `files` tells pictures from drawings; `add_strip`
        puts something for a while below everything else in the window; `digits` says whether a
        picture is read as one digit, and asks for its digits to be taken apart or joined."""
        super().__init__(window)
        self._window = window
        self._stage = stage
        self._canvas = canvas
        self._panel = panel
        self._status = status
        self._files = files
        self._digits = digits
        self._page: PicturePage | None = None
        self._reader: PictureReader | None = None
        self._leads = False
        self.load_reader: Callable[[], ReadsPictures] | None = None
        """Loads what reads the pictures; None for the bundled model."""
        self.arrivals = Arrivals(window, stage, files, add_strip, self._open_loose, status)
        self.show_last = make_action(window, Words("Last &Picture"), self._show_last, "F3")
        self.show_last.setEnabled(False)
        stage.turned.connect(self._on_turned)
        stage.cleared.connect(self._drop)
        canvas.ink_changed.connect(self._on_ink_changed)
        panel.digit_shown.connect(self._on_digit_shown)
        panel.labelled.connect(self._on_labelled)
        files.picture_found.connect(self.open)
        digits.single.toggled.connect(self._read_again)
        digits.regrouping_asked.connect(self._regroup)

    @property
    def page(self) -> PicturePage | None:
        """The page with the picture in front; None while the pad is."""
        return None if self._stage.shows_canvas else self._page

    @property
    def reader(self) -> PictureReader | None:
        """What decodes and reads; None before the first picture."""
        return self._reader

    @property
    def text(self) -> str | None:
        """What the picture in front says, in lines, with the person's words in it; None for the
        pad."""
        if self.page is None:
            return None
        return text_of(NO_CORRECTIONS.marks(self.page.reading))

    @Slot(object)
    def open(self, path: Path) -> None:
        """Decode and read the picture in a file, and show it; what is shown stays until then."""
        from digitpad.workers.picture_reader import FilePicture

        self._ask(FilePicture(path), path.name)

    def stop(self) -> None:
        """End the reader's thread, for good; may be called again."""
        if self._reader is not None:
            self._reader.stop()

    # Reading ----------------------------------------------------------------------------------

    def _ask(self, source: PictureSource, name: str | Words, page: int = 0, step: int = 1) -> None:
        self._status.show_note(Words("Reading {name}\N{HORIZONTAL ELLIPSIS}").filled(name=name))
        self._stage.expect(True)
        self._made_reader().open(source, page, step=step, is_single=self._digits.is_single)

    def _open_loose(self, picture: LoosePicture) -> None:
        self._ask(picture, Words("the picture"))

    def _made_reader(self) -> PictureReader:
        if self._reader is None:
            from digitpad.workers.picture_reader import PictureReader

            self._reader = PictureReader(self.load_reader, self)
            self._reader.opened.connect(self._on_opened)
            self._reader.answered.connect(self._on_answered)
            self._reader.regrouped.connect(self._on_regrouped)
            self._reader.failed.connect(self._on_failed)
        return self._reader

    def _made_page(self) -> PicturePage:
        if self._page is None:
            from digitpad.ui.pictures.page import PicturePage

            self._page = page = PicturePage()
            page.view.addActions(self._digits.regrouping)
            page.changed.connect(self._on_page_changed)
            page.page_asked.connect(self._turn_page)
            page.left.connect(self._stage.show_canvas)
            page.writing_began.connect(self._write)
        return self._page

    @Slot(object)
    def _on_opened(self, picture: OpenedPicture) -> None:
        self._stage.expect(False)
        page = self._made_page()
        page.show_picture(picture)
        self._bring(page)
        if picture.problem:
            self._status.show_failure(picture.problem)

    @Slot(object)
    def _on_answered(self, reading: Reading) -> None:
        assert self._page is not None and self._page.picture is not None
        if not self._page.picture.problem:
            self._status.show_note("")
        self._page.show_reading(reading)

    @Slot(object)
    def _regroup(self, digits: tuple[DigitReading, ...]) -> None:
        self._made_reader().regroup(digits)

    @Slot(object, object)
    def _on_regrouped(
        self, before: tuple[DigitReading, ...], after: tuple[DigitReading, ...]
    ) -> None:
        if self.page is None:
            return
        if after == before:
            self._status.show_note(_NO_PLACE_TO_CUT)
            return
        self._status.show_note("")
        self.page.regroup(before, after)

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self._stage.expect(False)
        self._status.show_failure(sentence)

    @Slot(int)
    def _turn_page(self, page: int) -> None:
        assert self._page is not None and self._page.picture is not None
        shown = self._page.picture
        step = 1 if page > shown.page else -1
        self._ask(shown.source, Words("page {page}").filled(page=page + 1), page, step)

    @Slot()
    def _read_again(self) -> None:
        """Read the picture in front anew, for it is now to be read in another way."""
        if self.page is not None and self.page.picture is not None:
            self._ask(self.page.picture.source, Words("the picture"), self.page.picture.page)

    # Pad and picture --------------------------------------------------------------------------

    @Slot()
    def _on_page_changed(self) -> None:
        """Show the marks beside the picture, and the selected one large."""
        page = self.page
        if page is None:
            return
        if page.is_read:
            self._panel.answer.invite(_WHAT_HELPS, _NO_DIGITS)
        else:
            self._panel.answer.invite("", WORDS[Status.EMPTY])
        self._leads = True  # What the panel shows between the two calls is not to be followed.
        self._panel.show_marks(page.marks)
        if page.selection is not None:
            self._panel.choose(page.selection)
        self._leads = False

    @Slot()
    def _on_digit_shown(self) -> None:
        """Follow what is pointed at or chosen beside the picture."""
        page, shown = self.page, self._panel.shown
        if page is None or shown is None or self._leads:
            return
        if shown == page.selection:
            page.view.point_at(None)
        elif self._panel.strip.underMouse():
            page.view.point_at(shown)
        else:
            page.select(shown)

    @Slot(int, str)
    def _on_labelled(self, number: int, label: str) -> None:
        if self.page is not None:
            self.page.say(number, label)

    def _show_last(self) -> None:
        if self._page is not None and self._page.picture is not None:
            self._bring(self._page)
            if not self._page.is_read:
                self._read_again()

    def _bring(self, page: PicturePage) -> None:
        """Bring the picture to the front, and its name into the title."""
        assert page.picture is not None
        name = Path(page.picture.source.name).name
        self._window.setWindowTitle(f"{name}[*] \N{EN DASH} DigitPad")
        self._stage.lay_over(page)

    @Slot()
    def _on_turned(self) -> None:
        self.show_last.setEnabled(self.page is None and self._page is not None)
        self._on_page_changed()
        if self.page is None:
            self._drop()

    @Slot()
    def _drop(self) -> None:
        """Forget a picture that is on its way."""
        self._stage.expect(False)
        if self._reader is not None:
            self._reader.drop()
            self._status.show_note("")

    @Slot()
    def _on_ink_changed(self) -> None:
        """Whoever writes does not want a picture to come over it."""
        if self._stage.is_expecting:
            self._drop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let go of the mouse at the end of a line that was begun on the picture."""
        if event.type() in _ENDS_OF_LINE:
            self._canvas.removeEventFilter(self)
            QTimer.singleShot(0, self._canvas, self._canvas.releaseMouse)
        return False

    @Slot(QPointF, QPointF)
    def _write(self, start: QPointF, end: QPointF) -> None:
        """Let a line that was begun on the picture go on, on the pad."""
        self._stage.show_canvas()
        for kind, place in (
            (QEvent.Type.MouseButtonPress, start),
            (QEvent.Type.MouseMove, end),
        ):
            left = Qt.MouseButton.LeftButton
            moves = kind == QEvent.Type.MouseMove
            event = QMouseEvent(
                kind,
                QPointF(self._canvas.mapFromGlobal(place)),
                place,
                Qt.MouseButton.NoButton if moves else left,
                left,
                Qt.KeyboardModifier.NoModifier,
            )
            QApplication.sendEvent(self._canvas, event)
        # The press was the picture's: what follows would be nobody's.
        self._canvas.grabMouse()
        self._canvas.installEventFilter(self)
