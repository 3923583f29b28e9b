"""Pictures come into the window, and one gets back to the pad with nothing lost."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from digitpad.core.ink import Ink
from digitpad.core.reading import DigitReading, Reading
from digitpad.ui.offer import Offer
from digitpad.ui.pad_window import PadWindow
from digitpad.ui.pictures.drop_sign import DropSign
from digitpad.ui.theme import Theme
from tests.command_line import ink_file
from tests.conftest import WaitUntil
from tests.hostile_files import hostile_files
from tests.pictures import golden_digit, save_with_damaged_first_page
from tests.ui.conftest import PALETTES, Choose, picture_of
from tests.ui.hand import draw, three_points
from tests.ui.pictures.conftest import Open, read_page, reading_of, saved, written
from tests.ui.test_painting import Pixels, count, part, pixels_of


def image_of(picture: Image.Image) -> QImage:
    flat = picture.convert("RGB")
    return QImage(
        flat.tobytes(), flat.width, flat.height, 3 * flat.width, QImage.Format.Format_RGB888
    ).copy()


def files_data(*paths: Path | str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def image_data(picture: Image.Image) -> QMimeData:
    data = QMimeData()
    data.setImageData(image_of(picture))
    return data


PLACE = QPoint(30, 90)
"""On the canvas."""
COPY, LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier


def hover(pad: PadWindow, data: QMimeData) -> bool:
    """Drag something over the canvas, as the mouse does; return whether it is welcome."""
    enter = QDragEnterEvent(PLACE, COPY, data, LEFT, NO_KEY)
    QApplication.sendEvent(pad, enter)
    return enter.isAccepted()


def drop(pad: PadWindow, data: QMimeData) -> bool:
    """Drop something onto the canvas, as the mouse does; return whether it was welcome."""
    is_welcome = hover(pad, data)
    if is_welcome:
        QApplication.sendEvent(pad, QDropEvent(QPointF(PLACE), COPY, data, LEFT, NO_KEY))
    return is_welcome


def paste(pad: PadWindow, data: QMimeData) -> None:
    QGuiApplication.clipboard().setMimeData(data)
    QTest.keyClick(pad, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize("way", ["Ctrl+O", "drop", "drop an image", "Ctrl+V", "Ctrl+V a file"])
def test_a_picture_comes_in_by_each_way(
    pad: PadWindow,
    wait_until: WaitUntil,
    choose: Choose,
    tmp_path: Path,
    way: str,
) -> None:
    # Given a picture of two lines
    path = saved(tmp_path / "page.png", "207", "38")
    choose(path)

    # When
    match way:
        case "Ctrl+O":
            QTest.keyClick(pad, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
        case "drop":
            assert drop(pad, files_data(path))
        case "drop an image":
            assert drop(pad, image_data(written("207", "38")))
        case "Ctrl+V":
            paste(pad, image_data(written("207", "38")))
        case _:
            paste(pad, files_data(path))

    # Then it is shown and read
    page = read_page(pad, wait_until)
    assert page.isVisible()
    assert not pad.canvas.isVisible()
    assert page.reading.text == "207\n38"
    assert [tag.text for tag in page.view.tags] == [*"20738"]
    assert pad.status.message == ""


@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("has_ink", [False, True])
def test_the_paper_shows_that_a_drop_is_welcome_until_the_drag_leaves(
    pad: PadWindow, palette: str, ratio: float, has_ink: bool
) -> None:
    # Given
    pad.setPalette(PALETTES[palette]())
    if has_ink:
        pad.canvas.show_ink(Ink.from_points([[(20.0, 100.0), (200.0, 100.0)]]))
    theme = Theme.of(pad.palette())

    def paper() -> Pixels:
        place = QRect(pad.stage.mapTo(pad, QPoint()), pad.stage.size())
        return part(pixels_of(picture_of(pad, ratio)), place, ratio)

    before = paper()
    assert count(before, theme.focus) == 0

    # When a file hovers
    assert hover(pad, files_data("page.png"))

    # Then there is a frame all around, and words in the middle
    during = paper()
    height, width = during.shape[:2]
    assert count(during[:, width // 2, None], theme.focus) >= 4 * ratio
    assert count(during[height // 2, None], theme.focus) >= 4 * ratio
    assert count(during[height * 2 // 5 : height * 3 // 5], theme.ink) > 20

    # And when it leaves, all is as before
    QApplication.sendEvent(pad, QDragLeaveEvent())
    assert np.array_equal(paper(), before)


@pytest.mark.parametrize("what", ["words", "a link", "a drop"])
def test_nothing_says_that_a_drop_is_welcome_when_it_is_not_or_is_over(
    pad: PadWindow, tmp_path: Path, what: str
) -> None:
    # Given
    before = pixels_of(picture_of(pad.stage, 1.0))
    data = QMimeData()

    # When
    if what == "words":
        data.setText("seven")
        assert not hover(pad, data)
    elif what == "a link":
        data.setUrls([QUrl("https://example.org/page.png")])
        assert hover(pad, data)
    else:
        assert drop(pad, files_data(tmp_path / "missing.png"))

    # Then
    assert all(sign.isHidden() for sign in pad.findChildren(DropSign))
    assert np.array_equal(pixels_of(picture_of(pad.stage, 1.0)), before)


def test_a_picture_without_its_ending_is_known_by_what_is_in_it(show: Open, tmp_path: Path) -> None:
    path = tmp_path / "page"
    written("42").save(path, "PNG")
    assert show(path).reading.text == "42"


@pytest.mark.parametrize("way", ["drop", "paste"])
def test_an_ink_file_opens_as_ink(
    pad: PadWindow, wait_until: WaitUntil, tmp_path: Path, way: str
) -> None:
    # Given
    data = files_data(ink_file(tmp_path / "a.jsonl", "7"))

    # When
    if way == "drop":
        drop(pad, data)
    else:
        paste(pad, data)

    # Then
    wait_until(pad.bars.painted, lambda: pad.answer.text == "7")
    assert pad.canvas.isVisible()
    assert not pad.canvas.ink.is_empty


def test_ink_that_is_opened_over_a_picture_is_seen(
    pad: PadWindow, show: Open, wait_until: WaitUntil, tmp_path: Path
) -> None:
    # Given a picture in front
    show(saved(tmp_path / "page.png", "20"))

    # When
    pad.files.open_file(str(ink_file(tmp_path / "a.jsonl", "7")))

    # Then
    assert pad.canvas.isVisible()
    wait_until(pad.bars.painted, lambda: pad.answer.text == "7")


def test_a_picture_that_lies_on_its_side_is_shown_upright(show: Open, tmp_path: Path) -> None:
    # Given a photo that was taken with the camera turned
    turned = written("207").transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / "photo.jpg"
    turned.save(path, exif=exif, quality=95)

    # When
    page = show(path)

    # Then
    placement = page.view.placement
    assert placement is not None
    assert (placement.picture.width(), placement.picture.height()) == written("207").size
    assert page.reading.text == "207"


# Nothing is lost ----------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["button", "Escape", "Clear"])
def test_back_to_the_pad_everything_is_as_it_was(
    pad: PadWindow, wait_until: WaitUntil, tmp_path: Path, way: str
) -> None:
    # Given a drawing, and over it a picture
    draw(pad.canvas, three_points())
    wait_until(pad.bars.painted, lambda: pad.answer.text == "3")
    before = pad.canvas.ink.strokes
    pad.files.open_file(str(saved(tmp_path / "page.png", "207")))
    wait_until(pad.digit_shown, lambda: len(pad.panel.marks) == 3)
    page = pad.pictures.page
    assert page is not None
    assert not pad.files.save.isEnabled()

    # When
    match way:
        case "button":
            QTest.mouseClick(page.header.back, Qt.MouseButton.LeftButton)
        case "Escape":
            QTest.keyClick(page.view, Qt.Key.Key_Escape)
        case _:
            pad._clear.trigger()

    # Then the drawing and its answer are back, and it can be undone
    assert pad.canvas.isVisible()
    assert all(one is other for one, other in zip(pad.canvas.ink.strokes, before, strict=True))
    wait_until(pad.bars.painted, lambda: pad.answer.text == "3")
    assert pad.files.save.isEnabled()
    QTest.keyClick(pad, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert pad.canvas.ink.is_empty


def test_an_empty_pad_comes_back_without_an_answer(
    pad: PadWindow, show: Open, tmp_path: Path
) -> None:
    page = show(saved(tmp_path / "page.png", "207"))
    QTest.keyClick(page.view, Qt.Key.Key_Escape)
    assert pad.bars.probabilities is None
    assert pad.canvas.isVisible()


def test_the_picture_and_what_was_said_of_it_come_back(
    pad: PadWindow, show: Open, tmp_path: Path
) -> None:
    # Given a corrected picture that was left
    page = show(saved(tmp_path / "page.png", "207"))
    QTest.keyClick(page.view, Qt.Key.Key_5)
    QTest.keyClick(page.view, Qt.Key.Key_Escape)

    # When
    QTest.keyClick(pad, Qt.Key.Key_F3)

    # Then
    assert page.isVisible()
    assert page.reading.text == "507"
    assert len(pad.panel.marks) == 3


def test_a_line_that_is_begun_beside_the_digits_is_drawn_on_the_pad(
    pad: PadWindow, show: Open, tmp_path: Path
) -> None:
    # Given a picture that is seen as a whole
    page = show(saved(tmp_path / "page.png", "207"))
    start = page.view.rect().bottomLeft() + QPoint(20, -20)
    places = [start + QPoint(12 * step, 0) for step in range(8)]
    window = pad.windowHandle()  # As from the system, so that the widget is found as there.
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

    # When one draws beside the digits
    in_window = [page.view.mapTo(pad, place) for place in places]
    on_canvas = [page.view.mapToGlobal(place) for place in places]
    QTest.mousePress(window, left, none, in_window[0])
    for place in in_window[1:]:
        QTest.mouseMove(window, place)
    QTest.mouseRelease(window, left, none, in_window[-1])
    QApplication.processEvents()

    # Then the pad is there, with the line on it, where it was drawn
    assert pad.canvas.isVisible()
    (stroke,) = pad.canvas.ink.strokes
    expected = [pad.canvas.mapFromGlobal(place) for place in on_canvas]
    assert stroke[:, :2].tolist() == [[place.x(), place.y()] for place in expected]

    # And the next line is another one
    assert QWidget.mouseGrabber() is None
    draw(pad.canvas, [QPoint(40, 40), QPoint(60, 90)])
    assert len(pad.canvas.ink.strokes) == 2


def test_a_picture_that_is_dropped_by_clear_is_not_shown_later(
    pad: PadWindow, show: Open, wait_until: WaitUntil, tmp_path: Path
) -> None:
    # Given a picture in front, and another one on its way
    show(saved(tmp_path / "page.png", "207"))
    pad.files.open_file(str(saved(tmp_path / "other.png", "42")))

    # When one goes back to the pad, and draws
    pad._clear.trigger()
    draw(pad.canvas, three_points())
    wait_until(pad.bars.painted, lambda: pad.answer.text == "3")

    # Then nothing comes in front of the drawing
    assert pad.canvas.isVisible()
    assert pad.status.message == ""


class SlowReader:
    """Reads nothing until it is let through."""

    def __init__(self) -> None:
        self.gate = threading.Event()

    def read_picture(self, picture: Image.Image, *, single: bool = False) -> Reading:
        assert self.gate.wait(30)
        return reading_of("207")

    def regrouped(self, digits: Sequence[DigitReading]) -> tuple[DigitReading, ...]:
        return tuple(digits)


@pytest.fixture
def slow(pad: PadWindow) -> Iterator[SlowReader]:
    """The reader of the window's pictures."""
    reader = SlowReader()
    pad.pictures.load_reader = lambda: reader
    yield reader
    reader.gate.set()


