"""Screen: an X server of our own, and what can be seen and done there from outside a program.

Nothing in a program takes part in its measurement: when its window is painted, the server says
which part of the screen changed, and one look at the pixels tells a painted window from one that
is only mapped.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.bench.measurement import MeasurementError, environment

# Not imported by name: the type checker runs where it is not installed.
X = import_module("Xlib.X")
XK = import_module("Xlib.XK")
damage = import_module("Xlib.ext.damage")
xtest = import_module("Xlib.ext.xtest")
open_display = import_module("Xlib.display").Display

SMALLEST_WINDOW = 200
"""Pixels across; a smaller one is no main window."""
PATIENCE = 120.0
"""Seconds after which a window counts as never painted."""
QUIET = 0.5
"""Seconds without a change after which a program counts as having done what it was asked to."""
PEN_INTERVAL = 0.004
"""Seconds between two points of a stroke: a mouse with 250 reports a second."""

Points = Sequence[tuple[float, float]]


@contextmanager
def x_server() -> Iterator[str]:
    """While entered, a screen runs in memory; gives its display name."""
    read_end, write_end = os.pipe()
    command = ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1280x1024x24"]
    try:
        server = subprocess.Popen(
            [*command, "-nolisten", "tcp", "-noreset"],
            pass_fds=[write_end],
            stderr=subprocess.DEVNULL,
        )
    except FileNotFoundError:
        raise MeasurementError("Xvfb is missing (Debian: apt-get install xvfb)") from None
    os.close(write_end)
    try:
        with os.fdopen(read_end) as answer:
            number = answer.readline().strip()
        if not number:
            raise MeasurementError("Xvfb did not start")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


class Screen:
    """Watches one display, and has its mouse and keyboard."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._display: Any = open_display(name)
        self._root: Any = self._display.screen().root
        self._display.damage_query_version()
        self._root.change_attributes(event_mask=X.SubstructureNotifyMask)
        self._root.damage_create(damage.DamageReportRawRectangles)
        self._display.sync()

    def close(self) -> None:
        self._display.close()

    def wait_for_paint(self, started: float) -> tuple[float, tuple[int, int, int, int]]:
        """Return the seconds from `started` until a window was painted, and its place and size."""
        place: tuple[int, int, int, int] | None = None
        while True:
            event = self._next_event(PATIENCE)
            if event is None:
                raise MeasurementError(f"no window was painted within {PATIENCE:.0f} s")
            now = time.monotonic()
            if event.type == X.MapNotify:
                box = event.window.get_geometry()
                if min(box.width, box.height) >= SMALLEST_WINDOW:
                    place = (box.x, box.y, box.width, box.height)
                    self._window = event.window
            elif place is not None and self._is_painted(place):
                return now - started, place

    def write(
        self, strokes: Sequence[Points], place: tuple[int, int, int, int], *, answers: bool
    ) -> None:
        """Press Escape, then draw strokes with the left button; wait until all has been painted.

        Coordinates are shares of the window's width and height. Raises MeasurementError when a
        window that answers does not change.
        """
        x, y, width, height = place
        self._window.set_input_focus(X.RevertToParent, X.CurrentTime)
        escape = self._display.keysym_to_keycode(XK.string_to_keysym("Escape"))
        for kind in (X.KeyPress, X.KeyRelease):
            xtest.fake_input(self._display, kind, escape)
        self._display.sync()
        self.wait_for_quiet()
        for points in strokes:
            for index, (across, down) in enumerate(points):
                position = {"x": round(x + width * across), "y": round(y + height * down)}
                xtest.fake_input(self._display, X.MotionNotify, **position)
                if index == 0:
                    xtest.fake_input(self._display, X.ButtonPress, 1)
                self._display.sync()
                time.sleep(PEN_INTERVAL)
            xtest.fake_input(self._display, X.ButtonRelease, 1)
            self._display.sync()
        if answers and self._next_event(PATIENCE) is None:
            raise MeasurementError("a window did not answer to a digit")
        self.wait_for_quiet()

    def wait_for_quiet(self) -> None:
        """Wait until the screen no longer changes."""
        while self._next_event(QUIET) is not None:
            pass

    def _is_painted(self, place: tuple[int, int, int, int]) -> bool:
        """Whether the window shows something other than the server's black in several spots."""
        x, y, width, height = place
        return all(
            self._root.get_image(
                x + int(width * across), y + int(height * down), 1, 1, X.ZPixmap, 0xFFFFFF
            ).data[:3]
            != b"\0\0\0"
            for across, down in ((0.5, 0.5), (0.1, 0.1), (0.9, 0.9))
        )

    def _next_event(self, patience: float) -> Any:
        """Return the next event, or None when none comes in so many seconds."""
        if not self._display.pending_events():
            readable, _, _ = select.select([self._display.fileno()], [], [], patience)
            if not readable:
                return None
        return self._display.next_event()


@contextmanager
def started(program: Path, screen: Screen, home: Path) -> Iterator[tuple[int, float]]:
    """While entered, a program runs; gives its process and the moment before its start."""
    variables = environment() | {"DISPLAY": screen.name, "QT_QPA_PLATFORM": "xcb"}
    # As a person would start it: how many threads NumPy takes is the program's affair.
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        del variables[name]
    home.mkdir(parents=True, exist_ok=True)
    folders = dict.fromkeys(("HOME", "XDG_RUNTIME_DIR"), str(home))
    moment = time.monotonic()
    process = subprocess.Popen(
        [str(program)],
        env=variables | folders,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process.pid, moment
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        screen.wait_for_quiet()
