"""Why?, Look-alikes and What would change its mind, in the real window."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from digitpad.core.explain.change_of_mind import MindChanger
from digitpad.core.explain.look_alikes import LookAlike, LookAlikes
from digitpad.core.network import Network
from digitpad.core.preprocess import prepare_ink
from digitpad.core.reader import Reader
from digitpad.ui.pad_window import PadWindow
from digitpad.ui.understand.change_of_mind import ChangeOfMindPage
from digitpad.ui.understand.figure_page import AT_REST, FigurePage
from digitpad.ui.understand.look_alikes import LookAlikesPage, how_far, in_words
from digitpad.ui.understand.page import Page
from digitpad.ui.understand.side_by_side import SideBySide
from digitpad.ui.understand.take_away import TakeAway
from digitpad.ui.understand.tile import Tile
from digitpad.ui.understand.why import Why
from digitpad.words import Words
from tests.pictures import golden_digit
from tests.ui.conftest import PALETTES, OpenPad, Speak, dark_palette, light_palette, picture_of
from tests.ui.test_painting import both_palettes, count, pixels_of
from tests.ui.understand.conftest import Draw, OpenPage

P = TypeVar("P", bound=Page)
PAGES: tuple[type[FigurePage], ...] = (Why, LookAlikesPage, ChangeOfMindPage)
each_page = pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.title.source)
SEVEN = prepare_ink(golden_digit("7"))


@pytest.fixture(scope="module")
def network() -> Network:
    return Reader.bundled().model.network()


def shown(pad: PadWindow, open_page: OpenPage, kind: type[P]) -> P:
    """Open a page and wait until it shows something."""
    page = open_page(pad, kind.title.source).page
    assert isinstance(page, kind)
    return page


def at_rest(pad: PadWindow, kind: type[P]) -> P:
    """Open a page while the canvas is empty."""
    panel = pad.understanding.open()
    panel.turn_to(kind.title.source)
    assert isinstance(panel.page, kind)
    return panel.page


def heard(page: FigurePage) -> list[str]:
    """What a screen reader says of the painted things of a page, in their order."""
    texts = []
    for widget in page.figure.findChildren(QWidget):
        if hasattr(widget, "accessible_role"):
            interface = QAccessible.queryAccessibleInterface(widget)
            assert interface is not None
            assert interface.role() == QAccessible.Role.Graphic
            assert interface.text(QAccessible.Text.Name)
            texts.append(interface.text(QAccessible.Text.Description))
    return texts


# Each page ----------------------------------------------------------------------------------------


@each_page
def test_an_empty_canvas_is_words_not_noise(pad: PadWindow, kind: type[FigurePage]) -> None:
    page = at_rest(pad, kind)
    assert str(AT_REST) in (page.sentence, *heard(page))
    assert page.explanation


@each_page
def test_a_page_tells_a_screen_reader_what_it_shows(
    pad: PadWindow, draw_digit: Draw, open_page: OpenPage, kind: type[FigurePage]
) -> None:
    draw_digit(pad, "7")
    page = shown(pad, open_page, kind)
    assert page.sentence
    assert page.accessibleDescription() == page.sentence
    assert all(heard(page))


@each_page
@both_palettes
@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_a_page_takes_its_colours_from_the_theme(
    pad: PadWindow,
    draw_digit: Draw,
    open_page: OpenPage,
    kind: type[FigurePage],
    palette: str,
    ratio: float,
) -> None:
    # Given a page that shows something, in the other theme
    draw_digit(pad, "7")
    page = shown(pad, open_page, kind)
    panel = pad.understanding.open()
    panel.setPalette(dark_palette() if palette == "light" else light_palette())
    wanted = PALETTES[palette]()

    # When
    panel.setPalette(wanted)
    pixels = pixels_of(picture_of(page, ratio))

    # Then the paper is the theme's, and there is much of it
    assert count(pixels, wanted.base().color()) > 0.2 * pixels[..., 0].size


@each_page
def test_a_page_fits_a_narrow_panel_without_being_cut_off(
    pad: PadWindow, draw_digit: Draw, open_page: OpenPage, kind: type[FigurePage]
) -> None:
    draw_digit(pad, "7")
    page = shown(pad, open_page, kind)
    panel = pad.understanding.open()
    panel.setFloating(True)
    panel.resize(panel.fontMetrics().height() * 25, panel.minimumSizeHint().height())
    for _ in range(3):
        QApplication.processEvents()
    viewport = page.parentWidget()
    assert viewport is not None
    assert page.width() <= viewport.width()
    figure = page.figure.geometry()
    assert page.rect().contains(figure)
    assert figure.height() > 100


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (SideBySide, "Beide lesen eine 8: das CNN mit >99\xa0%, das MLP mit >99\xa0%."),
        (
            Why,
            "Der senkrechte Strich in der unteren Hälfte spricht für die 8; ohne dieses Stück sähe "
            "das immer noch am ehesten aus wie eine 8, aber weniger. Der schräge Strich in der "
            "unteren Hälfte spricht für die 3.",
        ),
        (
            LookAlikesPage,
            "Die zwölf nächsten Trainingsziffern: viermal eine 8, dreimal eine 3, zweimal eine 5, "
            "zweimal eine 0 und einmal eine 6. Die nächste ist 9,0-mal so weit entfernt wie bei "
            "Ziffern üblich.",
        ),
        (
            ChangeOfMindPage,
            "Die nächste andere Antwort, die gefunden wurde, ist die 8. Es genügt, so viel wie "
            "unter 1 % der Tinte zu ändern: unter 1 % kommt hinzu, unter 1 % fällt weg.",
        ),
    ],
)
def test_a_long_sentence_moves_nothing_in_the_narrowest_panel(
    pad: PadWindow, speak: Speak, kind: type[Page], sentence: str
) -> None:
    # Given a page in German in a panel that is as narrow and as low as can be
    speak("de")
    panel = pad.understanding.open()
    panel.setFloating(True)
    panel.resize(panel.minimumSizeHint())
    panel.turn_to(kind.title.source)
    page = panel.page

    # When nothing or little is said, and when as much is said as there is to say of some digits
    places = set()
    for said in ("", "Beide lesen eine 8.", sentence):
        if isinstance(page, FigurePage):
            page.say(said)
        else:
            assert isinstance(page, SideBySide)
            page.verdict.setText(said)
        for _ in range(5):
            QApplication.processEvents()
        parts = [page, *(each for each in page.findChildren(QWidget) if each.isVisible())]
        places.add(tuple((id(each), str(each.geometry())) for each in parts))

    # Then nothing has moved
    assert len(places) == 1


@pytest.mark.parametrize("kind", [SideBySide, *PAGES], ids=lambda kind: kind.title.source)
def test_in_a_high_panel_a_figure_is_no_tower_and_its_words_stay_near(
    pad: PadWindow, draw_digit: Draw, open_page: OpenPage, kind: type[Page]
) -> None:
    # Given a panel as on a large screen
    draw_digit(pad, "7")
    page = shown(pad, open_page, kind)
    panel = pad.understanding.open()
    panel.setFloating(True)

    # When
    panel.resize(500, 1300)
    for _ in range(5):
        QApplication.processEvents()

    # Then
    assert page.height() > 1100
    figure = page.plot if isinstance(page, SideBySide) else page.figure
    assert figure.height() <= 1.1 * figure.width()
    if isinstance(page, FigurePage):
        below = [label.y() for label in page.findChildren(QLabel) if label.parent() is page]
        assert min(below) - figure.geometry().bottom() < 20
        assert max(below) < 800


@each_page
def test_two_windows_show_each_its_own_drawing(
    open_pad: OpenPad, draw_digit: Draw, open_page: OpenPage, kind: type[FigurePage]
) -> None:
    first, second = open_pad(Reader.bundled), open_pad(Reader.bundled)
    draw_digit(first, "7")
    before = shown(first, open_page, kind).sentence
    draw_digit(second, "3")
    assert shown(second, open_page, kind).sentence != before
    assert shown_now(first, kind).sentence == before


def shown_now(pad: PadWindow, kind: type[P]) -> P:
    page = pad.understanding.open().page
    assert isinstance(page, kind)
    return page


@each_page
def test_closed_and_opened_again_a_page_shows_the_drawing_of_now(
    pad: PadWindow, draw_digit: Draw, open_page: OpenPage, kind: type[FigurePage]
) -> None:
    draw_digit(pad, "7")
    of_seven = shown(pad, open_page, kind).sentence
    pad.understanding.close()
    draw_digit(pad, "3")
    pad.understanding.open().turn_to("Side by side")
    assert shown(pad, open_page, kind).sentence != of_seven


@each_page
def test_a_page_goes_on_paper_with_its_words(
    pad: PadWindow, draw_digit: Draw, open_page: OpenPage, kind: type[FigurePage]
) -> None:
    draw_digit(pad, "7")
    page = shown(pad, open_page, kind)
    sheet = pad.understanding.open().findChildren(TakeAway)[0].sheet()
    assert sheet is not None
    assert (sheet.title, sheet.sentences) == (kind.title.source, (page.sentence, page.explanation))
    assert sheet.figure.width() > 4 * page.figure.width() - 8
    small = pixels_of(sheet.figure.scaled(100, 100))
    assert len(np.unique(small.reshape(-1, 3), axis=0)) > 10


# Why? ---------------------------------------------------------------------------------------------


def test_why_colours_the_ink_of_the_drawing(
    pad: PadWindow, draw_digit: Draw, open_page: OpenPage
) -> None:
    # When
    draw_digit(pad, "7")
    page = shown(pad, open_page, Why)

    # Then it shows what the network saw, coloured by evidence for 7 and against its rival
    assert pad.digit is not None and pad.digit.pixels is not None
    assert page.map.pixels is not None
    assert np.array_equal(page.map.pixels, pad.digit.pixels)
    shares = page.map.shares
    assert shares is not None
    assert np.abs(shares).max() == 1.0
    assert page.legend.accessibleDescription().endswith("Blue and plus: speaks for 7.")
    assert "7" in page.sentence


def test_why_at_rest_forgets_the_drawing(
    pad: PadWindow, draw_digit: Draw, open_page: OpenPage
) -> None:
    draw_digit(pad, "7")
    page = shown(pad, open_page, Why)
    pad.canvas.clear()
    assert page.map.pixels is None
    assert page.sentence == ""
    assert "7" not in page.legend.accessibleDescription()


# Look-alikes --------------------------------------------------------------------------------------


def test_look_alikes_are_sorted_and_labelled(
    pad: PadWindow, draw_digit: Draw, open_page: OpenPage
) -> None:
    draw_digit(pad, "7")
    page = shown(pad, open_page, LookAlikesPage)
    distances = [float(tile.accessibleDescription().split()[-1]) for tile in page.tiles]
    assert distances == sorted(distances)
    assert distances[0] > 0
    assert [tile.label for tile in page.tiles].count("7") > 6
    assert page.sentence.startswith("All twelve nearest training digits are 7s.") or (
        "are 7s" in page.sentence
    )


def test_a_look_alike_that_is_another_digit_is_told_apart(
    pad: PadWindow, draw_digit: Draw, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = tuple(LookAlike(SEVEN, label, 0.5 + label / 10) for label in (1, 7))
    monkeypatch.setattr(LookAlikes, "nearest", lambda *_: found)
    draw_digit(pad, "7")
    page = shown(pad, open_page, LookAlikesPage)
    assert [tile.accessibleDescription() for tile in page.tiles[:3]] == [
        "1, not the answer, at a distance of 0.60",
        "7, at a distance of 1.20",
        "Nothing yet",
    ]


def test_another_digit_than_the_answer_is_marked_by_its_frame(qapp: QApplication) -> None:
    # Given two tiles with the same picture, of which one is another digit than the answer
    pictures = []
    for is_other in (False, True):
        tile = Tile(Words("Look-alike 1"))
        tile.setPalette(light_palette())
        tile.show_digit(SEVEN, 7, "1.00", is_other)
        tile.resize(tile.sizeHint())
        pictures.append(pixels_of(picture_of(tile, 2.0)))

    # Then the frame of the other is broken, not only of another colour
    edge = [picture[2:4, 8:-8].mean(axis=(0, 2)) for picture in pictures]
    assert np.ptp(edge[0]) < 3
    assert np.ptp(edge[1]) > 60
    assert "not the answer" in tile.accessibleDescription()


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        ([7] * 12, "All twelve nearest training digits are 7s."),
        (
            [7, 7, 1, 7, 1, 8] + [7] * 6,
            "Of the twelve nearest training digits nine are 7s, two are 1s and one is an 8.",
        ),
        ([4, 9], "Of the two nearest training digits one is a 4 and one is a 9."),
    ],
)
def test_look_alikes_are_counted_in_words(labels: list[int], words: str) -> None:
    assert in_words(labels) == words


@pytest.mark.parametrize(
    ("distance", "words"),
    [(0.2, "closer than"), (1.0, "about as far away"), (2.5, "2.5 times as far away")],
)
def test_the_distance_is_put_beside_what_is_usual(distance: float, words: str) -> None:
    assert words in how_far(distance, 1.0)


# What would change its mind -----------------------------------------------------------------------


def test_the_changed_picture_is_read_as_what_is_said(
    pad: PadWindow, draw_digit: Draw, open_page: OpenPage, network: Network
) -> None:
    # When
    draw_digit(pad, "4")
    page = shown(pad, open_page, ChangeOfMindPage)

    # Then the pictures are those that the captions name, and the third is their difference
    before, after = page.before.map.pixels, page.after.map.pixels
    assert before is not None and after is not None
    other = int(network.logits(after).argmax())
    assert page.before.caption.text() == "Read as a 4"
    assert other != 4
    assert page.after.caption.text() in (f"Barely read as a {other}", f"Barely read as an {other}")
    shares = page.difference.map.shares
    assert shares is not None
    assert np.array_equal(np.sign(shares), np.sign(after - before))
    assert str(other) in page.sentence


def test_where_no_other_answer_is_near_that_is_said(
    pad: PadWindow, draw_digit: Draw, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MindChanger, "change", lambda *_: None)
    draw_digit(pad, "4")
    page = shown(pad, open_page, ChangeOfMindPage)
    assert page.sentence.startswith("No other answer is close")
    assert page.before.map.pixels is not None
    assert page.after.map.pixels is None
