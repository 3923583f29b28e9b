"""Inside the CNN: each layer's maps, and the lens that follows mouse and keys."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from digitpad.core.model_file import load_model
from digitpad.core.resource_files import bundled_model_path
from digitpad.ui.pad_window import PadWindow
from digitpad.ui.theme import Theme
from digitpad.ui.understand.inside import Inside
from digitpad.ui.understand.map_grid import BRIGHTEST, MapGrid
from digitpad.ui.understand.panel import UnderstandPanel
from digitpad.ui.understand.tiling import Spot
from tests.conftest import WaitUntil
from tests.ui.conftest import PALETTES, picture_of
from tests.ui.hand import Mouse
from tests.ui.test_painting import count, pixels_of
from tests.ui.understand.conftest import Draw, OpenPage

TIMES = "\N{MULTIPLICATION SIGN}"
SUMMARY = {
    "conv1": ("26x26x32", "320 parameters"),
    "pool1": ("13x13x32", "no parameters"),
    "conv2": ("11x11x64", "18,496 parameters"),
    "pool2": ("5x5x64", "no parameters"),
    "conv3": ("3x3x64", "36,928 parameters"),
    "flatten": ("576", "no parameters"),
    "dense1": ("64", "36,928 parameters"),
    "digits": ("10", "650 parameters"),
}
"""As Keras' summary prints them."""


@pytest.fixture
def panel(pad: PadWindow, draw_digit: Draw, open_page: OpenPage) -> UnderstandPanel:
    """The panel in the real window, open at this page, with a 3."""
    draw_digit(pad, "3")
    return open_page(pad, Inside.title.source)


@pytest.fixture
def page(panel: UnderstandPanel) -> Inside:
    assert isinstance(panel.page, Inside)
    return panel.page


def point(grid: MapGrid) -> None:
    """Point at the first map of a layer."""
    Mouse(grid).move(5.0, 5.0, Qt.MouseButton.NoButton)


def text_of(page: Inside) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel))


def test_every_layer_has_its_shape_and_parameters_as_in_the_summary(page: Inside) -> None:
    assert list(page.grids) == list(SUMMARY)
    for name, (shape, parameters) in SUMMARY.items():
        heading = f"<b>{name}</b> &nbsp; {shape.replace('x', TIMES)} &nbsp; {parameters}"
        assert heading in text_of(page)
    assert "93,322 parameters in total." in text_of(page)


def test_the_maps_are_what_the_network_computes(pad: PadWindow, page: Inside) -> None:
    # Given what the window's network saw
    assert pad.digit is not None and pad.digit.pixels is not None
    computed = load_model(bundled_model_path()).network().activations(pad.digit.pixels)

    # Then each layer's levels grow with it, from 0 to the strongest
    for name in ("pool1", "pool2", "conv3", "dense1"):
        levels = page.grids[name].levels
        assert levels is not None
        expected = computed[name] / computed[name].max() * BRIGHTEST
        assert np.abs(levels.reshape(expected.shape) - expected).max() <= 0.51
        assert levels.max() == BRIGHTEST

    # And a pool keeps the strongest of each four places
    for below, pool in (("conv1", "pool1"), ("conv2", "pool2")):
        maps, kept = page.grids[below].levels, page.grids[pool].levels
        assert maps is not None and kept is not None
        rows, columns = 2 * kept.shape[0], 2 * kept.shape[1]
        blocks = maps[:rows, :columns].reshape(kept.shape[0], 2, kept.shape[1], 2, -1)
        # Of the last row and column, if they are odd, no pool knows; levels are shares of a
        # layer's own strongest value.
        highest = blocks.max(axis=(1, 3)).astype(float)
        assert np.abs(kept / kept.max() - highest / highest.max()).max() < 0.01


def test_the_outputs_show_the_answer(page: Inside) -> None:
    levels = page.grids["digits"].levels
    assert levels is not None
    assert int(levels.argmax()) == 3


def test_at_rest_every_map_is_empty_and_can_be_pointed_at(
    pad: PadWindow, open_page: OpenPage
) -> None:
    # Given a window in which nothing was drawn
    page = open_page(pad, Inside.title.source).page
    assert isinstance(page, Inside)
    assert list(page.grids) == list(SUMMARY)
    assert all(grid.levels is None for grid in page.grids.values())

    # When a map is pointed at
    grid = page.grids["conv2"]
    point(grid)

    # Then its filter is shown, and what it would see
    assert "conv2, map 1 of 64" in page.facts_label.text()
    assert "Value" not in page.facts_label.text()
    assert page.filter_view.kernel is not None
    assert page.input_view.region is not None


def test_pointing_at_a_place_shows_its_map_its_filter_and_what_it_sees(page: Inside) -> None:
    # Given the third map of the first layer, with gaps and a margin of two
    grid = page.grids["conv1"]
    side = (grid.sizeHint().width() - 2) / grid.across - 2
    pixel = side / 26

    # When the place in its row 4 and column 9 is pointed at
    place = (2 + 2 * (side + 2) + 9.5 * pixel, 2 + 4.5 * pixel)
    Mouse(grid).move(*place, Qt.MouseButton.NoButton)

    # Then
    assert grid.spot == Spot(2, 4, 9)
    assert page.input_view.region == (4, 9, 7, 12)
    kernel = load_model(bundled_model_path()).weights["conv1/kernel"][..., 2]
    assert page.filter_view.kernel is not None
    assert np.array_equal(page.filter_view.kernel, kernel)
    facts = page.facts_label.text()
    assert "conv1, map 3 of 32" in facts
    assert f"26{TIMES}26" in facts
    assert f"3{TIMES}3 pixels of the input" in facts
    assert page.activity is not None
    assert f"Value here: {page.activity.values['conv1'][4, 9, 2]:.2f}" in facts
    assert grid.accessibleDescription().startswith("conv1, map 3 of 32. ")
    assert ".." not in grid.accessibleDescription()


