"""Digit styles: digits written from templates, for ways of writing that are rare in the data.

A template is a digit as some country or school teaches it, as knots on a unit square. No person's
ink is in it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.core.ink import Ink, make_stroke

KNOT_SPREAD = 0.035
"""Standard deviation of a knot's displacement, as a share of the digit's height."""
STEPS = 6
"""Points written between two knots."""

Knots = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class DigitStyle:
    """One way of writing one digit; x to the right, y down, height 1.

    A pen passes smoothly through a stroke's knots; at a knot given twice in a row it turns sharply.
    """

    label: int
    strokes: tuple[Knots, ...]


def write_digit(style: DigitStyle, rng: np.random.Generator) -> Ink:
    """Return the digit as a person with an unsteady hand writes it."""
    return Ink(tuple(make_stroke(_through(_moved(knots, rng))) for knots in style.strokes))


def _moved(knots: Knots, rng: np.random.Generator) -> list[NDArray[np.float64]]:
    """Displace the knots; a doubled knot stays one place."""
    places: list[NDArray[np.float64]] = []
    for index, knot in enumerate(knots):
        doubled = index > 0 and knots[index - 1] == knot
        places.append(places[-1] if doubled else np.array(knot) + rng.normal(0, KNOT_SPREAD, 2))
    return places


def _through(places: list[NDArray[np.float64]]) -> list[tuple[float, float]]:
    """Return points on the Catmull-Rom spline through `places`, cut at doubled ones."""
    points: list[tuple[float, float]] = []
    for run in _smooth_runs(places):
        ends = np.vstack([2 * run[0] - run[1], run, 2 * run[-1] - run[-2]])
        t = np.linspace(0, 1, STEPS, endpoint=False)[:, None]
        for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
            curve = b + t / 2 * (
                c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a))
            )
            points.extend((float(x), float(y)) for x, y in curve)
        points.append((float(run[-1][0]), float(run[-1][1])))
    return points


def _smooth_runs(places: list[NDArray[np.float64]]) -> list[NDArray[np.float64]]:
    runs, start = [], 0
    for index in range(1, len(places)):
        if places[index] is places[index - 1]:
            runs.append(np.array(places[start:index]))
            start = index
    runs.append(np.array(places[start:]))
    return runs


STYLES = (
    # 0: closed beyond its start; slashed; dotted; the pen goes on inside; crossed level.
    DigitStyle(0, (((0.4, 0.05), (0.1, 0.25), (0.05, 0.7), (0.3, 1), (0.55, 0.75), (0.6, 0.3),
                    (0.4, 0.0), (0.2, 0.1)),)),
    DigitStyle(0, (((0.4, 0), (0.1, 0.2), (0.02, 0.6), (0.3, 1), (0.6, 0.7), (0.65, 0.3), (0.4, 0)),
                   ((0.7, 0.02), (0, 0.98)))),
    DigitStyle(0, (((0.3, 0), (0.05, 0.3), (0.05, 0.7), (0.35, 1), (0.6, 0.7), (0.6, 0.3),
                    (0.3, 0)), ((0.32, 0.5), (0.34, 0.53)))),
    DigitStyle(0, (((0.35, 0.0), (0.08, 0.25), (0.05, 0.7), (0.35, 1), (0.65, 0.7), (0.6, 0.25),
                    (0.35, 0.05), (0.2, 0.3), (0.4, 0.5)),)),
    DigitStyle(0, (((0.2, 0.15), (0.02, 0.5), (0.3, 1), (0.62, 0.6), (0.5, 0.1), (0.2, 0.02),
                    (0.15, 0.3), (0.6, 0.4)),)),
    DigitStyle(0, (((0.3, 0), (0.05, 0.3), (0.05, 0.7), (0.35, 1), (0.6, 0.7), (0.6, 0.3),
                    (0.3, 0)), ((-0.1, 0.5), (0.75, 0.48)))),
    # 1: flagged; with a flag and a foot; with a short serif and a foot; joined to what follows.
    DigitStyle(1, (((0.0, 0.42), (0.4, 0), (0.4, 0), (0.4, 1)),)),
    DigitStyle(1, (((0.0, 0.5), (0.42, 0), (0.42, 0), (0.4, 1)),)),
    DigitStyle(1, (((0.1, 0.3), (0.4, 0), (0.4, 0), (0.4, 1)), ((0.1, 1), (0.72, 1)))),
    DigitStyle(1, (((0.2, 0.12), (0.38, 0), (0.38, 0), (0.38, 1)), ((0.1, 1), (0.68, 0.99)))),
    DigitStyle(1, (((0.0, 0.35), (0.25, 0.2), (0.4, 0), (0.4, 0), (0.4, 1), (0.4, 1), (0.15, 1),
                    (0.15, 1), (0.7, 1)),)),
    DigitStyle(1, (((0.1, 0.3), (0.3, 0.0), (0.3, 0.0), (0.25, 0.9), (0.35, 1.0), (0.5, 0.9)),)),
    # 2: with a flat foot; with a loop; like a Z with a round top; with a large loop; with a long
    # tail upwards; with hardly any bow.
    DigitStyle(2, (((0.05, 0.25), (0.3, 0), (0.6, 0.2), (0.4, 0.6), (0, 1), (0, 1), (0.7, 1)),)),
    DigitStyle(2, (((0.05, 0.2), (0.35, 0), (0.6, 0.2), (0.35, 0.7), (0.08, 0.98), (0.02, 0.82),
                    (0.25, 0.85), (0.7, 1)),)),
    DigitStyle(2, (((0.0, 0.08), (0.35, 0.0), (0.6, 0.1), (0.5, 0.4), (0, 1), (0, 1), (0.4, 0.95),
                    (0.7, 1)),)),
    DigitStyle(2, (((0.05, 0.25), (0.3, 0), (0.6, 0.2), (0.5, 0.6), (0.2, 0.95), (0.0, 0.8),
                    (0.2, 0.62), (0.5, 0.85), (0.75, 1)),)),
    DigitStyle(2, (((0.1, 0.25), (0.3, 0), (0.5, 0.2), (0.35, 0.7), (0.15, 0.95), (0.05, 0.8),
                    (0.25, 0.68), (0.5, 0.72), (0.8, 0.5)),)),
    DigitStyle(2, (((0.1, 0.1), (0.3, 0), (0.4, 0.2), (0.3, 0.6), (0.05, 1), (0.05, 1),
                    (0.65, 0.95)),)),
    # 3: round; with a flat top; with a loop in its middle; with a curl at its end; joined.
    DigitStyle(3, (((0.05, 0.1), (0.35, 0), (0.55, 0.22), (0.25, 0.45), (0.25, 0.45), (0.6, 0.7),
                    (0.35, 1), (0, 0.88)),)),
    DigitStyle(3, (((0.0, 0.0), (0.55, 0), (0.55, 0), (0.2, 0.4), (0.2, 0.4), (0.55, 0.55),
                    (0.5, 0.9), (0.2, 1), (0, 0.88)),)),
    DigitStyle(3, (((0.05, 0.12), (0.35, 0), (0.5, 0.22), (0.25, 0.45), (0.15, 0.4), (0.3, 0.38),
                    (0.58, 0.65), (0.3, 1), (0, 0.85)),)),
    DigitStyle(3, (((0.1, 0.15), (0.35, 0), (0.5, 0.2), (0.25, 0.42), (0.25, 0.42), (0.55, 0.65),
                    (0.3, 0.98), (0.0, 0.85), (0.15, 0.68), (0.4, 0.8)),)),
    # 4: open with an upright left; open with a slant; closed; lightning; all in one stroke; with
    # a curl to the left foot.
    DigitStyle(4, (((0.1, 0.0), (0.05, 0.5), (0.05, 0.5), (0.7, 0.48)), ((0.5, 0.1), (0.48, 1)))),
    DigitStyle(4, (((0.35, 0.0), (0.0, 0.62), (0.0, 0.62), (0.75, 0.62)), ((0.52, 0.3), (0.5, 1)))),
    DigitStyle(4, (((0.5, 0.0), (0.0, 0.65), (0.0, 0.65), (0.75, 0.65)), ((0.5, 0.0), (0.5, 1)))),
    DigitStyle(4, (((0.5, 0.0), (0.0, 0.55), (0.0, 0.55), (0.65, 0.5), (0.65, 0.5), (0.4, 1)),)),
    DigitStyle(4, (((0.1, 0.0), (0.0, 0.5), (0.0, 0.5), (0.55, 0.5), (0.55, 0.5), (0.55, 0.0),
                    (0.55, 0.0), (0.52, 1)),)),
    DigitStyle(4, (((0.0, 0.05), (0.02, 0.45), (0.3, 0.52), (0.5, 0.3), (0.52, 0.02), (0.52, 0.02),
                    (0.5, 1)),)),
    DigitStyle(4, (((0.15, 0.0), (0.05, 0.5), (0.3, 0.6), (0.6, 0.4), (0.6, 0.4), (0.6, 0.0),
                    (0.6, 0.0), (0.5, 1)),)),
    # 5: bar last; bar apart; like an S; with an angular top; with a curl at its end; with a
    # narrow neck.
    DigitStyle(5, (((0.1, 0.0), (0.06, 0.42), (0.06, 0.42), (0.4, 0.4), (0.55, 0.7), (0.35, 1),
                    (0, 0.92)), ((0.1, 0.0), (0.6, 0.0)))),
    DigitStyle(5, (((0.08, 0.06), (0.05, 0.45), (0.05, 0.45), (0.42, 0.45), (0.55, 0.75), (0.3, 1),
                    (0, 0.95)), ((0.2, -0.03), (0.68, -0.05)))),
    DigitStyle(5, (((0.6, 0.02), (0.25, 0.03), (0.1, 0.25), (0.35, 0.45), (0.52, 0.72), (0.3, 1),
                    (0, 0.92)),)),
    DigitStyle(5, (((0.6, 0.0), (0.12, 0.0), (0.12, 0.0), (0.08, 0.42), (0.08, 0.42), (0.45, 0.45),
                    (0.55, 0.72), (0.35, 0.98), (0, 0.95)),)),
    DigitStyle(5, (((0.6, 0.0), (0.2, 0.02), (0.12, 0.4), (0.12, 0.4), (0.45, 0.42), (0.52, 0.75),
                    (0.25, 1), (0.0, 0.8), (0.2, 0.7), (0.4, 0.8)),)),
    DigitStyle(5, (((0.5, 0.05), (0.2, 0.0), (0.1, 0.3), (0.1, 0.3), (0.4, 0.35), (0.55, 0.65),
                    (0.3, 1), (0.05, 0.9)),)),
    # 6: with a straight back; curled; open; with a small ring to its right and a tail.
    DigitStyle(6, (((0.4, 0.0), (0.1, 0.45), (0.02, 0.8), (0.25, 1), (0.5, 0.8), (0.35, 0.58),
                    (0.08, 0.75)),)),
    DigitStyle(6, (((0.5, 0.08), (0.3, 0.0), (0.05, 0.4), (0.08, 0.85), (0.35, 1), (0.52, 0.75),
                    (0.3, 0.55), (0.05, 0.72)),)),
    DigitStyle(6, (((0.15, 0.0), (0.05, 0.6), (0.2, 1), (0.45, 0.85), (0.5, 0.65), (0.35, 0.6),
                    (0.3, 0.8)),)),
    DigitStyle(6, (((0.15, 0.0), (0.02, 0.7), (0.25, 1), (0.5, 0.75), (0.4, 0.6), (0.3, 0.75),
                    (0.5, 0.95), (0.7, 0.85)),)),
    DigitStyle(6, (((0.5, 0.0), (0.05, 0.65), (0.05, 0.65), (0.3, 0.95), (0.55, 0.8), (0.4, 0.62),
                    (0.2, 0.75)),)),
    # 7: plain; crossed; crossed with a serif; with a curved stem; crossed and curved; barred low;
    # like a T; joined; with a heavy serif.
    DigitStyle(7, (((0.0, 0.0), (0.6, 0.0), (0.6, 0.0), (0.22, 1)),)),
    DigitStyle(7, (((0.0, 0.0), (0.6, 0.0), (0.6, 0.0), (0.22, 1)), ((0.12, 0.5), (0.65, 0.48)))),
    DigitStyle(7, (((0.0, 0.16), (0.02, 0.0), (0.02, 0.0), (0.6, 0.02), (0.6, 0.02), (0.25, 1)),
                   ((0.1, 0.55), (0.62, 0.5)))),
    DigitStyle(7, (((0.0, 0.14), (0.02, 0.0), (0.02, 0.0), (0.6, 0.0), (0.6, 0.0), (0.38, 0.4),
                    (0.3, 1)),)),
    DigitStyle(7, (((0.0, 0.05), (0.25, 0.0), (0.58, 0.02), (0.4, 0.4), (0.28, 1)),
                   ((0.1, 0.47), (0.62, 0.44)))),
    DigitStyle(7, (((0.0, 0.0), (0.65, 0.0)), ((0.35, 0.0), (0.33, 1)), ((0.05, 0.75),
                    (0.7, 0.72)))),
    DigitStyle(7, (((0.0, 0.0), (0.6, 0.0), (0.6, 0.0), (0.35, 1)), ((0.05, 0.7), (0.65, 0.66)))),
    DigitStyle(7, (((0.05, 0.15), (0.1, 0.0), (0.5, 0.05), (0.5, 0.05), (0.3, 0.9), (0.4, 1),
                    (0.6, 0.85)),)),
    DigitStyle(7, (((0.02, 0.3), (0.0, 0.0), (0.0, 0.0), (0.6, 0.02), (0.6, 0.02), (0.4, 0.5),
                    (0.35, 1)),)),
    # 8: one line from the top right; an S closed by a straight line; two rings; open at its top;
    # open at the left of its top; at the right; its lower ring open; tall exit.
    DigitStyle(8, (((0.5, 0.15), (0.3, 0), (0.08, 0.2), (0.3, 0.48), (0.55, 0.78), (0.28, 1),
                    (0.02, 0.78), (0.28, 0.5), (0.5, 0.18)),)),
    DigitStyle(8, (((0.5, 0.1), (0.25, 0), (0.06, 0.22), (0.5, 0.7), (0.3, 1), (0.05, 0.8),
                    (0.55, 0.05)),)),
    DigitStyle(8, (((0.28, 0.0), (0.06, 0.2), (0.28, 0.45), (0.5, 0.22), (0.28, 0.0)),
                   ((0.28, 0.45), (0.0, 0.74), (0.28, 1), (0.56, 0.74), (0.28, 0.45)))),
    DigitStyle(8, (((0.1, 0.05), (0.45, 0.55), (0.5, 0.85), (0.25, 1), (0.03, 0.82), (0.2, 0.5),
                    (0.5, 0.05)),)),
    DigitStyle(8, (((0.1, 0.12), (0.3, 0), (0.48, 0.15), (0.35, 0.42), (0.05, 0.78), (0.3, 1),
                    (0.52, 0.8), (0.3, 0.48)),)),
    DigitStyle(8, (((0.05, 0.05), (0.35, 0.0), (0.45, 0.25), (0.1, 0.75), (0.1, 0.95), (0.5, 0.95),
                    (0.5, 0.75), (0.3, 0.5)),)),
    DigitStyle(8, (((0.5, 0.1), (0.25, 0), (0.05, 0.2), (0.3, 0.45), (0.5, 0.78), (0.25, 1),
                    (0.02, 0.8), (0.25, 0.5)),)),
    DigitStyle(8, (((0.45, 0.2), (0.25, 0), (0.08, 0.2), (0.5, 0.75), (0.28, 1), (0.05, 0.78),
                    (0.35, 0.4), (0.75, 0.0)),)),
    DigitStyle(8, (((0.3, 0.45), (0.1, 0.2), (0.3, 0.0), (0.5, 0.2), (0.3, 0.45), (0.05, 0.75),
                    (0.3, 1), (0.55, 0.78), (0.4, 0.5)),)),
    # 9: straight; hooked; with a curved tail; ring and stem apart; like a g, its tail level; with
    # its tail in a bow; begun with its ring.
    DigitStyle(9, (((0.5, 0.15), (0.25, 0), (0.03, 0.25), (0.25, 0.48), (0.5, 0.2), (0.5, 0.2),
                    (0.46, 1)),)),
    DigitStyle(9, (((0.52, 0.12), (0.25, 0), (0.03, 0.22), (0.25, 0.45), (0.52, 0.15), (0.55, 0.6),
                    (0.45, 0.92), (0.25, 1), (0.03, 0.88)),)),
    DigitStyle(9, (((0.5, 0.1), (0.25, 0), (0.03, 0.25), (0.28, 0.48), (0.52, 0.2), (0.5, 0.7),
                    (0.2, 1)),)),
    DigitStyle(9, (((0.28, 0.0), (0.03, 0.25), (0.28, 0.5), (0.5, 0.25), (0.28, 0.0)),
                   ((0.52, 0.02), (0.5, 1)))),
    DigitStyle(9, (((0.5, 0.15), (0.25, 0), (0.05, 0.22), (0.25, 0.42), (0.5, 0.2), (0.52, 0.7),
                    (0.52, 1.0), (0.52, 1.0), (0.0, 1.0)),)),
    DigitStyle(9, (((0.5, 0.12), (0.25, 0), (0.03, 0.25), (0.28, 0.45), (0.52, 0.2), (0.5, 0.85),
                    (0.25, 1), (0.05, 0.8)),)),
    DigitStyle(9, (((0.0, 0.2), (0.25, 0.3), (0.5, 0.15), (0.3, 0.0), (0.02, 0.12), (0.25, 0.3),
                    (0.5, 0.12), (0.35, 1)),)),
)  # fmt: skip
