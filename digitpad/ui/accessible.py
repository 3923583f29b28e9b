"""Accessible: which role a screen reader is told for each widget that is painted here.

Names, descriptions and values are the widgets' own; Qt knows the roles of its own kinds of widget.
What is loaded only when it is opened names its role itself, as `accessible_role`.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from digitpad.ui.answer_view import AnswerView
from digitpad.ui.confidence_bars import ConfidenceBars
from digitpad.ui.ink_canvas import InkCanvas
from digitpad.ui.network_view import NetworkView

_ROLES = {
    InkCanvas: QAccessible.Role.Canvas,
    NetworkView: QAccessible.Role.Graphic,
    AnswerView: QAccessible.Role.Grouping,
    ConfidenceBars: QAccessible.Role.Grouping,
}


@cache
def install_roles() -> None:
    """Tell Qt the roles; further calls do nothing."""
    QAccessible.installFactory(_interface)


def _interface(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
    for kind, role in _ROLES.items():
        if isinstance(thing, kind):
            return QAccessibleWidget(thing, role)
    own = getattr(thing, "accessible_role", None)
    if isinstance(thing, QWidget) and isinstance(own, QAccessible.Role):
        return QAccessibleWidget(thing, own)
    return None
