"""A picture in the window at work: select, look closer, correct, turn pages."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from digitpad.core.groups import Group, StrokePart
from digitpad.core.ink import Ink, Stroke
from digitpad.core.reading import NO_DIGIT, DigitReading, Reading, Status
from digitpad.ui.answer_words import CORRECTED, capitalized
from digitpad.ui.pad_window import PadWindow
from digitpad.ui.pictures.page import PicturePage
from digitpad.ui.pictures.tags import Look
from digitpad.workers.picture_reader import FilePicture, OpenedPicture
from tests.conftest import WaitUntil
from tests.pictures import golden_digit
from tests.ui.conftest import Speak
from tests.ui.hand import Mouse
from tests.ui.pictures.conftest import Open, digit_reading, reading_of, saved, written

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(show: Open, tmp_path: Path) -> PicturePage:
    """The window's page with two lines: 207 and 38."""
    return show(saved(tmp_path / "page.png", "207", "38"))


def click(page: PicturePage, number: int) -> None:
    QTest.mouseClick(page.view, LEFT, NONE, page.view.area_of(number).center().toPoint())


def boxes_lie_on_ink(page: PicturePage) -> bool:
    """Whether each box holds dark pixels, and its surroundings none."""
    ink = written("207", "38").point(lambda grey: 255 if grey < 128 else 0)
    for tag in page.view.tags:
        box = tag.box
        inside = ink.crop(
            (box.x - 2, box.y - 2, box.x + box.width + 2, box.y + box.height + 2)
        ).getbbox()
        if inside is None or not 40 <= inside[3] - inside[1] <= 70:
            return False
    return True


# Select -------------------------------------------------------------------------------------------


def test_the_first_digit_is_selected_and_shown_beside(pad: PadWindow, page: PicturePage) -> None:
    assert page.selection == 0
    assert pad.answer.text == "2"
    probabilities = pad.bars.probabilities
    assert probabilities is not None
    assert probabilities.index(max(probabilities)) == 2
    assert boxes_lie_on_ink(page)


def test_a_split_that_ends_beneath_the_picture_leaves_it_as_it_is(
    pad: PadWindow, show: Open, wait_until: WaitUntil, tmp_path: Path
) -> None:
    # Given a drawing of more digits than the picture has, one of which is to be split
    pad.show_ink(ink_of("2026"))
    wait_until(pad.recognizer.answered, lambda: len(pad.panel.marks) == 4)
    asked, group = pad.canvas.ink, pad.panel.marks[3].digit.group
    page = show(saved(tmp_path / "page.png", "7"))

    # When the split is done, while the picture is in front
    pad.recognizer.parted.emit(asked, group, split_in_two(group))

    # Then the picture is shown beside, and the drawing has come apart when the pad is back
    assert [mark.sign for mark in pad.panel.marks] == ["7"]
    assert page.selection == 0
    pad.stage.show_canvas()
    wait_until(pad.recognizer.answered, lambda: len(pad.panel.marks) == 5)


def ink_of(number: str) -> Ink:
    """Golden digits side by side."""
    strokes: list[Stroke] = []
    left = 0.0
    for label in number:
        ink = golden_digit(label)
        strokes += ink.placed(1.0, left - ink.bounds.left, -ink.bounds.top).strokes
        left += 1.4 * ink.bounds.width
    return Ink(tuple(strokes))


def split_in_two(group: Group) -> tuple[Group, Group]:
    """Cut the first stroke of a group behind its tenth point."""
    first, *others = group
    return (StrokePart(first.stroke, 0, 10),), (StrokePart(first.stroke, 10), *others)


def test_a_clicked_digit_is_shown_with_its_bars_and_its_pixels(
    pad: PadWindow, page: PicturePage
) -> None:
    # Given somebody who listens, such as the Understand panel
    shown: list[DigitReading | None] = []
    pad.digit_shown.connect(shown.append)

    # When
    click(page, 3)

    # Then
    assert page.selection == 3
    assert pad.answer.text == "3"
    assert pad.digit is page.marks[3].digit
    assert shown[-1] is page.marks[3].digit
    assert pad.digit is not None
    assert pad.digit.pixels is not None
    assert pad.digit.pixels.shape == (28, 28)


