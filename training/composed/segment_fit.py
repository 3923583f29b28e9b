"""Segment fit: the weights of what speaks for and against a grouping, from composed numbers.

The groupings of a drawing are the classes of a logistic regression (a semi-Markov conditional
random field; Sarawagi & Cohen 2004), fitted by Newton's method: convex, so that the same numbers
and the same network give the same weights.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digitpad.core.candidates import Geometry, candidates
from digitpad.core.grouping import Problem, pose
from digitpad.core.grouping_features import GROUP_FEATURES, PAIR_FEATURES
from digitpad.core.groups import group_ink
from digitpad.core.pieces import line_height, pieces_of
from digitpad.core.reader import Reader
from digitpad.core.reading import NO_DIGIT as NO_DIGIT_TEXT
from training.choice_fit import fit_choices
from training.composed.numbers import ComposedNumber
from training.data.datasets import InkSet
from training.writing import write_file

PENALTY = 0.3
"""Of the weights' squares, halved: keeps those that rarely matter small."""
MOST_PATHS = 5_000
"""A number with more groupings than this is passed over; one in a thousand is."""
FOLDS = 5
MOST_DOUBT = 5.0
"""Negative logarithm of the probability of being a digit."""
MOST_STROKES = 4
"""Drawings of this many strokes or more are counted together."""
SMOOTHING = 0.5
"""Drawings that are added to each count."""
_HEAD = '''"""Grouping weights: how much each feature of a grouping counts, as fitted by training.

Written by `python -m training segment` from the training ink; see docs/numbers.md. A feature's
weight is what one unit of it adds to the logarithm of a grouping's odds. The shares are, for each
digit, of drawings with one stroke, two, three, and more.
"""

'''

Weights = NDArray[np.float64]
"""One for each of GROUP_FEATURES, then one for each of PAIR_FEATURES."""


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """The groupings of one number: their features, shape (n, features), and which is right."""

    features: NDArray[np.float64]
    right: int
    writer: str = ""


def examples(numbers: Iterable[ComposedNumber], reader: Reader) -> list[Example]:
    """Return what can be learned from: numbers whose right grouping is one of several."""
    found = (_example(number, reader) for number in numbers)
    return [example for example in found if example is not None]


def fit(numbers: Sequence[Example]) -> Weights:
    """Return the most probable weights."""
    return fit_choices(
        [number.features for number in numbers], [number.right for number in numbers], PENALTY
    )


def stroke_shares(data: InkSet) -> NDArray[np.float64]:
    """Return which share of each digit's drawings has so many strokes, shape (10, 4)."""
    counts = np.full((10, MOST_STROKES), SMOOTHING)
    digits = data.pick(data.is_digit)
    for ink, label in zip(digits.inks, digits.labels, strict=True):
        counts[label, min(len(ink.strokes), MOST_STROKES) - 1] += 1
    shares: NDArray[np.float64] = counts / counts.sum(axis=1, keepdims=True)
    return shares


def grouped_right_by_others(numbers: Sequence[Example], always: Sequence[Example]) -> float:
    """Return the share of numbers that are grouped right with weights fitted on others' numbers.

    The writers of `numbers` are parted into FOLDS; each part is grouped with weights that are
    fitted on the rest and on `always`.
    """
    right = 0.0
    for fold in range(FOLDS):
        asked = [number for number in numbers if _fold(number) == fold]
        weights = fit([*always, *(number for number in numbers if _fold(number) != fold)])
        right += grouped_right(asked, weights) * len(asked) if asked else 0.0
    return right / len(numbers)


def grouped_right(numbers: Sequence[Example], weights: Weights) -> float:
    """Return the share of numbers whose right grouping scores best."""
    right = [(number.features @ weights).argmax() == number.right for number in numbers]
    return float(np.mean(right))


