"""What the program says it is made of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from digitpad import third_party
from digitpad.third_party import components


def test_from_source_the_packages_in_use_are_named_with_their_terms() -> None:
    found = {component.name: component for component in components()}

    assert {"MNIST", "numpy", "pillow", "PySide6_Essentials", "shiboken6", "Python"} == set(found)
    for component in found.values():
        assert component.version[0].isdigit()
        assert component.licence
        # More than the name and the address.
        assert component.text().count("\n") > 10
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in found["PySide6_Essentials"].text()


def test_a_frozen_build_shows_the_list_that_it_brings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = {"name": "A", "version": "1", "licence": "MIT", "home": "h", "texts": ["a.txt"]}
    (tmp_path / "components.json").write_text(json.dumps([item]))
    (tmp_path / "a.txt").write_text("Anybody may.")
    monkeypatch.setattr(third_party, "resource_path", lambda *parts: tmp_path)

    (component,) = components()

    assert component.text() == "A 1\nMIT\nh\n\n\nAnybody may."
