"""Marks: what hangs together on a page, without the dirt, sorted into lines of writing.

Owns which pieces of ink count, and which stand in one line. Reads nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from digitpad.core.components import label_components, places_of
from digitpad.core.page.holes import sheet_holes
from digitpad.core.page.mark import Mark, marks_of

MOST_RUNS = 120_000
"""Runs of pixels above which a mask is noise; it is looked at no further."""
MOST_MARKS = 2500
"""Pieces of ink, without the dirt, above which a page is texture."""
DIRT = 0.16
"""What is no longer than this share of the usual height is dirt."""
DIRT_ON_RULED = 0.3
"""The same on ruled paper, where bits of ruling are left."""
LEAST_PIXELS = 5
"""The least height of writing, in pixels."""
CORE = 0.5
"""Pieces of at least this share of the usual height make lines; smaller ones join them, or make
lines of their own."""
LEVEL = 0.35
"""Share of the lower one's height on which two neighbours in a line stand beside each other."""
FARTHEST = 4.0
"""Widest space in a line, in heights."""
NEAR = 0.7
"""How far from a line's digits, in heights, a small piece may lie that belongs to it..."""
ABOVE = 0.15
"""... and how far above or below one of them: what is farther off stands in a line of its own."""
LEAST_SMALLER = 12
"""Least height of such a line, in pixels: what is lower would not be read, and may be grain."""
LEAST_IN_PHOTO = LEAST_SMALLER
"""The same of any line in a photo."""
ALONG_FRAME = 0.1
"""What is cut off and reaches no farther into a picture that holds nothing else, in shares of its
width or height, is a shadow's edge, or the table's. Close pictures of a digit are wider."""
SAME_LINE = 0.5
"""Runs of writing whose heights overlap by this share are one line with a wide space."""


Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class WrittenLine:
    """Marks of one line of writing from left to right, and how tall its digits are."""

    marks: tuple[Mark, ...]
    height: float
    is_smaller: bool = False
    """Whether it is under CORE of the height that most of the ink has."""


@dataclass(frozen=True, slots=True, eq=False)
class PageMarks:
    """All marks of a page by lines; in `labels` each pixel has its mark's label, 0 is paper."""

    labels: NDArray[np.int32]
    lines: tuple[WrittenLine, ...]
    is_punched: bool = False
    """Whether there are holes, which are in no line."""


@dataclass(frozen=True, slots=True)
class Photo:
    """What is known of a photo besides what is dark in it."""

    at_frame: Callable[[NDArray[np.int64], NDArray[np.int64]], Mask]
    """Tells of pixels, by row and column, which lie at its frame, where the page is cut off."""
    inked: Callable[[Sequence[Mark], NDArray[np.int32]], list[Mark]]
    """Returns those of the marks, in a picture of their labels, that are ink."""


def page_marks(mask: Mask, is_ruled: bool = False, photo: Photo | None = None) -> PageMarks | None:
    """Sort what is on a page into lines, from top to bottom; none where nothing is writing.

    None where there is no end of it: texture.
    """
    if np.count_nonzero(mask[:, 1:] & ~mask[:, :-1]) > MOST_RUNS:
        return None
    labels, count = label_components(mask)
    found = marks_of(labels, count)
    holes = set(sheet_holes(found, labels))
    found = [mark for mark in found if mark not in holes]
    if photo is not None:
        found = photo.inked(found, labels)
    dirt = DIRT_ON_RULED if is_ruled else DIRT
    least = LEAST_PIXELS if photo is None else LEAST_IN_PHOTO
    marks = _without_dirt(found, dirt, least)
    if photo is not None and found:
        rows, columns = places_of(labels > 0)
        cut = set(labels[rows, columns][photo.at_frame(rows, columns)].tolist())
        inside = _without_dirt([mark for mark in found if mark.label not in cut], dirt, least)
        if inside:
            marks = inside + _beside(inside, [mark for mark in found if mark.label in cut])
        else:
            marks = [mark for mark in marks if _reach(mark, mask.shape) > ALONG_FRAME]
    if len(marks) > MOST_MARKS:
        return None
    if is_ruled and all(mark.height < LEAST_PIXELS for mark in marks):
        marks = []
    lines = _lines(marks) if marks else []
    if photo is not None:
        lines = [line for line in lines if line.height >= least]
    return PageMarks(labels, tuple(lines), bool(holes))


def usual_height(marks: Sequence[Mark]) -> float:
    """Return the height that most of the ink has: of marks weighed by their area, the median."""
    ordered = sorted(marks, key=lambda mark: mark.height)
    areas = np.cumsum([mark.area for mark in ordered])
    return float(ordered[int(np.searchsorted(areas, areas[-1] / 2))].height)


def _without_dirt(marks: Sequence[Mark], share: float, least_size: int) -> list[Mark]:
    if not marks:
        return []
    height = max(usual_height(marks), max(marks, key=lambda mark: mark.area).width / 3)
    least = max(share * height, 1)
    kept = [mark for mark in marks if max(mark.width, mark.height) > least]
    tallest = max((max(mark.height, mark.width) for mark in kept), default=0)
    return kept if tallest >= least_size else []


