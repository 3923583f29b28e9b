"""Mark reader: what the model says of single marks, from their pictures or their strokes.

Owns the order of the steps (preprocess, networks, calibration) and the decision how much an answer
may be relied on. Knows nothing of other marks beside one. One reader belongs to one thread.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digitpad.core.blots import are_blots
from digitpad.core.ink import Ink
from digitpad.core.model_file import Model
from digitpad.core.network import TOGETHER, sigmoid, softmax
from digitpad.core.preprocess import prepare_many
from digitpad.core.reading import EVEN_ODDS, Box, DigitReading, Status

WIDEST_DIGIT = 4.0
"""Width over height above which a drawing is a dash and no digit. Of 10,000 real
pen digits for training, under twenty are wider: torn pieces, such as the bar of a 4."""

_PAINTED_TOGETHER = 2 * TOGETHER
"""Most marks that are painted and read at once: bounds the memory."""


class MarkReader:
    """Reads marks with one model, each by itself."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._network = model.network()
        self._detector = model.digit_detector()
        self._trajectories = model.trajectory_reader()
        self._layers_looked_at = {self._network.output_name}
        if self._detector is not None:
            self._layers_looked_at.add(model.features_layer)

    def read_inks(self, inks: Sequence[Ink]) -> list[DigitReading]:
        """Read each of several inks that are not empty as one digit."""
        digits: list[DigitReading] = []
        for first in range(0, len(inks), _PAINTED_TOGETHER):
            some = inks[first : first + _PAINTED_TOGETHER]
            pictures = np.stack([prepared.pixels for prepared in prepare_many(some)])
            boxes = [
                Box(ink.bounds.left, ink.bounds.top, ink.bounds.width, ink.bounds.height)
                for ink in some
            ]
            digits += self.read_pictures(pictures, boxes, [ink.is_dot for ink in some], some)
        return digits

    def read_pictures(
        self,
        pictures: NDArray[np.float32],
        boxes: Sequence[Box],
        are_dots: Sequence[bool],
        inks: Sequence[Ink] = (),
    ) -> list[DigitReading]:
        """Return what pictures, shape (n, 28, 28), show as one digit each.

        Where they were painted from `inks`, how these were written counts, too. A dot is no digit,
        nor what is far wider than tall.
        """
        activations = self._network.activations_of_many(pictures, self._layers_looked_at)
        logits = activations[self._network.output_name].astype(np.float64)
        by_picture = probabilities = softmax(logits, self._model.temperature)
        log_odds = np.full(len(pictures), np.inf)
        if self._detector is not None:
            log_odds = self._detector.log_odds_of_many(activations[self._model.features_layer])
        if inks and self._trajectories is not None:
            logits, log_odds = self._trajectories.weighed(inks, logits, log_odds)
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
            is_no_digit = is_shapeless or box.width > WIDEST_DIGIT * box.height
            is_digit = 0.0 if is_no_digit else sigmoid(odds)
            status = self.status(max(row) * is_digit, is_digit)
            digits.append(
                DigitReading(
                    tuple(row), box, is_digit, pixels, status, by_picture=tuple(of_picture)
                )
            )
        return digits

    def status(self, certainty: float, is_digit: float) -> Status:
        """Return the status that a digit of such certainty deserves."""
        if certainty >= self._model.unsure_below and is_digit > 0:
            return Status.DIGIT
        return Status.UNSURE if is_digit >= EVEN_ODDS else Status.NOT_A_DIGIT
