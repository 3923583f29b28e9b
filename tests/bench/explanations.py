"""Explanations: how long each one takes for a picture not seen before, on one core."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from digitpad.core.explain.change_of_mind import MindChanger
from digitpad.core.explain.distortion import Distortion
from digitpad.core.explain.inside import Inside
from digitpad.core.explain.look_alikes import Features, LookAlikes
from digitpad.core.explain.why import Explainer
from digitpad.core.model_file import load_model
from digitpad.core.preprocess import GreyImage, prepare_ink
from digitpad.core.resource_files import bundled_model_path
from tests.bench.measurement import report, summary
from tests.synthetic_ink import digit_ink, varied

DRAWINGS = 200
WARM_UP = 10
SHOWN = 12
"""Look-alikes at a time."""


def measure() -> dict[str, Any]:
    """Return the milliseconds of each explanation, and of the slowest one of each drawing."""
    model = load_model(bundled_model_path())
    inside, explainer, changer = Inside(model), Explainer(model), MindChanger(model)
    index, features = LookAlikes.bundled(model), Features(model)
    distortion = Distortion(right=1.5, turn=10.0, scale=0.9, thicken=0.5, noise=0.1)
    kinds: dict[str, Callable[[GreyImage], object]] = {
        "distortion": distortion.apply,
        "inside": inside.activations,
        "why": explainer.why,
        "look_alikes": lambda pixels: index.nearest(features.of(pixels), SHOWN),
        "change_of_mind": changer.change,
    }
    rng = np.random.default_rng(0)
    times: dict[str, list[float]] = {kind: [] for kind in kinds}
    for number in range(DRAWINGS):
        pixels = prepare_ink(varied(digit_ink(number % 10), rng))
        for kind, explain in kinds.items():
            start = time.perf_counter()
            explain(pixels)
            times[kind].append(1e3 * (time.perf_counter() - start))
    return {f"{kind}_ms": summary(taken[WARM_UP:]) for kind, taken in times.items()}


if __name__ == "__main__":
    report(measure())
