"""Window: from pen events to painted bars in the real window, and how long they block it.

Drives the real window and recognizer with a synthetic pen at the pace of a real one, without a
screen. Latency runs from sending an event to the first painting of bars that answer its ink or
newer ink. A block is what one event keeps the window's thread from: its handling and all painting
until the next one.
"""

from __future__ import annotations

import gc
import itertools
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from digitpad.core.groups import Group
from digitpad.core.ink import Ink
from digitpad.core.reader import Reader
from digitpad.core.reading import Reading
from digitpad.desktop import TURN
from digitpad.ui.fitting import fitted
from digitpad.ui.pad_window import PadWindow
from digitpad.workers.recognizer import Recognizer
from tests.bench.measurement import MeasurementError, report, summary
from tests.bench.strokes import golden_ink, scribble
from tests.ui.hand import Pen

PACE = 10
"""Milliseconds from one event to the next."""
EVENTS = 1500
CROWDED_EVENTS = 300
OVER_EVENTS = 600
CROWD = 100_000
DIGITS = 6
"""Digits of a number that is written across the canvas."""
OPENINGS = 5
PATIENCE = 30.0

Action = Callable[[], object]


class PaintClock(QApplication):
    """An application that adds up how long it paints windows."""

    def __init__(self) -> None:
        super().__init__(["bench"])
        self.painting = 0.0
        self._is_painting = False

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        if self._is_painting or event.type() is not QEvent.Type.UpdateRequest:
            return super().notify(receiver, event)
        self._is_painting = True
        start = time.perf_counter()
        try:
            return super().notify(receiver, event)
        finally:
            self.painting += time.perf_counter() - start
            self._is_painting = False


class RememberingReader:
    """Reads as the real reader does, and remembers which ink each answer is to.

    Until it is asked for that answer or a later one: what is kept costs the collector time that it
    does not cost in the program.
    """

    def __init__(self) -> None:
        self._reader = Reader.bundled()
        self._answers: dict[int, tuple[Reading, Ink]] = {}

    def read_ink(self, ink: Ink) -> Reading:
        return self._remembered(self._reader.read_ink(ink), ink)

    def read_number(self, ink: Ink, pins: Sequence[Group] = ()) -> Reading:
        return self._remembered(self._reader.read_number(ink, pins), ink)

    def split(self, ink: Ink, group: Group) -> tuple[Group, ...]:
        return self._reader.split(ink, group)

    def _remembered(self, reading: Reading, ink: Ink) -> Reading:
        self._answers[id(reading)] = reading, ink
        return reading

    def ink_of(self, reading: Reading) -> Ink:
        for key in list(self._answers):
            known, ink = self._answers.pop(key)
            if known is reading:
                return ink
        raise KeyError("an answer to no question")


