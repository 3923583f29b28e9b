"""Distortion: a 28x28 picture moved, turned, scaled, thickened, made noisy or partly covered.

Owns what each of these does, the same for the sliders of the Understand panel and for
`python -m training compare`. Positions are sampled between pixels; nothing here is random.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.core.preprocess import CENTRE, IMAGE_SIZE, GreyImage

FAINT = 0.1
"""Grey below which a pixel is thickened less, the less ink it has: a speck must not become a dot.
"""
NOISE_SEED = 20_261_123

_TAPS = 4
"""Pixels each way that cubic convolution weighs."""
_WIDE = IMAGE_SIZE + 2 * _TAPS


@dataclass(frozen=True, slots=True)
class Distortion:
    """What is done to a picture: thickened, then mapped, then covered, then made noisy.

    Turning and scaling leave the middle of the picture where it is, in which preprocessing puts the
    centre of mass.
    """

    right: float = 0.0
    """Pixels; negative is left."""
    down: float = 0.0
    """Pixels; negative is up."""
    turn: float = 0.0
    """Degrees clockwise."""
    scale: float = 1.0
    """Above 0; 2 is twice as large."""
    thicken: float = 0.0
    """Pixels added to the pen's radius; negative thins."""
    noise: float = 0.0
    """Standard deviation of what is added to the grey of 0 to 1."""
    cover: float = 0.0
    """Share of the picture's area, 0 to 1, that a square of paper in its middle hides."""
    seed: int = 0
    """Which of the fixed patterns the noise has, and, but for 0, where the cover lies."""

    @property
    def is_identity(self) -> bool:
        """Whether `apply` returns the picture as it is."""
        return self == Distortion(seed=self.seed)

    def apply(self, pixels: GreyImage) -> GreyImage:
        """Return the picture distorted, 0 to 1; the same array if nothing is done to it."""
        if self.is_identity:
            return pixels
        picture = pixels.astype(np.float32, copy=False)
        if self.thicken:
            picture = _thickened(picture, self.thicken)
        if self.right or self.down or self.turn or self.scale != 1.0:
            picture = self._mapped(picture)
        if self.cover > 0:
            picture = picture * self._left_open()
        if self.noise:
            picture = np.clip(picture + np.float32(self.noise) * _pattern(self.seed), 0.0, 1.0)
        return picture

    def _mapped(self, picture: GreyImage) -> GreyImage:
        """Return the picture moved, turned and scaled, by cubic convolution (Keys 1981)."""
        places, weights = _samples(self.right, self.down, self.turn, self.scale)
        # Paper all round takes what is sampled outside.
        padded = np.zeros((_WIDE, _WIDE), np.float32)
        padded[_TAPS:-_TAPS, _TAPS:-_TAPS] = picture
        mixed = np.einsum("kyx,kyx->yx", padded.reshape(-1).take(places), weights)
        return np.asarray(np.clip(mixed, 0.0, 1.0), np.float32)

    def _left_open(self) -> GreyImage:
        """Return 1 where nothing is covered, 0 where paper lies, and between at its edge."""
        side = IMAGE_SIZE * math.sqrt(min(self.cover, 1.0))
        room = IMAGE_SIZE - side
        across, along = (0.5, 0.5) if not self.seed else _uniform(self.seed + 1, 2).tolist()
        edges = np.arange(IMAGE_SIZE)
        rows, columns = (
            np.clip(np.minimum(edges + 1, start + side) - np.maximum(edges, start), 0.0, 1.0)
            for start in (room * along, room * across)
        )
        return np.asarray(1.0 - np.outer(rows, columns), np.float32)


@functools.lru_cache(maxsize=16)
def _samples(
    right: float, down: float, turn: float, scale: float
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Return from which pixels of the padded picture each new one is mixed, and their weights.

    Both have shape (16, 28, 28). Kept, as a page shows the same distortions of drawing after
    drawing.
    """
    angle = math.radians(turn)
    cosine, sine = math.cos(angle) / scale, math.sin(angle) / scale
    places = np.arange(IMAGE_SIZE)
    x = (places - CENTRE - right)[None, :]
    y = (places - CENTRE - down)[:, None]
    # Clockwise on a screen, where y points down; the way back from the new pixel to the old.
    rows, columns = cosine * y - sine * x + CENTRE, cosine * x + sine * y + CENTRE
    top, left = np.floor(rows).astype(np.intp), np.floor(columns).astype(np.intp)
    weights = _cubic(rows - top)[:, None] * _cubic(columns - left)
    top = np.clip(top + _TAPS - 1, 0, _WIDE - _TAPS)
    left = np.clip(left + _TAPS - 1, 0, _WIDE - _TAPS)
    window = (np.arange(_TAPS)[:, None] * _WIDE + np.arange(_TAPS)).reshape(-1, 1, 1)
    taken = top * _WIDE + left + window
    weights = weights.reshape(taken.shape)
    for kept in (taken, weights):
        kept.setflags(write=False)
    return taken, weights


def _cubic(part: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return the weights of the four pixels about a place that lies `part` behind the second."""
    distance = np.abs(part - np.arange(-1, 3).reshape(4, *[1] * part.ndim))
    near = (1.5 * distance - 2.5) * distance * distance + 1.0
    far = ((-0.5 * distance + 2.5) * distance - 4.0) * distance + 2.0
    return np.where(distance <= 1, near, far).astype(np.float32)


def _thickened(picture: GreyImage, radius: float) -> GreyImage:
    """Return what a pen of a larger radius would have painted, as far as that can be told.

    Grey dilation by a cone: an edge painted as `core.raster` paints it has a slope of one grey a
    pixel, so that grey - distance + radius is that edge's own, `radius` further out. Thinning does
    the same to the paper.
    """
    if radius < 0:
        return 1.0 - _thickened(1.0 - picture, -radius)
    reach = math.ceil(radius)
    padded = np.pad(picture, reach, mode="edge")
    raised = padded + np.float32(radius) * np.minimum(padded / np.float32(FAINT), 1.0)
    grown = picture.copy()
    for down in range(-reach, reach + 1):
        for right in range(-reach, reach + 1):
            distance = math.hypot(down, right)
            if distance < radius + 1:
                top, left = reach + down, reach + right
                moved = raised[top : top + IMAGE_SIZE, left : left + IMAGE_SIZE]
                np.maximum(grown, moved - np.float32(distance), out=grown)
    return np.minimum(grown, 1.0)


@functools.lru_cache(maxsize=16)
def _pattern(seed: int) -> NDArray[np.float32]:
    """Return a fixed picture of standard normal deviates (Box and Muller 1958)."""
    count = IMAGE_SIZE * IMAGE_SIZE
    one, two = _uniform(NOISE_SEED + seed, 2 * count).reshape(2, count)
    deviates = np.sqrt(-2.0 * np.log(one)) * np.cos(2.0 * np.pi * two)
    pattern = deviates.reshape(IMAGE_SIZE, IMAGE_SIZE).astype(np.float32)
    pattern.setflags(write=False)
    return pattern


def _uniform(seed: int, count: int) -> NDArray[np.float64]:
    """Return numbers over 0 and at most 1, by SplitMix64 (Steele, Lea and Flood 2014).

    NumPy's own generators are left out of the frozen program.
    """
    with np.errstate(over="ignore"):
        state = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        # The seed goes through the mixer first, so that neighbours have nothing in common.
        state += _mixed(np.array([seed], np.uint64) + np.uint64(0x632BE59BD9B4E019))
        return ((_mixed(state) >> np.uint64(11)) + np.uint64(1)).astype(np.float64) * 2.0**-53


def _mixed(bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))
