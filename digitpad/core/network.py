"""Network: the forward pass in NumPy, from a layer list and weights.

Owns the arithmetic of the layers that a model file may name, for one picture or many at once, and
every activation on the way. Knows nothing of files or of what the outputs mean.

Pictures are channels-last, as in Keras. A convolution is one matrix product over unrolled patches
(im2col; Chellapilla et al. 2006). ReLU and max-pooling commute, so a pool behind a convolution is
taken first: patches are unrolled in the order of the pool's four corners, only those that the pool
keeps, and the pool becomes three `maximum` calls on contiguous blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

TOGETHER = 8
"""Most pictures that go through a layer at once: enough for the calls to cost little, few enough
for what one layer hands the next to stay in a processor's cache."""


class NetworkError(ValueError):
    """A layer list and weights that do not make a network."""


class _Layer(Protocol):
    """One layer with the buffers that it needs for up to TOGETHER pictures."""

    @property
    def output_shape(self) -> tuple[int, ...]:
        """Of one picture."""

    def on(self, x: Array) -> tuple[Callable[[], object], Array]:
        """Return what is to be called when `x` has been filled, and what that fills.

        Both hold the same number of pictures, along the first axis.
        """


class Network:
    """A sequential network. Not safe for use from two threads at once: it reuses its buffers.

    `layers` is a list of {"type": ..., ...} as a model file holds it: "conv" (3x3 or other odd
    kernel, valid padding), "pool" (2x2), "flatten" and "dense", each with "name" and, where it has
    weights, "activation" ("relu" or "linear"). `weights` maps "NAME/kernel" and "NAME/bias" to
    arrays in Keras' layouts (height, width, in, out) and (in, out).
    Raises NetworkError when the weights do not fit the layers.
    """

    def __init__(
        self,
        input_shape: Sequence[int],
        layers: Sequence[Mapping[str, Any]],
        weights: Mapping[str, Array],
    ) -> None:
        self.input_shape = tuple(input_shape)
        self._input = np.zeros((TOGETHER, *self.input_shape), np.float32)
        self._layers: list[_Layer] = []
        self._names: list[str] = []
        shape = self.input_shape
        position = 0
        while position < len(layers):
            spec = layers[position]
            follower = layers[position + 1] if position + 1 < len(layers) else {}
            pooled = spec.get("type") == "conv" and follower.get("type") == "pool"
            layer = _build(spec, shape, weights, pooled)
            last = follower if pooled else spec
            self._layers.append(layer)
            self._names.append(str(last.get("name", "")))
            shape = layer.output_shape
            position += 2 if pooled else 1
        if len(shape) != 1:
            raise NetworkError("the network does not end in a vector")
        self.output_shape = shape
        self.output_name = self._names[-1] if self._names else ""
        self._passes: dict[int, _Pass] = {}

    def logits(self, pixels: Array) -> Array:
        """Return the outputs before softmax, a new array, for pixels of `input_shape`.

        The last axis of `pixels` may be missing when it is 1. Raises NetworkError for another
        shape.
        """
        (logits,) = self.logits_of_many(np.asarray(pixels)[None])
        return np.asarray(logits)

    def activations(self, pixels: Array) -> dict[str, Array]:
        """Return what each layer put out, by its name, as new arrays; the last are the logits.

        A convolution and the pool behind it are one layer, under the pool's name. Pixels as for
        `logits`.
        """
        found = self.activations_of_many(np.asarray(pixels)[None])
        return {name: of_one for name, (of_one,) in found.items()}

    def logits_of_many(self, pictures: Array) -> Array:
        """Return the `logits` of each picture along the first axis, shape (n, outputs).

        Takes less time than one by one. There may be no picture; each is as for `logits`.
        """
        logits = np.empty((len(pictures), *self.output_shape), np.float32)
        for first in range(0, len(pictures), TOGETHER):
            some = slice(first, first + TOGETHER)
            logits[some] = self._passed(pictures[some])[-1]
        return logits

    def activations_of_many(
        self, pictures: Array, names: Collection[str] | None = None
    ) -> dict[str, Array]:
        """Return the `activations` of each picture along the first axis, as `logits_of_many`.

        With `names` only those of these layers.
        """
        kept = {
            place: np.empty((len(pictures), *layer.output_shape), np.float32)
            for place, (name, layer) in enumerate(zip(self._names, self._layers, strict=True))
            if names is None or name in names
        }
        for first in range(0, len(pictures), TOGETHER):
            some = slice(first, first + TOGETHER)
            outputs = self._passed(pictures[some])
            for place, of_all in kept.items():
                of_all[some] = outputs[place]
        return {self._names[place]: of_all for place, of_all in kept.items()}

    def _passed(self, pictures: Array) -> Sequence[Array]:
        """Return what each layer puts out for up to TOGETHER pictures, until the next call."""
        # reshape alone would take any picture with the right number of pixels.
        full = pictures[..., None] if pictures.ndim == len(self.input_shape) else pictures
        if full.shape[1:] != self.input_shape:
            raise NetworkError(f"pixels of {pictures.shape[1:]} are not of {self.input_shape}")
        count = len(full)
        if count not in self._passes:
            self._passes[count] = _Pass(self._input[:count], self._layers)
        return self._passes[count].run(full)


