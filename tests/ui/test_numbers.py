"""Several digits on the pad: written, shown, split, joined, corrected, and all of it undone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from digitpad.core.drawing_files import load_drawing, save_drawing
from digitpad.core.groups import group_ink
from digitpad.core.ink import Ink
from digitpad.core.preprocess import prepare_ink
from digitpad.core.reader import Reader
from digitpad.core.reading import DigitReading, Reading
from digitpad.settings import Settings
from digitpad.ui.digit_popover import DigitPopover
from digitpad.ui.pad_window import PadWindow
from digitpad.ui.theme import Theme
from digitpad.workers.draft_keeper import DraftKeeper
from tests.conftest import WaitUntil
from tests.synthetic_ink import number_ink
from tests.ui.conftest import PALETTES, Choose, OpenPad, picture_of
from tests.ui.hand import LEFT, NO_BUTTON, Mouse, Pen, Place

HEIGHT = 90.0
BASELINE = 220.0
GAP = 22.0


def strokes_of(text: str, left: float = 20.0) -> list[list[Place]]:
    """The strokes of a number on the canvas, from left to right."""
    ink = number_ink(text, left, BASELINE - HEIGHT, HEIGHT, GAP)
    return [[(float(x), float(y)) for x, y in stroke[:, :2]] for stroke in ink.strokes]


def signs(pad: PadWindow) -> str:
    """What the window shows, sign by sign."""
    return "".join(mark.sign for mark in pad.panel.marks)


def write(pad: PadWindow, wait_until: WaitUntil, strokes: Sequence[Sequence[Place]]) -> None:
    """Write strokes with a pen and wait until all of them are part of the answer."""
    for stroke in strokes:
        Pen(pad.canvas).draw(stroke, 1.0)
    wait_for_all(pad, wait_until)


def wait_for_all(pad: PadWindow, wait_until: WaitUntil) -> None:
    """Wait for the answer to the very ink on the canvas: to each stroke up to its end."""
    ink = pad.canvas.ink

    def is_all_read() -> bool:
        pixels = [mark.digit.pixels for mark in pad.panel.marks]
        seen = [prepare_ink(group_ink(ink, mark.digit.group)) for mark in pad.panel.marks]
        read = {part.stroke for mark in pad.panel.marks for part in mark.digit.group}
        return read == set(range(len(ink.strokes))) and all(
            np.array_equal(old, new)
            for old, new in zip(pixels, seen, strict=True)
            if old is not None
        )

    if not is_all_read():
        wait_until(pad.recognizer.answered, is_all_read)


@pytest.fixture
def number(pad: PadWindow, wait_until: WaitUntil) -> PadWindow:
    """The window with 2026 written and read."""
    write(pad, wait_until, strokes_of("2026"))
    assert signs(pad) == "2026"
    return pad


# Written and shown --------------------------------------------------------------------------------


def test_a_number_is_read_while_it_is_written(pad: PadWindow, wait_until: WaitUntil) -> None:
    # When the digits are written one by one, then it is read so far, and the last one is large
    for end, stroke in enumerate(strokes_of("2026"), start=1):
        write(pad, wait_until, [stroke])
        assert signs(pad) == "2026"[:end]
        assert pad.answer.text == "2026"[end - 1]
        assert pad.panel.shown == end - 1


def test_one_digit_looks_as_ever(pad: PadWindow, wait_until: WaitUntil) -> None:
    # Given the canvas's place at rest
    place = pad.canvas.geometry()

    # When one digit is written, then there is no strip
    write(pad, wait_until, strokes_of("2"))
    assert not pad.strip.isVisible()

    # And when there are two, the strip comes, and the canvas stays where it is
    write(pad, wait_until, strokes_of("6", left=150))
    assert pad.strip.isVisible()
    QApplication.processEvents()
    assert pad.canvas.geometry() == place


@pytest.mark.parametrize(
    ("mark", "detail"),
    [
        ([(10.0, 250.0), (170.0, 252.0)], "Read as a line"),
        (
            [(90 + 90 * np.sin(t), 175 - 80 * np.cos(t)) for t in np.linspace(0.0, 6.4, 40)],
            "Read as a ring or box",
        ),
        ([(222.0, 215.0), (218.0, 235.0)], "Too small for a digit"),
    ],
    ids=["line", "ring", "comma"],
)
def test_what_is_no_digit_beside_others_says_what_it_is(
    pad: PadWindow, wait_until: WaitUntil, mark: list[Place], detail: str
) -> None:
    # Given a number, when something stands beside it that by itself may look like a digit
    write(pad, wait_until, [*strokes_of("52", left=50), mark])

    # Then the words do not contradict the bars
    assert signs(pad) == "52?"
    assert (pad.answer.word, pad.answer.detail) == ("Not a digit", detail)


def test_a_share_that_is_not_the_bars_has_a_name(pad: PadWindow, wait_until: WaitUntil) -> None:
    # Given digits that are surely one mark each, their share is that of the bar
    write(pad, wait_until, strokes_of("52"))
    assert (pad.answer.word, pad.answer.detail) == ("Sure", ">99\xa0%")

    # When they might be one mark together, it is less than the bar's, and says so
    pad.canvas.clear()
    write(pad, wait_until, strokes_of("11"))
    assert pad.panel.marks[0].digit.confidence > 0.995
    assert (pad.answer.word, pad.answer.detail) == ("Sure", "97\xa0% overall")


def test_each_digit_has_its_own_bars_and_picture(number: PadWindow) -> None:
    # Given who listens to what is shown
    shown: list[DigitReading | None] = []
    number.digit_shown.connect(shown.append)

    # When the second digit is chosen
    number.panel.choose(1)

    # Then the bars, the answer and the 28x28 are its own
    digit = number.panel.marks[1].digit
    assert shown == [digit]
    assert number.digit is digit
    assert number.bars.probabilities == pytest.approx(digit.probabilities)
    assert number.answer.text == "0"
    assert number.network_view._pixels is digit.pixels


def test_what_is_pointed_at_is_large_until_it_is_not(number: PadWindow) -> None:
    # When the mouse comes over the ink of the first digit
    box = number.panel.marks[0].digit.box
    mouse = Mouse(number.canvas)
    mouse.move(box.x + 10, box.y + 10, NO_BUTTON)
    # Then it is shown, until the mouse has gone on
    assert number.answer.text == "2"
    mouse.move(5, 5, NO_BUTTON)
    assert number.answer.text == "6"
    # And the same in the strip
    number.strip.cells[1].entered.emit()
    assert number.answer.text == "0"
    number.strip.cells[1].left.emit()
    assert number.answer.text == "6"


def test_a_chosen_digit_is_large_until_more_is_written(
    number: PadWindow, wait_until: WaitUntil
) -> None:
    number.panel.choose(0)
    assert number.panel.shown == 0
    write(number, wait_until, strokes_of("1", left=390))
    assert signs(number) == "20261"
    assert number.panel.shown == 4


def test_the_strip_says_how_sure_by_a_sign_and_which_is_large(number: PadWindow) -> None:
    # Given the strip as a screen reader hears it
    def heard(place: int) -> str:
        interface = QAccessible.queryAccessibleInterface(number.strip.cells[place])
        assert interface is not None
        name, more = QAccessible.Text.Name, QAccessible.Text.Description
        return f"{interface.text(name)}; {interface.text(more)}"

    assert heard(0).startswith("Digit 1 of 4: 2, sure; ")
    assert "shown large" in heard(3)
    assert "shown large" not in heard(0)

    # When one is said to be no digit, then that is said, and whose word it is
    number.digits.label(1, "?")
    assert heard(1).startswith("Digit 2 of 4: not a digit, your answer")


def test_the_whole_number_is_said(number: PadWindow) -> None:
    assert number.answer.accessibleDescription() == "2026, sure"


@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_large_one_is_framed_on_the_canvas(number: PadWindow, theme: str, ratio: float) -> None:
    # Given a theme that was switched to
    QApplication.setPalette(PALETTES[theme]())
    try:
        # When another digit is chosen
        before = picture_of(number.canvas, ratio)
        number.panel.choose(0)
        after = picture_of(number.canvas, ratio)
    finally:
        QApplication.setPalette(PALETTES["light"]())

    # Then the frames of just these two have changed
    changed = differing(before, after, ratio)
    first, last = (number.panel.marks[place].digit.box for place in (0, 3))
    for box in (first, last):
        frame = QRectF(box.x, box.y, box.width, box.height).adjusted(-14, -14, 14, 14)
        assert any(frame.contains(x, y) for x, y in changed)
        changed = [(x, y) for x, y in changed if not frame.contains(x, y)]
    assert changed == []


def test_frames_lie_under_the_ink(pad: PadWindow, wait_until: WaitUntil) -> None:
    # Given two digits so close that each frame crosses the other's ink
    two, six = strokes_of("2"), strokes_of("6", left=42)
    write(pad, wait_until, [*two, *six])
    assert signs(pad) == "26"

    # When
    framed = picture_of(pad.canvas, 1.0)
    pad.canvas.frame_marks((), None)
    plain = picture_of(pad.canvas, 1.0)

    # Then the frames are seen, but not where the ink is solid
    changed = differing(framed, plain, 1.0)
    ink = Theme.of(pad.canvas.palette()).ink
    assert changed
    assert all(plain.pixelColor(round(x), round(y)) != ink for x, y in changed)


def differing(one: QImage, other: QImage, ratio: float) -> list[Place]:
    """Where two pictures of one size differ, in logical pixels."""
    size = one.height(), one.width()
    pixels = [np.frombuffer(image.constBits(), np.uint32).reshape(size) for image in (one, other)]
    rows, columns = np.nonzero(pixels[0] != pixels[1])
    return [(float(x) / ratio, float(y) / ratio) for x, y in zip(columns, rows, strict=True)]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_signs_differ_by_their_shape(number: PadWindow, theme: str) -> None:
    # Given four digits of which one is corrected and one said to be none, without any colour
    QApplication.setPalette(PALETTES[theme]())
    try:
        number.digits.label(2, "2")
        number.panel.choose(3)
        pictures = [picture_of(cell, 2.0) for cell in number.strip.cells]
    finally:
        QApplication.setPalette(PALETTES["light"]())

    # Then the two 2s, with the same bars, do not look the same
    def grey(image: QImage) -> list[int]:
        return [
            QColor(image.pixel(x, y)).lightness()
            for y in range(image.height() // 2)
            for x in range(image.width() // 2, image.width())
        ]

    assert grey(pictures[0]) != grey(pictures[2])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_pencil_is_no_blob_even_on_few_pixels(number: PadWindow, theme: str) -> None:
    # Given a digit that was corrected, in a window without scaling
    QApplication.setPalette(PALETTES[theme]())
    try:
        number.digits.label(2, "7")
        cell = number.strip.cells[2]
        picture, colours = picture_of(cell, 1.0), Theme.of(cell.palette())
    finally:
        QApplication.setPalette(PALETTES["light"]())

    # When one goes along the pencil in its corner, from its tip up to the right
    side = round(0.62 * cell.fontMetrics().height())
    right, bottom = cell.width() - 6, 8 + side
    ink, ground = colours.text.lightness(), colours.track.lightness()
    across = [
        [
            (QColor(picture.pixel(x, y)).lightness() - ground) / (ink - ground)
            for x in range(right - side - 1, right + 1)
            for y in range(5, bottom + 1)
            if x - y == along
        ]
        for along in range(right - bottom - 8, right - 4)
    ]
    profile = [max(line, default=0.0) for line in across]

    # Then its shaft is parted from its end
    shaft = profile.index(max(profile))
    gap = profile.index(min(profile[shaft : shaft + 11]), shaft)
    assert profile[gap] < 0.1
    assert max(profile[gap:]) > 0.9


# Split, joined, corrected -------------------------------------------------------------------------


def test_a_split_is_kept_while_one_writes_and_undone_by_undo(
    pad: PadWindow, wait_until: WaitUntil
) -> None:
    # Given a 4 in two strokes that is read as one digit
    write(pad, wait_until, strokes_of("4"))
    assert len(pad.panel.marks) == 1

    # When it is split
    pad.digits.split.trigger()
    wait_until(pad.recognizer.answered, lambda: len(pad.panel.marks) == 2)

    # Then it stays so while more is written
    write(pad, wait_until, strokes_of("0", left=200))
    assert len(pad.panel.marks) == 3

    # And two steps back it is one digit; two forth it is three again
    pad.canvas.undo()
    wait_until(pad.recognizer.answered, lambda: len(pad.panel.marks) == 2)
    pad.canvas.undo()
    wait_until(pad.recognizer.answered, lambda: signs(pad) == "4")
    pad.canvas.redo()
    wait_until(pad.recognizer.answered, lambda: len(pad.panel.marks) == 2)


def test_neighbours_are_joined_to_the_left_and_to_the_right(
    number: PadWindow, wait_until: WaitUntil
) -> None:
    number.panel.choose(1)
    number.digits.join_right.trigger()
    wait_until(number.recognizer.answered, lambda: len(number.panel.marks) == 3)
    # Then the joined one is shown
    assert number.panel.shown == 1
    assert len(number.panel.marks[1].digit.group) == 2

    number.digits.join_left.trigger()
    wait_until(number.recognizer.answered, lambda: len(number.panel.marks) == 2)
    assert len(number.panel.marks[0].digit.group) == 3
    assert not number.digits.join_left.isEnabled()

    number.canvas.undo()
    wait_until(number.recognizer.answered, lambda: len(number.panel.marks) == 3)
    number.canvas.undo()
    wait_until(number.recognizer.answered, lambda: len(number.panel.marks) == 4)
    assert signs(number) == "2026"


def test_one_stroke_that_cannot_be_cut_is_told(pad: PadWindow, wait_until: WaitUntil) -> None:
    draw_dash = [[(50.0, 100.0), (50.0, 101.0), (50.0, 190.0)]]
    write(pad, wait_until, draw_dash)
    before = pad.canvas.corrections
    pad.digits.split.trigger()
    wait_until(pad.recognizer.parted, lambda: "cannot be split" in pad.status.message)
    assert pad.canvas.corrections == before


@pytest.mark.parametrize("how", ["cleared", "replaced"])
def test_a_split_of_what_has_changed_meanwhile_is_dropped(
    pad: PadWindow, wait_until: WaitUntil, how: str
) -> None:
    # Given the split of a 4 in two strokes that is being worked out
    write(pad, wait_until, strokes_of("4"))
    heard: list[object] = []
    pad.recognizer.parted.connect(lambda *_: heard.append(None))
    pad.digits.split.trigger()

    # When the drawing goes before it is known
    if how == "cleared":
        pad.canvas.clear()
    else:
        pad.canvas.show_ink(Ink.from_points(strokes_of("17")))
    wait_until(pad.recognizer.parted, lambda: bool(heard))

    # Then nothing is said of what is there now
    assert pad.canvas.corrections.pins == ()


@pytest.mark.parametrize("what", ["label", "join", "split"])
def test_a_correction_of_a_digit_that_was_just_taken_back_is_dropped(
    number: PadWindow, wait_until: WaitUntil, what: str
) -> None:
    # Given a number whose last digit has just been undone, and is still shown
    shown = len(number.panel.marks) - 1
    number.panel.choose(shown)
    number.canvas.undo()
    assert len(number.panel.marks) == shown + 1

    # When one says something of it
    match what:
        case "label":
            number.digits.label(shown, "5")
        case "join":
            number.digits.join_shown(-1)
        case _:
            number.digits.split_shown()

    # Then nothing is said of what is not there, and the rest is read
    wait_until(number.recognizer.answered, lambda: signs(number) == "202")
    assert number.canvas.corrections.pins == ()


def test_a_corrected_digit_is_the_persons_word_everywhere(number: PadWindow) -> None:
    # Given
    probabilities = number.panel.marks[1].digit.probabilities

    # When
    number.panel.choose(1)
    number.digits.label(1, "8")

    # Then it is shown as theirs at once, and the bars go on saying what the network says
    assert signs(number) == "2826"
    assert (number.answer.text, number.answer.word) == ("8", "Your answer")
    assert number.bars.probabilities == pytest.approx(probabilities)
    number.files.copy_answer.trigger()
    assert QGuiApplication.clipboard().text() == "2826"

    # And it is undone and redone like a stroke, also where it was said twice
    number.digits.label(1, "8")
    number.canvas.undo()
    assert signs(number) == "2026"
    number.canvas.redo()
    assert signs(number) == "2826"


def test_one_digit_is_corrected_as_well(pad: PadWindow, wait_until: WaitUntil) -> None:
    write(pad, wait_until, strokes_of("2"))
    pad.digits.label(0, "7")
    assert pad.answer.text == "7"
    pad.files.copy_answer.trigger()
    assert QGuiApplication.clipboard().text() == "7"


def test_the_eraser_takes_a_correction_with_its_digit_and_leaves_the_others(
    number: PadWindow, wait_until: WaitUntil
) -> None:
    # Given two corrected digits
    number.digits.label(1, "8")
    number.digits.label(3, "5")

    # When the eraser goes over the first of them
    box = number.panel.marks[1].digit.box
    middle = box.y + box.height / 2
    Pen(number.canvas, eraser=True).draw([(box.x - 4, middle), (box.x + 6, middle)])
    wait_until(number.recognizer.answered, lambda: len(number.panel.marks) == 3)

    # Then the other one is still what was said, and undo brings both back
    assert signs(number) == "225"
    number.canvas.undo()
    wait_until(number.recognizer.answered, lambda: len(number.panel.marks) == 4)
    assert signs(number) == "2825"


def test_clear_forgets_what_was_said(number: PadWindow, wait_until: WaitUntil) -> None:
    number.digits.label(0, "8")
    number.canvas.clear()
    assert signs(number) == ""
    assert not number.strip.isVisible()
    write(number, wait_until, strokes_of("2026"))
    assert signs(number) == "2026"


# By hand and by key -------------------------------------------------------------------------------


def popover(pad: PadWindow) -> DigitPopover:
    (found,) = pad.findChildren(DigitPopover)
    return found


def test_one_click_in_the_strip_offers_and_a_key_says_what_it_is(number: PadWindow) -> None:
    QTest.mouseClick(number.strip.cells[2], LEFT)
    assert popover(number).isVisible()
    assert number.panel.shown == 2
    QTest.keyClick(popover(number), Qt.Key.Key_7)
    assert not popover(number).isVisible()
    assert signs(number) == "2076"


def test_one_tap_on_a_digits_ink_offers_and_leaves_no_dot(number: PadWindow) -> None:
    # When the pen taps on the first digit
    box = number.panel.marks[0].digit.box
    place = (box.x + box.width / 2, box.y + box.height / 2)
    pen = Pen(number.canvas)
    pen.press(*place)
    pen.release(*place)

    # Then it is offered what to do with it, and nothing was drawn
    assert popover(number).isVisible()
    assert number.panel.shown == 0
    assert len(number.canvas.ink.strokes) == 4
    QTest.mouseClick(popover(number).keys["?"], LEFT)
    assert signs(number) == "?026"


@pytest.mark.parametrize("at_the_bottom", [False, True])
def test_what_is_offered_hides_no_digit_and_stays_on_the_screen(
    number: PadWindow, at_the_bottom: bool
) -> None:
    for mark in number.panel.marks:
        # Given a digit somewhere on the screen, or close to its lower edge
        box = mark.digit.box
        area = QRectF(box.x, box.y, box.width, box.height).toRect()
        screen = number.screen().availableGeometry()
        bottom = number.canvas.mapTo(number, area.bottomLeft()).y()
        number.move(0, screen.bottom() - bottom - 20 if at_the_bottom else 0)

        # When the pen taps on it
        pen = Pen(number.canvas)
        pen.press(box.x + box.width / 2, box.y + 4)
        pen.release(box.x + box.width / 2, box.y + 4)

        # Then the offer is beside it
        offered = popover(number).geometry()
        assert screen.contains(offered)
        assert not offered.intersects(area.translated(number.canvas.mapToGlobal(QPoint())))
        popover(number).close()


def test_a_stroke_that_begins_on_a_digit_is_ink(number: PadWindow, wait_until: WaitUntil) -> None:
    # When a bar is drawn across the last digit
    box = number.panel.marks[3].digit.box
    middle = box.y + box.height / 2
    bar = [(box.x + 4.0, middle), (box.x + 6.0, middle), (box.x + 40.0, middle + 1)]
    write(number, wait_until, [bar])

    # Then all of it is there
    assert len(number.canvas.ink.strokes) == 5
    assert number.canvas.ink.strokes[4][:, :2].tolist() == [list(point) for point in bar]


def test_a_quick_mouse_stroke_on_a_digit_is_ink(number: PadWindow) -> None:
    # Given a mouse so quick that no movement is seen between press and release
    box = number.panel.marks[0].digit.box
    mouse = Mouse(number.canvas)
    mouse.press(box.x + 5, box.y + 5)
    mouse.release(box.x + 60, box.y + 50)
    assert len(number.canvas.ink.strokes) == 5
    assert number.findChildren(DigitPopover) == []


def test_the_keyboard_gets_to_each_digit_and_says_what_it_is(number: PadWindow) -> None:
    # Given the focus on the large digit of the strip
    number.strip.cells[3].setFocus()
    # When
    QTest.keyClick(number.strip.cells[3], Qt.Key.Key_Left)
    QTest.keyClick(number.strip.cells[2], Qt.Key.Key_Home)
    # Then
    assert number.panel.shown == 0
    assert number.strip.cells[0].hasFocus()
    QTest.keyClick(number.strip.cells[0], Qt.Key.Key_5)
    assert signs(number) == "5026"
    QTest.keyClick(number.strip.cells[0], Qt.Key.Key_Return)
    assert popover(number).isVisible()
    QTest.keyClick(popover(number), Qt.Key.Key_Escape)
    assert not popover(number).isVisible()
    assert len(number.canvas.ink.strokes) == 4  # Escape has cleared nothing.


def test_the_strip_is_a_group_of_radio_buttons_to_a_screen_reader(number: PadWindow) -> None:
    # When each digit is chosen in turn, also by a click
    checked = []
    for place, cell in enumerate(number.strip.cells):
        if place % 2:
            QTest.mouseClick(cell, LEFT)
            popover(number).close()
        else:
            number.panel.choose(place)
        heard = [QAccessible.queryAccessibleInterface(each) for each in number.strip.cells]
        assert all(each.role() == QAccessible.Role.RadioButton for each in heard if each)
        checked.append([bool(each.state().checked) for each in heard if each])

    # Then it alone is checked
    assert checked == [[place == n for n in range(4)] for place in range(4)]
    group = QAccessible.queryAccessibleInterface(number.strip)
    assert group is not None
    assert group.role() == QAccessible.Role.Grouping


def test_the_digit_that_is_large_again_is_the_checked_one_again(number: PadWindow) -> None:
    # Given a number that was shorter for a while, its last digit looked at with the keyboard
    marks = number.panel.marks
    number.panel.show_marks(marks[:3])
    number.strip.cells[2].setFocus()

    # When it is as it was
    number.panel.show_marks(marks)

    # Then its last digit is the checked one, to which Tab comes
    by_tab = Qt.FocusPolicy.TabFocus
    assert [cell.isChecked() for cell in number.strip.cells] == [False, False, False, True]
    assert [bool(c.focusPolicy() & by_tab) for c in number.strip.cells] == [False] * 3 + [True]


def test_what_is_offered_are_buttons_that_the_arrow_keys_go_round(number: PadWindow) -> None:
    # Given a digit that a person said is a 2
    number.panel.choose(2)
    QTest.keyClick(number.strip.cells[2], Qt.Key.Key_2)
    QTest.keyClick(number, Qt.Key.Key_F4)
    keys = popover(number).keys
    assert keys["2"].hasFocus()

    # When the arrow keys are pressed
    visited = []
    arrows = Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left
    for arrow in arrows:
        QTest.keyClick(QApplication.focusWidget() or keys["2"], arrow)
        visited += [label for label, key in keys.items() if key.hasFocus()]

    # Then they go that way, and nothing is chosen by it
    assert visited == ["7", "8", "3", "2"]
    assert popover(number).isVisible()
    assert signs(number) == "2026"
    for key in keys.values():
        heard = QAccessible.queryAccessibleInterface(key)
        assert heard is not None
        assert heard.role() == QAccessible.Role.PushButton


def test_menu_keys_choose_and_offer(number: PadWindow) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    QTest.keyClick(number, Qt.Key.Key_Left, alt)
    assert number.panel.shown == 2
    QTest.keyClick(number, Qt.Key.Key_Right, alt)
    assert number.panel.shown == 3
    assert not number.digits.next.isEnabled()
    QTest.keyClick(number, Qt.Key.Key_F4)
    assert popover(number).isVisible()


def test_a_click_on_the_large_digit_offers_too(pad: PadWindow, wait_until: WaitUntil) -> None:
    write(pad, wait_until, strokes_of("2"))
    QTest.mouseClick(pad.answer, LEFT)
    assert popover(pad).isVisible()
    assert not pad.digits.join_left.isEnabled()
    # And going on with writing closes it
    Pen(pad.canvas).draw([(300.0, 100.0), (300.0, 200.0)])
    assert not popover(pad).isVisible()


def test_more_digits_than_fit_are_reached_with_the_keys(
    pad: PadWindow, wait_until: WaitUntil
) -> None:
    # Given a narrow strip with many digits
    ink = Ink.from_points(strokes_of("17" * 10, left=0))
    pad.show_ink(ink)
    wait_until(pad.recognizer.answered, lambda: len(pad.panel.marks) > 15)
    pad.strip.resize(200, pad.strip.height())
    last = len(pad.panel.marks) - 1

    # When the last is chosen, then it is in view and the first is not
    pad.panel.choose(last)
    assert pad.strip.cells[last].isVisible()
    assert not pad.strip.cells[0].isVisible()
    pad.panel.choose(0)
    assert pad.strip.cells[0].isVisible()


# One digit only -----------------------------------------------------------------------------------


def test_one_key_reads_all_as_one_digit_and_back(number: PadWindow, wait_until: WaitUntil) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(number, Qt.Key.Key_1, control)
    wait_until(number.recognizer.answered, lambda: len(number.panel.marks) == 1)
    assert "one digit" in number.status.message
    assert number.digits.single.isChecked()
    assert not number.strip.isVisible()
    assert number.settings.reads_one_digit

    QTest.keyClick(number, Qt.Key.Key_1, control)
    wait_until(number.recognizer.answered, lambda: signs(number) == "2026")
    assert "one digit" not in number.status.message


def test_reading_one_digit_comes_back_next_time(pad: PadWindow) -> None:
    window = PadWindow(pad.recognizer, settings=Settings(reads_one_digit=True))
    assert window.digits.single.isChecked()
    assert window.settings.reads_one_digit
    window.deleteLater()


# Files --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.inkml", "a.jsonl"])
def test_a_correction_is_saved_and_comes_back(
    open_pad: OpenPad,
    number: PadWindow,
    wait_until: WaitUntil,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    # Given a corrected number, saved
    number.digits.label(1, "8")
    path = tmp_path / name
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    number.files.save.trigger()
    assert load_drawing(path).item.label == "2826"
    assert not number.isWindowModified()

    # When another window opens it
    other = open_pad(Reader.bundled)
    other.files.open_file(str(path))
    wait_until(other.recognizer.answered, lambda: signs(other) == "2826")

    # Then it is the person's word there, too, and nothing needs saving
    assert other.panel.marks[1].label == "8"
    assert not other.isWindowModified()
    other.canvas.undo()
    assert other.canvas.ink.is_empty


@pytest.mark.parametrize("name", ["a.inkml", "a.jsonl"])
def test_what_was_joined_is_saved_and_comes_back(
    open_pad: OpenPad,
    number: PadWindow,
    wait_until: WaitUntil,
    tmp_path: Path,
    choose: Choose,
    name: str,
) -> None:
    # Given a saved number whose last two digits a person then joins
    path = tmp_path / name
    choose(path)
    number.files.save.trigger()
    number.digits.join_shown(-1)
    wait_until(number.recognizer.answered, lambda: len(number.panel.marks) == 3)
    assert number.isWindowModified()
    groups = [mark.digit.group for mark in number.panel.marks]

    # When that is saved, and another window opens it
    number.files.save.trigger()
    assert not number.isWindowModified()
    other = open_pad(Reader.bundled)
    other.files.open_file(str(path))
    wait_until(other.recognizer.answered, lambda: len(other.panel.marks) > 1)

    # Then they are joined there, too, and nothing needs saving
    assert [mark.digit.group for mark in other.panel.marks] == groups
    assert not other.isWindowModified()


def test_the_networks_answer_is_not_saved_as_anyones_word(
    number: PadWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.jsonl"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    number.files.save.trigger()
    assert load_drawing(path).item.label is None
    # And correcting it makes the window one with changes
    number.digits.label(1, "8")
    assert number.isWindowModified()


def test_saving_again_keeps_whose_hand_it_is(
    pad: PadWindow, wait_until: WaitUntil, tmp_path: Path
) -> None:
    path = tmp_path / "a.jsonl"
    save_drawing(path, Ink.from_points(strokes_of("4")), "4", "w7")
    pad.files.open_file(str(path))
    wait_for_all(pad, wait_until)
    pad.files.save.trigger()
    item = load_drawing(path).item
    assert (item.label, item.writer) == ("4", "w7")


def test_a_label_that_does_not_fit_is_told(
    pad: PadWindow, wait_until: WaitUntil, tmp_path: Path
) -> None:
    path = tmp_path / "a.jsonl"
    save_drawing(path, Ink.from_points(strokes_of("2026")), "three")
    pad.files.open_file(str(path))
    wait_until(pad.recognizer.answered, lambda: signs(pad) == "2026")
    assert "three" in pad.status.message
    assert pad.canvas.corrections.pins == ()


def test_a_label_waits_for_the_answer_to_its_own_drawing(
    number: PadWindow, wait_until: WaitUntil, tmp_path: Path
) -> None:
    # Given a drawing with a label, opened while another one is being read
    answers: list[Reading] = []
    number.recognizer.answered.connect(answers.append)
    number.digits.single.toggle()
    wait_until(number.recognizer.answered, lambda: bool(answers))
    number.digits.single.toggle()
    path = tmp_path / "a.jsonl"
    save_drawing(path, Ink.from_points(strokes_of("2471")), "2478")
    number.files.open_file(str(path))

    # When the answer to that one comes late
    number.recognizer.answered.emit(answers[0])

    # Then the label is still said of the right one
    wait_until(number.recognizer.answered, lambda: signs(number) == "2478")
    assert number.panel.marks[3].label == "8"


def test_a_correction_survives_a_crash(
    number: PadWindow, wait_until: WaitUntil, tmp_path: Path
) -> None:
    # Given a window that keeps its drafts
    keeper = DraftKeeper(tmp_path)
    window = PadWindow(number.recognizer, drafts=keeper)
    window.show_ink(number.canvas.ink)
    wait_for_all(window, wait_until)
    window.digits.label(1, "8")

    # When it is closed without saving
    window.files.stop_asking()
    window.files.close()

    # Then what was said is kept with the ink
    assert load_drawing(keeper.last_path).item.label == "2826"
    window.deleteLater()
