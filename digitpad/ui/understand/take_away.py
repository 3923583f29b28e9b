"""Take away: the page in front saved as a picture or a PDF, or printed, with the drawing.

Owns the two buttons, and what a person is told when it cannot be done. What stands on the sheet is
decided in `sheet.py`; printing is loaded when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QHideEvent, QImage, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from digitpad.core.groups import group_ink
from digitpad.core.reading import DigitReading, Status
from digitpad.ui.answer_words import WORDS, percent
from digitpad.ui.file_words import unwritable
from digitpad.ui.ink_canvas import InkCanvas
from digitpad.ui.menus import make_action
from digitpad.ui.status_line import StatusLine
from digitpad.ui.tool_button import ToolButton, print_icon, save_icon
from digitpad.ui.understand.evidence_words import aside
from digitpad.ui.understand.panel import UnderstandPanel
from digitpad.words import Words, tr

if TYPE_CHECKING:
    from digitpad.ui.understand.sheet import Sheet

_KINDS = ((Words("Picture"), ".png"), (Words("PDF"), ".pdf"))
_DRAWING_SIDE = 1024
_FIGURE_RATIO = 4.0
NOTHING_SHOWN = Words("There is nothing on this page to save or print.")
NO_PRINTER = Words(
    "No printer is set up on this computer. Save the page as a PDF and print it elsewhere."
)


class TakeAway(QWidget):
    """A strip with the buttons; they rest while nothing is drawn."""

    def __init__(self, panel: UnderstandPanel, canvas: InkCanvas, status: StatusLine) -> None:
        super().__init__(panel)
        self._panel = panel
        self._canvas = canvas
        self._status = status
        self._folder = ""
        self._pending: Callable[[], None] | None = None
        self._has_failed = False
        self.save = make_action(
            panel, Words("Save page\N{HORIZONTAL ELLIPSIS}"), self._save, "Ctrl+Alt+S"
        )
        self.print = make_action(
            panel,
            Words("Print page\N{HORIZONTAL ELLIPSIS}"),
            self._print,
            QKeySequence.StandardKey.Print,
        )
        unit = self.fontMetrics().height()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(unit, round(unit * 0.5), unit, round(unit * 0.5))
        for action, icon in ((self.save, save_icon()), (self.print, print_icon())):
            panel.addAction(action)
            layout.addWidget(ToolButton(action, icon))
        layout.addStretch(1)
        panel.digit_changed.connect(self._on_digit_changed)
        panel.explainer.shown.connect(self._on_shown)
        panel.explainer.failed.connect(self._on_failed)
        self._on_digit_changed()

    def sheet(self) -> Sheet | None:
        """Return the page in front with the drawing, for paper; None when nothing is drawn."""
        from digitpad.ui.understand.sheet import Sheet, figure_of

        digit, page = self._panel.digit, self._panel.page
        if digit is None:
            return None
        return Sheet(
            str(page.title),
            _answer(digit),
            self._drawing(digit),
            figure_of(page, _FIGURE_RATIO),
            tuple(filter(None, (aside(digit), *page.sentences()))),
        )

    def choose_and_save(self) -> None:
        """Ask for a file and save the page there."""
        from digitpad.ui.save_names import ask_where

        sheet = self.sheet()
        if sheet is None:
            return
        start = Path(self._folder) / f"{_file_stem(sheet.title)}.png"
        kinds = {str(words): suffix for words, suffix in _KINDS}
        path = ask_where(self._panel, tr("Save Page"), start, kinds)
        if path is not None:
            self._write(path, sheet)

    def choose_and_print(self) -> None:
        """Ask for a printer and print the page there."""
        sheet = self.sheet()
        if sheet is None:
            return
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

        from digitpad.ui.understand.sheet import print_sheet

        if not QPrinterInfo.availablePrinterNames():
            self._status.show_failure(NO_PRINTER)
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(sheet.title)
        dialog = QPrintDialog(printer, self._panel)
        if dialog.exec() != QPrintDialog.DialogCode.Accepted:
            return
        if print_sheet(sheet, printer):
            self._status.show_note(Words("The page was sent to the printer."))
        else:
            name = printer.printerName() or printer.outputFileName()
            self._status.show_failure(Words("{name} did not accept the page.").filled(name=name))

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt gives the name.
        if not event.spontaneous():
            self._pending = None  # The panel was closed: nobody waits any more.
        super().hideEvent(event)

    def _save(self) -> None:
        self._when_shown(self.choose_and_save)

    def _print(self) -> None:
        self._when_shown(self.choose_and_print)

    def _when_shown(self, do: Callable[[], None]) -> None:
        """Do something as soon as the page shows the current digit."""
        if not self._panel.explainer.is_idle:
            self._pending = do
        elif self._has_failed:
            self._status.show_failure(NOTHING_SHOWN)
        else:
            do()

    @Slot()
    def _on_shown(self) -> None:
        self._has_failed = False
        self._do_pending()

    @Slot()
    def _on_failed(self) -> None:
        self._has_failed = True
        self._do_pending()

    def _do_pending(self) -> None:
        pending, self._pending = self._pending, None
        if pending is not None:  # Later: a dialog must not hold up the explainer.
            QTimer.singleShot(0, self, partial(self._when_shown, pending))

    def _write(self, path: Path, sheet: Sheet) -> None:
        from digitpad.core.whole_files import write_whole
        from digitpad.ui.ink_pictures import png
        from digitpad.ui.understand.sheet import sheet_pdf, sheet_picture

        is_pdf = path.suffix.lower() == ".pdf"
        try:
            write_whole(path, sheet_pdf(sheet) if is_pdf else png(sheet_picture(sheet)))
        except OSError as error:
            self._status.show_failure(unwritable(path, error))
        else:
            self._folder = str(path.parent)
            self._status.show_note(Words("Saved as {name}.").filled(name=path.name))

    def _drawing(self, digit: DigitReading) -> QImage:
        """Return the ink of a digit; of one in a picture, what the network saw."""
        from digitpad.ui.ink_pictures import ink_picture, network_picture

        ink = self._canvas.ink
        # A stroke may have been taken back since the digit was read.
        if digit.group and all(part.stroke < len(ink.strokes) for part in digit.group):
            ink = group_ink(ink, digit.group)
            return ink_picture(ink, _DRAWING_SIDE, self._canvas.pen_width, is_transparent=False)
        assert digit.pixels is not None
        seen = network_picture([digit.pixels])
        seen.invertPixels()
        return seen.scaled(_DRAWING_SIDE, _DRAWING_SIDE)

    @Slot()
    def _on_digit_changed(self) -> None:
        if self._panel.digit is None:
            self._pending = None
        for action in (self.save, self.print):
            action.setEnabled(self._panel.digit is not None)


def _answer(digit: DigitReading) -> str:
    if digit.status is Status.NOT_A_DIGIT:
        return tr("Read as: not a digit. Closest digit: {digit}", digit=digit.digit)
    return tr(
        "Read as {digit}: {status}, {share}",
        digit=digit.digit,
        status=WORDS[digit.status],
        share=percent(digit.confidence),
    )


def _file_stem(title: str) -> str:
    """Return a title as a file's name: lower case, words joined."""
    kept = "".join(letter if letter.isalnum() else " " for letter in title.lower())
    return "-".join(kept.split())
