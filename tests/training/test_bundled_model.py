"""The network that ships reads as well as the project says; needs the data beside the project."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest

from digitpad.core.model_file import load_model
from digitpad.core.reader import Reader
from digitpad.core.resource_files import bundled_mlp_path, bundled_model_path
from tests.training.samples import digit_pictures
from training.architectures import CNN_PARAMETERS
from training.augmentation.kept_ink import as_kept
from training.data.datasets import load_ink, load_mnist, split_ink
from training.data.doubtful_ink import without_doubtful, without_repeats
from training.evaluation import read_ink, read_inputs
from training.export import PARITY, check_parity

DATA = Path(__file__).parents[3] / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="no data beside the project")


@pytest.fixture(scope="module")
def twin() -> keras.Model:
    """The Keras model beside the bundled model file."""
    return keras.models.load_model(bundled_model_path().with_suffix(".keras"))


def test_the_bundled_network_and_its_keras_twin_are_one(twin: keras.Model) -> None:
    # Given
    noise = np.random.default_rng(1).integers(0, 256, (50, 28, 28)).astype(np.uint8)
    pictures = np.concatenate([digit_pictures(100, seed=14).pictures, noise])

    # When / then
    assert twin.count_params() == CNN_PARAMETERS
    assert check_parity(twin, bundled_model_path(), pictures) <= PARITY


def test_the_bundled_mlp_and_its_keras_twin_are_one() -> None:
    # Given
    twin = keras.models.load_model(bundled_mlp_path().with_suffix(".keras"))
    noise = np.random.default_rng(1).integers(0, 256, (50, 28, 28)).astype(np.uint8)
    pictures = np.concatenate([digit_pictures(100, seed=14).pictures, noise])

    # When
    model = load_model(bundled_mlp_path())

    # Then: one that is dense layers alone, and reads without a digit detector
    assert check_parity(twin, bundled_mlp_path(), pictures) <= PARITY
    assert twin.count_params() == model.metadata["parameters"] == 669_706
    assert model.metadata["family"] == "mlp"
    assert {layer["type"] for layer in model.metadata["layers"]} == {"flatten", "dense"}
    answers = read_inputs(Reader.from_file(bundled_mlp_path()), digit_pictures(50, seed=15))
    assert answers.scores()["accuracy"] > 0.9


@needs_data
def test_the_twins_agree_on_all_of_mnist_test_and_995_of_1000_are_right(
    twin: keras.Model,
) -> None:
    # Given
    test = load_mnist(DATA / "mnist", "t10k")
    assert len(test) == 10_000

    # When
    difference = check_parity(twin, bundled_model_path(), test.pictures)
    scores = read_inputs(Reader.bundled(), test).scores()

    # Then
    assert difference <= PARITY
    assert scores["accuracy"] >= 0.995


@needs_data
def test_the_bundled_network_reads_95_of_100_digits_of_real_ink() -> None:
    # Given
    ink = load_ink([DATA / "ink" / "digits-dev.jsonl.gz"])
    assert len(ink) == 2_831

    # When
    scores = read_ink(Reader.bundled(), ink).scores()

    # Then
    assert scores["accuracy"] >= 0.95


@needs_data
def test_the_bundled_network_reads_ink_of_which_little_is_kept() -> None:
    # Given: digits by writers held out from training, one stroke of eight points each, in a square
    everything = load_ink([DATA / "ink" / "digits-train.jsonl.gz"])
    ink = without_doubtful(split_ink(without_repeats(everything))[1])
    kept = tuple(map(as_kept, ink.inks))

    # When
    scores = read_ink(Reader.bundled(), replace(ink, inks=kept)).scores()

    # Then
    assert scores["digits"] > 1_000
    assert scores["accuracy"] >= 0.98
