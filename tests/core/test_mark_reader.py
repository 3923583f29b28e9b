"""Single marks: what is written like no digit can be told from one at a glance."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from digitpad.core.ink import Ink
from digitpad.core.mark_reader import MarkReader
from digitpad.core.model_file import load_model
from digitpad.core.reading import Status
from tests.small_models import save_small_model, save_trajectory_model

LINES = [[(0.0, 0.0), (0.0, 2.0)], [(0.0, 0.9), (1.0, 1.0)], [(0.5, 0.0), (0.5, 2.0)]]
ONE, TWO, THREE = (Ink.from_points(LINES[:count]) for count in (1, 2, 3))
DASH = Ink.from_points([[(0.0, 0.0), (30.0, 0.0)], [(40.0, 0.0), (70.0, 0.0)], [(80, 0), (90, 1)]])


@pytest.fixture
def marks(tmp_path: Path) -> MarkReader:
    """A reader to whom only three strokes are no digit, and whatever a picture shows is one."""
    return MarkReader(load_model(save_trajectory_model(tmp_path / "a.npz", [0.0] * 10)))


def test_only_what_is_surely_none_is_left_unpainted(marks: MarkReader) -> None:
    one, two, three = marks.read_inks([ONE, TWO, THREE], [True] * 3)

    assert (one.at_a_glance, two.at_a_glance) == (None, None)
    assert one.pixels is not None and two.pixels is not None
    assert three.pixels is None
    assert three.at_a_glance is not None and three.at_a_glance == three.is_digit < 0.02
    assert three.status is Status.NOT_A_DIGIT
    assert sum(three.probabilities) == pytest.approx(1.0)


def test_a_closer_look_tells_what_the_glance_was(marks: MarkReader) -> None:
    (glance,) = marks.read_inks([THREE], [True])
    unseen, two, seen = marks.read_inks([THREE, TWO, THREE], [True, True, False])

    assert unseen == glance
    assert two.pixels is not None
    assert seen.pixels is not None and np.any(seen.pixels)
    assert seen.at_a_glance == glance.at_a_glance
    assert seen.is_digit > glance.is_digit


def test_what_has_no_shape_is_looked_at(marks: MarkReader) -> None:
    (dash,) = marks.read_inks([DASH], [True])

    assert (dash.is_digit, dash.at_a_glance) == (0.0, None)


def test_who_knows_no_trajectories_looks_at_all(tmp_path: Path) -> None:
    marks = MarkReader(load_model(save_small_model(tmp_path / "a.npz", log_odds=-9.0)))

    (three,) = marks.read_inks([THREE], [True])

    assert three.pixels is not None
    assert three.at_a_glance is None
    assert marks.read_inks([], []) == []
