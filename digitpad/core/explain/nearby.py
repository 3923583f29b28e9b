"""Nearby: a network's outputs for many pictures that each differ from one in a small square.

Owns that short cut, which changes no result. What the layers make of the one picture holds for the
others too, but for what the square reaches: there alone, a convolution with its pool is computed
anew, up to the layer that most of the square has reached. With squares of five pixels this takes
half the time that `core.network` takes for as many pictures.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from digitpad.core.explain.gradients import Convolution, GradientNetwork, Pool, Run
from digitpad.core.network import TOGETHER

Array = NDArray[np.float32]
Places = NDArray[np.intp]


class Nearby:
    """A network for pictures near another. Belongs to one thread: it reuses its buffers.

    `side` is that of the squares, in pixels.
    """

    def __init__(self, network: GradientNetwork, side: int) -> None:
        self._steps: list[_Step] = []
        self._rest = list(network.layers)
        self._input = np.empty((TOGETHER, *network.input_shape), np.float32)
        shape, squares = network.input_shape, (side, side)
        while len(self._rest) > 1:
            convolution, pool = self._rest[:2]
            if not (isinstance(convolution, Convolution) and isinstance(pool, Pool)):
                break
            step = _Step(convolution, pool, shape, squares)
            if not step.saves:
                break
            self._steps.append(step)
            shape, squares = pool.output_shape, step.reach
            del self._rest[:2]

    def logits(self, run: Run, pictures: Array, corners: Places) -> Array:
        """Return the outputs before softmax, shape (n, 10), for pictures of shape (n, 28, 28).

        `run` is that of the one picture. `corners`, shape (n, 2), are the rows and columns of the
        upper left corners of the squares outside which the others are equal to it.
        """
        logits = np.empty((len(pictures), *run.logits.shape[1:]), np.float32)
        before = [value[0] for value in run.values[2::2]]
        for first in range(0, len(pictures), TOGETHER):
            some = slice(first, first + TOGETHER)
            x, changed = self._input[: len(pictures[some])], corners[some]
            np.copyto(x, pictures[some].reshape(x.shape))
            for step, value in zip(self._steps, before, strict=False):
                x, changed = step(x, value, changed)
            for layer in self._rest:
                x = layer.forward(x)
            logits[some] = x
        return logits


class _Step:
    """A convolution and its pool: computed anew where squares of the input reach."""

    def __init__(
        self,
        convolution: Convolution,
        pool: Pool,
        shape: tuple[int, ...],
        squares: tuple[int, int],
    ) -> None:
        """`shape` is the input's, `squares` the height and width of what differs in it."""
        self._convolution = convolution
        rows, columns, maps = pool.output_shape
        high, wide, below, _ = convolution.kernel.shape
        height, width = (squares[0] + high - 1) // 2 + 1, (squares[1] + wide - 1) // 2 + 1
        self.reach = height, width
        """How much of the output a square may reach."""
        self.saves = height < rows and width < columns
        self._last = np.array([rows - height, columns - width])
        # As `core.network` unrolls what a place sees: by the pool's corners, so that the pool takes
        # the maxima of whole blocks.
        self._unrolled = 2, 2, height, width, high, wide * below
        places = TOGETHER * 4 * height * width
        self._patches = np.empty((places, high * wide * below), np.float32)
        self._sums = np.empty((places, maps), np.float32)
        self._output = np.empty((TOGETHER, *pool.output_shape), np.float32)

    def __call__(self, x: Array, before: Array, corners: Places) -> tuple[Array, Places]:
        """Return the output, which is `before` where nothing reaches, and the corners of what is.

        `corners` are rows and columns of the squares in the input, shape (n, 2).
        """
        count = len(x)
        high, wide, _, maps = self._convolution.kernel.shape
        height, width = self.reach
        reached = np.clip((corners - (high - 1, wide - 1)) // 2, 0, self._last)
        places = reached.tolist()

        each, down, right, one = x.strides
        # Axes: the picture, where in it a square begins, then the square unrolled.
        windows = np.ndarray(
            (count, *(self._last + 1), *self._unrolled),
            x.dtype,
            x,
            strides=(each, 2 * down, 2 * right, down, right, 2 * down, 2 * right, down, one),
        )
        patches = self._patches[: count * 4 * height * width]
        unrolled = patches.reshape(count, *self._unrolled)
        for number, (row, column) in enumerate(places):
            np.copyto(unrolled[number], windows[number, row, column])
        sums = np.matmul(patches, self._convolution.matrix, out=self._sums[: len(patches)])
        one, two, three, four = sums.reshape(count, 4, height, width, maps).swapaxes(0, 1)
        largest = np.maximum(np.maximum(one, two), np.maximum(three, four))

        y = self._output[:count]
        np.copyto(y, before)
        anew = self._convolution.activated(largest)
        for output, square, (row, column) in zip(y, anew, places, strict=True):
            output[row : row + height, column : column + width] = square
        return y, reached
