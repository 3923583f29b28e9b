"""Choice fit: weights under which what was right is the likeliest of several.

A conditional logistic regression (McFadden 1974), fitted by Newton's method: convex, so that the
same examples give the same weights.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

MOST_STEPS = 60
SMALLEST_GAIN = 1e-6

Numbers = NDArray[np.float64]


def fit_choices(choices: Sequence[Numbers], right: Sequence[int], penalty: float) -> Numbers:
    """Return the most probable weights of features.

    Each choice holds the features of its possibilities, shape (n, features); `right` says which of
    them was right. `penalty`, above 0, times half the sum of the weights' squares is added to the
    loss: it keeps weights small that rarely matter, and all of them finite.
    """
    features = np.concatenate(choices)
    counts = [len(choice) for choice in choices]
    starts = np.concatenate(([0], np.cumsum(counts)[:-1]))
    owner = np.repeat(np.arange(len(choices)), counts)
    chosen = features[starts + np.asarray(right)]

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        """Return the penalised negative log likelihood, and each possibility's probability."""
        scores = features @ weights
        largest = np.maximum.reduceat(scores, starts)
        exponentials = np.exp(scores - largest[owner])
        totals = np.add.reduceat(exponentials, starts)
        missed = (largest + np.log(totals) - chosen @ weights).sum()
        return float(missed + penalty * weights @ weights / 2), exponentials / totals[owner]

    weights = np.zeros(features.shape[1])
    before, shares = loss(weights)
    for _ in range(MOST_STEPS):
        weighed = features * shares[:, None]
        expected = np.add.reduceat(weighed, starts)
        gradient = (expected - chosen).sum(axis=0) + penalty * weights
        hessian = weighed.T @ features - expected.T @ expected + penalty * np.eye(len(weights))
        step = np.linalg.solve(hessian, gradient)
        after, shares_after = loss(weights - step)
        # Newton's step may go too far where the loss is far from a parabola.
        while after > before and np.abs(step).max() > SMALLEST_GAIN:
            step /= 2
            after, shares_after = loss(weights - step)
        if before - after < SMALLEST_GAIN:
            break
        weights, before, shares = weights - step, after, shares_after
    return weights
