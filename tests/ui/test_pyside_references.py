"""PySide6 6.12.0 drops a reference to None with each call that returns nothing."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

CALLS = 1_000


@pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="None is immortal since Python 3.12: nothing to count"
)
def test_a_painter_call_that_returns_nothing_keeps_the_references_to_none(
    qapp: QApplication,
) -> None:
    # Given a painter
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    before = sys.getrefcount(None)

    # When it is called many times
    for _ in range(CALLS):
        painter.drawPoint(1, 1)
    lost = before - sys.getrefcount(None)
    painter.end()

    # Then None has lost no reference; the bad version loses one a call and aborts in the end
    assert lost < CALLS / 10
