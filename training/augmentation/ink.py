"""Ink augmentation: one drawing written again by another hand.

Works on strokes, before they are painted by the pad's own code, so that what changes is what
differs between writers: slant, aspect, wobble, where strokes meet, and a few national habits.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from digitpad.core.ink import Ink, Stroke, make_stroke, stroke_from_array
from digitpad.core.preprocess import GreyImage, prepare_ink
from training.augmentation.kept_ink import keep_little
from training.augmentation.pen_traces import vary_traces
from training.recipe import InkStyle

WAVES = 3
"""Cosines in each direction that make up the smooth displacement."""


def paint_varied(ink: Ink, label: int, style: InkStyle, rng: np.random.Generator) -> GreyImage:
    """Return the 28x28 picture of a randomly varied drawing."""
    if rng.random() < style.styled_share:
        ink = restyled(ink, label, rng)
    radius = rng.uniform(style.smallest_radius, style.largest_radius)
    return prepare_ink(vary(ink, style, rng), radius)


def vary(ink: Ink, style: InkStyle, rng: np.random.Generator) -> Ink:
    """Return a randomly varied drawing, about as large as 1."""
    ink = keep_little(vary_traces(ink, style, rng), style.kept, rng)
    return _varied(ink, style, rng)


def _varied(ink: Ink, style: InkStyle, rng: np.random.Generator) -> Ink:
    bounds = ink.bounds
    extent = bounds.extent
    if extent == 0.0:  # A dot stays a dot.
        return ink
    middle = np.array([bounds.left + bounds.width / 2, bounds.top + bounds.height / 2])

    angle = np.deg2rad(rng.uniform(-style.rotation_degrees, style.rotation_degrees))
    shear = rng.uniform(-style.shear, style.shear)
    aspect = np.exp(rng.uniform(-style.log_aspect, style.log_aspect) / 2)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    slant = np.array([[1.0, -shear], [0.0, 1.0]])
    matrix = turn @ slant @ np.diag([aspect, 1.0 / aspect])

    frequency = rng.uniform(-4.0, 4.0, (2, WAVES))
    phase = rng.uniform(0.0, 2.0 * np.pi, WAVES)
    amplitude = rng.normal(0.0, style.warp * rng.random(), (WAVES, 2))
    moved = []
    for stroke in ink.strokes:
        place = (stroke[:, :2] - middle) / extent
        place = place + np.cos(place @ frequency + phase) @ amplitude
        place = place + rng.uniform(-style.stroke_shift, style.stroke_shift, 2)
        moved.append(_with_places(stroke, place @ matrix.T))
    return Ink(tuple(moved))


def _with_places(stroke: Stroke, place: NDArray[np.float64]) -> Stroke:
    return stroke_from_array(np.column_stack([place, stroke[:, 2]]))


def restyled(ink: Ink, label: int, rng: np.random.Generator) -> Ink:
    """Give a wide 0 a slash, a plain 1 a flag and perhaps a foot, a 7 a crossbar."""
    bounds = ink.bounds
    width, height = bounds.width, bounds.height
    if height <= 0.0:
        return ink

    def place(x: float, y: float) -> tuple[float, float]:
        return bounds.left + x * width, bounds.top + y * height

    if label == 0 and width > 0.45 * height:
        reach = rng.uniform(-0.1, 0.25)
        slash = [place(1 - reach, reach), place(reach, 1 - reach)]
        return _with_stroke(ink, slash)
    if label == 7 and len(ink.strokes) == 1 and width > 0.35 * height:
        stem = ink.strokes[0]
        level = bounds.top + rng.uniform(0.42, 0.62) * height
        crossing = stem[np.argmin(np.abs(stem[:, 1] - level)), :2]
        half = rng.uniform(0.18, 0.38) * height
        tilt = rng.uniform(-0.3, 0.2) * half
        bar = [
            (crossing[0] - half, crossing[1] - tilt),
            (crossing[0] + half * rng.uniform(0.7, 1.1), crossing[1] + tilt),
        ]
        return _with_stroke(ink, bar)
    if label == 1 and len(ink.strokes) == 1 and width < 0.3 * height:
        return _flagged(ink, rng)
    return ink


def _flagged(ink: Ink, rng: np.random.Generator) -> Ink:
    stem = ink.strokes[0]
    height = ink.bounds.height
    order = stem if stem[0, 1] <= stem[-1, 1] else stem[::-1]
    top, bottom = order[0, :2], order[-1, :2]
    length = rng.uniform(0.15, 0.5) * height
    angle = np.deg2rad(rng.uniform(20.0, 65.0))
    tip = top + length * np.array([-np.cos(angle), np.sin(angle)])
    # One stroke: the pen goes up the flag and down the stem.
    joined = np.vstack([[tip[0], tip[1], 1.0], order])
    flagged = Ink((stroke_from_array(joined),))
    if rng.random() < 0.5:
        half = rng.uniform(0.12, 0.3) * height
        foot = [(bottom[0] - half, bottom[1]), (bottom[0] + half, bottom[1])]
        return _with_stroke(flagged, foot)
    return flagged


def _with_stroke(ink: Ink, points: list[tuple[float, float]]) -> Ink:
    return Ink((*ink.strokes, make_stroke(points)))
