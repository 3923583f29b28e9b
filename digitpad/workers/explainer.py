"""Explainer: computes what the Understand panel shows, on a thread of its own.

Owns the thread, the networks that live there, and the order of questions: one being worked on, one
waiting, the newest wins. QtCore only; knows no page, and never shares a network with the
recognizer's thread.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from PySide6.QtCore import QElapsedTimer, QObject, QThread, QTimer, Signal, Slot

from digitpad.core.model_file import Model, ModelFileError, load_model
from digitpad.core.resource_files import bundled_mlp_path, bundled_model_path
from digitpad.words import said, tr

_log = logging.getLogger(__name__)

INTERVAL = 27
"""Milliseconds from one question's start to the next one's: thirty pictures a second are enough,
and the pad's own reading needs the time in between. Where one takes more than half of that, as on a
busy machine, the pause after it is as long as it took."""

_NEXT = 12
"""Milliseconds within which a pen that moves brings the next question. It is begun when the window
has painted what it is about, and has nothing else to do until the pen moves on."""

_TURN = 0.0005
"""Seconds after which a thread that runs Python lets another one have its turn. With Python's own 5
ms, painting and reading would wait that long each time while an explanation is computed: three
times as long in the worst hundredth of a pen's events."""

T = TypeVar("T")


class Workshop:
    """The tools for explaining, on the explainer's thread: made when first asked for, then kept."""

    def __init__(self, cnn_path: Path | None = None, mlp_path: Path | None = None) -> None:
        """Without paths the bundled models are taken."""
        self._cnn_path = cnn_path or bundled_model_path()
        self._mlp_path = mlp_path or bundled_mlp_path()
        self._kept: dict[Callable[..., object], object] = {}

    @property
    def cnn(self) -> Model:
        """The network that reads. Raises ModelFileError."""
        return self.tool(_load_cnn)

    @property
    def mlp(self) -> Model:
        """The network that it is compared with. Raises ModelFileError."""
        return self.tool(_load_mlp)

    def tool(self, make: Callable[[Workshop], T]) -> T:
        """Return what `make` makes of this workshop: made once, as is its ModelFileError.

        `make` is a function of a module or a class; it is what the tool is found by.
        """
        if make not in self._kept:
            try:
                self._kept[make] = make(self)
            except ModelFileError as error:
                self._kept[make] = error
        kept = self._kept[make]
        if isinstance(kept, ModelFileError):
            raise kept
        return cast(T, kept)


def _load_cnn(workshop: Workshop) -> Model:
    return load_model(workshop._cnn_path)


def _load_mlp(workshop: Workshop) -> Model:
    return load_model(workshop._mlp_path)


@dataclass(frozen=True, slots=True)
class Question(Generic[T]):
    """What is to be computed, and who is shown the result."""

    compute: Callable[[Workshop], T]
    """Runs on the explainer's thread: works on immutable values and touches no widget. What it
    raises becomes one sentence; a ModelFileError's own is taken."""
    show: Callable[[T], object]
    """Runs on the thread of the explainer's maker."""


@dataclass(frozen=True, slots=True)
class _Request:
    number: int
    question: Question[Any]


class Explainer(QObject):
    """The window's side of explaining. All methods are for the thread that made it.

    A result is shown unless `drop` came after its question, so that pictures move while the pen
    does, in the order of the questions. Results of questions that waited too long never come.
    """

    shown = Signal()
    """A result was handed to who asked."""
    failed = Signal(str)
    """One sentence for a person. The next question is tried."""

    _asked = Signal(int, object)

    def __init__(
        self, make_workshop: Callable[[], Workshop] = Workshop, interval: int = INTERVAL
    ) -> None:
        """`make_workshop` is called on the explainer's thread, for the first question."""
        super().__init__()
        self._has_stopped = False
        self._number = 0
        self._first_that_counts = 1
        self._waiting: _Request | None = None
        self._in_work: _Request | None = None
        self._interval = interval
        self._clock = QElapsedTimer()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._on_paused)
        self._begin = QTimer(self)
        self._begin.setSingleShot(True)
        self._begin.timeout.connect(self._send)
        self._thread = QThread(self)
        self._thread.setObjectName("explainer")
        # Owned by this attribute, as the recognizer's worker is.
        self._worker = _Worker(make_workshop)
        self._worker.moveToThread(self._thread)
        self._asked.connect(self._worker.work)
        self._worker.done.connect(self._on_done)
        self._worker.failed.connect(self._on_failed)

    @property
    def is_idle(self) -> bool:
        """Whether every question was answered or dropped."""
        working = self._in_work is not None and self._in_work.number >= self._first_that_counts
        return self._waiting is None and not working

    def ask(self, question: Question[Any]) -> None:
        """Have a question worked on, in place of one that waits; the first one starts the thread.

        Soon after the one before, it waits, so that there is time for other things. After `stop`
        there is no thread to work on it.
        """
        if self._has_stopped:
            return
        if not self._thread.isRunning():
            sys.setswitchinterval(min(_TURN, sys.getswitchinterval()))
            self._thread.start()
        self._number += 1
        self._waiting = _Request(self._number, question)
        if self._begin.isActive():
            self._begin.start(0)  # That is after the painting.
        else:
            self._send()

    def drop(self) -> None:
        """Forget what was asked: no earlier question's result is shown any more."""
        self._waiting = None
        self._first_that_counts = self._number + 1

    def stop(self) -> None:
        """End the thread and wait for it, also while it works; may be called again."""
        self._has_stopped = True
        self.drop()
        self.blockSignals(True)
        self._thread.quit()
        self._thread.wait()

    @Slot()
    def _on_paused(self) -> None:
        self._begin.start(_NEXT)

    @Slot()
    def _send(self) -> None:
        if self._waiting is None or self._in_work is not None or self._pause.isActive():
            return
        self._in_work, self._waiting = self._waiting, None
        self._clock.start()
        self._asked.emit(self._in_work.number, self._in_work.question)

    @Slot(int, object)
    def _on_done(self, number: int, result: object) -> None:
        question = self._finish(number)
        if question is not None:
            question.show(result)
            self.shown.emit()

    @Slot(int, str)
    def _on_failed(self, number: int, sentence: str) -> None:
        if self._finish(number) is not None:
            self.failed.emit(sentence)

    def _finish(self, number: int) -> Question[Any] | None:
        """Return the question whose work has ended, or None when it no longer counts."""
        done, self._in_work = self._in_work, None
        assert done is not None and done.number == number
        taken = self._clock.elapsed()
        self._pause.start(max(self._interval - taken, taken))
        return done.question if number >= self._first_that_counts else None


class _Worker(QObject):
    """Lives on the explainer's thread and owns the workshop."""

    done = Signal(int, object)
    failed = Signal(int, str)

    def __init__(self, make_workshop: Callable[[], Workshop]) -> None:
        super().__init__()
        self._make_workshop = make_workshop
        self._workshop: Workshop | None = None

    @Slot(int, object)
    def work(self, number: int, question: Question[Any]) -> None:
        try:
            if self._workshop is None:
                self._workshop = self._make_workshop()
            result = question.compute(self._workshop)
        except ModelFileError as error:
            self.failed.emit(number, said(error))
        except Exception as error:
            _log.exception("explaining a drawing")
            kind = type(error).__name__
            sentence = tr("This drawing could not be explained ({kind}).", kind=kind)
            self.failed.emit(number, sentence)
        else:
            self.done.emit(number, result)
