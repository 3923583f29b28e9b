"""Gradients: a model's layers one by one, forwards and backwards, for stacks of pictures.

Owns the derivative of the logits by the pixels, exact as in Keras: at a kink, ReLU's slope is 0 and
a pool's goes to the first of its equal inputs. `core.network` is what reads; it is faster for one
picture and has no backward pass. Works on any layer list that a model file may hold. Keeps no state
between calls.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitpad.core.model_file import Model

Array = NDArray[np.float32]


class GradientNetwork:
    """A model's layers, to be run on stacks of pictures; may be used from several threads."""

    def __init__(self, model: Model) -> None:
        self.layers: tuple[Layer, ...] = _layers(model)
        self.input_shape: tuple[int, ...] = tuple(model.metadata["input_shape"])

    def run(self, pixels: Array) -> Run:
        """Run pictures of shape (n, 28, 28) through all layers."""
        values = [np.ascontiguousarray(pixels, np.float32).reshape(-1, *self.input_shape)]
        for layer in self.layers:
            values.append(layer.forward(values[-1]))
        return Run(self, tuple(values))


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """What each layer put out for a stack of pictures."""

    network: GradientNetwork
    values: tuple[Array, ...]
    """The input, then each layer's output, each with the stack's n first."""

    @property
    def logits(self) -> Array:
        """Shape (n, 10)."""
        return self.values[-1]

    @property
    def by_name(self) -> dict[str, Array]:
        """What each layer put out, by its name."""
        layers = self.network.layers
        return {layer.name: value for layer, value in zip(layers, self.values[1:], strict=True)}

    def slopes(self, directions: Array) -> Array:
        """Return the derivative by the pixels of logits @ direction, shape (n, 28, 28).

        `directions` is one vector of ten for each picture, shape (n, 10), or one for all; or, of a
        run of one picture, n of them.
        """
        shape = np.broadcast_shapes(np.shape(directions), self.logits.shape)
        slope = np.broadcast_to(np.asarray(directions, np.float32), shape)
        steps = zip(self.network.layers, self.values, self.values[1:], strict=False)
        for layer, x, y in reversed(list(steps)):
            slope = layer.backward(x, y, slope)
        return slope.reshape(slope.shape[:3])


class Layer:
    """One layer: what it is called, what it puts out, and its derivative."""

    def __init__(self, spec: Mapping[str, Any], output_shape: tuple[int, ...]) -> None:
        self.name = str(spec.get("name", ""))
        self.kind = str(spec["type"])
        self.output_shape = output_shape
        self.parameters = 0

    def forward(self, x: Array) -> Array:
        """Return the output, shape (n, *output_shape), for input of (n, *input_shape)."""
        raise NotImplementedError

    def backward(self, x: Array, y: Array, slope: Array) -> Array:
        """Return the derivative by the input `x` from `slope`, the one by the output `y`.

        `slope` has as many items as `x` or, of one picture, any number.
        """
        raise NotImplementedError


class _Weighted(Layer):
    """A layer with a kernel and a bias, and perhaps a ReLU behind them."""

    def __init__(
        self, spec: Mapping[str, Any], output_shape: tuple[int, ...], kernel: Array, bias: Array
    ) -> None:
        super().__init__(spec, output_shape)
        self.kernel = kernel
        self.bias = bias
        self.parameters = kernel.size + bias.size
        self._rectifies = spec["activation"] == "relu"

    def activated(self, sums: Array) -> Array:
        """Add the bias to sums, shape (..., maps or units), in place, and rectify them."""
        sums += self.bias
        return np.maximum(sums, 0.0, out=sums) if self._rectifies else sums

    def _before_activation(self, y: Array, slope: Array) -> Array:
        return slope * (y > 0) if self._rectifies else slope


