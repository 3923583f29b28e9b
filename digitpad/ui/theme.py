"""Theme: the colours of the painted widgets, derived from the palette in force.

Owns how a palette becomes colours, and their contrast. Every colour comes from the palette, so that
light, dark and high-contrast systems are followed. Ratios are those of WCAG 2.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

TEXT_CONTRAST = 4.5
SIGN_CONTRAST = 3.0
"""What a shape needs that carries meaning: a bar, an icon, a focus ring."""
SHARES_OF_LIGHT = 0.2126, 0.7152, 0.0722
"""Of red, green and blue in a colour's luminance."""
_SEEN = 1.05
"""The contrast from which one area can be told from another."""
_STEPS = 20
_ENABLED = QPalette.ColorGroup.Active
_ALL = QPalette.ColorGroup.All
_ROLES = (
    QPalette.ColorRole.Window,
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Base,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.Accent,
)
"""Of which the colours are derived."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by purpose."""

    window: QColor
    text: QColor
    muted: QColor
    """Text of less weight; as readable as any text."""
    paper: QColor
    ink: QColor
    hint: QColor
    """Text on empty paper."""
    guide: QColor
    frame: QColor
    """Around what belongs together on the paper."""
    border: QColor
    track: QColor
    """The empty part of a bar, a button at rest."""
    bar: QColor
    """The filled part of a bar that is not the winner's."""
    accent: QColor
    focus: QColor

    @classmethod
    def of(cls, palette: QPalette) -> Theme:
        """Derive the colours from a widget's palette, as for one that is enabled.

        What rests is faded by what paints it; else it would be faded twice, or stay so when it is
        enabled again.
        """
        return _derived(*(palette.color(_ENABLED, role).rgba() for role in _ROLES))


@lru_cache(maxsize=16)  # Each of the two dozen widgets asks, and most have the same palette.
def _derived(*of_palette: int) -> Theme:
    window, text, paper, ink, accent = (QColor.fromRgba(rgba) for rgba in of_palette)
    track = mix(window, text, 0.10)
    # Where paper and window are of one colour, the border alone shows where the paper is.
    is_bare = contrast(window, paper) < _SEEN
    border = mix(window, text, 0.24)
    return Theme(
        window=window,
        text=text,
        muted=with_contrast(mix(text, window, 0.40), window, text, TEXT_CONTRAST),
        paper=paper,
        ink=ink,
        hint=with_contrast(mix(ink, paper, 0.45), paper, ink, TEXT_CONTRAST),
        guide=mix(paper, ink, 0.14),
        frame=with_contrast(mix(paper, ink, 0.24), paper, ink, SIGN_CONTRAST),
        border=with_contrast(border, window, text, SIGN_CONTRAST) if is_bare else border,
        track=track,
        bar=with_contrast(mix(track, text, 0.38), track, text, 2.0),
        accent=with_contrast(accent, track, text, SIGN_CONTRAST),
        focus=with_contrast(accent, window, text, SIGN_CONTRAST),
    )


def mix(first: QColor, second: QColor, share: float) -> QColor:
    """Return the colour that lies `share` of the way from the first to the second."""
    return QColor.fromRgbF(
        first.redF() + (second.redF() - first.redF()) * share,
        first.greenF() + (second.greenF() - first.greenF()) * share,
        first.blueF() + (second.blueF() - first.blueF()) * share,
    )


def faded(colour: QColor, ground: QColor) -> QColor:
    """Return what is left of a colour on this ground where something is disabled."""
    return mix(colour, ground, 0.55)


def contrast(first: QColor, second: QColor) -> float:
    """Return the contrast ratio of two opaque colours, 1 to 21."""
    dark, light = sorted((_luminance(first), _luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def with_contrast(colour: QColor, ground: QColor, towards: QColor, ratio: float) -> QColor:
    """Return the colour, moved towards another only as far as it takes to reach the ratio."""
    for step in range(_STEPS):
        moved = mix(colour, towards, step / _STEPS)
        if contrast(moved, ground) >= ratio:
            return moved
    return towards


def tint(label: QWidget, colour: QColor, group: QPalette.ColorGroup = _ALL) -> None:
    """Give a label's words a colour; `group` is for those that rest, or do not."""
    palette = QPalette(label.palette())
    palette.setColor(group, QPalette.ColorRole.WindowText, colour)
    if palette != label.palette():  # Qt would tell all anew each time.
        label.setPalette(palette)


def linear(part: float) -> float:
    """Return the light that red, green or blue of 0 to 1 stands for, 0 to 1."""
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _luminance(colour: QColor) -> float:
    parts = colour.redF(), colour.greenF(), colour.blueF()
    return sum(share * linear(part) for share, part in zip(SHARES_OF_LIGHT, parts, strict=True))
