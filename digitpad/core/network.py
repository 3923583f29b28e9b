"""Network: the forward pass in NumPy, from a layer list and weights.

Owns the arithmetic of the layers that a model file may name, for one picture at a time, and every
activation on the way. Knows nothing of files or of what the outputs mean.

Pictures are channels-last, as in Keras. A convolution is one matrix product over unrolled patches
(im2col; Chellapilla et al. 2006). ReLU and max-pooling commute, so a pool behind a convolution is
taken first: patches are unrolled in the order of the pool's four corners, only those that the pool
keeps, and the pool becomes three `maximum` calls on contiguous blocks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Activation = NDArray[np.float32]
Array = Activation


class NetworkError(ValueError):
    """A layer list and weights that do not make a network."""


class _Layer(Protocol):
    """One step of the forward pass; owns the buffer it returns."""

    @property
    def output_shape(self) -> tuple[int, ...]: ...

    def __call__(self, x: Array) -> Array: ...


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
        self._input = np.zeros(self.input_shape, np.float32)
        self._steps: list[tuple[str, _Layer]] = []
        shape = self.input_shape
        position = 0
        while position < len(layers):
            spec = layers[position]
            follower = layers[position + 1] if position + 1 < len(layers) else {}
            pooled = spec.get("type") == "conv" and follower.get("type") == "pool"
            step = _build(spec, shape, weights, pooled)
            last = follower if pooled else spec
            self._steps.append((str(last.get("name", "")), step))
            shape = step.output_shape
            position += 2 if pooled else 1
        if len(shape) != 1:
            raise NetworkError("the network does not end in a vector")
        self.output_shape = shape
        self.output_name = self._steps[-1][0] if self._steps else ""

    def logits(self, pixels: Array) -> Array:
        """Return the outputs before softmax, a new array, for pixels of `input_shape`.

        The last axis of `pixels` may be missing when it is 1. Raises NetworkError for another
        shape.
        """
        x = self._copied(pixels)
        for _, step in self._steps:
            x = step(x)
        return x.copy()

    def activations(self, pixels: Array) -> dict[str, Array]:
        """Return what each step put out, by layer name, as new arrays; the last are the logits.

        A convolution and the pool behind it are one step, under the pool's name. Pixels as for
        `logits`.
        """
        x = self._copied(pixels)
        kept = {}
        for name, step in self._steps:
            x = step(x)
            kept[name] = x.copy()
        return kept

    def _copied(self, pixels: Array) -> Array:
        # reshape alone would take any picture with the right number of pixels.
        full = pixels[..., None] if pixels.ndim == len(self.input_shape) - 1 else pixels
        if full.shape != self.input_shape:
            raise NetworkError(f"pixels of {pixels.shape} are not of {self.input_shape}")
        np.copyto(self._input, full)
        return self._input


def softmax(logits: Array, temperature: float = 1.0) -> NDArray[np.float64]:
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

        # Axes: corner's row and column, place's row and column, kernel's row, then one run of
        # adjacent floats (the kernel's columns and the channels lie side by side in memory).
        run = kernel.shape[1] * channels
        self._unrolled = (self._corners, self._corners, rows, columns, size, run)
        self._patches = np.empty(self._unrolled, np.float32)
        self._matrix = kernel.reshape(size * run, -1)
        self._bias = bias
        self._floor = np.float32(0.0 if rectify else -np.inf)
        places = self._corners**2 * rows * columns
        self._product = np.empty((places, kernel.shape[3]), np.float32)
        self._output = np.empty(self.output_shape, np.float32)

    def __call__(self, x: Array) -> Array:
        down, right, one = x.strides
        step = self._corners
        window = np.ndarray(
            self._unrolled,
            x.dtype,
            x,
            strides=(down, right, step * down, step * right, down, one),
        )
        np.copyto(self._patches, window)
        np.matmul(self._patches.reshape(len(self._product), -1), self._matrix, out=self._product)
        corners = self._product.reshape(step * step, *self.output_shape)
        y = self._output
        if step == 2:
            np.maximum(corners[0], corners[1], out=y)
            np.maximum(y, corners[2], out=y)
            np.maximum(y, corners[3], out=y)
            np.add(y, self._bias, out=y)
        else:
            np.add(corners[0], self._bias, out=y)
        return np.maximum(y, self._floor, out=y)


class _Flatten:
    def __init__(self, shape: tuple[int, ...]) -> None:
        self.output_shape = (int(np.prod(shape)),)

    def __call__(self, x: Array) -> Array:
        return x.reshape(-1)


class _Dense:
    def __init__(self, kernel: Array, bias: Array, shape: tuple[int, ...], rectify: bool) -> None:
        if shape != kernel.shape[:1]:
            raise NetworkError(f"a dense layer of {kernel.shape} cannot follow shape {shape}")
        self.output_shape = bias.shape
        self._kernel = kernel
        self._bias = bias
        self._floor = np.float32(0.0 if rectify else -np.inf)
        self._output = np.empty(self.output_shape, np.float32)

    def __call__(self, x: Array) -> Array:
        y = self._output
        np.matmul(x, self._kernel, out=y)
        np.add(y, self._bias, out=y)
        return np.maximum(y, self._floor, out=y)