class Bench:
    """The window, a pen, and the times of what both do."""

    def __init__(self) -> None:
        self.application = PaintClock()
        self.reader = RememberingReader()
        self.recognizer = Recognizer(lambda: self.reader)
        self.window = PadWindow(self.recognizer)
        self.pen = Pen(self.window.canvas)
        self.latencies: list[float] = []
        self.blocks: list[float] = []
        self._numbers: dict[int, tuple[Ink, int]] = {}
        self._newest = 0
        self._unpainted: list[tuple[int, float]] = []
        self._answered = 0
        self._sent_at = 0.0
        self.window.canvas.ink_changed.connect(self._on_ink_changed)
        self.recognizer.answered.connect(self._on_answered)
        self.window.bars.painted.connect(self._on_painted)
        self.recognizer.start()
        self.window.show()

    def close(self) -> None:
        self.window.close()
        self.recognizer.stop()

    def play(self, actions: Iterator[Action | None]) -> None:
        """Do one action a tick, timed; None waits for all answers and empties the canvas."""
        loop = QEventLoop()
        timer = QTimer()
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        waits_to_clear = False
        before = self.application.painting
        handling: float | None = None

        def tick() -> None:
            nonlocal waits_to_clear, before, handling
            if handling is not None:
                self.blocks.append(1e3 * (handling + self.application.painting - before))
                handling = None
            if self._unpainted and time.perf_counter() - self._sent_at > PATIENCE:
                loop.exit(1)
            if waits_to_clear:
                if not self._unpainted:
                    self.window.canvas.clear()
                    waits_to_clear = False
                return
            action = next(actions, loop.quit)
            if action is None:
                waits_to_clear = True
                return
            before = self.application.painting
            self._sent_at = time.perf_counter()
            action()
            handling = time.perf_counter() - self._sent_at

        timer.timeout.connect(tick)
        timer.start(PACE)
        if loop.exec():
            raise MeasurementError("an event was never answered")

    def open(self, ink: Ink) -> tuple[float, float]:
        """Return the milliseconds until ink is read, with painted bars, and until it is painted."""
        self._sent_at = time.perf_counter()
        self.window.show_ink(ink)
        read = painted = 0.0
        while not (read and painted):
            if time.perf_counter() - self._sent_at > PATIENCE:
                raise MeasurementError("a drawing was never answered")
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            passed = 1e3 * (time.perf_counter() - self._sent_at)
            read = read or (0.0 if self._unpainted else passed)
            painted = painted or (0.0 if self.window.canvas.is_repainting else passed)
        return read, painted

    def _on_ink_changed(self, ink: Ink) -> None:
        if ink.is_empty:
            return
        self._newest += 1
        self._numbers[id(ink)] = ink, self._newest
        self._unpainted.append((self._newest, self._sent_at))

    def _on_answered(self, reading: Reading) -> None:
        self._answered = self._numbers[id(self.reader.ink_of(reading))][1]
        self._numbers = {k: kept for k, kept in self._numbers.items() if kept[1] >= self._answered}

    def _on_painted(self) -> None:
        now = time.perf_counter()
        for number, sent_at in self._unpainted:
            if number <= self._answered:
                self.latencies.append(1e3 * (now - sent_at))
        self._unpainted = [waiting for waiting in self._unpainted if waiting[0] > self._answered]


def measure() -> dict[str, Any]:
    """Return the milliseconds of latency, blocks and opening, on ordinary and crowded canvases."""
    gc.freeze()  # As the program does with what it has imported (app.window_imports).
    sys.setswitchinterval(TURN)
    bench = Bench()
    try:
        bench.play(itertools.islice(writing(bench, clears=True), 60))
        ordinary = strokes(bench, EVENTS, clears=True)
        number = strokes(bench, EVENTS, clears=True, digits=DIGITS)
        over = strokes(bench, OVER_EVENTS, clears=True, digits=DIGITS, over=golden_ink()[0])
        openings = [bench.open(scribble(CROWD)) for _ in range(OPENINGS)]
        crowded = strokes(bench, CROWDED_EVENTS, clears=False)
    finally:
        bench.close()
    return {
        **ordinary,
        "number": number,
        "over": over,
        "crowded": {
            **crowded,
            "read_ms": statistics.median(read for read, _ in openings),
            "paint_ms": statistics.median(painted for _, painted in openings),
        },
    }


def strokes(
    bench: Bench, events: int, *, clears: bool, digits: int = 1, over: Ink | None = None
) -> dict[str, Any]:
    """Return the milliseconds of latency and of blocks while the pen moves so many times.

    What `clears` begins on blank paper, as it goes on.
    """
    if clears:
        bench.play(iter([None]))
    bench.latencies, bench.blocks = [], []
    movements = writing(bench, clears=clears, digits=digits, over=over)
    bench.play(itertools.islice(movements, events))
    return {"latency_ms": summary(bench.latencies), "block_ms": summary(bench.blocks)}


def writing(
    bench: Bench, *, clears: bool, digits: int = 1, over: Ink | None = None
) -> Iterator[Action | None]:
    """Yield the pen's movements over the bundled drawings, so many side by side, without end.

    Each time these are written over another drawing, if one is given, as large as the canvas.
    """
    canvas, pen = bench.window.canvas, bench.pen
    width = canvas.width() / digits
    drawings = itertools.cycle(golden_ink())
    while True:
        if over is not None:
            yield partial(canvas.show_ink, fitted(over, canvas.width(), canvas.height()))
        placed = [fitted(ink, width, canvas.height()) for ink in itertools.islice(drawings, digits)]
        for place, stroke in (
            (place, stroke) for place, ink in enumerate(placed) for stroke in ink.strokes
        ):
            points = (stroke[:, :2] + (place * width, 0.0)).tolist()
            yield partial(pen.press, *points[0])
            for point in points[1:]:
                yield partial(pen.move, *point)
            yield partial(pen.release, *points[-1])
        if clears:
            yield None


if __name__ == "__main__":
    report(measure())
