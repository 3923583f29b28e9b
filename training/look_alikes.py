"""Look-alikes: which of MNIST's training pictures go into the index of look-alikes.

Owns the choice. Every picture of a new digit should find one near it, and the index is to stay
small, so that each digit gets the same number of pictures, spread over all ways to write it.
Pictures of MNIST's training part only: no ink of a person goes into the program.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitpad.core.explain.look_alikes import LookAlikes, features_layer, save_look_alikes
from digitpad.core.model_file import Model
from training.data.datasets import Pictures, load_mnist, split_pictures
from training.evaluation import model_of
from training.writing import writing

PER_DIGIT = 950
"""With this many, the file stays under the limit of `core.explain.look_alikes`."""
ROUNDS = 8
"""Of Lloyd's algorithm; the centres hardly move after them."""
SEED = 1

Floats = NDArray[np.float32]


def build(model_path: Path, mnist: Path | None, out: Path) -> dict[str, Any]:
    """Write the index of a model to `out`; return what was measured of it.

    Raises DataError and OSError.
    """
    model = model_of(model_path)
    fit, validation = split_pictures(load_mnist(mnist, "train"))
    features = features_of(model, fit.pictures)
    chosen = choose(features, fit.labels)
    typical = float(np.median(distances(features_of(model, validation.pictures), features[chosen])))
    with writing(out):
        save_look_alikes(
            out, model, fit.pictures[chosen], fit.labels[chosen], features[chosen], typical
        )
    LookAlikes.from_file(out, model)
    return {"pictures": len(chosen), "bytes": out.stat().st_size, "typical_distance": typical}


def choose(features: Floats, labels: NDArray[np.uint8]) -> NDArray[np.intp]:
    """Return the indices of the pictures to keep, about PER_DIGIT of each digit, in order.

    They are the pictures nearest to the centres of k-means (Lloyd 1982) of each digit's features: a
    new digit then finds one nearer than among as many random ones, and nearer, but for the rarest,
    than when each is chosen as far from the others as can be.
    """
    rng = np.random.default_rng(SEED)
    kept = []
    for digit in range(10):
        own = np.flatnonzero(labels == digit)
        kept.append(own[_centres(features[own], min(PER_DIGIT, len(own)), rng)])
    return np.sort(np.concatenate(kept))


def _centres(features: Floats, count: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Return which of `features` lie nearest to the centres of their `count` clusters."""
    centres = features[rng.choice(len(features), count, replace=False)]
    for _ in range(ROUNDS):
        nearest = _squares(features, centres).argmin(axis=1)
        sizes = np.bincount(nearest, minlength=count)
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, features)
        centres = np.where(sizes[:, None] > 0, sums / np.maximum(sizes, 1)[:, None], centres)
    return np.unique(_squares(features, centres).argmin(axis=0))


def features_of(model: Model, pictures: Pictures) -> Floats:
    """Return the features of pictures of grey 0 to 255, shape (n, units)."""
    network, layer = model.network(), features_layer(model)
    return np.stack(
        [
            network.activations(picture.astype(np.float32) / np.float32(255.0))[layer]
            for picture in pictures
        ]
    )


def distances(features: Floats, kept: Floats) -> Floats:
    """Return how far each of `features` is from the nearest of `kept`."""
    parts = np.array_split(features, max(len(features) // 1000, 1))
    nearest = np.concatenate([_squares(part, kept).min(axis=1) for part in parts])
    return np.asarray(np.sqrt(nearest.clip(min=0.0)), np.float32)


def _squares(ones: Floats, others: Floats) -> Floats:
    """Return the squared distance of each of `ones` from each of `others`."""
    lengths = [np.einsum("ij,ij->i", rows, rows) for rows in (ones, others)]
    return np.asarray(lengths[0][:, None] - 2.0 * (ones @ others.T) + lengths[1], np.float32)
