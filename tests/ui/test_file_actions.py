"""Files and the clipboard at the window: saved, opened, exported, copied, never lost."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QGuiApplication, QImage, QKeySequence
from PySide6.QtWidgets import QDialog

from digitpad.core.drawing_files import load_drawing
from digitpad.core.ink import Ink
from digitpad.core.picture_files import require_fit_sides
from digitpad.core.reading import EMPTY_READING
from digitpad.ui import export_dialog
from digitpad.ui.export_dialog import Export, ExportDialog, Kind, exported
from digitpad.ui.offer import Offer
from digitpad.ui.pad_window import PadWindow
from digitpad.words import Words
from tests.command_line import ink_file, read
from tests.conftest import WaitUntil
from tests.pictures import golden_digit
from tests.ui.conftest import Choose
from tests.ui.hand import draw, three_points


def strokes_of(ink: Ink) -> list[list[list[float]]]:
    return [stroke.tolist() for stroke in ink.strokes]


def drawn(pad: PadWindow, wait_until: WaitUntil) -> PadWindow:
    """Write a 3 into the window and have it read."""
    draw(pad.canvas, three_points())
    wait_until(pad.bars.painted, lambda: pad.answer.text == "3")
    return pad


# Save and open ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind", "saved_as"),
    [
        ("a.inkml", "", "a.inkml"),
        ("a.jsonl", "", "a.jsonl"),
        ("a", "JSON lines (*.jsonl)", "a.jsonl"),
        ("a", "", "a.inkml"),
    ],
)
def test_a_drawing_is_saved_where_one_says_and_again_without_asking(
    pad: PadWindow,
    wait_until: WaitUntil,
    choose: Choose,
    tmp_path: Path,
    name: str,
    kind: str,
    saved_as: str,
) -> None:
    drawn(pad, wait_until)
    choose(tmp_path / name, kind)

    pad.files.save.trigger()

    path = tmp_path / saved_as
    assert strokes_of(load_drawing(path).item.ink) == strokes_of(pad.canvas.ink)
    assert pad.status.message == f"Saved as {saved_as}."
    assert pad.windowTitle().startswith(saved_as)
    assert not pad.isWindowModified()

    # When one writes on
    draw(pad.canvas, [QPoint(30, 30), QPoint(60, 60)])
    assert pad.isWindowModified()
    choose(tmp_path / "never-asked")
    pad.files.save.trigger()

    assert len(load_drawing(path).item.ink.strokes) == 2
    assert not pad.isWindowModified()
    assert [entry.name for entry in tmp_path.iterdir()] == [saved_as]


def test_undoing_what_was_written_since_is_unchanged_again(
    pad: PadWindow, choose: Choose, tmp_path: Path
) -> None:
    draw(pad.canvas, three_points())
    choose(tmp_path / "a.inkml")
    pad.files.save.trigger()
    draw(pad.canvas, [QPoint(30, 30)])
    pad.canvas.undo()
    assert not pad.isWindowModified()


def test_a_cancelled_dialog_changes_nothing(pad: PadWindow, choose: Choose, tmp_path: Path) -> None:
    draw(pad.canvas, three_points())
    choose("")
    pad.files.save.trigger()
    pad.files.open.trigger()
    assert (pad.windowTitle(), len(pad.canvas.ink.strokes)) == ("DigitPad", 1)


def test_a_full_disk_is_one_line_and_the_old_file_stays(
    pad: PadWindow, choose: Choose, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = ink_file(tmp_path / "a.jsonl", "7")
    before = path.read_bytes()
    draw(pad.canvas, three_points())
    choose(path)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    pad.files.save_as.trigger()

    assert pad.status.message == f"{path} could not be written: No space left on device."
    assert path.read_bytes() == before
    assert pad.windowTitle() == "DigitPad"


def test_an_opened_drawing_is_shown_and_read_and_undo_brings_the_old_one_back(
    pad: PadWindow, wait_until: WaitUntil, choose: Choose, tmp_path: Path
) -> None:
    drawn(pad, wait_until)
    before = strokes_of(pad.canvas.ink)
    choose(ink_file(tmp_path / "a.jsonl", "7"))

    pad.files.open.trigger()

    wait_until(pad.bars.painted, lambda: pad.answer.text == "7")
    assert pad.windowTitle().startswith("a.jsonl")
    assert not pad.isWindowModified()
    pad.canvas.undo()
    assert strokes_of(pad.canvas.ink) == before


def test_saving_does_not_put_one_drawing_in_the_place_of_many(
    pad: PadWindow, choose: Choose, tmp_path: Path
) -> None:
    many = ink_file(tmp_path / "many.jsonl", "789")
    before = many.read_bytes()
    pad.files.open_file(str(many))
    choose(tmp_path / "one.inkml")

    pad.files.save.trigger()

    assert many.read_bytes() == before
    assert (tmp_path / "one.inkml").exists()


@pytest.mark.parametrize(("labels", "told"), [("7", ""), ("789", "many.jsonl holds several")])
def test_of_several_drawings_in_a_file_it_is_said_that_one_is_shown(
    pad: PadWindow, wait_until: WaitUntil, tmp_path: Path, labels: str, told: str
) -> None:
    pad.files.open_file(str(ink_file(tmp_path / "many.jsonl", labels)))
    wait_until(pad.bars.painted, lambda: pad.answer.text == "7")

    assert pad.status.message.startswith(told)
    assert bool(pad.status.message) == bool(told)


def test_a_name_that_got_its_ending_later_replaces_no_file_unasked(
    pad: PadWindow, choose: Choose, tmp_path: Path, asked: list[str]
) -> None:
    # Given a file, and its name typed without the ending
    path = ink_file(tmp_path / "drawing.jsonl", "7")
    before = path.read_bytes()
    draw(pad.canvas, three_points())
    choose(tmp_path / "drawing", "JSON lines (*.jsonl)")

    # When
    pad.files.save.trigger()

    # Then one is asked, and nothing is lost
    assert asked == ["drawing.jsonl already exists. Replace it?"]
    assert path.read_bytes() == before
    assert pad.windowTitle() == "DigitPad"


@pytest.mark.parametrize(
    ("typed", "saved_as"), [("report v1.2", "report v1.2.inkml"), ("a.jsonl.gz", "a.jsonl.gz")]
)
def test_a_dot_in_a_name_is_no_ending(
    pad: PadWindow, choose: Choose, tmp_path: Path, typed: str, saved_as: str
) -> None:
    draw(pad.canvas, three_points())
    choose(tmp_path / typed)
    pad.files.save.trigger()
    assert [path.name for path in tmp_path.iterdir()] == [saved_as]


def test_an_export_has_the_ending_of_what_it_is(
    pad: PadWindow, choose: Choose, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw(pad.canvas, three_points())
    choose(tmp_path / "x.svg", "PNG (*.png)")
    monkeypatch.setattr(ExportDialog, "exec", lambda _: QDialog.DialogCode.Accepted)
    pad.files.export.trigger()
    assert [path.name for path in tmp_path.iterdir()] == ["x.svg.png"]


def test_of_no_digit_nothing_is_copied(pad: PadWindow, wait_until: WaitUntil) -> None:
    QGuiApplication.clipboard().setText("before")
    draw(pad.canvas, [QPoint(60, 150), QPoint(200, 150), QPoint(300, 152)])
    wait_until(pad.bars.painted, lambda: pad.answer.word.lower() == "not a digit")

    pad.files.copy_answer.trigger()

    assert QGuiApplication.clipboard().text() == "before"
    assert pad.status.message == "There is no answer to copy yet."


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty."),
        (b"words", "is damaged or not InkML"),
        (b"\0\1", "is damaged or not InkML"),
    ],
)
def test_what_cannot_be_opened_is_one_line_and_the_drawing_stays(
    pad: PadWindow, tmp_path: Path, content: bytes, reason: str
) -> None:
    draw(pad.canvas, three_points())
    path = tmp_path / "a.inkml"
    path.write_bytes(content)

    pad.files.open_file(str(path))

    assert pad.status.message.startswith(f"{path} {reason}")
    assert len(pad.canvas.ink.strokes) == 1


def test_on_an_empty_pad_there_is_nothing_to_save_export_or_copy(pad: PadWindow) -> None:
    files = pad.files
    actions = (files.save, files.save_as, files.export, files.copy_drawing)
    assert not any(action.isEnabled() for action in actions)
    draw(pad.canvas, three_points())
    assert all(action.isEnabled() for action in actions)


def test_the_keys_are_those_of_the_platform(pad: PadWindow) -> None:
    for action, key in (
        (pad.files.open, "Ctrl+O"),
        (pad.files.save, "Ctrl+S"),
        (pad.files.save_as, "Ctrl+Shift+S"),
        (pad.files.export, "Ctrl+E"),
        (pad.files.copy_answer, "Ctrl+C"),
        (pad.files.copy_drawing, "Ctrl+Shift+C"),
    ):
        assert QKeySequence(key) in action.shortcuts()


# Copy and export ----------------------------------------------------------------------------------


def test_the_answer_is_copied_as_text(pad: PadWindow, wait_until: WaitUntil) -> None:
    drawn(pad, wait_until)
    pad.files.copy_answer.trigger()
    assert QGuiApplication.clipboard().text() == "3"
    assert pad.status.message == "Copied: 3"


def test_without_an_answer_the_clipboard_stays(pad: PadWindow) -> None:
    QGuiApplication.clipboard().setText("before")
    pad.files.copy_answer.trigger()
    assert QGuiApplication.clipboard().text() == "before"
    assert pad.status.message == "There is no answer to copy yet."


def channel(
    picture: QImage, kind: QImage.Format = QImage.Format.Format_Grayscale8
) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Return shape (h, w): grey, 0 for black to 255, or opacity."""
    flat = picture.convertToFormat(kind)
    rows = np.frombuffer(flat.constBits(), np.uint8).reshape(flat.height(), flat.bytesPerLine())
    return rows[:, : flat.width()].copy()


