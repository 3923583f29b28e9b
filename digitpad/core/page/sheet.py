"""Sheet: where a sheet of paper lies in a photo that shows the table too, and its picture alone.

A screen or a whiteboard in a dark frame is such a sheet, too, and so is a dark screen in a light
frame.

Owns the search for the sheet's four edges and the way between the photo and the sheet laid flat.
Knows nothing of what is written on it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageStat

from digitpad.core.components import label_components
from digitpad.core.page.morphology import closed
from digitpad.core.picture import to_grey
from digitpad.core.reading import Box

SMALL_SIDE = 240
"""The sheet is looked for in a picture with a longer side of at most so many cells."""
LEAST_SIDE = 100
"""Pixels that each side of a photo has at least; smaller ones show writing and nothing else."""
INK_WINDOW = 0.08
"""Dark things narrower than this share of the shorter side are on the sheet, not beside it."""
LEVELS = (0.35, 0.45, 0.55, 0.65, 0.75, 0.85)
"""Shares of the brightest paper that are tried as what parts sheet and table: a shadow may lie on
the sheet, and the table may be nearly as light. Of the sheets that are found the largest counts."""
SMALLEST = 0.12
"""Least share of the photo that is the sheet."""
FRAME_WINDOW = 0.02
"""The same, where no sheet is found so: there may be a narrow dark frame, as that of a screen or a
whiteboard, around..."""
SMALLEST_FRAMED = 0.3
"""... this share of the photo at least, with..."""
LEAST_FRAMED_EDGES = 3
"""... so many edges in the photo: what is seen between two dark lines is a strip of ruled paper."""
DARKEST = 0.35
"""Failing that, what is at most so bright as a share of what is bright around it, and as large, is
a dark sheet, or a screen in a light frame."""
LEAST_TABLE = 0.03
"""Least share of the photo that is beside it."""
LEAST_OVERLAP = 0.9
"""What is bright and the four-sided figure around it have this share of both in common at least."""
SHARPEST_CORNER, BLUNTEST_CORNER = 55.0, 125.0
"""In degrees, as a camera that is held askew shows right angles."""
LEAST_EDGES = 2
"""Edges of the sheet within the photo. A single one may be that of a shadow."""
STEP = 2.0
"""In cells: so near the edge, to either side, the table is darker than the sheet. The edges of
shadows are softer."""
LIGHTEST_TABLE = 0.85
"""How bright the table may be beside the edge, as a share of the sheet's brightness."""
RIM = 1.5
"""In cells: what is cut off along an edge within the photo, where the sheet's thickness shows."""
SAMPLES = 24
"""Points along an edge that are looked at."""

Floats = NDArray[np.float64]
Points = NDArray[np.float64]
"""Shape (n, 2): x and y."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A sheet laid flat: its picture, grey or in colours, and where it came from."""

    picture: Image.Image
    size: tuple[int, int]
    """Width and height of the photo."""
    to_photo: Floats
    """Shape (3, 3): takes homogeneous coordinates on the sheet to such in the photo."""

    def box_in_photo(self, box: Box) -> Box:
        """Return the box around where a box of the sheet lies in the photo."""
        right, bottom = box.x + box.width, box.y + box.height
        corners = np.array([(box.x, box.y), (right, box.y), (right, bottom), (box.x, bottom)])
        places = np.clip(_projected(corners, self.to_photo), 0.0, self.size)
        (left, top), (right, bottom) = places.min(axis=0), places.max(axis=0)
        return Box(float(left), float(top), float(right - left), float(bottom - top))


