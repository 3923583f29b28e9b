"""Change of mind: the least dabs of pen and eraser that make the network answer otherwise.

Owns the search and what "far" means: grey added and taken away, as a share of the drawing's ink.

The smallest change of pixels, as DeepFool finds it (Moosavi-Dezfooli et al. 2016), is a grey haze
that nobody could draw, and takes more ink than a few dabs in the right places. So its idea is kept,
which is to follow the gradient to the nearest border and to look again from there, but a step is
made of dabs: the gradient names places, the network itself says which of them brings another answer
nearest for its ink. Dabs that turn out to be needless are taken back, and the last one is made only
as strong as it must be. Where a few dabs are not enough, a haze over them does the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.core.explain.gradients import GradientNetwork, Run
from digitpad.core.explain.nearby import Nearby
from digitpad.core.model_file import DIGITS, Model
from digitpad.core.preprocess import IMAGE_SIZE, GreyImage

PEN_RADIUS = 1.6
ERASER_RADIUS = 2.5
"""In pixels. Narrower tools find changes that are smaller still, but often none at all."""
NEAREST = 3
"""Other answers that are tried at first."""
STEPS = 3
"""Most steps with dabs; each may make two more dabs than the one before."""
PLACES = 4
"""How many places the network is asked about in a step, for each tool and other answer."""
NEARLY_AS_GOOD = 4.0
"""A dab that costs up to this many times the best one's ink for the same gain is made with it."""
APART = 3
"""Such dabs are further apart than this, in pixels: they are taken to add up."""
LEAST_INK = 1.5
"""Dabs that change less than this, in pixels of full ink, are no dabs."""
HALVINGS = 5
"""Bisections that find how strong the last dab must be."""
HAZE_WIDTH = 1.5
"""Of a haze: standard deviation, in pixels, by which a change of pixels is smoothed."""
HAZE_STEPS = 8
OVERSHOOT = 0.1
"""How much further than the gradient says a haze's step goes, as the network is not linear."""

_Dab = tuple[int, int, int]
"""Which tool, and the row and column of its middle."""


@dataclass(frozen=True, slots=True, eq=False)
class ChangeOfMind:
    """The closest other answer that was found, and a picture that is just it."""

    answer: int
    """What the picture is read as."""
    other: int
    """What the changed picture is read as."""
    distance: float
    """Grey added and taken away, as a share of all the picture's: 0.1 is a tenth of its ink."""
    added: float
    """Of the distance, what was added."""
    removed: float
    """Of the distance, what was taken away."""
    pixels: GreyImage
    """The changed picture, shape (28, 28)."""