class _Pass:
    """The way of so many pictures through all layers: which views of the buffers they take.

    Making these anew for each picture would cost a tenth of the time.
    """

    def __init__(self, entrance: Array, layers: Sequence[_Layer]) -> None:
        self._entrance = entrance
        self._steps: list[Callable[[], object]] = []
        self._outputs: list[Array] = []
        x = entrance
        for layer in layers:
            step, x = layer.on(x)
            self._steps.append(step)
            self._outputs.append(x)

    def run(self, pictures: Array) -> Sequence[Array]:
        """Return what each layer puts out, until the buffers are used again."""
        np.copyto(self._entrance, pictures)
        for step in self._steps:
            step()
        return self._outputs


def softmax(logits: NDArray[np.floating[Any]], temperature: float = 1.0) -> NDArray[np.float64]:
    """Return probabilities along the last axis, of logits / temperature; they sum to 1."""
    scaled = logits.astype(np.float64) / temperature
    powers = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def sigmoid(log_odds: float) -> float:
    """Return the probability of the given log odds, for any size of them."""
    return float(0.5 * (1.0 + np.tanh(0.5 * log_odds)))


def _build(
    spec: Mapping[str, Any],
    shape: tuple[int, ...],
    weights: Mapping[str, Array],
    pooled: bool,
) -> _Layer:
    match spec.get("type"):
        case "conv":
            return _Convolution(*_parameters(spec, weights, 4), shape, _rectifies(spec), pooled)
        case "dense":
            return _Dense(*_parameters(spec, weights, 2), shape, _rectifies(spec))
        case "flatten":
            return _Flatten(shape)
        case other:
            raise NetworkError(f"unknown layer type {other!r}")


def _rectifies(spec: Mapping[str, Any]) -> bool:
    activation = spec.get("activation")
    if activation not in ("relu", "linear"):
        raise NetworkError(f"unknown activation {activation!r}")
    return bool(activation == "relu")


def _parameters(
    spec: Mapping[str, Any], weights: Mapping[str, Array], dimensions: int
) -> tuple[Array, Array]:
    name = spec.get("name")
    try:
        kernel, bias = weights[f"{name}/kernel"], weights[f"{name}/bias"]
    except KeyError as missing:
        raise NetworkError(f"weights {missing} are missing") from None
    if kernel.ndim != dimensions or bias.shape != kernel.shape[-1:]:
        raise NetworkError(f"weights of layer {name!r} have the wrong shape")
    return np.ascontiguousarray(kernel, np.float32), np.ascontiguousarray(bias, np.float32)


