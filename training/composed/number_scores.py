"""Number scores: how many numbers of an ink file the pad's own reader reads entirely right.

As ink, and as pictures of it in which nothing tells where a stroke began.
"""

from __future__ import annotations

import json
from itertools import chain, compress
from pathlib import Path
from typing import Any

import numpy as np

from digitpad.core.ink_files import BadInkLine, InkItem, parse_ink_line
from digitpad.core.ink_lines import InkFileError, ink_batches
from digitpad.core.reader import Reader
from digitpad.core.reasons import reason_of
from training.composed.painted_numbers import paint_number
from training.data.datasets import DataError
from training.evaluation import share_right


def number_scores(reader: Reader, path: Path) -> dict[str, Any]:
    """Return the shares of numbers and of digits that are read right, of a file of numbers.

    A digit is right when it stands at its place; of a number with too many or too few digits the
    longest run of right ones is counted. Raises DataError.
    """
    numbers, painted, digits, touching = [], [], [], []
    for place, (item, touches) in enumerate(_items(path)):
        label, text = item.label or "", reader.read(item.ink).text
        touching.append(touches)
        numbers.append(text == label)
        digits += _matches(label, text)
        picture = paint_number(item.ink, np.random.default_rng(place))
        painted.append(reader.read(picture).text == label)
    return {
        "numbers": share_right(numbers),
        "digits": share_right(digits),
        "numbers_with_touching_digits": share_right(list(compress(numbers, touching))),
        "painted_numbers": share_right(painted),
        "painted_numbers_with_touching_digits": share_right(list(compress(painted, touching))),
    }


def _items(path: Path) -> list[tuple[InkItem, bool]]:
    """Return the drawings that `python -m training numbers` wrote, and whether digits touch."""
    found = []
    try:
        with path.open("rb", buffering=0) as file:
            for line in chain.from_iterable(ink_batches(file)):
                item = parse_ink_line(line)
                if isinstance(item, BadInkLine):
                    raise DataError(f"{path} line {item.line}: {item.reason}")
                if not item.label:
                    raise DataError(f"{path} line {line.number}: has no label")
                found.append((item, bool(json.loads(line.content).get("touching"))))
    except (OSError, InkFileError) as error:
        raise DataError(f"{path}: {reason_of(error)}") from None
    return found


def _matches(label: str, text: str) -> list[bool]:
    """Return for each digit of the label whether it is read: the longest common subsequence."""
    longest = [[0] * (len(text) + 1) for _ in range(len(label) + 1)]
    for row, wanted in enumerate(label):
        for column, found in enumerate(text):
            longest[row + 1][column + 1] = (
                longest[row][column] + 1
                if wanted == found
                else max(longest[row][column + 1], longest[row + 1][column])
            )
    right = longest[-1][-1]
    return [True] * right + [False] * (len(label) - right)
