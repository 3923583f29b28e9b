"""What the documentation shows in Python works as it says."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import digitpad
from tests.command_line import ink_file

ROOT = Path(digitpad.__file__).resolve().parents[1]
DOCS = ROOT / "docs"


@pytest.mark.parametrize(("page", "least"), [("python.md", 15), ("numbers.md", 10)])
def test_the_examples_in_python(
    page: str, least: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    results = doctest.testfile(str(DOCS / page), module_relative=False)

    assert results.attempted > least
    assert results.failed == 0


def test_the_example_for_large_datasets(tmp_path: Path) -> None:
    pytest.importorskip("dask.bag", reason="dask is not installed")
    # Given the program on the page, and a dataset of two files with one bad line
    program = tmp_path / "example.py"
    program.write_text((DOCS / "large-datasets.md").read_text().split("```")[1][len("python\n") :])
    ink_file(tmp_path / "a.jsonl", "0123456789")
    (tmp_path / "b.jsonl").write_text('{"strokes": [[[0, 0], [5, 9]]]}\nwords\n')

    # When
    done = subprocess.run(
        [sys.executable, str(program), str(tmp_path / "*.jsonl")],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},
    )

    # Then
    assert (done.returncode, done.stdout) == (0, "11 of 12 read\n"), done.stderr


def test_every_link_leads_to_a_page_and_a_heading_that_are_there() -> None:
    pages = [ROOT / "README.md", *DOCS.rglob("*.md")]
    links = [
        (page, match[1])
        for page in pages
        for match in re.finditer(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
        if "://" not in match[1]
    ]
    assert len(links) > 100

    def leads_somewhere(page: Path, link: str) -> bool:
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        return target.exists() and (not anchor or anchor in _anchors(target))

    assert [link for page, link in links if not leads_somewhere(page, link)] == []


def _anchors(page: Path) -> set[str]:
    """What a page's headings are called in links, as GitHub makes it from their words."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}


def test_what_the_core_names_is_loaded_only_when_it_is_used() -> None:
    code = (
        "import sys, digitpad.core as core; before = set(sys.modules);"
        "missing = [name for name in core.__all__ if not hasattr(core, name)];"
        "print(missing, 'numpy' in before, 'numpy' in sys.modules, hasattr(core, 'Nothing'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout == "[] False True False\n"