def find_sheet(photo: Image.Image, most_pixels: int) -> Sheet | None:
    """Return the sheet that a photo shows on a darker table, with at most so many pixels.

    None where the paper fills the photo, or its edges are not sure.
    """
    if min(photo.size) < LEAST_SIDE or photo.has_transparency_data:
        return None
    cell = -(-max(photo.size) // SMALL_SIDE)
    cells = _lightness(photo, cell)
    corners = _corners(cells, INK_WINDOW, SMALLEST)
    if corners is None:
        corners = _corners(cells, FRAME_WINDOW, SMALLEST_FRAMED, LEAST_FRAMED_EDGES)
    if corners is None:
        corners = _dark_corners(cells)
    if corners is None:
        return None
    return _laid_flat(photo, corners * cell, most_pixels)


def _lightness(photo: Image.Image, cell: int) -> Floats:
    """Return how light each cell is in its darkest colour: a wooden table is light in red alone."""
    colours = photo if photo.mode in ("L", "RGB") else to_grey(photo)
    levels = np.asarray(colours.reduce(cell), np.float64)
    return levels if levels.ndim == 2 else levels.min(axis=2)


def _corners(
    cells: Floats, window: float, smallest: float, least_edges: int = LEAST_EDGES
) -> Points | None:
    """Return the corners of the largest sheet, clockwise from the top left, in cells.

    Dark things narrower than `window` are ink, and the sheet is larger than `smallest`: shares.
    """
    paper = _without_ink(cells, window)
    brightest = float(np.quantile(paper, 0.95))
    best, largest = None, 0
    for share in LEVELS:
        labels, count = label_components(paper >= share * brightest)
        if count == 0:
            continue
        areas = np.bincount(labels.ravel())
        areas[0] = 0
        is_sheet = labels == areas.argmax()
        area = int(areas.max())
        if area <= max(largest, smallest * cells.size) or area > (1 - LEAST_TABLE) * cells.size:
            continue
        corners = _four_corners(is_sheet)
        if corners is not None and _is_sheet(corners, is_sheet, paper, least_edges):
            best, largest = _without_rim(corners, cells.shape), area
    return best


def _dark_corners(cells: Floats) -> Points | None:
    """Return the corners of a sheet that is far darker than what is around it."""
    darkest = DARKEST * float(np.quantile(cells, 0.95))
    if (cells <= darkest).mean() < SMALLEST_FRAMED:
        return None
    corners = _corners(255 - cells, FRAME_WINDOW, SMALLEST_FRAMED)
    if corners is None or np.median(cells[_inside(corners, cells.shape)]) > darkest:
        return None
    return corners


def _without_ink(cells: Floats, share: float) -> Floats:
    window = max(3, int(share * min(cells.shape)) | 1)
    # The table goes on beyond the frame: a strip of it that is narrower than the window is no ink.
    around = np.pad(cells.astype(np.float32), window, mode="edge")
    return closed(around, window)[window:-window, window:-window].astype(np.float64)


def _four_corners(mask: NDArray[np.bool_]) -> Points | None:
    """Return the corners of a four-sided figure around a mask, clockwise from the top left.

    From the hull one side after the other is left out, where its neighbours meet soonest.
    """
    corners = _hull(mask)
    while len(corners) > 4:
        before, after = np.roll(corners, 1, axis=0), np.roll(corners, -2, axis=0)
        end = np.roll(corners, -1, axis=0)
        tips = _crossings(before, corners, after, end)
        added = _areas(corners, end, tips)
        added[~_lies_ahead(before, corners, tips) | ~_lies_ahead(after, end, tips)] = np.inf
        side = int(added.argmin())
        if not np.isfinite(added[side]):
            return None
        corners[side] = tips[side]
        corners = np.delete(corners, (side + 1) % len(corners), axis=0)
    if len(corners) < 4:
        return None
    first = int(corners.sum(axis=1).argmin())
    return np.roll(corners, -first, axis=0)


def _hull(mask: NDArray[np.bool_]) -> Points:
    """Return the convex hull of a mask's cells, clockwise as seen (Andrew's monotone chain)."""
    rows = np.flatnonzero(mask.any(axis=1))
    lefts = mask[rows].argmax(axis=1)
    rights = mask.shape[1] - mask[rows, ::-1].argmax(axis=1)
    corners = [np.column_stack([ends, row]) for ends in (lefts, rights) for row in (rows, rows + 1)]
    points = sorted({(float(x), float(y)) for x, y in np.concatenate(corners).tolist()})

    def half(ordered: list[tuple[float, float]]) -> list[tuple[float, float]]:
        chain: list[tuple[float, float]] = []
        for x, y in ordered:
            while len(chain) > 1:
                (x0, y0), (x1, y1) = chain[-2:]
                if (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0) > 0:
                    break
                chain.pop()
            chain.append((x, y))
        return chain[:-1]

    return np.array(half(points) + half(points[::-1]))


def _crossings(one: Points, one_end: Points, other: Points, other_end: Points) -> Points:
    """Return where lines through two points each cross; infinite where they do not."""
    along, across = one_end - one, other_end - other
    turn = along[:, 0] * across[:, 1] - along[:, 1] * across[:, 0]
    apart = other - one
    with np.errstate(divide="ignore", invalid="ignore"):
        share = (apart[:, 0] * across[:, 1] - apart[:, 1] * across[:, 0]) / turn
        tips = one + share[:, None] * along
    return np.where(np.isfinite(tips), tips, np.inf)


def _areas(one: Points, other: Points, tips: Points) -> Floats:
    """Return the areas of triangles."""
    with np.errstate(invalid="ignore"):
        along, across = other - one, tips - one
        areas = np.abs(along[:, 0] * across[:, 1] - along[:, 1] * across[:, 0]) / 2
    return np.where(np.isfinite(areas), areas, np.inf)


def _lies_ahead(start: Points, end: Points, tips: Points) -> NDArray[np.bool_]:
    """Tell whether tips lie beyond the end of sides, not behind their start."""
    with np.errstate(invalid="ignore"):
        return np.asarray(((tips - end) * (end - start)).sum(axis=1) >= 0)


def _is_sheet(corners: Points, mask: NDArray[np.bool_], paper: Floats, least_edges: int) -> bool:
    """Whether a figure has a sheet's shape, fits what is bright, and has the table around it."""
    sides = np.roll(corners, -1, axis=0) - corners
    lengths = np.hypot(*sides.T)
    turns = (sides * np.roll(sides, 1, axis=0)).sum(axis=1) / (lengths * np.roll(lengths, 1))
    angles = 180 - np.degrees(np.arccos(np.clip(turns, -1, 1)))
    if angles.min() < SHARPEST_CORNER or angles.max() > BLUNTEST_CORNER:
        return False
    inside = _inside(corners, mask.shape)
    if np.count_nonzero(inside & mask) < LEAST_OVERLAP * np.count_nonzero(inside | mask):
        return False
    edges = 0
    for side in range(4):
        steps = _steps(corners, side, paper)
        if 2 * len(steps) < SAMPLES:
            continue  # It lies on the frame of the photo: the sheet goes on beyond it.
        if np.median(steps) > LIGHTEST_TABLE:
            return False
        edges += 1
    return edges >= least_edges


def _inside(corners: Points, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Tell which cells lie in a convex figure whose corners are given clockwise.

    Pillow draws figures, too, but its module for that would bring those for fonts along.
    """
    rows, columns = np.indices(shape) + 0.5
    inside = np.ones(shape, bool)
    for (x, y), (right, down) in zip(
        corners.tolist(), (np.roll(corners, -1, axis=0) - corners).tolist(), strict=True
    ):
        inside &= right * (rows - y) >= down * (columns - x)
    return inside


def _steps(corners: Points, side: int, paper: Floats) -> Floats:
    """Return how bright it is beyond a side, in shares of the brightness within, where both are
    seen."""
    start, end = corners[side], corners[(side + 1) % 4]
    along = (end - start) / np.hypot(*(end - start))
    outwards = np.array([along[1], -along[0]])
    at = start + np.linspace(0.1, 0.9, SAMPLES)[:, None] * (end - start)
    levels = []
    seen = np.ones(SAMPLES, bool)
    for step in (-STEP, STEP):
        x, y = np.floor(at + step * outwards).astype(np.int64).T
        seen &= (x >= 0) & (y >= 0) & (x < paper.shape[1]) & (y < paper.shape[0])
        levels.append(paper[np.clip(y, 0, paper.shape[0] - 1), np.clip(x, 0, paper.shape[1] - 1)])
    within, beyond = levels
    return np.asarray(beyond[seen] / np.maximum(within[seen], 1.0))


def _without_rim(corners: Points, shape: tuple[int, ...]) -> Points:
    """Move the sides inwards, but for those on the frame of the photo."""
    ends = np.roll(corners, -1, axis=0)
    sides = ends - corners
    inwards = np.stack([-sides[:, 1], sides[:, 0]], axis=1) / np.hypot(*sides.T)[:, None]
    middles = (corners + ends) / 2
    limits = np.array([shape[1], shape[0]])
    at_frame = np.minimum(middles, limits - middles).min(axis=1) < STEP
    shifts = np.where(at_frame, 0.0, RIM)[:, None] * inwards
    starts, stops = corners + shifts, ends + shifts
    return _crossings(np.roll(starts, 1, axis=0), np.roll(stops, 1, axis=0), starts, stops)


def _laid_flat(photo: Image.Image, corners: Points, most_pixels: int) -> Sheet:
    """Return the sheet as seen from above; what the photo does not show of it is bare paper."""
    sides = np.hypot(*(np.roll(corners, -1, axis=0) - corners).T)
    size = np.array([(sides[0] + sides[2]) / 2, (sides[1] + sides[3]) / 2])
    block = max(1, int(np.ceil(np.sqrt(size.prod() / most_pixels))))
    width, height = (max(1, round(side / block)) for side in size.tolist())
    flat = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float64)
    to_reduced = homography(flat, corners / block)
    seen = photo if photo.mode == "RGB" else to_grey(photo)
    if block > 1:
        seen = seen.reduce(block)
    (left, top), (right, bottom) = np.clip(
        [corners.min(axis=0) / block, corners.max(axis=0) / block], 0, seen.size
    ).tolist()
    paper = ImageStat.Stat(seen.crop((left, top, right, bottom))).median
    picture = seen.transform(
        (width, height),
        Image.Transform.PERSPECTIVE,
        tuple((to_reduced / to_reduced[2, 2]).ravel()[:8].tolist()),
        Image.Resampling.BICUBIC,
        fillcolor=tuple(paper),
    )
    return Sheet(picture, photo.size, np.diag([block, block, 1.0]) @ to_reduced)


def homography(source: Points, target: Points) -> Floats:
    """Return the projective map, shape (3, 3), that takes four points to four others.

    Points have shape (4, 2); no three of either may lie on a line.
    """
    rows = []
    for (x, y), (u, v) in zip(source.tolist(), target.tolist(), strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
    values = np.linalg.solve(np.array(rows, np.float64), target.ravel())
    return np.append(values, 1.0).reshape(3, 3)


def _projected(points: Points, matrix: Floats) -> Points:
    places = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    return np.asarray(places[:, :2] / places[:, 2:])
