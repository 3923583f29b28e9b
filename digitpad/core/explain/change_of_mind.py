"""Change of mind: the smallest smooth change of a picture that makes the network answer otherwise.

Owns the search, DeepFool's (Moosavi-Dezfooli et al. 2016) with two changes, so that its result is
one that a person can see and a pen could have made. What it changes is smooth: a step is not the
gradient, but the gradient smoothed as a pen's width would, which is the shortest step when lengths
are taken of what was there before the smoothing. And grey stays between paper and ink.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.core.explain.gradients import GradientNetwork
from digitpad.core.model_file import Model
from digitpad.core.preprocess import IMAGE_SIZE, GreyImage

SMOOTHNESS = 1.0
"""Standard deviation of the smoothing, in pixels: about the radius of the pen."""
NEAREST = 3
"""Answers that are tried, those that look nearest from here."""
STEPS = 12
"""Most steps towards each; an answer not reached by then is too far."""
OVERSHOOT = 0.1
"""How much further than a straight line says each step goes, as the network bends away."""
HALVINGS = 6
"""How often the way back is halved, to stop just behind the border."""


@dataclass(frozen=True, slots=True, eq=False)
class ChangeOfMind:
    """The closest other answer, and what is just far enough from the picture to get it."""

    answer: int
    """What the picture is read as."""
    other: int
    """What the changed picture is read as."""
    distance: float
    """Grey added and removed, as a share of all the picture's ink: at 0.1, as much as a tenth."""
    added: float
    """Of the distance, what was added."""
    removed: float
    """Of the distance, what was taken away."""
    pixels: GreyImage
    """The changed picture, shape (28, 28)."""


class MindChanger:
    """Looks for changes of mind of one model; belongs to one thread."""

    def __init__(self, model: Model) -> None:
        self._network = model.network()
        self._gradients = GradientNetwork(model)
        self._smoothing = _smoothing(SMOOTHNESS)

    def change(self, pixels: GreyImage) -> ChangeOfMind | None:
        """Return the closest change found for a picture, or None if none is near.

        An empty picture has no ink to measure a change by: None too.
        """
        ink = float(pixels.sum())
        if ink <= 0:
            return None
        run = self._gradients.run(np.repeat(pixels[None], 10, axis=0))
        logits = run.logits[0]
        answer = int(logits.argmax())
        slopes = run.slopes(np.eye(10, dtype=np.float32))
        ahead = slopes - slopes[answer]
        lengths = np.sqrt((ahead * self._smoothed(ahead)).sum(axis=(1, 2)))
        lengths[answer] = np.inf
        with np.errstate(divide="ignore"):
            away = np.where(np.isfinite(lengths), (logits[answer] - logits) / lengths, np.inf)
        found = [
            change
            for rival in np.argsort(away)[:NEAREST].tolist()
            if (change := self._towards(pixels, answer, rival)) is not None
        ]
        return min(found, key=lambda change: change.distance, default=None)

    def _towards(self, pixels: GreyImage, answer: int, rival: int) -> ChangeOfMind | None:
        direction = np.zeros(10, np.float32)
        direction[rival], direction[answer] = 1.0, -1.0
        picture: GreyImage = pixels
        for _ in range(STEPS):
            run = self._gradients.run(picture[None])
            missing = -float(run.logits[0] @ direction)
            slope = run.slopes(direction)[0]
            # Where the picture is already paper or ink, it cannot become more so.
            stuck = ((picture <= 0) & (slope < 0)) | ((picture >= 1) & (slope > 0))
            step = self._smoothed(np.where(stuck, 0.0, slope))
            step[stuck] = 0.0
            gain = float((slope * step).sum())
            if gain <= 1e-12:
                return None
            size = (1 + OVERSHOOT) * max(missing, 0.05) / gain
            picture = np.asarray(np.clip(picture + size * step, 0.0, 1.0), np.float32)
            if int(self._network.logits(picture).argmax()) != answer:
                return self._just_changed(pixels, answer, picture)
        return None

    def _just_changed(self, pixels: GreyImage, answer: int, there: GreyImage) -> ChangeOfMind:
        """Go back towards the picture as far as the answer stays changed."""
        near, far = 0.0, 1.0
        for _ in range(HALVINGS):
            middle = (near + far) / 2
            between = pixels + np.float32(middle) * (there - pixels)
            if int(self._network.logits(between).argmax()) == answer:
                near = middle
            else:
                far = middle
        result = np.asarray(pixels + np.float32(far) * (there - pixels), np.float32)
        change = result - pixels
        ink = float(pixels.sum())
        added, removed = (
            float(change.clip(min=0).sum()) / ink,
            float((-change).clip(min=0).sum()) / ink,
        )
        other = int(self._network.logits(result).argmax())
        return ChangeOfMind(answer, other, added + removed, added, removed, result)

    def _smoothed(self, pictures: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(self._smoothing @ pictures @ self._smoothing, np.float32)


def change_of_mind(model: Model, pixels: GreyImage) -> ChangeOfMind | None:
    """Return `MindChanger(model).change(pixels)`; keep a MindChanger for many pictures."""
    return MindChanger(model).change(pixels)


def sentence(change: ChangeOfMind) -> str:
    """Say in plain words what would change the network's mind."""
    return (
        f"The closest other answer is {change.other}. Changing {_percent(change.distance)} of the "
        f"ink's worth is enough: {_percent(change.added)} added, {_percent(change.removed)} taken "
        "away."
    )


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %" if share >= 0.01 else "under 1 %"


def _smoothing(deviation: float) -> NDArray[np.float32]:
    """Return the matrix that blurs rows or columns by a Gaussian; symmetric."""
    places = np.arange(IMAGE_SIZE)
    weights = np.exp(-0.5 * ((places[:, None] - places) / deviation) ** 2)
    return np.asarray(weights / weights[IMAGE_SIZE // 2].sum(), np.float32)
