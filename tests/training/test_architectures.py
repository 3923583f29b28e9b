"""The networks are the ones that the project promises."""

from __future__ import annotations

import keras
import pytest

from training.architectures import CNN_PARAMETERS, FAMILIES, build_cnn, multiply_adds
from training.arguments import MODELS


def test_the_cnn_has_93322_parameters() -> None:
    # When
    model = build_cnn()

    # Then
    assert model.count_params() == CNN_PARAMETERS == 93_322
    assert model.input_shape == (None, 28, 28, 1)


def test_the_cnn_is_the_promised_layers_in_order() -> None:
    # When
    found = [_described(layer) for layer in FAMILIES["cnn"].build().layers]

    # Then
    assert found == [
        "conv 32 (3, 3) relu -> (26, 26, 32)",
        "max-pool (2, 2) -> (13, 13, 32)",
        "conv 64 (3, 3) relu -> (11, 11, 64)",
        "max-pool (2, 2) -> (5, 5, 64)",
        "conv 64 (3, 3) relu -> (3, 3, 64)",
        "flatten -> (576,)",
        "dense 64 relu -> (64,)",
        "dense 10 softmax -> (10,)",
    ]


@pytest.mark.parametrize(
    ("name", "units", "parameters"),
    [
        ("logistic", [10], 7_850),
        ("mlp-head", [64, 10], 50_890),
        ("mlp-equal", [86, 266, 10], CNN_PARAMETERS),
        ("mlp", [512, 512, 10], 669_706),
    ],
)
def test_an_mlp_is_dense_layers_on_all_pixels(name: str, units: list[int], parameters: int) -> None:
    # When
    model = FAMILIES[name].build()

    # Then
    steps = [f"dense {count} relu -> ({count},)" for count in units[:-1]]
    found = [_described(layer) for layer in model.layers]
    assert found == ["flatten -> (784,)", *steps, "dense 10 softmax -> (10,)"]
    assert model.input_shape == (None, 28, 28, 1)
    assert model.count_params() == parameters


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("logistic", 784 * 10),
        ("mlp-head", 784 * 64 + 64 * 10),
        ("mlp", 784 * 512 + 512 * 512 + 512 * 10),
        ("cnn", 26**2 * 9 * 32 + 11**2 * 9 * 32 * 64 + 3**2 * 9 * 64 * 64 + 576 * 64 + 640),
    ],
)
def test_multiply_adds_are_those_of_every_place_a_kernel_visits(name: str, expected: int) -> None:
    assert multiply_adds(FAMILIES[name].build()) == expected


def test_every_family_has_its_own_name_and_can_be_asked_for() -> None:
    assert set(MODELS) == set(FAMILIES)
    assert [name for name, family in FAMILIES.items() if family.build().name != name] == []
    assert len({family.title for family in FAMILIES.values()}) == len(FAMILIES)


def _described(layer: keras.layers.Layer) -> str:
    match layer:
        case keras.layers.Conv2D():
            what = f"conv {layer.filters} {layer.kernel_size} {layer.activation.__name__}"
        case keras.layers.Dense():
            what = f"dense {layer.units} {layer.activation.__name__}"
        case keras.layers.MaxPooling2D():
            what = f"max-pool {layer.pool_size}"
        case _:
            what = layer.name
    return f"{what} -> {layer.output.shape[1:]}"
