"""Build the Windows installer: packs a frozen folder into one executable with NSIS.

Owns the lists of what is installed and removed, of the endings that the program is offered for, and
the installer's icon. Runs wherever `makensis` does, so that the script is kept valid without
Windows; needs the project and Pillow.

    build_installer.py FOLDER OUT      FOLDER as made by `make dist`, OUT such as dist/installers

Where the variable SIGN_COMMAND is set, it is run with the name of each executable behind it: the
programs', the uninstaller's and the installer's.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path, PurePosixPath

from PIL import Image

from digitpad import __version__
from digitpad.core.file_kinds import INKML_SUFFIX
from digitpad.core.ink_files import SUFFIXES
from digitpad.core.picture_files import FORMATS

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = Path(__file__).with_name("digitpad.nsi")
ICON = ROOT / "resources" / "icons" / "digitpad-256.png"
ICON_SIZES = (16, 24, 32, 48, 64, 256)
PROGRAM = "digitpad.exe"
LONGEST_PATH = 259
"""Characters of a path that every program on Windows can open."""


class InstallerError(Exception):
    """No installer could be made; the message is for a person."""


def build(folder: Path, out: Path, version: str, sign_command: str = "") -> Path:
    """Pack a frozen folder; returns the installer, written whole or not at all.

    With a command to sign with, the programs in the folder are signed where they are. Raises
    InstallerError when the folder holds no program, or NSIS or the signing is missing or fails.
    """
    if not (folder / PROGRAM).is_file():
        raise InstallerError(f"{folder} has no {PROGRAM}")
    makensis = shutil.which("makensis")
    if makensis is None:
        raise InstallerError("makensis is missing: install NSIS 3 (Debian: apt-get install nsis)")
    if sign_command:
        for program in sorted(folder.glob("*.exe")):
            _run([*shlex.split(sign_command), str(program)])
    out.mkdir(parents=True, exist_ok=True)
    installer = out / f"DigitPad-{version}-windows-x86_64.exe"
    with tempfile.TemporaryDirectory(dir=out) as scratch:
        work = Path(scratch)
        files = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
        names = [PurePosixPath(*path.parts) for path in files]
        # NSIS takes a script for UTF-8 only when it opens with the mark.
        (work / "files.nsh").write_text(install_list(folder, names), encoding="utf-8-sig")
        (work / "removal.nsh").write_text(removal_list(names), encoding="utf-8-sig")
        (work / "types.nsh").write_text(type_list(endings()), encoding="utf-8-sig")
        with Image.open(ICON) as picture:
            sizes = [(size, size) for size in ICON_SIZES]
            picture.save(work / "digitpad.ico", sizes=sizes, bitmap_format="bmp")
        definitions = {
            "VERSION": version,
            "VERSION_QUAD": version_quad(version),
            "LONGEST_FOLDER": longest_folder(names),
            "SIZE_KB": sum((folder / path).stat().st_size for path in files) // 1024,
            "OUT": work / "installer.exe",
            "ICON": work / "digitpad.ico",
            "FILES": work / "files.nsh",
            "REMOVAL": work / "removal.nsh",
            "TYPES": work / "types.nsh",
        }
        if sign_command:
            definitions["SIGN"] = sign_command
        options = [f"-D{name}={value}" for name, value in definitions.items()]
        _run([makensis, "-V2", "-WX", "-INPUTCHARSET", "UTF8", *options, str(SCRIPT)])
        os.replace(work / "installer.exe", installer)
    return installer


def install_list(folder: Path, names: list[PurePosixPath]) -> str:
    """Return the NSIS lines that unpack these files of a folder."""
    lines: list[str] = []
    current = None
    for name in sorted(names, key=lambda name: (name.parent.parts, name.name)):
        if name.parent != current:
            current = name.parent
            lines.append(f'SetOutPath "{_inside("$INSTDIR.digitpad-new", current)}"')
        lines.append(f'File "/oname={_quoted(name.name)}" "{folder / name}"')
    return "\n".join(lines) + "\n"


def removal_list(names: list[PurePosixPath]) -> str:
    """Return the NSIS lines that delete these files, and their folders where nothing else is."""
    folders = {parent for name in names for parent in name.parents if parent.parts}
    deepest_first = sorted(folders, key=lambda folder: (-len(folder.parts), folder))
    lines = [f'Delete "{_inside("$INSTDIR", name)}"' for name in names]
    lines += [f'RMDir "{_inside("$INSTDIR", folder)}"' for folder in deepest_first]
    return "\n".join(lines) + "\n"


def endings() -> list[str]:
    """Return the endings of the pictures and drawings that the program reads, such as ".png".

    Windows goes by the last part of a name: ".gz" would be that of any archive.
    """
    Image.init()
    pictures = [ending for ending, name in Image.registered_extensions().items() if name in FORMATS]
    return sorted([*pictures, INKML_SUFFIX, *(each for each in SUFFIXES if each.count(".") == 1)])


def type_list(names: list[str]) -> str:
    """Return the NSIS lines that tell Windows which endings the program can open."""
    key = r"${APPLICATION}\SupportedTypes"
    return "".join(f'WriteRegStr HKCU "{key}" "{name}" ""\n' for name in names)


def longest_folder(names: list[PurePosixPath]) -> int:
    """Return how many characters the path of a folder may have that these files are put into."""
    return LONGEST_PATH - max(len(f"/{name}") for name in names)


def version_quad(version: str) -> str:
    """Return a version as the four numbers that Windows wants: "1.2.3rc1" as "1.2.3.0"."""
    numbers = [digits for part in version.split(".")[:3] if (digits := _leading_digits(part))]
    return ".".join([*numbers, "0", "0", "0", "0"][:4])


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace")
    except OSError as error:
        raise InstallerError(f"{command[0]} cannot be run: {error}") from error
    if done.returncode:
        output = (done.stdout + done.stderr).strip()
        raise InstallerError(f"{Path(command[0]).name} failed:\n{output}")


def _leading_digits(text: str) -> str:
    return text[: len(text) - len(text.lstrip("0123456789"))]


def _inside(variable: str, name: PurePosixPath) -> str:
    """Return an NSIS path below a variable such as $INSTDIR."""
    return "\\".join([variable, *(_quoted(part) for part in name.parts)])


def _quoted(text: str) -> str:
    """Return text for between quotation marks that is read at run time, when $ means a variable."""
    return text.replace("$", "$$").replace('"', '$\\"')


def main(arguments: list[str]) -> None:
    if len(arguments) != 2:
        sys.exit(__doc__)
    try:
        folder, out = (Path(argument).resolve() for argument in arguments)
        installer = build(folder, out, __version__, os.environ.get("SIGN_COMMAND", ""))
    except (InstallerError, OSError) as error:
        sys.exit(f"build_installer: {error}")
    sys.stdout.write(f"{installer}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
