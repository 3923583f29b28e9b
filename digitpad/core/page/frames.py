"""Frames: boxes, combs and tables that digits are written into, and lines that they stand on.

Owns which pieces of ink may be a frame. What is a line within one, and what is left when it is
taken away, `ruling` knows: a frame is ruled paper as large as itself. Knows nothing of digits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from digitpad.core.components import label_components
from digitpad.core.page.mark import Mark, marks_of
from digitpad.core.page.marks import MOST_RUNS
from digitpad.core.page.morphology import grown
from digitpad.core.page.paper import InkOnPaper
from digitpad.core.page.ruling import MOST_POINTS, Covers, FrameLines, without_ruling

THINNEST = 0.4
"""Share of its box that a frame fills at most: it is made of lines."""
HELD = 0.2
"""What is at least so tall, in heights of the frame, and has its middle inside, is in the frame."""
WIDE = 3.0
"""A piece so many times as wide as most pieces are tall may be digits that hang on a line."""
SIDE = 0.15
"""Share of a piece's height or width within which ink runs along its side..."""
COVERED = 0.85
"""... on so much of that side's length."""
LEAST_SIDE = 6
"""Pieces with a longer side of fewer pixels are neither frames nor in one."""
THICKEST = 0.08
"""Thickest line, as a share of most pieces' height; and BLUR pixels."""
BLUR = 2.0
COVERS: Covers = 0.85, 0.85
"""A line of a frame goes all through it; the stem of a 7 within does not."""
LINES = 0.5
"""A piece of which this share is lines is one of them..."""
AROUND = 0.9
"""... and so is one whose lines reach over this share of its width and height: the rest are digits
that touch it, with a broader pen."""
BESIDE = 3
"""Pixels from a line that was taken away within which there may be rests of it."""
REST = 0.8
"""Share of a piece that lies there, from which on it is such a rest."""
BROADER = 4.0
"""In pixels: how much broader than most lines are an upright or level piece may be to be one."""
MARGIN = 1
"""Pixels around a frame."""
MOST_TILT = 4.0
"""Degrees by which lines of a frame may be turned once the page stands upright."""
MOST_FRAMES = 60
"""More pieces are not looked at..."""
MOST_WORK = 100_000
"""... nor more than have so many pixels of ink together, and hundreds of pixels in their boxes: a
page of boxes has two thirds of it at most."""


def without_frames(ink: InkOnPaper, least: float) -> InkOnPaper | None:
    """Return ink without the lines of frames, or None where there are none.

    Frames stand upright. From `least` on ink is seen as such.
    """
    mask = ink.strength >= least
    if np.count_nonzero(mask[:, 1:] & ~mask[:, :-1]) > MOST_RUNS:
        return None
    labels, count = label_components(mask)
    marks = [mark for mark in marks_of(labels, count) if max(mark.width, mark.height) >= LEAST_SIDE]
    if not marks:
        return None
    usual = float(np.median([mark.height for mark in marks]))
    lines = FrameLines(least, round(THICKEST * usual + BLUR), COVERS)
    bare = ink.strength.copy()
    is_bare = False
    for frame in _candidates(marks, usual, labels):
        inside = _around(frame, mask.shape)
        before = ink.strength[inside]
        cleaned = without_ruling(replace(ink, strength=before), False, lines)
        if cleaned.angle is None or abs(cleaned.angle) > MOST_TILT:
            continue
        own = labels[inside] == frame.label
        left = own & (cleaned.strength >= least)
        left &= ~_rests(left, own & ~left)
        if _are_lines(own & ~left, own, frame.width >= WIDE * usual):
            # What does not touch the frame stays as it is, and so does its faint outline.
            after = np.where(own & ~left, 0, np.minimum(before, cleaned.strength))
            bare[inside] = np.where(own | (labels[inside] == 0), after, bare[inside])
            is_bare = True
    return replace(ink, strength=bare) if is_bare else None


