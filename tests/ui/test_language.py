"""The window speaks another language, and changes it while it is open."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QMenu,
    QMessageBox,
    QWidget,
)

from digitpad.core.reader import Reader
from digitpad.core.reasons import Reason
from digitpad.pad_windows import PadWindows
from digitpad.settings import load_settings
from digitpad.ui import language
from digitpad.ui.digit_popover import DigitPopover
from digitpad.ui.export_dialog import ExportDialog
from digitpad.ui.pad_window import PadWindow
from digitpad.words import Words, number, said, tr
from tests.conftest import WaitUntil
from tests.pictures import draw_page, golden_digit
from tests.ui.conftest import OpenPad, Speak


@pytest.fixture
def written(pad: PadWindow, wait_until: WaitUntil) -> PadWindow:
    """A window in which a number is read."""
    for label, left in (("1", 40), ("9", 160)):
        ink = golden_digit(label)
        for stroke in ink.strokes:
            scaled = (stroke[:, :2] - ink.strokes[0][0, :2]) * (80 / ink.bounds.height)
            points = [QPoint(round(x) + left, round(y) + 90) for x, y in scaled]
            QTest.mousePress(pad.canvas, Qt.MouseButton.LeftButton, pos=points[0])
            for point in points[1:]:
                QTest.mouseMove(pad.canvas, point)
            QTest.mouseRelease(pad.canvas, Qt.MouseButton.LeftButton, pos=points[-1])
    wait_until(pad.bars.painted, lambda: len(pad.panel.marks) == 2)
    return pad


def test_the_menu_chooses_the_language(pad: PadWindow, speak: Speak) -> None:
    # Given
    menu = language_menu(pad)
    assert [action.text() for action in menu.actions()] == [
        "&System language",
        "English",
        "Deutsch",
    ]
    assert [action.text() for action in menu.actions() if action.isChecked()] == [
        "&System language"
    ]

    # When
    next(action for action in menu.actions() if action.text() == "Deutsch").trigger()
    for _ in range(2):
        QApplication.processEvents()

    # Then
    assert [menu.title() for menu in top_menus(pad)] == [
        "&Datei",
        "&Bearbeiten",
        "&Ziffern",
        "&Ansicht",
        "&Hilfe",
    ]
    assert [a.text() for a in language_menu(pad).actions() if a.isChecked()] == ["Deutsch"]
    assert pad.settings.language == "de"


def test_there_and_back_all_is_as_it_was(written: PadWindow, speak: Speak) -> None:
    # Given
    english = words_of(written)

    # When
    speak("de")
    german = words_of(written)
    speak("en")

    # Then
    assert words_of(written) == english
    assert german.keys() == english.keys()
    same = {text for name, text in english.items() if german[name] == text}
    assert not [text for text in same if " " in text.strip("0123456789 %>") and "Esc" not in text]


def test_what_was_read_stays_and_is_worded_anew(written: PadWindow, speak: Speak) -> None:
    before = written.panel.marks

    speak("de")

    assert written.panel.marks == before
    assert written.strip.cells[0].accessibleName().startswith("Ziffer 1 von 2: ")
    assert written.bars.bars[3].accessibleName() == "Ziffer 3"
    assert written.canvas.accessibleDescription().split(".")[0].endswith("Striche")
    assert written.answer.word in ("Sicher", "Unsicher")
    assert written.answer.toolTip() == "Diese Ziffer teilen, verbinden oder korrigieren"


def test_a_drawing_can_go_on_while_the_language_changes(pad: PadWindow, speak: Speak) -> None:
    QTest.mousePress(pad.canvas, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
    QTest.mouseMove(pad.canvas, QPoint(90, 120))

    speak("de")

    assert pad.canvas.is_writing
    QTest.mouseMove(pad.canvas, QPoint(120, 180))
    QTest.mouseRelease(pad.canvas, Qt.MouseButton.LeftButton, pos=QPoint(120, 180))
    (stroke,) = pad.canvas.ink.strokes
    assert (stroke[0, :2].tolist(), stroke[-1, :2].tolist()) == ([60, 60], [120, 180])
    assert pad.canvas.accessibleDescription().startswith("1 Strich.")


def test_what_the_status_says_changes_its_language(pad: PadWindow, speak: Speak) -> None:
    pad.digits.single.setChecked(True)
    assert (
        pad.status.message == "Everything is read as one digit. Press Ctrl+1 to read numbers again."
    )

    speak("de")

    assert pad.status.message == (
        "Alles wird als eine Ziffer gelesen. Mit Strg+1 werden wieder Zahlen gelesen."
    )
    assert pad.status.text() == pad.status.message
    assert pad.status.accessibleName() == f"Status: {pad.status.message}"


def test_the_buttons_name_their_keys_in_german(pad: PadWindow, speak: Speak) -> None:
    speak("de")

    tips = [button.toolTip() for button in pad.findChildren(QAbstractButton)]
    assert "Leeren (Esc)" in tips
    assert "Rückgängig (Strg+Z)" in tips


def test_a_picture_in_front_is_worded_anew(
    pad: PadWindow, wait_until: WaitUntil, tmp_path: Path, speak: Speak
) -> None:
    # Given
    path = tmp_path / "page.png"
    draw_page(("40759", "1638")).save(path)
    pad.files.open_file(str(path))
    wait_until(pad.panel.digit_shown, lambda: len(pad.panel.marks) == 9)
    shown = pad.pictures.page
    assert shown is not None
    words, selection = shown.header.words.accessibleName(), shown.selection
    assert words.startswith("9 digits in 2 lines")

    # When
    speak("de")

    # Then
    assert shown.header.words.accessibleName().startswith("9 Ziffern in 2 Zeilen")
    assert shown.selection == selection
    assert "Pfeiltasten" in shown.view.accessibleDescription()
    assert shown.view.tags[0].sentence.startswith("4, sicher") or "unsicher" in (
        shown.view.tags[0].sentence
    )
    speak("en")
    assert shown.header.words.accessibleName() == words


def test_a_second_window_follows(open_pad: OpenPad, speak: Speak) -> None:
    first, second = open_pad(Reader.bundled), open_pad(Reader.bundled)

    action = next(a for a in language_menu(first).actions() if a.text() == "Deutsch")
    action.trigger()
    for _ in range(2):
        QApplication.processEvents()

    for window in (first, second):
        assert top_menus(window)[0].title() == "&Datei"
        assert [a.text() for a in language_menu(window).actions() if a.isChecked()] == ["Deutsch"]


def test_the_choice_comes_back_before_the_first_window_is_seen(
    qapp: QApplication, tmp_path: Path, speak: Speak
) -> None:
    # Given a window that was closed in German
    path = tmp_path / "settings.json"
    windows = PadWindows(Reader.bundled, path, tmp_path / "drafts")
    window = windows.open()
    speak("de")
    window.close()
    windows.end()
    assert load_settings(path).language == "de"

    # When the program is started again
    speak("en")
    again = PadWindows(Reader.bundled, path, tmp_path / "drafts")
    window = again.open()

    # Then
    assert top_menus(window)[0].title() == "&Datei"
    window.close()
    again.end()


def test_for_english_nothing_is_loaded(qapp: QApplication, speak: Speak) -> None:
    speak("en")
    assert language._speech().translators == ()

    speak("de")
    assert len(language._speech().translators) == 2


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (["de-AT", "de"], "de"),
        (["de_DE"], "de"),
        (["fr-FR", "de-DE", "en-US"], "de"),
        (["en-GB", "de-DE"], "en"),
        (["C"], "en"),
        ([], "en"),
    ],
)
def test_the_systems_language_is_followed_as_far_as_it_is_there(
    wanted: list[str], code: str
) -> None:
    assert language._nearest(wanted) == code


def test_an_unknown_choice_follows_the_system(pad: PadWindow, speak: Speak) -> None:
    speak("xx")
    assert pad.settings.language == ""
    assert top_menus(pad)[0].title() == "&File"


def test_qts_own_buttons_speak_german(pad: PadWindow, speak: Speak) -> None:
    speak("de")

    box = QMessageBox(pad)
    box.setStandardButtons(QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel)
    texts = {button.text().replace("&", "") for button in box.buttons()}
    assert "Abbrechen" in texts and "Cancel" not in texts
    dialog = QFileDialog(pad)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    words = {label.text() for label in dialog.findChildren(QLabel)}
    assert any("Datei" in text for text in words)


def test_dialogs_open_in_german(written: PadWindow, speak: Speak) -> None:
    speak("de")

    dialog = ExportDialog(written.canvas.ink, written._reading, 12.0, written)
    assert dialog.windowTitle() == "Exportieren"
    assert dialog.kind.itemText(0) == "Bild (PNG)"
    (buttons,) = dialog.findChildren(QDialogButtonBox)
    assert {b.text() for b in buttons.buttons()} >= {"E&xportieren…"}


def test_what_is_offered_beside_a_digit_changes_while_it_is_open(
    written: PadWindow, speak: Speak
) -> None:
    # Given
    written.digits.open_popover()
    (popover,) = written.findChildren(DigitPopover)

    # When
    speak("de")

    # Then
    assert [label.text() for label in popover.findChildren(QLabel)] == ["Ziffer 2 von 2 ist:"]
    assert popover.accessibleName() == "Ziffer 2 von 2, 9, sicher. Was ist es?"
    texts = [button.text() for button in popover.findChildren(QAbstractButton)]
    assert texts[-4:] == ["Keine Ziffer", "Links verbinden", "Teilen", "Rechts verbinden"]


def test_about_changes_while_it_is_open(pad: PadWindow, speak: Speak) -> None:
    pad._show_about()
    (box,) = pad.findChildren(QMessageBox)
    assert "sure a network is" in box.text()

    speak("de")

    assert "wie sicher ein Netz ist" in box.text()
    assert "Das Netz hat gelernt" in box.informativeText()
    assert "&Lizenzen" in [button.text() for button in box.buttons()]
    box.close()


@pytest.mark.parametrize("code", ["en", "de"])
def test_keys_in_a_menu_are_told_apart(pad: PadWindow, speak: Speak, code: str) -> None:
    speak(code)
    for menu in [*top_menus(pad), language_menu(pad)]:
        assert_told_apart([a.text() for a in menu.actions() if not a.isSeparator()])
    assert_told_apart([menu.title() for menu in top_menus(pad)])


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_words_have_room_in_german(
    written: PadWindow, speak: Speak, direction: Qt.LayoutDirection
) -> None:
    speak("de")
    written.setLayoutDirection(direction)
    QApplication.processEvents()

    centre = written.stage.parentWidget()
    assert centre is not None
    for widget in centre.findChildren(QWidget):
        parent = widget.parentWidget()
        if widget.isVisible() and parent is not None:
            assert parent.rect().contains(widget.geometry()), widget
        if isinstance(widget, QLabel) and widget.isVisible() and not widget.wordWrap():
            assert widget.width() >= widget.minimumSizeHint().width(), widget.text()


def test_numbers_are_written_as_the_language_does(qapp: QApplication, speak: Speak) -> None:
    assert (number(93322), number(0.853, 2), number(-1.5, 1)) == ("93,322", "0.85", "-1.5")

    speak("de")

    assert (number(93322), number(0.853, 2), number(-1.5, 1)) == ("93.322", "0,85", "-1,5")


def test_the_systems_numbers_do_not_matter(qapp: QApplication) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.Arabic))
    assert number(93322) == "93,322"
    QLocale.setDefault(before)


def test_a_sentence_with_a_number_has_a_form_for_one(qapp: QApplication, speak: Speak) -> None:
    said = Words("{n} strokes", one="1 stroke")
    assert [str(said.filled(n=n)) for n in (0, 1, 2)] == ["0 strokes", "1 stroke", "2 strokes"]

    speak("de")

    assert [str(said.filled(n=n)) for n in (0, 1, 2)] == ["0 Striche", "1 Strich", "2 Striche"]


def test_what_core_says_is_wrong_is_worded_too(qapp: QApplication, speak: Speak) -> None:
    trace = Reason("trace {number}: {reason}", number="3", reason=Reason("is {odd}"))
    error = ValueError(Reason("has more than {limit} points", limit=1_000_000, detail="EOF"))
    sentence = Words("{name} {reason}.").filled(name="{a}.inkml", reason=error)
    assert said(ValueError(trace)) == "trace 3: is {odd}"
    assert str(sentence) == "{a}.inkml has more than 1,000,000 points."

    speak("de")

    assert said(ValueError(trace)) == "ist nicht lesbar, Strich 3: is {odd}"
    assert str(sentence) == "{a}.inkml hat mehr als 1.000.000 Punkte."


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("leer.png", b"", "ist leer."),
        ("bild.png", b"\x89PNG\r\n\x1a\n", "ist abgeschnitten oder beschädigt."),
        ("wörter.inkml", b"words", "ist beschädigt oder kein InkML: siehe Zeile 1."),
        ("zahl.jsonl", b"[", "hat keine Zeichnung in Zeile 1: kein JSON in Spalte 2."),
        ("gibt-es-nicht.png", None, "lässt sich nicht lesen: die Datei oder das Verzeichnis"),
    ],
)
def test_a_bad_file_is_told_in_german(
    pad: PadWindow,
    wait_until: WaitUntil,
    tmp_path: Path,
    speak: Speak,
    name: str,
    content: bytes | None,
    said: str,
) -> None:
    # Given
    speak("de")
    if content is not None:
        (tmp_path / name).write_bytes(content)

    # When
    pad.files.open_file(str(tmp_path / name))
    if pad.pictures.reader is not None:
        wait_until(pad.pictures.reader.failed, lambda: "Lese" not in pad.status.message)

    # Then
    assert f"{name} {said}" in pad.status.message


def test_a_missing_model_is_told_in_german(
    open_pad: OpenPad, wait_until: WaitUntil, tmp_path: Path, speak: Speak
) -> None:
    speak("de")

    pad = open_pad(lambda: Reader.from_file(tmp_path / "cnn.npz"))
    wait_until(pad.recognizer.failed, lambda: "cnn.npz" in pad.status.message)

    assert pad.status.message == f"Die Modelldatei {tmp_path / 'cnn.npz'} fehlt."


def test_braces_and_percents_in_what_is_filled_in_stay(qapp: QApplication) -> None:
    assert tr("Saved as {name}.", name="{n} 100%n.png") == "Saved as {n} 100%n.png."


def top_menus(pad: PadWindow) -> list[QMenu]:
    menus = [action.menu() for action in pad.menuBar().actions()]
    return [menu for menu in menus if isinstance(menu, QMenu)]


def language_menu(pad: PadWindow) -> QMenu:
    """The submenu, as it is when it is opened."""
    view = top_menus(pad)[3]
    (menu,) = (a.menu() for a in view.actions() if isinstance(a.menu(), QMenu))
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    return menu


def assert_told_apart(texts: list[str]) -> None:
    keys = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    assert len(keys) == len(set(keys)), texts


def words_of(pad: PadWindow) -> dict[str, str]:
    """All that the window says, to the eye and to a screen reader, by where it stands."""
    said: dict[str, str] = {"title": pad.windowTitle()}
    for place, widget in enumerate(pad.findChildren(QWidget)):
        if isinstance(widget, (QLabel, QAbstractButton)):
            said[f"{place} text"] = widget.text()
        said[f"{place} tip"] = widget.toolTip()
        said[f"{place} name"] = widget.accessibleName()
        said[f"{place} description"] = widget.accessibleDescription()
    for place, action in enumerate(pad.findChildren(QAction)):
        said[f"{place} action"] = action.text()
    return said


def test_the_change_reaches_what_is_not_shown(pad: PadWindow, speak: Speak) -> None:
    """A hidden window is told when it is shown again, or at once: it never shows old words."""
    pad.hide()
    speak("de")
    pad.show()
    assert top_menus(pad)[0].title() == "&Datei"
