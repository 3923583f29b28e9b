"""Arrivals: what is dropped onto the window or pasted into it, on its way to being opened.

Owns what is welcome, that it is said so while it hovers, and that of several files the first is
opened and the next one offered. Loaded with the window, so it is small.
"""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QRect, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
)
from PySide6.QtWidgets import QWidget

from digitpad.ui.menus import make_action
from digitpad.ui.stage import Stage
from digitpad.ui.status_line import StatusLine
from digitpad.words import Words

if TYPE_CHECKING:
    from digitpad.ui.file_actions import FileActions
    from digitpad.ui.offer import Offer
    from digitpad.ui.pictures.drop_sign import DropSign
    from digitpad.ui.pictures.pasted import LoosePicture


class Arrivals(QObject):
    """Drops onto one window, and Paste."""

    def __init__(
        self,
        window: QWidget,
        stage: Stage,
        files: FileActions,
        add_strip: Callable[[QWidget], None],
        open_loose: Callable[[LoosePicture], None],
        status: StatusLine,
    ) -> None:
        """Over the `stage` it is said that a drop is welcome; `files` opens files, `open_loose` a
        picture that lies in none; `add_strip` puts something for a while below everything else in
        the window."""
        super().__init__(window)
        self._window = window
        self._stage = stage
        self._files = files
        self._add_strip = add_strip
        self._open_loose = open_loose
        self._status = status
        self._offer: Offer | None = None
        self._sign: DropSign | None = None
        paste = QKeySequence.StandardKey.Paste
        self.paste = make_action(window, Words("&Paste Picture"), self.paste_now, paste, "Ctrl+V")
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def paste_now(self) -> None:
        """Open the picture or the file on the clipboard, or say that there is none."""
        self._take(QGuiApplication.clipboard().mimeData())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent):
            data = event.mimeData()
            if data.hasUrls() or data.hasImage():
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
            # What lies in the internet is but told why it is not opened.
            if data.hasImage() or any(url.isLocalFile() for url in data.urls()):
                self._show_sign()
            return True
        if isinstance(event, QDragLeaveEvent):
            self._hide_sign()
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self._hide_sign()
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._take(event.mimeData())
            return True
        return False

    def _show_sign(self) -> None:
        if self._sign is None:
            from digitpad.ui.pictures.drop_sign import DropSign

            self._sign = DropSign(self._window)
        place = self._stage.mapTo(self._window, QPoint())
        is_blank = not self._stage.can_clear
        self._sign.lay_over(QRect(place, self._stage.size()), is_blank=is_blank)

    def _hide_sign(self) -> None:
        if self._sign is not None:
            self._sign.hide()

    def _take(self, data: QMimeData | None) -> None:
        from digitpad.ui.pictures.pasted import offered

        found = offered(data)
        if found.picture is not None:
            self._open_loose(found.picture)
        elif found.problem is not None:
            self._status.show_failure(found.problem)
        else:
            self._open_of(found.files, 0)

    def _open_of(self, files: Sequence[str], number: int) -> None:
        """Open one of several files, and offer the next one."""
        from digitpad.ui.offer import Offer

        if self._offer is not None:
            self._offer.hide()
            self._offer.deleteLater()
            self._offer = None
        self._files.open_file(files[number])
        if number + 1 < len(files):
            name = Path(files[number]).name
            sentence = Words("{name} is file {number} of {count}.").filled(
                name=name, number=number + 1, count=len(files)
            )
            self._offer = Offer(
                sentence,
                Words("Open next file"),
                lambda: self._open_of(files, number + 1),
                self._window,
            )
            self._add_strip(self._offer)
