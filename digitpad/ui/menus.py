"""Menus: actions with their keys, and menus made of groups of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenuBar, QWidget

Keys = str | QKeySequence.StandardKey


def make_action(parent: QWidget, text: str, do: Callable[[], object], *keys: Keys) -> QAction:
    """Return an action that calls `do`.

    Of a standard key, the platform's own bindings are taken; names of keys that come after it serve
    where it has none.
    """
    action = QAction(text, parent)
    sequences: list[QKeySequence] = []
    for key in keys:
        if not isinstance(key, str):
            sequences += QKeySequence.keyBindings(key)
        elif not sequences or isinstance(keys[0], str):
            sequences.append(QKeySequence(key))
    action.setShortcuts(sequences)
    action.triggered.connect(lambda: do())
    return action


def add_menu(bar: QMenuBar, title: str, groups: Sequence[Sequence[QAction]]) -> None:
    """Add a menu with a line between the groups."""
    menu = bar.addMenu(title)
    for group in groups:
        if not menu.isEmpty():
            menu.addSeparator()
        menu.addActions(list(group))
