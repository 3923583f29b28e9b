"""The forward pass against the plainest loops that say the same."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from digitpad.core.network import TOGETHER, Network, NetworkError, sigmoid, softmax

Arrays = dict[str, NDArray[np.float32]]
Layers = list[dict[str, Any]]
Numbers = NDArray[np.float64]


def conv(name: str, activation: str = "relu") -> dict[str, Any]:
    return {"type": "conv", "name": name, "activation": activation}


def dense(name: str, activation: str = "linear") -> dict[str, Any]:
    return {"type": "dense", "name": name, "activation": activation}


POOL = {"type": "pool", "name": "pool"}
FLATTEN = {"type": "flatten", "name": "flat"}


def weights_of(rng: np.random.Generator, **shapes: tuple[int, ...]) -> Arrays:
    """Return random weights for each layer's kernel shape."""
    weights: Arrays = {}
    for name, shape in shapes.items():
        weights[f"{name}/kernel"] = rng.normal(0, 0.5, shape).astype(np.float32)
        weights[f"{name}/bias"] = rng.normal(0, 0.5, shape[-1:]).astype(np.float32)
    return weights


def slow_pass(layers: Layers, weights: Arrays, pixels: NDArray[np.float32]) -> Numbers:
    """Compute each layer by its definition, in double precision."""
    x: Numbers = pixels.astype(np.float64)
    for layer in layers:
        name = layer["name"]
        match layer["type"]:
            case "conv":
                x = slow_conv(x, weights[f"{name}/kernel"], weights[f"{name}/bias"])
            case "pool":
                rows, columns = x.shape[0] // 2, x.shape[1] // 2
                x = np.array(
                    [
                        [
                            x[2 * r : 2 * r + 2, 2 * c : 2 * c + 2].max(axis=(0, 1))
                            for c in range(columns)
                        ]
                        for r in range(rows)
                    ]
                )
            case "flatten":
                x = np.array([value for row in x for cell in row for value in cell])
            case "dense":
                kernel, bias = weights[f"{name}/kernel"], weights[f"{name}/bias"]
                x = np.array(
                    [
                        sum(float(x[i]) * float(kernel[i, j]) for i in range(len(x))) + bias[j]
                        for j in range(len(bias))
                    ]
                )
        if layer.get("activation") == "relu":
            x = np.where(x > 0, x, 0.0)
    return x


def slow_conv(x: Numbers, kernel: NDArray[np.float32], bias: NDArray[np.float32]) -> Numbers:
    high, wide, _, channels = kernel.shape
    rows, columns = x.shape[0] - high + 1, x.shape[1] - wide + 1
    y = np.zeros((rows, columns, channels))
    for row in range(rows):
        for column in range(columns):
            window = x[row : row + high, column : column + wide]
            for channel in range(channels):
                y[row, column, channel] = (window * kernel[..., channel]).sum() + bias[channel]
    return y


CASES: dict[str, tuple[tuple[int, ...], Layers, dict[str, tuple[int, ...]]]] = {
    "the pad's own shape": (
        (28, 28, 1),
        [conv("a"), POOL, conv("b"), POOL, FLATTEN, dense("c", "relu"), dense("d")],
        {"a": (3, 3, 1, 4), "b": (3, 3, 4, 5), "c": (125, 6), "d": (6, 10)},
    ),
    "odd rows and columns before the pool": (
        (9, 12, 1),
        [conv("a"), POOL, FLATTEN, dense("d")],
        {"a": (3, 4, 1, 3), "d": (3 * 4 * 3, 2)},
    ),
    "two channels in, nothing pooled": (
        (7, 6, 2),
        [conv("a"), FLATTEN, dense("d")],
        {"a": (5, 3, 2, 3), "d": (3 * 4 * 3, 3)},
    ),
    "two convolutions, then a pool": (
        (11, 11, 1),
        [conv("a"), conv("b"), POOL, FLATTEN, dense("d")],
        {"a": (3, 3, 1, 2), "b": (3, 3, 2, 3), "d": (27, 4)},
    ),
    "linear convolution with a pool": (
        (8, 8, 1),
        [conv("a", "linear"), POOL, FLATTEN, dense("d")],
        {"a": (3, 3, 1, 2), "d": (18, 4)},
    ),
    "linear convolution without": (
        (6, 6, 1),
        [conv("a", "linear"), FLATTEN, dense("d")],
        {"a": (1, 1, 1, 2), "d": (72, 4)},
    ),
    "dense alone, rectified at the end": ((5,), [dense("d", "relu")], {"d": (5, 8)}),
    "pictures of one pixel": ((1, 1, 1), [FLATTEN, dense("d")], {"d": (1, 2)}),
}


