"""Start: make both installers and their sums.

python -m linux_installers FOLDER OUT      FOLDER as `make dist` makes it, OUT such as
                                           dist/installers

The same folder gives the same bytes; SOURCE_DATE_EPOCH, or else the last commit, is the time of all
files in them.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from digitpad import __version__
from linux_installers.debian import make_package
from linux_installers.double_click import make_installer
from linux_installers.errors import BuildError

ROOT = Path(__file__).resolve().parents[4]
SUMS = "SHA256SUMS"


def main(arguments: Sequence[str]) -> int:
    """Make what the arguments ask for; returns the exit status."""
    if len(arguments) != 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    folder, out = map(Path, arguments)
    try:
        if not (folder / "digitpad-setup").is_file():
            raise BuildError(f"{folder} holds no frozen program; run make dist first")
        out.mkdir(parents=True, exist_ok=True)
        version, time = __version__, source_time()
        made = [
            make_package(folder, out / f"digitpad_{version}_amd64.deb", version, time),
            make_installer(folder, out / f"DigitPad-{version}-linux-x86_64", version, time),
        ]
    except BuildError as error:
        sys.stderr.write(f"linux_installers: {error}\n")
        return 1
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in made]
    (out / SUMS).write_text("".join(sums), encoding="ascii")
    for path in made:
        sys.stdout.write(f"{path}: {path.stat().st_size / 1e6:.1f} MB\n")
    return 0


def source_time() -> int:
    """Return the seconds since 1970 that all files are given."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    command = ["git", "log", "-1", "--format=%ct"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return int(done.stdout or 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
