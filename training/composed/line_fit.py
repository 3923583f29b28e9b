"""Line fit: the weights of what speaks for and against each group of marks in a line.

A conditional random field over the ways to part a line (as `segment_fit` has for ink), fitted on
composed pages. Which marks make which digit is not told: of the ways that read as the label says,
the likeliest under the weights so far is taken as the right one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitpad.core.page.digits import FEATURES, LineProblem
from digitpad.core.page.page import ReadPixels, find_lines
from digitpad.core.page.weights import WEIGHTS
from training.writing import write_file

Weights = NDArray[np.float64]
Example = tuple[LineProblem, str]
"""A line and what it says."""

PRIOR_DEVIATION = 3.0
"""Of the weights from where they start."""
ROUNDS = 150
STEP = 0.1
_HEAD = '''"""Weights of what speaks for and against each group of marks in a line.

Written by `python -m training fit-lines`; see docs/pictures.md.
"""

WEIGHTS = {
'''


def examples(
    pages: Iterable[tuple[Image.Image, Sequence[str]]], read: ReadPixels
) -> tuple[list[Example], int]:
    """Return the lines of pages on which as many were found as there are, and how many were not."""
    found, missed = [], 0
    for picture, labels in pages:
        page = find_lines(picture)
        if page is None or page.is_lone_mark or len(page.marks.lines) != len(labels):
            missed += len(labels)
            continue
        reader = page.line_reader(read)
        found += [
            (reader.pose(line), text) for line, text in zip(page.marks.lines, labels, strict=True)
        ]
    return found, missed


def fit(lines: Sequence[Example]) -> Weights:
    """Return the most probable weights, by Adam (Kingma & Ba 2015) from the ones in use."""
    start = np.array([WEIGHTS[name] for name in FEATURES])
    weights = start.copy()
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for number in range(1, ROUNDS + 1):
        slope = -(weights - start) / PRIOR_DEVIATION**2
        for problem, text in lines:
            slope += _slope(problem, text, weights)
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        step = mean / (1 - 0.9**number) / (np.sqrt(square / (1 - 0.99**number)) + 1e-9)
        weights += STEP * (1 - number / (ROUNDS + 1)) * step
    return weights


def read_right(lines: Sequence[Example], weights: Weights) -> float:
    """Return the share of lines whose best way reads as the label says."""
    right = 0
    for problem, text in lines:
        values = np.asarray(problem.features) @ weights
        best = problem.lattice.best([float(values[edge.after]) for edge in problem.lattice.edges])
        right += "".join(str(problem.readings[index].digit) for index in best) == text
    return right / max(len(lines), 1)


def write_weights(weights: Weights, path: Path) -> None:
    """Write the module that holds the weights. Raises OSError."""
    rows = [
        f'    "{name}": {weight:.2f},\n' for name, weight in zip(FEATURES, weights, strict=True)
    ]
    write_file(path, f"{_HEAD}{''.join(rows)}}}\n".encode())


def _slope(problem: LineProblem, text: str, weights: Weights) -> Weights:
    """Return the derivative of the logarithm of the right way's probability."""
    features = np.asarray(problem.features)
    values = features @ weights
    right = _right_way(problem, text, values)
    if right is None:
        return np.zeros_like(weights)
    lattice = problem.lattice
    shares, _ = lattice.probabilities([float(values[edge.after]) for edge in lattice.edges])
    expected = np.zeros(len(features))
    np.add.at(expected, [edge.after for edge in lattice.edges], shares)
    return np.asarray(features[right].sum(axis=0) - expected @ features)


def _right_way(problem: LineProblem, text: str, values: NDArray[np.float64]) -> list[int] | None:
    """Return the best way that reads as the text does, or None where there is none."""
    reached: dict[tuple[int, int], tuple[float, list[int]]] = {(0, 0): (0.0, [])}
    targets = {edge.target for edge in problem.lattice.edges}
    sources = {edge.source for edge in problem.lattice.edges}
    for edge in problem.lattice.edges:
        for place in range(len(text)):
            before = reached.get((edge.source, place))
            if before is None or str(problem.readings[edge.after].digit) != text[place]:
                continue
            score = before[0] + float(values[edge.after])
            key = edge.target, place + 1
            if score > reached.get(key, (-math.inf, []))[0]:
                reached[key] = score, [*before[1], edge.after]
    ends = [reached[end, len(text)] for end in targets - sources if (end, len(text)) in reached]
    return max(ends)[1] if ends else None
