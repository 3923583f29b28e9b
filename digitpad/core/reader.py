"""Reader: ink or picture -> Reading, the only way to an answer.

Owns the order of the steps (preprocess, network, calibration) and the decision how much an answer
may be relied on. One reader belongs to one thread.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from digitpad.core.candidates import MARK_BELOW
from digitpad.core.groups import Group, group_ink, whole_group, within
from digitpad.core.ink import Ink, Stroke
from digitpad.core.model_file import Model, load_model
from digitpad.core.network import Activation, sigmoid, softmax
from digitpad.core.preprocess import IMAGE_SIZE, GreyImage, prepare_ink
from digitpad.core.reading import EMPTY_READING, Box, DigitReading, Reading, Status
from digitpad.core.resource_files import bundled_model_path
from digitpad.core.segment import segment, split

if TYPE_CHECKING:
    from PIL import Image

WIDEST_DIGIT = 4.0
"""Width over height above which a drawing is a dash and no digit. Of 10,000 real
pen digits for training, under twenty are wider: torn pieces, such as the bar of a 4."""

EVEN_ODDS = 0.5
"""Probability of being a digit under which an unsure answer is called not a digit."""

_DOUBT = (Status.DIGIT, Status.UNSURE, Status.NOT_A_DIGIT)
"""From the least to the most: a number is as doubtful as its worst mark."""

_GroupKey = tuple[tuple[int, ...], tuple[tuple[int, int | None], ...], float]
"""Identities of strokes, which part of each, and the size of a dot."""
_GroupReadings = dict[_GroupKey, tuple[tuple[Stroke, ...], DigitReading]]
"""What was read of groups. The strokes are kept with it, so that no other one gets their identity:
strokes are never changed."""


class Reader:
    """Reads digits and numbers with one model."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._network = model.network()
        self._detector = model.digit_detector()
        self._last_groups: _GroupReadings = {}

    @classmethod
    def bundled(cls) -> Reader:
        """The reader with the model that ships with the program; raises ModelFileError."""
        return cls.from_file(bundled_model_path())

    @classmethod
    def from_file(cls, path: Path) -> Reader:
        """The reader with the model in `path`; raises ModelFileError."""
        return cls(load_model(path))

    def read(self, drawing: Ink | Image.Image, *, single: bool = False) -> Reading:
        """Read ink as a number of one digit or more, or with `single` as one digit.

        A picture is read as one digit. Blank gives an EMPTY reading.
        """
        if not isinstance(drawing, Ink):
            return self.read_picture(drawing, single=single)
        return self.read_ink(drawing) if single else self.read_number(drawing)

    def read_number(self, ink: Ink, pins: Sequence[Group] = ()) -> Reading:
        """Read ink as digits from left to right; without strokes the reading is EMPTY.

        `pins` are groups of strokes that are one mark each, whatever the search would say. Where
        nothing is a digit and nothing pinned, all is read as one mark.
        """
        if ink.is_empty:
            return EMPTY_READING
        known, used = self._last_groups, _GroupReadings()

        def read(groups: Sequence[Group]) -> list[DigitReading]:
            return [self._read_group(ink, group, known, used) for group in groups]

        found = segment(ink, read, pins)
        readings = read([mark.group for mark in found])
        # One mark is read as it is with `single`, whatever else it might have been.
        digits = (
            tuple(readings)
            if len(found) == 1
            else tuple(
                self._judged(
                    replace(
                        digit,
                        grouping=mark.probability,
                        is_digit=0.0 if mark.is_speck else _among_others(digit.is_digit),
                    )
                )
                for mark, digit in zip(found, readings, strict=True)
            )
        )
        if not pins and all(digit.status is Status.NOT_A_DIGIT for digit in digits):
            digits = tuple(read([whole_group(ink)]))
        self._last_groups = used
        return Reading(max((digit.status for digit in digits), key=_DOUBT.index), digits)

    def split(self, ink: Ink, group: Group) -> tuple[Group, ...]:
        """Return the best way to take a group of `ink` apart, from left to right.

        Where no stroke ends and none can be cut, that is the group itself.
        """
        inner = group_ink(ink, group)

        def read(groups: Sequence[Group]) -> list[DigitReading]:
            return [self.read_ink(group_ink(inner, part)).digits[0] for part in groups]

        return tuple(within(group, part) for part in split(inner, read))

    def read_ink(self, ink: Ink) -> Reading:
        """Read ink as one digit; without strokes the reading is EMPTY, a dot or dash no digit."""
        if ink.is_empty:
            return EMPTY_READING
        bounds = ink.bounds
        box = Box(bounds.left, bounds.top, bounds.width, bounds.height)
        reading = self._answer(prepare_ink(ink).pixels, box, ink.is_dot)
        return Reading(reading.status, (replace(reading.digits[0], group=whole_group(ink)),))

    def read_picture(self, picture: Image.Image, *, single: bool = False) -> Reading:
        """Read a photo or scan: its digits line by line, or with `single` all as one digit.

        Dark on light or light on dark. Blank gives an EMPTY reading.
        """
        from digitpad.core.page.page import read_page, read_whole  # The pad starts without Pillow.

        lines = [] if single else read_page(picture, self.read_mark)
        found = [(number, digit) for number, line in enumerate(lines) for digit in line]
        if len(found) > 1:
            digits = tuple(
                self._judged(
                    replace(
                        digit.reading,
                        line=number,
                        grouping=digit.probability,
                        is_digit=_among_others(digit.reading.is_digit),
                    )
                )
                for number, digit in found
            )
            if any(digit.status is not Status.NOT_A_DIGIT for digit in digits):
                return Reading(max((digit.status for digit in digits), key=_DOUBT.index), digits)
        elif found:
            return Reading(found[0][1].reading.status, (found[0][1].reading,))
        elif not single:
            return EMPTY_READING
        whole = read_whole(picture, self.read_mark)
        return EMPTY_READING if whole is None else Reading(whole.status, (whole,))

    def read_input(self, pixels: GreyImage) -> Reading:
        """Read a picture that is placed and scaled as the network wants it, as MNIST's are."""
        return self._answer(pixels, Box(0.0, 0.0, IMAGE_SIZE, IMAGE_SIZE), is_dot=False)

    def read_mark(self, pixels: GreyImage, box: Box, is_dot: bool) -> DigitReading:
        """Read pixels as `read_input` does, with the box that they were cut out of.

        A dot is no digit, nor what is far wider than tall.
        """
        return self._answer(pixels, box, is_dot).digits[0]

    def _read_group(
        self, ink: Ink, group: Group, known: _GroupReadings, used: _GroupReadings
    ) -> DigitReading:
        """Read a group, or look up what was read of the same strokes the last time."""
        strokes = tuple(ink.strokes[part.stroke] for part in group)
        ranges = tuple((part.start, part.stop) for part in group)
        key = tuple(map(id, strokes)), ranges, ink.dot_size
        if key not in used:
            if key in known:
                reading = known[key][1]
            else:
                reading = self.read_ink(group_ink(ink, group)).digits[0]
            used[key] = strokes, reading
        return replace(used[key][1], group=group)

    def _answer(self, pixels: GreyImage, box: Box, is_dot: bool) -> Reading:
        activations = self._network.activations(pixels)
        logits = activations[self._network.output_name]
        probabilities = softmax(logits, self.model.temperature)
        shapeless = is_dot or box.width > WIDEST_DIGIT * box.height
        is_digit = 0.0 if shapeless else self._digit_probability(activations)
        digit = self._judged(
            DigitReading(tuple(float(p) for p in probabilities), box, is_digit, pixels)
        )
        return Reading(digit.status, (digit,))

    def _digit_probability(self, activations: Mapping[str, Activation]) -> float:
        if self._detector is None:
            return 1.0
        log_odds = float(self._detector.logits(activations[self.model.features_layer])[0])
        return sigmoid(log_odds)

    def _judged(self, digit: DigitReading) -> DigitReading:
        """Return a digit with the status that it deserves."""
        status = Status.UNSURE if digit.is_digit >= EVEN_ODDS else Status.NOT_A_DIGIT
        if digit.certainty >= self.model.unsure_below and digit.is_digit > 0:
            status = Status.DIGIT
        return replace(digit, status=status)


def _among_others(is_digit: float) -> float:
    """Return the probability of being a digit beside other marks, from that of being one alone.

    Its odds are as much larger as makes MARK_BELOW even.
    """
    odds = (1.0 - MARK_BELOW) / MARK_BELOW
    return odds * is_digit / (odds * is_digit + 1.0 - is_digit)
