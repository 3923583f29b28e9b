"""Reader: ink or picture -> Reading, the only way to an answer.

Owns how a drawing or picture is taken apart into marks and how a mark is judged beside others; what
the marks are, each by itself, `mark_reader.py` says. One reader belongs to one thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from digitpad.core.asking import Asking, Question, Result
from digitpad.core.grouping import split
from digitpad.core.grouping_features import MARK_BELOW
from digitpad.core.groups import Group, group_ink, whole_group, within
from digitpad.core.ink import Ink, Stroke
from digitpad.core.mark_reader import MarkReader
from digitpad.core.model_file import Model, load_model
from digitpad.core.preprocess import IMAGE_SIZE, GreyImage
from digitpad.core.reading import (
    EMPTY_READING,
    EVEN_ODDS,
    Box,
    DigitReading,
    Reading,
    Status,
    WhyNone,
)
from digitpad.core.resource_files import bundled_model_path
from digitpad.core.segment import segment

if TYPE_CHECKING:
    from PIL import Image

_GroupKey = tuple[tuple[int, ...], tuple[tuple[int, int | None], ...], float]
"""Identities of strokes, which part of each, and the size of a dot."""
_GroupReadings = dict[_GroupKey, tuple[tuple[Stroke, ...], DigitReading]]
"""What was read of groups, of some at a glance. The strokes are kept with it, so that no other one
gets their identity: strokes are never changed."""


class Reader:
    """Reads digits and numbers with one model."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._marks = MarkReader(model)
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
        """Read ink or a picture as digits, line by line, or with `single` as one digit.

        A picture is turned as its camera noted. Blank gives an EMPTY reading.
        """
        if not isinstance(drawing, Ink):
            from digitpad.core.picture_files import upright  # The pad starts without Pillow.

            return self.read_picture(upright(drawing), single=single)
        return self.read_ink(drawing) if single else self.read_number(drawing)

    def read_number(self, ink: Ink, pins: Sequence[Group] = ()) -> Reading:
        """Read ink as digits, row by row, from left to right; without strokes the reading is EMPTY.

        `pins` are groups of strokes that are one mark each, whatever the search would say. Where
        nothing is a digit and nothing pinned, all is read as one mark.
        """
        return self._read_all([(ink, self._number(ink, pins))])[0]

    def read_many(self, inks: Sequence[Ink], *, single: bool = False) -> list[Reading]:
        """Read each ink as `read` does, in less time than one by one.

        All are held in memory until they are read.
        """
        if single:
            return self._read_all([(ink, self._one_digit(ink)) for ink in inks])
        return self._read_all([(ink, self._number(ink)) for ink in inks])

    def split(self, ink: Ink, group: Group) -> tuple[Group, ...]:
        """Return the best way to take a group of `ink` apart, from left to right.

        Where no stroke ends and none can be cut, that is the group itself.
        """
        inner, known = group_ink(ink, group), self._last_groups
        (parts,) = self._read_all([(inner, split(inner))])
        self._last_groups |= known  # Most likely all of `ink` is read again next.
        return tuple(within(group, part) for part in parts)

    def read_ink(self, ink: Ink) -> Reading:
        """Read ink as one digit; without strokes the reading is EMPTY, a dot or dash no digit."""
        return self._read_all([(ink, self._one_digit(ink))])[0]

    def read_picture(self, picture: Image.Image, *, single: bool = False) -> Reading:
        """Read a photo or scan: its digits line by line, or with `single` all as one digit.

        It is upright, dark on light or light on dark. Blank gives an EMPTY reading.
        """
        from digitpad.core.page.page import read_page, read_whole  # The pad starts without Pillow.

        seen = self._marks.seen_from_around
        lines = [] if single else read_page(picture, self.read_mark)
        found = [(number, digit) for number, line in enumerate(lines) for digit in line]
        if len(found) > 1:
            digits = [
                replace(self._beside_others(seen(digit.reading), digit.probability), line=number)
                for number, digit in found
            ]
            if any(digit.status is not Status.NOT_A_DIGIT for digit in digits):
                return Reading(tuple(digits))
        elif found:
            return Reading((seen(found[0][1].reading),))
        elif not single:
            return EMPTY_READING
        whole = read_whole(picture, self.read_mark)
        return EMPTY_READING if whole is None else Reading((seen(whole),))

    def regrouped(self, digits: Sequence[DigitReading]) -> tuple[DigitReading, ...]:
        """Take a digit of a picture apart, from left to right, or make one of several.

        What cannot be cut stays the one digit that it is. No part is sure: where digits that touch
        are cut is a guess.
        """
        from digitpad.core.page.regrouping import joined, parted

        seen, line = self._marks.seen_from_around, digits[0].line
        if len(digits) > 1:
            whole = self._beside_others(seen(joined(digits, self.read_mark)), 1.0)
            return (replace(whole, line=line),)
        parts = [
            self._beside_others(seen(part.reading), part.probability)
            for part in parted(digits[0], self.read_mark)
        ]
        return tuple(replace(part, line=line, status=_guessed(part.status)) for part in parts) or (
            digits[0],
        )

    def read_input(self, pixels: GreyImage) -> Reading:
        """Read a picture that is placed and scaled as the network wants it, as MNIST's are."""
        digit = self.read_mark(pixels, Box(0.0, 0.0, IMAGE_SIZE, IMAGE_SIZE), is_dot=False)
        return Reading((self._marks.seen_from_around(digit),))

    def read_mark(self, pixels: GreyImage, box: Box, is_dot: bool) -> DigitReading:
        """Read pixels where they lie, with the box that they were cut out of.

        A dot is no digit, nor what is far wider than tall.
        """
        return self._marks.read_pictures(pixels[None], [box], [is_dot])[0]

    def _read_all(self, drawings: Sequence[tuple[Ink, Asking[Result]]]) -> list[Result]:
        """Go through drawings side by side: what all ask for is read at once, then they go on."""
        used = _GroupReadings()
        results: dict[int, Result] = {}
        # None is what starts a generator.
        answers: dict[int, Sequence[DigitReading] | None]
        answers = dict.fromkeys(range(len(drawings)))
        while answers:
            asked: dict[int, Question] = {}
            for number, answer in answers.items():
                try:
                    asked[number] = drawings[number][1].send(answer)  # type: ignore[arg-type]
                except StopIteration as done:
                    results[number] = done.value
            wanted = [
                (drawings[number][0], group, question.at_a_glance)
                for number, question in asked.items()
                for group in question.groups
            ]
            found = iter(self._read_groups(wanted, used))
            answers = {
                number: [next(found) for _ in question.groups] for number, question in asked.items()
            }
        self._last_groups = used
        return [results[number] for number in range(len(drawings))]

    def _number(self, ink: Ink, pins: Sequence[Group] = ()) -> Asking[Reading]:
        """Read ink as `read_number` does."""
        if ink.is_empty:
            return EMPTY_READING
        found = yield from segment(ink, pins)
        digits = yield Question([mark.group for mark in found])
        # One mark is read as it is with `single`, whatever else it might have been.
        if len(found) > 1:
            digits = [
                self._beside_others(digit, mark.probability, mark.why_none, mark.may_be_sign)
                for mark, digit in zip(found, digits, strict=True)
            ]
        if not pins and all(digit.status is Status.NOT_A_DIGIT for digit in digits):
            return (yield from self._one_digit(ink))
        return Reading(
            tuple(
                replace(digit, group=mark.group, line=mark.row)
                for mark, digit in zip(found, digits, strict=True)
            )
        )

    def _one_digit(self, ink: Ink) -> Asking[Reading]:
        """Read ink as `read_ink` does."""
        if ink.is_empty:
            return EMPTY_READING
        group = whole_group(ink)
        (digit,) = yield Question([group])
        return Reading((replace(digit, group=group),))

    def _read_groups(
        self, wanted: Sequence[tuple[Ink, Group, bool]], used: _GroupReadings
    ) -> list[DigitReading]:
        """Read groups, each of which comes with its drawing and whether a glance will do.

        What is in `used`, or was read the last time, is not read again; all goes into `used`.
        """
        keys: list[_GroupKey] = []
        fresh: dict[_GroupKey, tuple[tuple[Stroke, ...], Ink, bool]] = {}
        for ink, group, may_glance in wanted:
            strokes = tuple(ink.strokes[part.stroke] for part in group)
            ranges = tuple((part.start, part.stop) for part in group)
            key = tuple(map(id, strokes)), ranges, ink.dot_size
            keys.append(key)
            found = used.get(key) or self._last_groups.get(key)
            if found is not None and (may_glance or found[1].pixels is not None):
                used[key] = found
            elif key not in fresh or not may_glance:
                fresh[key] = strokes, group_ink(ink, group), may_glance
        digits = self._marks.read_inks(
            [ink for _, ink, _ in fresh.values()], [may_glance for *_, may_glance in fresh.values()]
        )
        for key, digit in zip(fresh, digits, strict=True):
            used[key] = fresh[key][0], digit
        return [used[key][1] for key in keys]

    def _beside_others(
        self,
        digit: DigitReading,
        grouping: float,
        why_none: WhyNone | None = None,
        may_be_sign: bool = False,
    ) -> DigitReading:
        """Return one of several digits, of a group that is so probable, and how sure it is."""
        is_digit = 0.0 if why_none else _among_others(digit.is_digit)
        if may_be_sign:
            is_digit = min(is_digit, EVEN_ODDS)
        status = self._marks.status(digit.confidence * is_digit * grouping, is_digit)
        return replace(
            digit, is_digit=is_digit, grouping=grouping, status=status, why_none=why_none
        )


def _among_others(is_digit: float) -> float:
    """Return the probability of being a digit beside other marks, from that of being one alone.

    Its odds are as much larger as makes MARK_BELOW even.
    """
    odds = (1.0 - MARK_BELOW) / MARK_BELOW
    return odds * is_digit / (odds * is_digit + 1.0 - is_digit)


def _guessed(status: Status) -> Status:
    """Return the status that a digit deserves of which it is a guess how far it reaches."""
    return Status.UNSURE if status is Status.DIGIT else status