def test_the_drawing_is_copied_black_on_white(pad: PadWindow) -> None:
    draw(pad.canvas, three_points())
    pad.files.copy_drawing.trigger()
    picture = QGuiApplication.clipboard().image()
    assert max(picture.width(), picture.height()) == 512
    pixels = channel(picture)
    assert 0.03 < (pixels < 50).mean() < 0.3
    assert (pixels > 200).mean() > 0.6
    assert picture.pixelColor(0, 0) == QColor("white")


@pytest.mark.parametrize("side", [16, 100, 2000])
@pytest.mark.parametrize("is_transparent", [False, True])
def test_a_picture_has_the_size_and_the_ground_that_were_asked_for(
    pad: PadWindow, side: int, is_transparent: bool
) -> None:
    export = Export(Kind.PNG, side, is_transparent)
    picture = QImage.fromData(exported(golden_digit("3"), EMPTY_READING, 12.0, export))
    assert max(picture.width(), picture.height()) == side
    assert picture.pixelColor(0, 0).alpha() == (0 if is_transparent else 255)
    opacity = channel(picture, QImage.Format.Format_Alpha8)
    assert bool((opacity == 255).all()) != is_transparent


def test_the_largest_picture_that_is_exported_can_be_opened_again(pad: PadWindow) -> None:
    dialog = ExportDialog(golden_digit("3"), EMPTY_READING, 12.0, pad)
    largest = dialog.side.maximum()
    require_fit_sides(largest, largest)  # Raises nothing.


