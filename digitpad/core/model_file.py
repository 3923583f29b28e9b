"""Model file: weights and metadata in one `.npz`, checked when loaded.

Owns the file's format. A file from outside is hostile: sizes are looked at before anything is
unpacked, nothing is unpickled, and every defect becomes one `ModelFileError` with one sentence.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitpad.core.array_files import pack_arrays, unpack_arrays
from digitpad.core.digit_detector import DigitDetector
from digitpad.core.network import Network, NetworkError
from digitpad.core.preprocess import IMAGE_SIZE, PREPROCESS_VERSION
from digitpad.core.reasons import Reason, reason_of
from digitpad.core.trajectory import FEATURES
from digitpad.core.trajectory_reader import TrajectoryReader, Witnesses
from digitpad.core.whole_files import write_whole

FORMAT_VERSION = 1
SIZE_LIMIT = 64 * 1024 * 1024
"""Largest file, and largest total of its unpacked arrays, in bytes; ours have 1.3 MB."""
DIGITS = 10
TEMPERATURE_RANGE = 0.01, 100.0
"""Outside of it, probabilities are ones and zeros or all alike; a fitted one lies about 1."""
LARGEST_FEATURE = 1e6
"""No number that describes a trajectory is larger: a line through the most points that a drawing
may have is a fifth as long, in drawings."""

_METADATA = "metadata"
_HASH = "sha256"

Weights = Mapping[str, NDArray[np.float32]]


class ModelFileError(Exception):
    """A model file that cannot be used; the message is one sentence for a person."""


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """What a model file holds. `metadata` is the JSON object described in docs/model-file.md."""

    metadata: Mapping[str, Any]
    weights: Weights

    def network(self) -> Network:
        """Build the network that reads. Raises NetworkError when weights and layers differ."""
        return Network(self.metadata["input_shape"], self.metadata["layers"], self.weights)

    def digit_detector(self) -> DigitDetector | None:
        """Build what tells digits from other marks, if the file has it.

        It sees the activations of the layer `features_layer`. Raises NetworkError as `network`, and
        when its outputs are not digits and other marks.
        """
        detector = self.metadata.get("digit_detector")
        if detector is None:
            return None
        return self._detector(detector)

    def trajectory_reader(self) -> TrajectoryReader | None:
        """Build what weighs how a drawing was written, if the file has it, for ink alone.

        Raises NetworkError as `digit_detector`, and when a weight is out of range.
        """
        trajectory = self.metadata.get("trajectory")
        if trajectory is None:
            return None
        digits, is_digit = (Witnesses(**trajectory[key]) for key in ("digits", "is_digit"))
        return TrajectoryReader(self._detector(trajectory), digits, is_digit)

    def _detector(self, described: Mapping[str, Any]) -> DigitDetector:
        network = Network(described["input_shape"], described["layers"], self.weights)
        return DigitDetector(network, described["kinds"], self.metadata["labels"])

    @property
    def features_layer(self) -> str:
        """Name of the layer whose activations the digit detector sees."""
        return str(self.metadata["digit_detector"]["features"])

    @property
    def temperature(self) -> float:
        """Divides the logits before softmax (Guo et al. 2017), fitted on validation data."""
        return float(self.metadata["calibration"]["temperature"])

    @property
    def unsure_below(self) -> float:
        """Confidence in the whole reading under which it is not called a sure digit."""
        return float(self.metadata["calibration"]["unsure_below"])


def save_model(path: Path, metadata: Mapping[str, Any], weights: Weights) -> None:
    """Write a model file, completing `metadata` with versions and hash; atomic.

    `metadata` must hold "input_shape", "layers", "labels" and "calibration". Raises OSError.
    """
    full = {
        **metadata,
        "format_version": FORMAT_VERSION,
        "preprocess_version": PREPROCESS_VERSION,
    }
    full[_HASH] = _digest(full, weights)
    arrays: dict[str, Any] = {_METADATA: np.array(json.dumps(full, sort_keys=True))}
    arrays.update({name: np.asarray(array, np.float32) for name, array in weights.items()})
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, pack_arrays(arrays))


def load_model(path: Path) -> Model:
    """Read and check a model file. Raises ModelFileError with one sentence on what is wrong."""
    try:
        size = path.stat().st_size
        if size > SIZE_LIMIT:
            raise ModelFileError(
                Reason("The model file {path} is too large to be a model.", path=path)
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise ModelFileError(Reason("The model file {path} is missing.", path=path)) from None
    except OSError as error:
        reason = Reason("cannot be read: {reason}", reason=reason_of(error))
        raise ModelFileError(_about(path, reason)) from None
    try:
        arrays = unpack_arrays(data, SIZE_LIMIT)
        metadata = json.loads(str(arrays.pop(_METADATA)))
    except Exception:
        # What a damaged file makes of the parsers of zip, deflate, array headers (Python literals)
        # and JSON has no end: TokenError, LZMAError, MemoryError, OverflowError, ...
        raise ModelFileError(
            Reason("The model file {path} is damaged or not a model file.", path=path)
        ) from None
    model = Model(metadata, arrays)
    problem = _problem(model)
    if problem:
        raise ModelFileError(_about(path, problem))
    return model


def _about(path: Path, problem: Reason) -> Reason:
    return Reason("The model file {path} {problem}.", path=path, problem=problem)


def _problem(model: Model) -> Reason | None:
    """Say what is wrong with an unpacked model, as the end of a sentence, or None."""
    metadata = model.metadata
    if not isinstance(metadata, dict):
        return Reason("has no metadata")
    if metadata.get("format_version") != FORMAT_VERSION:
        return Reason(
            "has format {found}; this program reads {known}",
            found=repr(metadata.get("format_version"))[:20],
            known=str(FORMAT_VERSION),
        )
    if metadata.get("preprocess_version") != PREPROCESS_VERSION:
        return Reason(
            "was trained for preprocessing {found}; this program has {known}",
            found=repr(metadata.get("preprocess_version"))[:20],
            known=str(PREPROCESS_VERSION),
        )
    if any(array.dtype != np.float32 for array in model.weights.values()):
        return Reason("has weights that are not 32-bit floats")
    if metadata.get(_HASH) != _digest(metadata, model.weights):
        return Reason("was changed after it was made: its checksum differs")
    if not all(np.isfinite(array).all() for array in model.weights.values()):
        return Reason("has weights that are not finite")
    try:
        if tuple(metadata["input_shape"]) != (IMAGE_SIZE, IMAGE_SIZE, 1):
            return Reason("is for pictures of another shape")
        if metadata["labels"] != [str(digit) for digit in range(DIGITS)]:
            return Reason("does not name the ten digits in order")
        low, high = TEMPERATURE_RANGE
        if not low <= model.temperature <= high or not 0 <= model.unsure_below <= 1:
            return Reason("has a calibration out of range")
        if model.network().output_shape != (DIGITS,):
            return Reason("does not end in ten outputs")
        if model.trajectory_reader() is not None and model.digit_detector() is None:
            return Reason("has incomplete metadata")
        _require_finite_outputs(model)
    except NetworkError as error:
        return Reason("does not fit together", detail=str(error))
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError):
        return Reason("has incomplete metadata")
    except MemoryError:
        return Reason("is of a network that does not fit in memory")
    return None


def _require_finite_outputs(model: Model) -> None:
    """Raise NetworkError when a picture or a drawing may make a network put out no finite number.

    Through weights without their signs, all ink makes each layer put out more than any picture does
    through the weights as they are.
    """
    loudest = Model(model.metadata, {name: np.abs(array) for name, array in model.weights.items()})
    network, detector = loudest.network(), loudest.digit_detector()
    with np.errstate(over="ignore", invalid="ignore"):
        found = network.activations_of_many(np.ones((1, IMAGE_SIZE, IMAGE_SIZE), np.float32))
        outputs: list[NDArray[Any]] = [found[network.output_name]]
        if detector is not None:
            outputs.append(detector.log_odds_of_many(found[model.features_layer]))
        trajectory = model.metadata.get("trajectory")
        if trajectory is not None:
            described = np.full((1, FEATURES), LARGEST_FEATURE, np.float32)
            outputs.append(loudest._detector(trajectory).log_odds_of_many(described))
    if not all(np.isfinite(output).all() for output in outputs):
        raise NetworkError("its weights are so large that an output may not be finite")


def _digest(metadata: Mapping[str, Any], weights: Weights) -> str:
    """SHA-256 of the metadata but for the digest itself, and of every array in order of name."""
    rest = {key: value for key, value in metadata.items() if key != _HASH}
    digest = hashlib.sha256(json.dumps(rest, sort_keys=True).encode())
    for name in sorted(weights):
        array = np.ascontiguousarray(weights[name], np.float32)
        digest.update(f"{name}{array.shape}".encode())
        digest.update(array.tobytes())
    return digest.hexdigest()
