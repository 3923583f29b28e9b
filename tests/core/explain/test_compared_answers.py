"""What two networks make of one picture while one thing about it varies."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from digitpad.core.explain.compared_answers import Answers, compare
from digitpad.core.explain.distortion import Distortion
from digitpad.core.model_file import load_model
from digitpad.core.network import softmax
from digitpad.core.preprocess import prepare_ink
from digitpad.core.resource_files import bundled_mlp_path, bundled_model_path
from tests.pictures import golden_ink
from tests.small_models import save_small_model


def test_each_variant_has_a_probability_of_the_answer() -> None:
    # Given
    model = load_model(bundled_model_path())
    label, ink = golden_ink()[0]
    pixels, answer = prepare_ink(ink), int(label)
    variants = [Distortion(right=shift) for shift in (-6.0, 0.0, 6.0)]

    # When
    compared = compare(Answers(model), None, pixels, answer, Distortion(down=2), variants)

    # Then
    network = model.network()
    assert np.array_equal(compared.pixels, Distortion(down=2).apply(pixels))
    expected = [
        softmax(network.logits(variant.apply(pixels)), model.temperature)[answer]
        for variant in variants
    ]
    assert compared.first_curve == pytest.approx(expected, abs=1e-6)
    assert compared.first == pytest.approx(
        softmax(network.logits(compared.pixels), model.temperature).tolist(), abs=1e-6
    )
    assert compared.second is None
    assert compared.second_curve is None


def test_the_temperature_of_each_network_is_its_own(tmp_path: Path) -> None:
    # Given two networks that differ in their temperature alone
    logits = (2.0, *[0.0] * 9)
    warm, cool = (
        Answers(
            load_model(
                save_small_model(
                    tmp_path / f"{temperature}.npz",
                    logits,
                    calibration={"temperature": temperature, "unsure_below": 0.8},
                )
            )
        )
        for temperature in (2.0, 0.5)
    )

    # When
    blank = np.zeros((28, 28), np.float32)
    compared = compare(warm, cool, blank, 0, Distortion(), [Distortion()])

    # Then
    assert compared.second is not None
    assert compared.first == pytest.approx(softmax(np.array(logits), 2.0).tolist())
    assert compared.second == pytest.approx(softmax(np.array(logits), 0.5).tolist())
    assert compared.second_curve == pytest.approx([compared.second[0]])


def test_the_mlp_loses_more_moved_digits_than_the_cnn() -> None:
    # Given the golden digits that both bundled networks read
    cnn, mlp = (Answers(load_model(path)) for path in (bundled_model_path(), bundled_mlp_path()))
    lost = {"cnn": 0, "mlp": 0}

    # When each is moved by 6 pixels
    for label, ink in golden_ink():
        pixels, answer = prepare_ink(ink), int(label)
        for variant in (Distortion(right=6), Distortion(right=-6), Distortion(down=6)):
            moved = compare(cnn, mlp, pixels, answer, variant, [])
            assert moved.second is not None
            lost["cnn"] += int(np.argmax(moved.first)) != answer
            lost["mlp"] += int(np.argmax(moved.second)) != answer

    # Then
    assert lost["mlp"] > lost["cnn"]