class MindChanger:
    """Looks for changes of mind of one model; belongs to one thread."""

    def __init__(self, model: Model) -> None:
        self._network = model.network()
        self._gradients = GradientNetwork(model)
        self._nearby = Nearby(model)
        self._tools = (_Tool(PEN_RADIUS, adds=True), _Tool(ERASER_RADIUS, adds=False))
        self._smoothing = _bells(HAZE_WIDTH)

    def change(self, pixels: GreyImage) -> ChangeOfMind | None:
        """Return the least change found for a 28x28 picture, or None if none is near.

        An empty picture has no ink to measure a change by: None too.
        """
        if pixels.sum() < LEAST_INK:
            return None
        run = self._gradients.run(pixels[None])
        *others, answer = np.argsort(run.logits[0], kind="stable").tolist()
        rivals = others[-NEAREST:]
        picture, dabs = pixels, list[_Dab]()
        for step in range(STEPS):
            trials = sorted(
                self._trials(run, picture, answer, rivals), key=lambda trial: trial.price
            )
            if not trials:
                break
            dabs += _together(trials, most=2 + 2 * step)
            picture = self._dabbed(pixels, dabs)
            rivals = [trials[0].rival]
            run = self._gradients.run(picture[None])
            other = int(run.logits[0].argmax())
            if other != answer:
                return self._least(pixels, answer, other, dabs)
        return self._haze(run, pixels, picture, answer, rivals[-1])

    def _trials(
        self, run: Run, picture: GreyImage, answer: int, rivals: Sequence[int]
    ) -> Iterator[_Trial]:
        """Yield dabs that bring another answer nearer, with what they would cost to reach it."""
        before = run.logits[0]
        slopes = run.slopes(np.stack([_direction(rival, answer) for rival in rivals]))
        asked = [
            (rival, (number, row, column))
            for number, tool in enumerate(self._tools)
            for rival, scores in zip(rivals, tool.promise(picture, slopes), strict=True)
            for row, column in _best_places(scores)
        ]
        if not asked:
            return
        # Rivals may have a dab in common.
        dabs = list(dict.fromkeys(dab for _, dab in asked))
        dabbed = np.stack([self._dabbed(picture, [dab]) for dab in dabs])
        logits = self._nearby.logits(run.by_name, picture, dabbed)
        inks = np.abs(dabbed - picture).sum(axis=(1, 2)).tolist()
        read = dict(zip(dabs, zip(logits, inks, strict=True), strict=True))
        for rival, dab in asked:
            after, ink = read[dab]
            now = int(after.argmax())
            nearer = rival if now == answer else now
            gap = float(before[answer] - before[nearer])
            gain = gap - float(after[answer] - after[nearer])
            # One that is there already changes nothing, and gains by rounding alone.
            if gain > 0 and ink > 0:
                yield _Trial(ink * gap / gain, nearer, dab, now != answer)

    def _least(self, pixels: GreyImage, answer: int, other: int, dabs: list[_Dab]) -> ChangeOfMind:
        """Take back what is not needed of dabs that change the answer to another one."""
        *others, last = dabs
        place = 0
        while place < len(others):
            fewer = [*others[:place], *others[place + 1 :]]
            read = self._read(self._dabbed(pixels, [*fewer, last]))
            if read != answer:
                others, other = fewer, read
            else:
                place += 1
        before = self._dabbed(pixels, others)
        return self._ended(pixels, answer, other, before, self._dabbed(before, [last]))

    def _haze(
        self, run: Run, pixels: GreyImage, dabbed: GreyImage, answer: int, rival: int
    ) -> ChangeOfMind | None:
        """Change a dabbed picture by DeepFool's steps, smoothed, never beyond paper and ink.

        `run` is that of the dabbed picture.
        """
        picture, direction = dabbed, _direction(rival, answer)
        for _ in range(HAZE_STEPS):
            slope = run.slopes(direction)[0]
            # Where it is paper or ink already, it cannot become more so.
            free = np.where(slope > 0, picture < 1, picture > 0)
            step = (self._smoothing @ (slope * free) @ self._smoothing) * free
            gain = float((slope * step).sum())
            if gain <= 0:
                return None
            size = (1 + OVERSHOOT) * max(-float(run.logits[0] @ direction), OVERSHOOT) / gain
            picture = np.clip(picture + np.float32(size) * step, 0.0, 1.0)
            run = self._gradients.run(picture[None])
            other = int(run.logits[0].argmax())
            if other != answer:
                return self._ended(pixels, answer, other, dabbed, picture)
        return None

    def _ended(
        self, pixels: GreyImage, answer: int, other: int, before: GreyImage, after: GreyImage
    ) -> ChangeOfMind:
        """Stop on the way from `before` to `after`, which is read as the other answer, just behind
        the border between the answers."""
        low, high, result = 0.0, 1.0, after
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            between = before + np.float32(middle) * (after - before)
            read = self._read(between)
            if read == answer:
                low = middle
            else:
                high, result, other = middle, between, read
        change = (result - pixels) / pixels.sum()
        added, removed = float(change.clip(min=0).sum()), float(-change.clip(max=0).sum())
        return ChangeOfMind(answer, other, added + removed, added, removed, result)

    def _dabbed(self, picture: GreyImage, dabs: Sequence[_Dab]) -> GreyImage:
        """Return the picture with dabs, one after the other."""
        for tool, row, column in dabs:
            picture = self._tools[tool].dabbed(picture, row, column)
        return picture

    def _read(self, picture: GreyImage) -> int:
        return int(self._network.logits(picture).argmax())


