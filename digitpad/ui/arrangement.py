"""Arrangement: where the parts of the pad's window lie; closer where there is little room."""

# ruff: noqa: N802 - Qt gives the names of the methods it calls.

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from digitpad.ui.answer_panel import AnswerPanel

_ROOM = 50, 30
"""Width and height from which the parts lie far apart, in heights of a line."""


class Arrangement(QWidget):
    """Holds the parts; the stage takes what the others leave."""

    def __init__(
        self,
        stage: QWidget,
        buttons: Sequence[QWidget],
        pen_size: QWidget,
        panel: AnswerPanel,
        status: QWidget,
    ) -> None:
        super().__init__()
        self._is_tight = False
        self._panel = panel
        self._tools = tools = QHBoxLayout()
        tools.setSpacing(round(self.fontMetrics().height() * 0.6))
        for button in buttons:
            tools.addWidget(button)
        tools.addStretch(1)
        tools.addWidget(pen_size)
        self._grid = grid = QGridLayout(self)
        grid.addWidget(stage, 0, 0)
        grid.addLayout(tools, 1, 0)
        grid.addWidget(panel, 0, 1, 2, 1)
        grid.addWidget(status, 2, 0, 1, 2)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        grid.setRowStretch(0, 1)
        self._space()

    def add_strip(self, strip: QWidget) -> None:
        """Put something for a while below everything else."""
        self._grid.addWidget(strip, self._grid.rowCount(), 0, 1, 2)

    def lay_out(self) -> None:
        """Give the parts their places at once, also before they are shown."""
        self._grid.activate()

    def minimumSizeHint(self) -> QSize:
        """As when the parts lie close, for then they do."""
        least = super().minimumSizeHint()
        return least if self._is_tight else least - self._spare

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        unit = self.fontMetrics().height()
        loose = self.minimumSizeHint() + self._spare
        room = QSize(_ROOM[0] * unit, _ROOM[1] * unit).expandedTo(loose)
        is_tight = self.width() < room.width() or self.height() < room.height()
        if is_tight != self._is_tight:
            self._is_tight = is_tight
            self._space()

    def _space(self) -> None:
        unit = self.fontMetrics().height()
        margin, foot, across, down = _spaces(self._is_tight, unit)
        self._grid.setContentsMargins(margin, margin, margin, foot)
        self._grid.setHorizontalSpacing(across)
        # The line for messages is mostly empty: little room lies around it.
        self._grid.setVerticalSpacing(foot)
        self._tools.setContentsMargins(0, down - foot, 0, 0)
        self._panel.set_narrow(is_narrow=self._is_tight)

    @property
    def _spare(self) -> QSize:
        """What is saved where the parts lie close."""
        unit = self.fontMetrics().height()
        margin, foot, across, down = (
            loose - tight
            for loose, tight in zip(_spaces(False, unit), _spaces(True, unit), strict=True)
        )
        panel = self._panel.least_width(is_narrow=False) - self._panel.least_width(is_narrow=True)
        return QSize(2 * margin + across + panel, margin + down + 2 * foot)


def _spaces(is_tight: bool, unit: int) -> tuple[int, int, int, int]:
    """Return the margin, the room above and below the line at the foot, and the spacing from column
    to column and from the stage to the tools."""
    shares = (0.6, 0.1, 1.0, 0.4) if is_tight else (1.2, 0.3, 1.8, 0.8)
    margin, foot, across, down = (round(unit * share) for share in shares)
    return margin, foot, across, down
