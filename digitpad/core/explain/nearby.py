"""Nearby: a network's outputs for many pictures that each differ from one in few places.

Owns that short cut, which changes no result. What the layers make of the one picture holds for the
others too, but for what sees a place that differs: there alone, a convolution with its pool is
computed anew. With dabs of five pixels this takes less than half the time that `core.network`
takes for as many pictures.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from digitpad.core.explain.gradients import Convolution, GradientNetwork, Pool
from digitpad.core.model_file import Model
from digitpad.core.network import Network

Array = NDArray[np.float32]
Mask = NDArray[np.bool_]

TOGETHER = 32
"""Most pictures at once: enough for the calls to cost little, as each one computes less than a
whole layer."""


class Nearby:
    """A network for pictures near another. Belongs to one thread: its last layers reuse buffers."""

    def __init__(self, model: Model) -> None:
        layers = GradientNetwork(model).layers
        self._steps: list[_Step] = []
        shape = tuple(model.metadata["input_shape"])
        for convolution, pool in zip(layers[::2], layers[1::2], strict=False):
            if not (isinstance(convolution, Convolution) and isinstance(pool, Pool)):
                break
            self._steps.append(_Step(convolution, pool, shape))
            shape = pool.output_shape
        rest = model.metadata["layers"][2 * len(self._steps) :]
        self._rest = Network(shape, rest, model.weights)

    def logits(self, seen: Mapping[str, Array], picture: Array, others: Array) -> Array:
        """Return the outputs before softmax, shape (n, 10), for others of shape (n, 28, 28).

        `picture` and `seen` are as for `activations`.
        """
        name = self._rest.output_name
        return self.activations(seen, picture, others, {name})[name]

    def activations(
        self, seen: Mapping[str, Array], picture: Array, others: Array, names: Collection[str]
    ) -> dict[str, Array]:
        """Return what these layers make of the others, by name, each with the n others first.

        A convolution and the pool behind it are one layer, under the pool's name. `seen` is what
        the layers make of the one picture, a stack of one.
        """
        found = {
            name: np.empty((len(others), *of_one.shape[1:]), np.float32)
            for name, of_one in seen.items()
            if name in names
        }
        for first in range(0, len(others), TOGETHER):
            some = slice(first, first + TOGETHER)
            x, differs = others[some], others[some] != picture
            outputs: dict[str, Array] = {}
            for step in self._steps:
                x, differs = step(x, differs, seen[step.name])
                outputs[step.name] = x
            outputs |= self._rest.activations_of_many(x, names)
            for name, of_all in found.items():
                of_all[some] = outputs[name]
        return found


class _Step:
    """A convolution and its pool, computed anew where their input differs."""

    def __init__(self, convolution: Convolution, pool: Pool, shape: tuple[int, ...]) -> None:
        """`shape` is the input's."""
        self.name = pool.name
        self._convolution = convolution
        self._rows, self._columns, _ = pool.output_shape
        self._height, self._width, self._below = shape
        high, wide, *_ = convolution.kernel.shape
        self._high, self._wide = high, wide
        # Places of the input, counted along the rows of all pictures: where each place of the
        # output begins to see, what the kernel sees from there, and where the pool's corners are.
        places = np.arange(TOGETHER * self._height * self._width)
        first = places.reshape(TOGETHER, self._height, self._width)
        self._first = first[:, : 2 * self._rows : 2, : 2 * self._columns : 2].ravel()
        self._window = (np.arange(high)[:, None] * self._width + np.arange(wide)).ravel()
        self._corners = 0, 1, self._width, self._width + 1

    def __call__(self, x: Array, differs: Mask, before: Array) -> tuple[Array, Mask]:
        """Return the output, which is `before` where nothing differs, and where it may.

        `differs` says where the input does, shape (n, rows, columns).
        """
        reached = self._reached(differs)
        anew = np.flatnonzero(reached)
        seen = self._first[anew][:, None] + self._window
        places = x.reshape(-1, self._below)
        largest = self._sums(places, seen)
        for corner in self._corners[1:]:
            np.maximum(largest, self._sums(places, seen + corner), out=largest)
        y = np.empty((len(x), *before.shape[1:]), np.float32)
        y[...] = before
        y.reshape(-1, y.shape[-1])[anew] = self._convolution.activated(largest)
        return y, reached

    def _sums(self, places: Array, seen: NDArray[np.intp]) -> Array:
        matrix = self._convolution.matrix
        return places.take(seen, axis=0).reshape(-1, len(matrix)) @ matrix

    def _reached(self, differs: Mask) -> Mask:
        """Return which places of the output see one of the input that differs."""
        down = differs[:, : 2 * self._rows : 2].copy()
        for row in range(1, self._high + 1):
            down |= differs[:, row : row + 2 * self._rows : 2]
        reached = down[:, :, : 2 * self._columns : 2].copy()
        for column in range(1, self._wide + 1):
            reached |= down[:, :, column : column + 2 * self._columns : 2]
        return reached