@pytest.mark.parametrize(
    ("keys", "selected"),
    [
        ([Qt.Key.Key_Right], 1),
        ([Qt.Key.Key_Right] * 3, 3),
        ([Qt.Key.Key_Right] * 9, 4),
        ([Qt.Key.Key_Left], 0),
        ([Qt.Key.Key_End], 4),
        ([Qt.Key.Key_End, Qt.Key.Key_Home], 0),
        ([Qt.Key.Key_Down], 3),
        ([Qt.Key.Key_Right, Qt.Key.Key_Down], 4),
        ([Qt.Key.Key_End, Qt.Key.Key_Up], 1),
        ([Qt.Key.Key_Up], 0),
        ([Qt.Key.Key_Tab], 1),
        ([Qt.Key.Key_Tab, Qt.Key.Key_Backtab], 0),
    ],
    ids=str,
)
def test_keys_go_from_digit_to_digit(
    pad: PadWindow, page: PicturePage, keys: list[Qt.Key], selected: int
) -> None:
    for key in keys:
        QTest.keyClick(page.view, key, SHIFT if key == Qt.Key.Key_Backtab else NONE)
    assert page.selection == selected
    assert pad.panel.shown == selected


def test_tab_leaves_the_picture_after_its_last_digit(page: PicturePage) -> None:
    QTest.keyClick(page.view, Qt.Key.Key_End)
    QTest.keyClick(page.view, Qt.Key.Key_Tab)
    assert not page.view.hasFocus()
    assert QApplication.focusWidget() in page.row.buttons.values()


def test_the_strip_beside_selects_too(pad: PadWindow, page: PicturePage) -> None:
    # When a digit beside is gone to with its own keys
    assert len(pad.strip.cells) == 5
    pad.strip.cells[0].setFocus()
    QTest.keyClick(pad.strip.cells[0], Qt.Key.Key_Right)

    # Then it is selected in the picture
    assert page.selection == 1
    QTest.keyClick(pad, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert page.selection == 2


# Correct ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["key", "button", "key on a button", "strip"])
def test_a_wrong_digit_is_corrected_and_shown_as_the_person_s_word(
    pad: PadWindow, page: PicturePage, way: str
) -> None:
    # When the second digit is said to be a 6
    click(page, 1)
    match way:
        case "key":
            QTest.keyClick(page.view, Qt.Key.Key_6)
        case "button":
            QTest.mouseClick(page.row.buttons["6"], LEFT)
        case "key on a button":
            QTest.keyClick(page.row.buttons["0"], Qt.Key.Key_6)
        case _:
            QTest.keyClick(pad.strip.cells[1], Qt.Key.Key_6)

    # Then it is shown so everywhere, and the bars still show what the network says
    assert page.reading.text == "267\n38"
    tag = page.view.tags[1]
    assert (tag.text, tag.look) == ("6", Look.TOLD)
    assert page.selection == 1
    assert (pad.answer.text, pad.answer.word) == ("6", capitalized(str(CORRECTED)))
    assert page.row.buttons["6"].isChecked()
    assert not page.row.buttons["0"].isChecked()
    probabilities = pad.bars.probabilities
    assert probabilities is not None
    assert probabilities.index(max(probabilities)) == 0


def test_the_row_is_a_group_of_radio_buttons_that_the_arrow_keys_only_go_round(
    page: PicturePage,
) -> None:
    # Given the focus on the row, which Tab puts on what the selected digit is
    def checked() -> list[str]:
        heard = {n: QAccessible.queryAccessibleInterface(b) for n, b in page.row.buttons.items()}
        assert all(h and h.role() == QAccessible.Role.RadioButton for h in heard.values())
        return [name for name, h in heard.items() if h and h.state().checked]

    click(page, 4)
    QTest.keyClick(page.view, Qt.Key.Key_Tab)
    buttons = page.row.buttons
    assert buttons["8"].hasFocus()
    assert checked() == ["8"]

    # When the arrow keys go to the end and back, then nothing is said by it
    for key, name in (
        (Qt.Key.Key_Right, "9"),
        (Qt.Key.Key_Down, NO_DIGIT),
        (Qt.Key.Key_Right, "?"),
    ):
        QTest.keyClick(QApplication.focusWidget() or page, key)
        assert buttons[name].hasFocus()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Left):
        QTest.keyClick(QApplication.focusWidget() or page, key)
    assert buttons["7"].hasFocus()
    assert checked() == ["8"]
    assert not page.can_undo

    # And when the space bar is pressed, then that is what it is
    QTest.keyClick(buttons["7"], Qt.Key.Key_Space)
    assert checked() == ["7"]
    assert page.reading.text == "207\n37"

    # And where nothing is selected, none is checked
    page.row.show_label(None)
    assert checked() == []


