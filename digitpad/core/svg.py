"""SVG: ink as curves that scale.

Owns how ink becomes SVG: the line on the canvas, which passes through the middles of the given
points' connections as quadratic curves, with its width by pressure.
"""

from __future__ import annotations

import itertools

import numpy as np

from digitpad.core.ink import Ink, Stroke

SIDE = 1000
"""Longer side of the picture in SVG's units; as coordinates keep two digits, finer than any
screen."""
MARGIN = 0.06
"""Room around the ink, as a share of its longer side."""
LIGHTEST = 0.45
"""Width of a stroke without any pressure, as a share of the full width."""
PRESSURE_STEPS = 12

Curve = tuple[list[float], list[float], list[float]]


def ink_to_svg(ink: Ink, pen_width: float) -> str:
    """Return ink, not empty, as an SVG document: black lines on a transparent background.

    `pen_width` is that of a line at full pressure, in ink units.
    """
    bounds = ink.bounds
    extent = bounds.extent + pen_width
    room = pen_width / 2 + MARGIN * extent
    scale = SIDE / (extent + 2 * MARGIN * extent)
    width = round((bounds.width + 2 * room) * scale, 2)
    height = round((bounds.height + 2 * room) * scale, 2)
    origin = np.array([bounds.left - room, bounds.top - room])
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">',
        '<g fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round">',
    ]
    for stroke in ink.strokes:
        curves = _curves((stroke[:, :2] - origin) * scale)
        levels = np.rint(stroke[:, 2] * PRESSURE_STEPS).tolist()
        for level, run in itertools.groupby(zip(levels, curves, strict=True), lambda one: one[0]):
            share = LIGHTEST + (1 - LIGHTEST) * level / PRESSURE_STEPS
            line_width = f"{pen_width * scale * share:.2f}"
            lines.append(f'<path stroke-width="{line_width}" d="{_path([c for _, c in run])}"/>')
    return "\n".join([*lines, "</g>", "</svg>", ""])


def _curves(points: Stroke) -> list[Curve]:
    """Return start, control and end of the curve that leads past each point."""
    middles = (points[:-1] + points[1:]) / 2
    starts = np.concatenate([points[:1], middles]).tolist()
    ends = np.concatenate([middles, points[-1:]]).tolist()
    return list(zip(starts, points.tolist(), ends, strict=True))


def _path(curves: list[Curve]) -> str:
    bends = " ".join(f"Q{_place(control)} {_place(end)}" for _, control, end in curves)
    return f"M{_place(curves[0][0])} {bends}"


def _place(point: list[float]) -> str:
    return f"{point[0]:.2f},{point[1]:.2f}"
