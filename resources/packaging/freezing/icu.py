"""ICU: the data of the Unicode library, without the parts that Qt cannot ask for.

PySide6 on Linux brings 32 MB of them. QtCore calls ICU for three things alone (see what it imports
with `nm -D`): `ucol` compares texts, `ucnv` converts old encodings, `ucal` names time zones. Case
and text boundaries are Qt's own. So the other parts go, with ICU's own tool, and what is left is
linked again under the same name: 13 MB. tests/dist/test_unicode.py compares the two.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from freezing.trimming import Entry

UNREACHABLE = (
    "brkitr/*",  # where words and lines end
    "curr/*",  # names of currencies
    "lang/*",  # names of languages
    "rbnf/*",  # numbers in words
    "region/*",  # names of countries
    "translit/*",  # one script in another
    "unit/*",  # names of units
    "*.spp",  # rules for names on a network
    "confusables.cfu",  # letters that look alike
    "uemoji.icu",  # sequences of emoji
    "ulayout.icu",  # properties for laying out text
    "unames.icu",  # names of characters
    # Reachable, but only by a program that shows names of time zones.
    "zone/*",
)
"""Parts of the data, as `icupkg` names them."""

_LIBRARY = "libicudata.so."


def with_less_icu_data(entries: Iterable[Entry], folder: Path) -> list[Entry]:
    """Return the entries with ICU's data replaced by a smaller library made in `folder`.

    Needs `icupkg` (on Debian in icu-devtools) and binutils; raises SystemExit without.
    """
    return [
        (place, str(_reduced(Path(source), folder)), kind)
        if kind == "BINARY" and Path(place).name.startswith(_LIBRARY)
        else (place, source, kind)
        for place, source, kind in entries
    ]


def _reduced(library: Path, folder: Path) -> Path:
    """Make the smaller library; returns its path."""
    # Debian keeps the tool where an ordinary PATH does not look.
    icupkg = shutil.which("icupkg", path=os.environ.get("PATH", "") + os.pathsep + "/usr/sbin")
    if icupkg is None:
        raise SystemExit("icupkg is missing; on Debian and Ubuntu: apt-get install icu-devtools")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    # icupkg wants the name that the entries begin with: ICU's version and "little endian".
    name = f"icudt{library.suffix[1:]}"
    data = f"{name}l.dat"

    def run(*command: str) -> None:
        subprocess.run(command, cwd=folder, check=True)

    run("objcopy", "-O", "binary", "--only-section=.rodata", str(library), data)
    (folder / "unreachable.txt").write_text("\n".join(UNREACHABLE) + "\n", encoding="ascii")
    run(icupkg, "--remove", "unreachable.txt", data)
    run("ld", "-r", "-b", "binary", "-o", "data.o", data)
    symbol = f"_binary_{name}l_dat"
    run(
        *("objcopy", "--set-section-alignment", ".data=16"),
        *("--rename-section", ".data=.rodata,alloc,load,readonly,data,contents"),
        *("--redefine-sym", f"{symbol}_start={name}_dat"),
        *("--strip-symbol", f"{symbol}_end", "--strip-symbol", f"{symbol}_size", "data.o"),
    )
    run("ld", "-shared", "-z", "noexecstack", "-soname", library.name, "-o", library.name, "data.o")
    return folder / library.name
