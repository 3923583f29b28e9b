"""Pages: which pages the Understand panel has, in their order."""

from __future__ import annotations

from digitpad.ui.understand.change_of_mind import ChangeOfMindPage
from digitpad.ui.understand.inside import Inside
from digitpad.ui.understand.look_alikes import LookAlikesPage
from digitpad.ui.understand.page import Page
from digitpad.ui.understand.side_by_side import SideBySide
from digitpad.ui.understand.why import Why

PAGES: tuple[type[Page], ...] = (
    SideBySide,
    Inside,
    Why,
    LookAlikesPage,
    ChangeOfMindPage,
)
