"""Cross-validation over writers: how a recipe reads hands that it has not seen.

The writers are dealt into folds, one by one or a laboratory together, so that its tablet is unseen,
too. Each fold is read by a network, detector and all, that was fitted without any of its writers,
so that every writer of the training ink counts, and not only the few of the validation part: habits
are few people's each. Short fits on part of MNIST tell recipes apart; how good a recipe is in the
end they do not tell. Never run on ink kept for the final figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import compress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitpad.core.model_file import save_model
from training.augmentation.kept_ink import as_kept
from training.data.datasets import (
    DataError,
    InkSet,
    PictureSet,
    fold_of,
    source_of,
    split_ink,
    split_pictures,
)
from training.digit_detector import fit_digit_detector
from training.distribution import has_fellows
from training.evaluation import Answers, area_under_roc, joined, read_ink, reader_of
from training.finish import describe
from training.fit import fit
from training.material import Material
from training.recipe import Recipe
from training.report.figures import at_limit
from training.trajectory_fit import fit_trajectory
from training.writing import writing


@dataclass(frozen=True, slots=True)
class CrossPlan:
    """How short the fits are, and of how many folds."""

    folds: int = 4
    epochs: int = 8
    later_epochs: int = 2
    detector_epochs: int = 8
    pictures: int = 12_000
    """Of MNIST, beside the ink."""
    seed: int = 1
    by_source: bool = False
    """Deal whole sources instead of writers."""


def cross_validate(
    mnist: PictureSet, ink: InkSet, recipe: Recipe, plan: CrossPlan, folder: Path
) -> dict[str, Any]:
    """Return how the writers of `ink` are read by networks that were fitted without them.

    `mnist` is its training part. `folder` keeps the fits; the same call goes on from there. Raises
    DataError, also when a fold has no writers or there are several workers, and OSError.
    """
    # They meet once a process, which fits several networks here.
    if has_fellows():
        raise DataError("cross-validation is for one machine: start it without TF_CONFIG")
    places = _places(ink.writers, plan)
    if len(set(places.tolist())) < plan.folds:
        of_more = "sources" if plan.by_source else "writers"
        raise DataError(f"{plan.folds} folds need ink of more {of_more}")
    short = replace(
        recipe,
        seed=plan.seed,
        epochs=plan.epochs,
        later=replace(recipe.later, epochs=plan.later_epochs),
        detector=replace(recipe.detector, epochs=plan.detector_epochs),
    )
    to_fit, to_check = split_pictures(mnist)
    some = PictureSet(to_fit.pictures[: plan.pictures], to_fit.labels[: plan.pictures])
    writers: list[str] = []
    read, read_as_kept = [], []
    for number in range(plan.folds):
        print(f"Fold {number + 1} of {plan.folds}", flush=True)
        unseen = ink.pick(places == number)
        to_fit_ink, to_weigh = split_ink(ink.pick(places != number))
        material = Material(some, to_fit_ink, short)
        place = folder / f"fold-{number + 1}"
        model = fit("cnn", material, to_check, place)
        path = place / "cnn.npz"
        if not path.exists():  # `fit` has refused a folder of another recipe or other data.
            detector = fit_digit_detector(model, material)
            trajectory = fit_trajectory(material)
            described = describe(model, detector, trajectory, to_check, to_weigh, short)
            with writing(path):
                save_model(path, *described)
        kept = replace(unseen, inks=tuple(map(as_kept, unseen.inks)))
        reader = reader_of(path)
        writers += unseen.writers
        read.append(read_ink(reader, unseen))
        read_as_kept.append(read_ink(reader, kept))
    return _figures(writers, read, read_as_kept)


def _places(writers: Sequence[str], plan: CrossPlan) -> NDArray[np.int64]:
    """Return the fold of each drawing, by its writer."""
    if not plan.by_source:
        return np.array([fold_of(writer, 0, plan.folds) for writer in writers])
    # Sources differ in size a hundredfold: the largest first, each to the fold with the least ink.
    sizes = Counter(map(source_of, writers))
    filled = [0] * plan.folds
    fold = {}
    for source in sorted(sizes, key=lambda name: (-sizes[name], name)):
        fold[source] = filled.index(min(filled))
        filled[fold[source]] += sizes[source]
    return np.array([fold[source_of(writer)] for writer in writers])


def _figures(
    writers: Sequence[str], folds: Sequence[Answers], folds_as_kept: Sequence[Answers]
) -> dict[str, Any]:
    """Return the figures of all folds; how marks are told apart is the mean over folds.

    `writers` are those of all drawings, in the folds' order.
    """
    areas, passing = [], []
    for answers in folds:
        digit = answers.is_digit
        of_digits, of_others = answers.confidences[digit], answers.confidences[~digit]
        if len(of_digits) and len(of_others):
            areas.append(area_under_roc(of_digits, of_others))
            passing.append(at_limit(of_digits, of_others)["others_called_sure"])
    read, kept = joined(*folds), joined(*folds_as_kept)
    misread = read.is_digit & ~read.is_right
    figures: dict[str, Any] = {
        "digits": int(read.is_digit.sum()),
        "misread": int(misread.sum()),
        "misread_by_picture": int((read.is_digit & ~read.is_right_by_picture).sum()),
        "misread_as_kept": int((kept.is_digit & ~kept.is_right).sum()),
        "writers_with_a_mistake": len(set(compress(writers, misread))),
        "other_marks": int((~read.is_digit).sum()),
    }
    if areas:
        figures |= {
            "told_apart_auc": float(np.mean(areas)),
            "others_called_sure_at_limit": float(np.mean(passing)),
        }
    return figures
