"""Side by side: two networks' answers to one drawing, as sliders distort it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from digitpad.core.explain.compared_answers import Comparison
from digitpad.core.explain.distortion import Distortion
from digitpad.core.model_file import load_model
from digitpad.core.network import softmax
from digitpad.core.preprocess import GreyImage
from digitpad.core.resource_files import bundled_mlp_path, bundled_model_path
from digitpad.ui.pad_window import PadWindow
from digitpad.ui.theme import Theme
from digitpad.ui.understand.answer_plot import AnswerPlot, Curves
from digitpad.ui.understand.panel import UnderstandPanel
from digitpad.ui.understand.side_by_side import SideBySide, verdict
from digitpad.ui.understand.sliders import KINDS, DistortionSliders, Kind
from tests.conftest import WaitUntil
from tests.small_models import save_small_model
from tests.ui.conftest import PALETTES, picture_of
from tests.ui.hand import LEFT
from tests.ui.test_painting import Pixels, pixels_of
from tests.ui.understand.conftest import Draw, OpenPage

TITLE = SideBySide.title.source


@pytest.fixture
def panel(pad: PadWindow, draw_digit: Draw, open_page: OpenPage) -> UnderstandPanel:
    """The panel in the real window, open at this page, with a 3."""
    draw_digit(pad, "3")
    return open_page(pad, TITLE)


@pytest.fixture
def page(panel: UnderstandPanel) -> SideBySide:
    assert isinstance(panel.page, SideBySide)
    return panel.page


def shows(page: SideBySide, pixels: GreyImage | None) -> bool:
    assert pixels is not None
    return page.picture.pixels is not None and np.array_equal(page.picture.pixels, pixels)


def shares_of(page: SideBySide) -> list[list[float]]:
    return [[bar.probability or 0.0 for bar in column.bars] for column in (page.cnn, page.mlp)]


def test_both_networks_answer_to_what_the_sliders_make_of_the_drawing(
    pad: PadWindow, panel: UnderstandPanel, page: SideBySide, wait_until: WaitUntil
) -> None:
    # Given what the window's network saw
    assert pad.digit is not None and pad.digit.pixels is not None
    before = pad.digit.pixels
    # When the sliders are moved
    page.sliders.sliders["right"].setValue(6)
    page.sliders.sliders["turn"].setValue(-20)
    expected = Distortion(right=3.0, turn=-20.0).apply(before)
    wait_until(
        panel.explainer.shown,
        lambda: shows(page, expected),
    )

    # Then the bars show what each network makes of just that
    for shares, path in zip(
        shares_of(page), (bundled_model_path(), bundled_mlp_path()), strict=True
    ):
        model = load_model(path)
        logits = model.network().logits(expected)
        assert shares == pytest.approx(softmax(logits, model.temperature).tolist(), abs=1e-7)

    # And the pad's own answer has not changed
    assert pad.answer.text == "3"
    assert pad.digit.pixels is before


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ((3, 0.9), (8, 0.6), "The CNN reads 3 (90\xa0%), the MLP 8 (60\xa0%)."),
        ((3, 0.9), (3, 0.999), "Both read 3: the CNN at 90\xa0%, the MLP at >99\xa0%."),
        ((3, 0.9), None, "The CNN reads 3 (90\xa0%)."),
    ],
)
def test_the_answers_are_said_in_words(
    first: tuple[int, float], second: tuple[int, float] | None, words: str
) -> None:
    # Given
    pixels = np.zeros((28, 28), np.float32)
    shares = [None if one is None else one_share(*one) for one in (first, second)]
    assert shares[0] is not None

    # When and then
    assert verdict(Comparison(pixels, shares[0], shares[1], (), ())) == words


def one_share(digit: int, share: float) -> tuple[float, ...]:
    return tuple(share if n == digit else (1 - share) / 9 for n in range(10))


def test_the_plot_follows_the_slider_that_was_moved_last(
    pad: PadWindow, panel: UnderstandPanel, page: SideBySide, wait_until: WaitUntil
) -> None:
    # When
    page.sliders.sliders["down"].setValue(4)
    page.sliders.sliders["turn"].setValue(15)
    wait_until(
        panel.explainer.shown,
        lambda: page.plot.curves is not None and page.plot.curves.now == 15.0,
    )

    # Then it spans that slider, and passes through what the bars show
    curves = page.plot.curves
    assert curves is not None and curves.mlp is not None
    assert curves.digit == 3
    assert (curves.positions[0], curves.positions[-1]) == (-45.0, 45.0)
    assert curves.positions[8] == 15.0
    for shares, curve in zip(shares_of(page), (curves.cnn, curves.mlp), strict=True):
        assert curve[8] == pytest.approx(shares[3])
    assert "Turn" in page.plot.accessibleName()
    assert "+15\N{DEGREE SIGN}" in page.plot.accessibleDescription()


def test_the_marks_on_the_plot_lie_on_its_curves_wherever_the_slider_stands(
    panel: UnderstandPanel, page: SideBySide, wait_until: WaitUntil
) -> None:
    # When a slider stands between the places that the curves are drawn through
    page.sliders.sliders["turn"].setValue(17)
    wait_until(
        panel.explainer.shown,
        lambda: page.plot.curves is not None and page.plot.curves.now == 17.0,
    )

    # Then
    curves = page.plot.curves
    assert curves is not None and curves.mlp is not None and curves.mlp_now is not None
    assert np.interp(17.0, curves.positions, curves.cnn) == pytest.approx(curves.cnn_now)
    assert np.interp(17.0, curves.positions, curves.mlp) == pytest.approx(curves.mlp_now)


def test_reset_brings_all_sliders_back(
    pad: PadWindow, panel: UnderstandPanel, page: SideBySide, wait_until: WaitUntil
) -> None:
    # Given sliders away from their places
    assert pad.digit is not None
    for slider in page.sliders.sliders.values():
        slider.setValue(slider.maximum())
    assert page.sliders.distortion != Distortion()

    # When
    QTest.mouseClick(page.reset, LEFT)

    # Then
    assert page.sliders.distortion == Distortion()
    seen = pad.digit.pixels
    wait_until(panel.explainer.shown, lambda: shows(page, seen))


@pytest.mark.parametrize("kind", KINDS, ids=[kind.field for kind in KINDS])
def test_each_slider_has_keys_a_name_and_a_value_in_words(qapp: QApplication, kind: Kind) -> None:
    # Given
    sliders = DistortionSliders()
    slider = sliders.sliders[kind.field]
    moved: list[Distortion] = []
    sliders.moved.connect(lambda: moved.append(sliders.distortion))
    assert slider.accessibleName() == str(kind.name)
    assert slider.accessibleDescription() == kind.worded(kind.rest)

    # When
    QTest.keyClick(slider, Qt.Key.Key_Right)

    # Then
    value = getattr(moved[-1], kind.field)
    assert value == pytest.approx(kind.rest + kind.step)
    assert slider.accessibleDescription() == kind.worded(value)
    assert len(moved) == 1

    # And at the ends
    QTest.keyClick(slider, Qt.Key.Key_Home)
    assert sliders.value(kind) == pytest.approx(kind.low)
    QTest.keyClick(slider, Qt.Key.Key_End)
    assert sliders.value(kind) == pytest.approx(kind.high)


def test_no_change_asks_for_nothing(qapp: QApplication) -> None:
    # Given sliders at rest
    sliders = DistortionSliders()
    moved: list[None] = []
    sliders.moved.connect(lambda: moved.append(None))

    # When
    sliders.reset()

    # Then
    assert moved == []


@pytest.fixture(params=["missing", "damaged", "of another kind"])
def broken_mlp(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """Where there is no second network that could be used."""
    path = tmp_path / "mlp.npz"
    if request.param == "damaged":
        path.write_bytes(b"PK\x03\x04 nonsense")
    elif request.param == "of another kind":
        save_small_model(path, labels=["a", "b"])
    yield path


def test_without_an_mlp_a_sentence_says_so_and_the_cnn_is_shown(
    pad: PadWindow,
    draw_digit: Draw,
    open_page: OpenPage,
    broken_mlp: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Given a program whose second network is missing or damaged
    monkeypatch.setattr("digitpad.workers.explainer.bundled_mlp_path", lambda: broken_mlp)
    draw_digit(pad, "3")

    # When
    page = open_page(pad, TITLE).page

    # Then
    assert isinstance(page, SideBySide)
    assert page.cnn.answer == 3
    assert page.mlp.problem.isVisible()
    assert page.mlp.problem.text().startswith("There is no MLP to compare with.")
    assert "mlp.npz" in page.mlp.problem.text()
    assert not any(bar.isVisible() for bar in page.mlp.bars)
    assert page.plot.curves is not None and page.plot.curves.mlp is None
    assert "The CNN reads 3" in page.verdict.text()


CURVES = Curves(7, (-6.0, 0.0, 6.0), (0.2, 1.0, 0.9), (0.1, 0.8, 0.4), 3.0, 0.95, 0.6)


@pytest.fixture(params=PALETTES)
def plot(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[AnswerPlot]:
    plot = AnswerPlot(KINDS[0])
    plot.setPalette(PALETTES[request.param]())
    plot.resize(400, 200)
    yield plot
    plot.deleteLater()


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_the_plot_marks_both_networks_and_the_present_position(
    plot: AnswerPlot, ratio: float
) -> None:
    # Given the axes alone
    plot.rest(KINDS[0])
    empty = picture_of(plot, ratio)

    # When
    plot.show_curves(KINDS[0], CURVES)
    picture = picture_of(plot, ratio)

    # Then one column is marked from top to bottom: that of the present position
    changed = (pixels_of(empty) != pixels_of(picture)).any(axis=2)
    marked = np.flatnonzero(changed[: int(150 * ratio)].mean(axis=0) > 0.75)
    left, right = axis_of(plot, ratio)
    assert len(marked)
    assert marked.mean() == pytest.approx(left + 0.75 * (right - left), abs=2 * ratio)

    # And without an MLP its line is missing
    plot.show_curves(KINDS[0], Curves(7, CURVES.positions, CURVES.cnn, None, 3.0, 0.95, None))
    without = (pixels_of(empty) != pixels_of(picture_of(plot, ratio))).any(axis=2)
    assert without.sum() < changed.sum()


def test_the_two_lines_differ_without_colour(plot: AnswerPlot) -> None:
    # Given two level lines far apart
    level = Curves(7, (-6.0, 6.0), (0.9, 0.9), (0.1, 0.1), -6.0, 0.9, 0.1)
    plot.rest(KINDS[0])
    empty = greys(picture_of(plot, 1.0))
    plot.show_curves(KINDS[0], level)

    # When
    shown = greys(picture_of(plot, 1.0))

    # Then one has gaps and the other has none
    changed = np.abs(shown - empty)[25:] > 20  # Below the heading.
    right = changed[:, changed.shape[1] // 2 : -30]
    rows = np.flatnonzero(right.any(axis=1))
    upper, lower = rows[rows < right.shape[0] // 2], rows[rows > right.shape[0] // 2]
    assert right[upper[len(upper) // 2]].all()
    dashed = right[lower[len(lower) // 2]]
    assert 0.3 < dashed.mean() < 0.9


def axis_of(plot: AnswerPlot, ratio: float) -> tuple[int, int]:
    """The first and the last column of the area that is plotted in: all paper above the axis."""
    plot.rest(KINDS[0])
    pixels = pixels_of(picture_of(plot, ratio))
    paper = Theme.of(plot.palette()).paper
    row = pixels[pixels.shape[0] // 3]
    on_paper = np.flatnonzero((row == [paper.red(), paper.green(), paper.blue()]).all(axis=1))
    return int(on_paper[0]), int(on_paper[-1])


def greys(image: QImage) -> Pixels:
    """Shape (height, width)."""
    grey: Pixels = pixels_of(image).sum(axis=2) // 3
    return grey


@pytest.mark.parametrize(
    ("name", "meaning"),
    [("cnn", "Convolutional neural network"), ("mlp", "Multi-layer perceptron")],
)
def test_who_points_at_a_networks_name_learns_what_it_stands_for(
    pad: PadWindow, draw_digit: Draw, open_page: OpenPage, name: str, meaning: str
) -> None:
    draw_digit(pad, "7")
    page = open_page(pad, TITLE).page
    assert isinstance(page, SideBySide)
    assert getattr(page, name).heading.toolTip().startswith(meaning)
