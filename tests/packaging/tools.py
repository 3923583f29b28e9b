"""Tools: the scripts that make installers; they lie outside every package and load by path."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "resources" / "packaging"


def load_tool(name: str) -> ModuleType:
    """Return a script below resources/packaging as a module; `name` such as "macos/info.py"."""
    path = PACKAGING / name
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
