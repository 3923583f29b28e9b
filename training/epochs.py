"""Epochs: the pictures of one epoch, freshly augmented, a function of seed and epoch alone.

They are made in a process of their own while the previous epoch trains, because painting ink is
Python work that would otherwise hold back the training's Python.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

import numpy as np

from digitpad.core.preprocess import IMAGE_SIZE, GreyImage
from training.augmentation.digit_styles import STYLES, write_digit
from training.augmentation.ink import paint_varied
from training.augmentation.made_up_marks import make_up_mark
from training.augmentation.pictures import augment_in_place
from training.data.datasets import NO_DIGIT, DataError, PictureSet
from training.heap import keep_freed_memory
from training.material import Material

PAINTING = 1
"""Sets the random numbers of painted sets apart from those of epochs."""
MAKER_ENDED = (
    "the process that makes pictures has ended, perhaps for want of memory; "
    "the same command goes on from the last epoch"
)


class EpochMaker:
    """Makes epochs, each a function of the material and its number alone.

    Painting is slow, so each painted set is shown in `painted_life` epochs on end, bent afresh in
    each. Those of the last epoch are kept for the next.
    """

    def __init__(self, material: Material) -> None:
        self._material = material
        self._painted: dict[int, PictureSet] = {}

    def make(self, epoch: int) -> PictureSet:
        """Return the shuffled, augmented pictures of an epoch (counted from 0)."""
        material, recipe = self._material, self._material.recipe
        numbers = range(epoch, epoch + recipe.painted_life) if material.ink else ()
        kept = self._painted
        self._painted = {
            number: kept[number] if number in kept else _paint(material, number)
            for number in numbers
        }
        parts = [material.mnist, *self._painted.values()]
        pictures = np.concatenate([part.pictures for part in parts])
        labels = np.concatenate([part.labels for part in parts])

        rng = np.random.default_rng([recipe.seed, epoch])
        augment_in_place(pictures[: len(material.mnist)], recipe.picture_style, rng)
        augment_in_place(pictures[len(material.mnist) :], recipe.painted_style, rng)
        order = rng.permutation(len(pictures))
        return PictureSet(pictures[order], labels[order])


def _paint(material: Material, number: int) -> PictureSet:
    """Return a painted set, a function of material and number alone."""
    rng = np.random.default_rng([material.recipe.seed, number, PAINTING])
    pictures = np.empty((material.painted_size, IMAGE_SIZE, IMAGE_SIZE), np.uint8)
    labels = np.empty(material.painted_size, np.uint8)
    for place, (label, picture) in enumerate(_painted_one_by_one(material, rng)):
        labels[place] = label
        pictures[place] = np.rint(picture * 255)
    return PictureSet(pictures, labels)


def _painted_one_by_one(
    material: Material, rng: np.random.Generator
) -> Iterator[tuple[int, GreyImage]]:
    style = material.recipe.ink_style
    rest = material.rest
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
