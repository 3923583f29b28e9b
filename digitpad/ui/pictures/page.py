"""Picture page: a picture in the place of the pad: the line above it, the view, what it is below.

Owns the corrections of what is shown, page by page, and what of it is selected.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from digitpad.core.corrections import Mark
from digitpad.core.reading import EMPTY_READING, Box, DigitReading, Reading
from digitpad.ui.language import renewed
from digitpad.ui.menus import make_action
from digitpad.ui.pictures.corrections import PictureCorrections
from digitpad.ui.pictures.header import PictureHeader
from digitpad.ui.pictures.label_row import LabelRow
from digitpad.ui.pictures.tags import summary, tag_of
from digitpad.ui.pictures.view import ZOOM_STEP, PictureView, label_by_key
from digitpad.words import Words, tr
from digitpad.workers.picture_reader import OpenedPicture

_READING = Words("Reading\N{HORIZONTAL ELLIPSIS}")


class PicturePage(QWidget):
    """Shows the picture that was opened last, and what was read and said of it."""

    history_changed = Signal()
    """What can be undone and redone may have changed."""
    changed = Signal()
    """`marks` or `selection` are other ones."""
    page_asked = Signal(int)
    """Another page of the same picture, counted from 0, is wanted."""
    left = Signal()
    """Back to the pad."""
    writing_began = Signal(QPointF, QPointF)
    """A line was begun beside the digits: from where to where, on the screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: OpenedPicture | None = None
        self._corrections = PictureCorrections(EMPTY_READING)
        self._is_read = False
        self._kept: dict[tuple[int, tuple[Box, ...]], PictureCorrections] = {}
        """By the page and where its marks are: read as one digit they are others."""
        self.header = PictureHeader()
        self.view = PictureView()
        self.row = LabelRow()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(round(self.fontMetrics().height() * 0.4))
        layout.addWidget(self.header)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.row)
        self.setFocusProxy(self.view)
        self._zoom_actions = [
            make_action(
                self, Words("Larger"), lambda: self.view.zoom(ZOOM_STEP), "Ctrl++", "Ctrl+="
            ),
            make_action(self, Words("Smaller"), lambda: self.view.zoom(1 / ZOOM_STEP), "Ctrl+-"),
            make_action(self, Words("Fit"), self.view.fit, "Ctrl+0"),
        ]
        self.addActions(self._zoom_actions)
        header, view = self.header, self.view
        header.back.clicked.connect(self.left)
        header.larger.clicked.connect(self._zoom_actions[0].trigger)
        header.smaller.clicked.connect(self._zoom_actions[1].trigger)
        header.fit.clicked.connect(self._zoom_actions[2].trigger)
        header.page_asked.connect(self._ask_page)
        view.page_asked.connect(self._ask_page)
        view.selected.connect(self._on_selected)
        view.said.connect(self._say_of_selected)
        view.placed.connect(self._on_placed)
        view.writing_began.connect(self._on_writing_began)
        self.row.said.connect(self._say_of_selected)
        renewed(self, self._word)

    @property
    def picture(self) -> OpenedPicture | None:
        """What is shown."""
        return self._picture

    @property
    def is_read(self) -> bool:
        """Whether the reading of what is shown has come."""
        return self._is_read

    @property
    def reading(self) -> Reading:
        """What was read, with the person's words in it."""
        return self._corrections.corrected

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What was read, each with the person's word for it, in reading order."""
        return self._corrections.marks

    @property
    def selection(self) -> int | None:
        """The number of the selected mark."""
        return self.view.selection

    @property
    def can_undo(self) -> bool:
        return self._corrections.can_undo

    @property
    def can_redo(self) -> bool:
        return self._corrections.can_redo

    def show_picture(self, picture: OpenedPicture) -> None:
        """Show a page that is still being read."""
        if self._picture is None or self._picture.source is not picture.source:
            self._kept = {}
        self._picture = picture
        self._is_read = False
        self._corrections = PictureCorrections(EMPTY_READING)
        self.view.show_picture(picture.levels)
        self.header.show_page(picture.page, picture.pages, has_more=picture.more)
        self._word()
        self._tell()

    def show_reading(self, reading: Reading) -> None:
        """Mark the digits that were read, with what was said of them before, and select one."""
        assert self._picture is not None
        self._is_read = True
        boxes = tuple(digit.box for digit in reading.digits)
        found = PictureCorrections(reading)
        self._corrections = self._kept.setdefault((self._picture.page, boxes), found)
        self._show_tags()
        self.view.select(0 if reading.digits else None)
        self._tell()

    def select(self, number: int) -> None:
        """Select a mark and bring it in sight."""
        if number != self.view.selection:
            self.view.select(number)
            self._tell()

    def say(self, number: int, label: str) -> None:
        """Take the person's word for a mark: a digit, or NO_DIGIT."""
        self._corrections.say(number, label)
        self.view.select(number)
        self._show_tags()
        self._tell()

    def regroup(self, before: Sequence[DigitReading], after: Sequence[DigitReading]) -> None:
        """Take digits that stand side by side for others; nothing where they are gone."""
        number = self._corrections.regroup(before, after)
        if number is not None:
            self._select_changed(number)

    def _say_of_selected(self, label: str) -> None:
        if self.view.selection is not None:
            self.say(self.view.selection, label)

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self.view.selection is not None
            and label_by_key(event) is not None
        ):
            event.accept()  # Else Del would be the window's, which takes the picture away.
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt gives the name.
        # From whatever has the focus beside the picture.
        if not self.view.say_by_key(event):
            super().keyPressEvent(event)

    def undo(self) -> None:
        """Take the last word back."""
        self._select_changed(self._corrections.undo())

    def redo(self) -> None:
        """Say again what was taken back."""
        self._select_changed(self._corrections.redo())

    def _select_changed(self, number: int | None) -> None:
        if number is not None:
            self._show_tags()
            self.view.select(number)
            self._tell()

    def _word(self) -> None:
        """Say in the current language what is shown."""
        if self._is_read:
            self._show_tags()
        elif self._picture is not None:
            self.header.show_words(str(_READING))
        self._describe()

    def _show_tags(self) -> None:
        self.view.show_tags([tag_of(mark) for mark in self.marks])
        self.header.show_words(summary(self._corrections))

    def _tell(self) -> None:
        """Show what is selected, and tell of it."""
        self.row.show_label(self._held())
        self._describe()
        self.history_changed.emit()
        self.changed.emit()

    def _held(self) -> str | None:
        """What the selected mark is taken for; None when none is selected."""
        number = self.view.selection
        return None if number is None else self.marks[number].sign

    def _describe(self) -> None:
        if not self.view.tags:
            self.view.setAccessibleDescription(self.header.words.accessibleName())
            return
        number = self.view.selection
        text = self.reading.text.replace("\n", ", ")
        chosen = ""
        if number is not None:
            sentence = self.view.tags[number].sentence
            chosen = tr(
                "Selected: number {place} of {count}, {what}.",
                place=number + 1,
                count=len(self.view.tags),
                what=sentence,
            )
        keys = tr("Arrow keys select a digit, 0 to 9 correct it, X leaves it out.")
        said = f"{summary(self._corrections)}: {text}.", chosen, keys
        self.view.setAccessibleDescription(" ".join(filter(None, said)))

    @Slot(object)
    def _on_selected(self, _number: int) -> None:
        self._tell()

    @Slot()
    def _on_placed(self) -> None:
        placement = self.view.placement
        self.header.show_zoom(placement is None or placement.is_fitted)

    @Slot(int)
    def _ask_page(self, step: int) -> None:
        picture = self._picture
        if picture is not None and 0 <= picture.page + step < picture.pages:
            self.page_asked.emit(picture.page + step)

    @Slot(QPointF, QPointF)
    def _on_writing_began(self, start: QPointF, end: QPointF) -> None:
        self.writing_began.emit(self.view.mapToGlobal(start), self.view.mapToGlobal(end))
