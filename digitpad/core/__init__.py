"""The core: ink and pictures in, readings out. No Qt; see docs/python.md.

What is named here is loaded when it is first used: the pad starts without most of it.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from digitpad.core.drawing_files import load_drawing, save_drawing
    from digitpad.core.ink import Ink
    from digitpad.core.ink_files import read_ink_file
    from digitpad.core.inkml import read_inkml
    from digitpad.core.reader import Reader
    from digitpad.core.reading import Reading, Status

__all__ = [
    "Ink",
    "Reader",
    "Reading",
    "Status",
    "load_drawing",
    "read_ink_file",
    "read_inkml",
    "save_drawing",
]

_HOMES = {
    "Ink": "ink",
    "Reader": "reader",
    "Reading": "reading",
    "Status": "reading",
    "load_drawing": "drawing_files",
    "read_ink_file": "ink_files",
    "read_inkml": "inkml",
    "save_drawing": "drawing_files",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found
