"""The trajectory network learns what pictures do not show, the same from the same seed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from digitpad.core.ink import Ink, stroke_from_array
from digitpad.core.trajectory import trajectory_features
from tests.synthetic_ink import DIGITS, digit_ink, varied
from tests.training.samples import (
    CROSS,
    STILL_INK,
    ink_set,
    labelled_ink,
    small_material,
    small_recipe,
)
from training.augmentation.kept_ink import as_kept
from training.data.datasets import NO_DIGIT
from training.digit_detector import KindNetwork
from training.material import Material
from training.recipe import KeptStyle, TrajectoryRecipe
from training.trajectory_fit import fit_trajectory

WHOLE = KeptStyle(share=0.0)


def best(fitted: KindNetwork, inks: list[Ink]) -> list[str]:
    """Return the kind that each drawing was most likely written as."""
    logits = fitted.model.predict(trajectory_features(inks), verbose=0)
    return [fitted.kinds[place] for place in logits.argmax(axis=1)]


def test_lines_of_one_picture_are_told_apart_by_how_they_were_written() -> None:
    # Given: zeros written one way round, and the same the other way round under another name
    rng = np.random.default_rng(6)
    zeros = [varied(digit_ink(0), rng) for _ in range(60)]
    back = [Ink((stroke_from_array(ink.strokes[0][::-1]),)) for ink in zeros]
    labels = [0] * 40 + [NO_DIGIT] * 40
    ink = labelled_ink([*zeros[:40], *back[:40]], labels, ["w"] * 80)
    recipe = small_recipe(
        ink_style=STILL_INK,
        made_up_marks=0,
        trajectory=TrajectoryRecipe(
            hidden_units=(16,), epochs=30, reversed_share=0.0, styled_share=0.0, kept=WHOLE
        ),
    )
    recipe = replace(recipe, detector=replace(recipe.detector, ink_style=STILL_INK))

    # When
    fitted = fit_trajectory(Material(small_material().mnist, ink, recipe))

    # Then
    assert fitted is not None
    assert best(fitted, zeros[40:]) == ["0"] * 20
    assert best(fitted, back[40:]) == ["x"] * 20


def test_digits_of_which_little_is_kept_are_learnt_where_some_are_so_in_training() -> None:
    # Given
    rng = np.random.default_rng(9)
    digits = [*DIGITS] * 6
    inks = [varied(digit_ink(digit), rng) for digit in digits]
    ink = labelled_ink([*inks, CROSS], [*digits, NO_DIGIT], ["w"] * (len(inks) + 1))
    unseen = [as_kept(varied(digit_ink(digit), rng)) for digit in digits]

    def loss(kept: KeptStyle) -> float:
        trajectory = TrajectoryRecipe(
            hidden_units=(32,), epochs=40, batch_size=16, label_smoothing=0.0, kept=kept
        )
        recipe = small_recipe(ink_style=STILL_INK, made_up_marks=0, trajectory=trajectory)
        fitted = fit_trajectory(Material(small_material().mnist, ink, recipe))
        assert fitted is not None
        logits = fitted.model.predict(trajectory_features(unseen), verbose=0)
        odds = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        return -float(odds[np.arange(len(digits)), digits].mean())

    # Then
    assert loss(KeptStyle(share=0.7, each_share=1.0)) < 0.8 * loss(WHOLE)


def test_the_same_seed_gives_the_same_network_and_another_one_another() -> None:
    one, other, third = (fit_trajectory(small_material(seed=seed)) for seed in (1, 1, 2))

    assert one is not None
    assert other is not None
    assert third is not None
    for array, same in zip(one.model.get_weights(), other.model.get_weights(), strict=True):
        np.testing.assert_array_equal(array, same)
    assert not np.array_equal(one.model.get_weights()[0], third.model.get_weights()[0])


@pytest.mark.parametrize("labels", [None, [1, 2]], ids=["no ink", "digits alone"])
def test_without_other_marks_there_is_none(labels: list[int] | None) -> None:
    ink = None if labels is None else ink_set(labels)

    material = Material(small_material().mnist, ink, small_recipe())

    assert fit_trajectory(material) is None