class Convolution(_Weighted):
    """Valid convolution of stride 1, as one product over unrolled patches."""

    def __init__(
        self, spec: Mapping[str, Any], shape: tuple[int, ...], kernel: Array, bias: Array
    ) -> None:
        height, width, _, maps = kernel.shape
        super().__init__(spec, (shape[0] - height + 1, shape[1] - width + 1, maps), kernel, bias)
        self.matrix = np.ascontiguousarray(kernel.reshape(-1, maps))
        self._taps = np.ascontiguousarray(kernel.reshape(height * width, -1, maps).swapaxes(1, 2))

    def forward(self, x: Array) -> Array:
        height, width, below, maps = self.kernel.shape
        rows, columns = self.output_shape[:2]
        each, down, right, one = x.strides
        # A kernel's row of pixels, with their channels, is one run of adjacent floats.
        window = np.ndarray(
            (len(x), rows, columns, height, width * below),
            x.dtype,
            x,
            strides=(each, down, right, down, one),
        )
        patches = np.ascontiguousarray(window).reshape(-1, len(self.matrix))
        return self.activated(patches @ self.matrix).reshape(-1, rows, columns, maps)

    def backward(self, x: Array, y: Array, slope: Array) -> Array:
        height, width, below, maps = self.kernel.shape
        rows, columns = self.output_shape[:2]
        sums = self._before_activation(y, slope).reshape(-1, maps)
        taps = (sums @ self._taps).reshape(height, width, -1, rows, columns, below)
        result = np.zeros((len(slope), *x.shape[1:]), np.float32)
        for down in range(height):
            for right in range(width):
                result[:, down : down + rows, right : right + columns] += taps[down, right]
        return result


class Pool(Layer):
    """The maximum of each 2x2 places; a last odd row or column is left out."""

    def __init__(self, spec: Mapping[str, Any], shape: tuple[int, ...]) -> None:
        super().__init__(spec, (shape[0] // 2, shape[1] // 2, shape[2]))

    def _corners(self, x: Array) -> list[Array]:
        rows, columns = self.output_shape[:2]
        even = x[:, : 2 * rows, : 2 * columns]
        return [even[:, down::2, right::2] for down in (0, 1) for right in (0, 1)]

    def forward(self, x: Array) -> Array:
        one, two, three, four = self._corners(x)
        return np.maximum(np.maximum(one, two), np.maximum(three, four))

    def backward(self, x: Array, y: Array, slope: Array) -> Array:
        result = np.zeros((len(slope), *x.shape[1:]), np.float32)
        found = np.zeros(y.shape, bool)
        for values, slopes in zip(self._corners(x), self._corners(result), strict=True):
            largest = values == y
            np.multiply(slope, largest > found, out=slopes)
            found |= largest
        return result


class _Flatten(Layer):
    def __init__(self, spec: Mapping[str, Any], shape: tuple[int, ...]) -> None:
        super().__init__(spec, (int(np.prod(shape)),))

    def forward(self, x: Array) -> Array:
        return x.reshape(len(x), -1)

    def backward(self, x: Array, y: Array, slope: Array) -> Array:
        return slope.reshape(-1, *x.shape[1:])


class Dense(_Weighted):
    """Every output a weighted sum of every input."""

    def __init__(self, spec: Mapping[str, Any], kernel: Array, bias: Array) -> None:
        super().__init__(spec, kernel.shape[1:], kernel, bias)

    def forward(self, x: Array) -> Array:
        return self.activated(x @ self.kernel)

    def backward(self, x: Array, y: Array, slope: Array) -> Array:
        result: Array = self._before_activation(y, slope) @ self.kernel.T
        return result


def _layers(model: Model) -> tuple[Layer, ...]:
    """Build the layers of a model that was checked when it was loaded."""
    shape = tuple(model.metadata["input_shape"])
    layers: list[Layer] = []
    for spec in model.metadata["layers"]:
        layer: Layer
        match spec["type"]:
            case "conv":
                layer = Convolution(spec, shape, *_weights(model, spec))
            case "pool":
                layer = Pool(spec, shape)
            case "flatten":
                layer = _Flatten(spec, shape)
            case _:
                layer = Dense(spec, *_weights(model, spec))
        layers.append(layer)
        shape = layer.output_shape
    return tuple(layers)


def _weights(model: Model, spec: Mapping[str, Any]) -> tuple[Array, Array]:
    name = spec["name"]
    return model.weights[f"{name}/kernel"], model.weights[f"{name}/bias"]