class _Convolution:
    """Valid convolution, optionally with the 2x2 max-pool behind it, then bias and ReLU."""

    def __init__(
        self, kernel: Array, bias: Array, shape: tuple[int, ...], rectify: bool, pooled: bool
    ) -> None:
        if len(shape) != 3 or kernel.shape[2] != shape[2]:
            raise NetworkError(f"a convolution of {kernel.shape} cannot follow shape {shape}")
        size, channels = kernel.shape[0], shape[2]
        rows, columns = shape[0] - size + 1, shape[1] - kernel.shape[1] + 1
        self._corners = 2 if pooled else 1
        rows, columns = rows // self._corners, columns // self._corners
        if rows < 1 or columns < 1:
            raise NetworkError(f"a convolution of {kernel.shape} cannot follow shape {shape}")
        self.output_shape = (rows, columns, kernel.shape[3])

        self._run = kernel.shape[1] * channels
        self._matrix = kernel.reshape(size * self._run, -1)
        # For a row of places at once: loops over the maps of one place take twice the time.
        self._bias = np.tile(bias, columns)
        self._floor = np.full_like(self._bias, 0.0 if rectify else -np.inf)
        self._places = self._corners**2 * rows * columns
        # NumPy copies along what lies side by side: a run, or, where runs are short, one float of
        # all places, which takes a third of the time for pictures without channels.
        self._patches = np.empty(
            (TOGETHER * self._places, size * self._run),
            np.float32,
            order="C" if self._run > columns else "F",
        )
        self._product = np.empty((TOGETHER * self._places, kernel.shape[3]), np.float32)
        self._output = np.empty((TOGETHER, *self.output_shape), np.float32)

    def on(self, x: Array) -> tuple[Callable[[], object], Array]:
        count, step, run = len(x), self._corners, self._run
        rows, columns, _ = self.output_shape
        picture, down, right, one = x.strides
        # Axes: corner's row and column, picture, place's row and column, kernel's row, then one run
        # of adjacent floats (the kernel's columns and the channels lie side by side in memory).
        window = np.ndarray(
            (step, step, count, rows, columns, len(self._matrix) // run, run),
            x.dtype,
            x,
            strides=(down, right, picture, step * down, step * right, down, one),
        )
        patches = self._patches[: count * self._places]
        unrolled = patches.reshape(window.shape)
        product = self._product[: count * self._places]
        y = self._output[:count]
        first, *others = product.reshape(step * step, count * rows, -1)
        sums = y.reshape(count * rows, -1)
        matrix, bias, floor = self._matrix, self._bias, self._floor

        def convolve() -> None:
            np.copyto(unrolled, window)
            np.matmul(patches, matrix, out=product)
            largest = first
            for corner in others:
                largest = np.maximum(largest, corner, out=sums)
            np.add(largest, bias, out=sums)
            np.maximum(sums, floor, out=sums)

        return convolve, y


class _Flatten:
    def __init__(self, shape: tuple[int, ...]) -> None:
        self.output_shape = (int(np.prod(shape)),)

    def on(self, x: Array) -> tuple[Callable[[], object], Array]:
        return lambda: None, x.reshape(len(x), -1)  # A view: there is nothing to be done.


class _Dense:
    def __init__(self, kernel: Array, bias: Array, shape: tuple[int, ...], rectify: bool) -> None:
        if shape != kernel.shape[:1]:
            raise NetworkError(f"a dense layer of {kernel.shape} cannot follow shape {shape}")
        self.output_shape = bias.shape
        self._kernel = kernel
        self._bias = bias
        self._floor = np.float32(0.0 if rectify else -np.inf)
        self._output = np.empty((TOGETHER, *self.output_shape), np.float32)

    def on(self, x: Array) -> tuple[Callable[[], object], Array]:
        y = self._output[: len(x)]
        kernel, bias, floor = self._kernel, self._bias, self._floor

        def multiply() -> None:
            np.matmul(x, kernel, out=y)
            np.add(y, bias, out=y)
            np.maximum(y, floor, out=y)

        return multiply, y
