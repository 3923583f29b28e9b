"""Info: what macOS is told about the application bundle, besides what PyInstaller writes itself.

Owns the document types and the languages. `build.spec` puts the result into Info.plist; plain
values only, so that it can be read as a property list on any system.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

TRANSLATIONS = Path(__file__).resolve().parents[2] / "translations"
IDENTIFIER = "org.digitpad.DigitPad"

OLDEST_SYSTEM = "14.0"
"""Of the libraries inside, NumPy's build for Apple's own BLAS asks for the newest system."""

_INKML = "org.w3.inkml"
_JSON_LINES = "org.jsonlines.jsonl"
_PICTURES = {
    "PNG": "public.png",
    "JPEG": "public.jpeg",
    "BMP": "com.microsoft.bmp",
    "TIFF": "public.tiff",
    "WEBP": "org.webmproject.webp",
    "GIF": "com.compuserve.gif",
}
"""What the system calls the formats of pictures that the program reads."""


def info_plist(version: str) -> dict[str, Any]:
    """Return the entries of Info.plist for a version such as "1.2.3"."""
    return {
        "CFBundleDevelopmentRegion": "en",
        "CFBundleDisplayName": "DigitPad",
        # The system chooses among these alone: for its own dialogs, and for what Qt calls the
        # system's language.
        "CFBundleLocalizations": ["en", *_translated()],
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "LSApplicationCategoryType": "public.app-category.education",
        "LSMinimumSystemVersion": OLDEST_SYSTEM,
        "NSHighResolutionCapable": True,
        "CFBundleDocumentTypes": [
            # Nothing else on a Mac opens InkML; JSON lines belong to a text editor first.
            _document("Ink drawing", _INKML, rank="Default"),
            _document("Ink drawings, one a line", _JSON_LINES, rank="Alternate"),
            # Offered under "Open With"; a double-click opens the program that did so before.
            _document("Picture", *_PICTURES.values(), role="Viewer", rank="Alternate"),
        ],
        "UTImportedTypeDeclarations": [
            _file_type(_INKML, "InkML drawing", "public.xml", "inkml", "application/inkml+xml"),
            _file_type(_JSON_LINES, "JSON lines", "public.text", "jsonl", "application/jsonl"),
        ],
    }


def _translated() -> list[str]:
    names = sorted(path.stem for path in TRANSLATIONS.glob("digitpad_*.qm"))
    return [name.removeprefix("digitpad_") for name in names]


def _document(name: str, *file_types: str, role: str = "Editor", rank: str) -> dict[str, Any]:
    return {
        "CFBundleTypeName": name,
        "CFBundleTypeRole": role,
        "LSHandlerRank": rank,
        "LSItemContentTypes": list(file_types),
    }


def _file_type(
    identifier: str, description: str, conforms_to: str, extension: str, mime_type: str
) -> dict[str, Any]:
    return {
        "UTTypeIdentifier": identifier,
        "UTTypeDescription": description,
        "UTTypeConformsTo": [conforms_to],
        "UTTypeTagSpecification": {
            "public.filename-extension": [extension],
            "public.mime-type": [mime_type],
        },
    }
