"""An epoch is a function of seed and number, also when it is made ahead in another process."""

from __future__ import annotations

import multiprocessing
from dataclasses import replace

import numpy as np
import pytest

from digitpad.core.preprocess import prepare_ink
from tests.training.samples import (
    STILL_INK,
    STILL_PICTURES,
    digit_pictures,
    ink_set,
    small_material,
)
from training.augmentation.pictures import CHUNK
from training.data.datasets import NO_DIGIT, DataError, PictureSet
from training.epochs import EpochMaker, epochs_ahead
from training.material import Material
from training.recipe import Recipe

NO_PICTURES = PictureSet(np.empty((0, 28, 28), np.uint8), np.empty(0, np.uint8))


def assert_same(one: PictureSet, other: PictureSet) -> None:
    np.testing.assert_array_equal(one.pictures, other.pictures)
    np.testing.assert_array_equal(one.labels, other.labels)


def make_epoch(material: Material, epoch: int) -> PictureSet:
    return EpochMaker(material).make(epoch)


def test_an_epoch_depends_on_seed_and_number_alone() -> None:
    # Given
    epoch = make_epoch(small_material(), 1)

    # When: other epochs come before, and the global random numbers have moved on
    maker = EpochMaker(small_material())
    maker.make(5)
    maker.make(0)
    np.random.random(5)
    again = maker.make(1)

    # Then
    assert_same(epoch, again)
    assert not np.array_equal(epoch.pictures, make_epoch(small_material(), 2).pictures)
    assert not np.array_equal(epoch.pictures, make_epoch(small_material(seed=2), 1).pictures)


def test_an_epoch_holds_mnist_and_several_batches_of_ink_and_what_is_made_up() -> None:
    # Given: 40 pictures, ten drawn digits and two other marks
    material = small_material(painted_life=3, other_copies=2, styled_digits=7, made_up_marks=5)

    # When
    data = make_epoch(material, 0)

    # Then
    assert len(data) == len(data.pictures) == material.size == 40 + 3 * (10 + 2 * 2 + 7 + 5)
    counts = np.bincount(data.labels, minlength=NO_DIGIT + 1)
    assert (counts[:10] >= 4 + 3).all()
    assert counts[NO_DIGIT:].tolist() == [3 * 2 * 2, 3 * 5]
    assert data.pictures.dtype == data.labels.dtype == np.uint8


def test_a_painted_picture_is_part_of_several_epochs_on_end() -> None:
    # Given: painting that varies, and nothing done to what is painted
    recipe = Recipe(painted_life=2, styled_digits=0, made_up_marks=0, painted_style=STILL_PICTURES)
    maker = EpochMaker(Material(NO_PICTURES, ink_set([3, 5, 8]), recipe))

    # When
    shown = [{picture.tobytes() for picture in maker.make(epoch).pictures} for epoch in range(3)]

    # Then: of six pictures, three are new in each epoch
    assert [len(pictures) for pictures in shown] == [6, 6, 6]
    assert len(shown[0] & shown[1]) == len(shown[1] & shown[2]) == 3
    assert not shown[0] & shown[2]


def test_without_ink_an_epoch_is_mnist_alone() -> None:
    # Given
    material = Material(digit_pictures(40, seed=4), None, Recipe())

    # When
    data = make_epoch(material, 0)

    # Then
    assert len(data) == material.size == 40
    assert np.bincount(data.labels).tolist() == [4] * 10


@pytest.mark.parametrize("count", [7, CHUNK + 7])
def test_pictures_are_shuffled_with_their_labels(count: int) -> None:
    # Given: augmentation that changes nothing, and pictures that name their label
    rng = np.random.default_rng(1)
    pictures = rng.integers(0, 256, (count, 28, 28)).astype(np.uint8)
    labels = (np.arange(count) % 10).astype(np.uint8)
    pictures[:, 0, 0] = labels
    recipe = Recipe(picture_style=STILL_PICTURES)

    # When
    data = make_epoch(Material(PictureSet(pictures, labels), None, recipe), 0)

    # Then: each picture is there once, under its label, and the order is another
    np.testing.assert_array_equal(data.pictures[:, 0, 0], data.labels)
    shown = sorted(picture.tobytes() for picture in data.pictures)
    assert shown == sorted(picture.tobytes() for picture in pictures)
    assert not np.array_equal(data.labels, labels)


