"""A stroke that another pen leaves is still that stroke."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from digitpad.core.ink import Ink
from tests.training.samples import STILL_INK
from training.augmentation.pen_traces import LARGEST_CUT, vary_traces
from training.recipe import EndStyle


def test_ends_of_strokes_are_cut_or_lengthened() -> None:
    # Given: one straight line of length 100, and a style that changes nothing else
    line = Ink.from_points([[(0.0, float(y)) for y in range(0, 101, 2)]])
    ends = EndStyle(share=1.0, reach=0.1, bend=0.0, shortest=0.5)
    style = replace(STILL_INK, ends=(ends,))

    # When
    lengths = [
        vary_traces(line, style, np.random.default_rng(seed)).bounds.extent for seed in range(100)
    ]

    # Then: by at most a tenth at each end, in both directions
    assert 78.0 <= min(lengths) < 92.0
    assert 108.0 < max(lengths) <= 120.5


def test_a_far_cut_leaves_most_of_a_stroke_and_short_strokes_alone() -> None:
    # Given: a long line and a short one, and ends that move by more than the long one's length
    long_line, short_line = [(0.0, float(y)) for y in range(101)], [(9.0, 0.0), (9.0, 20.0)]
    drawing = Ink.from_points([long_line, short_line])
    ends = EndStyle(share=1.0, reach=2.0, bend=1.0, shortest=0.5)

    # When
    varied = [
        vary_traces(drawing, replace(STILL_INK, ends=(ends,)), np.random.default_rng(seed))
        for seed in range(50)
    ]

    # Then
    for ink in varied:
        length = np.hypot(*np.diff(ink.strokes[0][:, :2], axis=0).T).sum()
        assert length >= 100 * (1.0 - LARGEST_CUT) ** 2 - 1.0
        np.testing.assert_array_equal(ink.strokes[1], drawing.strokes[1])


def test_a_stroke_may_keep_fewer_points_but_never_loses_its_ends() -> None:
    # Given
    line = Ink.from_points([[(float(y % 7), float(y)) for y in range(100)]])
    style = replace(STILL_INK, sparse_share=1.0)

    # When
    kept = [vary_traces(line, style, np.random.default_rng(seed)).strokes[0] for seed in range(20)]

    # Then
    for stroke in kept:
        assert 25 <= len(stroke) <= 51
        np.testing.assert_array_equal(stroke[[0, -1]], line.strokes[0][[0, -1]])
