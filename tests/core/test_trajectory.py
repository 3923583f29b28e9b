"""Trajectories say how a drawing was written, and nothing of where, how large or how finely."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from digitpad.core.ink import Ink, stroke_from_array
from digitpad.core.trajectory import FEATURES, MOST_COUNTED, OF_STROKE, PLACES, trajectory_features
from tests.synthetic_ink import DIGITS, digit_ink

FIRST = slice(MOST_COUNTED, MOST_COUNTED + OF_STROKE)
OTHER = slice(MOST_COUNTED + OF_STROKE, MOST_COUNTED + 2 * OF_STROKE)


def features_of(ink: Ink) -> NDArray[np.float32]:
    """Return what describes one drawing."""
    (features,) = trajectory_features([ink])
    return np.asarray(features)


def reversed_ink(ink: Ink) -> Ink:
    """Return the same lines, each written from its other end."""
    return Ink(tuple(stroke_from_array(stroke[::-1]) for stroke in ink.strokes))


def test_many_are_described_as_each_alone() -> None:
    # Given: of one stroke, of two, and dots
    inks = [*map(digit_ink, DIGITS), Ink.from_points([[(3.0, 3.0)], [(3.0, 3.0)]])]

    # When
    together = trajectory_features(inks)

    # Then
    assert together.shape == (len(inks), FEATURES)
    for row, ink in zip(together, inks, strict=True):
        np.testing.assert_allclose(row, features_of(ink), atol=1e-6)
    assert trajectory_features([]).shape == (0, FEATURES)


@pytest.mark.parametrize("digit", DIGITS)
def test_place_and_size_change_nothing(digit: int) -> None:
    ink = digit_ink(digit)
    moved = ink.placed(250.0, -9e4, 7e3)

    np.testing.assert_allclose(features_of(moved), features_of(ink), atol=1e-3)


def test_how_many_points_a_line_has_changes_nothing() -> None:
    few = Ink.from_points([[(0.0, 0.0), (1.0, 0.0), (1.0, 2.0)]])
    many = Ink.from_points(
        [[*((x, 0.0) for x in np.linspace(0, 1, 400)), *((1.0, y) for y in np.linspace(0, 2, 30))]]
    )

    np.testing.assert_allclose(features_of(many), features_of(few), atol=1e-5)


def test_a_line_written_from_its_other_end_is_another_way_of_the_same_length() -> None:
    ink = digit_ink(7)

    there, back = features_of(ink)[FIRST], features_of(reversed_ink(ink))[FIRST]

    np.testing.assert_allclose(back[: 2 * PLACES].reshape(-1, 2)[::-1].ravel(), there[: 2 * PLACES])
    assert not np.allclose(back, there, atol=0.1)
    np.testing.assert_allclose(back[-4:], there[-4:], atol=1e-6)


def test_turns_to_either_side_differ_in_sign() -> None:
    # Given: half a turn to one side and to the other
    steps = np.linspace(0.0, np.pi, 60)
    right, left = (
        Ink.from_points([np.column_stack([np.cos(steps), side * np.sin(steps)]).tolist()])
        for side in (1.0, -1.0)
    )

    (one, one_all), (other, other_all) = (features_of(ink)[FIRST][-5:-3] for ink in (right, left))

    # Then: of PLACES - 1 chords the first and the last lie half a step inside the turn
    turned = (PLACES - 2) / (PLACES - 1)
    np.testing.assert_allclose([one, other], [turned, -turned], atol=1e-3)
    np.testing.assert_allclose([one_all, other_all], turned, atol=1e-3)


def test_of_other_strokes_the_longest_is_described() -> None:
    # Given: one after the first, hidden among short ones
    lone, bar, dot = [(0.0, 0.0), (0.0, 5.0)], [(1.0, 1.0), (4.0, 1.0)], [(2.0, 4.0)]
    clean = Ink.from_points([lone, bar])
    crowded = Ink.from_points([lone, dot, bar, dot, dot])

    # Then
    np.testing.assert_allclose(features_of(crowded)[OTHER], features_of(clean)[OTHER], atol=1e-6)
    assert features_of(clean)[:MOST_COUNTED].tolist() == [0.0, 1.0, 0.0, 0.0]
    assert features_of(crowded)[:MOST_COUNTED].tolist() == [0.0, 0.0, 0.0, 1.0]
    assert not features_of(Ink.from_points([lone]))[OTHER].any()


@pytest.mark.parametrize(
    "points",
    [
        [[(5.0, 5.0)]],
        [[(0.0, 0.0)] * 50],
        [[(0.0, 0.0), (1e-300, 0.0)]],
        [[(-1e6, -1e6), (1e6, 1e6)], [(0.0, 0.0)]],
        [[(1e6, 1e6), (1e6 + 1e-9, 1e6)]],
    ],
    ids=["dot", "resting pen", "tiny", "huge", "tiny and far away"],
)
def test_what_hardly_has_a_shape_is_described_by_small_numbers(
    points: list[list[tuple[float, float]]],
) -> None:
    features = features_of(Ink.from_points(points))

    assert np.isfinite(features).all()
    assert np.abs(features).max() < 20.0
