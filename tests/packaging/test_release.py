"""The release: what it is built from is pinned, and its tag names the project's version."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib

import pytest
from packaging.requirements import Requirement

from digitpad import __version__
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


def test_tag_of_the_version_is_accepted_without_an_environment() -> None:
    script = str(PACKAGING / "release" / "check_tag.py")

    done = subprocess.run(
        [sys.executable, "-S", script, f"v{__version__}"],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == f"{__version__}\n"


@pytest.mark.parametrize("tag", ["v1.2.4", "1.2.3", "v1.2.3 "])
def test_another_tag_is_refused_with_both_versions(tag: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"the tag is {tag}, but")):
        check_tag.check(tag, "1.2.3")