def test_one_can_draw_while_a_picture_is_read(
    pad: PadWindow, slow: SlowReader, wait_until: WaitUntil, tmp_path: Path
) -> None:
    # Given a picture that is shown, and is being read
    pad.files.open_file(str(saved(tmp_path / "page.png", "207")))
    assert pad.status.message == "Reading page.png\N{HORIZONTAL ELLIPSIS}"
    wait_until(pad.stage.turned, lambda: pad.pictures.page is not None)
    page = pad.pictures.page
    assert page is not None
    assert page.view.placement is not None
    assert not page.view.tags
    assert pad.windowTitle().startswith("page.png")

    # When one goes back to the pad and draws
    QTest.keyClick(page.view, Qt.Key.Key_Escape)
    draw(pad.canvas, three_points())

    # Then that is read meanwhile
    wait_until(pad.bars.painted, lambda: pad.answer.text == "3")
    assert pad.windowTitle() == "DigitPad"

    # And the picture is read when it is wanted back
    slow.gate.set()
    QTest.keyClick(pad, Qt.Key.Key_F3)
    assert read_page(pad, wait_until).reading.text == "207"


@pytest.mark.parametrize("way", ["Escape", "a stroke"])
def test_a_picture_on_its_way_to_the_pad_is_not_waited_for(
    pad: PadWindow, wait_until: WaitUntil, tmp_path: Path, way: str
) -> None:
    # Given a picture that is being decoded
    pad.files.open_file(str(saved(tmp_path / "page.png", "207")))
    assert pad._clear.isEnabled()

    # When
    if way == "Escape":
        QTest.keyClick(pad, Qt.Key.Key_Escape)
        assert not pad._clear.isEnabled()
    draw(pad.canvas, three_points())

    # Then it does not come
    assert pad.status.message == ""
    wait_until(pad.bars.painted, lambda: pad.answer.text == "3")
    assert pad.canvas.isVisible()


