"""A fitted network becomes a model file whatever ink there is to validate on."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import keras
import numpy as np
import pytest

from digitpad.core.model_file import load_model, save_model
from digitpad.core.reader import Reader
from digitpad.core.trajectory import FEATURES
from tests.training.samples import digit_pictures, ink_set, small_material, small_recipe
from training.architectures import FAMILIES, build_cnn
from training.data.datasets import NO_DIGIT, InkSet
from training.digit_detector import KindNetwork, fit_digit_detector
from training.finish import describe
from training.material import Material
from training.trajectory_fit import fit_trajectory
from training.witnesses import ALONE

MNIST = digit_pictures(60, seed=13)


@pytest.fixture(scope="module")
def model() -> keras.Model:
    """The pad's network before training."""
    keras.utils.set_random_seed(1)
    return build_cnn()


@pytest.fixture(scope="module")
def detector(model: keras.Model) -> KindNetwork | None:
    """What is fitted behind it; no test changes it."""
    return fit_digit_detector(model, small_material())


@pytest.fixture(scope="module")
def trajectory() -> KindNetwork | None:
    """What stands beside both; no test changes it."""
    return fit_trajectory(small_material())


@pytest.mark.parametrize(
    ("ink", "digits"),
    [(None, 60), (ink_set([1, 2, NO_DIGIT]), 62), (ink_set([NO_DIGIT]), 60)],
    ids=["no ink", "digits and other marks", "other marks alone"],
)
def test_a_network_is_calibrated_on_all_validation_digits(
    model: keras.Model, ink: InkSet | None, digits: int, tmp_path: Path
) -> None:
    # When
    metadata, weights = describe(model, None, None, MNIST, ink, small_recipe())

    # Then
    save_model(tmp_path / "cnn.npz", metadata, weights)
    loaded = load_model(tmp_path / "cnn.npz")
    assert loaded.metadata["parameters"] == 93_322
    assert loaded.metadata["family"] == "cnn"
    assert loaded.metadata["calibration"]["fitted_on"] == f"{digits} validation digits"
    assert 0.0 < loaded.unsure_below < 1.0
    assert np.isfinite(loaded.temperature)
    scores = loaded.metadata["validation_scores"]
    assert scores["mnist"]["digits"] == 60
    assert ("ink" in scores) == (ink is not None)


def test_without_other_marks_there_is_no_digit_detector(model: keras.Model) -> None:
    # Given
    recipe = small_material().recipe

    # When / then
    assert fit_digit_detector(model, Material(MNIST, None, recipe)) is None
    assert fit_digit_detector(model, Material(MNIST, ink_set([1, 2]), recipe)) is None


def test_an_mlp_is_finished_without_a_digit_detector(tmp_path: Path) -> None:
    # Given
    mlp = FAMILIES["mlp-head"].build()

    # When
    detector = fit_digit_detector(mlp, small_material())
    metadata, weights = describe(mlp, detector, None, MNIST, ink_set([1, NO_DIGIT]), small_recipe())

    # Then
    assert detector is None
    save_model(tmp_path / "mlp.npz", metadata, weights)
    loaded = load_model(tmp_path / "mlp.npz")
    assert (loaded.metadata["name"], loaded.metadata["family"]) == ("mlp-head", "mlp")
    assert loaded.digit_detector() is None
    assert Reader.from_file(tmp_path / "mlp.npz").read_ink(ink_set([4]).inks[0]).digits


def test_the_digit_detector_reads_behind_the_network(
    model: keras.Model, detector: KindNetwork | None, tmp_path: Path
) -> None:
    # When
    metadata, weights = describe(model, detector, None, MNIST, None, small_recipe())
    save_model(tmp_path / "cnn.npz", metadata, weights)
    reading = Reader.from_file(tmp_path / "cnn.npz").read_ink(ink_set([4]).inks[0])

    # Then
    assert metadata["parameters"] == 93_322
    assert metadata["digit_detector"]["kinds"] == [*map(str, range(10)), "x", "other"]
    assert metadata["digit_detector"]["parameters"] == 16 * (9 * 64 + 1) + 8 * (9 * 16 + 1) + 12 * (
        8 + 1
    )
    assert 0.0 < reading.digits[0].is_digit < 1.0


def test_the_digit_detector_is_the_same_from_the_same_seed_and_leaves_the_network_as_it_is(
    model: keras.Model, detector: KindNetwork | None
) -> None:
    # Given
    before = [np.array(array) for array in model.get_weights()]

    # When
    again = fit_digit_detector(model, small_material())

    # Then
    assert detector is not None
    assert again is not None
    for array, same in zip(again.model.get_weights(), detector.model.get_weights(), strict=True):
        np.testing.assert_array_equal(array, same)
    for array, old in zip(model.get_weights(), before, strict=True):
        np.testing.assert_array_equal(array, old)


def test_a_trajectory_network_is_weighed_on_validation_ink(
    model: keras.Model,
    detector: KindNetwork | None,
    trajectory: KindNetwork | None,
    tmp_path: Path,
) -> None:
    # Given
    ink = ink_set([*range(10), NO_DIGIT, NO_DIGIT, NO_DIGIT], seed=9)

    # When
    metadata, weights = describe(model, detector, trajectory, MNIST, ink, small_recipe())

    # Then
    save_model(tmp_path / "cnn.npz", metadata, weights)
    found = load_model(tmp_path / "cnn.npz").metadata["trajectory"]
    assert found["kinds"] == metadata["digit_detector"]["kinds"]
    assert found["parameters"] == 8 * (FEATURES + 1) + 12 * (8 + 1)
    # What two networks that have hardly learned anything deserve is not known, but no longer that
    # the one is not heard and the other believed.
    assert asdict(ALONE) not in (found["digits"], found["is_digit"])
    digit = Reader.from_file(tmp_path / "cnn.npz").read_ink(ink.inks[4]).digits[0]
    assert digit.probabilities != digit.by_picture


@pytest.mark.parametrize("ink", [None, ink_set([NO_DIGIT])], ids=["no ink", "no digits"])
def test_without_validation_ink_to_weigh_it_on_there_is_no_trajectory_network(
    model: keras.Model,
    detector: KindNetwork | None,
    trajectory: KindNetwork | None,
    ink: InkSet | None,
) -> None:
    metadata, _ = describe(model, detector, trajectory, MNIST, ink, small_recipe())

    assert trajectory is not None
    assert "trajectory" not in metadata
