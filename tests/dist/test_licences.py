"""The frozen program brings the terms of everything that is really in it."""

from __future__ import annotations

import json
import os

from tests.dist.frozen import Frozen

LICENCES = "_internal/digitpad/resources/licenses"


def test_every_file_belongs_to_a_component_with_terms(frozen: Frozen) -> None:
    folder = frozen.folder / LICENCES
    components = json.loads((folder / "components.json").read_text(encoding="utf-8"))

    owned = [name for component in components for name in component["files"]]
    there = {
        path.relative_to(frozen.folder / "_internal").as_posix()
        for path in (frozen.folder / "_internal").rglob("*")
        if path.is_file() and not path.is_symlink() and folder not in path.parents
    }
    assert there - set(owned) == {"digitpad/resources/files.txt"}
    assert len(owned) == len(set(owned))
    for component in components:
        assert component["licence"] and component["version"]
        for text in component["texts"]:
            assert (folder / text).read_text(encoding="utf-8").strip()
        assert component["texts"] or component["name"] == "DigitPad"


def test_the_lgpl_and_how_to_replace_qt_are_told(frozen: Frozen) -> None:
    folder = frozen.folder / LICENCES

    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (folder / "LGPL-3.0.txt").read_text()
    notice = (folder / "Qt-notice.txt").read_text()
    if os.name == "posix":
        assert "_internal/PySide6/Qt/lib/libQt6*.so.6" in notice
        assert list(frozen.folder.glob("_internal/PySide6/Qt/lib/libQt6*.so.6"))
