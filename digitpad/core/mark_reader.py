"""Mark reader: what the model says of single marks, from their pictures or their strokes.

Owns the order of the steps (preprocess, networks, calibration) and how much an answer may be relied
on. Each mark is read as if it were alone. One reader belongs to one thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from digitpad.core.blots import are_blots
from digitpad.core.ink import Ink
from digitpad.core.model_file import Model
from digitpad.core.moved import Moved
from digitpad.core.network import TOGETHER, sigmoid, softmax
from digitpad.core.preprocess import prepare_many
from digitpad.core.reading import EVEN_ODDS, Box, DigitReading, Status
from digitpad.core.trajectory_reader import Statement

WIDEST_DIGIT = 4.0
"""Width over height above which a drawing is a dash and no digit. Of 10,000 real
pen digits for training, under twenty are wider: torn pieces, such as the bar of a 4."""

SURELY_NONE = -4.0
"""Where the way that several strokes were written puts the log odds of a digit below this, the
search for groups looks at no picture. It finds no fewer right groups for it (docs/numbers.md)."""

_PAINTED_TOGETHER = 2 * TOGETHER
"""Most marks that are painted and read at once: bounds the memory."""


class MarkReader:
    """Reads marks with one model, each by itself."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._network = model.network()
        self._moved = Moved(model)
        self._detector = model.digit_detector()
        self._trajectories = model.trajectory_reader()
        self._layers_looked_at = {self._network.output_name}
        if self._detector is not None:
            self._layers_looked_at.add(model.features_layer)

    def read_inks(self, inks: Sequence[Ink], may_glance: Sequence[bool]) -> list[DigitReading]:
        """Read each of several inks, none of them empty, as one digit.

        Where `may_glance` is true and the way an ink was written shows that it is no digit, its
        picture is not looked at: that reading is rough and has no `pixels`.
        """
        if not inks:  # Mostly so: the reader asks again for what it knows.
            return []
        if self._trajectories is None:
            return self._read_painted(inks, None)
        written = self._trajectories.alone(inks)
        glances = self._glances(inks, written)
        looked_at = [
            place for place, may in enumerate(may_glance) if place not in glances or not may
        ]
        painted = self._read_painted([inks[place] for place in looked_at], written.about(looked_at))
        found = dict(glances)
        for place, digit in zip(looked_at, painted, strict=True):
            glance = glances.get(place)
            found[place] = replace(digit, at_a_glance=glance.at_a_glance) if glance else digit
        return [found[place] for place in range(len(inks))]

    def read_pictures(
        self,
        pictures: NDArray[np.float32],
        boxes: Sequence[Box],
        are_dots: Sequence[bool],
        written: Statement | None = None,
    ) -> list[DigitReading]:
        """Return what pictures, shape (n, 28, 28), show as one digit each.

        `written` is what the strokes say that they were painted from, if there are any; it counts
        beside the pictures. A dot is no digit, and neither is what is far wider than tall.
        """
        activations = self._network.activations_of_many(pictures, self._layers_looked_at)
        logits = activations[self._network.output_name].astype(np.float64)
        by_picture = probabilities = softmax(logits, self._model.temperature)
        log_odds = np.full(len(pictures), np.inf)
        if self._detector is not None:
            log_odds = self._detector.log_odds_of_many(activations[self._model.features_layer])
        if written is not None and self._trajectories is not None:
            logits, log_odds = self._trajectories.weighed(Statement(logits, log_odds), written)
            probabilities = softmax(logits)
        digits = []
        are_shapeless = are_blots(pictures) | np.asarray(are_dots, bool)
        for row, of_picture, odds, box, is_shapeless, pixels in zip(
            probabilities.tolist(),
            by_picture.tolist(),
            log_odds.tolist(),
            boxes,
            are_shapeless.tolist(),
            pictures,
            strict=True,
        ):
            is_digit = 0.0 if is_shapeless or _is_dash(box) else sigmoid(odds)
            status = self.status(max(row) * is_digit, is_digit)
            digits.append(
                DigitReading(
                    tuple(row), box, is_digit, pixels, status, by_picture=tuple(of_picture)
                )
            )
        return digits

    def seen_from_around(self, digit: DigitReading) -> DigitReading:
        """Return a digit of a picture with the probabilities that nine places give: where the
        picture lies, and a pixel away from there to each side and corner.

        They come from the mean of the nine logits (test-time augmentation; Krizhevsky et al. 2012).
        That makes fewer errors with pictures, but hardly fewer with ink (docs/decisions/0011).
        `by_picture` stays as it is, and so does whether it is a digit at all.
        """
        assert digit.pixels is not None
        logits = self._moved.logits(digit.pixels).mean(axis=0, dtype=np.float64)
        probabilities = tuple(softmax(logits, self._model.temperature).tolist())
        status = self.status(max(probabilities) * digit.is_digit, digit.is_digit)
        return replace(digit, probabilities=probabilities, status=status)

    def status(self, certainty: float, is_digit: float) -> Status:
        """Return the status that a digit of such certainty deserves."""
        if certainty >= self._model.unsure_below and is_digit > 0:
            return Status.DIGIT
        return Status.UNSURE if is_digit >= EVEN_ODDS else Status.NOT_A_DIGIT

    def _glances(self, inks: Sequence[Ink], written: Statement) -> dict[int, DigitReading]:
        """Return, by place, the inks that have a shape and are surely no digits, on the assumption
        that their pictures say the same as the way they were written.

        Lone strokes are never among them: they are part of most groupings and so matter most.
        """
        assert self._trajectories is not None
        logits, log_odds = self._trajectories.weighed(written, written)
        found = {}
        for place in np.flatnonzero(log_odds < SURELY_NONE).tolist():
            ink, is_digit = inks[place], sigmoid(log_odds[place])
            box = _box(ink)
            if len(ink.strokes) > 1 and not ink.is_dot and not _is_dash(box):
                found[place] = DigitReading(
                    tuple(softmax(logits[place]).tolist()),
                    box,
                    is_digit,
                    status=Status.NOT_A_DIGIT,
                    at_a_glance=is_digit,
                )
        return found

    def _read_painted(self, inks: Sequence[Ink], written: Statement | None) -> list[DigitReading]:
        """Paint and read inks; `written` is what the way they were written says of them."""
        digits: list[DigitReading] = []
        for first in range(0, len(inks), _PAINTED_TOGETHER):
            some = slice(first, first + _PAINTED_TOGETHER)
            digits += self.read_pictures(
                prepare_many(inks[some]),
                [_box(ink) for ink in inks[some]],
                [ink.is_dot for ink in inks[some]],
                None if written is None else written.about(some),
            )
        return digits


def _box(ink: Ink) -> Box:
    bounds = ink.bounds
    return Box(bounds.left, bounds.top, bounds.width, bounds.height)


def _is_dash(box: Box) -> bool:
    return box.width > WIDEST_DIGIT * box.height
