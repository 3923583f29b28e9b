"""Lattice: all ways to make up a drawing of candidate groups, and the search for the best.

A state is the set of pieces that are taken and the group taken last; an edge takes the next
group, which holds the leftmost piece not yet taken. So each way to part the drawing is one path.
The best is found by dynamic programming (Viterbi), the probability of each group by the
forward-backward algorithm, as in a semi-Markov random field (Sarawagi & Cohen 2004). Knows nothing
of ink.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 200
"""Most states kept of those with equally many pieces taken: the ones that are fullest on the left.
A number written from left to right has no more; a scribble of many strokes loses some of
thousands."""


@dataclass(frozen=True, slots=True)
class Edge:
    """Takes candidate `after` behind candidate `before`, which is -1 at the start."""

    source: int
    target: int
    before: int
    after: int


class Lattice:
    """Every path from nothing taken to everything taken, for candidates given as bit sets."""

    def __init__(self, bits: Sequence[int], count: int) -> None:
        """`bits` are the pieces of each candidate, of `count` pieces in all."""
        by_first: dict[int, list[int]] = {}
        for index, taken in enumerate(bits):
            by_first.setdefault(taken & -taken, []).append(index)
        everything = (1 << count) - 1
        layers: list[dict[tuple[int, int], int]] = [{} for _ in range(count + 1)]
        layers[0][0, -1] = 0
        states = 1
        self.edges: list[Edge] = []
        for layer in layers[:-1]:
            for (taken, before), source in sorted(layer.items())[:WIDTH]:
                free = everything & ~taken
                for after in by_first.get(free & -free, ()):
                    if bits[after] & taken:
                        continue
                    key = taken | bits[after], after
                    target = layers[key[0].bit_count()].setdefault(key, states)
                    states += target == states
                    self.edges.append(Edge(source, target, before, after))
        self._states = states
        self._ends = tuple(layers[-1].values())

    def best(self, scores: Sequence[float]) -> list[int]:
        """Return the candidates of the best path in order; `scores` are the edges'."""
        reached = [-math.inf] * self._states
        reached[0] = 0.0
        arrivals = [-1] * self._states
        for number, (edge, score) in enumerate(zip(self.edges, scores, strict=True)):
            if reached[edge.source] + score > reached[edge.target]:
                reached[edge.target] = reached[edge.source] + score
                arrivals[edge.target] = number
        state = max(self._ends, key=reached.__getitem__)
        path: list[int] = []
        while arrivals[state] >= 0:
            edge = self.edges[arrivals[state]]
            path.append(edge.after)
            state = edge.source
        return path[::-1]

    def probabilities(self, scores: Sequence[float]) -> tuple[list[float], float]:
        """Return each edge's probability and the logarithm of the sum over all paths.

        A path's probability is in proportion to the exponential of the sum of its edges' scores.
        """
        forward = [-math.inf] * self._states
        forward[0] = 0.0
        for edge, score in zip(self.edges, scores, strict=True):
            forward[edge.target] = _log_sum(forward[edge.target], forward[edge.source] + score)
        backward = [-math.inf] * self._states
        for end in self._ends:
            backward[end] = 0.0
        for edge, score in zip(reversed(self.edges), reversed(scores), strict=True):
            backward[edge.source] = _log_sum(backward[edge.source], backward[edge.target] + score)
        total = backward[0]
        shares = [
            math.exp(forward[edge.source] + score + backward[edge.target] - total)
            for edge, score in zip(self.edges, scores, strict=True)
        ]
        return shares, total


def _log_sum(one: float, other: float) -> float:
    """Return log(exp(one) + exp(other))."""
    low, high = (one, other) if one < other else (other, one)
    return high if low == -math.inf else high + math.log1p(math.exp(low - high))
