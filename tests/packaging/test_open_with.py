"""Open with: on each system the program is offered for what it reads, and takes nothing over."""

from __future__ import annotations

import re
from pathlib import Path

from PIL import Image

from digitpad.core.file_kinds import INKML_SUFFIX, FileKind, kind_of
from digitpad.core.ink_files import SUFFIXES
from digitpad.core.picture_files import FORMATS, load_picture
from digitpad.ui import file_actions
from tests.packaging.tools import PACKAGING, load_tool

windows = load_tool("windows/build_installer.py")
macos = load_tool("macos/info.py")


def test_windows_offers_the_program_for_nothing_that_it_does_not_read(tmp_path: Path) -> None:
    for ending in windows.endings():
        path = tmp_path / f"seven{ending}"
        if ending in (INKML_SUFFIX, *SUFFIXES):
            path.write_text("{}")
            assert kind_of(path) is not FileKind.PICTURE, ending
        else:
            Image.new("L", (20, 30)).save(path)
            loaded = load_picture(path)
            assert loaded is not None and loaded.image.size == (20, 30), ending


def test_windows_offers_the_program_for_what_its_own_dialog_shows() -> None:
    shown = f"{file_actions._PICTURES} {file_actions._DRAWINGS}".replace("*", "").split()

    # Windows goes by the last part of a name, and ".gz" is that of any archive.
    assert set(shown) == {*windows.endings(), ".jsonl.gz"}


def test_macos_names_each_format_of_pictures_and_leaves_them_to_others() -> None:
    documents = macos.info_plist("1.2.3")["CFBundleDocumentTypes"]
    (pictures,) = (kind for kind in documents if kind["CFBundleTypeName"] == "Picture")

    assert set(macos._PICTURES) == set(FORMATS)
    assert pictures["LSItemContentTypes"] == list(macos._PICTURES.values())
    assert (pictures["CFBundleTypeRole"], pictures["LSHandlerRank"]) == ("Viewer", "Alternate")


def test_macos_declares_the_endings_of_drawings() -> None:
    declared = {
        ending
        for kind in macos.info_plist("1.2.3")["UTImportedTypeDeclarations"]
        for ending in kind["UTTypeTagSpecification"]["public.filename-extension"]
    }

    assert {f".{ending}" for ending in declared} == {INKML_SUFFIX, SUFFIXES[0]}


def test_linux_names_each_format_of_pictures() -> None:
    linux = PACKAGING / "linux"
    entry = (linux / "digitpad_setup" / "share" / "digitpad.desktop").read_text(encoding="utf-8")
    about = (linux / "debian" / "metainfo.xml").read_text(encoding="utf-8")
    types = {"application/inkml+xml", *(f"image/{name.lower()}" for name in FORMATS)}

    assert set(re.findall(r"([^=;\n]+/[^;\n]+);", entry)) == types
    assert set(re.findall(r"<mediatype>(.*)</mediatype>", about)) == types