@pytest.mark.parametrize("case", CASES)
def test_the_outputs_are_those_of_plain_loops(case: str) -> None:
    # Given
    shape, layers, kernels = CASES[case]
    rng = np.random.default_rng(len(case))
    weights = weights_of(rng, **kernels)
    network = Network(shape, layers, weights)

    for _ in range(3):
        # When
        pixels = rng.normal(0, 1, shape).astype(np.float32)
        logits = network.logits(pixels)

        # Then
        np.testing.assert_allclose(logits, slow_pass(layers, weights, pixels), atol=1e-4)
        assert logits.dtype == np.float32
        assert logits.shape == network.output_shape


def test_every_activation_comes_by_name_and_the_last_are_the_logits() -> None:
    # Given
    shape, layers, kernels = CASES["the pad's own shape"]
    layers = [dict(layer) for layer in layers]
    layers[1]["name"], layers[3]["name"] = "pool1", "pool2"
    rng = np.random.default_rng(5)
    weights = weights_of(rng, **kernels)
    network = Network(shape, layers, weights)
    pixels = rng.random(shape).astype(np.float32)

    # When
    activations = network.activations(pixels)

    # Then
    assert list(activations) == ["pool1", "pool2", "flat", "c", "d"]
    for name, until in (("pool1", 2), ("pool2", 4), ("flat", 5), ("c", 6), ("d", 7)):
        expected = slow_pass(layers[:until], weights, pixels)
        np.testing.assert_allclose(activations[name], expected, atol=1e-4)
    np.testing.assert_array_equal(activations[network.output_name], network.logits(pixels))


@pytest.mark.parametrize("count", [0, 1, 2, TOGETHER, TOGETHER + 1, 2 * TOGETHER + 3])
@pytest.mark.parametrize("case", CASES)
def test_many_at_once_come_out_as_one_by_one(case: str, count: int) -> None:
    # Given
    shape, layers, kernels = CASES[case]
    rng = np.random.default_rng(count)
    network = Network(shape, layers, weights_of(rng, **kernels))
    pictures = rng.normal(0, 1, (count, *shape)).astype(np.float32)

    # When
    logits = network.logits_of_many(pictures)
    activations = network.activations_of_many(pictures)

    # Then
    assert logits.shape == (count, *network.output_shape)
    alone = network.activations_of_many(pictures, {network.output_name})
    assert list(alone) == [network.output_name]
    np.testing.assert_array_equal(alone[network.output_name], logits)
    np.testing.assert_array_equal(activations[network.output_name], logits)
    for number, picture in enumerate(pictures):
        one = network.logits(picture)
        np.testing.assert_allclose(logits[number], one, rtol=1e-5, atol=1e-5)
        for name, value in network.activations(picture).items():
            np.testing.assert_allclose(activations[name][number], value, rtol=1e-5, atol=1e-5)


def test_many_pictures_may_leave_out_the_one_channel_and_need_not_be_contiguous() -> None:
    rng = np.random.default_rng(11)
    network = Network((4, 6, 1), [FLATTEN, dense("d")], weights_of(rng, d=(24, 2)))
    pictures = rng.random((TOGETHER + 1, 6, 4)).astype(np.float32).transpose(0, 2, 1)

    logits = network.logits_of_many(pictures)

    expected = network.logits_of_many(np.ascontiguousarray(pictures)[..., None])
    np.testing.assert_array_equal(logits, expected)


def test_an_answer_is_not_changed_by_the_next_one() -> None:
    # Given
    rng = np.random.default_rng(6)
    network = Network((4,), [dense("c", "relu"), dense("d")], weights_of(rng, c=(4, 3), d=(3, 2)))
    first = network.logits(np.ones(4, np.float32))
    kept = network.activations(np.ones(4, np.float32))
    of_many = network.activations_of_many(np.ones((2, 4), np.float32))
    before = first.copy(), kept["c"].copy(), of_many["c"].copy()

    # When
    network.logits(np.full(4, -5, np.float32))
    network.logits_of_many(np.full((2, 4), -5, np.float32))

    # Then
    np.testing.assert_array_equal(first, before[0])
    np.testing.assert_array_equal(kept["c"], before[1])
    np.testing.assert_array_equal(of_many["c"], before[2])


