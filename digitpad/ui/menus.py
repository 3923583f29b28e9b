"""Menus: actions with their keys, and menus made of groups of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from digitpad.ui.language import renewed
from digitpad.words import Words

Keys = str | QKeySequence.StandardKey


def make_action(parent: QWidget, words: Words, do: Callable[[], object], *keys: Keys) -> QAction:
    """Return an action that calls `do`.

    Of a standard key, the platform's own bindings are taken; names of keys that come after it serve
    where it has none.
    """
    action = QAction(parent)
    renewed(parent, lambda: action.setText(str(words)))
    sequences: list[QKeySequence] = []
    for key in keys:
        if not isinstance(key, str):
            sequences += QKeySequence.keyBindings(key)
        elif not sequences or isinstance(keys[0], str):
            sequences.append(QKeySequence(key))
    action.setShortcuts(sequences)
    action.triggered.connect(lambda: do())
    return action


def add_menu(bar: QMenuBar, title: Words, groups: Sequence[Sequence[QAction]]) -> QMenu:
    """Add a menu with a line between the groups, and return it."""
    menu = bar.addMenu(str(title))
    renewed(menu, lambda: menu.setTitle(str(title)))
    for group in groups:
        if not menu.isEmpty():
            menu.addSeparator()
        menu.addActions(list(group))
    return menu
