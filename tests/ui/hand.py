"""A hand for tests: mouse, pen and finger on a widget, as real Qt events."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QMouseEvent, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from digitpad.core.ink import Stroke

Place = tuple[float, float]

LEFT = Qt.MouseButton.LeftButton
NO_BUTTON = Qt.MouseButton.NoButton

THREE: tuple[Place, ...] = tuple(
    [(150 + 60 * np.sin(t), 130 - 55 * np.cos(t)) for t in np.linspace(-1.2, 3.0, 24)]
    + [(150 + 70 * np.sin(t), 255 - 70 * np.cos(t)) for t in np.linspace(0.0, 4.0, 28)]
)
"""A 3 in one stroke, about 200 high."""


def three_points() -> list[QPoint]:
    return [QPoint(round(x), round(y)) for x, y in THREE]


def draw(widget: QWidget, points: Sequence[QPoint]) -> None:
    """Draw a stroke with the left mouse button."""
    mouse = Mouse(widget)
    # As from the system, so that a press gives the focus.
    QTest.mousePress(widget, LEFT, Qt.KeyboardModifier.NoModifier, points[0])
    for point in points[1:]:
        mouse.move(point.x(), point.y())
    QTest.mouseRelease(widget, LEFT, Qt.KeyboardModifier.NoModifier, points[-1])


class Mouse:
    """A mouse whose events have places between whole pixels and any source.

    They go to the widget itself. `QTest.mouseMove` moves the one cursor of the screen instead:
    nothing comes of it where the cursor is there already, or where another window lies above.
    """

    def __init__(self, widget: QWidget, source: Qt.MouseEventSource | None = None) -> None:
        self._widget = widget
        self._source = source or Qt.MouseEventSource.MouseEventNotSynthesized

    def press(self, x: float, y: float, button: Qt.MouseButton = LEFT) -> None:
        self._send(QEvent.Type.MouseButtonPress, x, y, button, button)

    def double_click(self, x: float, y: float) -> None:
        self._send(QEvent.Type.MouseButtonDblClick, x, y, LEFT, LEFT)

    def move(self, x: float, y: float, buttons: Qt.MouseButton = LEFT) -> None:
        self._send(QEvent.Type.MouseMove, x, y, NO_BUTTON, buttons)

    def release(self, x: float, y: float, button: Qt.MouseButton = LEFT) -> None:
        self._send(QEvent.Type.MouseButtonRelease, x, y, button, NO_BUTTON)

    def _send(
        self,
        kind: QEvent.Type,
        x: float,
        y: float,
        button: Qt.MouseButton,
        buttons: Qt.MouseButton,
    ) -> None:
        place = QPointF(x, y)
        event = QMouseEvent(
            kind,
            place,
            place,
            QPointF(self._widget.mapToGlobal(place)),
            button,
            buttons,
            Qt.KeyboardModifier.NoModifier,
            self._source,
        )
        QApplication.sendEvent(self._widget, event)


class Pen:
    """A tablet's pen, or its eraser end, with or without a sense of pressure."""

    def __init__(
        self, widget: QWidget, *, feels_pressure: bool = True, eraser: bool = False
    ) -> None:
        self._widget = widget
        capabilities = QInputDevice.Capability.Position
        if feels_pressure:
            capabilities |= QInputDevice.Capability.Pressure
        kinds = QPointingDevice.PointerType
        self._device = QPointingDevice(
            "test pen",
            id(self),
            QInputDevice.DeviceType.Stylus,
            kinds.Eraser if eraser else kinds.Pen,
            capabilities,
            1,
            3,
        )

    def press(self, x: float, y: float, pressure: float = 0.5) -> None:
        self._send(QEvent.Type.TabletPress, x, y, pressure, LEFT, LEFT)

    def move(self, x: float, y: float, pressure: float = 0.5) -> None:
        self._send(QEvent.Type.TabletMove, x, y, pressure, NO_BUTTON, LEFT)

    def release(self, x: float, y: float) -> None:
        self._send(QEvent.Type.TabletRelease, x, y, 0.0, LEFT, NO_BUTTON)

    def draw(self, points: Sequence[Place], pressure: float = 0.5) -> None:
        self.press(*points[0], pressure)
        for point in points[1:]:
            self.move(*point, pressure)
        self.release(*points[-1])

    def _send(
        self,
        kind: QEvent.Type,
        x: float,
        y: float,
        pressure: float,
        button: Qt.MouseButton,
        buttons: Qt.MouseButton,
    ) -> None:
        place = QPointF(x, y)
        event = QTabletEvent(
            kind,
            self._device,
            place,
            QPointF(self._widget.mapToGlobal(place)),
            pressure,
            0.0,
            0.0,
            0.0,
            0.0,
            0.0,
            Qt.KeyboardModifier.NoModifier,
            button,
            buttons,
        )
        QApplication.sendEvent(self._widget, event)


def places(stroke: Stroke) -> list[Place]:
    """The points of a stroke without their pressure."""
    return [(float(x), float(y)) for x, y in stroke[:, :2]]
