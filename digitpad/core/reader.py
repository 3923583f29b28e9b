"""Reader: ink or picture -> Reading, the only way to an answer.

Owns the order of the steps (preprocess, network, calibration) and the decision how much an answer
may be relied on. One reader belongs to one thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from digitpad.core.ink import Ink
from digitpad.core.model_file import Model, load_model
from digitpad.core.network import Activation, sigmoid, softmax
from digitpad.core.preprocess import IMAGE_SIZE, GreyImage, prepare_ink
from digitpad.core.reading import EMPTY_READING, Box, DigitReading, Reading, Status
from digitpad.core.resource_files import bundled_model_path

if TYPE_CHECKING:
    from PIL import Image

WIDEST_DIGIT = 4.0
"""Width over height above which a drawing is a dash and no digit. Of 10,000 real
pen digits for training, under twenty are wider: torn pieces, such as the bar of a 4."""

EVEN_ODDS = 0.5
"""Probability of being a digit under which an unsure answer is called not a digit."""


class Reader:
    """Reads one digit at a time with one model."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._network = model.network()
        self._detector = model.digit_detector()

    @classmethod
    def bundled(cls) -> Reader:
        """The reader with the model that ships with the program; raises ModelFileError."""
        return cls.from_file(bundled_model_path())

    @classmethod
    def from_file(cls, path: Path) -> Reader:
        """The reader with the model in `path`; raises ModelFileError."""
        return cls(load_model(path))

    def read(self, drawing: Ink | Image.Image) -> Reading:
        """Read ink or a picture as one digit; blank gives an EMPTY reading."""
        if isinstance(drawing, Ink):
            return self.read_ink(drawing)
        return self.read_picture(drawing)

    def read_ink(self, ink: Ink) -> Reading:
        """Read ink as one digit; without strokes the reading is EMPTY, a dot or dash no digit."""
        if ink.is_empty:
            return EMPTY_READING
        bounds = ink.bounds
        box = Box(bounds.left, bounds.top, bounds.width, bounds.height)
        return self._answer(prepare_ink(ink).pixels, box, ink.is_dot)

    def read_picture(self, picture: Image.Image) -> Reading:
        """Read a picture of one digit, dark on light or light on dark, as one digit."""
        from digitpad.core.picture import prepare_picture  # The pad starts without Pillow.

        prepared = prepare_picture(picture)
        if prepared is None:
            return EMPTY_READING
        return self._answer(prepared.pixels, prepared.box, prepared.is_dot)

    def read_input(self, pixels: GreyImage) -> Reading:
        """Read a picture that is placed and scaled as the network wants it, as MNIST's are."""
        return self._answer(pixels, Box(0.0, 0.0, IMAGE_SIZE, IMAGE_SIZE), is_dot=False)

    def _answer(self, pixels: GreyImage, box: Box, is_dot: bool) -> Reading:
        activations = self._network.activations(pixels)
        logits = activations[self._network.output_name]
        probabilities = softmax(logits, self.model.temperature)
        shapeless = is_dot or box.width > WIDEST_DIGIT * box.height
        is_digit = 0.0 if shapeless else self._digit_probability(activations)
        digit = DigitReading(tuple(float(p) for p in probabilities), box, is_digit, pixels)
        return Reading(self._status(digit), (digit,))

    def _digit_probability(self, activations: Mapping[str, Activation]) -> float:
        if self._detector is None:
            return 1.0
        log_odds = float(self._detector.logits(activations[self.model.features_layer])[0])
        return sigmoid(log_odds)

    def _status(self, digit: DigitReading) -> Status:
        if digit.confidence * digit.is_digit >= self.model.unsure_below and digit.is_digit > 0:
            return Status.DIGIT
        return Status.UNSURE if digit.is_digit >= EVEN_ODDS else Status.NOT_A_DIGIT
