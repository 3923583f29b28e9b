"""The bench of what is installed: its table in README, its verdicts and its sizes."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.bench.figures import evaluate
from tests.bench.page import table, with_table
from tests.bench_dist.figures import FIGURES
from tests.bench_dist.sizes import folder_mb

START = {"cold": {"median": 0.6}, "warm": {"median": 0.3}, "processor": {"median": 0.2}}
SLOW = {"cold": {"median": 9.0}, "warm": {"median": 4.0}}
MEASUREMENTS: dict[str, Any] = {
    "sizes": {"program_mb": 141.0, "deb_mb": 40.0, "installer_mb": 46.0, "empty_mb": 240.0},
    "starts": {"program": START, "empty": START},
    "memory": {"program_mb": 86.0, "empty_mb": 69.0},
    "tensorflow": {
        "size_mb": 1700.0,
        "start": SLOW,
        "memory_mb": 640.0,
        "beside": {"size_mb": 141.0, "start": START, "memory_mb": 86.0},
    },
}


def _document(measurements: dict[str, Any]) -> dict[str, Any]:
    return {
        "command": "make bench-dist",
        "results": "docs/bench-dist.json",
        "method": "Measured like this.",
        "machine": {"cpu": "a processor", "cores": 2, "python": "3.11", "packages": {}},
        "figures": [evaluate(figure, measurements) for figure in FIGURES],
    }


def test_every_promise_has_a_number_and_a_verdict() -> None:
    figures = {figure["name"]: figure for figure in _document(MEASUREMENTS)["figures"]}

    assert all(figure["measured"] is not None for figure in figures.values())
    assert figures["Installed"]["met"] is True
    assert figures["The double-click installer"]["met"] is False
    assert figures["Resident memory, times the empty window's"]["met"] is True


def test_a_run_without_tensorflow_that_has_no_earlier_one_says_so() -> None:
    measurements = MEASUREMENTS | {"tensorflow": {"note": "not measured without TensorFlow"}}

    lines = table(_document(measurements)).splitlines()

    assert any("not measured without TensorFlow" in line for line in lines)


def test_table_stands_between_its_own_marks_only() -> None:
    other = "<!-- bench:begin -->\nother\n<!-- bench:end -->\n"
    readme = f"{other}<!-- bench-dist:begin -->\noutdated\n<!-- bench-dist:end -->\nend\n"

    renewed = with_table(readme, _document(MEASUREMENTS), "bench-dist")

    assert renewed.startswith(other)
    assert renewed.endswith("<!-- bench-dist:end -->\nend\n")
    assert "| Installed | at most 150 MB | 141 MB | met |" in renewed
    assert "Measured like this." in renewed
    assert "outdated" not in renewed


def test_readme_without_marks_is_told_which() -> None:
    with pytest.raises(ValueError, match="<!-- bench-dist:begin -->"):
        with_table("nothing", _document(MEASUREMENTS), "bench-dist")


@pytest.mark.skipif(sys.platform == "win32", reason="measures on Linux only")
def test_links_are_counted_once(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(os.urandom(1_000_000))
    alone = folder_mb(tmp_path)
    os.link(tmp_path / "a", tmp_path / "b")
    (tmp_path / "c").symlink_to("a")

    assert alone == pytest.approx(1.0, abs=0.1)
    assert folder_mb(tmp_path) == pytest.approx(alone, abs=0.02)
