"""Language: which one the windows speak, and how they change it while they are open.

Owns the choice and loading its translations: ours, and Qt's own for the buttons of its dialogs. For
English nothing is loaded. Which languages there are follows from resources/translations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QLibraryInfo,
    QLocale,
    QObject,
    QTimer,
    QTranslator,
)
from PySide6.QtWidgets import QWidget

from digitpad.core.resource_files import resource_path

ENGLISH = "en"
SYSTEM = ""
"""The choice to follow the system, as far as we speak its language."""
NAMES = {ENGLISH: "English", "de": "Deutsch"}
"""What there is, by its code, in its own words."""
_SPEECH = "digitpad_speech"


@dataclass(frozen=True, slots=True)
class _Speech:
    """What is spoken; kept by the application object, for all its windows."""

    choice: str = SYSTEM
    code: str = ENGLISH
    translators: tuple[QTranslator, ...] = ()


def speak(choice: str) -> None:
    """Have all windows speak a language: one of NAMES, or SYSTEM; another choice is SYSTEM.

    Open windows say what they say anew as soon as events are handled.
    """
    choice = choice if choice in NAMES else SYSTEM
    code = choice or _nearest(QLocale.system().uiLanguages())
    before = _speech()
    translators = before.translators
    if code != before.code:
        for translator in translators:
            QCoreApplication.removeTranslator(translator)
        translators = tuple(_translators(code))
        for translator in translators:
            QCoreApplication.installTranslator(translator)
    application = QCoreApplication.instance()
    assert application is not None
    application.setProperty(_SPEECH, _Speech(choice, code, translators))


def chosen() -> str:
    """Return what was chosen last, for `speak`."""
    return _speech().choice


def renewed(widget: QWidget, renew: Callable[[], object]) -> None:
    """Call `renew`, now and whenever the language changes while the widget lives."""
    _Renewal(widget, renew)


class _Renewal(QObject):
    """Hears of another language, for Qt tells all children of a widget."""

    def __init__(self, parent: QWidget, renew: Callable[[], object]) -> None:
        super().__init__(parent)
        self._renew = renew
        renew()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LanguageChange:
            # Not now: Qt goes through the widget's children, and none must go away meanwhile.
            QTimer.singleShot(0, self, self._renew)
        return super().event(event)


def _speech() -> _Speech:
    """Return what is spoken; English, until anything is chosen."""
    application = QCoreApplication.instance()
    speech = application and application.property(_SPEECH)
    return speech if isinstance(speech, _Speech) else _Speech()


def _translators(code: str) -> Iterator[QTranslator]:
    """Yield Qt's words in a language, where they are there, and ours; nothing for English."""
    if code == ENGLISH:
        return
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for folder, name in ((qt, "qtbase"), (str(resource_path("translations")), "digitpad")):
        translator = QTranslator()
        if translator.load(f"{name}_{code}", folder):
            yield translator


def _nearest(wanted: Sequence[str]) -> str:
    """Return the first of the wanted languages that there is, else English: "de-AT" is "de"."""
    codes = (each.replace("_", "-").split("-")[0].lower() for each in wanted)
    return next((code for code in codes if code in NAMES), ENGLISH)
