"""File actions: open, save, export, copy, and restore.

Owns what each does, and what is asked before a drawing that was changed is left. Which file it
belongs to is known to `belonging.py`; what a file holds is decided in `core`; what is seldom needed
is loaded when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QWidget

from digitpad.core.corrections import NOTHING_SAID, Said
from digitpad.core.ink import Ink, Stroke, are_same_strokes
from digitpad.core.reading import EMPTY_READING, Reading
from digitpad.ui.belonging import Belonging
from digitpad.ui.ink_canvas import InkCanvas
from digitpad.ui.menus import make_action
from digitpad.ui.status_line import StatusLine
from digitpad.words import Words, tr
from digitpad.workers.draft_keeper import DraftKeeper

COPIED_SIDE = 512
"""Longer side of a copied picture, in pixels."""
_PICTURES = "*.png *.apng *.jpg *.jpeg *.jpe *.jfif *.bmp *.tif *.tiff *.webp *.gif"
_DRAWINGS = "*.inkml *.jsonl *.jsonl.gz"
_OPENED = (
    (Words("Pictures and drawings"), f"{_PICTURES} {_DRAWINGS}"),
    (Words("Pictures"), _PICTURES),
    (Words("Drawings"), _DRAWINGS),
    (Words("All files"), "*"),
)
_SAVED = ((Words("InkML"), ".inkml"), (Words("JSON lines"), ".jsonl"))
_SAVED_BESIDES = (".jsonl.gz",)

Key = QKeySequence.StandardKey


class ShowInk(Protocol):
    """Puts ink on the canvas, with what its file keeps of what was said of it."""

    def __call__(
        self, ink: Ink, said: Said = NOTHING_SAID, *, keeps_place: bool = False
    ) -> None: ...


class FileActions(QObject):
    """The actions of one window with files and the clipboard."""

    picture_found = Signal(object)
    """A file that is to be opened, a `Path`, holds a picture, or nothing known."""

    def __init__(
        self,
        window: QWidget,
        canvas: InkCanvas,
        status: StatusLine,
        reading: Callable[[], Reading | None],
        show_ink: ShowInk,
        drafts: DraftKeeper | None,
        answer: Callable[[], str],
    ) -> None:
        """`reading` gives the answer to what is on the canvas, None while there is none to it;
        `show_ink` puts ink there; `answer` gives the text of what is seen."""
        super().__init__(window)
        self._window = window
        self._canvas = canvas
        self._status = status
        self._reading = reading
        self._show_ink = show_ink
        self._drafts = drafts
        self._answer = answer
        self._belonging = Belonging(canvas, reading)
        self._folder = ""
        self._asks = True
        self._is_aside = False
        self._first_of: tuple[str, tuple[Stroke, ...]] | None = None
        self.open = make_action(
            window,
            Words("&Open\N{HORIZONTAL ELLIPSIS}"),
            self.choose_and_open,
            Key.Open,
            "Ctrl+O",
        )
        self.save = make_action(window, Words("&Save"), self.save_drawing, Key.Save, "Ctrl+S")
        self.save_as = make_action(
            window,
            Words("Save &As\N{HORIZONTAL ELLIPSIS}"),
            self.choose_and_save,
            Key.SaveAs,
            "Ctrl+Shift+S",
        )
        self.export = make_action(
            window, Words("&Export\N{HORIZONTAL ELLIPSIS}"), self.choose_and_export, "Ctrl+E"
        )
        self.restore = make_action(window, Words("&Restore Last Drawing"), self.restore_last)
        self.copy_answer = make_action(
            window, Words("&Copy Answer"), self.copy_text, Key.Copy, "Ctrl+C"
        )
        self.copy_drawing = make_action(
            window, Words("Copy &Drawing as Picture"), self.copy_picture, "Ctrl+Shift+C"
        )
        canvas.history_changed.connect(self._on_history_changed)
        self._on_history_changed()

    @property
    def file_group(self) -> Sequence[Sequence[QAction]]:
        """The actions on files, in groups."""
        return (self.open, self.restore), (self.save, self.save_as, self.export)

    # Open and save ----------------------------------------------------------------------------

    def choose_and_open(self) -> None:
        """Ask for a file and open it."""
        from PySide6.QtWidgets import QFileDialog

        name, _ = QFileDialog.getOpenFileName(
            self._window,
            tr("Open"),
            self._folder,
            ";;".join(f"{words} ({endings})" for words, endings in _OPENED),
        )
        if name:
            self.open_file(name)

    def open_file(self, name: str) -> None:
        """Show the picture or the first drawing in a file, or say why that is not possible."""
        from digitpad.core.drawing_files import DrawingFileError, load_drawing
        from digitpad.core.file_kinds import FileKind, NotAFileError, kind_of, size_of_regular
        from digitpad.ui.file_words import unfit, unreadable

        path = Path(name)
        try:
            size_of_regular(name)
            if kind_of(path) is FileKind.PICTURE:
                self._folder = str(path.parent)
                self.picture_found.emit(path)
                return
            opened = load_drawing(path)
        except (DrawingFileError, NotAFileError) as error:
            self._status.show_failure(unfit(name, error))
            return
        except OSError as error:
            self._status.show_failure(unreadable(name, error))
            return
        if not self.may_close():
            return
        self._show_ink(opened.item.ink, opened.item.said)
        # Saving must not put one drawing in the place of many.
        self._belonging.opened(path if opened.is_alone else None, opened.item.writer)
        self._on_history_changed()
        self._folder = str(path.parent)
        self._first_of = None if opened.is_alone else (path.name, self._canvas.ink.strokes)

    def save_drawing(self) -> bool:
        """Save the drawing where it belongs, or ask where; return whether it is saved."""
        self._canvas.finish_stroke()
        path = self._belonging.path
        return self._save(path) if path is not None else self.choose_and_save()

    def choose_and_save(self) -> bool:
        """Ask for a file and save the drawing there; return whether it is saved."""
        from digitpad.ui.save_names import ask_where

        self._canvas.finish_stroke()
        start = self._belonging.path or Path(self._folder) / "drawing.inkml"
        kinds = {str(words): suffix for words, suffix in _SAVED}
        path = ask_where(self._window, tr("Save As"), start, kinds, known=_SAVED_BESIDES)
        return path is not None and self._save(path)

    def _save(self, path: Path) -> bool:
        from digitpad.core.drawing_files import DrawingFileError, save_drawing
        from digitpad.ui.file_words import unfit

        said = self._belonging.said()
        try:
            save_drawing(path, self._canvas.ink, said.label, self._belonging.writer, said.groups)
        except DrawingFileError as error:
            self._status.show_failure(unfit(path, error))
            return False
        self._belonging.saved(path, said)
        self._on_history_changed()
        self._folder = str(path.parent)
        self._status.show_note(Words("Saved as {name}.").filled(name=path.name))
        return True

    # Export and copy --------------------------------------------------------------------------

    def choose_and_export(self) -> None:
        """Ask for what the drawing is to become, and where it is to go."""
        from PySide6.QtWidgets import QDialog

        from digitpad.ui.export_dialog import ExportDialog
        from digitpad.ui.save_names import ask_where

        ink, reading = self._canvas.ink, self._reading() or EMPTY_READING
        dialog = ExportDialog(ink, reading, self._canvas.pen_width, self._window)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        suffix = dialog.choice.suffix
        of = self._belonging.path
        start = Path(self._folder) / f"{of.stem if of is not None else 'drawing'}.{suffix}"
        path = ask_where(self._window, tr("Export"), start, {suffix.upper(): f".{suffix}"})
        if path is not None:
            self._write(path, dialog.content())

    def _write(self, path: Path, content: bytes) -> None:
        from digitpad.core.whole_files import write_whole
        from digitpad.ui.file_words import unwritable

        try:
            write_whole(path, content)
        except OSError as error:
            self._status.show_failure(unwritable(path, error))
        else:
            self._status.show_note(Words("Exported as {name}.").filled(name=path.name))

    def copy_text(self) -> None:
        """Put the answer on the clipboard."""
        text = self._answer()
        if text:
            QGuiApplication.clipboard().setText(text)
            lines = ", ".join(text.split())
            self._status.show_note(Words("Copied: {text}").filled(text=lines))
        else:
            self._status.show_note(Words("There is no answer to copy yet."))

    def set_aside(self, is_aside: bool) -> None:
        """While a picture lies over the drawing, that is neither saved nor exported."""
        self._is_aside = is_aside
        self._on_history_changed()

    def copy_picture(self) -> None:
        """Put the drawing on the clipboard, black on white."""
        from digitpad.ui.ink_pictures import ink_picture

        picture = ink_picture(
            self._canvas.ink, COPIED_SIDE, self._canvas.pen_width, is_transparent=False
        )
        QGuiApplication.clipboard().setImage(picture)
        self._status.show_note(Words("Drawing copied."))

    # Unsaved work -----------------------------------------------------------------------------

    def restore_last(self) -> None:
        """Put the newest drawing that was not saved on the canvas; Undo takes it away again."""
        from digitpad.core.drawing_files import DrawingFileError, load_drawing

        assert self._drafts is not None
        try:
            item = load_drawing(self._drafts.last_path).item
        except DrawingFileError:
            self._status.show_note(Words("There is no drawing to restore."))
            return
        self.restore_drawing(item.ink, item.said)

    def restore_drawing(self, ink: Ink, said: Said) -> None:
        """Put a drawing that no file holds on the canvas; Undo takes it away again."""
        if self.may_close():
            self._show_ink(ink, said, keeps_place=True)

    def stop_asking(self) -> None:
        """Let the window be closed by the system without a question."""
        self._asks = False

    def may_close(self) -> bool:
        """Whether the drawing may be left; asks when a file would be left behind changed.

        A drawing that belongs to no file is a scratch: it is kept without a question.
        """
        path = self._belonging.path
        if not (self._asks and path is not None and self._window.isWindowModified()):
            return True
        from PySide6.QtWidgets import QMessageBox

        buttons = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self._window,
            "DigitPad",
            tr("Save changes to {name}?", name=path.name),
            buttons.Save | buttons.Discard | buttons.Cancel,
            buttons.Save,
        )
        if answer == buttons.Save:
            return self.save_drawing()
        return bool(answer == buttons.Discard)

    def close(self) -> None:
        """Keep what is not saved for another time, and wait until that is done."""
        self._note_unsaved()
        if self._drafts is not None:
            self._drafts.stop()

    def note_read(self) -> None:
        """The drawing was read: what it is called may have changed."""
        self._belonging.note_read()
        self._on_history_changed()
        self._tell_of_others()

    @Slot()
    def _on_history_changed(self) -> None:
        path, unsaved = self._belonging.path, self._belonging.unsaved()
        if not self._is_aside:  # Else the picture's name stands there.
            title = "DigitPad" if path is None else f"{path.name}[*] \N{EN DASH} DigitPad"
            self._window.setWindowTitle(title)
        is_modified = path is not None and not unsaved.is_empty
        if is_modified != self._window.isWindowModified():  # Qt would tell all anew each time.
            self._window.setWindowModified(is_modified)
        has_ink = not self._canvas.ink.is_empty and not self._is_aside
        for action in (self.save, self.save_as, self.export, self.copy_drawing):
            action.setEnabled(has_ink)
        self.restore.setEnabled(self._drafts is not None)
        self._note_unsaved()

    def _tell_of_others(self) -> None:
        """Say, as long as it is as it was opened, that its file holds other drawings, too."""
        if self._first_of is None or self._status.message:
            return
        name, strokes = self._first_of
        if are_same_strokes(self._canvas.ink.strokes, strokes):
            sentence = Words("{name} holds several drawings. This is the first one.")
            self._status.show_note(sentence.filled(name=name))

    def _note_unsaved(self) -> None:
        """Have the drawing, and what was said of it, kept until it is saved."""
        if self._drafts is not None:
            self._drafts.note(self._belonging.unsaved(), self._belonging.said())