# Several, and what cannot be opened ---------------------------------------------------------------


def test_of_several_files_the_first_is_opened_and_the_next_ones_offered(
    pad: PadWindow, wait_until: WaitUntil, tmp_path: Path
) -> None:
    # Given
    first = saved(tmp_path / "first.png", "207")
    second = ink_file(tmp_path / "second.jsonl", "7")
    third = saved(tmp_path / "third.png", "42")

    # When
    drop(pad, files_data(first, second, third))

    # Then
    assert read_page(pad, wait_until).reading.text == "207"
    (offer,) = pad.findChildren(Offer)
    assert offer.isVisible()
    assert offer.accessibleName() == "first.png is file 1 of 3."

    # When
    offer.accept.click()
    wait_until(pad.bars.painted, lambda: pad.answer.text == "7")
    offer = next(o for o in pad.findChildren(Offer) if o.isVisible())
    assert offer.accessibleName() == "second.jsonl is file 2 of 3."
    offer.accept.click()

    # Then
    assert read_page(pad, wait_until).reading.text == "42"
    assert not any(offer.isVisible() for offer in pad.findChildren(Offer))


@pytest.mark.parametrize("is_pasted", [False, True])
def test_nothing_is_fetched_from_the_network(pad: PadWindow, is_pasted: bool) -> None:
    # Given
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/seven.png")])
    draw(pad.canvas, three_points())

    # When
    if is_pasted:
        paste(pad, data)
    else:
        drop(pad, data)

    # Then
    assert "nothing from the internet" in pad.status.message
    assert pad.canvas.isVisible()
    assert len(pad.canvas.ink.strokes) == 1


