"""Recipe: every number of the training, in one immutable value."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class PictureStyle:
    """How far augmentation takes a 28x28 picture; each a limit of a uniform draw, but for noise."""

    rotation_degrees: float = 12.0
    shear: float = 0.25
    log_scale: float = 0.14
    """Of each side on its own: scale factors e^-0.14 to e^0.14."""
    shift_pixels: float = 1.5
    warp_pixels: float = 1.0
    """Standard deviation of the elastic displacement (Simard et al. 2003) at its grid's points."""
    warp_grid: int = 6
    thicken: float = 0.8
    """Share of the way to a picture dilated (positive) or eroded (negative) by one pixel."""
    contrast: float = 0.25
    """Grey becomes grey ** exponent, exponent e^-0.25 to e^0.25."""
    unbent_share: float = 0.5
    """Share of pictures that keep their place and shape. Bending softens edges; a network that
    sees soft pictures of one source and crisp ones of another learns to tell the sources apart
    and reads the crisp pictures of the first one worse (on validation 99.3 % instead of 99.7 %)."""


@dataclass(frozen=True, slots=True)
class EndStyle:
    """How strokes begin and end elsewhere; lengths are shares of the drawing's extent."""

    share: float
    """Of the ends that are changed."""
    reach: float
    """Most that an end is cut or lengthened by; a limit of a uniform draw."""
    bend: float
    """Standard deviation of how far a lengthened end turns, in radians."""
    shortest: float
    """Strokes that are shorter stay as they are."""


SLIPS = EndStyle(share=0.5, reach=0.08, bend=0.5, shortest=0.32)
"""Of a pen that is lifted a little early or late."""
HABITS = EndStyle(share=0.5, reach=0.6, bend=1.2, shortest=0.8)
"""Loops left open, flicks, and joins to digits that are not there."""


@dataclass(frozen=True, slots=True)
class KeptStyle:
    """How little is kept of some drawings (`augmentation/kept_ink.py`)."""

    share: float = 0.25
    """Of drawings of which less than all is kept."""
    each_share: float = 2 / 3
    """Share of these that are joined, share thinned and share squared, each drawn for itself."""
    fewest_points: int = 8
    most_points: int = 16
    largest_stretch: float = 5.0


@dataclass(frozen=True, slots=True)
class InkStyle:
    """How far augmentation takes a drawing before it is painted; limits of uniform draws."""

    rotation_degrees: float = 14.0
    shear: float = 0.35
    log_aspect: float = 0.35
    warp: float = 0.035
    """Amplitude of a smooth displacement of the points, as a share of the drawing's extent."""
    stroke_shift: float = 0.04
    """How far each stroke moves on its own, as a share of the extent."""
    smallest_radius: float = 0.75
    largest_radius: float = 1.6
    styled_share: float = 0.2
    """Share of drawings of 0, 1 and 7 that get a slash, a flag (and foot) or a crossbar."""
    ends: tuple[EndStyle, ...] = (SLIPS, HABITS)
    """One after the other."""
    sparse_share: float = 0.25
    """Share of strokes of which only every second to fourth point is kept."""
    kept: KeptStyle = KeptStyle(share=0.0)


@dataclass(frozen=True, slots=True)
class LaterRecipe:
    """How the fitted network, its normalisations folded, continues on lossy ink
    (`augmentation/kept_ink.py`)."""

    epochs: int = 24
    learning_rate: float = 5e-4
    """At the beginning; it falls to nothing as half a cosine."""
    ink_style: InkStyle = InkStyle(styled_share=0.35, kept=KeptStyle(share=0.5))
    share: float = 0.5
    """Of the weights afterwards in the mean with those before (Wortsman et al. 2022)."""


@dataclass(frozen=True, slots=True)
class DetectorRecipe:
    """The digit detector, and how it is fitted once the network's weights stand."""

    channels: int = 64
    hidden_units: int = 128
    dropout: float = 0.05
    """Share of values left out before each dense layer, in training."""
    epochs: int = 24
    """The first of them with a learning rate that rises to its largest."""
    batch_size: int = 256
    learning_rate: float = 2e-3
    weight_decay: float = 1e-2
    averaging_momentum: float = 0.99
    """As `Recipe.averaging_momentum`."""
    ink_style: InkStyle = InkStyle(ends=(SLIPS,))
    """Ends move less far than for the ten outputs: a digit with a long flick is what many a letter
    looks like."""


@dataclass(frozen=True, slots=True)
class TrajectoryRecipe:
    """The trajectory network, and how it is fitted."""

    hidden_units: tuple[int, ...] = (256, 256)
    dropout: float = 0.1
    """Share of values left out behind each of them, in training."""
    epochs: int = 32
    batch_size: int = 128
    learning_rate: float = 3e-3
    weight_decay: float = 1e-2
    label_smoothing: float = 0.05
    plain_share: float = 0.1
    """Of drawings that stay as they are."""
    styled_share: float = 0.35
    """As in `InkStyle`, whose other numbers are the recipe's for digits, and the detector's."""
    kept: KeptStyle = KeptStyle()
    writer_balance: float = 0.5
    """A drawing counts as 1 over the number of its writer's drawings, to this power."""
    joined_share: float = 0.08
    """Of drawings of several strokes two of which become one."""
    parted_share: float = 0.08
    """Of drawings whose strokes are parted."""
    touched_up_share: float = 0.08
    """Of drawings a piece of which is drawn over once more."""
    retraced_share: float = 0.05
    """Of drawings that are drawn over once more, or there and back."""
    reordered_share: float = 0.08
    """Of drawings whose strokes come in any order."""
    reversed_share: float = 0.08
    """Of strokes that run the other way. These six keep the network from being sure because of a
    way to write that another hand or country may not share."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """A whole training run. Two runs with equal recipes and data end in the same place."""

    seed: int = 1
    epochs: int = 100
    batch_size: int = 128
    painted_life: int = 3
    """Epochs on end that show a painted set; each epoch shows as many of them. A set holds every
    ink digit once, and what follows."""
    styled_digits: int = 2_000
    """Digits written from templates, only where there is ink."""
    other_copies: int = 2
    """Differently augmented pictures of each drawing that is no digit, for the digit detector."""
    made_up_marks: int = 2_000
    """Dashes, dots, scribbles and pairs of digits; for the digit detector too."""
    learning_rate: float = 4e-3
    warm_up_epochs: float = 2.0
    weight_decay: float = 1e-2
    label_smoothing: float = 0.05
    averaging_momentum: float = 0.999
    """Of the exponential moving average of the weights (Polyak averaging)."""
    picture_style: PictureStyle = PictureStyle()
    ink_style: InkStyle = InkStyle()
    later: LaterRecipe = LaterRecipe()
    detector: DetectorRecipe = DetectorRecipe()
    trajectory: TrajectoryRecipe = TrajectoryRecipe()
    painted_style: PictureStyle = PictureStyle(
        rotation_degrees=3.0,
        shear=0.05,
        log_scale=0.06,
        shift_pixels=1.0,
        warp_pixels=0.5,
        thicken=0.6,
        unbent_share=0.5,
    )
    """For ink once it is painted, so that it is as soft and as thick as pictures can be."""

    def as_json(self) -> dict[str, Any]:
        """Return all numbers as nested plain dictionaries."""
        return asdict(self)
