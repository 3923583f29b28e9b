"""A fitted network becomes a model file whatever ink there is to validate on."""

from __future__ import annotations

from pathlib import Path

import keras
import numpy as np
import pytest

from digitpad.core.model_file import load_model, save_model
from digitpad.core.reader import Reader
from tests.training.samples import digit_pictures, ink_set, small_material
from training.architectures import BUILDERS, build_cnn
from training.datasets import NO_DIGIT, InkSet
from training.digit_detector import fit_digit_detector
from training.epochs import Material
from training.finish import describe

MNIST = digit_pictures(60, seed=13)


@pytest.fixture(scope="module")
def model() -> keras.Model:
    """The pad's network before training."""
    keras.utils.set_random_seed(1)
    return build_cnn()


@pytest.mark.parametrize(
    ("ink", "digits"),
    [(None, 60), (ink_set([1, 2, NO_DIGIT]), 62), (ink_set([NO_DIGIT]), 60)],
    ids=["no ink", "digits and other marks", "other marks alone"],
)
def test_a_network_is_calibrated_on_all_validation_digits(
    model: keras.Model, ink: InkSet | None, digits: int, tmp_path: Path
) -> None:
    # When
    metadata, weights = describe(model, None, MNIST, ink)

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
    mlp = BUILDERS["mlp-head"]()

    # When
    detector = fit_digit_detector(mlp, small_material())
    metadata, weights = describe(mlp, detector, MNIST, ink_set([1, NO_DIGIT]))

    # Then
    assert detector is None
    save_model(tmp_path / "mlp.npz", metadata, weights)
    loaded = load_model(tmp_path / "mlp.npz")
    assert (loaded.metadata["name"], loaded.metadata["family"]) == ("mlp-head", "mlp")
    assert loaded.digit_detector() is None
    assert Reader.from_file(tmp_path / "mlp.npz").read_ink(ink_set([4]).inks[0]).digits


def test_the_digit_detector_leaves_the_network_as_it_is_and_reads_behind_it(
    model: keras.Model, tmp_path: Path
) -> None:
    # Given
    before = [np.array(array) for array in model.get_weights()]

    # When
    detector = fit_digit_detector(model, small_material())
    metadata, weights = describe(model, detector, MNIST, None)
    save_model(tmp_path / "cnn.npz", metadata, weights)
    reading = Reader.from_file(tmp_path / "cnn.npz").read_ink(ink_set([4]).inks[0])

    # Then
    for array, old in zip(model.get_weights(), before, strict=True):
        np.testing.assert_array_equal(array, old)
    assert metadata["parameters"] == 93_322
    assert metadata["digit_detector"]["kinds"] == [*map(str, range(10)), "x", "other"]
    assert metadata["digit_detector"]["parameters"] == 16 * (9 * 64 + 1) + 8 * (9 * 16 + 1) + 12 * (
        8 + 1
    )
    assert 0.0 < reading.digits[0].is_digit < 1.0


def test_the_digit_detector_is_the_same_from_the_same_seed(model: keras.Model) -> None:
    # When
    one, other = (fit_digit_detector(model, small_material()) for _ in range(2))

    # Then
    assert one is not None
    assert other is not None
    for array, same in zip(one.model.get_weights(), other.model.get_weights(), strict=True):
        np.testing.assert_array_equal(array, same)
