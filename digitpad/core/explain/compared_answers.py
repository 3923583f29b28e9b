"""Compared answers: what two networks make of one picture while one thing about it varies.

Owns that computation. Which distortions there are is `distortion`'s; no Qt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.core.explain.distortion import Distortion
from digitpad.core.model_file import Model
from digitpad.core.network import softmax
from digitpad.core.preprocess import GreyImage

Shares = tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Answers to one distorted picture; what is of the second network is None without one."""

    pixels: GreyImage
    """As both networks saw it."""
    first: Shares
    """Ten calibrated probabilities."""
    second: Shares | None
    first_curve: Shares
    """Probability of the answer with each variant."""
    second_curve: Shares | None


class Answers:
    """One network's calibrated answers. Belongs to one thread, as its network does."""

    def __init__(self, model: Model) -> None:
        self._network = model.network()
        self._temperature = model.temperature

    def of(self, pictures: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return ten probabilities for each picture, shape (n, 10), for shape (n, 28, 28)."""
        return softmax(self._network.logits_of_many(pictures), self._temperature)


def compare(
    first: Answers,
    second: Answers | None,
    pixels: GreyImage,
    answer: int,
    distortion: Distortion,
    variants: Sequence[Distortion],
) -> Comparison:
    """Return both networks' answers to distorted pixels, and how probable each finds `answer`
    with each of the variants."""
    shown = distortion.apply(pixels)
    pictures = np.stack([shown, *(variant.apply(pixels) for variant in variants)])

    def answers_of(network: Answers) -> tuple[Shares, Shares]:
        now, *varied = network.of(pictures)
        return tuple(now.tolist()), tuple(float(shares[answer]) for shares in varied)

    first_now, first_curve = answers_of(first)
    second_now, second_curve = (None, None) if second is None else answers_of(second)
    return Comparison(shown, first_now, second_now, first_curve, second_curve)
