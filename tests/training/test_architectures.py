"""The network is the one that the project promises."""

from __future__ import annotations

import keras

from training.architectures import BUILDERS, CNN_PARAMETERS, build_cnn


def test_the_cnn_has_93322_parameters() -> None:
    # When
    model = build_cnn()

    # Then
    assert model.count_params() == CNN_PARAMETERS == 93_322
    assert model.input_shape == (None, 28, 28, 1)


def test_the_cnn_is_the_promised_layers_in_order() -> None:
    # When
    found = [_described(layer) for layer in BUILDERS["cnn"]().layers]

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
