"""Report figures: every number of the accuracy report, measured through the pad's own reader.

Owns what is counted and how; all of it is plain JSON. Draws and writes nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from itertools import compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitpad.core.network import softmax
from digitpad.core.reader import Reader
from digitpad.core.reading import Status
from training.calibration import BINS, bins_of, expected_calibration_error
from training.data.datasets import DataError, InkSet, PictureSet, source_of
from training.evaluation import Answers, read_ink, read_inputs, wilson_interval

TURNED_AWAY_LIMIT = 0.005
"""Share of real digits that may be turned away."""
CURVE_END = 0.05
"""Share of real digits turned away at which the trade-off curve ends."""
CURVE_POINTS = 200

Figures = dict[str, Any]
"""Numbers, texts, lists and dictionaries, as JSON holds them."""
Numbers = NDArray[np.float64]


def measure(reader: Reader, mnist: PictureSet, ink: InkSet) -> Figures:
    """Return all figures of a model on MNIST test pictures and on labelled ink.

    Raises DataError when either holds no digit.
    """
    if not len(mnist) or not ink.is_digit.any():
        raise DataError("a report needs MNIST's test pictures and ink labelled with digits")
    temperature = reader.model.temperature
    of_mnist, of_ink = read_inputs(reader, mnist), read_ink(reader, ink)
    figures: Figures = {
        "model": _about(reader),
        "sets": {"mnist": _of_set(of_mnist, temperature), "ink": _of_set(of_ink, temperature)},
        "sources": _by_group(of_ink, [source_of(writer) for writer in ink.writers]),
        "writers": _by_group(of_ink, ink.writers),
    }
    if not ink.is_digit.all():
        figures["rejection"] = _rejection(of_ink, ink.kinds, reader.model.unsure_below)
    return figures


def as_text(figures: Figures) -> str:
    """Return figures as the JSON of a file; raises ValueError for one that is no number."""
    return json.dumps(figures, indent=1, sort_keys=True, allow_nan=False) + "\n"


def _about(reader: Reader) -> Figures:
    metadata = reader.model.metadata
    detector, trajectory = (metadata.get(key) or {} for key in ("digit_detector", "trajectory"))
    return {
        "name": metadata.get("name"),
        "sha256": metadata.get("sha256"),
        "parameters": metadata.get("parameters"),
        "detector_parameters": detector.get("parameters"),
        "trajectory_parameters": trajectory.get("parameters"),
        "trained_on": metadata.get("trained_on", []),
        "temperature": reader.model.temperature,
        "unsure_below": reader.model.unsure_below,
        "fitted_on": metadata["calibration"].get("fitted_on"),
    }


def _of_set(answers: Answers, temperature: float) -> Figures:
    """Return the figures of the digits in one set; errors by their place in the set."""
    places = np.flatnonzero(answers.is_digit)
    labels = answers.labels[places]
    probabilities = answers.probabilities[places]
    given = probabilities.argmax(axis=1)
    # At temperature 1 the logits are those of the network; a constant added to them is nothing.
    logits = temperature * np.log(np.maximum(answers.by_picture[places], 1e-300))
    uncalibrated = softmax(logits.astype(np.float32))
    confusion = np.zeros((10, 10), int)
    np.add.at(confusion, (labels, given), 1)
    return {
        "scores": answers.scores(),
        "per_digit": [
            {"digit": digit, **_share(int(row[digit]), int(row.sum()))}
            for digit, row in enumerate(confusion)
            if row.sum()
        ],
        "confusion": confusion.tolist(),
        "reliability": {
            "before": _reliability(uncalibrated, labels),
            "after": _reliability(probabilities, labels),
        },
        "errors": [
            {
                "place": int(places[i]),
                "label": int(labels[i]),
                "answer": int(given[i]),
                "confidence": float(probabilities[i].max()),
                "sure": answers.statuses[places[i]] is Status.DIGIT,
            }
            for i in np.flatnonzero(given != labels)
        ],
    }


def _share(right: int, count: int) -> Figures:
    low, high = wilson_interval(right, count)
    return {"count": count, "right": right, "accuracy": right / count, "interval_95": [low, high]}


def _reliability(probabilities: Numbers, labels: NDArray[np.uint8]) -> Figures:
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    bin_of = bins_of(confidence)
    return {
        "calibration_error": expected_calibration_error(probabilities, labels),
        "bins": [
            {
                "from": number / BINS,
                "to": (number + 1) / BINS,
                "confidence": float(confidence[bin_of == number].mean()),
                **_share(int(right[bin_of == number].sum()), int((bin_of == number).sum())),
            }
            for number in np.unique(bin_of).tolist()
        ],
    }


def _by_group(answers: Answers, groups: Sequence[str]) -> list[Figures]:
    """Return the figures of the digits of each source or writer, the worst first."""
    right, is_digit = answers.is_right, answers.is_digit
    members: dict[str, list[int]] = {}
    for place, group in enumerate(groups):
        if is_digit[place]:
            members.setdefault(group, []).append(place)
    found: list[Figures] = [
        {
            "name": name,
            **_share(int(right[places].sum()), len(places)),
            "errors": [place for place in places if not right[place]],
        }
        for name, places in members.items()
    ]
    return sorted(found, key=lambda group: (group["accuracy"], group["name"]))


def _rejection(answers: Answers, kinds: Sequence[str], threshold: float) -> Figures:
    """Return what is turned away of digits and let through of other marks, by threshold."""
    digit = answers.is_digit
    scores = answers.scores()
    # What cannot be a digit, such as a dot, has confidence 0 and is never one, however low the
    # threshold.
    largest = np.where(answers.confidences > 0, answers.probabilities.max(axis=1), 0.0)
    return {
        "digits": int(digit.sum()),
        "other_marks": int((~digit).sum()),
        "told_apart_auc": scores["told_apart_auc"],
        "turned_away_limit": TURNED_AWAY_LIMIT,
        "chosen": {
            "threshold": threshold,
            "turned_away": scores["turned_away"],
            "others_called_sure": scores["other_marks_called_sure"],
        },
        "kinds_called_sure": _called_sure(answers, kinds),
        "by_reading": _curve(answers.confidences[digit], answers.confidences[~digit]),
        "by_largest_probability": _curve(largest[digit], largest[~digit]),
    }


def _called_sure(answers: Answers, kinds: Sequence[str]) -> list[Figures]:
    """Return how many marks of each kind that is no digit pass as a sure one, the most first."""
    drawn = Counter(compress(kinds, ~answers.is_digit))
    sure = Counter(compress(kinds, ~answers.is_digit & answers.is_sure))
    rows: list[Figures] = [
        {"kind": kind, "count": count, "sure": sure[kind]} for kind, count in drawn.items()
    ]
    return sorted(rows, key=lambda row: (-row["sure"], row["count"], row["kind"]))


def _curve(of_digits: Numbers, of_others: Numbers) -> Figures:
    """Return points of the trade-off, and the best one within the limit."""
    count = len(of_digits)
    last = min(int(CURVE_END * count), count - 1)
    steps = np.unique(np.linspace(0, last, CURVE_POINTS).astype(int))
    thresholds = np.sort(of_digits)[steps]
    return {
        "points": [_point(of_digits, of_others, threshold) for threshold in thresholds.tolist()],
        "at_limit": at_limit(of_digits, of_others),
    }


def at_limit(of_digits: Numbers, of_others: Numbers) -> Figures:
    """Return what the best threshold does that turns away at most TURNED_AWAY_LIMIT of the digits.

    Given are confidences of digits, at least one, and of other marks.
    """
    below = int(TURNED_AWAY_LIMIT * len(of_digits))
    return _point(of_digits, of_others, float(np.sort(of_digits)[below]))


def _point(of_digits: Numbers, of_others: Numbers, threshold: float) -> Figures:
    return {
        "threshold": threshold,
        "turned_away": float((of_digits < threshold).mean()),
        "others_called_sure": float(((of_others >= threshold) & (of_others > 0)).mean()),
    }
