"""Lattice: the best path and the probabilities are those of trying every grouping."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from digitpad.core.lattice import Lattice

COUNT = 5
BITS = [1 << n for n in range(COUNT)] + [0b11, 0b110, 0b101, 0b1100, 0b11000, 0b111, 0b11111]


def all_paths(lattice: Lattice) -> list[list[int]]:
    """Return every way to take all pieces, as numbers of edges, found without the lattice."""
    number = {(e.before, e.after, e.source): n for n, e in enumerate(lattice.edges)}
    target = {n: e.target for n, e in enumerate(lattice.edges)}
    paths = []
    for size in range(1, COUNT + 1):
        for groups in itertools.combinations(range(len(BITS)), size):
            taken = [BITS[g] for g in groups]
            if sum(taken) != (1 << COUNT) - 1 or sum(t.bit_count() for t in taken) != COUNT:
                continue
            order = sorted(groups, key=lambda g: BITS[g] & -BITS[g])
            state, path = 0, []
            for before, after in itertools.pairwise([-1, *order]):
                path.append(number[before, after, state])
                state = target[path[-1]]
            paths.append(path)
    return paths


@pytest.mark.parametrize("seed", range(5))
def test_search_and_sums_agree_with_trying_every_grouping(seed: int) -> None:
    # Given
    lattice = Lattice(BITS, COUNT)
    scores = np.random.default_rng(seed).normal(0.0, 2.0, len(lattice.edges)).tolist()
    paths = all_paths(lattice)
    totals = [sum(scores[edge] for edge in path) for path in paths]

    # When
    best = lattice.best(scores)
    shares, total = lattice.probabilities(scores)

    # Then
    expected = paths[int(np.argmax(totals))]
    assert best == [lattice.edges[edge].after for edge in expected]
    assert total == pytest.approx(math.log(sum(map(math.exp, totals))))
    for edge, share in enumerate(shares):
        through = sum(math.exp(t) for t, path in zip(totals, paths, strict=True) if edge in path)
        assert share == pytest.approx(through / math.exp(total))


def test_many_pieces_that_may_go_with_any_other_are_searched_in_bounds() -> None:
    count = 60
    bits = [1 << n for n in range(count)]
    bits += [1 << a | 1 << b for a, b in itertools.combinations(range(count), 2) if b - a < 12]

    lattice = Lattice(bits, count)
    scores = [0.0] * len(lattice.edges)

    assert sum(bits[group] for group in lattice.best(scores)) == (1 << count) - 1
    # Also states from which the end cannot be reached have their share: none.
    shares, _ = lattice.probabilities(scores)
    first = [share for edge, share in zip(lattice.edges, shares, strict=True) if edge.source == 0]
    assert sum(first) == pytest.approx(1)
