"""The frozen program's window on a system without any font."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from tests.dist.frozen import Frozen, Screen
from tests.dist.looking import Hand


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


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the setup is Linux's")
def test_the_setup_is_written_in_the_bundled_font(
    frozen: Frozen, screen: Screen, tmp_path: Path
) -> None:
    # Given a system with the bundled font alone, and one with none
    font = frozen.inside("DejaVuSans.ttf")
    pictures = []
    for name, folders in (("one", f"<dir>{font.parent}</dir>"), ("none", "")):
        settings = tmp_path / f"{name}.conf"
        settings.write_text(f"<fontconfig>{folders}<cachedir>{tmp_path}</cachedir></fontconfig>")
        environment = {**screen.environment, "FONTCONFIG_FILE": str(settings)}

        # When
        process = subprocess.Popen(
            [frozen.folder / "digitpad-setup"],
            env={**os.environ, **frozen.environment, **environment},
        )
        try:
            hand = Hand(screen.display)
            window = hand.window("DigitPad Setup")
            pictures.append(hand.look_when_painted(window, tmp_path / f"{name}.png"))
        finally:
            process.kill()
            process.wait()

    # Then
    assert ImageChops.difference(*pictures).getbbox() is None