def _candidates(marks: Sequence[Mark], usual: float, labels: NDArray[np.int32]) -> Iterator[Mark]:
    """Yield what may be a frame: thin pieces around others, with ink along their sides, or far
    wider than most are tall."""
    boxes = np.array([(mark.left, mark.top, mark.right, mark.bottom) for mark in marks])
    left = MOST_WORK
    for mark in sorted(marks, key=lambda mark: -mark.width)[:MOST_FRAMES]:
        if mark.area > THINNEST * mark.width * mark.height and (
            mark.height > usual / 2
            or (mark.width < WIDE * usual and not _carries(mark, boxes, usual))
        ):
            continue
        if (
            mark.width >= WIDE * usual
            or _holds(mark, boxes)
            or _is_boxed(labels[mark.top : mark.bottom, mark.left : mark.right] == mark.label)
        ):
            left -= min(mark.area, MOST_POINTS) + mark.width * mark.height // 100
            if left < 0:
                return
            yield mark


def _holds(frame: Mark, boxes: NDArray[np.int64]) -> bool:
    """Whether the middle of something narrower is in a frame's box."""
    x, y = ((boxes[:, :2] + boxes[:, 2:]) / 2).T
    width, height = (boxes[:, 2:] - boxes[:, :2]).T
    held = (frame.left < x) & (x < frame.right) & (frame.top < y) & (y < frame.bottom)
    return bool((held & (height >= HELD * frame.height) & (width < frame.width)).any())


def _carries(line: Mark, boxes: NDArray[np.int64], usual: float) -> bool:
    """Whether something as tall as most pieces stands on a short line, or nearly: under a digit
    there is a line to write on, beside it a minus, above it the bar of a 5."""
    left, top, right, bottom = boxes.T
    shared = np.minimum(right, line.right) - np.maximum(left, line.left)
    is_over = 2 * shared >= np.minimum(right - left, line.width)
    is_near = (top < line.top - usual / 2) & (np.abs(line.top - bottom) <= usual / 2)
    return bool((is_over & is_near).any())


def _is_boxed(own: NDArray[np.bool_]) -> bool:
    """Whether ink runs along three sides of a piece at least."""
    sides = 0
    for axis in (0, 1):
        depth = max(1, round(SIDE * own.shape[axis]))
        for band in (own.take(range(depth), axis), own.take(range(-depth, 0), axis)):
            sides += band.any(axis=axis).mean() >= COVERED
    return sides >= 3


def _rests(left: NDArray[np.bool_], gone: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which pixels of what is left of a frame are but the edges of its lines, or lines of it.

    All that is left has touched what is gone; a line that did so is no broader.
    """
    beside = gone
    for _ in range(BESIDE):
        beside = grown(beside)
    edges = np.count_nonzero(gone[1:] != gone[:-1]) + np.count_nonzero(gone[:, 1:] != gone[:, :-1])
    thickness = 2 * int(np.count_nonzero(gone)) / max(int(edges), 1)
    labels, count = label_components(left)
    near = np.bincount(labels[beside & left], minlength=count + 1)
    is_rest = np.zeros(count + 1, bool)
    for mark in marks_of(labels, count):
        is_thin = min(mark.width, mark.height) <= thickness + BROADER
        is_rest[mark.label] = is_thin or near[mark.label] >= REST * mark.area
    return np.asarray(is_rest[labels])


def _are_lines(gone: NDArray[np.bool_], own: NDArray[np.bool_], is_wide: bool) -> bool:
    """Whether what is taken away of a piece makes it a frame."""
    if np.count_nonzero(gone) >= LINES * np.count_nonzero(own):
        return True
    across, down = (_reach(gone, axis) >= AROUND * _reach(own, axis) for axis in (0, 1))
    return across and (down or is_wide)


def _reach(mask: NDArray[np.bool_], axis: int) -> int:
    places = np.flatnonzero(mask.any(axis=axis))
    return int(places[-1] - places[0] + 1) if len(places) else 0


def _around(frame: Mark, shape: tuple[int, ...]) -> tuple[slice, slice]:
    return (
        slice(max(0, frame.top - MARGIN), min(shape[0], frame.bottom + MARGIN)),
        slice(max(0, frame.left - MARGIN), min(shape[1], frame.right + MARGIN)),
    )
