"""Inside: what each layer of a model is, sees and puts out.

Owns these facts, all of them read from the model's layer list; shows nothing. Regions are half open
and in pixels of the 28x28: (top, left, bottom, right), with bottom and right outside.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.core.explain.gradients import Convolution, Dense, GradientNetwork, Layer
from digitpad.core.model_file import Model
from digitpad.core.preprocess import GreyImage

Region = tuple[int, int, int, int]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class LayerFacts:
    """One line of what Keras' `summary` prints of a model."""

    name: str
    kind: str
    """ "conv", "pool", "flatten" or "dense"."""
    output_shape: tuple[int, ...]
    """Rows, columns and maps, or the number of units; Keras writes None before it."""
    parameters: int


def layer_facts(model: Model) -> tuple[LayerFacts, ...]:
    """Return each layer's name, kind, output shape and number of parameters, in order."""
    return tuple(
        LayerFacts(layer.name, layer.kind, layer.output_shape, layer.parameters)
        for layer in GradientNetwork(model).layers
    )


class Inside:
    """What the layers of one model put out; may be used from several threads."""

    def __init__(self, model: Model) -> None:
        self._network = GradientNetwork(model)

    def activations(self, pixels: GreyImage) -> dict[str, NDArray[np.float32]]:
        """Return every layer's output for one 28x28 picture, in the layers' order.

        Shapes are those of `layer_facts`. A convolution comes with its ReLU, and its pool apart;
        the last are the logits.
        """
        outputs = self._network.run(pixels[None]).by_name
        return {name: values[0] for name, values in outputs.items()}


def kernel_of(model: Model, layer: str, index: int) -> NDArray[np.float32]:
    """Return the weights of one map or unit, shape (rows, columns, maps below).

    A dense unit's are laid out as the maps that it weighs: those of a first layer of an MLP are a
    picture, (28, 28, 1), and those upon 64 units have shape (1, 1, 64). Raises KeyError for a layer
    that does not exist or has no weights, IndexError for a unit that does not exist.
    """
    layers = GradientNetwork(model).layers
    place = _place(layers, layer)
    found = layers[place]
    if not isinstance(found, Convolution | Dense):
        raise KeyError(f"layer {layer!r} has no weights")
    if not 0 <= index < found.output_shape[-1]:
        raise IndexError(f"layer {layer!r} has no unit {index}")
    kernel = found.kernel[..., index]
    return kernel if kernel.ndim == 3 else kernel.reshape(_maps_below(model, layers, place))


def seen_region(model: Model, layer: str, row: int, column: int) -> Region:
    """Return which part of the input one place of a layer's maps sees: its receptive field.

    The units of a layer without maps see all that any place of the last maps sees; their row and
    column do not matter. Raises KeyError for an unknown layer, IndexError for a place outside.
    """
    layers = GradientNetwork(model).layers
    place = _place(layers, layer)
    shape = layers[place].output_shape
    rows: Span = row, row + 1
    columns: Span = column, column + 1
    if len(shape) == 3 and not (0 <= row < shape[0] and 0 <= column < shape[1]):
        raise IndexError(f"layer {layer!r} has no place {row}, {column}")
    height, width = model.metadata["input_shape"][:2]
    if len(shape) == 1:
        rows, columns = (0, height), (0, width)
    for index in range(place, -1, -1):
        found = layers[index]
        if found.kind == "flatten":
            below = layers[index - 1].output_shape if index else (height, width, 1)
            rows, columns = (0, below[0]), (0, below[1])
        elif found.kind == "pool":
            rows, columns = (2 * rows[0], 2 * rows[1]), (2 * columns[0], 2 * columns[1])
        elif isinstance(found, Convolution):
            rows = rows[0], rows[1] + found.kernel.shape[0] - 1
            columns = columns[0], columns[1] + found.kernel.shape[1] - 1
    return rows[0], columns[0], rows[1], columns[1]


def _place(layers: tuple[Layer, ...], name: str) -> int:
    for place, layer in enumerate(layers):
        if layer.name == name:
            return place
    raise KeyError(f"no layer {name!r}")


def _maps_below(model: Model, layers: tuple[Layer, ...], place: int) -> tuple[int, ...]:
    """Return the shape of the maps that a dense layer's inputs are, as rows, columns, maps."""
    shapes = [tuple(model.metadata["input_shape"]), *(layer.output_shape for layer in layers)]
    if place and layers[place - 1].kind == "flatten":
        place -= 1
    shape = shapes[place]
    return shape if len(shape) == 3 else (1, 1, shape[0])
