"""Material: what a network is fitted on, and how much of it an epoch shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from digitpad.core.ink import Ink
from training.data.datasets import DIGIT_LABELS, NO_DIGIT, InkSet, PictureSet
from training.recipe import Recipe

MOST_KINDS = 200
"""Kinds of other marks with a label of their own; rarer ones share one, for a label is a byte."""
REST = "other"
"""The kind of rarer marks and of those that are made up."""


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """What an epoch is made of: the fitting parts of MNIST and of the ink."""

    mnist: PictureSet
    ink: InkSet | None
    recipe: Recipe

    @property
    def size(self) -> int:
        """Pictures in an epoch."""
        return len(self.mnist) + self.recipe.painted_life * self.painted_size

    @property
    def steps(self) -> int:
        """Batches of an epoch that the network is trained on, 1 at least.

        Only whole ones: a normalisation over the few pictures of a last one would mislead.
        """
        return max(1, self.size // self.recipe.batch_size)

    @property
    def painted_size(self) -> int:
        """Pictures in a painted set."""
        return sum(copies for *_, copies in self.drawings()) + self.styled + self.made_up

    @property
    def styled(self) -> int:
        """Digits written from templates in a painted set; they only join a person's ink."""
        return self.recipe.styled_digits if self.ink else 0

    @property
    def made_up(self) -> int:
        """Marks without a writer in a painted set; they only join others that are no digit."""
        return self.recipe.made_up_marks if self.has_other_marks else 0

    @property
    def has_other_marks(self) -> bool:
        """Whether some of the ink is no digit."""
        return self.ink is not None and not self.ink.is_digit.all()

    @property
    def kinds(self) -> tuple[str, ...]:
        """What the labels of an epoch stand for: the ten digits, kinds of other marks, and REST."""
        counts: Counter[str] = Counter()
        if self.ink:
            labelled = zip(self.ink.kinds, self.ink.labels, strict=True)
            counts.update(kind for kind, label in labelled if label >= NO_DIGIT)
        common = sorted(counts, key=lambda kind: (-counts[kind], kind))[:MOST_KINDS]
        return (*DIGIT_LABELS, *sorted(common), REST)

    @property
    def rest(self) -> int:
        """The label of rarer marks and of those that are made up."""
        return len(self.kinds) - 1

    def of_digits(self) -> Material:
        """Return the same without the marks that are no digit."""
        if self.ink is None:
            return self
        return replace(self, ink=self.ink.pick(self.ink.is_digit))

    def drawings(self) -> Iterator[tuple[Ink, int, int]]:
        """Yield each drawing with its kind's place and how often a painted set shows it."""
        if self.ink:
            places = {kind: place for place, kind in enumerate(self.kinds)}
            for ink, kind, label in zip(
                self.ink.inks, self.ink.kinds, self.ink.labels, strict=True
            ):
                if label < NO_DIGIT:
                    yield ink, int(label), 1
                else:
                    yield ink, places.get(kind, places[REST]), self.recipe.other_copies