@dataclass(frozen=True, slots=True)
class _Trial:
    """A dab that the network was asked about."""

    price: float
    """Ink that would be needed, in pixels, if all the way to the other answer were like this."""
    rival: int
    dab: _Dab
    changes_answer: bool


class _Tool:
    """A round pen or eraser."""

    def __init__(self, radius: float, adds: bool) -> None:
        self._adds = adds
        # As `core.raster` paints a dot; twice as wide as a picture, to be cut out about any place.
        offsets = np.arange(-IMAGE_SIZE, IMAGE_SIZE)
        distance = np.hypot(offsets[:, None], offsets)
        stamp = np.clip(radius + 0.5 - distance, 0.0, 1.0).astype(np.float32)
        self._stamp = stamp if adds else 1.0 - stamp
        # About the same as the stamp, as the product of a column and a row, which costs less.
        bells = _bells(0.62 * radius)
        area = bells[IMAGE_SIZE // 2].sum() ** 2
        self._spread = bells * np.sqrt(stamp.sum() / area)

    def dabbed(self, picture: GreyImage, row: int, column: int) -> GreyImage:
        """Return the picture with a dab about a place."""
        top, left = IMAGE_SIZE - row, IMAGE_SIZE - column
        stamp = self._stamp[top : top + IMAGE_SIZE, left : left + IMAGE_SIZE]
        dab: GreyImage = (np.maximum if self._adds else np.minimum)(picture, stamp)
        return dab

    def promise(self, picture: GreyImage, slopes: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return, for each of `slopes` and each place, what a dab there gains for its ink.

        Shape (n, 28, 28); -inf where there is nothing to add or to take away.
        """
        room = 1.0 - picture if self._adds else picture
        gains = self._spread @ (slopes * room) @ self._spread
        inks = self._spread @ room @ self._spread
        sign = 1.0 if self._adds else -1.0
        promise = np.where(inks > LEAST_INK, sign * gains / np.maximum(inks, LEAST_INK), -np.inf)
        return np.asarray(promise, np.float32)


def _direction(rival: int, answer: int) -> NDArray[np.float32]:
    """Return the vector whose product with the logits is the rival's less the answer's."""
    direction = np.zeros(DIGITS, np.float32)
    direction[rival], direction[answer] = 1.0, -1.0
    return direction


def _bells(width: float) -> NDArray[np.float32]:
    """Return the matrix of a normal curve about each place of a row, of height 1."""
    places = np.arange(IMAGE_SIZE)
    return np.asarray(np.exp(-0.5 * ((places[:, None] - places) / width) ** 2), np.float32)


def _best_places(scores: NDArray[np.float32]) -> Iterator[tuple[int, int]]:
    """Yield rows and columns of the highest scores, no two of them neighbours."""
    left = scores.copy()
    for _ in range(PLACES):
        row, column = divmod(int(left.argmax()), IMAGE_SIZE)
        if left[row, column] == -np.inf:
            return
        yield row, column
        left[max(row - 1, 0) : row + 2, max(column - 1, 0) : column + 2] = -np.inf


def _together(trials: Sequence[_Trial], most: int) -> list[_Dab]:
    """Return the best trial's dab, and others that are nearly as good and do not touch it."""
    best = trials[0]
    chosen = [best.dab]
    if best.changes_answer:
        return chosen
    for trial in trials[1:]:
        good = trial.rival == best.rival and trial.price < NEARLY_AS_GOOD * best.price
        apart = all(
            max(abs(trial.dab[1] - row), abs(trial.dab[2] - column)) > APART
            for _, row, column in chosen
        )
        if good and apart and len(chosen) < most:
            chosen.append(trial.dab)
    return chosen