@pytest.mark.parametrize("kind", [Kind.PNG, Kind.NETWORK])
def test_an_exported_picture_is_read_as_what_was_drawn(
    pad: PadWindow,
    wait_until: WaitUntil,
    choose: Choose,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: Kind,
) -> None:
    drawn(pad, wait_until)
    choose(tmp_path / "a")

    def accept(dialog: ExportDialog) -> QDialog.DialogCode:
        dialog.kind.setCurrentIndex(dialog.kind.findData(kind))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(export_dialog.ExportDialog, "exec", accept)
    pad.files.export.trigger()

    status, (line,), _ = read(tmp_path / "a.png")
    assert status == 0
    assert '"text": "3"' in line
    if kind is Kind.NETWORK:
        picture = QImage(str(tmp_path / "a.png"))
        assert (picture.width(), picture.height()) == (28, 28)
        seen = pad._reading.digits[0].pixels
        assert seen is not None
        np.testing.assert_array_equal(channel(picture), np.rint(seen * 255))


def test_without_an_answer_the_network_s_view_is_not_offered(pad: PadWindow) -> None:
    dialog = ExportDialog(golden_digit("3"), EMPTY_READING, 12.0, pad)
    assert dialog.kind.findData(Kind.NETWORK) == -1
    dialog.deleteLater()


# Closing ------------------------------------------------------------------------------------------


def test_a_scratch_is_closed_without_a_question(pad: PadWindow, asked: list[str]) -> None:
    draw(pad.canvas, three_points())
    assert pad.close()
    assert asked == []


def test_a_changed_file_is_asked_about_and_the_window_can_stay(
    pad: PadWindow, choose: Choose, tmp_path: Path, asked: list[str]
) -> None:
    draw(pad.canvas, three_points())
    choose(tmp_path / "a.inkml")
    pad.files.save.trigger()
    draw(pad.canvas, [QPoint(30, 30)])

    assert not pad.close()
    assert asked == ["Save changes to a.inkml?"]
    pad.files.stop_asking()
    assert pad.close()


def test_an_offer_is_taken_up_or_turned_down_once(pad: PadWindow) -> None:
    taken: list[bool] = []
    for button in ("accept", "refuse"):
        offer = Offer(Words("A sentence."), Words("Take it"), lambda: taken.append(True), pad)
        offer.show()
        getattr(offer, button).click()
        assert not offer.isVisible()
    assert taken == [True]
