"""Which file a drawing belongs to, and whether it is saved: through opening, Undo and recovery."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint

from digitpad.core.corrections import NOTHING_SAID, Said
from digitpad.core.drawing_files import load_drawing
from digitpad.ui.ink_canvas import InkCanvas
from digitpad.ui.pad_window import PadWindow
from tests.command_line import ink_file
from tests.conftest import WaitUntil
from tests.pictures import golden_digit
from tests.ui.conftest import Choose
from tests.ui.hand import draw, three_points
from tests.ui.test_file_actions import drawn, strokes_of


@pytest.mark.parametrize("empty", [InkCanvas.clear, InkCanvas.undo])
def test_an_emptied_pad_belongs_to_no_file(
    pad: PadWindow, choose: Choose, tmp_path: Path, empty: Callable[[InkCanvas], None]
) -> None:
    first = tmp_path / "first.inkml"
    draw(pad.canvas, three_points())
    choose(first)
    pad.files.save.trigger()
    before = first.read_bytes()

    empty(pad.canvas)
    draw(pad.canvas, [QPoint(50, 50), QPoint(50, 150)])
    choose(tmp_path / "second.inkml")
    pad.files.save.trigger()

    assert first.read_bytes() == before
    assert (tmp_path / "second.inkml").exists()


def test_a_file_belongs_to_its_drawing_also_when_undo_brings_that_back(
    pad: PadWindow, choose: Choose, tmp_path: Path
) -> None:
    # Given a drawing of one file, and another file opened over it
    first = ink_file(tmp_path / "first.jsonl", "3")
    second = ink_file(tmp_path / "second.jsonl", "7")
    pad.files.open_file(str(first))
    pad.files.open_file(str(second))
    before = second.read_bytes()
    assert pad.windowTitle().startswith("second.jsonl")

    # When undo brings the first back, and it is changed and saved
    pad.canvas.undo()
    assert pad.windowTitle().startswith("first.jsonl")
    assert not pad.isWindowModified()
    draw(pad.canvas, [QPoint(30, 30), QPoint(60, 60)])
    choose("never asked")
    pad.files.save.trigger()

    # Then it is the first file that has it
    assert second.read_bytes() == before
    assert len(load_drawing(first).item.ink.strokes) == len(pad.canvas.ink.strokes)


def test_undoing_a_clear_brings_the_file_back_too(pad: PadWindow, tmp_path: Path) -> None:
    pad.files.open_file(str(ink_file(tmp_path / "a.jsonl", "7")))
    draw(pad.canvas, [QPoint(30, 30), QPoint(60, 60)])
    pad.canvas.clear()
    assert (pad.windowTitle(), pad.isWindowModified()) == ("DigitPad", False)

    pad.canvas.undo()

    assert pad.windowTitle().startswith("a.jsonl")
    assert pad.isWindowModified()
    pad.canvas.undo()
    assert not pad.isWindowModified()


def test_what_a_drawing_is_called_when_it_is_read_after_saving_is_still_to_be_saved(
    pad: PadWindow, wait_until: WaitUntil, choose: Choose, tmp_path: Path
) -> None:
    # Given a corrected 3, and a 1 that is written beside it and saved before it is read
    drawn(pad, wait_until)
    pad.digits.label(0, "8")
    draw(pad.canvas, [QPoint(380, 80), QPoint(380, 200), QPoint(380, 320)])
    choose(tmp_path / "a.jsonl")
    pad.files.save.trigger()
    assert load_drawing(tmp_path / "a.jsonl").item.label is None

    # When it is read
    wait_until(pad.recognizer.answered, lambda: len(pad.panel.marks) == 2)

    # Then the window says that the file lacks what is seen, until it is saved again
    assert pad.isWindowModified()
    pad.files.save.trigger()
    assert load_drawing(tmp_path / "a.jsonl").item.label == "81"
    assert not pad.isWindowModified()


def test_a_label_is_saved_while_the_pad_comes_back_from_a_picture(
    pad: PadWindow, wait_until: WaitUntil, choose: Choose, tmp_path: Path
) -> None:
    drawn(pad, wait_until)
    pad.digits.label(0, "8")
    pad.files.note_read()
    pad._on_turned()  # As when a picture goes: the drawing is to be read again.
    choose(tmp_path / "a.jsonl")

    pad.files.save.trigger()

    assert load_drawing(tmp_path / "a.jsonl").item.label == "8"
    # And not where it was taken back meanwhile
    pad.canvas.undo()
    pad.files.save.trigger()
    assert load_drawing(tmp_path / "a.jsonl").item.label is None


def test_what_is_said_of_an_opened_drawing_is_to_be_saved(
    pad: PadWindow, wait_until: WaitUntil, tmp_path: Path
) -> None:
    pad.files.open_file(str(ink_file(tmp_path / "a.jsonl", "7")))
    wait_until(pad.recognizer.answered, lambda: len(pad.panel.marks) == 1)
    assert not pad.isWindowModified()

    pad.digits.label(0, "8")

    assert pad.isWindowModified()


def test_a_changed_file_is_asked_about_before_another_is_opened(
    pad: PadWindow, tmp_path: Path, asked: list[str]
) -> None:
    # Given a file that was changed
    pad.files.open_file(str(ink_file(tmp_path / "a.jsonl", "7")))
    draw(pad.canvas, [QPoint(30, 30), QPoint(60, 60)])
    before = strokes_of(pad.canvas.ink)

    # When another is opened, or an older drawing restored
    pad.files.open_file(str(ink_file(tmp_path / "b.jsonl", "3")))
    pad.files.restore_drawing(golden_digit("5"), NOTHING_SAID)

    # Then one can stay
    assert asked == ["Save changes to a.jsonl?"] * 2
    assert strokes_of(pad.canvas.ink) == before
    assert pad.windowTitle().startswith("a.jsonl")


@pytest.mark.parametrize("label", [None, "8", "99"])
def test_what_is_restored_belongs_to_no_file_and_is_not_saved(
    pad: PadWindow, wait_until: WaitUntil, choose: Choose, tmp_path: Path, label: str | None
) -> None:
    # Given an opened file, and a drawing from before a crash
    path = ink_file(tmp_path / "a.jsonl", "7")
    before = path.read_bytes()
    pad.files.open_file(str(path))

    # When that is restored, read and saved
    pad.files.restore_drawing(golden_digit("3"), Said(label))
    wait_until(pad.recognizer.answered, lambda: [m.digit.digit for m in pad.panel.marks] == [3])
    assert pad.windowTitle() == "DigitPad"
    assert not pad.files._belonging.unsaved().is_empty
    choose(tmp_path / "b.jsonl")
    pad.files.save.trigger()

    # Then in a file of its own
    assert path.read_bytes() == before
    assert (tmp_path / "b.jsonl").exists()
