"""Samples: a tiny MNIST and small sets of ink, made by rule; nobody's writing."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitpad.core.ink import Ink
from digitpad.core.ink_files import ink_to_json
from digitpad.core.preprocess import prepare_ink
from tests.synthetic_ink import digit_ink, varied
from training.data.datasets import NO_DIGIT, InkSet, PictureSet
from training.material import Material
from training.recipe import (
    DetectorRecipe,
    InkStyle,
    LaterRecipe,
    PictureStyle,
    Recipe,
    TrajectoryRecipe,
)

STILL_PICTURES = PictureStyle(
    rotation_degrees=0.0,
    shear=0.0,
    log_scale=0.0,
    shift_pixels=0.0,
    warp_pixels=0.0,
    thicken=0.0,
    contrast=0.0,
    unbent_share=0.0,
)
"""Augmentation that changes nothing."""
STILL_INK = InkStyle(
    rotation_degrees=0.0,
    shear=0.0,
    log_aspect=0.0,
    warp=0.0,
    stroke_shift=0.0,
    smallest_radius=1.1,
    largest_radius=1.1,
    styled_share=0.0,
    ends=(),
    sparse_share=0.0,
)
"""The same for ink, painted with the pad's own pen."""

CROSS = Ink.from_points([[(0.0, 0.0), (1.0, 1.0)], [(0.0, 1.0), (1.0, 0.0)]])
"""A mark that is no digit."""
DEGENERATE = {
    "one point": Ink.from_points([[(3.0, 4.0)]]),
    "one point twice": Ink.from_points([[(3.0, 4.0), (3.0, 4.0)]]),
    "two dots": Ink.from_points([[(0.0, 0.0)], [(1.0, 1.0)]]),
    "vertical line": Ink.from_points([[(2.0, 0.0), (2.0, 9.0)]]),
    "horizontal line": Ink.from_points([[(0.0, 2.0), (9.0, 2.0)]]),
    "tiny": Ink.from_points([[(0.0, 0.0), (2e-9, 1e-9)]]),
    "far out": Ink.from_points([[(9e8, 9e8), (9e8 + 1.0, 9e8 + 2.0)]]),
    "huge": Ink.from_points([[(-4e8, -4e8), (4e8, 4e8)]]),
}
"""Ink that has hardly any shape, or is at the limits of what ink may be."""


def digit_pictures(count: int, seed: int) -> PictureSet:
    """Return painted digits, as many of each as `count` allows."""
    rng = np.random.default_rng(seed)
    labels = (np.arange(count) % 10).astype(np.uint8)
    pictures = [prepare_ink(varied(digit_ink(int(label)), rng)) for label in labels]
    return PictureSet(np.rint(np.array(pictures) * 255).astype(np.uint8), labels)


def ink_set(labels: Sequence[int], seed: int = 3) -> InkSet:
    """Return drawings with the given labels, a cross for NO_DIGIT, each by another writer."""
    rng = np.random.default_rng(seed)
    inks = [CROSS if label == NO_DIGIT else digit_ink(label) for label in labels]
    writers = [f"writer {number}" for number in range(len(labels))]
    return labelled_ink([varied(ink, rng) for ink in inks], labels, writers)


def labelled_ink(inks: Sequence[Ink], labels: Sequence[int], writers: Sequence[str]) -> InkSet:
    """Return a set of drawings; those labelled NO_DIGIT are of the kind "x"."""
    kinds = tuple("x" if label == NO_DIGIT else str(label) for label in labels)
    return InkSet(tuple(inks), np.array(labels, np.uint8), tuple(writers), kinds)


def small_material(**numbers: Any) -> Material:
    """Return 40 pictures and 12 drawings with a recipe for seconds; `numbers` change it."""
    ink = ink_set([*range(10), NO_DIGIT, NO_DIGIT])
    return Material(digit_pictures(40, seed=4), ink, small_recipe(**numbers))


def small_recipe(**numbers: Any) -> Recipe:
    """Return a recipe that makes little of its own; `numbers` change it."""
    few = {"epochs": 3, "batch_size": 32, "styled_digits": 4, "made_up_marks": 3}
    detector = DetectorRecipe(channels=16, hidden_units=8, epochs=3)
    small = {"detector": detector, "trajectory": TrajectoryRecipe(hidden_units=(8,), epochs=3)}
    later = {"later": LaterRecipe(epochs=2)}
    return Recipe(**{**few, "averaging_momentum": 0.9, **small, **later, **numbers})


def write_idx(path: Path, array: NDArray[np.uint8]) -> None:
    """Write an IDX file of bytes, gzipped when the name ends in `.gz`."""
    header = bytes([0, 0, 8, array.ndim]) + np.array(array.shape, ">u4").tobytes()
    data = header + array.tobytes()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)


def write_mnist(folder: Path, part: str, data: PictureSet, suffix: str = "") -> None:
    """Write the two IDX files of a part of MNIST."""
    write_idx(folder / f"{part}-images-idx3-ubyte{suffix}", data.pictures)
    write_idx(folder / f"{part}-labels-idx1-ubyte{suffix}", data.labels)


def write_ink(path: Path, data: InkSet) -> None:
    """Write an ink file."""
    rows = zip(data.inks, data.kinds, data.writers, strict=True)
    lines = [ink_to_json(ink, of, by) for ink, of, by in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
