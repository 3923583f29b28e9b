"""Evaluation: how well a model file reads MNIST pictures and ink, through the pad's own reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitpad.core.model_file import Model, ModelFileError, load_model
from digitpad.core.reader import Reader
from digitpad.core.reading import Reading, Status
from training.calibration import expected_calibration_error
from training.data.datasets import NO_DIGIT, DataError, InkSet, Labels, PictureSet


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What a reader answered to a set of drawings, one row each."""

    labels: Labels
    probabilities: NDArray[np.float64]
    """Of the ten digits, given that it is one; shape (n, 10)."""
    confidences: NDArray[np.float64]
    """Of the whole reading: that it is a digit and read right; shape (n,)."""
    statuses: tuple[Status, ...]
    by_picture: NDArray[np.float64]
    """As `probabilities`, by the network alone: without how ink was written."""

    @property
    def is_digit(self) -> NDArray[np.bool_]:
        """Whether each drawing is a digit, shape (n,)."""
        return self.labels < NO_DIGIT

    @property
    def is_right(self) -> NDArray[np.bool_]:
        """Whether each is a digit whose label is the most probable, shape (n,)."""
        right: NDArray[np.bool_] = self.probabilities.argmax(axis=1) == self.labels
        return right

    @property
    def is_right_by_picture(self) -> NDArray[np.bool_]:
        """As `is_right`, by the network alone."""
        right: NDArray[np.bool_] = self.by_picture.argmax(axis=1) == self.labels
        return right

    @property
    def is_sure(self) -> NDArray[np.bool_]:
        """Whether each is called a sure digit, shape (n,)."""
        return np.array([status is Status.DIGIT for status in self.statuses], bool)

    def scores(self) -> dict[str, Any]:
        """Return accuracy with its 95 % interval, calibration error and how often it was unsure.

        Where there are marks that are no digit, also how well they are told apart.
        """
        digit, right, sure = self.is_digit, self.is_right[self.is_digit], self.is_sure
        scores: dict[str, Any] = {"digits": int(digit.sum())}
        if digit.any():
            low, high = wilson_interval(int(right.sum()), len(right))
            scores |= {
                "accuracy": float(right.mean()),
                "accuracy_interval_95": [low, high],
                "accuracy_by_picture": float(self.is_right_by_picture[digit].mean()),
                "calibration_error": expected_calibration_error(
                    self.probabilities[digit], self.labels[digit]
                ),
                "reading_calibration_error": expected_calibration_error(
                    self.probabilities[digit], self.labels[digit], self.confidences[digit]
                ),
                "turned_away": float(1 - sure[digit].mean()),
            }
            if sure[digit].any():
                scores["accuracy_when_sure"] = float(right[sure[digit]].mean())
        if (~digit).any():
            scores |= {
                "other_marks": int((~digit).sum()),
                "other_marks_called_sure": float(sure[~digit].mean()),
            }
        if digit.any() and (~digit).any():
            scores["told_apart_auc"] = area_under_roc(
                self.confidences[digit], self.confidences[~digit]
            )
        return scores


def read_ink(reader: Reader, data: InkSet) -> Answers:
    """Read every drawing of a set."""
    return _collect(data.labels, (reader.read_ink(ink) for ink in data.inks))


def read_inputs(reader: Reader, data: PictureSet) -> Answers:
    """Read pictures that are network inputs already, as MNIST's are."""
    return _collect(
        data.labels,
        (reader.read_input(picture.astype(np.float32) / 255) for picture in data.pictures),
    )


def joined(*sets: Answers) -> Answers:
    """Return the answers to several sets as one."""
    return Answers(
        np.concatenate([answers.labels for answers in sets]),
        np.concatenate([answers.probabilities for answers in sets]),
        np.concatenate([answers.confidences for answers in sets]),
        tuple(status for answers in sets for status in answers.statuses),
        np.concatenate([answers.by_picture for answers in sets]),
    )


def wilson_interval(successes: int, trials: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927)."""
    z = 1.959964
    share = successes / trials
    middle = share + z * z / (2 * trials)
    half = z * np.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    return float((middle - half) / scale), float((middle + half) / scale)


def share_right(right: Sequence[bool]) -> dict[str, Any]:
    """Return how many there are, which share is right, and its 95 % interval, if there are any."""
    if not right:
        return {"count": 0}
    low, high = wilson_interval(sum(right), len(right))
    return {"count": len(right), "right": sum(right) / len(right), "interval_95": [low, high]}


def area_under_roc(positive: NDArray[np.float64], negative: NDArray[np.float64]) -> float:
    """Return the chance that a positive scores above a negative, ties counting half."""
    ordered = np.sort(negative)
    below = np.searchsorted(ordered, positive, "left")
    up_to = np.searchsorted(ordered, positive, "right")
    return float((below + up_to).mean() / 2 / len(negative))


def _collect(labels: Labels, readings: Iterable[Reading]) -> Answers:
    probabilities, confidences, statuses, by_picture = [], [], [], []
    for reading in readings:
        digit = reading.digits[0]
        probabilities.append(digit.probabilities)
        confidences.append(reading.confidence)
        statuses.append(reading.status)
        by_picture.append(digit.by_picture)
    return Answers(
        labels,
        np.array(probabilities),
        np.array(confidences),
        tuple(statuses),
        np.array(by_picture),
    )


def model_of(path: Path) -> Model:
    """Return the model in a file; raises DataError."""
    try:
        return load_model(path)
    except ModelFileError as error:
        raise DataError(str(error)) from None


def reader_of(path: Path) -> Reader:
    """Return the reader with the model in a file; raises DataError."""
    return Reader(model_of(path))
