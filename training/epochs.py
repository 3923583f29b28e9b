"""Epochs: the pictures of one epoch, freshly augmented, a function of seed and epoch alone.

They are made in a process of their own while the previous epoch trains, because painting ink is
Python work that would otherwise hold back the training's Python.
"""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection

import numpy as np

from digitpad.core.ink import Ink
from digitpad.core.preprocess import IMAGE_SIZE, GreyImage
from training.augmentation.digit_styles import STYLES, write_digit
from training.augmentation.ink import paint_varied
from training.augmentation.made_up_marks import make_up_mark
from training.augmentation.pictures import augment_pictures
from training.data.datasets import (
    DIGIT_LABELS,
    NO_DIGIT,
    DataError,
    InkSet,
    Pictures,
    PictureSet,
)
from training.heap import keep_freed_memory
from training.recipe import PictureStyle, Recipe

CHUNK = 1_000
PAINTING = 1
"""Sets the random numbers of painted batches apart from those of epochs."""
MOST_KINDS = 200
"""Kinds of other marks with a label of their own; rarer ones share one, for a label is a byte."""
REST = "other"
"""The kind of rarer marks and of those that are made up."""
MAKER_ENDED = (
    "the process that makes pictures has ended, perhaps for want of memory; "
    "the same command goes on from the last epoch"
)


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """What an epoch is made of: the fitting parts of MNIST and of the ink."""

    mnist: PictureSet
    ink: InkSet | None
    recipe: Recipe

    @property
    def size(self) -> int:
        """Pictures in an epoch."""
        return len(self.mnist) + self.recipe.painted_life * self.batch_size

    @property
    def batch_size(self) -> int:
        """Pictures in a painted batch."""
        return sum(copies for *_, copies in self.drawings()) + self.styled + self.made_up

    @property
    def styled(self) -> int:
        """Digits written from templates in a painted batch; they only join a person's ink."""
        return self.recipe.styled_digits if self.ink else 0

    @property
    def made_up(self) -> int:
        """Marks without a writer in a painted batch; they only join others that are no digit."""
        return self.recipe.made_up_marks if self.has_other_marks else 0

    @property
    def has_other_marks(self) -> bool:
        """Whether some of the ink is no digit."""
        return self.ink is not None and not self.ink.is_digit.all()

    @property
    def kinds(self) -> tuple[str, ...]:
        """What the labels of an epoch stand for: the ten digits, kinds of other marks, and REST."""
        counts: Counter[str] = Counter()
        if self.ink:
            labelled = zip(self.ink.kinds, self.ink.labels, strict=True)
            counts.update(kind for kind, label in labelled if label >= NO_DIGIT)
        common = sorted(counts, key=lambda kind: (-counts[kind], kind))[:MOST_KINDS]
        return (*DIGIT_LABELS, *sorted(common), REST)

    def of_digits(self) -> Material:
        """Return the same without the marks that are no digit."""
        if self.ink is None:
            return self
        return replace(self, ink=self.ink.pick(self.ink.is_digit))

    def drawings(self) -> Iterator[tuple[Ink, int, int]]:
        """Yield each drawing with its kind's place and how often a painted batch shows it."""
        if self.ink:
            places = {kind: place for place, kind in enumerate(self.kinds)}
            rest = places[REST]
            for ink, kind, label in zip(
                self.ink.inks, self.ink.kinds, self.ink.labels, strict=True
            ):
                if label < NO_DIGIT:
                    yield ink, int(label), 1
                else:
                    yield ink, places.get(kind, rest), self.recipe.other_copies


