"""What the tests of the setup share: a home, two versions to install, and nothing that waits.

The setup is Linux's: on other systems none of them is collected.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

if sys.platform.startswith("linux"):
    from digitpad_setup.places import Places
    from tests.packaging.setup_house import make_bundle, make_places
else:
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture(autouse=True)
def no_desktop_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the desktop's tools write is theirs; and no disk is waited for."""
    monkeypatch.setattr("digitpad_setup.menu.shutil.which", lambda _: None)
    monkeypatch.setattr("os.fsync", lambda _: None)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Of a home whose name scripts may trip over."""
    return make_places(tmp_path / "Ämilie's 100% home")


@pytest.fixture
def old_bundle(tmp_path: Path) -> Path:
    return make_bundle(tmp_path / "old", "1.0")


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return make_bundle(tmp_path / "new", "2.0")
