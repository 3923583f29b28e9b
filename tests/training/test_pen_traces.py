"""A stroke that another pen leaves is still that stroke."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from digitpad.core.ink import Ink
from tests.training.samples import STILL_INK
from training.pen_traces import vary_traces


def test_ends_of_strokes_are_cut_or_lengthened() -> None:
    # Given: one straight line of length 100, and a style that changes nothing else
    line = Ink.from_points([[(0.0, float(y)) for y in range(0, 101, 2)]])
    style = replace(STILL_INK, other_ends_share=1.0, end_change=0.1, end_bend=0.0)

    # When
    lengths = [
        vary_traces(line, style, np.random.default_rng(seed)).bounds.extent for seed in range(100)
    ]

    # Then: by at most a tenth at each end, in both directions
    assert 78.0 <= min(lengths) < 92.0
    assert 108.0 < max(lengths) <= 120.5


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
