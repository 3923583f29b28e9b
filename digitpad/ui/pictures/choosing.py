"""Choosing: which mark of a picture a key goes to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt

from digitpad.core.reading import Box

_STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ASIDE = 2.0
"""How much more a digit must be below than beside to be taken for the next one downwards."""


def chosen_by_key(key: int, boxes: Sequence[Box], now: int | None) -> int | None:
    """Return the mark that a key goes to from the one selected now; None when it means nothing.

    Left and Right follow the order of reading, Up and Down go to the nearest above and below.
    """
    if not boxes:
        return None
    last = len(boxes) - 1
    if key == Qt.Key.Key_Home:
        return 0
    if key == Qt.Key.Key_End:
        return last
    if key in _STEPS:
        return min(max((-1 if now is None else now) + _STEPS[key], 0), last)
    if key not in (Qt.Key.Key_Up, Qt.Key.Key_Down):
        return None
    return 0 if now is None else _beyond(boxes, now, 1 if key == Qt.Key.Key_Down else -1)


def _beyond(boxes: Sequence[Box], now: int, sign: int) -> int:
    """Return the nearest mark above (-1) or below (1); the present one where there is none."""
    here = boxes[now]

    def distance(box: Box) -> float:
        aside = abs(box.x + box.width / 2 - here.x - here.width / 2)
        return aside + _ASIDE * sign * (_middle(box) - _middle(here))

    reach = here.height / 2
    others = [n for n, box in enumerate(boxes) if sign * (_middle(box) - _middle(here)) > reach]
    return min(others, key=lambda number: distance(boxes[number]), default=now)


def _middle(box: Box) -> float:
    return box.y + box.height / 2
