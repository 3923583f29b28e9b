"""Third party: whose work the running program is made of, and under what terms.

A frozen build brings the list of what is really in it, with the texts; elsewhere the Python
packages in use say it themselves. Knows no Qt.
"""

from __future__ import annotations

import json
import platform
import re
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from digitpad.core.resource_files import resource_path

PACKAGES = ("numpy", "pillow", "PySide6-Essentials", "shiboken6")
PICTURES_TEXT = "MNIST.txt"
"""Among the resources: the terms of the training pictures that the look-alikes are."""
LGPL_TEXTS = ("Qt-notice.txt", "LGPL-3.0.txt", "GPL-3.0.txt")
"""Among the resources: the terms of the packages that do not bring them."""
_LICENCE_NAME = re.compile(r"(licen[cs]e|copying|notice)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Component:
    """A work by others: its name, version and terms, and the files with the terms' full texts."""

    name: str
    version: str
    licence: str
    home: str
    texts: tuple[Path, ...]

    def text(self) -> str:
        """The terms in full, as far as they came with the component."""
        parts = [text for path in self.texts if (text := _read(path)) is not None]
        if not parts:
            parts = [f"Its text did not come with this installation; see {self.home}"]
        return "\n\n\n".join([f"{self.name} {self.version}\n{self.licence}\n{self.home}", *parts])


def components() -> Sequence[Component]:
    """Return what the program is made of, in alphabetical order."""
    folder = resource_path("licenses")
    try:
        listed = json.loads((folder / "components.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return [_pictures(), *_installed_packages(), _python()]
    return [
        Component(
            name=item["name"],
            version=item["version"],
            licence=item["licence"],
            home=item["home"],
            texts=tuple(folder / text for text in item["texts"]),
        )
        for item in listed
    ]


def _pictures() -> Component:
    return Component(
        "MNIST",
        "1998",
        "CC-BY-SA-3.0",
        "http://yann.lecun.com/exdb/mnist/",
        (resource_path("licenses", PICTURES_TEXT),),
    )


def _installed_packages() -> Iterator[Component]:
    from importlib import metadata

    for name in PACKAGES:
        try:
            package = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        said = package.metadata
        texts = [
            Path(str(file.locate()))
            for file in package.files or ()
            if ".dist-info" in file.parts[0] and _LICENCE_NAME.search(file.name)
        ]
        texts.sort(key=lambda path: len(path.parts))
        if not texts:
            texts = [resource_path("licenses", text) for text in LGPL_TEXTS]
        stated = [said[key] for key in ("License-Expression", "License") if key in said]
        yield Component(
            name=said["Name"],
            version=package.version,
            licence=stated[0] if stated else "see its text",
            home=f"https://pypi.org/project/{name}/",
            texts=tuple(texts),
        )


def _python() -> Component:
    places = (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix))
    texts = [place / "LICENSE.txt" for place in places if (place / "LICENSE.txt").is_file()]
    return Component(
        "Python", platform.python_version(), "PSF-2.0", "https://www.python.org", tuple(texts[:1])
    )


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
