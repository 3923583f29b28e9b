"""Placement: where a picture lies in a view, and how far it is enlarged.

Owns fitting, zooming and moving, as plain numbers. Lengths are logical pixels of the view.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF

from digitpad.core.reading import Box

LARGEST = 16.0
"""How many pixels of the view one of the picture takes at most."""
_LARGEST_FITTED = 10.0
"""The same for a small picture as it is first shown."""


@dataclass(frozen=True, slots=True)
class Placement:
    """One pixel of the picture is `scale` wide; its top left corner lies at `corner`."""

    picture: QSize
    room: QRectF
    """Where the picture is to be seen."""
    scale: float
    corner: QPointF

    @classmethod
    def fitted(cls, picture: QSize, room: QRectF) -> Placement:
        """Show all of the picture, in the middle."""
        scale = _fitted_scale(picture, room)
        return cls(picture, room, scale, QPointF())._settled()

    @property
    def is_fitted(self) -> bool:
        return abs(self.scale / _fitted_scale(self.picture, self.room) - 1) < 1e-6

    @property
    def can_move(self) -> bool:
        """Whether a part of the picture is out of sight."""
        size = self.area.size()
        return size.width() > self.room.width() + 0.5 or size.height() > self.room.height() + 0.5

    @property
    def area(self) -> QRectF:
        """Where the picture lies."""
        return QRectF(self.corner, QSizeF(self.picture) * self.scale)

    def zoomed(self, factor: float, at: QPointF) -> Placement:
        """Enlarge by a factor; the place `at` stays where it is, as far as that can be."""
        least = _fitted_scale(self.picture, self.room)
        scale = min(max(self.scale * factor, least), max(LARGEST, least))
        corner = at - (at - self.corner) * (scale / self.scale)
        return Placement(self.picture, self.room, scale, corner)._settled()

    def moved(self, by: QPointF) -> Placement:
        return Placement(self.picture, self.room, self.scale, self.corner + by)._settled()

    def resized(self, room: QRectF) -> Placement:
        """Go into a view of another size: what was fitted stays so, else the middle stays."""
        if self.is_fitted:
            return Placement.fitted(self.picture, room)
        corner = self.corner + room.center() - self.room.center()
        moved = Placement(self.picture, room, self.scale, corner)
        return moved.zoomed(1.0, room.center())

    def revealing(self, area: QRectF) -> Placement:
        """Move as little as it takes to have an area, in the view, in sight."""
        right = max(self.room.left() - area.left(), 0.0)
        left = min(self.room.right() - area.right(), 0.0)
        down = max(self.room.top() - area.top(), 0.0)
        up = min(self.room.bottom() - area.bottom(), 0.0)
        return self.moved(QPointF(right or left, down or up))

    def to_view(self, box: Box) -> QRectF:
        """Return where a box of the picture lies."""
        scale = self.scale
        return QRectF(
            self.corner.x() + box.x * scale,
            self.corner.y() + box.y * scale,
            box.width * scale,
            box.height * scale,
        )

    def _settled(self) -> Placement:
        """Keep the picture in its room: in the middle where it is smaller, without gaps else."""
        area, room = self.area, self.room
        x, y = area.left(), area.top()
        if area.width() <= room.width():
            x = room.center().x() - area.width() / 2
        else:
            x = min(max(x, room.right() - area.width()), room.left())
        if area.height() <= room.height():
            y = room.center().y() - area.height() / 2
        else:
            y = min(max(y, room.bottom() - area.height()), room.top())
        return Placement(self.picture, room, self.scale, QPointF(x, y))


def _fitted_scale(picture: QSize, room: QRectF) -> float:
    across = max(room.width(), 1.0) / picture.width()
    down = max(room.height(), 1.0) / picture.height()
    return min(across, down, _LARGEST_FITTED)
