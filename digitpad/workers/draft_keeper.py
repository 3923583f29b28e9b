"""Draft keeper: unsaved work, kept on disk while it grows, and found again after a crash.

Owns the files and the thread that writes them. One window writes one draft; when a draft is found
at the start, its window ended without closing. `last` is the newest drawing that nobody saved.
"""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QThread, QTimer, Signal, Slot

from digitpad.core.corrections import NOTHING_SAID, Said
from digitpad.core.ink import Ink
from digitpad.words import tr

_log = logging.getLogger(__name__)

INTERVAL = 1000
"""Milliseconds between a change and its being written, in which further changes join it."""
_MOST_WINDOWS = 32


class DraftKeeper(QObject):
    """The window's side: takes notes at once, and never waits for a disk."""

    found = Signal(object, object)
    """An `Ink` whose window ended without closing, and what was `Said` of it."""
    another_left = Signal()
    """After `found`: one more window ended without closing; a new one will find its drawing."""
    failed = Signal(str)
    """One sentence for a person: unsaved work cannot be kept. Said once."""

    _noted = Signal(object, object)
    _ended = Signal(object, object)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._newest = Ink()
        self._said = NOTHING_SAID
        self._has_stopped = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self._write)
        self._thread = QThread(self)
        self._thread.setObjectName("drafts")
        self._worker = _Worker(folder)
        self._worker.moveToThread(self._thread)
        self._thread.started.connect(self._worker.begin)
        self._noted.connect(self._worker.write)
        self._ended.connect(self._worker.end)
        self._worker.found.connect(self.found)
        self._worker.another_left.connect(self.another_left)
        self._worker.failed.connect(self.failed)

    def start(self) -> None:
        """Look for a draft that was left, on a thread of its own, then keep this window's."""
        self._thread.start()

    @property
    def last_path(self) -> Path:
        """The newest drawing that nobody saved; there may be none."""
        return self._worker.last

    def note(self, ink: Ink, said: Said = NOTHING_SAID) -> None:
        """Keep this drawing, and what was said of it; empty ink when there is nothing unsaved."""
        is_as_before = ink.is_empty and self._newest.is_empty
        self._newest, self._said = ink, said
        if is_as_before:
            return  # What was left for this window to find stays until something is drawn.
        if not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Keep the newest drawing as the last one, end the thread and wait; may be called again."""
        self._timer.stop()
        is_unkept = not self._has_stopped and not self._newest.is_empty
        self._has_stopped = True
        if is_unkept:
            self._thread.start()  # The window may be closed before it is ever painted.
        if self._thread.isRunning():
            self._ended.emit(self._newest, self._said)
            self._thread.wait()

    @Slot()
    def _write(self) -> None:
        self._noted.emit(self._newest, self._said)


class _Worker(QObject):
    """Lives on the keeper's thread and owns the draft."""

    found = Signal(object, object)
    another_left = Signal()
    failed = Signal(str)
    written = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.last = folder / "last.jsonl"
        self._folder = folder
        self._draft: Path | None = None
        self._lock: QLockFile | None = None
        self._has_failed = False

    @Slot()
    def begin(self) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._draft = self._own_draft()
            if self._draft is not None and self._draft.exists():
                self._keep_as_last(self._draft)
                self._tell_of(self.last)
                if any(self._lock_of(draft).tryLock(0) for draft in self._drafts_left()):
                    self.another_left.emit()
        except OSError as error:
            self._fail(error)

    @Slot(object, object)
    def write(self, ink: Ink, said: Said) -> None:
        if self._draft is None:
            return
        try:
            if ink.is_empty:
                self._draft.unlink(missing_ok=True)
            else:
                _save(self._draft, ink, said)
        except OSError as error:
            self._fail(error)
        else:
            self.written.emit()

    @Slot(object, object)
    def end(self, ink: Ink, said: Said) -> None:
        try:
            if not ink.is_empty:
                _save(self.last, ink, said)
            if self._draft is not None:
                self._draft.unlink(missing_ok=True)
        except OSError as error:
            self._fail(error)
        if self._lock is not None:
            self._lock.unlock()
        self.thread().quit()

    def _own_draft(self) -> Path | None:
        """Return a draft that no other window writes: one that was left, if there is any."""
        drafts = [self._folder / f"draft-{number}.jsonl" for number in range(_MOST_WINDOWS)]
        for draft in self._drafts_left() + drafts:
            lock = self._lock_of(draft)
            if lock.tryLock(0):
                self._lock = lock
                return draft
        return None

    def _drafts_left(self) -> list[Path]:
        """Return the drafts that hold a drawing; windows that are open write some of them."""
        return sorted(self._folder.glob("draft-*.jsonl"))

    def _lock_of(self, draft: Path) -> QLockFile:
        lock = QLockFile(str(draft.with_suffix(".lock")))
        lock.setStaleLockTime(0)  # Only a process that has ended leaves a stale one.
        return lock

    def _keep_as_last(self, draft: Path) -> None:
        """Copy what was left, before this window writes its own draft there.

        Until then a second crash leaves it to be found again.
        """
        from digitpad.core.whole_files import write_whole

        write_whole(self.last, draft.read_bytes())

    def _tell_of(self, path: Path) -> None:
        from digitpad.core.drawing_files import DrawingFileError, load_drawing

        try:
            item = load_drawing(path).item
        except DrawingFileError as error:
            _log.warning("the draft %s %s", path, error)
        else:
            self.found.emit(item.ink, item.said)

    def _fail(self, error: OSError) -> None:
        _log.warning("unsaved work cannot be kept in %s: %s", self._folder, error)
        if not self._has_failed:
            self._has_failed = True
            self.failed.emit(tr("Unsaved work cannot be backed up: {reason}.", reason=error))


def _save(path: Path, ink: Ink, said: Said) -> None:
    # Not needed for a start.
    from digitpad.core.ink_files import ink_to_json
    from digitpad.core.whole_files import write_whole

    write_whole(path, ink_to_json(ink, said.label, groups=said.groups).encode())