@pytest.mark.parametrize("width", [392, 504, 900])
def test_the_words_of_each_layer_have_room_and_move_nothing(
    panel: UnderstandPanel, page: Inside, width: int
) -> None:
    # Given
    panel.setFloating(True)
    panel.resize(width, 700)
    QApplication.processEvents()
    height = page.words_label.height()

    # When each layer is pointed at, then its words fit where the others' were
    for grid in page.grids.values():
        point(grid)
        QApplication.processEvents()
        assert page.words_label.heightForWidth(page.words_label.width()) <= height
        assert page.words_label.height() == height


@pytest.mark.parametrize("name", SUMMARY)
def test_every_layer_is_explained_in_two_sentences(page: Inside, name: str) -> None:
    # When
    point(page.grids[name])

    # Then
    words = page.words_label.text()
    assert words.count(". ") + words.endswith(".") == 2
    assert "{" not in words


def test_the_words_of_each_layer_differ(page: Inside) -> None:
    words = set()
    for grid in page.grids.values():
        point(grid)
        words.add(page.words_label.text())
    assert len(words) == len(SUMMARY)


def test_keys_go_from_map_to_map_and_from_layer_to_layer(
    panel: UnderstandPanel, page: Inside
) -> None:
    # Given the first layer with the focus
    panel.activateWindow()
    assert QTest.qWaitForWindowActive(panel.window())
    conv1, pool1 = page.grids["conv1"], page.grids["pool1"]
    conv1.setFocus(Qt.FocusReason.TabFocusReason)
    assert conv1.spot is not None and conv1.spot.index == 0

    # When
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left):
        QTest.keyClick(conv1, key)

    # Then the second map of the second line is shown, at its strongest place
    index = conv1.across + 1
    assert conv1.spot.index == index
    assert conv1.levels is not None
    spot, picture = conv1.spot, conv1.levels[..., index]
    assert picture[spot.row, spot.column] == picture.max()
    assert f"conv1, map {index + 1} of 32" in page.facts_label.text()

    # And with Shift the place moves
    QTest.keyClick(conv1, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert conv1.spot == Spot(index, min(spot.row + 1, 25), spot.column)

    # And beyond the last map there is none
    for _ in range(9):
        QTest.keyClick(conv1, Qt.Key.Key_Right)
        QTest.keyClick(conv1, Qt.Key.Key_Down)
    assert conv1.spot.index + conv1.across > 31
    for _ in range(32):
        QTest.keyClick(conv1, Qt.Key.Key_Right)
    assert conv1.spot.index == 31

    # And Tab goes on to the next layer, which alone is marked then
    QTest.keyClick(conv1, Qt.Key.Key_Tab)
    assert pool1.spot is not None
    assert conv1.spot is None
    assert "pool1, map 1 of 32" in page.facts_label.text()


def test_the_lens_follows_the_drawing(
    pad: PadWindow, panel: UnderstandPanel, page: Inside, draw_digit: Draw, wait_until: WaitUntil
) -> None:
    # Given a place that is pointed at
    point(page.grids["conv3"])
    before = page.activity
    assert before is not None

    # When another digit is drawn
    draw_digit(pad, "7")
    wait_until(panel.explainer.shown, lambda: page.activity is not before)

    # Then the value is the new one's
    assert page.activity is not None
    spot = page.grids["conv3"].spot
    assert spot is not None
    value = page.activity.values["conv3"][spot.row, spot.column, spot.index]
    assert f"Value here: {value:.2f}" in page.facts_label.text()
    assert page.input_view.pixels is page.activity.pixels


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("palette", PALETTES)
def test_each_pixel_of_a_map_is_a_sharp_square(
    qapp: QApplication, palette: str, ratio: float
) -> None:
    # Given two maps of 2x2, the one empty, the other with one strongest pixel
    grid = MapGrid((2, 2, 2), across=2, largest=10.0)
    grid.setPalette(PALETTES[palette]())
    grid.fill(400)
    grid.resize(grid.sizeHint())
    levels = np.zeros((2, 2, 2), np.uint8)
    levels[0, 1, 1] = BRIGHTEST
    grid.show_levels(levels)

    # When
    pixels = pixels_of(picture_of(grid, ratio))

    # Then there is a square of ink of 10 logical pixels, and paper for the rest; nothing between
    theme = Theme.of(grid.palette())
    side = int(10 * ratio)
    assert count(pixels, theme.ink, 0) == side * side
    assert count(pixels, theme.paper, 0) == 7 * side * side
    top, left = round(2 * ratio), round(2 * ratio) + 3 * side + round(2 * ratio)
    lonely = pixels[top : top + side, left : left + side]
    assert count(lonely, theme.ink, 0) == side * side


@pytest.mark.parametrize("palette", PALETTES)
def test_the_map_that_is_pointed_at_is_framed(qapp: QApplication, palette: str) -> None:
    # Given
    grid = MapGrid((2, 2, 3), across=3, largest=10.0)
    grid.setPalette(PALETTES[palette]())
    grid.fill(400)
    grid.resize(grid.sizeHint())
    focus = Theme.of(grid.palette()).focus

    # When
    grid.point_at(Spot(1, 0, 0))

    # Then the frame is about the second map
    pixels = pixels_of(picture_of(grid, 1.0))
    assert count(pixels, focus) == 24 * 24 - 20 * 20
    assert count(pixels[:, 22:46], focus) == 24 * 24 - 20 * 20
