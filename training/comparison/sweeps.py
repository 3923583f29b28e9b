"""Sweeps: how far test pictures are moved, turned and changed, and by what steps.

The changes themselves are `digitpad.core.explain.distortion`'s, the very same that a person tries
with the sliders of the pad.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.core.explain.distortion import Distortion
from training.data.datasets import Labels, PictureSet
from training.inputs import Inputs

DIRECTIONS = ((1, 0), (0, 1), (-1, 0), (0, -1))
"""Right, down, left, up."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """One kind of change, in steps; one of them changes nothing."""

    name: str
    unit: str
    """The label of the axis."""
    steps: tuple[float, ...]
    of_picture: Callable[[float, int], Distortion]
    """The change of a step to the picture of a number: ways that are alike take turns."""

    def changed(self, step: float, pictures: NDArray[np.uint8]) -> Inputs:
        """Return pictures of shape (n, 28, 28) changed by a step, as the network's input."""
        grey = pictures.astype(np.float32) / np.float32(255)
        changed = [
            self.of_picture(step, number).apply(picture) for number, picture in enumerate(grey)
        ]
        return np.array(changed, np.float32)[..., None]


def _shifted(step: float, number: int) -> Distortion:
    right, down = DIRECTIONS[number % 4]
    return Distortion(right=step * right, down=step * down)


SWEEPS = (
    Sweep("shift", "moved by (pixels)", (0, 1, 2, 3, 4, 5, 6), _shifted),
    Sweep(
        "turn",
        "turned by (degrees)",
        (0, 5, 10, 15, 20, 25, 30, 35, 40, 45),
        lambda step, number: Distortion(turn=step if number % 2 else -step),
    ),
    Sweep(
        "size",
        "size (1 = as written)",
        (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4),
        lambda step, number: Distortion(scale=step),
    ),
    Sweep(
        "thickness",
        "thicker by (pixels; thinner below 0)",
        (-1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0),
        lambda step, number: Distortion(thicken=step),
    ),
    Sweep(
        "noise",
        "noise (standard deviation; ink is 1)",
        (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6),
        lambda step, number: Distortion(noise=step, seed=number + 1),
    ),
    Sweep(
        "cover",
        "share of the picture covered",
        (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4),
        lambda step, number: Distortion(cover=step, seed=number + 1),
    ),
)


def spread_out(data: PictureSet, count: int) -> PictureSet:
    """Return at most `count` pictures, taken evenly from the whole set."""
    places = np.unique(np.linspace(0, len(data) - 1, min(count, len(data))).round().astype(int))
    return data.pick(places.tolist())


def all_changed(pictures: NDArray[np.uint8]) -> Inputs:
    """Return the pictures at every step of every sweep, one set behind the other."""
    return np.concatenate(
        [sweep.changed(step, pictures) for sweep in SWEEPS for step in sweep.steps]
    )


def accuracies(answers: NDArray[np.intp], labels: Labels) -> dict[str, list[float]]:
    """Return the share of right answers to `all_changed` by sweep and step."""
    right = (answers.reshape(-1, len(labels)) == labels).mean(axis=1).tolist()
    by_step = iter(right)
    return {sweep.name: [next(by_step) for _ in sweep.steps] for sweep in SWEEPS}