def write_weights(shares: NDArray[np.float64], weights: Weights, path: Path) -> None:
    """Write both as the module `digitpad.core.grouping_weights`. Raises OSError."""
    rows = "".join(f"    ({', '.join(f'{share:.2f}' for share in row)}),\n" for row in shares)
    text = f"{_HEAD}STROKE_SHARES = (\n{rows})\n"
    text += _table("GROUP_WEIGHTS", GROUP_FEATURES, weights[: len(GROUP_FEATURES)])
    text += _table("PAIR_WEIGHTS", PAIR_FEATURES, weights[len(GROUP_FEATURES) :])
    write_file(path, text.encode())


def _table(name: str, features: Sequence[str], weights: Iterable[float]) -> str:
    rows = zip(features, weights, strict=True)
    lines = "".join(f'    "{feature}": {weight:.2f},\n' for feature, weight in rows)
    return f"{name} = {{\n{lines}}}\n"


def _fold(number: Example) -> int:
    return hashlib.sha256(number.writer.encode()).digest()[0] % FOLDS


def _example(number: ComposedNumber, reader: Reader) -> Example | None:
    height = line_height(number.ink)
    geometry = Geometry(pieces_of(number.ink, height, ()), height)
    found = candidates(geometry, ())
    inks = [group_ink(number.ink, candidate.group) for candidate in found]
    problem = pose(geometry, found, [reader.read_ink(ink).digits[0] for ink in inks])
    wanted = _right_grouping(number, geometry)
    if _has_doubtful_digit(number, problem, wanted):
        return None
    paths = _paths(problem)
    groupings = [
        {problem.candidates[problem.lattice.edges[edge].after].bits for edge in path}
        for path in paths
    ]
    right = set(wanted)
    if not 1 < len(paths) <= MOST_PATHS or right not in groupings:
        return None
    rows = np.array(
        [
            [
                *problem.group_features[edge.after],
                *problem.pair_features.get((edge.before, edge.after), [0.0] * len(PAIR_FEATURES)),
            ]
            for edge in problem.lattice.edges
        ]
    )
    features = np.array([rows[path].sum(axis=0) for path in paths])
    return Example(features, groupings.index(right), number.writer)


def _paths(problem: Problem) -> list[list[int]]:
    """Return every path through the lattice, as numbers of edges; stops above MOST_PATHS."""
    leaving: dict[int, list[int]] = {}
    for index, edge in enumerate(problem.lattice.edges):
        leaving.setdefault(edge.source, []).append(index)
    paths: list[list[int]] = []
    open_paths: list[tuple[int, list[int]]] = [(0, [])]
    while open_paths and len(paths) <= MOST_PATHS:
        state, path = open_paths.pop()
        if state not in leaving:
            paths.append(path)
        for index in leaving.get(state, ()):
            open_paths.append((problem.lattice.edges[index].target, [*path, index]))
    return paths


def _right_grouping(number: ComposedNumber, geometry: Geometry) -> list[int]:
    """Return the bits of each digit's pieces; a piece is the digit's that most of it belongs to."""
    bits: dict[int, int] = {}
    for place, piece in enumerate(geometry.pieces):
        part = piece.part
        owners = number.owners[part.stroke][part.start : part.stop]
        owner = int(np.bincount(owners).argmax())
        bits[owner] = bits.get(owner, 0) | 1 << place
    return [bits.get(owner, 0) for owner in range(len(number.label))]


def _has_doubtful_digit(number: ComposedNumber, problem: Problem, wanted: Sequence[int]) -> bool:
    """Whether the network sees no digit at all in one: some that are labelled 0 are two zeros."""
    cost = {
        candidate.bits: features[GROUP_FEATURES.index("not_a_digit")]
        for candidate, features in zip(problem.candidates, problem.group_features, strict=True)
    }
    return any(
        label != NO_DIGIT_TEXT and cost.get(bits, 0.0) > MOST_DOUBT
        for label, bits in zip(number.label, wanted, strict=True)
    )