class EpochMaker:
    """Makes epochs, each a function of the material and its number alone.

    Painting is slow, so ink is painted in batches and each batch is part of `painted_life` epochs
    on end, bent afresh in each. The batches of the last epoch are kept.
    """

    def __init__(self, material: Material) -> None:
        self._material = material
        self._batches: dict[int, PictureSet] = {}

    def make(self, epoch: int) -> PictureSet:
        """Return the shuffled, augmented pictures of an epoch (counted from 0)."""
        material, recipe = self._material, self._material.recipe
        numbers = range(epoch, epoch + recipe.painted_life) if material.ink else ()
        kept = self._batches
        self._batches = {
            number: kept[number] if number in kept else _paint_batch(material, number)
            for number in numbers
        }
        parts = [material.mnist, *self._batches.values()]
        pictures = np.concatenate([part.pictures for part in parts])
        labels = np.concatenate([part.labels for part in parts])

        rng = np.random.default_rng([recipe.seed, epoch])
        _augment(pictures[: len(material.mnist)], recipe.picture_style, rng)
        _augment(pictures[len(material.mnist) :], recipe.painted_style, rng)
        order = rng.permutation(len(pictures))
        return PictureSet(pictures[order], labels[order])


def _augment(pictures: Pictures, style: PictureStyle, rng: np.random.Generator) -> None:
    """Change pictures in place, a chunk at a time to bound the memory."""
    for start in range(0, len(pictures), CHUNK):
        part = pictures[start : start + CHUNK]
        batch = part.astype(np.float32) / np.float32(255)
        part[:] = np.rint(augment_pictures(batch, style, rng) * 255)


def _paint_batch(material: Material, number: int) -> PictureSet:
    """Return one picture of each drawing and what is made up, a function of the number alone."""
    rng = np.random.default_rng([material.recipe.seed, number, PAINTING])
    pictures = np.empty((material.batch_size, IMAGE_SIZE, IMAGE_SIZE), np.uint8)
    labels = np.empty(material.batch_size, np.uint8)
    for position, (label, painted) in enumerate(_painted(material, rng)):
        labels[position] = label
        pictures[position] = np.rint(painted * 255)
    return PictureSet(pictures, labels)


def _painted(material: Material, rng: np.random.Generator) -> Iterator[tuple[int, GreyImage]]:
    style = material.recipe.ink_style
    rest = len(material.kinds) - 1
    digits = []
    for ink, label, copies in material.drawings():
        if label < NO_DIGIT:
            digits.append(ink)
        for _ in range(copies):
            yield label, paint_varied(ink, label, style, rng)
    for _ in range(material.styled):
        template = STYLES[rng.integers(len(STYLES))]
        ink = write_digit(template, rng)
        yield template.label, paint_varied(ink, template.label, style, rng)
    for _ in range(material.made_up):
        mark = make_up_mark(digits, rng)
        yield rest, paint_varied(mark, rest, style, rng)


@contextmanager
def epochs_ahead(material: Material, first: int, last: int) -> Iterator[Iterator[PictureSet]]:
    """Yield an iterator over epochs `first` to `last` - 1, the next one made in the background.

    Raises DataError when the process that makes them has ended, whatever the block makes of that.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    worker = context.Process(target=_work, args=(theirs, material, first, last), daemon=True)
    worker.start()
    # With our copy closed, the worker's death ends `recv` and our death ends the worker's.
    theirs.close()
    lost: list[DataError] = []

    def receive() -> Iterator[PictureSet]:
        for _ in range(first, last):
            try:
                yield ours.recv()
            except (EOFError, OSError):
                lost.append(DataError(MAKER_ENDED))
                raise lost[0] from None

    try:
        yield receive()
    except Exception:
        # Keras' `fit` turns what its pictures raise into pages about a graph that failed.
        if lost:
            raise lost[0] from None
        raise
    finally:
        ours.close()
        worker.terminate()
        worker.join()


def _work(pipe: Connection, material: Material, first: int, last: int) -> None:
    keep_freed_memory()
    try:
        maker = EpochMaker(material)
        for epoch in range(first, last):
            pipe.send(maker.make(epoch))
    except (BrokenPipeError, ConnectionResetError, KeyboardInterrupt):
        return