@pytest.mark.parametrize("key", [Qt.Key.Key_X, Qt.Key.Key_Delete, Qt.Key.Key_Minus])
def test_what_is_no_digit_is_left_out(pad: PadWindow, page: PicturePage, key: Qt.Key) -> None:
    click(page, 1)
    QTest.keyClick(page.view, key)
    assert page.reading.text == "27\n38"
    assert page.view.tags[1].look is Look.LEFT_OUT
    assert page.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_X, Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_keys_mean_the_same_in_the_row_below_the_picture(
    pad: PadWindow, page: PicturePage, key: Qt.Key
) -> None:
    # Given the focus on a button of that row
    click(page, 1)
    page.row.buttons["0"].setFocus()

    # When and then the picture stays
    QTest.keyClick(page.row.buttons["0"], key)
    assert page.isVisible()
    assert page.reading.text == "27\n38"


def test_corrections_are_undone_and_done_again_one_by_one(
    pad: PadWindow, page: PicturePage
) -> None:
    # Given two
    QTest.keyClick(page.view, Qt.Key.Key_9)
    click(page, 4)
    QTest.keyClick(page.view, Qt.Key.Key_X)
    assert page.reading.text == "907\n3"

    # When and then
    QTest.keyClick(page.view, Qt.Key.Key_Z, CONTROL)
    assert page.reading.text == "907\n38"
    QTest.keyClick(page.view, Qt.Key.Key_Z, CONTROL)
    assert (page.reading.text, page.selection) == ("207\n38", 0)
    assert not pad._undo.isEnabled()
    QTest.keyClick(page.view, Qt.Key.Key_Z, CONTROL | SHIFT)
    QTest.keyClick(page.view, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert page.reading.text == "907\n3"
    assert not pad._redo.isEnabled()
    assert pad.canvas.ink.is_empty


def test_the_corrected_text_is_copied_in_its_lines(pad: PadWindow, page: PicturePage) -> None:
    QTest.keyClick(page.view, Qt.Key.Key_9)
    QTest.keyClick(page.view, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "907\n38"
    assert pad.status.message == "Copied: 907, 38"


def test_back_at_the_pad_its_own_answer_is_copied(
    pad: PadWindow, page: PicturePage, wait_until: WaitUntil
) -> None:
    QTest.keyClick(page.view, Qt.Key.Key_Escape)
    QGuiApplication.clipboard().setText("before")
    pad.files.copy_answer.trigger()
    assert QGuiApplication.clipboard().text() == "before"


def test_a_picture_can_be_read_as_one_digit(
    pad: PadWindow, page: PicturePage, wait_until: WaitUntil
) -> None:
    pad.digits.single.trigger()
    wait_until(pad.digit_shown, lambda: len(pad.panel.marks) == 1)
    assert len(page.view.tags) == 1
    pad.digits.single.trigger()
    wait_until(pad.digit_shown, lambda: len(pad.panel.marks) == 5)


def test_what_was_said_of_digits_outlives_reading_them_as_one(
    pad: PadWindow, page: PicturePage, wait_until: WaitUntil
) -> None:
    # Given a word for one of several, and one for all as one
    QTest.keyClick(page.view, Qt.Key.Key_9)
    pad.digits.single.trigger()
    wait_until(pad.digit_shown, lambda: len(pad.panel.marks) == 1)
    QTest.keyClick(page.view, Qt.Key.Key_4)

    # When they are several again
    pad.digits.single.trigger()
    wait_until(pad.digit_shown, lambda: len(pad.panel.marks) == 5)

    # Then
    assert page.reading.text == "907\n38"
    QTest.keyClick(page.view, Qt.Key.Key_Z, CONTROL)
    assert page.reading.text == "207\n38"

    # And when they are one once more
    pad.digits.single.trigger()
    wait_until(pad.digit_shown, lambda: len(pad.panel.marks) == 1)
    assert page.reading.text == "4"


# Look closer --------------------------------------------------------------------------------------


def wheel(page: PicturePage, at: QPointF, steps: int, modifiers: Qt.KeyboardModifier) -> None:
    place = QPointF(page.view.mapToGlobal(at))
    event = QWheelEvent(
        at,
        place,
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(page.view, event)


def test_the_wheel_enlarges_about_the_pointer(page: PicturePage) -> None:
    # Given
    before = page.view.area_of(3)

    # When
    wheel(page, before.center(), 4, CONTROL)

    # Then the digit under the pointer is larger, and still there
    after = page.view.area_of(3)
    assert after.width() > 2 * before.width()
    assert (after.center() - before.center()).manhattanLength() < 1
    assert page.header.fit.isEnabled()

    # And the wheel alone moves the picture
    wheel(page, before.center(), -1, NONE)
    assert page.view.area_of(3).center().y() < after.center().y()


@pytest.mark.parametrize("way", ["keys", "buttons"])
def test_larger_smaller_and_fit(pad: PadWindow, page: PicturePage, way: str) -> None:
    # Given
    fitted = page.view.area_of(0)
    pen_before = pad.canvas.pen_width

    def do(key: Qt.Key, button: str) -> float:
        if way == "keys":
            QTest.keyClick(page.view, key, CONTROL)
        else:
            QTest.mouseClick(getattr(page.header, button), LEFT)
        return page.view.area_of(0).width()

    # When and then
    once = do(Qt.Key.Key_Plus, "larger")
    twice = do(Qt.Key.Key_Plus, "larger")
    assert fitted.width() < once < twice
    assert do(Qt.Key.Key_Minus, "smaller") == pytest.approx(once)
    do(Qt.Key.Key_0, "fit")
    assert page.view.area_of(0) == fitted
    assert not page.header.fit.isEnabled()
    assert pad.canvas.pen_width == pen_before


def test_an_enlarged_picture_is_dragged_and_follows_the_selection(page: PicturePage) -> None:
    # Given a much enlarged picture
    wheel(page, page.view.area_of(0).center(), 9, CONTROL)
    before = page.view.area_of(0)
    room = page.view.rect().toRectF()

    # When it is dragged, from a place beside the digits
    start = before.topLeft().toPoint() + QPoint(-12, -12)
    mouse = Mouse(page.view)
    mouse.press(start.x(), start.y())
    mouse.move(start.x() - 30, start.y() - 25)
    mouse.release(start.x() - 30, start.y() - 25)

    # Then
    moved = page.view.area_of(0).topLeft() - before.topLeft()
    assert (round(moved.x()), round(moved.y())) == (-30, -25)
    assert page.isVisible()

    # And the selected digit is brought in sight
    QTest.keyClick(page.view, Qt.Key.Key_End)
    assert room.contains(page.view.area_of(4).center())


def test_a_fitted_picture_stays_fitted_when_the_window_grows(
    pad: PadWindow, page: PicturePage
) -> None:
    # Given
    placement = page.view.placement
    assert placement is not None

    # When
    pad.resize(pad.size() * 1.4)
    QApplication.processEvents()

    # Then
    again = page.view.placement
    assert again is not None
    assert again.is_fitted
    assert again.scale > placement.scale
    assert page.view.rect().toRectF().contains(again.area)


# Pages --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["tiff", "gif", "webp"])
def test_pages_are_turned_and_keep_what_was_said_of_them(
    pad: PadWindow, show: Open, wait_until: WaitUntil, tmp_path: Path, kind: str
) -> None:
    # Given a file of three pages, and a correction on the first
    path = tmp_path / f"pages.{kind}"
    pages = [written(text) for text in ("207", "384", "415")]
    pages[0].save(path, save_all=True, append_images=pages[1:])
    page = show(path)
    assert page.header.page.accessibleName() == "Page 1 of 3"
    assert not page.header.previous.isEnabled()
    QTest.keyClick(page.view, Qt.Key.Key_9)

    # When
    QTest.mouseClick(page.header.next, LEFT)
    wait_until(pad.digit_shown, lambda: page.reading.text == "384")
    QTest.keyClick(page.view, Qt.Key.Key_PageDown)
    wait_until(pad.digit_shown, lambda: page.reading.text == "415")

    # Then
    assert page.header.page.accessibleName() == "Page 3 of 3"
    assert not page.header.next.isEnabled()
    QTest.keyClick(page.view, Qt.Key.Key_PageUp)
    wait_until(pad.digit_shown, lambda: page.reading.text == "384")
    QTest.keyClick(page.view, Qt.Key.Key_PageUp)
    wait_until(pad.digit_shown, lambda: page.reading.text == "907")


@pytest.mark.parametrize(("count", "text", "told"), [(3, "1 / 3", False), (4, "1 / 3+", True)])
def test_pages_beyond_the_most_are_told(
    show: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int, text: str, told: bool
) -> None:
    # Given a file of as many pages as are shown, or of more
    monkeypatch.setattr("digitpad.core.picture_files.MOST_PAGES", 3)
    pages = [written("2")] * count
    pages[0].save(tmp_path / "pages.tif", save_all=True, append_images=pages[1:])

    # When
    header = show(tmp_path / "pages.tif").header

    # Then
    assert header.page.text() == text
    assert ("more pages" in header.page.accessibleDescription()) is told
    assert header.page.toolTip() == header.page.accessibleDescription()


def test_one_page_has_nothing_to_be_turned(page: PicturePage) -> None:
    assert not page.header.next.isVisible()
    assert not page.header.page.isVisible()


def test_a_picture_has_room_in_a_small_window(show: Open, pad: PadWindow, tmp_path: Path) -> None:
    # Given a picture of many pages
    first, second = written("207", "38"), written("4", "38")
    first.save(tmp_path / "pages.tif", save_all=True, append_images=[second] * 11)
    page = show(tmp_path / "pages.tif")

    # When the window is made small
    pad.resize(560, 384)
    QApplication.processEvents()

    # Then it is as small, all buttons are in sight, and a sign stands for long words
    assert pad.size().toTuple() == (560, 384)
    for widget in (*page.header.findChildren(QWidget), *page.row.findChildren(QWidget)):
        parent = widget.parentWidget()
        assert parent is not None
        assert parent.rect().contains(widget.geometry())
    not_a_digit = page.row.buttons[NO_DIGIT]
    assert not_a_digit.shown_text == "\N{MULTIPLICATION SIGN}"

    # When there is room, the words are back
    pad.resize(1000, 700)
    QApplication.processEvents()
    assert not_a_digit.shown_text == "Not a digit"


@pytest.mark.parametrize("code", ["en", "de"])
def test_what_was_found_is_said_in_full_before_the_way_back(
    show: Open, pad: PadWindow, tmp_path: Path, speak: Speak, code: str
) -> None:
    # Given a window as large as at the first start, which speaks a language
    pad.resize(pad.sizeHint())
    speak(code)

    # When a picture of several pages is shown
    pages = [written("207", "38")] * 3
    pages[0].save(tmp_path / "pages.tif", save_all=True, append_images=pages[1:])
    header = show(tmp_path / "pages.tif").header
    QApplication.processEvents()

    # Then no word of it is cut, and a sign stands for those on the button
    assert header.words.text() == header.words.accessibleName()
    assert header.back.shown_text == "\N{LEFTWARDS ARROW}"

    # When there is room for both
    pad.resize(1400, 700)
    QApplication.processEvents()
    assert header.back.shown_text == header.back.text()


# Words --------------------------------------------------------------------------------------------


def test_a_screen_reader_is_told_all_digits_and_the_selected_one(page: PicturePage) -> None:
    # When
    click(page, 1)
    QTest.keyClick(page.view, Qt.Key.Key_6)

    # Then
    assert page.view.accessibleName() == "Picture"
    description = page.view.accessibleDescription()
    assert description.startswith("5 digits in 2 lines: 267, 38.")
    assert f"Selected: number 2 of 5, 6, {CORRECTED}." in description
    assert "Arrow keys" in description


def test_each_kind_of_answer_has_its_own_sign_and_sentence(page: PicturePage) -> None:
    # Given a reading with one of each
    reading = reading_of("12?4")
    unsure = digit_reading(4, reading.digits[3].box, 0, Status.UNSURE)
    page.show_picture(_again(page))
    page.show_reading(Reading((*reading.digits[:3], unsure)))

    # When
    page.say(1, "7")

    # Then
    tags = page.view.tags
    assert [tag.look for tag in tags] == [Look.SURE, Look.TOLD, Look.NO_DIGIT, Look.UNSURE]
    assert [tag.text for tag in tags] == ["1", "7", "\N{EN DASH}", "4?"]
    assert [tag.sentence for tag in tags] == [
        "1, sure, 91\xa0%",
        f"7, {CORRECTED}",
        "not a digit",
        "4, not sure",
    ]
    assert page.header.words.accessibleName() == "4 digits, 2 not sure"


def _again(page: PicturePage) -> OpenedPicture:
    """The same picture as if opened anew, without what was said of it."""
    assert page.picture is not None
    return dataclasses.replace(page.picture, source=FilePicture(Path("other.png")))
