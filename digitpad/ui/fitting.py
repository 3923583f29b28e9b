"""Fitting: where ink from a file goes on the canvas."""

from __future__ import annotations

from digitpad.core.ink import Ink

SHARE = 0.66
"""The ink's longer side, as a share of the canvas's shorter one."""


def fitted(ink: Ink, width: float, height: float) -> Ink:
    """Return the ink scaled and centred on a canvas of this size; a dot is only centred."""
    if ink.is_empty:
        return ink
    bounds = ink.bounds
    shapeless = ink.is_dot or bounds.extent == 0.0
    scale = 1.0 if shapeless else SHARE * min(width, height) / bounds.extent
    centre_x = bounds.left + bounds.width / 2
    centre_y = bounds.top + bounds.height / 2
    return ink.placed(scale, width / 2 - scale * centre_x, height / 2 - scale * centre_y)


def fits(ink: Ink, width: float, height: float) -> bool:
    """Whether the ink lies on a canvas of this size as it is."""
    if ink.is_empty:
        return True
    bounds = ink.bounds
    return 0 <= bounds.left <= bounds.right < width and 0 <= bounds.top <= bounds.bottom < height