def test_pixels_may_leave_out_the_one_channel_and_need_not_be_contiguous() -> None:
    rng = np.random.default_rng(7)
    network = Network((4, 6, 1), [FLATTEN, dense("d")], weights_of(rng, d=(24, 2)))
    pixels = rng.random((6, 4)).astype(np.float32)

    turned = network.logits(pixels.T)

    np.testing.assert_array_equal(turned, network.logits(np.ascontiguousarray(pixels.T)[..., None]))


@pytest.mark.parametrize("shape", [(6, 4), (24,), (4, 6, 2), (1, 4, 6, 1), (5, 6), ()])
def test_pixels_of_another_shape_are_refused(shape: tuple[int, ...]) -> None:
    network = Network(
        (4, 6, 1), [FLATTEN, dense("d")], weights_of(np.random.default_rng(8), d=(24, 2))
    )

    with pytest.raises(NetworkError):
        network.logits(np.zeros(shape, np.float32))
    with pytest.raises(NetworkError):
        network.logits_of_many(np.zeros((2, *shape), np.float32))


@pytest.mark.parametrize(
    ("layers", "kernels"),
    [
        ([], {}),
        ([{"type": "lstm", "name": "a"}], {}),
        ([{}], {}),
        ([{"type": "conv", "name": "a"}], {"a": (3, 3, 1, 2)}),
        ([conv("a", "gelu"), FLATTEN], {"a": (3, 3, 1, 2)}),
        ([conv("a")], {"a": (3, 3, 1, 2)}),
        ([conv("a"), FLATTEN], {}),
        ([conv("a"), FLATTEN], {"a": (3, 3, 2, 2)}),
        ([conv("a"), FLATTEN], {"a": (3, 3, 2)}),
        ([conv("a"), FLATTEN], {"a": (9, 9, 1, 2)}),
        ([conv("a"), POOL, FLATTEN], {"a": (8, 8, 1, 2)}),
        ([POOL, FLATTEN], {}),
        ([dense("d")], {"d": (64, 2)}),
        ([FLATTEN, dense("d")], {"d": (63, 2)}),
        ([FLATTEN, dense("d")], {"d": (1, 64, 2)}),
        ([FLATTEN, dense("d"), conv("a")], {"d": (64, 2), "a": (1, 1, 1, 1)}),
    ],
)
def test_layers_and_weights_that_do_not_fit_are_refused(
    layers: Layers, kernels: dict[str, tuple[int, ...]]
) -> None:
    weights = weights_of(np.random.default_rng(9), **kernels)
    with pytest.raises(NetworkError) as caught:
        Network((8, 8, 1), layers, weights)

    assert "\n" not in str(caught.value)


def test_a_missing_or_odd_bias_is_refused() -> None:
    weights = weights_of(np.random.default_rng(10), d=(64, 2))
    for bias in (None, np.zeros(3, np.float32), np.zeros((1, 2), np.float32)):
        changed = {"d/kernel": weights["d/kernel"]} | ({} if bias is None else {"d/bias": bias})
        with pytest.raises(NetworkError):
            Network((8, 8, 1), [FLATTEN, dense("d")], changed)


def test_softmax_is_a_distribution_for_any_logits() -> None:
    rows = np.array(
        [[0, 0, 0], [1e30, 0, -1e30], [-1e30, -1e30, -1e30], [88, 89, 90], [-800, 0, 800]],
        np.float32,
    )

    with np.errstate(over="raise", invalid="raise", divide="raise"):
        probabilities = softmax(rows)

    np.testing.assert_allclose(probabilities.sum(axis=-1), 1.0, atol=1e-12)
    np.testing.assert_allclose(probabilities[0], 1 / 3)
    np.testing.assert_allclose(probabilities[1], [1, 0, 0])
    np.testing.assert_allclose(probabilities[3], np.exp([0, 1, 2]) / np.exp([0, 1, 2]).sum())


def test_temperature_divides_the_logits() -> None:
    logits = np.array([1.0, 3.0, -2.0], np.float32)

    np.testing.assert_allclose(softmax(logits, 2.5), softmax(logits / np.float32(2.5)), atol=1e-7)
    assert softmax(logits, 0.01).max() == pytest.approx(1.0)
    np.testing.assert_allclose(softmax(logits, 100.0), 1 / 3, atol=0.02)


@pytest.mark.parametrize(
    ("log_odds", "probability"),
    [(0.0, 0.5), (np.log(3.0), 0.75), (-np.log(3.0), 0.25), (1e6, 1.0), (-1e6, 0.0)],
)
def test_sigmoid_turns_log_odds_into_a_probability(log_odds: float, probability: float) -> None:
    with np.errstate(all="raise"):
        assert sigmoid(log_odds) == pytest.approx(probability)
