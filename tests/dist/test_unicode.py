"""With its smaller ICU data the frozen program sorts and divides text as with all of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

from tests.dist.frozen import Frozen

LIBRARY = "PySide6/Qt/lib/libicudata.so.*"
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ICU comes with Qt on Linux only")
def test_nothing_that_qt_can_ask_for_is_missing(frozen: Frozen, tmp_path: Path) -> None:
    # Given
    (reduced,) = (frozen.folder / "_internal").glob(LIBRARY)
    (whole,) = Path(PySide6.__file__).parents[1].glob(LIBRARY)
    if reduced.name != whole.name:
        pytest.skip("another version of Qt was frozen")
    assert reduced.stat().st_size < whole.stat().st_size / 2

    # When
    (tmp_path / reduced.name).symlink_to(reduced)
    printed = [
        subprocess.run(
            [sys.executable, "-m", "tests.dist.unicode_results"],
            cwd=ROOT,
            env={**os.environ, "LD_LIBRARY_PATH": libraries, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for libraries in ("", str(tmp_path))
    ]

    # Then
    assert printed[0] == printed[1]
    assert printed[0].count(b"\n") > 500
