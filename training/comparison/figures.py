"""Figures: all that the comparison measured, as one JSON object, with means and spreads.

Owns the object's shape, which the page and the plots read. The spread is the standard deviation
between the seeds (of a sample; 0 for a single seed).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from training.architectures import FAMILIES, multiply_adds
from training.comparison.fitting import answers_to
from training.comparison.keeping import Trainings
from training.comparison.plan import Plan, Training
from training.comparison.sweeps import SWEEPS, accuracies, all_changed, spread_out
from training.comparison.timing import single_image_times
from training.data.datasets import InkSet, PictureSet
from training.export import layer_list, weight_arrays
from training.inputs import Inputs, painted_inputs

Figures = dict[str, Any]
DATA = (False, True)
"""Without and with augmentation."""


def measured(
    plan: Plan, trainings: Trainings, data: PictureSet, test: PictureSet, ink: InkSet | None
) -> Figures:
    """Return the figures of finished trainings; what they do not know yet is measured here."""
    models = {name: family.build() for name, family in FAMILIES.items()}
    return {
        "plan": plan.as_json(),
        "training_images": len(data),
        "test_images": len(test),
        "families": _families(models),
        "results": [
            {"family": name, "augmented": augmented, **_result(plan, trainings, name, augmented)}
            for name in FAMILIES
            for augmented in DATA
        ],
        "data_curves": list(_data_curves(plan, trainings)),
        **_beyond_mnist(plan, trainings, models, test, ink),
    }


def summary(values: Sequence[float]) -> dict[str, Any]:
    """Return mean and spread of one figure over the seeds, with the values themselves."""
    spread = float(np.std(values, ddof=1)) if len(values) > 1 else 0.0
    return {"mean": float(np.mean(values)), "spread": spread, "of_seeds": list(values)}


def row_of(rows: Sequence[Figures], family: str, augmented: bool) -> Figures:
    """Return the one of results or curves that is a family's, with or without augmentation."""
    (found,) = (row for row in rows if (row["family"], row["augmented"]) == (family, augmented))
    return found


def result_of(figures: Figures, family: str, augmented: bool) -> Figures:
    """Return the result of a family with or without augmentation."""
    return row_of(figures["results"], family, augmented)


def _families(models: Mapping[str, keras.Sequential]) -> list[Figures]:
    parts = {name: (layer_list(model), weight_arrays(model)) for name, model in models.items()}
    times = single_image_times(parts)
    return [
        {
            "name": name,
            "title": FAMILIES[name].title,
            "parameters": model.count_params(),
            "multiply_adds": multiply_adds(model),
            "numpy_microseconds": times[name],
        }
        for name, model in models.items()
    ]


def _of_seeds(
    plan: Plan, trainings: Trainings, family: str, augmented: bool, images: int
) -> list[Figures]:
    every = [trainings.figures(Training(family, augmented, images, seed)) for seed in plan.seeds]
    return [figures for figures in every if figures is not None]


def _result(plan: Plan, trainings: Trainings, family: str, augmented: bool) -> Figures:
    """Return means, confusion (counts over all seeds) and learning curves (means over seeds)."""
    seeds = _of_seeds(plan, trainings, family, augmented, plan.images)
    return {
        **{
            key: summary([figures[key] for figures in seeds])
            for key in ("train_accuracy", "test_accuracy", "cpu_seconds")
        },
        "confusion": np.sum([figures["confusion"] for figures in seeds], axis=0).tolist(),
        "learning_curve": {
            part: [
                summary(values)
                for values in zip(
                    *(figures["learning_curve"][part] for figures in seeds), strict=True
                )
            ]
            for part in ("train", "test")
        },
    }


def _data_curves(plan: Plan, trainings: Trainings) -> Iterator[Figures]:
    for family in FAMILIES:
        for augmented in DATA:
            points = []
            for images in plan.sizes():
                seeds = _of_seeds(plan, trainings, family, augmented, images)
                accuracy = summary([figures["test_accuracy"] for figures in seeds])
                points.append({"images": images, "test_accuracy": accuracy})
            yield {"family": family, "augmented": augmented, "points": points}


def _beyond_mnist(
    plan: Plan,
    trainings: Trainings,
    models: Mapping[str, keras.Sequential],
    test: PictureSet,
    ink: InkSet | None,
) -> Figures:
    """Return the accuracies on changed test pictures, and on real ink if there is some."""
    few = spread_out(test, plan.distorted_pictures)
    changed = all_changed(few.pictures)
    painted = _painted(ink) if ink else None
    sweeps: list[Figures] = [
        {"name": sweep.name, "unit": sweep.unit, "steps": list(sweep.steps), "curves": []}
        for sweep in SWEEPS
    ]
    of_ink = []
    for name, model in models.items():
        for augmented in DATA:
            runs, on_ink = [], []
            for seed in plan.seeds:
                weights = trainings.weights(Training(name, augmented, plan.images, seed))
                model.set_weights(weights)
                runs.append(accuracies(answers_to(model, changed), few.labels))
                if painted:
                    inputs, labels = painted
                    on_ink.append(float(np.mean(answers_to(model, inputs) == labels)))
            which = {"family": name, "augmented": augmented}
            for sweep in sweeps:
                each = zip(*(run[sweep["name"]] for run in runs), strict=True)
                sweep["curves"].append({**which, "accuracy": [summary(values) for values in each]})
            if painted:
                of_ink.append({**which, "accuracy": summary(on_ink)})
    found: Figures = {"changed_pictures": len(few), "sweeps": sweeps}
    if painted:
        found["ink"] = {"digits": len(painted[1]), "results": of_ink}
    return found


def _painted(ink: InkSet) -> tuple[Inputs, NDArray[np.uint8]]:
    """Return the digits as the pad would show them to a network, with their labels."""
    digits = ink.pick(ink.is_digit)
    return painted_inputs(digits.inks), digits.labels
