"""Debian: the .deb of a frozen folder.

Owns where Debian wants things and what the package says of itself. It has no maintainer scripts:
menus, icons and file types are noticed by the triggers of the packages that keep them.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from linux_installers.archive import BEST, compressed
from linux_installers.errors import BuildError
from linux_installers.needs import OPTIONAL, dependencies

LINUX = Path(__file__).resolve().parent.parent
SHARE = LINUX / "digitpad_setup" / "share"
ICONS = LINUX.parents[1] / "icons"
MAINTAINER = "DigitPad developers <developers@digitpad.invalid>"
ONLY_FOR_ONE_PERSON = ("digitpad-setup", "_internal/digitpad_setup")
"""What installs and removes the folder where dpkg does not."""
RECOMMENDS = ", ".join(
    [
        "libx11-data",
        "shared-mime-info",
        "xdg-desktop-portal",
        "fonts-dejavu-core",
        *sorted(OPTIONAL.values()),
    ]
)
DESCRIPTION = """\
pad that reads handwritten digits and shows why
 Write a digit with a mouse, a finger or a pen. While the pen is still down,
 ten bars show how sure a small neural network is of each digit. Pictures and
 ink files can be read too, also from the command line.
 .
 Needs no network and no account; what is drawn stays on the machine.
"""


def make_package(
    folder: Path, target: Path, version: str, time: int, *, preset: int = BEST
) -> Path:
    """Write the package of a frozen folder; returns `target`. Raises BuildError."""
    with tempfile.TemporaryDirectory(dir=target.parent) as work:
        root = Path(work) / "root"
        _lay_out(folder, root, version, time)
        control = _control(root, version, dependencies(root / "usr" / "lib" / "digitpad"))
        members = {
            "debian-binary": b"2.0\n",
            "control.tar.xz": _control_archive({"control": control, "md5sums": _sums(root)}, time),
            "data.tar.xz": compressed(root, time, root="./", preset=preset),
        }
        whole = Path(work) / target.name
        whole.write_bytes(_ar(members, time))
        os.replace(whole, target)
    return target


def _lay_out(folder: Path, root: Path, version: str, time: int) -> None:
    """Put every file of the package where it will be."""
    usr = root / "usr"
    library = usr / "lib" / "digitpad"
    ignored = {str(folder / name) for name in ONLY_FOR_ONE_PERSON}
    shutil.copytree(
        folder,
        library,
        symlinks=True,
        copy_function=os.link if _can_link(folder, root.parent) else shutil.copy2,
        ignore=lambda place, names: [n for n in names if os.path.join(place, n) in ignored],
    )
    (usr / "bin").mkdir()
    (usr / "bin" / "digitpad").symlink_to("../lib/digitpad/digitpad")
    share = usr / "share"
    day = datetime.fromtimestamp(time, UTC)
    files = {
        "applications/digitpad.desktop": (SHARE / "digitpad.desktop").read_bytes(),
        "mime/packages/digitpad.xml": (SHARE / "digitpad.xml").read_bytes(),
        "metainfo/org.digitpad.DigitPad.metainfo.xml": _filled("metainfo.xml", version, day),
        "man/man1/digitpad.1.gz": _packed(_filled("digitpad.1", version, day)),
        "doc/digitpad/changelog.gz": _packed(_filled("changelog", version, day)),
        "doc/digitpad/copyright": _filled("copyright", version, day) + _listed(library),
        "lintian/overrides/digitpad": (LINUX / "debian" / "lintian-overrides").read_bytes(),
    }
    for icon in sorted(ICONS.glob("digitpad*")):
        side = icon.stem.removeprefix("digitpad-")
        size = "scalable" if icon.suffix == ".svg" else f"{side}x{side}"
        files[f"icons/hicolor/{size}/apps/digitpad{icon.suffix}"] = icon.read_bytes()
    for name, data in files.items():
        (share / name).parent.mkdir(parents=True, exist_ok=True)
        (share / name).write_bytes(data)


def _can_link(folder: Path, work: Path) -> bool:
    return folder.stat().st_dev == work.stat().st_dev


def _filled(name: str, version: str, day: datetime) -> bytes:
    """Return a file of ours with version and day put in."""
    text = (LINUX / "debian" / name).read_text(encoding="utf-8")
    for mark, value in {
        "@VERSION@": version,
        "@YEAR@": f"{day:%Y}",
        "@DAY@": f"{day:%Y-%m-%d}",
        "@DATE@": format_datetime(day),
        "@MAINTAINER@": MAINTAINER,
    }.items():
        text = text.replace(mark, value)
    return text.encode()


def _packed(data: bytes) -> bytes:
    return gzip.compress(data, compresslevel=9, mtime=0)


def _listed(library: Path) -> bytes:
    """Say whose work is inside; the terms in full are in the bundle, where About shows them."""
    licenses = library / "_internal" / "digitpad" / "resources" / "licenses"
    try:
        listed = json.loads((licenses / "components.json").read_text(encoding="utf-8"))
        lines = [f"  {c['name']} {c['version']}: {c['licence']}\n" for c in listed]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BuildError(f"{licenses} does not say what is inside: {error}") from error
    return "".join(lines).encode()


def _control(root: Path, version: str, needed: list[str]) -> bytes:
    kilobytes = sum(-(-p.lstat().st_size // 1024) for p in root.rglob("*") if not p.is_dir())
    return (
        f"Package: digitpad\nVersion: {version}\nArchitecture: amd64\nMaintainer: {MAINTAINER}\n"
        f"Installed-Size: {kilobytes}\nDepends: {', '.join(needed)}\nRecommends: {RECOMMENDS}\n"
        f"Section: education\nPriority: optional\nDescription: {DESCRIPTION}"
    ).encode()


def _sums(root: Path) -> bytes:
    lines = [
        f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(root)}\n"
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.is_symlink()
    ]
    return "".join(lines).encode()


def _control_archive(files: dict[str, bytes], time: int) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:xz", format=tarfile.USTAR_FORMAT) as archive:
        for name, data in files.items():
            header = tarfile.TarInfo(f"./{name}")
            header.size, header.mtime, header.mode = len(data), time, 0o644
            header.uname = header.gname = "root"
            archive.addfile(header, io.BytesIO(data))
    return target.getvalue()


def _ar(members: dict[str, bytes], time: int) -> bytes:
    """Return an ar archive (deb(5))."""
    parts = [b"!<arch>\n"]
    for name, data in members.items():
        parts.append(f"{name:<16}{time:<12}0     0     100644  {len(data):<10}`\n".encode())
        parts.append(data + b"\n" * (len(data) % 2))
    return b"".join(parts)
