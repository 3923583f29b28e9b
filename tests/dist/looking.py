"""Looking at the pad's window as a person does: where the paper is, and which bar is longest.

Works on a screenshot alone and knows no more than that the paper is the white area at the left, and
that ten bars lie under each other at the right, of which the longest filled part is coloured.
"""

from __future__ import annotations

import itertools
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

PATIENCE = 60
_COLOURED = 60
"""Difference of a pixel's channels from which it counts as coloured and not grey."""
_SHADES = 20
"""A window that is not painted yet has few."""
Box = tuple[int, int, int, int]

Points = Sequence[tuple[float, float]]
_UPPER = (
    (0.33, 0.27),
    (0.42, 0.19),
    (0.55, 0.18),
    (0.65, 0.26),
    (0.63, 0.38),
    (0.54, 0.46),
    (0.42, 0.48),
)
_LOWER = ((0.55, 0.49), (0.65, 0.55), (0.69, 0.62), (0.67, 0.74), (0.57, 0.82), (0.42, 0.83))
DIGITS: dict[str, Points] = {
    "3": (*_UPPER, *_LOWER, (0.32, 0.76)),
    "7": ((0.3, 0.2), (0.5, 0.2), (0.7, 0.2), (0.62, 0.4), (0.54, 0.6), (0.46, 0.82)),
}
"""Each in one stroke, on a paper of side 1."""


def paper(picture: Image.Image) -> Box:
    """Return the empty paper: the white area around the middle of the window's left half.

    In that middle stand the words that invite to write: it is looked for above and below them.
    """
    grey = picture.convert("L")
    x, above, below = grey.width // 4, grey.height * 2 // 5, grey.height * 3 // 5
    edges = []
    for step_x, step_y, y in ((-1, 0, above), (0, -1, above), (1, 0, above), (0, 1, below)):
        place = [x, y]
        while grey.getpixel((place[0], place[1])) == 255:
            place[0] += step_x
            place[1] += step_y
        edges.append(place[0] if step_x else place[1])
    left, top, right, bottom = edges
    return left + 1, top + 1, right, bottom


def longest_bar(picture: Image.Image, area: Box) -> str:
    """Return the number of the bar right of the paper that is filled furthest; "" for none.

    Raises ValueError when there are not ten bars.
    """
    rows = [_row(picture, y, area[2]) for y in range(area[1], picture.height)]
    bars: list[int] = []
    is_in_bar = False
    for length, coloured in rows:
        if length > 150 and not is_in_bar:
            bars.append(0)
        is_in_bar = length > 150
        if is_in_bar:
            bars[-1] = max(bars[-1], coloured)
    if len(bars) != 10:
        raise ValueError(f"the window shows {len(bars)} bars")
    if max(bars) == 0:
        return ""
    return str(bars.index(max(bars)))


def _row(picture: Image.Image, y: int, start: int) -> tuple[int, int]:
    """Return the longest run right of the paper that is not background, and its coloured pixels."""
    ground = picture.getpixel((picture.width - 1, y))
    best = run = coloured = best_coloured = 0
    for x in range(start + 8, picture.width):
        pixel = picture.getpixel((x, y))
        assert isinstance(pixel, tuple)
        if pixel == ground:
            run = coloured = 0
            continue
        run += 1
        coloured += max(pixel[:3]) - min(pixel[:3]) > _COLOURED
        if run > best:
            best, best_coloured = run, coloured
    return best, best_coloured


class Hand:
    """A mouse, keyboard and eyes on an X11 display."""

    def __init__(self, display: str) -> None:
        self.display = display

    def window(self, title: str) -> str:
        """Wait for a window with this title; returns its number."""
        found = self._xdotool("search", "--sync", "--onlyvisible", "--name", f"^{title}$")
        return found.split()[-1]

    def has_window(self, title: str) -> bool:
        command = ["xdotool", "search", "--onlyvisible", "--name", f"^{title}$"]
        environment = {"DISPLAY": self.display, "PATH": "/usr/bin:/bin"}
        return bool(subprocess.run(command, env=environment, capture_output=True).stdout.strip())

    def look(self, window: str, picture: Path) -> Image.Image:
        """Take a screenshot of a window."""
        command = ["import", "-display", self.display, "-window", window, str(picture)]
        subprocess.run(command, check=True, timeout=PATIENCE)
        with Image.open(picture) as image:
            return image.convert("RGB")

    def look_when_painted(self, window: str, picture: Path) -> Image.Image:
        """Take a screenshot as soon as a window shows letters: many shades, and the same twice."""
        deadline = time.monotonic() + PATIENCE
        before = self.look(window, picture)
        while True:
            time.sleep(0.3)
            image = self.look(window, picture)
            is_painted = image == before and len(image.getcolors(1 << 24) or []) > _SHADES
            if is_painted or time.monotonic() > deadline:
                return image
            before = image

    def write(self, window: str, area: Box, digit: str) -> None:
        """Write a digit on an area of a window with the mouse."""
        left, top, right, bottom = area
        places = [(left + x * (right - left), top + y * (bottom - top)) for x, y in DIGITS[digit]]
        self._move(window, *places[0])
        self._xdotool("mousedown", "1")
        for before, after in itertools.pairwise(places):
            for part in (0.25, 0.5, 0.75, 1.0):
                x, y = (b + part * (a - b) for b, a in zip(before, after, strict=True))
                self._move(window, x, y)
        self._xdotool("mouseup", "1")

    def click(self, window: str, from_right: int, from_bottom: int) -> None:
        """Click on a place, given from the lower right corner of a window."""
        shown = self._xdotool("getwindowgeometry", "--shell", window)
        size = dict(line.split("=") for line in shown.splitlines() if "=" in line)
        self._move(window, int(size["WIDTH"]) - from_right, int(size["HEIGHT"]) - from_bottom)
        self._xdotool("click", "1")

    def press(self, window: str, key: str) -> None:
        self._xdotool("windowfocus", "--sync", window, "key", key)

    def _move(self, window: str, x: float, y: float) -> None:
        self._xdotool("mousemove", "--window", window, str(round(x)), str(round(y)))

    def _xdotool(self, *arguments: str) -> str:
        environment = {"DISPLAY": self.display, "PATH": "/usr/bin:/bin"}
        return subprocess.run(
            ["xdotool", *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=PATIENCE,
        ).stdout


def answer_after(hand: Hand, window: str, area: Box, picture: Path, expected: str) -> str:
    """Look at the bars until the expected answer is there; returns the last one seen."""
    deadline = time.monotonic() + PATIENCE
    while True:
        answer = longest_bar(hand.look(window, picture), area)
        if answer == expected or time.monotonic() > deadline:
            return answer
        time.sleep(0.2)
