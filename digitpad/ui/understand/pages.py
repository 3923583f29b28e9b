"""Pages: which pages the Understand panel has, in their order."""

from __future__ import annotations

from digitpad.ui.understand.inside import Inside
from digitpad.ui.understand.page import Page
from digitpad.ui.understand.side_by_side import SideBySide

PAGES: tuple[type[Page], ...] = (SideBySide, Inside)
