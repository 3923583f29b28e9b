"""Title bar: what the panel is called, and the buttons that undock and close it.

Qt's own has buttons of ten pixels. The panel still sees to it that it can be dragged by it.
"""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QHBoxLayout, QLabel, QPushButton, QWidget

from digitpad.ui.button_ground import paint_ground
from digitpad.ui.language import renewed
from digitpad.ui.theme import Theme
from digitpad.ui.tool_button import clear_icon, paint_icon
from digitpad.words import tr

_LEAST_TARGET = 24
"""Width and height in logical pixels that WCAG 2.2 asks of what is clicked."""


class TitleBar(QWidget):
    """The title of a dock widget, which has it by `setTitleBarWidget`."""

    def __init__(self, panel: QDockWidget) -> None:
        super().__init__(panel)
        self._panel = panel
        self.title = QLabel()
        self.float = _Button(_float_icon())
        self.close_ = _Button(clear_icon())
        self.float.clicked.connect(self._undock_or_dock)
        self.close_.clicked.connect(panel.close)
        unit = self.fontMetrics().height()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(unit, round(unit * 0.2), round(unit * 0.6), round(unit * 0.1))
        layout.setSpacing(round(unit * 0.2))
        layout.addWidget(self.title, 1)
        layout.addWidget(self.float)
        layout.addWidget(self.close_)
        renewed(self, self._say)

    def _undock_or_dock(self) -> None:
        focus = QApplication.focusWidget()
        self._panel.setFloating(not self._panel.isFloating())
        self._panel.activateWindow()
        if focus is not None:
            focus.setFocus()  # Qt takes it from what moves to another window.

    def _say(self) -> None:
        self.title.setText(tr("Understand"))
        self.float.say(tr("Undock or dock Understand"))
        self.close_.say(tr("Close Understand"))


class _Button(QPushButton):
    """An icon that has a ground only while it is used. Only the keyboard gives it the focus."""

    def __init__(self, icon: QPainterPath) -> None:
        super().__init__()
        self._icon = icon
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def say(self, name: str) -> None:
        """Say in the current language what it does."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        side = max(round(self.fontMetrics().height() * 1.6), _LEAST_TARGET)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = Theme.of(self.palette())
        paint_ground(painter, self, theme, theme.window)
        side = round(self.fontMetrics().height() * 0.85)
        place = QRectF((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        paint_icon(painter, self._icon, place, theme.text)


def _float_icon() -> QPainterPath:
    """A window in front of another."""
    path = QPainterPath()
    path.addRoundedRect(2.5, 5.5, 8.0, 8.0, 1.0, 1.0)
    path.moveTo(5.5, 3.5)
    path.lineTo(5.5, 2.5)
    path.lineTo(13.5, 2.5)
    path.lineTo(13.5, 10.5)
    path.lineTo(12.5, 10.5)
    return path
