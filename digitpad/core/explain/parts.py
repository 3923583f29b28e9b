"""Parts: the pieces of a drawing that have a name, such as the bar at the top or the loop below.

Owns which pieces are looked at, what each looks like and where it lies in words. Whether a piece
matters is not known here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.core.components import label_components
from digitpad.core.preprocess import IMAGE_SIZE, GreyImage

Mask = NDArray[np.float32]
"""How much of each pixel belongs to a piece, shape (28, 28), 0 to 1."""

INK = 0.3
"""Grey from which a pixel counts as ink where yes or no is asked."""
LEAST, MOST = 0.04, 0.5
"""Share of all ink that a piece has: less is a speck, more is the digit itself."""
LEAST_SIDE = 0.5
"""A drawing's box is made at least this wide for its height, and this high for its width."""

_WHOLE = (0.0, 1.0)
_PLACES = (
    ("along the top", (0.0, 0.22), _WHOLE),
    ("along the top", (0.0, 0.35), _WHOLE),
    ("across the middle", (0.3, 0.7), _WHOLE),
    ("along the bottom", (0.78, 1.0), _WHOLE),
    ("along the bottom", (0.65, 1.0), _WHOLE),
    ("down the left", _WHOLE, (0.0, 0.4)),
    ("down the right", _WHOLE, (0.6, 1.0)),
    ("in the upper half", (0.0, 0.5), _WHOLE),
    ("in the lower half", (0.5, 1.0), _WHOLE),
    ("at the top left", (0.0, 0.4), (0.0, 0.4)),
    ("at the top", (0.0, 0.4), (0.3, 0.7)),
    ("at the top right", (0.0, 0.4), (0.6, 1.0)),
    ("on the left", (0.3, 0.7), (0.0, 0.4)),
    ("in the middle", (0.3, 0.7), (0.3, 0.7)),
    ("on the right", (0.3, 0.7), (0.6, 1.0)),
    ("at the bottom left", (0.6, 1.0), (0.0, 0.4)),
    ("at the bottom", (0.6, 1.0), (0.3, 0.7)),
    ("at the bottom right", (0.6, 1.0), (0.6, 1.0)),
)
"""Rows and columns, as shares of the drawing's height and width. What lies along the top or the
bottom may be a thin bar or half a loop, hence two of each."""
_NAMES = tuple(name for name, _, _ in _PLACES)
_DOWN, _ACROSS = (np.array([place[axis] for place in _PLACES]) for axis in (1, 2))

STRAIGHT_SHAPES = frozenset({"bar", "upright stroke", "slanted stroke"})
_STRAIGHT = 1.0
"""A piece is straight when its ink strays from a line by this many pixels, or less, in standard
deviation; a line as wide as the pen alone strays by 0.8."""
_LONG = 1.8
"""How much longer than wide a straight piece is, by standard deviation."""
_LEVEL = 25.0
"""Degrees from the horizontal up to which a line is a bar; as many from the vertical, upright."""
_SHORT = 6.0
"""Ink, in pixels, under which a piece is too short to have a shape."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A piece of a drawing."""

    place: str
    """Where it lies, as "at the top"."""
    mask: Mask
    ink: float
    """Its share of all the ink."""


def pieces(pixels: GreyImage) -> Iterator[Piece]:
    """Yield the pieces of a 28x28 picture that have between LEAST and MOST of its ink."""
    rows, columns = np.nonzero(pixels > INK)
    if not len(rows):
        return
    height, width = np.ptp(rows) + 1.0, np.ptp(columns) + 1.0
    tall, wide = max(height, LEAST_SIDE * width), max(width, LEAST_SIDE * height)
    top, left = rows.min() - (tall - height) / 2, columns.min() - (wide - width) / 2
    down, across = _covered(top, tall, _DOWN), _covered(left, wide, _ACROSS)
    inks = (down @ pixels * across).sum(axis=1) / pixels.sum()
    masks = down[:, :, None] * across[:, None]
    for place, mask, ink in zip(_NAMES, masks, inks.tolist(), strict=True):
        if LEAST <= ink <= MOST:
            yield Piece(place, mask, ink)


class Shapes:
    """What the pieces of one 28x28 picture look like."""

    def __init__(self, pixels: GreyImage) -> None:
        self._pixels = pixels
        self._holes = list(_holes(pixels))

    def of(self, mask: Mask) -> str:
        """Return what the ink under a mask looks like.

        "bar", "upright stroke", "slanted stroke", "curve", "loop", "piece" when it is too short to
        tell, or "strokes" when it is more than one.
        """
        part = self._pixels * mask
        if part.sum() < _SHORT:
            return "piece"
        if any(mask[hole].mean() > 0.75 for hole in self._holes):
            return "loop"
        labels, count = label_components(part > INK)
        sizes = np.bincount(labels.ravel(), minlength=count + 1)[1:]
        if (sizes > _SHORT).sum() > 1:
            return "strokes"
        rows, columns = np.nonzero(part > 0)
        shares = part[rows, columns] / part.sum()
        places = np.stack([columns, rows])
        away = places - (places @ shares)[:, None]
        spread = (away * shares) @ away.T
        (narrow, long), axes = np.linalg.eigh(spread)
        if narrow > _STRAIGHT**2 or long < _LONG**2 * narrow:
            return "curve"
        across, down = np.abs(axes[:, 1])
        angle = np.degrees(np.arctan2(down, across))
        if angle <= _LEVEL:
            return "bar"
        return "upright stroke" if angle >= 90.0 - _LEVEL else "slanted stroke"


def _covered(start: float, length: float, spans: NDArray[np.float64]) -> Mask:
    """Return how much of each row, or column, each span covers: shape (n, 28), 0 to 1.

    `spans`, shape (n, 2), begin and end at shares of `length`, in pixels, counted from `start`.
    """
    first, last = start + spans.T * length
    # Ink fades out up to two pixels beyond the box of what counts as ink.
    first, last = first - 2.0 * (spans[:, 0] == 0.0), last + 2.0 * (spans[:, 1] == 1.0)
    edges = np.arange(IMAGE_SIZE)
    covered = np.minimum(edges + 1, last[:, None]) - np.maximum(edges, first[:, None])
    return np.asarray(np.clip(covered, 0.0, 1.0), np.float32)


def _holes(pixels: GreyImage) -> Iterator[NDArray[np.bool_]]:
    """Yield the mask, shape (28, 28), of each piece of paper that ink surrounds."""
    labels, count = label_components(np.pad(pixels <= INK, 1, constant_values=True))
    inner = labels[1:-1, 1:-1]
    for label in range(1, count + 1):
        hole = inner == label
        if label != labels[0, 0] and hole.sum() > 1:
            yield hole
