"""Plan: every number of the comparison, and the trainings that it is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

FULL = 60_000
"""Training images of MNIST; all of them are used, for nothing is chosen by what is measured."""


@dataclass(frozen=True, slots=True)
class Training:
    """One network to train: a family, with or without augmentation, on so many images."""

    family: str
    augmented: bool
    images: int
    seed: int

    @property
    def name(self) -> str:
        """As its files are called."""
        data = "augmented" if self.augmented else "plain"
        return f"{self.family}-{data}-{self.images}-seed{self.seed}"


@dataclass(frozen=True, slots=True)
class Plan:
    """What all trainings have in common; rate, decay and epochs were settled on validation data."""

    epochs: int = 8
    images: int = FULL
    """The largest number of training images."""
    fewer_images: tuple[int, ...] = (100, 1_000, 10_000)
    """The other points of the data curves."""
    seeds: tuple[int, ...] = (1, 2, 3)
    batch_size: int = 128
    least_steps: int = 50
    """In an epoch: few images are shown more often, so that every network can learn them."""
    learning_rate: float = 4e-3
    weight_decay: float = 1e-2
    distorted_pictures: int = 2_000
    """Test pictures that each distortion is measured on."""

    def sizes(self) -> tuple[int, ...]:
        """Return the numbers of training images, the largest last."""
        return (*(count for count in self.fewer_images if count < self.images), self.images)

    def trainings(self, families: tuple[str, ...]) -> Iterator[Training]:
        """Yield all trainings, those on all images first."""
        for images in reversed(self.sizes()):
            for family in families:
                for augmented in (False, True):
                    for seed in self.seeds:
                        yield Training(family, augmented, images, seed)

    def batch(self, images: int) -> int:
        """Return the pictures in a batch when there are so many images."""
        return min(self.batch_size, images)

    def steps_per_round(self, images: int) -> int:
        """Return the batches between two points of a learning curve; there are `epochs` rounds."""
        return max(images // self.batch(images), self.least_steps)

    def as_json(self) -> dict[str, Any]:
        """Return all numbers as a plain dictionary, lists for tuples."""
        return {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in asdict(self).items()
        }
