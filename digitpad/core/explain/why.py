"""Why: which parts of the ink speak for the answer and which for its rival.

Owns the map of evidence and which piece of the ink is named; what is said of it is worded
elsewhere. What speaks for the answer is measured, by covering one place of the ink after the other
(Zeiler and Fergus 2014) and asking the network: how much does the answer's lead over its rival
shrink? Gradients (Simonyan et al. 2014; Sundararajan et al. 2017) cost less, but tell half as well
what the network loses; docs/understand.md has figures.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from digitpad.core.explain.nearby import Nearby
from digitpad.core.explain.parts import INK, STRAIGHT_SHAPES, Shapes, pieces
from digitpad.core.model_file import Model
from digitpad.core.preprocess import IMAGE_SIZE, GreyImage

PATCH_RADIUS = 2.5
"""In pixels. Of 1.5, 2, 2.5 and 3, the one whose map foretells best what the network loses."""
PATCHES = 32
"""Most patches; they are spread over the ink, and a digit is covered by fewer."""
SPACING = 1.5
"""Least distance between patches, in pixels."""
SMOOTHING = 1.0
"""Standard deviation, in pixels, by which the map is smoothed."""
CLEARLY = 0.25
"""Share of the lead by which a piece has to speak for the rival to be named."""

Array = NDArray[np.float32]

_PLACES = np.arange(IMAGE_SIZE)
_BELLS = np.exp(-0.5 * ((_PLACES[:, None] - _PLACES) / SMOOTHING) ** 2).astype(np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A piece of the ink that has a name, and what the network says of the drawing without it."""

    kind: str
    """What it looks like, as `parts.Shapes` says."""
    place: str
    """Where it lies: "at the top", "in the middle", ..."""
    mask: Array
    """How much of each pixel belongs to it, shape (28, 28), 0 to 1."""
    ink: float
    """Its share of all the ink."""
    answer_without: int
    """What the network reads when its ink is gone."""
    margin_without: float
    """The answer's logit less the rival's then."""
    is_digit_without: bool
    """Whether the network takes what is left for a digit at all."""


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """Why the network answers as it does, and not otherwise."""

    answer: int
    rival: int
    """The digit that comes second."""
    margin: float
    """The answer's lead: its logit less its rival's."""
    is_digit: bool
    """Whether the network takes the drawing, by its picture, for a digit at all."""
    weights: Array
    """Shape (28, 28): above 0 speaks for the answer, below for the rival; 0 on paper. In logits:
    by how much the lead shrinks when a patch is covered, shared out over the patch's ink."""
    part: Part | None
    """The named piece that the answer needs most; None when no piece speaks for the answer.

    Of the pieces without which the answer is another one: rather one without which this is still a
    digit, then one that speaks for the answer, then one without which this is the rival; of equals
    the smallest straight one, or else the smallest. Where no piece decides the answer, the one that
    speaks for it most, for its ink."""
    part_speaks: bool
    """Whether `part` speaks for the answer rather than for the rival: by `weights`, and because the
    lead shrinks without it. A piece that does not may still be needed: without it this would be a
    third digit."""
    against: Part | None
    """Another named piece that clearly speaks for the rival, if any."""


class Explainer:
    """Explains one model's answers; belongs to one thread."""

    def __init__(self, model: Model) -> None:
        self._network = model.network()
        self._nearby = Nearby(model)
        self._detector = model.digit_detector()
        self._features = model.features_layer if self._detector else ""

    def why(self, pixels: GreyImage) -> Evidence:
        """Explain the answer to one 28x28 picture."""
        seen = self._network.activations_of_many(pixels[None])
        logits = seen[self._network.output_name]
        rival, answer = np.argsort(logits[0], kind="stable")[-2:].tolist()
        margin = float(_lead(logits, answer, rival)[0])
        weights = self._weights(seen, pixels, answer, rival)
        parts = self._parts(seen, pixels, answer, rival)
        speaking = [
            part
            for part in parts
            if part.margin_without < margin and _told_apart(_weight(part, weights)) > 0.0
        ]
        shapes = Shapes(pixels)
        kind_of = cache(lambda part: shapes.of(part.mask))
        strongest = _strongest(parts, speaking, kind_of, answer, rival, margin)
        part = _described(strongest, kind_of)
        against = _described(_for_rival(parts, weights, margin), kind_of)
        # Of two pieces with one name it is not to be said that they speak for both.
        if part and against and (part.kind, part.place) == (against.kind, against.place):
            against = None
        return Evidence(
            answer,
            rival,
            margin,
            bool(self._are_digits(seen)[0]),
            weights,
            part,
            strongest in speaking,
            against,
        )

    def _are_digits(self, activations: Mapping[str, Array]) -> NDArray[np.bool_]:
        """Return for each picture whether the network takes it for a digit at all."""
        if self._detector is None:
            return np.ones(len(activations[self._network.output_name]), bool)
        return self._detector.log_odds_of_many(activations[self._features]) >= 0.0

    def _weights(
        self, seen: Mapping[str, Array], pixels: GreyImage, answer: int, rival: int
    ) -> Array:
        """Return what each patch's covering costs the lead, shared out over the patch's ink."""
        inks = _patches(_spread(pixels)) * pixels
        logits = self._nearby.logits(seen, pixels, pixels - inks)
        drops = _lead(seen[self._network.output_name], answer, rival) - _lead(logits, answer, rival)
        shares = drops / inks.sum(axis=(1, 2))
        lost, covered = np.tensordot(shares, inks, axes=1), inks.sum(axis=0)
        smoothed = (_BELLS @ lost @ _BELLS) / np.maximum(_BELLS @ covered @ _BELLS, 1e-3)
        return np.asarray(smoothed * pixels, np.float32)

    def _parts(
        self, seen: Mapping[str, Array], pixels: GreyImage, answer: int, rival: int
    ) -> list[Part]:
        """Return the pieces, with no shape as yet, and what is read without each of them."""
        found = list(pieces(pixels))
        if not found:
            return []
        left = pixels * (1.0 - np.stack([piece.mask for piece in found]))
        names = {self._network.output_name, self._features}
        activations = self._nearby.activations(seen, pixels, left, names)
        logits = activations[self._network.output_name]
        are_digits = self._are_digits(activations)
        margins = _lead(logits, answer, rival)
        return [
            Part("", piece.place, piece.mask, piece.ink, *read)
            for piece, *read in zip(
                found,
                logits.argmax(axis=1).tolist(),
                margins.tolist(),
                are_digits.tolist(),
                strict=True,
            )
        ]


