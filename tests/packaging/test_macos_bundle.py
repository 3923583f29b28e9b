"""The macOS bundle: what its property lists say, and that its scripts can be parsed."""

from __future__ import annotations

import plistlib
import shutil
import subprocess

import pytest

from digitpad.ui.language import NAMES
from tests.packaging.tools import PACKAGING, load_tool

info = load_tool("macos/info.py")


def test_info_is_a_property_list_with_the_version() -> None:
    entries = plistlib.loads(plistlib.dumps(info.info_plist("1.2.3")))

    assert entries["CFBundleShortVersionString"] == entries["CFBundleVersion"] == "1.2.3"
    assert entries["NSHighResolutionCapable"] is True


def test_the_system_is_told_each_language_of_the_program() -> None:
    assert set(info.info_plist("1.2.3")["CFBundleLocalizations"]) == set(NAMES)


def test_each_document_type_is_the_systems_or_one_that_is_declared() -> None:
    entries = info.info_plist("1.2.3")
    declared = {kind["UTTypeIdentifier"] for kind in entries["UTImportedTypeDeclarations"]}
    documents = {
        kind for entry in entries["CFBundleDocumentTypes"] for kind in entry["LSItemContentTypes"]
    }

    assert documents == declared | set(info._PICTURES.values())


def test_entitlements_are_the_two_that_python_and_a_replaced_qt_need() -> None:
    text = (PACKAGING / "macos" / "entitlements.plist").read_text(encoding="utf-8")

    assert plistlib.loads(text.encode()) == {
        "com.apple.security.cs.allow-unsigned-executable-memory": True,
        "com.apple.security.cs.disable-library-validation": True,
    }
    assert "<!--" not in text, "codesign refuses comments there"


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
@pytest.mark.parametrize("script", ["make_dmg.sh", "import_certificate.sh"])
def test_scripts_parse_and_can_be_run(script: str) -> None:
    path = PACKAGING / "macos" / script

    done = subprocess.run(["bash", "-n", path], capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")
    assert path.stat().st_mode & 0o111
