"""Progress: a bar on a terminal that shows how far a long reading is.

Owns how it looks and when it is seen: only on a terminal, and only when reading takes long.
"""

from __future__ import annotations

import time
from typing import TextIO

BEGINS_AFTER = 1.0
INTERVAL = 0.1
"""Seconds between two pictures of the bar."""
_WIDTH = 30


class Progress:
    """Counts items, and shows how much of all input has been taken."""

    def __init__(self, stream: TextIO, total: int | None, shares_screen: bool) -> None:
        """`total` is the bytes of all input, if that is known.

        With `shares_screen`, lines are printed on the same terminal: the bar makes way for them.
        """
        self._stream = stream
        self._total = total
        self._shares_screen = shares_screen
        self._count = 0
        self._shown = ""
        self._start = time.monotonic()
        self._next = self._start + BEGINS_AFTER

    def before_line(self, is_complaint: bool) -> None:
        """Make way for a line; complaints are printed on the bar's own stream."""
        if is_complaint or self._shares_screen:
            self.hide()

    def after_line(self, position: int) -> None:
        """Count a line, and show the bar when it is time to."""
        self._count += 1
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + INTERVAL
        self._show(self._text(position, self._count / (now - self._start)))

    def hide(self) -> None:
        """Take the bar off the screen."""
        if self._shown:
            # Spaces: not every terminal knows how to clear a line.
            self._stream.write(f"\r{' ' * len(self._shown)}\r")
            self._stream.flush()
            self._shown = ""

    def _text(self, position: int, rate: float) -> str:
        counted = f"{self._count:,} read, {rate:,.0f} a second"
        if not self._total:
            return counted
        share = min(position / self._total, 1.0)
        bar = "#" * int(share * _WIDTH)
        return f"[{bar:<{_WIDTH}}] {int(share * 100):3} %  {counted}"

    def _show(self, text: str) -> None:
        self._stream.write(f"\r{text:<{len(self._shown)}}")
        self._stream.flush()
        self._shown = text
