"""Understand: what the Understand panel costs the pen, how often it is renewed, and its memory.

Drives the real window as `window` does: closed, closed again when it was open at each page, then
open at each page in turn. The first two follow each other closely, as the machine's speed varies.
A refresh is a result of the explainer's that was painted. Memory is what the process holds more
once every page was open and drawn in than before the panel was opened.
"""

from __future__ import annotations

import contextlib
import gc
import itertools
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from digitpad.desktop import TURN
from digitpad.ui.understand.panel import UnderstandPanel
from tests.bench.measurement import MeasurementError, report
from tests.bench.window import Bench, strokes, writing

EVENTS = 600
"""Movements of the pen at each page."""
SIZE = 1366, 768


class Refreshes(QObject):
    """Counts the paintings of the window that show a new result."""

    def __init__(self, panel: UnderstandPanel) -> None:
        super().__init__(panel)
        self.count = 0
        self._is_new = False
        panel.explainer.shown.connect(self._on_shown)
        panel.explainer.failed.connect(self._on_failed)
        panel.page.window().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name.
        if event.type() is QEvent.Type.UpdateRequest and self._is_new:
            self.count += 1
            self._is_new = False
        return super().eventFilter(watched, event)

    def _on_shown(self) -> None:
        self._is_new = True

    def _on_failed(self, sentence: str) -> None:
        raise MeasurementError(sentence)


def measure() -> dict[str, Any]:
    """Return latencies closed and at each page, refreshes per second, and megabytes."""
    gc.freeze()  # As the program does with what it has imported.
    sys.setswitchinterval(TURN)
    bench = Bench()
    try:
        bench.window.resize(*SIZE)
        bench.play(itertools.islice(writing(bench, clears=True), 60))
        closed = strokes(bench, EVENTS, clears=True)
        before = resident_mb()
        with opened(bench) as panel:
            for _ in turned(panel):
                bench.play(itertools.islice(writing(bench, clears=True), 60))
        closed_again = strokes(bench, EVENTS, clears=True)
        with opened(bench) as panel:
            pages = {}
            for _ in turned(panel):
                pages[panel.page.title.source] = _at_page(bench, panel)
            after = resident_mb()
    finally:
        bench.close()
    return {
        "closed": closed,
        "pages": pages,
        "closed_again": closed_again,
        "slowest_p99_ms": max(page["latency_ms"]["p99"] for page in pages.values()),
        "fewest_refreshes_per_s": min(page["refreshes_per_s"] for page in pages.values()),
        "memory_mb": after - before,
    }


@contextlib.contextmanager
def opened(bench: Bench) -> Iterator[UnderstandPanel]:
    """Open the panel while entered."""
    panel = bench.window.understanding.open()
    panel.setFloating(False)  # The screen that is none is small.
    yield panel
    bench.window.understanding.close()


def turned(panel: UnderstandPanel) -> Iterator[None]:
    """Turn to each page."""
    for place in range(panel.tabs.count()):
        panel.tabs.setCurrentIndex(place)
        QApplication.processEvents()
        yield


def _at_page(bench: Bench, panel: UnderstandPanel) -> dict[str, Any]:
    bench.play(itertools.islice(writing(bench, clears=True), 60))
    refreshes = Refreshes(panel)
    start = time.perf_counter()
    timed = strokes(bench, EVENTS, clears=True)
    passed = time.perf_counter() - start
    return {**timed, "refreshes_per_s": refreshes.count / passed}


def resident_mb() -> float:
    """Return the megabytes that this process holds in memory, after a collection."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    report(measure())