def test_ink_is_painted_under_its_own_label() -> None:
    # Given: augmentation that changes nothing
    ink = ink_set([3, 5, NO_DIGIT])
    recipe = Recipe(
        painted_life=2,
        other_copies=1,
        styled_digits=0,
        made_up_marks=0,
        ink_style=STILL_INK,
        painted_style=STILL_PICTURES,
        seed=5,
    )

    # When
    data = make_epoch(Material(NO_PICTURES, ink, recipe), 0)

    # Then
    assert sorted(data.labels.tolist()) == [3, 3, 5, 5, NO_DIGIT, NO_DIGIT]
    for drawing, label in zip(ink.inks, ink.labels, strict=True):
        painted = prepare_ink(drawing) * 255
        for picture in data.pictures[data.labels == label]:
            assert np.abs(picture - painted).max() <= 1.0


def test_kinds_of_other_marks_have_labels_of_their_own_and_rare_ones_share_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Given: more kinds than there are labels
    monkeypatch.setattr("training.material.MOST_KINDS", 2)
    marks = ink_set([7, *[NO_DIGIT] * 5])
    ink = replace(marks, kinds=("7", "?", "&", "?", "A", "&"))
    recipe = Recipe(painted_life=1, other_copies=1, styled_digits=0, made_up_marks=0)
    material = Material(NO_PICTURES, ink, recipe)

    # When
    data = make_epoch(material, 0)

    # Then
    assert material.kinds == (*map(str, range(10)), "&", "?", "other")
    counts = np.bincount(data.labels, minlength=13)
    assert (counts[7], *counts[10:]) == (1, 2, 2, 1)


def test_of_digits_leaves_other_marks_out() -> None:
    # Given: forty pictures, ten drawn digits and two other marks
    material = small_material(painted_life=1, styled_digits=0)

    # When
    data = make_epoch(material.of_digits(), 0)

    # Then
    assert material.has_other_marks
    assert not material.of_digits().has_other_marks
    assert np.bincount(data.labels).tolist() == [4 + 1] * 10


def test_ink_of_other_marks_alone_makes_an_epoch_too() -> None:
    # Given
    recipe = Recipe(painted_life=1, other_copies=2, styled_digits=0, made_up_marks=6)
    material = Material(digit_pictures(10, seed=1), ink_set([NO_DIGIT] * 5), recipe)

    # When
    data = make_epoch(material, 0)

    # Then
    assert (data.labels >= NO_DIGIT).sum() == 2 * 5 + 6


def test_epochs_made_ahead_are_the_same_in_order() -> None:
    # Given
    material = small_material()

    # When
    with epochs_ahead(material, 1, 4) as epochs:
        made = list(epochs)

    # Then
    assert len(made) == 3
    for number, data in enumerate(made, start=1):
        assert_same(data, make_epoch(material, number))


def test_the_process_that_makes_epochs_ends_with_the_context() -> None:
    # Given
    before = set(multiprocessing.active_children())

    # When: only one of many epochs is taken
    with epochs_ahead(small_material(), 0, 1_000) as epochs:
        next(epochs)
        during = set(multiprocessing.active_children()) - before

    # Then
    assert len(during) == 1
    assert set(multiprocessing.active_children()) == before


def test_the_process_that_makes_epochs_ends_when_training_fails() -> None:
    # Given
    before = set(multiprocessing.active_children())

    # When
    with pytest.raises(OSError, match="full"), epochs_ahead(small_material(), 0, 1_000) as epochs:
        next(epochs)
        raise OSError("full")

    # Then
    assert set(multiprocessing.active_children()) == before


def test_a_failure_where_epochs_are_made_is_no_endless_wait() -> None:
    # Given: material that cannot be augmented
    broken = replace(
        small_material(), mnist=PictureSet(np.zeros((3, 28), np.uint8), np.zeros(3, np.uint8))
    )

    # When / then
    with epochs_ahead(broken, 0, 2) as epochs, pytest.raises(DataError, match="has ended"):
        next(epochs)
