"""The workflows: what runs there cannot change under us, and has no more rights than it needs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.packaging.tools import PACKAGING, ROOT

GITHUB = ROOT / ".github"
STEPS = sorted([*GITHUB.glob("workflows/*.yml"), *GITHUB.glob("actions/*/action.yml")])
WORKFLOWS = sorted(GITHUB.glob("workflows/*.yml"))
SCRIPTS = sorted(path for path in PACKAGING.rglob("*") if path.suffix in (".sh", ".ps1"))
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


def _name(path: Path) -> str:
    return str(path).removeprefix(f"{ROOT}/")


@pytest.mark.parametrize("path", STEPS, ids=_name)
def test_every_action_is_pinned_by_its_commit(path: Path) -> None:
    uses = re.findall(r"uses:\s*(.+)", path.read_text(encoding="utf-8"))

    assert uses
    for action in uses:
        assert action.startswith("./") or PINNED.fullmatch(action), action


@pytest.mark.parametrize("path", [*STEPS, *SCRIPTS], ids=_name)
def test_whatever_is_downloaded_is_checked(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if path.name == "fetch.sh":
        assert "sha256sum" in text
        return

    assert not re.search(r"\b(curl|wget|Invoke-WebRequest|iwr)\b", text)
    for url, after in re.findall(r"(https://\S+/(?:download|releases?|project)/\S+)([^/]+)", text):
        assert re.match(r"[\s\\]+[0-9a-f]{64}\b", after), url


@pytest.mark.parametrize("path", WORKFLOWS, ids=_name)
def test_a_workflow_may_only_read_unless_a_job_says_otherwise(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert "\npermissions:\n  contents: read\n\n" in text
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")


def test_only_publishing_may_write() -> None:
    for path in WORKFLOWS:
        before, found, publishing = path.read_text(encoding="utf-8").partition("\n  publish:\n")
        assert ": write" not in before, path
        assert not found or publishing.count(": write") == 3
