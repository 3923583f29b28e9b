"""Language menu: what the windows are to speak: the system's language, or one that is named."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from digitpad.ui.language import NAMES, SYSTEM, chosen, renewed, speak
from digitpad.words import Words, tr

_TITLE = Words("&Language")


def add_language_menu(menu: QMenu) -> None:
    """Add a submenu that is filled when it is opened, for another window may have chosen."""
    menu.addSeparator()
    languages = menu.addMenu(str(_TITLE))
    renewed(languages, lambda: languages.setTitle(str(_TITLE)))
    languages.aboutToShow.connect(partial(_fill, languages, QActionGroup(languages)))


def _fill(languages: QMenu, group: QActionGroup) -> None:
    languages.clear()
    for choice, name in {SYSTEM: tr("&System language"), **NAMES}.items():
        action = languages.addAction(name, partial(speak, choice))
        action.setCheckable(True)
        action.setChecked(choice == chosen())
        group.addAction(action)