def _reach(mark: Mark, shape: tuple[int, ...]) -> float:
    """Return how far a mark reaches from the nearest side, as a share of what is across."""
    height, width = shape
    return min(
        mark.right / width,
        (width - mark.left) / width,
        mark.bottom / height,
        (height - mark.top) / height,
    )


def _beside(inside: Sequence[Mark], cut: Sequence[Mark]) -> list[Mark]:
    """Return those of the marks at the frame that may be writing: what is as tall as marks inside
    and stands next to one. The rest is the table, a thumb, a shadow, the end of a line."""
    height = usual_height(inside)
    boxes = _boxes([mark for mark in inside if mark.height >= CORE * height])
    tall = [mark for mark in cut if CORE * height <= mark.height <= height / CORE]
    return [
        mark
        for mark in tall
        if boxes.size
        and (
            (_distances(mark, boxes) <= height)
            & (np.minimum(boxes[3], mark.bottom) - np.maximum(boxes[1], mark.top) >= LEVEL * height)
        ).any()
    ]


def _lines(marks: Sequence[Mark]) -> list[WrittenLine]:
    """Sort marks into lines, first the tall ones; what is not near them is smaller writing."""
    height = usual_height(marks)
    cores = [mark for mark in marks if mark.height >= CORE * height]
    cores = cores or list(marks)
    chains = _merged(_chains(cores))
    heights = [float(np.median([mark.height for mark in chain])) for chain in chains]
    boxes = _boxes([mark for chain in chains for mark in chain])
    owners = np.repeat(np.arange(len(chains)), [len(chain) for chain in chains])
    of_lines = set(cores)
    apart: list[Mark] = []
    for mark in marks:
        if mark not in of_lines:
            nearest = _nearest(mark, boxes, np.take(heights, owners))
            (apart if nearest is None else chains[owners[nearest]]).append(mark)
    lines = [
        WrittenLine(tuple(sorted(chain, key=lambda mark: mark.left + mark.right)), tall)
        for chain, tall in zip(chains, heights, strict=True)
    ]
    if apart:
        smaller = [line for line in _lines(apart) if line.height >= LEAST_SMALLER]
        lines += [replace(line, is_smaller=True) for line in smaller]
    return sorted(lines, key=lambda line: float(np.mean([m.top + m.bottom for m in line.marks])))


def _nearest(mark: Mark, boxes: NDArray[np.int64], heights: NDArray[np.float64]) -> int | None:
    """Return which box, in a line of which height, a small piece belongs to, or None."""
    _, top, _, bottom = boxes
    distances = _distances(mark, boxes)
    down = np.maximum(top - mark.bottom, mark.top - bottom)
    near = (distances <= NEAR * heights) & (down <= ABOVE * heights)
    return int(np.where(near, distances, np.inf).argmin()) if near.any() else None


def _chains(cores: Sequence[Mark]) -> list[list[Mark]]:
    """Link each mark with the nearest one to its right that stands level with it."""
    left, top, right, bottom = _boxes(cores)
    middle = left + right
    tall = bottom - top
    parents = list(range(len(cores)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    for index in range(len(cores)):
        shared = np.minimum(bottom, bottom[index]) - np.maximum(top, top[index])
        level = shared >= LEVEL * np.minimum(tall, tall[index])
        gap = left - right[index]
        level &= gap <= FARTHEST * np.maximum(tall, tall[index])
        level &= (middle > middle[index]) | ((middle == middle[index]) & (parents[index] != index))
        level[index] = False
        if level.any():
            candidates = np.flatnonzero(level)
            parents[root(index)] = root(int(candidates[np.argmin(middle[candidates])]))
    chains: dict[int, list[Mark]] = {}
    for index, mark in enumerate(cores):
        chains.setdefault(root(index), []).append(mark)
    return list(chains.values())


def _merged(chains: Sequence[list[Mark]]) -> list[list[Mark]]:
    """Put chains together that stand at the same height, one beside the other."""
    merged: list[list[Mark]] = []
    extents: list[tuple[float, float]] = []
    for chain in sorted(chains, key=lambda chain: min(mark.left for mark in chain)):
        top, bottom = _extent(chain)
        for number, (other, (other_top, other_bottom)) in enumerate(
            zip(merged, extents, strict=True)
        ):
            shared = min(bottom, other_bottom) - max(top, other_top)
            is_level = shared >= SAME_LINE * max(bottom - top, other_bottom - other_top)
            if is_level and min(m.left for m in chain) >= max(m.right for m in other):
                other.extend(chain)
                extents[number] = _extent(other)
                break
        else:
            merged.append(list(chain))
            extents.append((top, bottom))
    return merged


def _extent(chain: Sequence[Mark]) -> tuple[float, float]:
    return (
        float(np.median([mark.top for mark in chain])),
        float(np.median([mark.bottom for mark in chain])),
    )


def _boxes(marks: Sequence[Mark]) -> NDArray[np.int64]:
    """Return left, top, right and bottom of each mark, shape (4, n)."""
    return np.array([(mark.left, mark.top, mark.right, mark.bottom) for mark in marks]).T


def _distances(mark: Mark, boxes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how far a mark lies from each of some boxes."""
    left, top, right, bottom = boxes
    across = np.maximum(left - mark.right, mark.left - right)
    down = np.maximum(top - mark.bottom, mark.top - bottom)
    return np.asarray(np.maximum(np.maximum(across, down), 0))
