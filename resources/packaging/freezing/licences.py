"""Licences: whose work is in the bundle, in which version, under what terms, with their texts.

Made from the very files that go in. What resources/licenses/components.toml does not name, or whose
text is not to be found, fails the build. `digitpad.third_party` reads the result.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from importlib import metadata
from pathlib import Path, PurePath
from typing import Any

from freezing.trimming import Entry

PYTHON = "python"
TABLE = "components.toml"
COMMON_TEXTS = Path("/usr/share/common-licenses")
"""Where Debian keeps the texts that its packages refer to."""
_LICENCE_NAME = re.compile(r"(licen[cs]e|copying|notice)", re.IGNORECASE)
_COMMON_TEXT = re.compile(rf"{COMMON_TEXTS}/([A-Za-z0-9.-]*[A-Za-z0-9])")


class LicenceError(Exception):
    """Something in the bundle whose terms are not known; the message is one sentence."""


def licence_files(
    files: Iterable[Entry], modules: Iterable[str], kept: Path, target: Path, place: str
) -> list[Entry]:
    """Write the list and the texts into the folder `target`; returns them as entries at `place`.

    `files` are what the bundle holds, from where they were collected, `modules` the names of the
    Python modules inside the executable; `kept` is the folder with the table and with texts that
    nothing else brings. Raises LicenceError.
    """
    table = tomllib.loads((kept / TABLE).read_text(encoding="utf-8"))["component"]
    found: dict[str, list[tuple[str, Path]]] = {}
    for path, source, kind in files:
        if kind != "SYMLINK":
            name = PurePath(path).as_posix()
            found.setdefault(_owner(table, name), []).append((name, Path(source)))
    for module in sorted({name.split(".")[0] for name in modules}):
        found.setdefault(_owner_of_module(table, module), [])
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    listed = [
        _describe(component, found[component["name"]], kept, target)
        for component in sorted(table, key=lambda component: str(component["name"]).lower())
        if component["name"] in found
    ]
    text = json.dumps(listed, indent=1, ensure_ascii=False) + "\n"
    (target / "components.json").write_text(text, encoding="utf-8", newline="\n")
    return [(f"{place}/{path.name}", str(path), "DATA") for path in sorted(target.iterdir())]


def _owner(table: Sequence[dict[str, Any]], place: str) -> str:
    for component in table:
        if any(fnmatchcase(place, pattern) for pattern in component["files"]):
            return str(component["name"])
    raise LicenceError(f"{place} is in the bundle, and no component in {TABLE} names it.")


def _owner_of_module(table: Sequence[dict[str, Any]], module: str) -> str:
    if module in sys.stdlib_module_names or module.startswith("_sysconfigdata_"):
        return "Python"
    for component in table:
        if module in component.get("modules", ()):
            return str(component["name"])
    raise LicenceError(f"The module {module} is in the bundle, and no component in {TABLE} has it.")


def _describe(
    component: dict[str, Any], files: Sequence[tuple[str, Path]], kept: Path, target: Path
) -> dict[str, Any]:
    """Return one component as it is listed, its texts copied into `target`."""
    distribution = component.get("distribution")
    if distribution is None:
        packages = sorted({_debian_package(source) for _, source in files})
        version = ", ".join(sorted({version for _, version in packages}))
        texts = [text for name, _ in packages for text in _debian_texts(name)]
    elif distribution == PYTHON:
        version = sysconfig.get_config_var("py_version") or sysconfig.get_python_version()
        texts = [] if "texts" in component else [("Python.txt", _python_text())]
    else:
        version = metadata.version(distribution)
        texts = _distribution_texts(distribution)
    version = component.get("version", version)
    if version == "file":
        version = files[0][0].rpartition(".so.")[2]
    texts = [*((name, kept / name) for name in component.get("texts", ())), *texts]
    if not texts and distribution != "digitpad":
        raise LicenceError(f"There is no licence text for {component['name']}.")
    for name, source in texts:
        text = source.read_text(encoding="utf-8", errors="replace")
        (target / name).write_text(text, encoding="utf-8", newline="\n")
    return {
        "name": component["name"],
        "version": version,
        "licence": component["licence"],
        "home": component["home"],
        "texts": list(dict.fromkeys(name for name, _ in texts)),
        "files": sorted(name for name, _ in files),
    }


def _distribution_texts(name: str) -> list[tuple[str, Path]]:
    """Return the licence texts that a Python package brings, the main one first."""
    found = [
        (PurePath(file).as_posix().partition(".dist-info/")[2], Path(str(file.locate())))
        for file in metadata.files(name) or ()
        if ".dist-info/" in PurePath(file).as_posix() and _LICENCE_NAME.search(file.name)
    ]
    return [
        (f"{name}-{inner.removeprefix('licenses/').replace('/', '-')}", path)
        for inner, path in sorted(found, key=lambda item: (item[0].count("/"), item[0]))
    ]


def _python_text() -> Path:
    """Return the licence of this Python, wherever it keeps it."""
    short = sysconfig.get_python_version()
    places = (
        Path(sysconfig.get_path("stdlib"), "LICENSE.txt"),
        Path(sys.base_prefix, "LICENSE.txt"),
        Path(sys.base_prefix, "LICENSE"),
        Path(f"/usr/share/doc/python{short}/copyright"),
    )
    for place in places:
        if place.is_file():
            return place
    raise LicenceError(
        f"Python {short} has no licence text in any of {', '.join(map(str, places))}."
    )


def _debian_package(library: Path) -> tuple[str, str]:
    """Return the Debian package that a library comes from, and its version."""
    real = library.resolve()
    # The package may name the folder /lib that is now a link to /usr/lib.
    for path in (
        real,
        Path("/") / real.relative_to("/usr") if real.is_relative_to("/usr") else real,
    ):
        done = subprocess.run(["dpkg-query", "-S", str(path)], capture_output=True, text=True)
        if done.returncode == 0:
            package = done.stdout.split(": ")[0].split(",")[0]
            shown = subprocess.run(
                ["dpkg-query", "-W", "-f", "${Version}", package],
                capture_output=True,
                text=True,
                check=True,
            )
            return package.split(":")[0], shown.stdout
    raise LicenceError(f"{library} belongs to no Debian package, so that its terms are not known.")


def _debian_texts(package: str) -> Iterator[tuple[str, Path]]:
    """Yield the terms of a Debian package, and the texts that they refer to."""
    terms = Path("/usr/share/doc", package, "copyright")
    if not terms.is_file():
        raise LicenceError(f"The Debian package {package} has no {terms}; was it left out here?")
    yield f"debian-{package}.txt", terms
    for name in sorted(set(_COMMON_TEXT.findall(terms.read_text("utf-8", errors="replace")))):
        if (COMMON_TEXTS / name).is_file():
            yield f"common-{name}.txt", COMMON_TEXTS / name