def test_text_is_neither_welcome_nor_pasted(pad: PadWindow) -> None:
    data = QMimeData()
    data.setText("2026")
    assert not drop(pad, data)
    paste(pad, data)
    assert pad.status.message == "There is no picture or file on the clipboard."


def hostile(folder: Path, kind: str) -> Path:
    """Make something that cannot be opened."""
    path = folder / "bad.png"
    match kind:
        case "directory":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "truncated":
            path.write_bytes(saved(folder / "good.png", "2").read_bytes()[:200])
        case "empty":
            path.write_bytes(b"")
        case "words":
            path.write_text("words")
        case "bomb":
            Image.new("1", (9_000, 9_000)).save(path)
        case "locked":
            saved(path, "2").chmod(0)
    return path


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("directory", "is a directory."),
        ("pipe", "is not a regular file."),
        ("truncated", "is truncated or damaged"),
        ("empty", "is empty."),
        ("words", "is neither a picture nor ink."),
        ("bomb", "has more than 64 million pixels."),
        ("locked", "cannot be read: Permission denied."),
        ("missing", "cannot be read: No such file or directory."),
    ],
)
@pytest.mark.parametrize("over", ["pad", "picture"])
def test_what_cannot_be_opened_is_one_line_and_what_was_there_stays(
    pad: PadWindow,
    show: Open,
    wait_until: WaitUntil,
    tmp_path: Path,
    kind: str,
    reason: str,
    over: str,
) -> None:
    # Given a drawing, or a picture
    if kind == "locked" and os.geteuid() == 0:
        pytest.skip("nothing is locked for the superuser")
    if over == "pad":
        draw(pad.canvas, three_points())
        wait_until(pad.bars.painted, lambda: pad.answer.text == "3")
    else:
        show(saved(tmp_path / "page.png", "207"))
    path = hostile(tmp_path, kind)

    # When
    drop(pad, files_data(path))
    message = f"{path} {reason}"
    failed = pad.pictures.reader.failed if pad.pictures.reader else pad.digit_shown
    wait_until(failed, lambda: pad.status.message.startswith(message))

    # Then
    assert "\n" not in pad.status.message
    if over == "pad":
        assert pad.canvas.isVisible()
        assert pad.answer.text == "3"
    else:
        assert pad.pictures.text == "207"
    if path.is_file():
        path.chmod(stat.S_IRWXU)


