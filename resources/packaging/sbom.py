"""Bill of materials: what a frozen build is made of, in CycloneDX 1.6, from the build itself.

    sbom.py FOLDER TARGET         FOLDER such as dist/DigitPad or dist/DigitPad.app

Reads the list of components that freezing put into the build, and hashes the files as they are now,
after signing. The same build gives the same file. Needs the project.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tomllib
import uuid
from pathlib import Path
from typing import Any

from digitpad import __version__

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "resources" / "licenses" / "components.toml"
LIST = "digitpad/resources/licenses/components.json"
PROGRAM = "DigitPad"
DOT = "__dot__"
"""What PyInstaller writes for a dot in the name of a folder in a bundle of macOS."""


class NoListError(Exception):
    """The folder is no frozen build; the message is for a person."""


def bill_of_materials(folder: Path, version: str) -> dict[str, Any]:
    """Return the CycloneDX document of a frozen build; raises NoListError."""
    found = [path for path in folder.rglob("components.json") if path.as_posix().endswith(LIST)]
    if not found:
        raise NoListError(f"{folder} holds no {LIST}: it was not frozen by this project")
    listed = json.loads(found[0].read_text(encoding="utf-8"))
    distributions = {
        component["name"]: component.get("distribution", "")
        for component in tomllib.loads(TABLE.read_text(encoding="utf-8"))["component"]
    }
    owners = {place: component["name"] for component in listed for place in component["files"]}
    files: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if not path.is_symlink():
            place = path.relative_to(folder).as_posix()
            owner = _owner(place.replace(DOT, "."), owners)
            files.setdefault(owner, []).append(_file(place, path))
    components = [
        _component(entry, distributions.get(entry["name"], ""), files.get(entry["name"], []))
        for entry in listed
        if entry["name"] != PROGRAM
    ]
    program = {"type": "application", "bom-ref": PROGRAM, "name": PROGRAM, "version": version}
    document: dict[str, Any] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": program | {"components": files.get(PROGRAM, [])}},
        "components": components,
        "dependencies": [
            {"ref": PROGRAM, "dependsOn": [component["bom-ref"] for component in components]}
        ],
    }
    content = json.dumps(document, sort_keys=True)
    return document | {"serialNumber": uuid.uuid5(uuid.NAMESPACE_OID, content).urn}


def _owner(place: str, owners: dict[str, str]) -> str:
    """Return whose a file is: listed places lie below one of the folders that systems add."""
    while place not in owners:
        _, slash, place = place.partition("/")
        if not slash:
            return PROGRAM
    return owners[place]


def _component(
    entry: dict[str, Any], distribution: str, files: list[dict[str, Any]]
) -> dict[str, Any]:
    component: dict[str, Any] = {
        "type": "library",
        "bom-ref": entry["name"],
        "name": entry["name"],
        "version": entry["version"],
        "licenses": [{"expression": entry["licence"]}],
    }
    if distribution == "python":
        component["purl"] = f"pkg:generic/python@{entry['version']}"
    elif distribution:
        name = distribution.lower().replace("_", "-")
        component["purl"] = f"pkg:pypi/{name}@{entry['version']}"
    if entry["home"]:
        component["externalReferences"] = [{"type": "website", "url": entry["home"]}]
    if files:
        component["components"] = files
    return component


def _file(place: str, path: Path) -> dict[str, Any]:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return {"type": "file", "name": place, "hashes": [{"alg": "SHA-256", "content": digest}]}


def main(arguments: list[str]) -> None:
    if len(arguments) != 2:
        sys.exit(__doc__)
    folder, target = map(Path, arguments)
    try:
        document = bill_of_materials(folder, __version__)
    except NoListError as error:
        sys.exit(f"sbom: {error}")
    text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    target.write_text(text, encoding="utf-8", newline="\n")
    sys.stdout.write(f"{target}: {len(document['components'])} components\n")


if __name__ == "__main__":
    main(sys.argv[1:])
