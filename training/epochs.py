"""Epochs: the pictures of one epoch, freshly augmented, a function of seed and epoch alone.

They are made in a process of their own while the previous epoch trains, because painting ink is
Python work that would otherwise hold back the training's Python.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection

import numpy as np

from digitpad.core.ink import Ink
from digitpad.core.preprocess import GreyImage
from training.datasets import NO_DIGIT, InkSet, Pictures, PictureSet, pick_ink
from training.ink_augmentation import paint_varied
from training.made_up_marks import make_up_mark
from training.picture_augmentation import augment_pictures
from training.recipe import PictureStyle, Recipe

CHUNK = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """What an epoch is made of: the fitting parts of MNIST and of the ink."""

    mnist: PictureSet
    ink: InkSet | None
    recipe: Recipe

    @property
    def size(self) -> int:
        """Pictures in an epoch."""
        return len(self.mnist) + sum(copies for *_, copies in self.drawings()) + self.made_up

    @property
    def made_up(self) -> int:
        """Marks without a writer in an epoch; they only join others that are no digit."""
        if not self.has_other_marks:
            return 0
        real = len(self.mnist) + sum(copies for *_, copies in self.drawings())
        return round(self.recipe.made_up_share * real)

    @property
    def has_other_marks(self) -> bool:
        """Whether some of the ink is no digit."""
        return self.ink is not None and bool((self.ink.labels == NO_DIGIT).any())

    def of_digits(self) -> Material:
        """Return the same without the marks that are no digit."""
        if self.ink is None:
            return self
        chosen = pick_ink(self.ink, np.flatnonzero(self.ink.labels != NO_DIGIT).tolist())
        return Material(self.mnist, chosen, self.recipe)

    def drawings(self) -> Iterator[tuple[Ink, int, int]]:
        """Yield each drawing with its label and how often an epoch shows it."""
        if self.ink:
            recipe = self.recipe
            for ink, label in zip(self.ink.inks, self.ink.labels, strict=True):
                copies = recipe.other_copies if label == NO_DIGIT else recipe.ink_copies
                yield ink, int(label), copies


def make_epoch(material: Material, epoch: int) -> PictureSet:
    """Return the shuffled, augmented pictures of an epoch (counted from 0)."""
    rng = np.random.default_rng([material.recipe.seed, epoch])
    mnist, recipe = material.mnist, material.recipe
    pictures = np.empty((material.size, *mnist.pictures.shape[1:]), np.uint8)
    labels = np.empty(material.size, np.uint8)

    pictures[: len(mnist)] = mnist.pictures
    labels[: len(mnist)] = mnist.labels

    position = len(mnist)
    for label, painted in _painted(material, rng):
        labels[position] = label
        pictures[position] = np.rint(painted * 255)
        position += 1

    _augment(pictures[: len(mnist)], recipe.picture_style, rng)
    _augment(pictures[len(mnist) :], recipe.painted_style, rng)
    order = rng.permutation(material.size)
    return PictureSet(pictures[order], labels[order])


def _augment(pictures: Pictures, style: PictureStyle, rng: np.random.Generator) -> None:
    """Change pictures in place, a chunk at a time to bound the memory."""
    for start in range(0, len(pictures), CHUNK):
        part = pictures[start : start + CHUNK]
        batch = part.astype(np.float32) / np.float32(255)
        part[:] = np.rint(augment_pictures(batch, style, rng) * 255)


def _painted(material: Material, rng: np.random.Generator) -> Iterator[tuple[int, GreyImage]]:
    style = material.recipe.ink_style
    digits = []
    for ink, label, copies in material.drawings():
        if label != NO_DIGIT:
            digits.append(ink)
        for _ in range(copies):
            yield label, paint_varied(ink, label, style, rng)
    for _ in range(material.made_up):
        mark = make_up_mark(digits, rng)
        yield NO_DIGIT, paint_varied(mark, NO_DIGIT, style, rng)


@contextmanager
def epochs_ahead(material: Material, first: int, last: int) -> Iterator[Iterator[PictureSet]]:
    """Yield an iterator over epochs `first` to `last` - 1, the next one made in the background."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    worker = context.Process(target=_work, args=(theirs, material, first, last), daemon=True)
    worker.start()
    # With our copy closed, the worker's death ends `recv` and our death ends the worker's.
    theirs.close()

    def receive() -> Iterator[PictureSet]:
        for _ in range(first, last):
            yield ours.recv()

    try:
        yield receive()
    finally:
        ours.close()
        worker.terminate()
        worker.join()


def _work(pipe: Connection, material: Material, first: int, last: int) -> None:
    try:
        for epoch in range(first, last):
            pipe.send(make_epoch(material, epoch))
    except (BrokenPipeError, ConnectionResetError, KeyboardInterrupt):
        return
