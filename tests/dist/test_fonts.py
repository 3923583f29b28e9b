"""The frozen program's window on a system without any font."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from tests.dist.frozen import Frozen


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere the system has fonts")
def test_the_window_is_written_in_the_bundled_font(frozen: Frozen, tmp_path: Path) -> None:
    # Given a system with the bundled font alone, and one with none
    font = frozen.inside("DejaVuSans.ttf")
    pictures = []
    for name, folders in (("one", f"<dir>{font.parent}</dir>"), ("none", "")):
        settings = tmp_path / f"{name}.conf"
        settings.write_text(f"<fontconfig>{folders}<cachedir>{tmp_path}</cachedir></fontconfig>")

        # When
        picture = tmp_path / f"{name}.png"
        environment = {"QT_QPA_PLATFORM": "offscreen", "FONTCONFIG_FILE": str(settings)}
        done = frozen.run("--replay", picture, environment=environment)

        # Then
        assert (done.returncode, done.stderr) == (0, "")
        pictures.append(Image.open(picture).convert("RGB"))
    assert ImageChops.difference(*pictures).getbbox() is None
