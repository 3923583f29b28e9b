"""Look-alikes: the training digits that the network takes for most like a drawing.

Owns the index: pictures of MNIST's training part with their labels and the network's features of
each, the units before its outputs. Distances are Euclidean in these. An index belongs to the
weights that made its features and is refused with others. A file from outside is hostile: nothing
is unpickled, sizes are looked at before anything is unpacked, and every defect is one sentence.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitpad.core.array_files import pack_arrays, unpack_arrays
from digitpad.core.model_file import DIGITS, Model, ModelFileError
from digitpad.core.preprocess import IMAGE_SIZE, GreyImage
from digitpad.core.reasons import Reason, reason_of
from digitpad.core.resource_files import resource_path
from digitpad.core.whole_files import write_whole

FORMAT_VERSION = 1
SIZE_LIMIT = 2 * 1024 * 1024
"""Largest file, in bytes: what the bundled one may have."""
UNPACKED_LIMIT = 32 * 1024 * 1024
"""Largest total of the unpacked arrays, in bytes."""
LICENCE = "CC BY-SA 3.0"
SOURCE = "training pictures of MNIST by Yann LeCun, Corinna Cortes and Christopher Burges"

_METADATA = "metadata"
_ARRAYS = ("pixels", "labels", "features", "scales")


@dataclass(frozen=True, slots=True, eq=False)
class LookAlike:
    """A training digit that is near a drawing."""

    pixels: GreyImage
    """Shape (28, 28), 0 for paper to 1 for ink."""
    label: int
    """Which digit its writer meant."""
    distance: float
    """From the drawing, in features; see `LookAlikes.typical_distance`."""


class LookAlikes:
    """The index; never changed, so any thread may use it."""

    def __init__(
        self,
        pixels: NDArray[np.uint8],
        labels: NDArray[np.uint8],
        features: NDArray[np.float32],
        typical_distance: float,
    ) -> None:
        """`pixels` have shape (n, 28, 28), `labels` (n,) and `features` (n, units)."""
        self._pixels = pixels
        self._labels = labels
        self._features = features
        self._squares = np.einsum("ij,ij->i", features, features)
        self.typical_distance = typical_distance
        """How far a digit that was not trained on usually is from its nearest one here (median)."""

    def __len__(self) -> int:
        return len(self._labels)

    @classmethod
    def bundled(cls, model: Model) -> LookAlikes:
        """Return the index that ships with the program; raises as `from_file`."""
        return cls.from_file(bundled_path(), model)

    @classmethod
    def from_file(cls, path: Path, model: Model) -> LookAlikes:
        """Read and check an index made for `model`. Raises ModelFileError with one sentence."""
        try:
            if path.stat().st_size > SIZE_LIMIT:
                raise ModelFileError(_about(path, Reason("is too large")))
            data = path.read_bytes()
        except FileNotFoundError:
            raise ModelFileError(_about(path, Reason("is missing"))) from None
        except OSError as error:
            reason = Reason("cannot be read: {reason}", reason=reason_of(error))
            raise ModelFileError(_about(path, reason)) from None
        try:
            arrays = unpack_arrays(data, UNPACKED_LIMIT)
            metadata = json.loads(str(arrays.pop(_METADATA)))
            problem = _problem(arrays, metadata, model)
        except Exception:
            # As for a model file: there is no end to what damage makes of the parsers.
            raise ModelFileError(_about(path, Reason("is damaged or not such a file"))) from None
        if problem:
            raise ModelFileError(_about(path, problem))
        features = arrays["features"].astype(np.float32) * arrays["scales"]
        typical_distance = float(metadata["typical_distance"])
        return cls(arrays["pixels"], arrays["labels"], features, typical_distance)

    def nearest(self, features: NDArray[np.float32], count: int) -> tuple[LookAlike, ...]:
        """Return the digits nearest to features, as `Features.of` gives them, nearest first."""
        squares = self._squares - 2.0 * (self._features @ features) + features @ features
        count = min(count, len(self))
        chosen = np.argpartition(squares, count - 1)[:count] if count else np.empty(0, np.intp)
        chosen = chosen[np.argsort(squares[chosen], kind="stable")]
        return tuple(
            LookAlike(
                self._pixels[place].astype(np.float32) / np.float32(255.0),
                int(self._labels[place]),
                float(np.sqrt(max(squares[place], 0.0))),
            )
            for place in chosen.tolist()
        )


class Features:
    """The features by which pictures are compared: what the outputs of a model weigh.

    Belongs to one thread.
    """

    def __init__(self, model: Model) -> None:
        self._network = model.network()
        self._layer = features_layer(model)

    def of(self, pixels: GreyImage) -> NDArray[np.float32]:
        """Return the features of one 28x28 picture, a vector."""
        return self._network.activations(pixels)[self._layer]


def bundled_path() -> Path:
    """Return the path of the index that ships with the program."""
    return resource_path("model", "look_alikes.npz")


def features_layer(model: Model) -> str:
    """Return the name of the last layer before the outputs."""
    return str(model.metadata["layers"][-2]["name"])


def features_digest(model: Model) -> str:
    """Return SHA-256 of all that makes a model's features: its layers up to there, their weights.

    Another calibration or digit detector leaves it as it is.
    """
    layers = model.metadata["layers"][:-1]
    digest = hashlib.sha256(json.dumps(layers, sort_keys=True).encode())
    for layer in layers:
        for kind in ("kernel", "bias"):
            array = model.weights.get(f"{layer['name']}/{kind}")
            if array is not None:
                digest.update(f"{layer['name']}/{kind}{array.shape}".encode())
                digest.update(np.ascontiguousarray(array, np.float32).tobytes())
    return digest.hexdigest()


def save_look_alikes(
    path: Path,
    model: Model,
    pixels: NDArray[np.uint8],
    labels: NDArray[np.uint8],
    features: NDArray[np.float32],
    typical_distance: float,
) -> None:
    """Write an index of `model`'s features; atomic. Raises OSError.

    Features are kept to one part in 255 of each unit's largest. The others are as in `LookAlikes`.
    """
    scales = np.maximum(features.max(axis=0), 1e-6).astype(np.float32) / np.float32(255.0)
    metadata = {
        "typical_distance": typical_distance,
        "format_version": FORMAT_VERSION,
        "features_digest": features_digest(model),
        "features_layer": features_layer(model),
        "licence": LICENCE,
        "source": SOURCE,
    }
    arrays: dict[str, Any] = {
        _METADATA: np.array(json.dumps(metadata, sort_keys=True)),
        "pixels": pixels,
        "labels": labels,
        "features": np.rint(features / scales).clip(0, 255).astype(np.uint8),
        "scales": scales,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, pack_arrays(arrays))


def _about(path: Path, problem: Reason) -> Reason:
    return Reason("The file of look-alikes {path} {problem}.", path=path, problem=problem)


def _problem(arrays: dict[str, NDArray[Any]], metadata: Any, model: Model) -> Reason | None:
    """Say what is wrong with an unpacked index, as the end of a sentence, or None.

    Raises LookupError, TypeError or ValueError for one that lacks something.
    """
    if metadata["format_version"] != FORMAT_VERSION:
        return Reason("has another format; this program reads {known}", known=str(FORMAT_VERSION))
    if metadata["features_digest"] != features_digest(model):
        return Reason("was made for another network and must be made again")
    pixels, labels, features, scales = (arrays[name] for name in _ARRAYS)
    count, units = len(labels), len(model.weights[f"{features_layer(model)}/bias"])
    fits = (
        count > 0
        and pixels.shape == (count, IMAGE_SIZE, IMAGE_SIZE)
        and labels.shape == (count,)
        and features.shape == (count, units)
        and scales.shape == (units,)
    )
    if not fits:
        return Reason("has arrays that do not fit together")
    kinds = [array.dtype for array in (pixels, labels, features, scales)]
    if kinds != [np.uint8, np.uint8, np.uint8, np.float32]:
        return Reason("has arrays of the wrong kind")
    if labels.max() >= DIGITS or not np.isfinite(scales).all():
        return Reason("has values out of range")
    if not 0 < float(metadata["typical_distance"]) < np.inf:
        return Reason("has no typical distance")
    return None
