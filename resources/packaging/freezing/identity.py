"""Identity: what Windows and macOS show of a program that is not running: its icon and version.

Made from the same icons and the same version as everything else, in the forms those systems want.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

NAME = "DigitPad"
SUMMARY = "A desktop pad that reads handwritten digits and shows why"

_ENGLISH = "0409"
_UNICODE = "04B0"


def icon_file(icons: Path, target: Path) -> Path:
    """Write `target`, an .ico or .icns, from the PNG files in `icons`; returns it."""
    pictures = sorted((Image.open(path) for path in icons.glob("*.png")), key=_width, reverse=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    sizes = [picture.size for picture in pictures]
    pictures[0].save(target, append_images=pictures[1:], sizes=sizes)
    return target


def version_resource(version: str, program: str) -> str:
    """Return the version resource of a Windows program, as PyInstaller reads it from a file.

    Windows counts in four numbers: "1.2.3rc1" becomes 1.2.3.0 there and stays as it is in words.
    """
    numbers = (*_numbers(version), 0, 0, 0, 0)[:4]
    words = {
        "FileDescription": NAME,
        "FileVersion": version,
        "InternalName": program,
        "OriginalFilename": f"{program}.exe",
        "ProductName": NAME,
        "ProductVersion": version,
        "Comments": SUMMARY,
    }
    strings = ", ".join(f"StringStruct({key!r}, {value!r})" for key, value in words.items())
    language = f"[{int(_ENGLISH, 16)}, {int(_UNICODE, 16)}]"
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}), kids=["
        f"StringFileInfo([StringTable({_ENGLISH + _UNICODE!r}, [{strings}])]), "
        f"VarFileInfo([VarStruct('Translation', {language})])])\n"
    )


def _width(picture: Image.Image) -> int:
    return picture.width


def _numbers(version: str) -> Sequence[int]:
    match = re.match(r"\d+(?:\.\d+)*", version)
    if match is None:
        raise ValueError(f"the version {version!r} does not begin with a number")
    return [int(part) for part in match.group().split(".")]
