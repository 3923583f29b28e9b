"""Doubtful ink: drawings of the training data that a person found to teach the wrong thing.

Owns the list `data/doubtful_ink.jsonl` and how a drawing is recognised in it and elsewhere: by a
digest of its strokes, so that the list holds nobody's ink. `training audit` finds what may belong
there; a person decides. Applied to training and validation data alike, never to data kept for the
final figures.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Set
from pathlib import Path

import numpy as np

from digitpad.core.ink import Ink
from training.data.datasets import NO_DIGIT, InkSet

LIST_FILE = Path(__file__).with_name("doubtful_ink.jsonl")
LABEL_NAMES = [*map(str, range(10)), "no digit"]
"""What a drawing is given as, by label."""


def drawing_digest(ink: Ink) -> str:
    """Return 16 hexadecimal digits for a drawing's strokes.

    Where the drawing lies and the pressure do not matter; coordinates count to six decimals.
    """
    bounds = ink.bounds
    digest = hashlib.sha256()
    for stroke in ink.strokes:
        places = np.rint((stroke[:, :2] - (bounds.left, bounds.top)) * 1e6).astype("<i8")
        digest.update(len(places).to_bytes(8, "little"))
        digest.update(places.tobytes())
    return digest.hexdigest()[:16]


def doubtful_drawings(path: Path = LIST_FILE) -> Set[tuple[str, str]]:
    """Return the listed drawings: each one's digest with the label found doubtful for it."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {(row["drawing"], row["label"]) for row in rows}


def without_doubtful(data: InkSet, path: Path = LIST_FILE) -> InkSet:
    """Return the ink without the listed drawings; one that has been given another label stays."""
    listed = doubtful_drawings(path)
    kept = [
        place
        for place, (ink, label) in enumerate(zip(data.inks, data.labels, strict=True))
        if (drawing_digest(ink), name_of(int(label))) not in listed
    ]
    return data.pick(kept)


def without_repeats(data: InkSet) -> InkSet:
    """Return the ink with one of each drawing that comes again with the same strokes and label.

    UNIPEN lists some people under several names. A drawing on both sides of a split by writer
    would be validated on what was trained on. It stays with the first of its writers by name,
    whatever the order of the files.
    """
    first: dict[tuple[str, int], int] = {}
    for place in sorted(range(len(data)), key=data.writers.__getitem__):
        first.setdefault((drawing_digest(data.inks[place]), int(data.labels[place])), place)
    return data.pick(sorted(first.values()))


def name_of(label: int) -> str:
    """Return a label as the list writes it."""
    return LABEL_NAMES[min(label, NO_DIGIT)]
