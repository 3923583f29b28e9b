"""The bill of materials: every file of a frozen build, under the component that it belongs to."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.packaging.tools import load_tool

tool = load_tool("sbom.py")

LISTED = [
    {
        "name": "DigitPad",
        "version": "1.2.3",
        "licence": "LicenseRef-DigitPad",
        "home": "",
        "files": ["digitpad/resources/model/cnn.npz"],
    },
    {
        "name": "Qt",
        "version": "6.11.3",
        "licence": "LGPL-3.0-only",
        "home": "https://www.qt.io",
        "files": ["PySide6/Qt/lib/libQt6Core.so.6"],
    },
    {
        "name": "libpng",
        "version": "1.6.39-2",
        "licence": "libpng-2.0",
        "home": "http://libpng.org",
        "files": ["libpng16.so.16"],
    },
]


@pytest.fixture
def frozen(tmp_path: Path) -> Path:
    folder = tmp_path / "DigitPad"
    files = {
        "digitpad": b"program",
        "_internal/libpng16.so.16": b"png",
        "_internal/PySide6/Qt/lib/libQt6Core.so.6": b"qt",
        "_internal/digitpad/resources/model/cnn.npz": b"model",
        f"_internal/{tool.LIST}": json.dumps(LISTED).encode(),
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def test_each_file_stands_under_its_component_with_its_hash(frozen: Path) -> None:
    document = tool.bill_of_materials(frozen, "1.2.3")

    qt, png = document["components"]
    assert (qt["name"], qt["version"], qt["purl"]) == (
        "Qt",
        "6.11.3",
        "pkg:pypi/pyside6-essentials@6.11.3",
    )
    assert qt["licenses"] == [{"expression": "LGPL-3.0-only"}]
    (file,) = qt["components"]
    assert file["name"] == "_internal/PySide6/Qt/lib/libQt6Core.so.6"
    assert file["hashes"] == [{"alg": "SHA-256", "content": hashlib.sha256(b"qt").hexdigest()}]
    assert "purl" not in png


def test_a_file_of_a_macos_bundle_is_found_where_its_folder_has_another_name(frozen: Path) -> None:
    listed = [{**LISTED[1], "files": ["python3.11/lib-dynload/_json.so"]}]
    (frozen / "_internal" / tool.LIST).write_text(json.dumps(listed), encoding="utf-8")
    moved = frozen / "Contents" / "Frameworks" / "python3__dot__11" / "lib-dynload" / "_json.so"
    moved.parent.mkdir(parents=True)
    moved.write_bytes(b"json")

    (component,) = tool.bill_of_materials(frozen, "1.2.3")["components"]

    (file,) = component["components"]
    assert file["name"] == moved.relative_to(frozen).as_posix()


def test_what_nobody_else_made_is_the_programs_own(frozen: Path) -> None:
    own = tool.bill_of_materials(frozen, "1.2.3")["metadata"]["component"]

    assert (own["name"], own["version"]) == ("DigitPad", "1.2.3")
    assert {file["name"] for file in own["components"]} == {
        "digitpad",
        "_internal/digitpad/resources/model/cnn.npz",
        f"_internal/{tool.LIST}",
    }


def test_same_build_gives_the_same_document_and_another_build_another(frozen: Path) -> None:
    first = tool.bill_of_materials(frozen, "1.2.3")
    again = tool.bill_of_materials(frozen, "1.2.3")
    (frozen / "digitpad").write_bytes(b"signed program")
    signed = tool.bill_of_materials(frozen, "1.2.3")

    assert first == again
    assert first["serialNumber"] != signed["serialNumber"]


def test_folder_that_was_not_frozen_here_is_refused(tmp_path: Path) -> None:
    with pytest.raises(tool.NoListError, match="was not frozen"):
        tool.bill_of_materials(tmp_path, "1.2.3")