def test_no_hostile_file_harms_the_drawing(
    pad: PadWindow, wait_until: WaitUntil, tmp_path: Path
) -> None:
    # Given
    draw(pad.canvas, three_points())
    wait_until(pad.bars.painted, lambda: pad.answer.text == "3")
    strokes = pad.canvas.ink.strokes

    # When one of each kind, the first that is refused for a reason, is dropped or pasted
    first = {file.reason: file for file in reversed([*hostile_files()])}
    for number, bad in enumerate(first.values()):
        path = tmp_path / f"{number}-{bad.name}"
        path.write_bytes(bad.content())
        come = drop if number % 2 else paste
        come(pad, files_data(path))
        if pad.stage.is_expecting:
            assert pad.pictures.reader is not None
            wait_until(pad.pictures.reader.failed, lambda: not pad.stage.is_expecting)
        path.unlink()

        # Then one sentence names it, and the drawing is as it was
        said = pad.status.message
        assert said.startswith(str(path)), bad.name
        assert said.endswith(".") and "\n" not in said, said
        assert pad.stage.shows_canvas
        assert pad.canvas.ink.strokes == strokes

    # And one can go on
    pad.canvas.clear()
    pad.show_ink(golden_digit("7"))
    wait_until(pad.bars.painted, lambda: pad.answer.text == "7")


def test_a_pasted_picture_that_is_too_large_is_refused(
    pad: PadWindow, wait_until: WaitUntil
) -> None:
    # Given 81 million pixels, of a bit each
    data = QMimeData()
    data.setImageData(QImage(9_000, 9_000, QImage.Format.Format_Mono))
    draw(pad.canvas, three_points())
    wait_until(pad.bars.painted, lambda: pad.answer.text == "3")

    # When
    paste(pad, data)
    wait_until(pad.stage.history_changed, lambda: not pad.stage.is_expecting)

    # Then
    assert pad.status.message == "The pasted picture has more than 64 million pixels."
    assert len(pad.canvas.ink.strokes) == 1


def test_the_pages_behind_a_damaged_one_are_within_reach(
    pad: PadWindow, show: Open, wait_until: WaitUntil, tmp_path: Path
) -> None:
    # Given a file of three pages, of which the first is damaged
    path = save_with_damaged_first_page(tmp_path / "a.tif", "271")
    complaint = f"Page 1 of {path} is truncated or damaged"

    # When it is opened, then the second is shown, and what is wrong with the first is said
    page = show(path)
    assert page.reading.text == "7" and page.header.page.text() == "2 / 3"
    assert pad.status.message.startswith(complaint)

    # When one turns on, and back, then that is no longer said
    reader = pad.pictures.reader
    assert reader is not None
    for key, text in ((Qt.Key.Key_PageDown, "1"), (Qt.Key.Key_PageUp, "7")):
        QTest.keyClick(page.view, key)
        wait_until(reader.answered, partial(lambda text: page.reading.text == text, text))
        assert pad.status.message == ""

    # When one turns back to the first, then it is said again, and the second stays
    QTest.keyClick(page.view, Qt.Key.Key_PageUp)
    wait_until(reader.failed, lambda: pad.status.message.startswith(complaint))
    assert page.reading.text == "7" and page.header.page.text() == "2 / 3"


def test_a_picture_without_digits_is_shown_and_said_to_have_none(
    pad: PadWindow, wait_until: WaitUntil, tmp_path: Path
) -> None:
    # Given
    path = tmp_path / "blank.png"
    Image.new("L", (200, 100), 255).save(path)

    # When
    pad.files.open_file(str(path))
    wait_until(pad.stage.history_changed, lambda: pad.pictures.page is not None)
    page = pad.pictures.page
    assert page is not None
    wait_until(page.changed, lambda: page.header.words.accessibleName() == "No digits found")

    # Then
    assert pad.bars.probabilities is None
    assert page.view.selection is None
    assert not page.row.isEnabled()
    assert words_beside(pad) == ["\N{EN DASH}", "No digits", "Try a sharper or closer picture"]

    # When the pad is back
    pad.stage.show_canvas()

    # Then one is asked to write
    assert words_beside(pad) == ["\N{EN DASH}", "Nothing yet", "Write a digit or a number"]


def words_beside(pad: PadWindow) -> list[str]:
    """What the answer says, from the large sign to the detail."""
    return [label.text() for label in pad.answer.findChildren(QLabel)]
