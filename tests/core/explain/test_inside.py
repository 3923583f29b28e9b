"""What a layer is, sees and puts out."""

from __future__ import annotations

import numpy as np
import pytest

from digitpad.core.explain.gradients import GradientNetwork
from digitpad.core.explain.inside import Inside, kernel_of, layer_facts, seen_region
from digitpad.core.model_file import Model
from digitpad.core.preprocess import prepare_ink
from tests.synthetic_ink import digit_ink


def test_the_layers_of_the_bundled_cnn_are_those_of_keras_summary(cnn: Model) -> None:
    facts = layer_facts(cnn)

    assert [(fact.name, fact.kind, fact.output_shape, fact.parameters) for fact in facts] == [
        ("conv1", "conv", (26, 26, 32), 320),
        ("pool1", "pool", (13, 13, 32), 0),
        ("conv2", "conv", (11, 11, 64), 18_496),
        ("pool2", "pool", (5, 5, 64), 0),
        ("conv3", "conv", (3, 3, 64), 36_928),
        ("flatten", "flatten", (576,), 0),
        ("dense1", "dense", (64,), 36_928),
        ("digits", "dense", (10,), 650),
    ]
    assert sum(fact.parameters for fact in facts) == 93_322


def test_every_layer_puts_out_what_the_reading_network_has_there(cnn: Model, mlp: Model) -> None:
    pixels = prepare_ink(digit_ink(5))
    for model in (cnn, mlp):
        # When
        values = Inside(model).activations(pixels)

        # Then
        assert list(values) == [fact.name for fact in layer_facts(model)]
        for fact in layer_facts(model):
            assert values[fact.name].shape == fact.output_shape
        for name, value in model.network().activations(pixels).items():
            np.testing.assert_allclose(values[name], value, atol=1e-5)


def test_a_pool_puts_out_the_largest_of_each_four_places(cnn: Model) -> None:
    values = Inside(cnn).activations(prepare_ink(digit_ink(8)))

    for row, column in ((0, 0), (2, 4), (4, 1)):
        four = values["conv2"][2 * row : 2 * row + 2, 2 * column : 2 * column + 2]
        np.testing.assert_array_equal(values["pool2"][row, column], four.max(axis=(0, 1)))


@pytest.mark.parametrize("layer", ["conv1", "pool1", "conv2", "pool2", "conv3", "flatten"])
def test_a_place_sees_its_region_and_nothing_else(cnn: Model, layer: str) -> None:
    # Given noise, so that no two places are alike
    rng = np.random.default_rng(2)
    pixels = rng.random((28, 28), np.float32)
    inside = Inside(cnn)
    before = inside.activations(pixels)[layer]
    row, column = (1, 2) if before.ndim == 3 else (0, 0)
    place = (row, column) if before.ndim == 3 else ()

    # When all outside, or inside, of the region is something else
    top, left, bottom, right = seen_region(cnn, layer, row, column)
    other = rng.random((28, 28), np.float32)
    around, within = other.copy(), pixels.copy()
    around[top:bottom, left:right] = pixels[top:bottom, left:right]
    within[top:bottom, left:right] = other[top:bottom, left:right]

    # Then
    np.testing.assert_allclose(inside.activations(around)[layer][place], before[place], atol=1e-4)
    assert np.abs(inside.activations(within)[layer][place] - before[place]).max() > 1e-2


def test_the_sizes_of_what_places_see(cnn: Model, mlp: Model) -> None:
    sizes = {
        layer: seen_region(cnn, layer, 0, 0)[2]
        for layer in ("conv1", "pool1", "conv2", "pool2", "conv3", "dense1", "digits")
    }
    assert sizes == {
        "conv1": 3,
        "pool1": 4,
        "conv2": 8,
        "pool2": 10,
        "conv3": 18,
        "dense1": 26,
        "digits": 26,
    }
    assert seen_region(cnn, "conv3", 2, 1) == (8, 4, 26, 22)
    assert seen_region(mlp, "dense1", 0, 0) == (0, 0, 28, 28)


def test_the_weights_of_a_unit_are_laid_out_as_what_it_weighs(cnn: Model, mlp: Model) -> None:
    assert kernel_of(cnn, "conv1", 31).shape == (3, 3, 1)
    assert kernel_of(cnn, "conv3", 0).shape == (3, 3, 64)
    assert kernel_of(cnn, "dense1", 0).shape == (3, 3, 64)
    assert kernel_of(cnn, "digits", 9).shape == (1, 1, 64)
    picture = kernel_of(mlp, "dense1", 7)
    assert picture.shape == (28, 28, 1)
    assert picture[3, 5, 0] == mlp.weights["dense1/kernel"][3 * 28 + 5, 7]


def test_what_is_not_there_is_named(cnn: Model) -> None:
    with pytest.raises(KeyError, match="conv9"):
        seen_region(cnn, "conv9", 0, 0)
    with pytest.raises(KeyError, match="pool1"):
        kernel_of(cnn, "pool1", 0)
    with pytest.raises(IndexError, match="32"):
        kernel_of(cnn, "conv1", 32)
    with pytest.raises(IndexError, match="26"):
        seen_region(cnn, "conv1", 26, 0)


@pytest.mark.parametrize("which", ["cnn", "mlp", "small"])
def test_slopes_foretell_small_changes(which: str, request: pytest.FixtureRequest) -> None:
    # Given noise: on blank paper, pools have equal inputs, and no derivative
    network = GradientNetwork(request.getfixturevalue(which))
    rng = np.random.default_rng(3)
    pixels = rng.random((4, 28, 28), np.float32)
    directions = rng.normal(size=(4, 10)).astype(np.float32)
    change = rng.normal(0.0, 1e-4, (4, 28, 28)).astype(np.float32)

    # When
    run = network.run(pixels)
    foretold = (run.slopes(directions) * change).sum(axis=(1, 2))

    # Then
    ahead, back = (network.run(pixels + sign * change).logits for sign in (1, -1))
    found = ((ahead - back) * directions).sum(axis=1) / 2
    np.testing.assert_allclose(found, foretold, atol=0.1 * np.abs(foretold).max())
    # One picture may have many directions.
    many = network.run(pixels[:1]).slopes(directions)
    np.testing.assert_allclose(many[0], run.slopes(directions)[0], atol=1e-5)
    assert many.shape == (4, 28, 28)


def test_a_pool_of_equal_inputs_passes_its_slope_to_one_of_them(small: Model) -> None:
    # Given one grey everywhere, as on paper
    network = GradientNetwork(small)
    grey = np.full((1, 28, 28), 0.5, np.float32)
    directions = np.eye(10, dtype=np.float32)[:3]

    # When all of it gets a little darker
    slopes = network.run(grey).slopes(directions).sum(axis=(1, 2))
    ahead, back = (network.run(grey + np.float32(step)).logits[0] for step in (1e-3, -1e-3))

    # Then
    np.testing.assert_allclose(slopes, (ahead - back)[:3] / 2e-3, rtol=0.02, atol=0.02)
