"""Pen pressure: what a tablet event says about how hard the pen is pressed."""

from __future__ import annotations

from PySide6.QtGui import QInputDevice, QTabletEvent


class PenPressure:
    """Tells a pen that feels no pressure from one that feels none right now.

    Some drivers claim the capability and always report 0, so a device is believed only after it
    has reported some.
    """

    def __init__(self) -> None:
        self._felt: set[int] = set()

    def of(self, event: QTabletEvent) -> float:
        """Return the pressure 0..1; full for a pen that reports none."""
        device = event.pointingDevice()
        if not device.hasCapability(QInputDevice.Capability.Pressure):
            return 1.0
        key = device.systemId()
        if event.pressure() > 0.0:
            self._felt.add(key)
        return event.pressure() if key in self._felt else 1.0