def _strongest(
    parts: Sequence[Part],
    speaking: Sequence[Part],
    kind_of: Callable[[Part], str],
    answer: int,
    rival: int,
    margin: float,
) -> Part | None:
    """Return the part to name; of those that decide the answer, it is the smallest straight one.

    `speaking` are the parts that speak for the answer rather than for the rival. People call a bar
    a bar, and find no name for the corner between bar and stem that is smaller.
    """
    deciding = [part for part in parts if part.answer_without != answer]
    if deciding:

        def rank(part: Part) -> tuple[bool, bool, bool]:
            return (
                not part.is_digit_without,
                part not in speaking,
                part.answer_without != rival,
            )

        first = min(map(rank, deciding))
        among = [part for part in deciding if rank(part) == first]
        among.sort(key=lambda part: _told_apart(part.ink))
        straight = (part for part in among if kind_of(part) in STRAIGHT_SHAPES)
        return next(straight, among[0])
    return max(
        speaking,
        key=lambda part: _told_apart((margin - part.margin_without) / part.ink**0.5),
        default=None,
    )


def _for_rival(parts: Sequence[Part], weights: Array, margin: float) -> Part | None:
    """Return the part that clearly speaks for the rival, if there is one."""
    strongest = max(parts, key=lambda part: _told_apart(part.margin_without), default=None)
    if strongest is None or strongest.margin_without < (1.0 + CLEARLY) * margin:
        return None
    return strongest if _told_apart(_weight(strongest, weights)) < 0.0 else None


def _weight(part: Part, weights: Array) -> float:
    """Return what a part says for the answer, below 0 for the rival, in logits."""
    return float((weights * part.mask).sum())


def _lead(logits: Array, answer: int, rival: int) -> Array:
    """Return the answer's logit less the rival's, of each picture."""
    lead: Array = logits[:, answer] - logits[:, rival]
    return lead


def _told_apart(value: float) -> float:
    """Return a value without its last digits, which depend on the order of sums.

    Of pieces that hold the same ink, the first is to be taken, as of any equals.
    """
    return round(value, 4)


def _described(part: Part | None, kind_of: Callable[[Part], str]) -> Part | None:
    return part and replace(part, kind=kind_of(part))


def _spread(pixels: GreyImage) -> NDArray[np.intp]:
    """Return rows and columns of places in the ink, each as far as can be from those before it."""
    places = np.argwhere(pixels > INK)
    if not len(places):
        return places
    rows, columns = places.T
    apart = (rows[:, None] - rows) ** 2 + (columns[:, None] - columns) ** 2
    chosen = int(((places - places.mean(axis=0, dtype=np.float32)) ** 2).sum(axis=1).argmax())
    nearest = apart[chosen]
    found = [chosen]
    while len(found) < PATCHES:
        chosen = int(nearest.argmax())
        if nearest[chosen] < SPACING**2:
            break
        found.append(chosen)
        nearest = np.minimum(nearest, apart[chosen])
    return places[found]


def _patches(middles: NDArray[np.intp]) -> Array:
    """Return round patches, shape (n, 28, 28), 1 where they cover all."""
    down, right = ((middles[:, [axis]] - _PLACES) ** 2 for axis in (0, 1))
    away = np.sqrt((down[:, :, None] + right[:, None]).astype(np.float32))
    return np.clip(PATCH_RADIUS + 0.5 - away, 0.0, 1.0)
