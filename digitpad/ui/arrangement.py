"""Arrangement: where the parts of the pad's window lie."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget


def arranged(
    stage: QWidget, buttons: Sequence[QWidget], pen_size: QWidget, panel: QWidget, status: QWidget
) -> tuple[QWidget, QGridLayout]:
    """Lay out the parts; the stage takes what the others leave.

    Returns what holds them, and its grid of two columns, under which more can be put.
    """
    centre = QWidget()
    unit = centre.fontMetrics().height()
    tools = QHBoxLayout()
    tools.setSpacing(round(unit * 0.6))
    for button in buttons:
        tools.addWidget(button)
    tools.addStretch(1)
    tools.addWidget(pen_size)

    grid = QGridLayout(centre)
    margin = round(unit * 1.2)
    grid.setContentsMargins(margin, margin, margin, round(unit * 0.5))
    grid.setHorizontalSpacing(round(unit * 1.8))
    grid.setVerticalSpacing(round(unit * 0.8))
    grid.addWidget(stage, 0, 0)
    grid.addLayout(tools, 1, 0)
    grid.addWidget(panel, 0, 1, 2, 1)
    grid.addWidget(status, 2, 0, 1, 2)
    grid.setColumnStretch(0, 3)
    grid.setColumnStretch(1, 2)
    grid.setRowStretch(0, 1)
    return centre, grid
