"""Why: which parts of the ink speak for the answer and which for its rival.

Owns the map of evidence and what is said of it in words. What "speaks for" means is measured on the
network itself: the difference of two logits, the answer's and its rival's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.core.explain.gradients import GradientNetwork
from digitpad.core.ink import Ink
from digitpad.core.model_file import Model
from digitpad.core.preprocess import IMAGE_SIZE, GreyImage, prepare_ink

STEPS = 8
"""Pictures between paper and the drawing at which gradients are taken."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A piece of the ink, and what the network says of the drawing without it."""

    kind: str
    """What it looks like: "bar", "upright", "slant" or "curve"."""
    place: str
    """Where it lies in the drawing: "at the top", "in the middle", ..."""
    mask: NDArray[np.float32]
    """How much of each pixel belongs to it, shape (28, 28), 0 to 1."""
    answer_without: int
    """What the network reads when it is gone."""
    margin_without: float
    """The answer's logit less the rival's then."""


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """Why the network answers as it does, and not otherwise."""

    answer: int
    rival: int
    margin: float
    """The answer's logit less its rival's."""
    weights: NDArray[np.float32]
    """Shape (28, 28): above 0 speaks for the answer, below for the rival; 0 on paper. Their sum is
    what the ink adds to the margin, to a good approximation."""
    part: Part | None
    """Where the strongest evidence for the answer lies; None when nothing speaks for it."""


class Explainer:
    """Explains one model's answers; belongs to one thread."""

    def __init__(self, model: Model) -> None:
        self._network = model.network()
        self._gradients = GradientNetwork(model)

    def why(self, pixels: GreyImage) -> Evidence:
        """Explain the answer to one 28x28 picture."""
        logits = self._network.logits(pixels)
        rival, answer = np.argsort(logits, kind="stable")[-2:].tolist()
        direction = np.zeros(10, np.float32)
        direction[answer], direction[rival] = 1.0, -1.0
        parts = ((np.arange(STEPS) + 0.5) / STEPS).astype(np.float32)
        slopes = self._gradients.run(parts[:, None, None] * pixels).slopes(direction)
        weights = (slopes.mean(axis=0) * pixels).astype(np.float32)
        margin = float(logits[answer] - logits[rival])
        return Evidence(answer, rival, margin, weights, self._part(pixels, weights, answer, rival))

    def _part(
        self, pixels: GreyImage, weights: NDArray[np.float32], answer: int, rival: int
    ) -> Part | None:
        if not (weights > 0).any():
            return None
        row, column = np.unravel_index(int(weights.argmax()), weights.shape)
        places = np.arange(IMAGE_SIZE)
        distance = np.hypot(places[:, None] - row, places - column)
        mask = np.clip(5.0 - distance, 0.0, 1.0).astype(np.float32) * (pixels > 0)
        logits = self._network.logits(pixels * (1 - mask))
        place = "at the top" if row < 11 else "at the bottom" if row > 17 else "in the middle"
        margin = float(logits[answer] - logits[rival])
        return Part("part", place, mask, int(logits.argmax()), margin)


def why(model: Model, pixels: GreyImage) -> Evidence:
    """Explain a model's answer to one picture; for many, keep an Explainer."""
    return Explainer(model).why(pixels)


def along_ink(evidence: Evidence, ink: Ink) -> tuple[NDArray[np.float32], ...]:
    """Return the evidence at each point of the ink's strokes, one array for each stroke."""
    placement = prepare_ink(ink).placement
    sampled = []
    for stroke in ink.strokes:
        x = np.rint(stroke[:, 0] * placement.scale + placement.offset_x).astype(np.int64)
        y = np.rint(stroke[:, 1] * placement.scale + placement.offset_y).astype(np.int64)
        inside = (x >= 0) & (x < IMAGE_SIZE) & (y >= 0) & (y < IMAGE_SIZE)
        at = evidence.weights[y.clip(0, IMAGE_SIZE - 1), x.clip(0, IMAGE_SIZE - 1)]
        sampled.append(np.where(inside, at, 0.0).astype(np.float32))
    return tuple(sampled)


def sentence(evidence: Evidence) -> str:
    """Say in plain words what speaks for the answer, and what it would be without that."""
    part = evidence.part
    if part is None:
        return f"Nothing in the ink speaks for {evidence.answer} rather than {evidence.rival}."
    words = f"The {part.kind} {part.place} speaks for {evidence.answer}"
    if part.answer_without != evidence.answer:
        return f"{words}; without it this would be a {part.answer_without}."
    return f"{words}; without it this would still be a {evidence.answer}."
