"""The release: what it is built from is pinned, and its tag names the project's version."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.packaging.tools import PACKAGING, ROOT, load_tool

check_tag = load_tool("release/check_tag.py")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def _pinned() -> dict[str, list[str]]:
    """Return the pinned versions of each package; another Python may have another version."""
    versions: dict[str, list[str]] = {}
    text = (PACKAGING / "release" / "packages.txt").read_text(encoding="utf-8")
    for entry in text.replace("\\\n", " ").splitlines():
        if entry.startswith("#"):
            continue
        name, version = entry.split()[0].split("==")
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry), entry
        versions.setdefault(name.lower(), []).append(version)
    return versions


def test_pinned_packages_are_what_the_project_asks_for() -> None:
    pinned = _pinned()
    wanted = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dist"]]

    for requirement in map(Requirement, wanted):
        versions = pinned[requirement.name.lower()]
        assert all(version in requirement.specifier for version in versions), requirement


def test_tag_of_the_version_is_accepted(tmp_path: Path) -> None:
    project = tmp_path / "pyproject.toml"
    project.write_text('[project]\nversion = "1.2.3"\n', encoding="utf-8")

    assert check_tag.checked_version("v1.2.3", project) == "1.2.3"


@pytest.mark.parametrize("tag", ["v1.2.4", "1.2.3", "v1.2.3 "])
def test_another_tag_is_refused_with_both_versions(tag: str, tmp_path: Path) -> None:
    project = tmp_path / "pyproject.toml"
    project.write_text('[project]\nversion = "1.2.3"\n', encoding="utf-8")

    with pytest.raises(ValueError, match=re.escape(f"the tag is {tag}, but")):
        check_tag.checked_version(tag, project)
