"""Text on a system without any font."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import digitpad

ROOT = Path(digitpad.__file__).resolve().parents[1]
NO_FONTS = "<fontconfig><cachedir>{cache}</cachedir></fontconfig>"
SHAPES = """
import sys
from PySide6.QtWidgets import QLabel
from digitpad.desktop import make_application
application = make_application()
pictures = set()
for letter in "aiW8":
    label = QLabel(letter)
    label.setFixedSize(40, 40)
    pictures.add(bytes(label.grab().toImage().constBits()))
print(len(pictures), application.font().family())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere the system has fonts")
@pytest.mark.parametrize("has_fonts", [True, False])
def test_letters_are_told_apart_with_and_without_fonts(tmp_path: Path, has_fonts: bool) -> None:
    settings = tmp_path / "fonts.conf"
    settings.write_text(NO_FONTS.format(cache=tmp_path))
    without = {} if has_fonts else {"FONTCONFIG_FILE": str(settings)}

    done = subprocess.run(
        [sys.executable, "-c", SHAPES],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **without},
        capture_output=True,
        text=True,
        check=True,
    )

    # Boxes would all look the same.
    shapes, family = done.stdout.strip().split(" ", 1)
    assert shapes == "4"
    assert (family == "DejaVu Sans") == (not has_fonts)
