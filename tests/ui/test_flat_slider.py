"""The slider as it is painted, and that the mouse takes hold of it where it is seen."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from digitpad.ui.flat_slider import FlatSlider
from digitpad.ui.theme import Theme
from tests.ui.conftest import PALETTES, picture_of
from tests.ui.hand import LEFT, Mouse
from tests.ui.test_painting import both_palettes, count, everywhere, pixels_of

LENGTH = 218


@pytest.fixture
def slider(qapp: QApplication) -> Iterator[FlatSlider]:
    """A shown slider that grows from the left, and has the focus."""
    slider = FlatSlider()
    slider.setRange(0, 100)
    slider.setPalette(PALETTES["light"]())
    slider.resize(LENGTH, slider.sizeHint().height())
    slider.show()
    slider.activateWindow()
    assert QTest.qWaitForWindowActive(slider)
    slider.setFocus()
    yield slider
    slider.close()
    slider.deleteLater()


def filled(slider: FlatSlider, ratio: float = 1.0) -> tuple[int, int]:
    """From where to where the slider has the accent's colour, in logical pixels."""
    accent = Theme.of(slider.palette()).accent
    columns = np.flatnonzero(columns_of(slider, accent, ratio))
    return round(columns[0] / ratio), round((columns[-1] + 1) / ratio)


def columns_of(slider: FlatSlider, colour: QColor, ratio: float) -> list[int]:
    """How many pixels of each column have a colour."""
    # Wherever the cursor is on this screen.
    slider.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, on=False)
    pixels = pixels_of(picture_of(slider, ratio))
    return [count(pixels[:, x : x + 1], colour) for x in range(pixels.shape[1])]


@everywhere
@both_palettes
def test_what_is_left_of_the_handle_is_filled(
    qapp: QApplication, palette: str, ratio: float
) -> None:
    # Given
    slider = FlatSlider()
    slider.setRange(0, 100)
    slider.setPalette(PALETTES[palette]())
    slider.resize(LENGTH, slider.sizeHint().height())

    # When it is at either end and in the middle
    ends = []
    for value in (0, 50, 100):
        slider.setValue(value)
        ends.append(filled(slider, ratio))

    # Then it is filled from the left as far as the handle
    for (left, right), expected in zip(ends, (15, 115, 215), strict=True):
        assert left == pytest.approx(3, abs=1)
        assert right == pytest.approx(expected, abs=1)
    slider.deleteLater()


def test_one_that_grows_from_the_middle_is_empty_there(qapp: QApplication) -> None:
    # Given
    slider = FlatSlider(origin=0)
    slider.setRange(-50, 50)
    slider.setPalette(PALETTES["light"]())
    slider.resize(LENGTH, slider.sizeHint().height())

    # When
    parts = []
    for value in (-50, 0, 50):
        slider.setValue(value)
        parts.append(filled(slider))

    # Then there is but the handle at rest, and each side has its part
    assert parts == pytest.approx(np.array([(3, 109), (103, 115), (109, 215)]), abs=1)
    slider.deleteLater()


@pytest.mark.parametrize("value", [0, 50, 100])
def test_the_focus_is_seen_at_every_value(slider: FlatSlider, value: int) -> None:
    # Given
    slider.setValue(value)
    focus = Theme.of(slider.palette()).focus
    with_focus = columns_of(slider, focus, 2.0)

    # When
    slider.clearFocus()

    # Then there was a whole ring
    ring = np.flatnonzero(np.array(with_focus) - columns_of(slider, focus, 2.0))
    assert ring[-1] - ring[0] + 1 == pytest.approx(36, abs=2)


def test_it_looks_at_rest_when_it_is_disabled(slider: FlatSlider) -> None:
    # When
    slider.setEnabled(False)

    # Then
    pixels = pixels_of(picture_of(slider, 1.0))
    assert count(pixels, Theme.of(slider.palette()).accent) == 0
    assert len(np.unique(pixels.max(axis=2) - pixels.min(axis=2))) == 1  # Grey.


@pytest.mark.parametrize("value", [0, 30, 100])
@pytest.mark.parametrize("beside", [-5, 0, 5])
def test_the_mouse_takes_hold_of_the_handle_where_it_is_seen(
    slider: FlatSlider, value: int, beside: int
) -> None:
    # Given
    slider.setValue(value)
    place = QPoint(filled(slider)[1] - 6 + beside, slider.height() // 2)

    # When it is pressed there and moved to the middle
    QTest.mousePress(slider, LEFT, pos=place)
    was_held = slider.isSliderDown()
    Mouse(slider).move(LENGTH / 2 + beside, place.y())
    QTest.mouseRelease(slider, LEFT, pos=QPoint(LENGTH // 2 + beside, place.y()))

    # Then
    assert was_held
    assert slider.value() == pytest.approx(50, abs=2)
