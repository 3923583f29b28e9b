"""Limits: how much one file may ask of the machine before it is refused.

Owns the numbers. They lie well above what people write and photograph, and keep the worst file
under 500 MB of memory and five seconds.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is taken from one file."""

    points: int = 250_000
    """Points of one drawing: four minutes of writing with a pen that reports 1,000 a second."""
    strokes: int = 10_000
    """Strokes of one drawing."""
    line: int = 16 * 1024 * 1024
    """Bytes of one line of JSON."""
    expansion: int = 100
    """How many times its own size a gzipped file may have unpacked; ink has about 4."""
    inkml: int = 32 * 1024 * 1024
    """Bytes of an InkML file."""
    pixels: int = 64_000_000
    """Pixels of one picture; the largest common phone cameras make 50 million."""
    decoding: int = 400_000_000
    """Bytes of memory that decoding one picture may take."""


DEFAULT_LIMITS = Limits()
